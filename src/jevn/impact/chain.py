"""The chain of one change: kroner → people reached by group → determinant → outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EffectSize, EvidenceCatalogue
from jevn.impact.alternatives import EffectUse, ProfileChange
from jevn.impact.effects import USABLE, Improvement, attenuation, improvement
from jevn.impact.explain import explained
from jevn.impact.inequality import gap, interval, slope, verdict
from jevn.impact.levels import StartLevels, start_levels
from jevn.impact.outcome import RATIOS, default_causal_share, group_outcome
from jevn.impact.population import EligiblePopulation, persons_by_education
from jevn.impact.reach import Reached, reach, social_ranks
from jevn.impact.results import ComputedEffect, GroupEffect, Interval
from jevn.impact.workings import GroupStep, OutcomeStep, Workings
from jevn.terms import Message, Polarity, SocialDimension


@dataclass(frozen=True, slots=True)
class Ground:
    """What every change is computed on: evidence, figures and people of one municipality."""

    catalogue: EvidenceCatalogue
    indicators: tuple[Indicator, ...]
    observations: pl.DataFrame
    population: pl.DataFrame
    municipality: str
    country: str

    def indicator(self, id: str) -> Indicator | None:
        """The indicator with this id, or ``None``."""
        return next((i for i in self.indicators if i.id == id), None)


def compute(change: ProfileChange, ground: Ground) -> tuple[ComputedEffect, Workings] | Message:
    """Compute one change, or say why it cannot be computed.

    A change without usable effect size, start levels or people is never given a number.
    The equations are those of the impact model, section 1.3-1.6, in a full year of operation;
    see docs/reference/impact.md.

    Returns:
        The effect with its workings, or the reason why there is none.
    """
    use = change.effect
    if use is None:
        return Message("impact.why.no_effect")
    size = usable_size(ground.catalogue, use.effect_size, use.interval)
    if isinstance(size, Message):
        return size
    determinant = ground.indicator(use.determinant)
    if determinant is None:
        return Message("impact.why.unknown_indicator", {"indicator": use.determinant})
    levels = _levels(ground, determinant)
    if isinstance(levels, Message):
        return levels
    people = persons_by_education(
        ground.population,
        places=change.places,
        municipality=ground.municipality,
        ages=use.ages,
    )
    if people is None or people.total <= 0:
        return Message("impact.why.no_population", {"first": use.ages[0], "last": use.ages[1]})
    reached, steps = _steps(change, use, size, determinant, levels, people)
    outcome = _outcome(use, ground, steps)
    workings = Workings(change, use, size, determinant, levels, people, reached, steps, outcome)
    return _result(workings), workings


def usable_size(
    catalogue: EvidenceCatalogue, id: str, interval: tuple[float, float] | None = None
) -> EffectSize | Message:
    """The effect size, with own limits if given; or why it cannot be used."""
    size = catalogue.effect_size(id)
    if size is not None and interval is not None:
        size = replace(size, lower=interval[0], upper=interval[1])
    if size is None:
        return Message("impact.why.unknown_effect_size", {"effect_size": id})
    if size.value is None or size.scale == "none":
        return Message("impact.why.direction_only", {"effect_size": id})
    if size.scale not in USABLE:
        return Message("impact.why.scale", {"effect_size": id, "scale": size.scale})
    return size


def _levels(ground: Ground, indicator: Indicator) -> StartLevels | Message:
    """Start levels as shares of people, or why there are none."""
    name = {"indicator": indicator.name.nb}
    if indicator.scale.info.factor is None:
        return Message("impact.why.indicator_scale", name)
    levels = start_levels(
        ground.observations, indicator, municipality=ground.municipality, country=ground.country
    )
    if levels is None:
        return Message("impact.why.no_levels", name)
    if any(not 0.0 <= v <= 1.0 for _, v in levels.values):
        return Message("impact.why.indicator_scale", name)
    return levels


def _steps(
    change: ProfileChange,
    use: EffectUse,
    size: EffectSize,
    determinant: Indicator,
    levels: StartLevels,
    people: EligiblePopulation,
) -> tuple[Reached, tuple[GroupStep, ...]]:
    bad_is_high = determinant.polarity is Polarity.ADVERSE
    shares = [v for _, v in levels.values]
    adverse = [v if bad_is_high else 1.0 - v for v in shares]
    persons = [n for _, n in people.persons]
    eligible = [
        n * a if use.eligible_share_by_need else n for n, a in zip(persons, adverse, strict=True)
    ]
    ranks = social_ranks(persons)
    reached = reach(
        nok=change.nok_per_year,
        unit_cost_nok=use.unit_cost_nok,
        eligible=eligible,
        ranks=ranks,
        gradient=use.uptake_gradient,
    )
    steps = []
    for i, (group, n) in enumerate(people.persons):
        start = _start(use, size, adverse[i])
        raw = improvement(size, adverse=start, stated=use.effect_on)
        kept = attenuation(
            fidelity=use.fidelity,
            transfer=use.transfer,
            gradient=use.effect_gradient,
            rank=ranks[i],
        )
        # No more can get better than are badly off, nor worse than are well off.
        helped = _helped(raw.times(kept), reached.persons[i], n * adverse[i], n * (1 - adverse[i]))
        change_in_adverse = [
            None if h is None or n <= 0 else -h / n
            for h in (helped.value, helped.lower, helped.upper)
        ]
        moved = [0.0 if n <= 0 and d is None else d for d in change_in_adverse]
        sign = 1.0 if bad_is_high else -1.0
        steps.append(
            GroupStep(
                group=group,
                population=n,
                adverse=adverse[i],
                eligible=eligible[i],
                reached=reached.persons[i],
                start=start,
                raw=raw,
                kept=kept,
                helped=helped,
                before=shares[i],
                after=_moved(shares[i], moved, sign),
                adverse_after=_moved(adverse[i], moved, 1.0),
            )
        )
    return reached, tuple(steps)


def _start(use: EffectUse, size: EffectSize, group: float) -> float | None:
    """Share of those taking part who would have the adverse determinant anyway.

    Those chosen by need all have it today. How many would keep it, only the trial's control
    group can tell; a risk difference needs no such level, the other scales take the group's.
    """
    if use.start_level is not None:
        return use.start_level
    return None if use.eligible_share_by_need and size.scale == "RD" else group


def _helped(part: Improvement, reached: float, badly_off: float, well_off: float) -> Interval:
    def persons(share: float) -> float:
        return min(badly_off, max(-well_off, reached * share))

    limits = [None if x is None else persons(x) for x in (part.lower, part.upper)]
    return interval(persons(part.value), limits[0], limits[1])


def _moved(start: float, moved: list[float | None], sign: float) -> Interval:
    values = [None if d is None else min(1.0, max(0.0, start + sign * d)) for d in moved]
    assert values[0] is not None
    return interval(values[0], values[1], values[2])


def _outcome(
    use: EffectUse, ground: Ground, steps: tuple[GroupStep, ...]
) -> OutcomeStep | Message | None:
    """The outcome step; a message says why an outcome asked for cannot be computed."""
    if use.outcome is None or use.outcome_effect is None:
        return None
    effect = ground.catalogue.effect_size(use.outcome_effect)
    if effect is not None and use.outcome_interval is not None:
        lower, upper = use.outcome_interval
        effect = replace(effect, lower=lower, upper=upper)
    if effect is None or effect.value is None or effect.scale not in RATIOS:
        return Message("impact.why.outcome_effect", {"effect_size": use.outcome_effect})
    indicator = ground.indicator(use.outcome)
    if indicator is None:
        return Message("impact.why.unknown_indicator", {"indicator": use.outcome})
    name = {"indicator": indicator.name.nb}
    if indicator.polarity is not Polarity.ADVERSE or indicator.scale.info.factor is None:
        return Message("impact.why.outcome_scale", name)
    levels = start_levels(
        ground.observations, indicator, municipality=ground.municipality, country=ground.country
    )
    if levels is None:
        return Message("impact.why.no_levels", name)
    given = use.causal_share
    causal = default_causal_share(effect.design) if given is None else given
    rates = dict(levels.values)
    groups = tuple(
        group_outcome(
            population=s.population,
            rate=rates[s.group],
            adverse_before=s.adverse,
            adverse_after=s.adverse_after,
            effect=effect,
            causal_share=causal,
        )
        for s in steps
    )
    return OutcomeStep(indicator, effect, causal, levels, groups)


def _total(parts: list[Interval]) -> Interval:
    lower = [p.lower for p in parts if p.lower is not None]
    upper = [p.upper for p in parts if p.upper is not None]
    known = len(lower) == len(upper) == len(parts)
    return Interval(
        sum(p.value for p in parts), sum(lower) if known else None, sum(upper) if known else None
    )


def _result(w: Workings) -> ComputedEffect:
    outcome = w.outcome if isinstance(w.outcome, OutcomeStep) else None
    groups = tuple(
        GroupEffect(
            group=s.group,
            population=s.population,
            eligible=s.eligible,
            reached=s.reached,
            determinant_before=s.before,
            determinant_after=s.after,
            helped=s.helped,
            outcome_before=None if outcome is None else outcome.groups[i].before,
            averted=None if outcome is None else outcome.groups[i].averted,
        )
        for i, s in enumerate(w.steps)
    )
    helped = _total([g.helped for g in groups])
    averted = None if outcome is None else _total([g.averted for g in outcome.groups])
    persons = [s.population for s in w.steps]
    before = [s.before for s in w.steps]
    # Limits of the gap: all groups at the effect's low end, then all at its high end.
    ends = [_ends(s, w) for s in w.steps]
    central = [e[0] for e in ends]
    low = [e[1] for e in ends if e[1] is not None]
    high = [e[2] for e in ends if e[2] is not None]
    known = len(low) == len(high) == len(ends)
    gap_after = interval(gap(central), gap(low) if known else None, gap(high) if known else None)
    sii_after = interval(
        slope(central, persons),
        slope(low, persons) if known else None,
        slope(high, persons) if known else None,
    )
    gap_before, sii_before = gap(before), slope(before, persons)
    spent = sum(w.reached.persons) * w.use.unit_cost_nok
    decided = verdict(gap_before, gap_after, sii_before, sii_after)
    result = ComputedEffect(
        effect_size=w.size.id,
        determinant=w.determinant.id,
        outcome=None if outcome is None else outcome.indicator.id,
        dimension=SocialDimension.EDUCATION,
        groups=groups,
        capacity=w.reached.capacity,
        reached=sum(w.reached.persons),
        unused_nok=w.reached.unused_nok,
        helped=helped,
        averted=averted,
        gap_before=gap_before,
        gap_after=gap_after,
        sii_before=sii_before,
        sii_after=sii_after,
        verdict=decided,
        nok_per_helped=spent / helped.value if helped.value and spent / helped.value > 0 else None,
        chain=(),
        assumptions=(),
    )
    return explained(result, w)


def _ends(step: GroupStep, w: Workings) -> tuple[float, float | None, float | None]:
    """Determinant after: central, where fewest are helped, where most are helped."""
    low, high = step.after.lower, step.after.upper
    if w.determinant.polarity is Polarity.ADVERSE:
        low, high = high, low
    return step.after.value, low, high
