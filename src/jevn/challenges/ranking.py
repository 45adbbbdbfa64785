"""The ranking of areas by an open rule, and how sure the order is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jevn.challenges.importance import kind_weight
from jevn.challenges.overview_results import AreaRank, AreaRanking, ImportanceLine, PlaceShares
from jevn.challenges.results import IndicatorStatus
from jevn.challenges.signs import BURNING, SignKind
from jevn.challenges.voting import Vote, votes
from jevn.terms import AREAS, EffortArea, Message

Floats = NDArray[np.float64]

SURE: Final = 0.9
"""A place, or an order of two areas, is told from this share of the draws."""

VARIED: Final = 2.0
"""Importance is varied between one part in ``VARIED`` and ``VARIED`` times what is chosen."""

FIRST: Final = 3
"""How many places count as the first."""

_SEED: Final = 1


@dataclass(frozen=True, eq=False)
class _Cell:
    """All known signs of one kind in one area."""

    kind: SignKind
    weight: float
    votes: tuple[Vote, ...]


@dataclass(frozen=True, eq=False)
class _Counted:
    """What the rule looks at: shape ``(d,)`` each, and the worse kinds ``(d, kinds)``."""

    weight: Floats
    share: Floats
    worse: NDArray[np.bool_]


def rank_areas(
    statuses: Mapping[EffortArea, Sequence[IndicatorStatus]],
    lines: Sequence[ImportanceLine],
    draws: int,
) -> AreaRanking:
    """Rank the areas.

    The rule: first, the sum of the importance of the kinds of sign (level, trend, gradient,
    spread) in which more of the area's indicators, by their importance, are surely worse than
    surely better; then the share of its known signs that are surely worse, weighted the same way;
    then the order of the mandate. With no importance chosen, these are the number of kinds and
    the plain share.

    How sure it is: every difference, slope and zone is redrawn from a normal distribution about
    its value with its own standard error, the signs are read again by the same limits, and the
    areas ranked again; ties are broken by lot. The draws of different signs are independent. In a
    second round, each kind's and each indicator's importance is also multiplied by a number
    between 1/2 and 2 (evenly on the log scale). The same input gives the same draws.

    Args:
        statuses: the indicators of each area.
        lines: choices of importance.
        draws: number of draws.

    Returns:
        The ranking; areas without any known sign are not ranked.
    """
    cells = {
        area: tuple(
            _Cell(kind, kind_weight(lines, area, kind), found)
            for kind in BURNING
            if (found := votes(statuses.get(area, ()), kind, lines))
        )
        for area in AREAS
    }
    ranked = [area for area in AREAS if any(cells[area])]
    unranked = tuple(area for area in AREAS if not any(cells[area]))
    if not ranked:
        return AreaRanking((), unranked, 0, Message("challenges.ranking.none"), tuple(lines))
    now = [_counted(cells[area], None, None, 1) for area in ranked]
    order = sorted(range(len(ranked)), key=lambda n: (-now[n].weight[0], -now[n].share[0], n))
    ranked, now = [ranked[n] for n in order], [now[n] for n in order]
    rng = np.random.default_rng(_SEED)
    chosen = [cells[a] for a in ranked]
    by_figures = _places(chosen, draws, rng, vary=False)
    by_both = _places(chosen, draws, rng, vary=True)
    areas = tuple(
        AreaRank(
            area=area,
            place=n + 1,
            worse=tuple(
                (cell.kind, cell.weight)
                for cell, worse in zip(cells[area], now[n].worse[0], strict=True)
                if worse and cell.weight > 0
            ),
            weight=float(now[n].weight[0]),
            share=float(now[n].share[0]),
            figures=_shares(by_figures[:, n], len(ranked)),
            importance=_shares(by_both[:, n], len(ranked)),
            before_next=(
                None
                if n + 1 == len(ranked)
                else float((by_figures[:, n] < by_figures[:, n + 1]).mean())
            ),
        )
        for n, area in enumerate(ranked)
    )
    return AreaRanking(areas, unranked, draws, _message(areas), tuple(lines))


def _counted(
    cells: Sequence[_Cell], rng: np.random.Generator | None, kinds: Floats | None, draws: int
) -> _Counted:
    """The rule applied in every draw; without a generator, to the figures as they are.

    ``kinds`` multiplies the importance of each kind, shape ``(d, 4)``; where it is given, the
    indicators' importance is varied too.
    """
    weight, worse_sum, known_sum = (np.zeros(draws) for _ in range(3))
    worse_kinds = np.zeros((draws, len(cells)), dtype=bool)
    for n, cell in enumerate(cells):
        of_kind = np.full(draws, cell.weight)
        if kinds is not None:
            of_kind = of_kind * kinds[:, BURNING.index(cell.kind)]
        worse, better, known = (np.zeros(draws) for _ in range(3))
        for vote in cell.votes:
            signs = np.full(draws, vote.now, dtype=np.int8)
            if rng is not None:
                signs = vote.signs(rng.standard_normal((draws, len(vote.distances))))
            of_vote = np.full(draws, vote.weight)
            if rng is not None and kinds is not None:
                of_vote = of_vote * _varied(rng, draws)
            worse += of_vote * (signs > 0)
            better += of_vote * (signs < 0)
            known += of_vote
        worse_kinds[:, n] = worse > better
        weight += of_kind * worse_kinds[:, n]
        worse_sum += of_kind * worse
        known_sum += of_kind * known
    share = np.divide(worse_sum, known_sum, out=np.zeros(draws), where=known_sum > 0)
    return _Counted(weight, share, worse_kinds)


def _varied(rng: np.random.Generator, *shape: int) -> Floats:
    found: Floats = VARIED ** rng.uniform(-1.0, 1.0, shape)
    return found


def _places(
    areas: Sequence[Sequence[_Cell]], draws: int, rng: np.random.Generator, *, vary: bool
) -> NDArray[np.int64]:
    """Place of each area in each draw, shape ``(d, areas)``."""
    kinds = _varied(rng, draws, len(BURNING)) if vary else None
    counted = [_counted(cells, rng, kinds, draws) for cells in areas]
    # Rounded, so that equal sums added up in another order stay equal.
    weights = np.stack([c.weight for c in counted], axis=1).round(9)
    shares = np.stack([c.share for c in counted], axis=1).round(9)
    order = np.lexsort((rng.random(weights.shape), -shares, -weights), axis=1)
    return np.asarray(order.argsort(axis=1) + 1, dtype=np.int64)


def _shares(places: NDArray[np.int64], number: int) -> PlaceShares:
    counts = np.bincount(places, minlength=number + 1)[1:] / len(places)
    lower, upper = np.quantile(places, [0.025, 0.975], method="inverted_cdf")
    return PlaceShares(
        places=tuple(float(c) for c in counts),
        lower=int(lower),
        upper=int(upper),
        first=float(counts[0]),
        top=float(counts[:FIRST].sum()),
    )


def _message(areas: Sequence[AreaRank]) -> Message:
    """What can be told: which areas surely are among the first, and whether their order is."""
    if len(areas) <= FIRST:
        return Message("challenges.ranking.few", {"n": len(areas)})
    sure = [a for a in areas if a.figures.top >= SURE]
    names = {f"area{n}_key": f"area.{a.area.value}.short" for n, a in enumerate(sure, 1)}
    if not sure:
        return Message("challenges.ranking.sure.0")
    if len(sure) > 1:
        between = [a.before_next for a in areas[: len(sure) - 1]]
        together = [a.area for a in areas[: len(sure)]] == [a.area for a in sure]
        if together and all(b is not None and b >= SURE for b in between):
            return Message(f"challenges.ranking.sure.{len(sure)}.ordered", names)
    return Message(f"challenges.ranking.sure.{len(sure)}", names)
