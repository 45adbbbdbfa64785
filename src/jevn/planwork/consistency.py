"""Checks across files: every place, indicator, origin and service named somewhere must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import polars as pl

from jevn.evidence import load_catalogue
from jevn.impact.projection import check_changes, check_model
from jevn.participation.answering import answer_chain, chain_problems, closing_problems
from jevn.plan.process import process_problems
from jevn.planwork.model import PlanWork
from jevn.planwork.process import template_of
from jevn.planwork.zones import check_zones
from jevn.terms import Problem

_MOST = 20
_CLOSED = ("revised", "adopted")


def check_consistency(work: PlanWork) -> Iterator[Problem]:
    """Problems that no single file can show.

    Yields:
        ``unknown_place``, ``unknown_indicator``, ``unknown_origin``, ``unknown_service``,
        ``unknown_statement``, ``unknown_change``, ``unknown_element``,
        ``no_municipality``, ``unknown_comparison``, and those of
        :func:`jevn.planwork.zones.check_zones`, of
        :func:`jevn.participation.answering.chain_problems`, and, where the plan is past its
        hearing, of :func:`jevn.participation.answering.closing_problems`.
    """
    yield from _municipality(work)
    yield from process_problems(template_of(work), work.milestones)
    yield from _reasons(work)
    places = set(work.places["place"].to_list())
    if places:
        for file, frame in (
            ("population.csv", work.population),
            ("observations.csv", work.observations),
            ("comparison_accounts.csv", work.comparison_accounts),
            ("ideas.csv", work.ideas),
            ("hearing.csv", work.hearing),
        ):
            yield from _unknown(frame, "place", places, "unknown_place", file)
        yield from _unknown(
            work.services.explode("places"),
            "places",
            places,
            "unknown_place",
            "services.csv",
        )
    yield from check_zones(
        work.zones,
        work.places,
        work.zones_geojson,
        number=work.municipality.number,
        norwegian=work.municipality.country == "NO",
    )
    indicators = {i.id for i in work.indicators}
    yield from _unknown(
        work.observations,
        "indicator",
        indicators,
        "unknown_indicator",
        "observations.csv",
    )
    for line in work.importance:
        if line.indicator is not None and line.indicator not in indicators:
            params = {"indicator": line.indicator}
            yield Problem("importance_unknown", "importance.yaml", params=params)
    origins = {o.id for o in work.origins}
    for file, frame in (
        ("population.csv", work.population),
        ("observations.csv", work.observations),
        ("services.csv", work.services),
        ("comparison_accounts.csv", work.comparison_accounts),
    ):
        yield from _unknown(frame, "origin", origins, "unknown_origin", file)
    named = (i.origin for i in work.indicators)
    yield from _named(named, origins, "unknown_origin", "indicators.csv", "origin")
    services = set(work.services["service"].to_list())
    yield from _unknown(
        work.service_users, "service", services, "unknown_service", "service_users.csv"
    )
    yield from _answers(work)
    yield from _alternatives(work, places, services)
    yield from _model(work)
    elements = {e.id for e in work.elements}
    reported = (r.element for r in work.status_reports)
    yield from _named(reported, elements, "unknown_element", "followup.csv", "element")


def _answers(work: PlanWork) -> Iterator[Problem]:
    """Points and answers that lead nowhere, and a hearing closed before all is answered."""
    anchors = {e.id for e in work.elements} if work.elements else None
    tables = (work.hearing, work.hearing_points, work.answers)
    found = chain_problems(*tables, elements=anchors, paragraphs=anchors)
    yield from found
    if not found and work.settings.status in _CLOSED:
        same = work.merged.select("kept", "merged").iter_rows()
        yield from closing_problems(answer_chain(*tables, merged=same))


def _alternatives(work: PlanWork, places: set[str], services: set[str]) -> Iterator[Problem]:
    """Changes, judgements and ballots that name what does not exist."""
    changes = {c.id: c for a in work.alternatives for c in a.changes}
    file = "alternatives.yaml"
    if places:
        served = (place for c in changes.values() for place in c.places)
        yield from _named(served, places, "unknown_place", file, "places")
    built_on = (c.service for c in changes.values())
    yield from _named(built_on, services, "unknown_service", file, "service")
    judged = (j.change for j in work.judgements)
    yield from _named(judged, set(changes), "unknown_change", "assessments.yaml", "change")
    ranked = (ident for ballot in work.ballots for ident in ballot.ranked)
    yield from _named(ranked, set(changes), "unknown_change", "priorities.yaml", "ranked")
    counted = (rule.id for rule in work.budget_rules)
    voted = {id for id, _ in work.elections}
    yield from _named(counted, voted, "unknown_budget", "priorities.yaml", "shared_budgets")


def _reasons(work: PlanWork) -> Iterator[Problem]:
    """Reasons of changes that name a version or a decision that there is not."""
    versions = {v.id for v in work.versions}
    said = (r.since for r in work.change_reasons)
    yield from _named(said, versions, "unknown_version", "changes.yaml", "since")
    decisions = {f"decision:{m.id}" for m in work.milestones}
    origins = (r.origin for r in work.change_reasons if (r.origin or "").startswith("decision:"))
    yield from _named(origins, decisions, "unknown_decision", "changes.yaml", "origin")


def _model(work: PlanWork) -> Iterator[Problem]:
    """A model of consequences that names what does not exist, or cannot be drawn."""
    if work.model is None:
        return
    catalogue = work.own_evidence or load_catalogue()
    shares = {i.id: i.scale.info.factor is not None for i in work.indicators}
    yield from check_model(work.model, catalogue, shares, "model.yaml")
    yield from check_changes(work.alternatives, catalogue, "alternatives.yaml")


def _named(
    ids: Iterable[str | None], known: Collection[str], problem: str, file: str, column: str
) -> Iterator[Problem]:
    """One problem per id that does not exist, in the order they are named."""
    for ident in dict.fromkeys(ids):
        if ident is not None and ident not in known:
            yield Problem(problem, file, column=column, params={"id": ident})


def _municipality(work: PlanWork) -> Iterator[Problem]:
    places = set(work.places["place"].to_list())
    number = work.municipality.number
    if places and number not in places:
        yield Problem("no_municipality", "places.csv", column="place", params={"number": number})
    for place in work.settings.comparison:
        if place not in places:
            yield Problem(
                "unknown_comparison",
                "jevn.toml",
                column="comparison",
                params={"id": place},
            )


def _unknown(
    frame: pl.DataFrame, column: str, known: set[str], problem: str, file: str
) -> Iterator[Problem]:
    """One problem per unknown id, at the first row that names it."""
    if frame.is_empty() or column not in frame.columns:
        return
    odd = frame.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(list(known)))
    if odd.is_empty():
        return
    first = odd.unique(subset=[column], keep="first", maintain_order=True).head(_MOST)
    rows = first["_row"].to_list() if "_row" in first.columns else [None] * first.height
    for row, ident in zip(rows, first[column].to_list(), strict=True):
        yield Problem(problem, file, row, column, {"id": ident})
