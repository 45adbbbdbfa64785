"""Need and effort zone by zone, and the gaps of the effort of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from scipy.stats import binom

from jevn.challenges.results import ChallengeProfile, PlaceValue, Sign
from jevn.effort.results import EffortProfile
from jevn.evidence import load_catalogue
from jevn.impact import effort_gaps, need_effort, zone_need
from jevn.impact.zone_need import by_chance
from jevn.terms import LANGUAGES, Say
from unit.effort.conftest import account, profile, service
from unit.publishing import fixture_dossier as made

__all__ = ["profile"]
Make = Callable[..., EffortProfile]
INDICATORS = 20


def challenges(worse: Mapping[str, int]) -> ChallengeProfile:
    """Zones of which so many of 20 indicators are surely worse; the others cannot be told."""
    status = made.indicator_status()
    assert status.spread is not None
    found = []
    for n in range(INDICATORS):
        zones = tuple(
            PlaceValue(
                place, f"Sone {place}", 1.0, None, None, 100.0,
                Sign.WORSE if n < count else Sign.SAME,
            )
            for place, count in worse.items()
        )  # fmt: skip
        hidden = PlaceValue("Z9", "Sone Z9", None, None, None, 1.0, Sign.WORSE, hidden=True)
        indicator = replace(status.indicator, id=f"i{n}")
        spread = replace(status.spread, zones=(*zones, hidden))
        found.append(replace(status, indicator=indicator, spread=spread))
    base = made.dossier().challenges
    assert base is not None
    return replace(base, indicators=tuple(found))


@pytest.fixture
def effort(profile: Make) -> EffortProfile:
    people = [{"place": z, "year": 2026, "persons": 100.0} for z in ("Z1", "Z2", "Z3", "Z9")]
    return profile(
        accounts=[account("202", 1_000_000.0)],
        population=[{"place": "9901", "year": 2026, "persons": 400.0}, *people],
        zones=("Z1", "Z2", "Z3", "Z9"),
        services=[
            service("a", "oppvekst", "202", net_nok=100.0, places=["Z1"]),
            service("b", "oppvekst", "202", net_nok=300.0, places=["Z2"]),
            service("c", "oppvekst", "202", net_nok=10.0, kind="action"),
            service("d", "oppvekst", "202", net_nok=20.0, kind="action", intervention="iko"),
        ],
        interventions={
            i.id: (i.area, i.strength) for a in load_catalogue().areas for i in a.interventions
        },
    )


def test_need_is_the_share_of_known_indicators_that_are_worse(effort: EffortProfile) -> None:
    found = {p.place: p for p in zone_need(challenges({"Z1": 5, "Z2": 10, "Z3": 1}), effort)}
    assert {z: p.need for z, p in found.items()} == {"Z1": 0.25, "Z2": 0.5, "Z3": 0.05, "Z9": None}
    assert (found["Z1"].worse, found["Z1"].known) == (5, INDICATORS)
    assert found["Z1"].per_inhabitant == 1
    assert found["Z1"].name == "Sone Z1"


def test_zones_stand_by_need_and_in_their_corner(effort: EffortProfile) -> None:
    found = zone_need(challenges({"Z1": 5, "Z2": 10, "Z3": 1}), effort)
    # 400 kroner over 400 inhabitants: the mean is 1 krone, which Z1 has; so its effort is high.
    assert [(p.place, p.corner) for p in found] == [
        ("Z2", "high_need_high_effort"),
        ("Z1", "high_need_high_effort"),
        ("Z3", "low_need_low_effort"),
        ("Z9", "unknown"),
    ]
    low = zone_need(challenges({"Z1": 1, "Z2": 1, "Z3": 5}), effort)
    assert {p.place: p.corner for p in low}["Z3"] == "high_need_low_effort"


def test_as_many_worse_as_chance_gives_is_no_high_need(effort: EffortProfile) -> None:
    found = zone_need(challenges({"Z1": 1, "Z2": 0, "Z3": 2}), effort)
    assert {p.corner.split("_need")[0] for p in found if p.need is not None} == {"low"}


@pytest.mark.parametrize(("worse", "known"), [(0, 0), (0, 40), (1, 42), (4, 42), (20, 20)])
def test_chance_is_the_tail_of_a_binomial_distribution(worse: int, known: int) -> None:
    expected = binom.sf(worse - 1, known, 0.025) if known else 1.0
    assert by_chance(worse, known) == pytest.approx(float(expected), abs=1e-12)


def test_zones_are_told_in_every_language(effort: EffortProfile) -> None:
    for point in zone_need(challenges({"Z1": 5, "Z2": 0, "Z3": 9}), effort):
        for lang in LANGUAGES:
            assert point.name in Say(lang).message(point.message)


def test_gaps_are_areas_zones_evidence_and_missing_links(effort: EffortProfile) -> None:
    status = challenges({"Z1": 5, "Z2": 0, "Z3": 9})
    zones = zone_need(status, effort)
    gaps = effort_gaps(effort, load_catalogue(), need_effort(status, effort), zones)
    by_kind: dict[str, list[Any]] = {}
    for gap in gaps:
        by_kind.setdefault(gap.kind, []).append(gap)
    assert [g.ref for g in by_kind["zone"]] == ["Z3"]
    assert [g.ref for g in by_kind["no_link"]] == ["c"]
    assert [(g.ref, g.nok) for g in by_kind["without_effect"]] == [("d", 20.0)]
    catalogue = load_catalogue()
    entries = [catalogue.intervention(g.ref) for g in by_kind["evidence"]]
    assert {e.strength for e in entries if e} == {"A", "B"}
    for gap in gaps:
        assert all(Say(lang).message(gap.message) for lang in LANGUAGES)


def test_an_intervention_that_is_run_is_no_gap(effort: EffortProfile) -> None:
    gaps = effort_gaps(effort, load_catalogue())
    assert "iko" not in {g.ref for g in gaps if g.kind == "evidence"}
    assert not [g for g in gaps if g.kind in ("area", "zone")]
