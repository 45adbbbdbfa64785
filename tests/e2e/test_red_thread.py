"""The red thread by real clicks: from an action to figure, research and voice, and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WALK = (
    ("T1", "/tall/", "h1"),
    ("T1", "/forskning/", "[id^='i-']:target"),
    ("T1", "/innspill-alle/", "[id^='v-']:target"),
    ("T8", "/vurdering/", "h1"),
    ("T8", "/prioriteringer/", ":target"),
    ("T8", "/oppfolging/", "[id^='u-']:target"),
)


@pytest.mark.parametrize(("action", "leads_to", "target"), WALK)
def test_one_click_from_an_action(
    page: Page, server: str, faults: list[str], action: str, leads_to: str, target: str
) -> None:
    page.goto(f"{server}/plan/#e-{action}")
    link = page.locator(f"#e-{action} .thread a[href^='{leads_to}']").first
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"**{leads_to}**")
    there = page.locator(target).first
    expect(there).to_be_visible()
    expect(there).to_be_in_viewport()
    assert faults == []


def test_what_a_voice_led_to_is_one_click_back(page: Page, server: str) -> None:
    page.goto(f"{server}/plan/#e-T1")
    page.locator("#e-T1 .thread a[href*='#v-']").first.click()
    page.locator(":target a[href*='/plan/#e-']").first.click()
    page.wait_for_url("**/plan/#e-*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_thread_can_be_walked_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "/")
    page.locator("header a[href='/plan/']").first.click()
    page.locator("#e-T1 .thread a[href^='/tall/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/en/tall/" in page.url
    context.close()
