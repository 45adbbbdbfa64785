"""The page of a shared budget: outcome, rounds, reasons, groups and other rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jevn.publishing.charts.budget import fairness_chart, votes_chart
from jevn.publishing.charts.context import Studio
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.publishing.pages.priorities import PrioritiesPage
from jevn.publishing.pages.shared_budget import SharedBudgetPage
from jevn.terms import LANGUAGES, Language, Say
from unit.publishing.fixture_dossier import dossier, empty_dossier


def _page(lang: Language = "nb") -> SharedBudgetPage:
    d = dossier()
    page = make_page("shared_budget", d, Say(lang), StaticLinks(d, lang), "nabo/1")
    assert isinstance(page, SharedBudgetPage)
    return page


def test_the_outcome_is_told_round_by_round_with_reasons() -> None:
    page = _page()
    assert page.head.title == "Felles budsjett"
    # Each of twelve has ten kroner: seven pay 60 together, and have 10 left of the 50 it takes.
    assert [v.name for v in page.chosen] == ["Benker"]
    assert {v.name for v in page.left} == {"Lys", "Bane"}
    assert [row.cells[1].text for row in page.rounds.rows] == ["Benker"]
    assert all(v.reason for v in (*page.chosen, *page.left))
    assert len(page.others.headings) == 5
    assert len(page.others.rows) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_words(lang: Language) -> None:
    page = _page(lang)
    texts = (page.rule, page.head.description, *page.notes, *(f.term for f in page.facts))
    assert not [t for t in texts if "budget." in t or "{" in t]


def test_the_charts_carry_votes_and_shares_and_hide_small_groups() -> None:
    d = dossier()
    studio, budget = Studio.of(d, Say("nb")), d.shared_budgets[0]
    votes = {row[0]: row[1] for row in votes_chart(studio, budget).table.rows}
    assert votes == {"Benker": 7, "Lys": 7, "Bane": 5}
    fair = fairness_chart(studio, budget)
    assert fair is not None
    shares = {row[0]: row[2] for row in fair.table.rows}
    assert shares == {"Kvinner": 1.0, "Menn": 0.167}, "one zone alone parts nobody"
    fewer = replace(budget.outcome, fairness=replace(budget.outcome.fairness, groups=()))
    assert fairness_chart(studio, replace(budget, outcome=fewer)) is None


def test_priorities_lead_to_it_also_before_anything_else_is_begun() -> None:
    d = dossier()
    page = make_page("priorities", d, Say("nb"), StaticLinks(d))
    assert isinstance(page, PrioritiesPage)
    assert [b.title for b in page.budgets] == ["Felles budsjett"]
    alone = replace(empty_dossier(), shared_budgets=d.shared_budgets)
    page = make_page("priorities", alone, Say("nb"), StaticLinks(alone))
    assert [b.title for b in page.budgets] == ["Felles budsjett"]
    with pytest.raises(KeyError):
        make_page("shared_budget", d, Say("nb"), StaticLinks(d), "ukjent")
