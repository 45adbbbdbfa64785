"""The chain in words: every number of a computed effect, so that the reader can redo the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jevn.impact.effects import measured_side, neutral
from jevn.impact.outcome import CAUSAL_SHARE
from jevn.impact.results import ComputedEffect, Interval
from jevn.impact.workings import OutcomeStep, Workings
from jevn.terms import Message
from jevn.terms.language import Param


def exact(name: str, value: float) -> dict[str, Param]:
    """A number shown with the decimals it has, at most four.

    >>> exact("ratio", 10.39)
    {'ratio_exact': 10.39}
    """
    return {f"{name}_exact": round(value, 4)}


def points(name: str, share: float) -> dict[str, Param]:
    """A share as percent with up to two decimals."""
    return exact(name, round(100 * share, 2))


def people(persons: float) -> float | int:
    """Persons as a whole number where that loses nothing to speak of."""
    whole = round(persons)
    return whole if abs(persons) >= 100 or abs(persons - whole) < 0.05 else persons


def shift(before: float, after: float) -> dict[str, Param]:
    """Two shares as percent, with as many decimals (1 to 4) as it takes to see them differ."""
    apart = 100 * abs(after - before)
    decimals = next((d for d in (1, 2, 3) if apart * 10**d >= 1), 4) if apart else 1
    return {
        **exact("before", round(100 * before, decimals)),
        **exact("after", round(100 * after, decimals)),
    }


def explained(result: ComputedEffect, w: Workings) -> ComputedEffect:
    """The result with its chain and assumptions."""
    return replace(
        result, chain=tuple(_chain(result, w)), assumptions=tuple(_assumptions(result, w))
    )


def _group(group: str) -> dict[str, Param]:
    return {"group_key": f"group.education.{group}"}


def _chain(result: ComputedEffect, w: Workings) -> Iterator[Message]:
    less = "_less" if w.change.nok_per_year < 0 else ""
    yield Message(
        f"impact.chain.capacity{less}",
        {
            "change_nok": abs(w.change.nok_per_year),
            "unit_cost_nok": w.use.unit_cost_nok,
            **exact("capacity", round(abs(w.reached.capacity), 2)),
        },
    )
    yield Message(
        "impact.chain.population",
        {
            "persons": round(w.people.total),
            "first": w.use.ages[0],
            "last": w.use.ages[1],
            "year": w.people.year,
        },
    )
    by_need = w.use.eligible_share_by_need
    for s in w.steps:
        yield Message(
            "impact.chain.eligible_need" if by_need else "impact.chain.eligible_all",
            {
                **_group(s.group),
                "persons": people(s.population),
                **points("adverse", s.adverse),
                "eligible": people(s.eligible),
            },
        )
    for s in w.steps:
        share = s.reached / s.eligible if s.eligible else 0.0
        yield Message(
            f"impact.chain.reached{less}",
            {
                **_group(s.group),
                "reached": people(abs(s.reached)),
                "eligible": people(s.eligible),
                **points("part", abs(share)),
            },
        )
    if result.unused_nok:
        yield Message(
            f"impact.chain.unused{less}",
            {"unused_nok": abs(result.unused_nok), "reached": people(abs(result.reached))},
        )
    yield _effect(w)
    for s in w.steps:
        sum_of_it: dict[str, Param] = {
            **_group(s.group),
            **points("raw", s.raw.value),
            **exact("kept", s.kept),
            **exact("reached", round(abs(s.reached), 2)),
            **exact("helped", round(_turned(s.helped, w).value, 2)),
        }
        if s.start is None:
            yield Message(f"impact.chain.helped_direct{less}", sum_of_it)
        else:
            yield Message(
                f"impact.chain.helped_group{less}", {**sum_of_it, **points("start", s.start)}
            )
    yield _limits(f"impact.chain.helped{less}", "helped", _turned(result.helped, w))
    for s in w.steps:
        yield Message(
            "impact.chain.determinant_group",
            {
                **_group(s.group),
                "indicator": w.determinant.name.nb,
                **shift(s.before, s.after.value),
            },
        )
    yield Message(
        f"impact.chain.gap.{result.verdict}",
        shift(abs(result.gap_before), abs(result.gap_after.value)),
    )
    if isinstance(w.outcome, Message):
        yield w.outcome
    elif w.outcome is not None:
        yield from _outcome(result, w, w.outcome)
    if result.nok_per_helped is not None:
        yield Message(
            f"impact.chain.nok_per_helped{less}",
            {"each_nok": result.nok_per_helped},
        )


def _effect(w: Workings) -> Message:
    size = w.size
    assert size.value is not None
    params: dict[str, Param] = {
        "effect_size": size.id,
        "about": size.about.nb,
        "scale_key": f"impact.scale.{size.scale}",
        **exact("value", size.value),
    }
    if size.lower is None or size.upper is None:
        return Message("impact.chain.effect_no_limits", params)
    return Message(
        "impact.chain.effect",
        {**params, **exact("lower", size.lower), **exact("upper", size.upper)},
    )


def _turned(persons: Interval, w: Workings) -> Interval:
    """Persons as a positive number when effort is taken away: those who lose the gain."""
    if w.change.nok_per_year >= 0:
        return persons
    low, high = persons.upper, persons.lower
    return Interval(-persons.value, None if low is None else -low, None if high is None else -high)


def _limits(key: str, name: str, found: Interval, decimals: int = 2) -> Message:
    params = exact(name, round(found.value, decimals))
    if found.lower is None or found.upper is None:
        return Message(f"{key}_no_limits", params)
    lower, upper = (
        exact("lower", round(found.lower, decimals)),
        exact("upper", round(found.upper, decimals)),
    )
    return Message(key, {**params, **lower, **upper})


def _outcome(result: ComputedEffect, w: Workings, outcome: OutcomeStep) -> Iterator[Message]:
    assert outcome.effect.value is not None
    assert result.averted is not None
    yield Message(
        "impact.chain.outcome_effect",
        {
            "effect_size": outcome.effect.id,
            "about": outcome.effect.about.nb,
            "scale_key": f"impact.scale.{outcome.effect.scale}",
            **exact("value", outcome.effect.value),
            **exact("causal", outcome.causal_share),
        },
    )
    for s, o in zip(w.steps, outcome.groups, strict=True):
        yield Message(
            "impact.chain.outcome_group",
            {
                **_group(s.group),
                "indicator": outcome.indicator.name.nb,
                **exact("before", round(o.before, 2)),
                **exact("fraction", round(100 * o.fraction, 4)),
                **exact("averted", o.averted.value),
            },
        )
    yield _limits("impact.chain.averted", "averted", result.averted, decimals=4)


def _assumptions(result: ComputedEffect, w: Workings) -> Iterator[Message]:
    yield Message("impact.assumption.full_year")
    name = w.determinant.name.nb
    if w.levels.estimated:
        yield Message(
            "impact.assumption.estimated",
            {"indicator": name, "place": w.levels.place, "period_year": w.levels.period},
        )
    else:
        yield Message(
            "impact.assumption.observed", {"indicator": name, "period_year": w.levels.period}
        )
    yield Message("impact.assumption.all_ages", {"indicator": name})
    if w.change.places:
        yield Message("impact.assumption.place_levels", {"indicator": name})
    yield from w.people.assumptions
    if w.use.start_level is None:
        direct = all(s.start is None for s in w.steps)
        yield Message(f"impact.assumption.start_{'direct' if direct else 'group'}")
    else:
        yield Message("impact.assumption.start_given", points("start", w.use.start_level))
    size = w.size
    assert size.value is not None
    if w.use.effect_on is None and size.value != neutral(size.scale):
        side = measured_side(size, None)
        yield Message(f"impact.assumption.read_as_{side.value}", {"effect_size": size.id})
    if size.lower is None or size.upper is None:
        yield Message("impact.assumption.no_limits", {"effect_size": size.id})
    yield Message(
        "impact.assumption.kept",
        {**exact("fidelity", w.use.fidelity), **exact("transfer", w.use.transfer)},
    )
    if w.use.effect_gradient:
        yield Message("impact.assumption.effect_gradient", exact("gradient", w.use.effect_gradient))
    uptake = w.use.uptake_gradient
    side_key = "even" if not uptake else "top_first" if uptake > 0 else "bottom_first"
    yield Message(f"impact.assumption.uptake_{side_key}", exact("gradient", uptake))
    if w.change.nok_per_year < 0:
        yield Message("impact.assumption.taken_away")
    if w.outcome is None or isinstance(w.outcome, Message):
        return
    outcome = w.outcome
    given = w.use.causal_share is not None
    yield Message(
        "impact.assumption.causal_given" if given else "impact.assumption.causal_default",
        {
            **exact("causal", outcome.causal_share),
            "design_key": f"impact.design.{_design(outcome.effect.design)}",
        },
    )
    yield Message("impact.assumption.outcome_ages", {"indicator": outcome.indicator.name.nb})
    if outcome.levels.estimated:
        yield Message(
            "impact.assumption.estimated",
            {
                "indicator": outcome.indicator.name.nb,
                "place": outcome.levels.place,
                "period_year": outcome.levels.period,
            },
        )
    if outcome.effect.scale == "OR":
        yield Message("impact.assumption.odds_as_risk", {"effect_size": outcome.effect.id})
    protective = outcome.effect.value is not None and outcome.effect.value < 1.0
    exposed = "favourable" if protective else "adverse"
    yield Message(f"impact.assumption.exposed_{exposed}", {"effect_size": outcome.effect.id})


def _design(design: str | None) -> str:
    return design if design in CAUSAL_SHARE else "crude"
