"""Results of the projection: what each alternative gives, to whom, at what cost, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.impact.equity import Equity, GroupChange, PlanePoint, WelfareChange
from jevn.impact.inheritance import Inherited
from jevn.impact.results import Trust
from jevn.impact.uncertainty import Bar, Drawn
from jevn.terms import Message

BenefitVerdict = Literal["gains", "loses", "no_effect", "cannot_tell"]
"""95 % of draws on one side, nothing moved, or neither."""


@dataclass(frozen=True, slots=True)
class YearValue:
    """An outcome in one calendar year: median and 95 % limits, and medians by education."""

    year: int
    median: float
    lower: float
    upper: float
    by_education: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class OutcomeGain:
    """What an alternative gives of one outcome, over all years.

    Attributes:
        outcome: ``healthy_years``, ``life_years``, ``deaths_averted``,
            ``premature_deaths_averted``, or the indicator of a determinant (person-years out of
            its adverse state).
        total: over all years.
        per_1000: per 1 000 inhabitants at the start.
        discounted: the total with later years counting less (healthy years only).
        verdict: whether it can be said to gain.
        years: year by year.
    """

    outcome: str
    total: Drawn
    per_1000: Drawn
    discounted: Drawn | None
    verdict: BenefitVerdict
    years: tuple[YearValue, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """Healthy years gained by groups of one dimension, lowest social position first."""

    dimension: str
    groups: tuple[GroupChange, ...]


@dataclass(frozen=True, slots=True)
class OutcomeEquity:
    """Inequality by education in the level of one outcome, before and after.

    Attributes:
        outcome: ``premature_mortality`` (deaths at 30-74 per 100 000 person-years) or the
            indicator of a determinant (per cent).
        groups: names, lowest social position first.
        before: level of every group without the alternative.
        after: level with it.
        equity: indices, their change, and what can be said of it.
    """

    outcome: str
    groups: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[Drawn, ...]
    equity: Equity


@dataclass(frozen=True, slots=True)
class Costs:
    """Kroner over all years, discounted; savings negative.

    Attributes:
        per_year: what the alternative itself costs a year.
        actions: the same over all years.
        computed: the part of it that goes to computed changes.
        municipality: net of what changes in users save the municipality.
        state: change in the state's costs.
        user: change in what people pay or lose.
        unused: kroner a year of computed changes that no one is left to use.
        per_healthy_year: the municipality's net kroner for the computed changes per healthy year
            gained (of the means); ``None`` unless healthy years are gained for money.
        forgone: healthy years that the same money would give elsewhere, at
            ``healthy_year_nok``; 0 where the alternative costs nothing.
        funded: the share of new money that is taken from other effort within the alternative.
    """

    per_year: float
    actions: float
    computed: float
    municipality: Drawn
    state: Drawn
    user: Drawn
    unused: Drawn
    per_healthy_year: float | None
    forgone: float
    funded: float


@dataclass(frozen=True, slots=True)
class ActionGain:
    """One computed change on its own: people in a full year, and healthy years."""

    change: str
    reached: Drawn
    helped: Drawn
    healthy_years: Drawn
    by_education: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AlternativeProjection:
    """One alternative against carrying on as today.

    Attributes:
        alternative: its id.
        computed: ids of the changes that are computed.
        judged: ids of those assessed by judgement alone: not in any number here.
        benefit: the outcomes.
        distribution: healthy years by education, income, sex, age and zone, where known.
        equity: inequality in the level of outcomes.
        welfare: equally distributed equivalent of healthy life expectancy, by aversion.
        plane: place in the plane of health gained and inequality.
        costs: kroner.
        actions: every computed change on its own.
        tornado: parameters that move the healthy years most.
        inherited: what is passed on to the next generation, where completion is changed.
        better: probability that its computed changes give more healthy years net of their money
            than those of each other alternative.
        gap_falls: probability that inequality in premature mortality falls (SII).
        trust: the least of its computed changes.
        chain: in words, from money to outcome.
        unknown: what is not known.
    """

    alternative: str
    computed: tuple[str, ...]
    judged: tuple[str, ...]
    benefit: tuple[OutcomeGain, ...]
    distribution: tuple[Distribution, ...]
    equity: tuple[OutcomeEquity, ...]
    welfare: tuple[WelfareChange, ...]
    plane: PlanePoint
    costs: Costs
    actions: tuple[ActionGain, ...]
    tornado: tuple[Bar, ...]
    inherited: Inherited | None
    better: tuple[tuple[str, float], ...]
    gap_falls: float
    trust: Trust
    chain: tuple[Message, ...]
    unknown: tuple[Message, ...]

    def outcome(self, name: str) -> OutcomeGain | None:
        """The gain of one outcome, or ``None``."""
        return next((o for o in self.benefit if o.outcome == name), None)


@dataclass(frozen=True, slots=True)
class KnowledgeValue:
    """What it would be worth to know one number for sure, in kroner.

    ``share`` is its part of the value of knowing everything.
    """

    parameter: str
    name: Message
    value: float
    error: float
    share: float


@dataclass(frozen=True, slots=True)
class Projection:
    """Every alternative followed through the years.

    Attributes:
        first_year: first year that any alternative changes anything.
        years: years followed.
        draws: draws of the uncertain numbers.
        seed: seed of the draws.
        discount: yearly discount rate.
        healthy_year_nok: kroner that a healthy year is weighed against.
        education: education groups, lowest first.
        persons: inhabitants by education at the start.
        alternatives: in the order given, the zero alternative first.
        perfect: kroner that knowing everything would be worth (EVPI).
        knowledge: the numbers most worth knowing, most first.
        uncertain: what every drawn number is, by the id it has in ``tornado`` and ``knowledge``.
        assumptions: what had to be assumed.
    """

    first_year: int
    years: int
    draws: int
    seed: int
    discount: float
    healthy_year_nok: float
    education: tuple[str, ...]
    persons: tuple[float, ...]
    alternatives: tuple[AlternativeProjection, ...]
    perfect: float
    knowledge: tuple[KnowledgeValue, ...]
    uncertain: tuple[tuple[str, Message], ...]
    assumptions: tuple[Message, ...]

    def alternative(self, id: str) -> AlternativeProjection | None:
        """The projection of one alternative, or ``None``."""
        return next((a for a in self.alternatives if a.alternative == id), None)
