"""Elvebyen through all steps: what comes out is what was put in, and the plan holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jevn.challenges.results import Sign
from jevn.demo.plan_file import PACKAGE, plan_document
from jevn.demo.rates import read_rates
from jevn.planwork import PlanWork, read_folder, results
from jevn.publishing.dossier import Dossier
from jevn.terms import EffortArea, SocialDimension


@pytest.fixture(scope="module")
def work(elvebyen: Path) -> PlanWork:
    return read_folder(elvebyen)


@pytest.fixture(scope="module")
def dossier(work: PlanWork) -> Dossier:
    return results(work)


def test_the_gradients_found_are_those_put_in(dossier: Dossier, truth: Any) -> None:
    inside, total = 0, 0
    for status in dossier.challenges.indicators:
        wanted = truth["indicators"][status.indicator.id].get("sii_education")
        gradient = status.gradient(SocialDimension.EDUCATION)
        if wanted is None or gradient is None or gradient.sii is None:
            continue
        found = gradient.sii
        assert found.lower is not None
        assert found.upper is not None
        half = (found.upper - found.lower) / 2
        assert abs(found.value - wanted) < 2.2 * half, status.indicator.id
        total += 1
        inside += found.lower <= wanted <= found.upper
    assert total >= 35
    assert inside / total >= 0.85


def test_the_three_endings_are_told(dossier: Dossier) -> None:
    signs = {
        s.indicator.id: g.sign
        for s in dossier.challenges.indicators
        if (g := s.gradient(SocialDimension.EDUCATION))
    }
    assert signs["royking"] is Sign.WORSE
    assert signs["bibliotekbruk"] is Sign.SAME
    assert signs["hoy_gjeld"] is Sign.BETTER


def test_the_hardest_zones_are_found(dossier: Dossier) -> None:
    status = dossier.challenges.indicator("barn_lavinntekt")
    assert status is not None
    assert status.spread is not None
    worse = {z.place for z in status.spread.zones if z.sign is Sign.WORSE}
    assert worse == {"9901-03", "9901-04", "9901-08"}


def test_the_money_found_is_the_money_put_in(dossier: Dossier, truth: Any) -> None:
    assert dossier.effort.reconciliation.net_nok == truth["net_nok"]["total"]


def test_small_cells_are_hidden(dossier: Dossier) -> None:
    assert dossier.challenges.hidden_cells > 0
    assert any(
        z.hidden or z.value is None
        for s in dossier.challenges.indicators
        if s.spread
        for z in s.spread.zones
    )


def test_the_area_with_little_data_is_not_called_good(dossier: Dossier) -> None:
    area = dossier.challenges.area(EffortArea.SAMORDNING)
    assert area.sign("gradient").sign is Sign.UNKNOWN
    assert area.sign("level").sign is Sign.UNKNOWN


def test_six_changes_are_computed_and_the_others_say_why_not(dossier: Dossier) -> None:
    assert dossier.assessment is not None
    changes = {c.change.id: c for a in dossier.assessment.alternatives for c in a.changes}
    computed = {k for k, c in changes.items() if c.computed}
    assert computed == {"smagruppe", "kjernetid", "ips_ung", "ips_voksne", "housing_first", "rph"}
    assert all(c.why_not_computed for k, c in changes.items() if k not in computed)


def test_the_actions_are_the_proposed_package(dossier: Dossier) -> None:
    assert dossier.prioritisation is not None
    assert dossier.prioritisation.proposed == PACKAGE
    package = dossier.prioritisation.package(PACKAGE)
    assert package is not None
    actions = {e["action"]["change"] for e in plan_document()["elements"] if e["kind"] == "action"}
    assert {c.change for c in package.chosen} == actions
    assert package.nok_per_year <= package.frame.nok_per_year


def test_every_voice_that_is_linked_exists(dossier: Dossier, elvebyen: Path) -> None:
    if not (elvebyen / "ideas.csv").is_file():
        pytest.skip("the written contributions are not there yet")
    assert dossier.proposal is not None
    assert {t.element for t in dossier.proposal.threads if not t.whole} == set()


def test_the_truth_names_every_indicator(truth: Any) -> None:
    assert set(truth["indicators"]) == {r.id for r in read_rates()}
