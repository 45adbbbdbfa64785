"""Running the steps: from what was put in to the results of every step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from jevn.challenges import Choices, challenge_profile, neighbours
from jevn.challenges.results import ChallengeProfile
from jevn.effort import effort_profile
from jevn.effort.results import EffortGap, EffortProfile, NeedEffortPoint, ZonePoint
from jevn.evidence import load_catalogue
from jevn.evidence.entries import EvidenceCatalogue
from jevn.followup import follow_up
from jevn.impact import assess, effort_gaps, need_effort, zone_need
from jevn.impact.results import Assessment
from jevn.participation import voices
from jevn.participation.representation.results import Represented
from jevn.participation.results import Voices
from jevn.plan import Targets
from jevn.plan.process import Facts
from jevn.planwork.ahead import inputs_of, projection_of
from jevn.planwork.model import PlanWork
from jevn.planwork.portfolio import portfolio_of
from jevn.planwork.process import differences_of, present, process_of, proposal_of
from jevn.prioritisation import prioritise
from jevn.prioritisation.results import Prioritisation
from jevn.prioritisation.shared_budget import BudgetRule, CountedBudget, count_budget
from jevn.publishing.dossier import Cover, Dossier, Place

Progress = Callable[[str], None]
"""Called with a text key when a piece of work begins."""


def _quiet(key: str) -> None:
    return None


def catalogue_of(work: PlanWork) -> EvidenceCatalogue:
    """Step 1 of a work: the package's catalogue, with the municipality's own evidence."""
    return work.own_evidence or load_catalogue()


def challenges_of(work: PlanWork) -> ChallengeProfile | None:
    """Step 2 of a work; ``None`` without observations."""
    if work.observations.is_empty():
        return None
    return challenge_profile(
        indicators=work.indicators,
        observations=work.observations,
        places=work.places,
        population=work.population,
        municipality=work.municipality.number,
        comparison=work.settings.comparison,
        area_judgements=work.area_judgements,
        hidden_cells=work.hidden_cells,
        choices=Choices(
            settings=work.settings.challenges,
            year=int(work.settings.as_of[:4]),
            importance=work.importance,
            areas=work.professional.areas,
            themes=work.professional.themes,
            neighbours=neighbours(work.zones_geojson),
        ),
    )


def effort_of(work: PlanWork) -> EffortProfile | None:
    """Step 3 of a work; ``None`` without accounts and services."""
    if work.accounts.is_empty() and work.services.is_empty():
        return None
    return effort_profile(
        municipality=work.municipality.number,
        year=work.settings.year,
        accounts=work.accounts,
        comparison_accounts=work.comparison_accounts,
        shares=work.shares,
        services=work.services,
        service_users=work.service_users,
        population=work.population,
        interventions={
            i.id: (i.area, i.strength) for a in catalogue_of(work).areas for i in a.interventions
        },
        places=set(work.places["place"].to_list()),
        zones=work.places.filter(pl.col("kind") == "zone")["place"].to_list(),
        # the group of like municipalities says more than the whole country, so it comes first
        comparison=tuple(reversed(work.settings.comparison)),
    )


@dataclass(frozen=True, slots=True)
class NeedAndEffort:
    """Where it burns held against what is done: by area, by zone, and the gaps."""

    areas: tuple[NeedEffortPoint, ...] = ()
    zones: tuple[ZonePoint, ...] = ()
    gaps: tuple[EffortGap, ...] = ()


def need_of(
    work: PlanWork,
    challenges: ChallengeProfile | None,
    effort: EffortProfile | None,
    catalogue: EvidenceCatalogue | None = None,
) -> NeedAndEffort:
    """Need against effort of a work; empty where either step has no input."""
    if effort is None:
        return NeedAndEffort()
    areas: tuple[NeedEffortPoint, ...] = ()
    zones: tuple[ZonePoint, ...] = ()
    if challenges is not None:
        areas = need_effort(challenges, effort)
        names = dict(work.places.select("place", "name").iter_rows())
        zones = zone_need(challenges, effort, names)
    gaps = effort_gaps(effort, catalogue or catalogue_of(work), areas, zones)
    return NeedAndEffort(areas, zones, gaps)


def voices_of(work: PlanWork) -> Voices | None:
    """Step 4 of a work; ``None`` where nobody has been heard yet."""
    tables = work.ideas.is_empty() and work.hearing.is_empty()
    if not work.reports and not work.conversations and tables:
        return None
    return voices(
        reports=work.reports,
        ideas=work.ideas,
        hearing=work.hearing,
        answers=work.answers,
        ranked_items=work.ranked_items,
        places=work.places,
        population=work.population,
        municipality=work.municipality.number,
        conversations=work.conversations,
        hearing_points=work.hearing_points,
        merged=work.merged,
        corrections=work.corrections,
        own_words=work.own_words,
    )


def represented_of(work: PlanWork, heard: Voices) -> Represented:
    """Who has spoken against who lives here, of a work and its voices.

    Raises:
        InputRefused: ``who_age_group`` for an age group that is not ages.
    """
    from jevn.participation.representation import who_is_heard
    from jevn.participation.representation.comparing import age_groups_of

    return who_is_heard(
        heard.contributions,
        places=work.places,
        population=work.population,
        municipality=work.municipality.number,
        age_groups=age_groups_of((("ideas.csv", work.ideas), ("hearing.csv", work.hearing))),
        reports=work.reports,
        opinions=heard.opinions,
    )


def assessment_of(work: PlanWork, catalogue: EvidenceCatalogue | None = None) -> Assessment | None:
    """Step 5 of a work; ``None`` without alternatives."""
    if not work.alternatives:
        return None
    return assess(
        alternatives=work.alternatives,
        judgements=work.judgements,
        catalogue=catalogue or catalogue_of(work),
        indicators=work.indicators,
        observations=work.observations,
        population=work.population,
        municipality=work.municipality.number,
        country=work.settings.comparison[0] if work.settings.comparison else "0",
    )


def prioritisation_of(
    work: PlanWork,
    assessment: Assessment | None = None,
    challenges: ChallengeProfile | None = None,
) -> Prioritisation | None:
    """Step 6 of a work; ``None`` without alternatives or without a frame."""
    assessment = assessment or assessment_of(work)
    if assessment is None or work.frame is None:
        return None
    return prioritise(
        assessment=assessment,
        ballots=work.ballots,
        frame=work.frame,
        challenges=challenges or challenges_of(work),
        proposed=work.proposed_package,
        proposed_reason=work.proposed_reason,
    )


def budgets_of(work: PlanWork) -> tuple[CountedBudget, ...]:
    """Every election over a shared budget, counted by its published rule."""
    rules = {rule.id: rule for rule in work.budget_rules}
    return tuple(
        count_budget(election, rules.get(id, BudgetRule(id))) for id, election in work.elections
    )


def results(work: PlanWork, progress: Progress = _quiet, *, draws: int | None = None) -> Dossier:
    """Run every step and gather the results.

    Args:
        work: what was put in.
        progress: told which step begins.
        draws: draws of the uncertain numbers of the projection; ``None``: as the model says.

    Returns:
        The dossier; steps without input are ``None``.
    """
    progress("build.step.evidence")
    catalogue = catalogue_of(work)
    progress("build.step.challenges")
    challenges = challenges_of(work)
    progress("build.step.effort")
    effort = effort_of(work)
    held = need_of(work, challenges, effort, catalogue)
    progress("build.step.voices")
    heard = voices_of(work)
    progress("build.step.assessment")
    assessment = assessment_of(work, catalogue)
    progress("build.step.projection")
    inputs = inputs_of(work, catalogue)
    projection = projection_of(work, catalogue, inputs=inputs, draws=draws)
    progress("build.step.prioritisation")
    prioritisation = prioritisation_of(work, assessment, challenges)
    budgets = budgets_of(work)
    progress("build.step.portfolio")
    portfolio = portfolio_of(
        work,
        catalogue,
        prioritisation=prioritisation,
        challenges=challenges,
        inputs=inputs,
        draws=draws,
    )
    progress("build.step.plan")
    proposal = None
    if work.plan is not None:
        targets = Targets(
            evidence=catalogue,
            challenges=challenges,
            effort=effort,
            voices=heard,
            assessment=assessment,
            prioritisation=prioritisation,
            elements=work.elements,
            milestones=work.milestones,
        )
        proposal = proposal_of(work, targets)
    differences = differences_of(work, proposal)
    followup = None
    if work.elements:
        followup = follow_up(
            elements=work.elements,
            reports=work.status_reports,
            challenges=challenges,
            as_of=work.settings.as_of,
        )
    return Dossier(
        cover=_cover(work),
        places=_places(work),
        origins=work.origins,
        evidence=catalogue,
        challenges=challenges,
        effort=effort,
        need_effort=held.areas,
        voices=heard,
        assessment=assessment,
        prioritisation=prioritisation,
        proposal=proposal,
        followup=followup,
        zones_geojson=work.zones_geojson,
        hashes=work.hashes,
        zone_need=held.zones,
        effort_gaps=held.gaps,
        represented=represented_of(work, heard) if heard else None,
        projection=projection,
        portfolio=portfolio,
        shared_budgets=budgets,
        process=process_of(
            work,
            Facts(
                evidence=catalogue,
                challenges=challenges,
                effort=effort,
                voices=heard,
                assessment=assessment,
                prioritisation=prioritisation,
                proposal=proposal,
            ),
            differences,
        ),
        versions=work.versions,
        present=present(work, proposal) if proposal else None,
        differences=differences,
    )


def _cover(work: PlanWork) -> Cover:
    town, settings, plan = work.municipality, work.settings, work.plan
    return Cover(
        municipality=town.name,
        number=town.number,
        fictional=town.fictional,
        language=town.language,
        colour=town.colour,
        contact=town.contact,
        notice=settings.notice,
        as_of=settings.as_of,
        plan_title=plan.title if plan else "",
        plan_summary=plan.summary if plan else "",
    )


def _places(work: PlanWork) -> tuple[Place, ...]:
    fallback = _inhabitants(work.population)
    return tuple(
        Place(
            id=row["place"],
            name=row["name"],
            kind=row["kind"],
            parent=row["parent"],
            population=row["population"]
            if row["population"] is not None
            else fallback.get(row["place"]),
        )
        for row in work.places.iter_rows(named=True)
    )


def _inhabitants(population: pl.DataFrame) -> dict[str, float]:
    """Inhabitants per place in the newest year, from the rows for all of every dimension."""
    if population.is_empty():
        return {}
    dimensions = ("sex", "age", "education", "income", "background")
    totals = population.filter(pl.all_horizontal(pl.col(d).is_null() for d in dimensions))
    newest = totals.filter(pl.col("year") == pl.col("year").max().over("place"))
    return {
        place: float(persons)
        for place, persons in newest.select("place", "persons").iter_rows()
        if persons is not None
    }
