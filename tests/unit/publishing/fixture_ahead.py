"""A projection written by hand: one alternative that gains, one that costs, the zero one."""

from __future__ import annotations

from typing import Literal

from jevn.impact.equity import Equity, GroupChange, IndexChange, PlanePoint, WelfareChange
from jevn.impact.inheritance import GenerationGain, Inherited
from jevn.impact.projection.results import (
    ActionGain,
    AlternativeProjection,
    Costs,
    Distribution,
    KnowledgeValue,
    OutcomeEquity,
    OutcomeGain,
    Projection,
    YearValue,
)
from jevn.impact.uncertainty import Bar, Drawn
from jevn.terms import Message

SAID = Message("publishing.none")
NONE = Drawn(0.0, 0.0, 0.0, 0.0, 0.0, 0.5)


def drawn(middle: float, low: float, high: float) -> Drawn:
    """A drawn number with its limits."""
    return Drawn(middle, middle, low, high, 0.1, 1.0 if low > 0 else 0.0 if high < 0 else 0.7)


def outcome(
    name: str, total: Drawn, verdict: Literal["gains", "loses", "no_effect", "cannot_tell"]
) -> OutcomeGain:
    """An outcome over four years."""
    years = tuple(
        YearValue(2028 + i, total.median * i / 6, total.lower * i / 6, total.upper * i / 6, ())
        for i in range(4)
    )
    per = drawn(total.median / 100, total.lower / 100, total.upper / 100)
    return OutcomeGain(name, total, per, total, verdict, years)


def equity(verdict: Literal["narrows", "widens", "no_change", "cannot_tell"]) -> Equity:
    """A slope index that moves by two."""
    change = NONE if verdict == "no_change" else drawn(2.0, 1.0, 3.0)
    slope = IndexChange("sii", -627.1, drawn(-625.1, -626.0, -624.0), change)
    return Equity((slope,), 0.999, 0.97, verdict)


def alternative(id: str) -> AlternativeProjection:
    """One alternative; ``zero`` is without any change."""
    zero = id == "zero"
    health = NONE if zero else drawn(323.4, -105.2, 876.0)
    moved = drawn(-1234.0, -1500.0, -900.0)
    groups = (
        GroupChange("basic", 20_000.0, health, drawn(4.32, 1.0, 9.0), "gains"),
        GroupChange("upper_secondary", 40_000.0, health, drawn(-0.5, -1.0, -0.1), "loses"),
        GroupChange("higher", 40_000.0, health, drawn(0.01, -1.0, 1.1), "cannot_tell"),
    )
    still = tuple(GroupChange(g.group, g.persons, NONE, NONE, "unchanged") for g in groups)
    levels = (682.0, 437.0, 233.0)
    inherited = Inherited(
        drawn(12.0, 8.0, 16.0),
        0.24,
        0.72,
        0.2,
        (
            GenerationGain(1, drawn(0.4, 0.1, 1.2), 0.0, 2.1),
            GenerationGain(2, drawn(0.02, 0.0, 0.1), 0.0, 0.4),
        ),
    )
    return AlternativeProjection(
        alternative=id,
        computed=() if zero else ("los",),
        judged=() if zero else ("bolig",),
        benefit=(
            outcome("healthy_years", health, "no_effect" if zero else "cannot_tell"),
            outcome("premature_deaths_averted", NONE, "no_effect"),
            outcome("fullfort/vgs", NONE if zero else moved, "no_effect" if zero else "loses"),
            outcome("ensomhet", NONE, "no_effect"),
        ),
        distribution=(
            Distribution("education", still if zero else groups),
            Distribution("zone", (GroupChange("Z1", 9000.0, health, health, "cannot_tell"),)),
        ),
        equity=(
            OutcomeEquity(
                "premature_mortality",
                ("basic", "upper_secondary", "higher"),
                levels,
                tuple(drawn(x - 0.2, x - 0.4, x) for x in levels),
                equity("no_change" if zero else "narrows"),
            ),
            OutcomeEquity(
                "fullfort/vgs",
                ("basic", "upper_secondary", "higher"),
                (40.2, 26.1, 15.3),
                tuple(drawn(x, x - 0.1, x + 0.1) for x in (40.0, 26.0, 15.3)),
                equity("widens"),
            ),
        ),
        welfare=(
            WelfareChange("atkinson", 0.0, 72.1, health, health, NONE),
            WelfareChange("kolm", 0.05, 72.0, health, health, drawn(0.01, -0.00001, 0.02)),
        ),
        plane=PlanePoint(
            NONE if zero else drawn(3.0, -1.0, 8.0),
            NONE if zero else drawn(2.5, 0.1, 9.0),
            0.6,
            0.1,
            0.2,
            0.1,
        ),
        costs=Costs(
            0.0 if zero else 7.9e6,
            0.0 if zero else 112e6,
            0.0 if zero else 50e6,
            NONE if zero else drawn(101e6, 86e6, 108e6),
            NONE if zero else drawn(-39.1e6, -96.2e6, -13.1e6),
            NONE,
            NONE if zero else drawn(2e5, 1e5, 4e5),
            None if zero else 140_419.0,
            0.0 if zero else 363.0,
            0.1,
        ),
        actions=()
        if zero
        else (ActionGain("los", drawn(376, 300, 400), drawn(53.3, 29, 90), health, (1.0, 2.0)),),
        tornado=() if zero else (Bar("weight:los", 567.0, 202.0), Bar("effect:es4", 226.0, 443.0)),
        inherited=None if zero else inherited,
        better=(),
        gap_falls=0.5 if zero else 0.999,
        trust="low" if zero else "medium",
        chain=(SAID,),
        unknown=(SAID,),
    )


def projection() -> Projection:
    """Two alternatives over four years."""
    return Projection(
        first_year=2028,
        years=4,
        draws=128,
        seed=0,
        discount=0.04,
        healthy_year_nok=275_000.0,
        education=("basic", "upper_secondary", "higher"),
        persons=(20_000.0, 40_000.0, 40_000.0),
        alternatives=(alternative("zero"), alternative("tidlig")),
        perfect=3_347_359.6,
        knowledge=(
            KnowledgeValue(
                "weight:los",
                Message("impact.parameter.weight", {"about": "Ensomhet"}),
                1_174_818.9,
                2e5,
                0.35,
            ),
        ),
        uncertain=(
            ("weight:los", Message("impact.parameter.weight", {"about": "Ensomhet"})),
            ("effect:es4", Message("impact.parameter.effect", {"about": "Los"})),
        ),
        assumptions=(SAID,),
    )
