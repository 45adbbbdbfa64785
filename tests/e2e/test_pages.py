"""Every kind of page in a browser, wide and narrow: accessible, whole, without complaints."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KINDS = {
    "front": "/",
    "burns": "/hvor-det-brenner/",
    "effort": "/innsats/",
    "evidence": "/forskning/",
    "evidence_area": "/forskning/oppvekst/",
    "sources": "/kilder/",
    "area": "/omrade/oppvekst/",
    "indicator": "/tall/ensomhet/",
    "voices": "/innspill/",
    "all_voices": "/innspill-alle/",
    "ranked_lists": "/prioriterte-lister/",
    "who_spoke": "/hvem-har-snakket/",
    "answers": "/svar/",
    "opinions": "/samtale/idedugnad-2026/",
    "alternatives": "/alternativer/",
    "ahead": "/over-tid/sammen/",
    "change": "/vurdering/housing_first/",
    "process": "/prosess/",
    "versions": "/utgaver/",
    "shared_budget": "/felles-budsjett/nabolag-2026/",
    "priorities": "/prioriteringer/",
    "plan": "/plan/",
    "followup": "/oppfolging/",
    "about": "/om/",
}
OTHER_LANGUAGES = ("/nn/", "/nn/tall/ensomhet/", "/en/forskning/", "/en/prioriteringer/")
NARROW = ("front", "area", "indicator", "voices")
"""Kinds axe also looks at on a narrow screen; the others have nothing of their own there."""

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


# Long lists of like parts: the first ones stand for all, which keeps axe quick.
LIKE_PARTS = (
    ".plan > .element:nth-of-type(n+2)",
    "[id^='v-']:nth-of-type(n+20)",
    ".package:nth-of-type(n+3)",
    ".bibliography > li:nth-of-type(n+20)",
)


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each rule, with the first places."""
    context = {"include": [["html"]], "exclude": [[f"main {part}"] for part in LIKE_PARTS]}
    found = Axe().run(page, context=context, options=OPTIONS).response["violations"]
    return [
        f"{v['id']} ({v['impact']}, {len(v['nodes'])}): "
        + " | ".join(f"{n['target']} {n['html'][:160]}" for n in v["nodes"][:3])
        for v in found
    ]


def open_page(page: Page, address: str, width: int, status: int = 200) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status
    page.evaluate("document.fonts.ready")


def too_wide(page: Page) -> list[str]:
    """What sticks out on the right, if the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const out = [...document.querySelectorAll("body *")].filter((e) => {
            if (e.closest(".scroll") && !e.matches(".scroll")) return false;
            return e.getBoundingClientRect().right > width + 1;
          });
          return [`${document.documentElement.scrollWidth} > ${width}`,
            ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
        }"""
    )
    return found


def test_every_kind_of_page_is_looked_at() -> None:
    from jevn.publishing.pages import PAGE_NAMES

    assert set(KINDS) == set(PAGE_NAMES)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_page(
    page: Page, server: str, faults: list[str], screenshots: Path, kind: str, width: int
) -> None:
    open_page(page, server + KINDS[kind], width)
    page.screenshot(path=screenshots / f"{kind}-{width}.png", full_page=True)
    assert too_wide(page) == []
    if width == 390:
        page.set_viewport_size({"width": 320, "height": 700})
        assert too_wide(page) == []
        page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("window.faults") == []
    assert faults == []
    if width == 1280 or kind in NARROW:
        assert violations(page) == []


@pytest.mark.parametrize("path", OTHER_LANGUAGES)
def test_page_in_another_language(page: Page, server: str, faults: list[str], path: str) -> None:
    open_page(page, server + path, 1280)
    assert page.evaluate("document.documentElement.lang") == path[1:3]
    assert page.evaluate("window.faults") == []
    assert faults == []
    assert violations(page) == []


def test_with_all_details_open(page: Page, server: str) -> None:
    for path in ("/tall/ensomhet/", "/innsats/"):
        open_page(page, server + path, 390)
        page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
        )
        assert too_wide(page) == []
        assert violations(page) == []


def test_a_missing_page(page: Page, server: str, screenshots: Path) -> None:
    open_page(page, server + "/nn/finnes-ikkje/", 390, status=404)
    page.screenshot(path=screenshots / "missing-390.png", full_page=True)
    assert too_wide(page) == []
    assert page.evaluate("window.faults") == []
    assert violations(page) == []


def test_the_policy_stops_what_is_inline(page: Page, server: str) -> None:
    """The watch would see a violation if there were one."""
    open_page(page, server + "/", 1280)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.text = "window.x = 1";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.x") is None
    page.wait_for_function("window.faults.length >= 2")
