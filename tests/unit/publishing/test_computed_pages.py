"""Computed packages on the page of priorities and in the plan proposal, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jevn.publishing.charts.portfolio import packages_chart, standing_chart
from jevn.publishing.dossier import Dossier
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.publishing.pages.priorities import PrioritiesPage
from jevn.terms import LANGUAGES, Language, Say
from unit.publishing.fixture_dossier import dossier, empty_dossier


def _page(found: Dossier, lang: Language) -> PrioritiesPage:
    links = StaticLinks(found, lang)
    page = make_page("priorities", found, Say(lang), links)
    assert isinstance(page, PrioritiesPage)
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_says_what_is_computed(lang: Language) -> None:
    found = dossier()
    section = _page(found, lang).computed
    assert section is not None
    assert len(section.charts) == 2
    assert len(section.cards) == 2
    study = found.portfolio
    assert study is not None
    # One of the two fits in the frame: most in all, or most to those lowest down.
    assert {c.id for c in study.best.chosen} == {"los"}
    assert [c.title for c in section.cards] == ["Endring los", "Endring bolig"]
    assert all(c.reasons for c in section.cards)
    packages = {row.cells[0].text for row in section.table.rows}
    assert {"Pakke weights-all", "Pakke need"} <= packages
    for text in (section.intro, section.sure, *section.apart, *section.cards[1].reasons):
        assert "{" not in text
        assert "portfolio." not in text


def test_demands_that_gave_are_told() -> None:
    found = dossier()
    assert found.portfolio is not None
    from jevn.prioritisation.portfolio.evaluating import loosened

    best = replace(found.portfolio.best, loosened=(loosened("frame", "2028", 1_000_000_00),))
    told = replace(found, portfolio=replace(found.portfolio, best=best))
    section = _page(told, "nb").computed
    assert section is not None
    assert "2028" in section.loosened[0]


def test_nothing_computed_says_nothing() -> None:
    assert _page(empty_dossier(), "nb").computed is None
    without = replace(dossier(), portfolio=None)
    assert _page(without, "nb").computed is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_charts_carry_their_figures(lang: Language) -> None:
    from jevn.publishing.charts.context import Studio

    study = dossier().portfolio
    assert study is not None
    studio = Studio.of(dossier(), Say(lang))
    plane = packages_chart(studio, study)
    assert plane is not None
    totals = {p.id: p.total for p in study.points}
    assert {round(t, 1) for id, t in totals.items() if id != "computed-best"} == {
        float(row[2]) for row in plane.table.rows
    }
    standing = standing_chart(studio, study)
    assert standing is not None
    assert [row[1] for row in standing.table.rows] == [
        round(o.share_in, 3) for o in study.robustness.options
    ]
