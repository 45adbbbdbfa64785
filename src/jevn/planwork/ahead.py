"""Step 5 through the years: the people carried on as today, and every alternative against them."""

from __future__ import annotations

import polars as pl

from jevn.evidence import load_catalogue
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.baseline import Baseline, build_strata, project
from jevn.impact.projection import ImpactModel, Inputs, Projection, project_alternatives
from jevn.impact.projection.running import Engine
from jevn.impact.reading import zero_alternative
from jevn.planwork.model import PlanWork

_ZERO = zero_alternative()


def baseline_of(work: PlanWork, model: ImpactModel) -> Baseline:
    """The people of a work carried on as today, as far ahead as the model asks.

    Raises:
        InputRefused: a population table that cannot be used.
    """
    zones = work.places.filter(pl.col("kind") == "zone")["place"].to_list()
    strata = build_strata(
        work.population, municipality=work.municipality.number, zones=sorted(zones)
    )
    starts = [c.start_year for a in work.alternatives for c in a.changes if c.effect is not None]
    first = max(min(starts, default=strata.year), strata.year)
    return project(strata, steps=first - strata.year + model.years)


def inputs_of(work: PlanWork, catalogue: EvidenceCatalogue | None = None) -> Inputs | None:
    """What the projection of a work stands on; ``None`` without a model or alternatives."""
    if work.model is None or not work.alternatives or work.population.is_empty():
        return None
    given = tuple(a for a in work.alternatives if a.id != _ZERO.id)
    return Inputs(
        alternatives=(_ZERO, *given),
        model=work.model,
        catalogue=catalogue or work.own_evidence or load_catalogue(),
        indicators=work.indicators,
        observations=work.observations,
        baseline=baseline_of(work, work.model),
        municipality=work.municipality.number,
        country=work.settings.comparison[0] if work.settings.comparison else "0",
    )


def projection_of(
    work: PlanWork,
    catalogue: EvidenceCatalogue | None = None,
    *,
    inputs: Inputs | None = None,
    draws: int | None = None,
    seed: int = 0,
    engine: Engine = "auto",
    scheduler: str | None = None,
) -> Projection | None:
    """Every alternative of a work through the years.

    Args:
        work: what was put in.
        catalogue: the evidence catalogue, if already read.
        inputs: what it stands on, if already made.
        draws: draws of the uncertain numbers; ``None``: as the model says.
        seed: seed of the draws.
        engine: ``auto``, ``compiled`` or ``numpy``.
        scheduler: address of a Dask scheduler.

    Returns:
        ``None`` without ``model.yaml``, alternatives or population, or where no change can be
        computed.
    """
    inputs = inputs or inputs_of(work, catalogue)
    if inputs is None:
        return None
    return project_alternatives(inputs, draws=draws, seed=seed, engine=engine, scheduler=scheduler)
