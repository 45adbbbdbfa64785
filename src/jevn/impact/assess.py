"""Assessment of every alternative on the four criteria, computed where evidence allows."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.alternatives import Alternative, Confidence, Judgement, ProfileChange
from jevn.impact.chain import Ground, compute
from jevn.impact.population import inhabitants
from jevn.impact.reading import ZERO, zero_alternative
from jevn.impact.results import (
    AlternativeAssessment,
    Assessment,
    ChangeAssessment,
    ComputedEffect,
    CriterionResult,
    Trust,
)
from jevn.impact.scores import (
    benefit_reason,
    benefit_score,
    distribution_reason,
    distribution_score,
    trust_label,
)
from jevn.impact.totals import alternative_criteria, combined_verdict, helped_in_all
from jevn.impact.workings import Workings
from jevn.terms import CRITERIA, Criterion, Message

_Computed = tuple[ComputedEffect, Workings] | Message
_RANK: dict[Confidence, int] = {"low": 0, "medium": 1, "high": 2}


def assess(
    *,
    alternatives: Sequence[Alternative],
    judgements: Sequence[Judgement],
    catalogue: EvidenceCatalogue,
    indicators: Sequence[Indicator],
    observations: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    country: str = "0",
) -> Assessment:
    """Assess every alternative against carrying on as today (step 5).

    A change is computed where it names a usable effect size and the municipality's figures
    allow it; otherwise it is assessed by judgement alone, says why, and carries no number.
    Benefit and distribution of computed changes are scored by the published value functions
    of :mod:`jevn.impact.scores`; cost and autonomy always come from judgement.

    Args:
        alternatives: alternatives; the zero alternative is added first if it is missing.
        judgements: structured judgements, one per change.
        catalogue: the evidence catalogue with its effect sizes.
        indicators: indicators of the plan folder.
        observations: protected observations, columns of ``observations.csv``.
        population: columns of ``population.csv``.
        municipality: id of the municipality's place.
        country: id of the country's place, whose values by education are used (and marked as
            estimated) where the municipality has none.

    Returns:
        The assessment, the zero alternative first.
    """
    ground = Ground(catalogue, tuple(indicators), observations, population, municipality, country)
    given = tuple(alternatives)
    if not given or given[0].id != ZERO:
        given = (zero_alternative(), *(a for a in given if a.id != ZERO))
    changes = {c.id: c for a in given for c in a.changes}
    computed = {id: compute(c, ground) for id, c in changes.items()}
    persons = inhabitants(population, municipality)
    judged = {j.change: j for j in judgements}
    return Assessment(tuple(_alternative(a, computed, judged, persons, catalogue) for a in given))


def _alternative(
    alternative: Alternative,
    computed: dict[str, _Computed],
    judged: dict[str, Judgement],
    persons: float,
    catalogue: EvidenceCatalogue,
) -> AlternativeAssessment:
    parts = tuple(
        _change(alternative.id, c, computed[c.id], judged.get(c.id), persons, catalogue)
        for c in alternative.changes
    )
    effects = [(c.change, c.computed) for c in parts if c.computed is not None]
    helped, by_group = helped_in_all(effects)
    return AlternativeAssessment(
        alternative=alternative,
        changes=parts,
        nok_per_year=sum(c.nok_per_year for c in alternative.changes),
        posts=sum(c.posts for c in alternative.changes),
        criteria=alternative_criteria(parts),
        computed_changes=len(effects),
        judged_changes=len(parts) - len(effects),
        helped=helped,
        helped_by_group=by_group,
        verdict=combined_verdict([e.verdict for _, e in effects], len(parts)),
    )


def _change(
    alternative: str,
    change: ProfileChange,
    computed: _Computed,
    judgement: Judgement | None,
    persons: float,
    catalogue: EvidenceCatalogue,
) -> ChangeAssessment:
    effect, workings = (None, None) if isinstance(computed, Message) else computed
    trust = _judged_trust(judgement) if workings is None else trust_label(workings)
    return ChangeAssessment(
        id=f"{alternative}/{change.id}",
        change=change,
        computed=effect,
        criteria=tuple(_criterion(c, effect, judgement, persons, trust) for c in CRITERIA),
        gains=judgement.gains if judgement else None,
        loses=judgement.loses if judgement else None,
        mechanism=judgement.mechanism if judgement else None,
        feasibility=judgement.feasibility if judgement else None,
        legal=judgement.legal if judgement else None,
        children=judgement.children if judgement else None,
        trust=trust,
        why_not_computed=computed if isinstance(computed, Message) else None,
        sources=_sources(change, workings, catalogue),
    )


def _criterion(
    criterion: Criterion,
    effect: ComputedEffect | None,
    judgement: Judgement | None,
    persons: float,
    trust: Trust,
) -> CriterionResult:
    judged = None
    if judgement is not None:
        judged = next((c for c in judgement.criteria if c.criterion is criterion), None)
    reason = judged.reason if judged else None
    if effect is not None and criterion is Criterion.BENEFIT:
        score, why = benefit_score(effect.helped.value, persons), benefit_reason(effect, persons)
        return CriterionResult(criterion, score, "computed", why, reason, trust)
    if effect is not None and criterion is Criterion.DISTRIBUTION:
        score, why = distribution_score(effect), distribution_reason(effect)
        return CriterionResult(criterion, score, "computed", why, reason, trust)
    if judged is None:
        return CriterionResult(
            criterion, None, "missing", Message("impact.reason.missing"), None, None
        )
    known = None if judged.score is None else float(judged.score)
    said = Message("impact.reason.judged" if known is not None else "impact.reason.judged_unknown")
    return CriterionResult(criterion, known, "judged", said, judged.reason, judged.confidence)


def _judged_trust(judgement: Judgement | None) -> Trust:
    """A judgement alone is trusted as its least sure view of benefit and distribution says.

    Never more than medium: no one has counted.
    """
    asked = (Criterion.BENEFIT, Criterion.DISTRIBUTION)
    given = [c.confidence for c in judgement.criteria if c.criterion in asked] if judgement else []
    if len(given) < len(asked):
        return "low"
    return "low" if min(_RANK[c] for c in given) == 0 else "medium"


def _sources(
    change: ProfileChange, workings: Workings | None, catalogue: EvidenceCatalogue
) -> tuple[str, ...]:
    """Catalogue sources that the assessment rests on, each once."""
    found: list[str | None] = []
    for id in (change.effect.effect_size, change.effect.outcome_effect) if change.effect else ():
        size = catalogue.effect_size(id) if id and workings is not None else None
        found.append(size.source if size else None)
    intervention = catalogue.intervention(change.intervention) if change.intervention else None
    if intervention is not None:
        found += intervention.sources
    return tuple(dict.fromkeys(s for s in found if s is not None))
