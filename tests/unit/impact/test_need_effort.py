"""Need held against effort, and the corner each area stands in."""

from __future__ import annotations

from typing import Any

import pytest

from jevn.challenges.results import AreaStatus, ChallengeProfile, Sign, SignCell
from jevn.effort.results import AreaEffort, EffortProfile, Reconciliation
from jevn.impact import need_effort
from jevn.terms import EffortArea, Message, Say

NOTHING = Message("impact.verdict.not_known")


def status(area: str, worse: int, same: int, better: int, unknown: int = 0) -> AreaStatus:
    cells = tuple(
        SignCell(kind, Sign.SAME, *counts, NOTHING, ())
        for kind, counts in (
            ("level", (worse, same, better, unknown)),
            ("gradient", (0, 0, 0, 5)),
            ("trend", (9, 0, 0, 0)),  # not part of need
        )
    )
    return AreaStatus(EffortArea(area), NOTHING, cells, ())


def spent(area: str, here: float | None, there: float | None) -> AreaEffort:
    empty: Any = ()
    return AreaEffort(
        area=EffortArea(area), year=2026, net_nok=0, per_inhabitant=here,
        comparison_per_inhabitant=there, by_reach=empty, by_strength=empty, default_share=0,
        fte=None, services=empty, use=empty, per_place=empty, years=empty,
        missing_interventions=empty,
    )  # fmt: skip


@pytest.fixture
def points() -> dict[str, Any]:
    challenges = ChallengeProfile(
        "9901",
        (
            status("arbeid", 3, 1, 0),
            status("fritid", 3, 1, 0),
            status("bolig", 0, 4, 0),
            status("fattigdom", 0, 0, 0, 4),
        ),
        (),
        NOTHING,
        0,
    )
    effort = EffortProfile(
        "9901",
        2026,
        1000,
        (spent("arbeid", 50, 100), spent("fritid", 120, 100), spent("bolig", 100, 100),
         spent("fattigdom", 1, 1), spent("levevaner", 1, None)),
        Reconciliation(2026, (), 0, 0, 0, 0),
        (),
    )  # fmt: skip
    return {p.area.value: p for p in need_effort(challenges, effort)}


def test_need_is_the_share_of_known_signs_that_are_worse(points: dict[str, Any]) -> None:
    assert points["arbeid"].need == 0.75
    assert points["bolig"].need == 0
    assert points["fattigdom"].need is None


def test_effort_is_held_against_the_comparison(points: dict[str, Any]) -> None:
    assert points["arbeid"].effort == 0.5
    assert points["levevaner"].effort is None


def test_corners(points: dict[str, Any]) -> None:
    assert {a: p.corner for a, p in points.items()} == {
        "arbeid": "high_need_low_effort",
        "fritid": "high_need_high_effort",
        "bolig": "low_need_high_effort",
        "fattigdom": "unknown",
        "levevaner": "unknown",
    }


def test_messages_say_it_in_words(points: dict[str, Any]) -> None:
    said = Say("nb").message(points["arbeid"].message)
    assert said.startswith("Arbeid: stort behov (3 av 4 tegn er verre enn ellers)")
    assert "50\xa0%" in said
    assert "–" in Say("en").message(points["levevaner"].message)
