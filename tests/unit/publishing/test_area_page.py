"""The page of one area: in short first, then research, where it burns, effort, and the rest."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jevn.publishing.dossier import Dossier
from jevn.publishing.environment import render_page
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.publishing.pages.area import AreaPage
from jevn.terms import EffortArea, Say


def page_of(dossier: Dossier, area: str) -> tuple[AreaPage, str]:
    """The page's context and its text."""
    say, links = Say("nb"), StaticLinks(dossier)
    page = make_page("area", dossier, say, links, area)
    assert isinstance(page, AreaPage)
    return page, render_page("area", page, say=say, links=links)


def test_the_parts_stand_in_the_order_of_the_steps(elvebyen: Dossier) -> None:
    _, html = page_of(elvebyen, "bolig")
    parts = ["kort", "forskning", "status", "innsats", "innspill", "vurdert", "plan", "oppfolging"]
    assert re.findall(r'<section class="section" id="([a-z]+)"', html) == parts


def test_it_is_told_in_short_with_how_sure_the_place_is(elvebyen: Dossier) -> None:
    assert elvebyen.challenges is not None
    assert elvebyen.challenges.ranking is not None
    page, _ = page_of(elvebyen, "helsetjenester")
    assert [f.term for f in page.short] == [
        "Dette anbefales",
        "Her brenner det",
        "Dette gjør vi i dag",
    ]
    rank = elvebyen.challenges.ranking.of(EffortArea.HELSETJENESTER)
    assert rank is not None
    assert f"Nummer {rank.place} i" in page.short[1].detail
    assert Say("nb").percent(rank.figures.top) in page.short[1].detail


def test_change_and_places_are_shown_beside_the_gradients(elvebyen: Dossier) -> None:
    page, _ = page_of(elvebyen, "bolig")
    kinds = {b.chart.id.split("-")[0] for b in page.pictures}
    assert {"gradient", "trend", "zones"} <= kinds
    assert len({b.chart.id for b in page.pictures}) == len(page.pictures)


@pytest.mark.parametrize("area", [a.value for a in EffortArea])
def test_every_area_has_a_page_also_where_steps_are_not_begun(elvebyen: Dossier, area: str) -> None:
    bare = replace(elvebyen, challenges=None, effort=None, need_effort=(), effort_gaps=())
    page, html = page_of(bare, area)
    assert len(page.short) <= 1
    assert html.count("<h1") == 1
