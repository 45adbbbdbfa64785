"""The projection in words: from money to people to conditions to life, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jevn.impact.explain import exact, people
from jevn.impact.population import GROUPS
from jevn.impact.projection.arrays import BASIC
from jevn.impact.projection.assembling import Ground, Intake
from jevn.impact.projection.graph import MORTALITY
from jevn.impact.projection.results import AlternativeProjection, OutcomeGain
from jevn.impact.projection.start import StartShares
from jevn.impact.projection.uncertain import UsedArrow
from jevn.impact.uncertainty import Parameter
from jevn.terms import Message

_DRIVERS = 3


def chain_in_words(
    found: AlternativeProjection,
    ground: Ground,
    intakes: Sequence[Intake],
    parameters: Mapping[str, Parameter],
) -> tuple[Message, ...]:
    """Money → people reached by group → change in determinant → outcome, and what moved it."""
    return (
        *(m for i in intakes for m in _of_change(i, ground)),
        *_paths(found, ground, parameters),
        *_results(found, ground),
        *_drivers(found, parameters),
    )


def not_known(
    found: AlternativeProjection, ground: Ground, levels: Mapping[str, StartShares]
) -> tuple[Message, ...]:
    """What the numbers leave out."""
    return tuple(_not_known(found, ground, levels))


def _not_known(
    found: AlternativeProjection, ground: Ground, levels: Mapping[str, StartShares]
) -> Iterator[Message]:
    if found.judged:
        counts = {"judged": len(found.judged), "computed": len(found.computed)}
        yield Message("impact.projection.unknown.judged", counts)
    onwards = {a.arrow.parent for a in ground.arrows}
    for o, name in enumerate(d.indicator for d in ground.determinants):
        gain = found.outcome(name)
        if gain is None or gain.verdict == "no_effect":
            continue
        determinant = ground.determinants[o]
        if name not in onwards and determinant.disability is None:
            params = {"indicator": ground.names[name]}
            yield Message("impact.projection.unknown.onwards", params)
        if levels[name].estimated:
            params = {"indicator": ground.names[name]}
            yield Message("impact.projection.unknown.estimated", params)


def _of_change(intake: Intake, ground: Ground) -> Iterator[Message]:
    used = intake.used
    groups = np.array([GROUPS.index(g) for g in ground.strata.label("education")])
    reached = np.median(intake.taken.persons, axis=0)
    by_group = np.bincount(groups, reached, len(GROUPS))
    less = "_less" if used.change.nok_per_year < 0 else ""
    yield Message(
        f"impact.projection.reached{less}",
        {
            "change": used.change.title,
            "money_nok": abs(used.change.nok_per_year),
            "reached": people(abs(float(by_group.sum()))),
            "basic": people(abs(float(by_group[0]))),
            "middle": people(abs(float(by_group[1]))),
            "higher": people(abs(float(by_group[2]))),
        },
    )
    unused = float(np.median(intake.taken.unused))
    if unused > 0:
        yield Message("impact.projection.unused", {"unused_nok": unused})
    helped = intake.helped.sum(axis=1)
    lower, middle, upper = np.abs(np.quantile(helped, (0.025, 0.5, 0.975)))
    yield Message(
        f"impact.projection.helped{less}",
        {
            "helped_exact": _short(float(middle)),
            "lower_exact": _short(float(min(lower, upper))),
            "upper_exact": _short(float(max(lower, upper))),
            "effect_size": used.size.id,
        },
    )
    hold, fade = used.use.hold_years, used.use.fade_years
    if fade is None:
        yield Message("impact.projection.lasts", {})
    elif hold == 0 and fade == 0:
        yield Message("impact.projection.while_given", {})
    else:
        yield Message("impact.projection.fades", {**exact("hold", hold), **exact("fade", fade)})


def _paths(
    found: AlternativeProjection, ground: Ground, parameters: Mapping[str, Parameter]
) -> Iterator[Message]:
    moved = {
        d.indicator
        for d in ground.determinants
        if (gain := found.outcome(d.indicator)) is not None and gain.verdict != "no_effect"
    }
    for used in ground.arrows:
        if used.arrow.parent in moved:
            yield _path(used, ground, parameters)
    for determinant in ground.determinants:
        weight = determinant.disability
        if weight is not None and determinant.indicator in moved:
            yield Message(
                "impact.projection.weight",
                {
                    "indicator": ground.names[determinant.indicator],
                    **exact("weight", weight.value),
                    **exact("lower", weight.low),
                    **exact("upper", weight.high),
                    "source": weight.source,
                },
            )


def _path(used: UsedArrow, ground: Ground, parameters: Mapping[str, Parameter]) -> Message:
    arrow, size = used.arrow, used.size
    assert size.value is not None
    to = "mortality" if arrow.child == MORTALITY else "determinant"
    kind = "difference" if size.scale == "RD" else "ratio"
    return Message(
        f"impact.projection.path.{to}.{kind}",
        {
            "parent": ground.names[arrow.parent],
            "child": ground.names.get(arrow.child, arrow.child),
            "effect_size": size.id,
            **exact("value", size.value),
            **exact("lower", size.lower if size.lower is not None else size.value),
            **exact("upper", size.upper if size.upper is not None else size.value),
            "causal_share": parameters[f"causal:{arrow.id}"].value,
        },
    )


def _results(found: AlternativeProjection, ground: Ground) -> Iterator[Message]:
    for name in ("healthy_years", "premature_deaths_averted"):
        gain = found.outcome(name)
        if gain is not None:
            yield _gain(gain, ground)
    for gain in found.benefit[len(BASIC) :]:
        if gain.verdict != "no_effect":
            yield _gain(gain, ground)
    first = found.equity[0]
    yield Message(
        f"impact.projection.gap.{first.equity.verdict}",
        {"falls_chance": first.equity.sii_falls, "years": ground.years},
    )


def _gain(gain: OutcomeGain, ground: Ground) -> Message:
    basic = gain.outcome in BASIC
    name = gain.outcome if basic else "determinant"
    return Message(
        f"impact.projection.gain.{name}",
        {
            "indicator": ground.names.get(gain.outcome, gain.outcome),
            "years": ground.years,
            "total_exact": _short(gain.total.median),
            "lower_exact": _short(gain.total.lower),
            "upper_exact": _short(gain.total.upper),
            "verdict_key": f"impact.projection.verdict.{gain.verdict}",
        },
    )


def _drivers(
    found: AlternativeProjection, parameters: Mapping[str, Parameter]
) -> Iterator[Message]:
    for bar in found.tornado[:_DRIVERS]:
        name = parameters[bar.parameter].name
        if name is None:
            continue
        low, high = sorted((bar.at_low, bar.at_high))
        yield Message(
            "impact.projection.driver",
            {
                **name.params,
                "kind_key": f"{name.key}.short",
                "low_exact": _short(low),
                "high_exact": _short(high),
            },
        )


def _short(value: float) -> float:
    """Three figures or so: no more than the numbers can bear."""
    if value == 0:
        return 0.0
    size = abs(value)
    return round(value) if size >= 100 else round(value, 1 if size >= 1 else 3)
