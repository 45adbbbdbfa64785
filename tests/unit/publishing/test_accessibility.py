"""Every kind of page under axe (WCAG 2.2 AA), without and with JavaScript, and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import PAGE_NAMES, page_list
from jevn.publishing.site import publish_site
from unit.publishing.fixture_dossier import dossier

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("browsed") / "site"
    publish_site(dossier(), out, ("nb",), workers=1)
    return out


def address(site: Path, name: str) -> str:
    id = next(i for n, i in page_list(dossier()) if n == name)
    path, _ = StaticLinks(dossier()).path(name, id)
    return (site / path).as_uri()


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_axe_finds_nothing(site: Path, browser: Any, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address(site, name))
    found = Axe().run(page, options=RULES).response["violations"]
    page.close()
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_nothing_is_wider_than_a_phone(site: Path, browser: Any, name: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address(site, name))
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= 360


def test_letters_in_charts_are_legible_on_a_phone(site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address(site, "indicator"))
    heights = page.evaluate(
        "[...document.querySelectorAll('figure svg text')]"
        ".filter(t => t.textContent.trim()).map(t => [t, t.ownerSVGElement])"
        ".map(([t, svg]) => parseFloat(getComputedStyle(t).fontSize)"
        " * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
    )
    page.close()
    assert heights
    assert min(heights) >= 8.5


def test_pages_work_without_javascript(site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "plan"))
    page.click("text=Tiltakstype los")
    assert page.url.endswith("forskning/oppvekst.html#i-los")
    page.click("#i-los >> text=Hansen 2020 >> nth=0") if page.locator(
        "#i-los >> text=Hansen 2020"
    ).count() else page.click("#i-los .origin a >> nth=0")
    assert "kilder.html#k-kilde1" in page.url
    context.close()


def test_a_table_sorts_by_keyboard(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(address(site, "effort"))
    table = page.locator("table[data-sortable]").first
    table.locator("thead button").first.focus()
    page.keyboard.press("Enter")
    assert table.locator("thead th").first.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr th").first.inner_text().startswith("Oppvekst")
    page.keyboard.press("Enter")
    assert table.locator("tbody tr th").first.inner_text().startswith("Bolig")
    page.close()


def test_voices_are_filtered_by_word_and_channel(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(address(site, "all_voices"))
    shown = page.locator(".voice:visible")
    assert shown.count() == 4
    page.select_option("[data-filter] select", "hearing")
    assert shown.count() == 1
    page.fill("[data-filter] input", "ingenting slikt")
    assert shown.count() == 0
    assert page.locator("[role=status]").inner_text() == "Ingen innspill passer."
    page.close()
