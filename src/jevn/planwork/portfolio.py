"""Computed packages of a work: what its changes give, chosen within its frame and demands."""

from __future__ import annotations

from collections.abc import Callable

from jevn.challenges.results import ChallengeProfile
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.projection import Inputs
from jevn.impact.projection.action_effects import action_effects
from jevn.planwork.ahead import inputs_of
from jevn.planwork.model import PlanWork
from jevn.prioritisation.portfolio.study import PortfolioStudy, study
from jevn.prioritisation.results import Prioritisation


def portfolio_of(
    work: PlanWork,
    catalogue: EvidenceCatalogue | None = None,
    *,
    prioritisation: Prioritisation | None = None,
    challenges: ChallengeProfile | None = None,
    reserve: bool = True,
    inputs: Inputs | None = None,
    draws: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PortfolioStudy | None:
    """Packages computed from the effects of a work's changes.

    Args:
        work: what was put in.
        catalogue: the evidence catalogue, if already read.
        prioritisation: packages already made, to be set beside them.
        challenges: needs of the areas, for the package by need.
        reserve: set aside the money of the proposed package's changes that cannot be computed.
        inputs: what the projection stands on, if already made.
        draws: draws of what is uncertain; ``None``: as the demands say.
        progress: told (done, of how many) while the uncertain is drawn again.

    Returns:
        ``None`` without a frame or where no change can be computed.

    Raises:
        InputRefused: demands that cannot be meant.
    """
    inputs = inputs or inputs_of(work, catalogue)
    if work.frame is None or inputs is None:
        return None
    wishes = work.wishes
    effects = action_effects(
        inputs, levels=wishes.levels, draws=draws or wishes.draws, later=wishes.later_starts
    )
    if effects is None:
        return None
    areas = [] if challenges is None else [a.area.value for a in challenges.areas]
    return study(
        effects,
        {c.id: c for a in work.alternatives for c in a.changes},
        work.frame,
        wishes,
        prioritisation=prioritisation,
        need={area: float(len(areas) - k) for k, area in enumerate(areas)},
        reserve=reserve,
        progress=progress,
    )
