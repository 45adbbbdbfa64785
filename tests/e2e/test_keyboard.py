"""Everything can be reached and used with the keyboard alone, and one sees where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MARK = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, summary, input, select, textarea, [tabindex='0']")];
  const shown = all.filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled);
  shown.forEach((e, n) => { e.dataset.stop = n; });
  return shown.length;
}"""
HERE = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {stop: e.dataset.stop ?? null, visible: outlined || style.boxShadow !== "none",
    inView: box.bottom > 0 && box.top < innerHeight, html: e.outerHTML.slice(0, 120)};
}"""


def test_the_skip_link_is_first_and_leads_to_the_content(page: Page, server: str) -> None:
    page.goto(server + "/plan/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#innhold")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main:focus")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "width"),
    [("/", 1280), ("/", 390), ("/hvor-det-brenner/", 1280), ("/tall/ensomhet/", 1280),
     ("/innspill/", 390), ("/vurdering/housing_first/", 1280)],
)  # fmt: skip
def test_every_stop_is_reached_in_order_and_seen(
    page: Page, server: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server + path)
    count = page.evaluate(MARK)
    assert count > 10
    stops, hidden = [], []
    for _ in range(count):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        stops.append(here["stop"])
        if not here["visible"] or not here["inView"]:
            hidden.append(here["html"])
    assert hidden == [], "focus cannot be seen"
    assert stops == [str(n) for n in range(count)]


def test_details_open_and_close_with_enter_and_space(page: Page, server: str) -> None:
    page.goto(server + "/tall/ensomhet/")
    details = page.locator("main details").first
    summary = details.locator("summary")
    expect(details).not_to_have_attribute("open", "")
    summary.focus()
    page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    expect(details.locator("table").first).to_be_visible()
    page.keyboard.press("Space")
    expect(details).not_to_have_attribute("open", "")


def test_the_menu_of_a_narrow_screen(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(server + "/")
    link = page.locator(".menu-narrow a[href='/plan/']")
    expect(link).to_be_hidden()
    page.locator(".menu-narrow summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(server + "/plan/")


def test_a_table_is_sorted_with_the_keyboard(page: Page, server: str, faults: list[str]) -> None:
    page.goto(server + "/alternativer/")
    table = page.locator("table[data-sortable]").first
    head = table.locator("th[scope=col]").nth(2)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert faults == []


def test_voices_are_searched(page: Page, server: str, faults: list[str]) -> None:
    page.goto(server + "/innspill-alle/")
    box = page.get_by_role("searchbox")
    said = page.get_by_role("status").first
    box.fill("helsesykepleier")
    expect(said).to_contain_text("/")
    shown = int(said.inner_text().split("/")[0])
    assert shown > 0
    visible = page.locator("main [id^='v-']:visible")
    expect(visible).to_have_count(shown)
    for text in visible.all_inner_texts():
        assert "helsesykepleier" in text.lower()
    box.fill("zzzzzz")
    expect(visible).to_have_count(0)
    assert faults == []
