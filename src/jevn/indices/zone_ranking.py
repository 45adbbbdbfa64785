"""Ranks of zones, with how uncertain they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats
from jevn.indices.smallarea import ZoneEstimates, checked_level, told_apart


@dataclass(frozen=True, eq=False)
class ZoneRanks:
    """Ranks of ``z`` zones in ``s`` settings; rank 1 is the worst off.

    Without polarity, rank 1 is the highest value.

    Attributes:
        rank: rank by expected rank, shape ``(s, z)``; equal expected ranks share the lowest.
        expected: expected rank of the true value, shape ``(s, z)``.
        lower: lower limit of the rank.
        upper: upper limit of the rank.
        worst: probability that the zone is the worst of all, shape ``(s, z)``.
        up_to: probability that the zone is among the worst 1, 2, … ``z``, shape ``(s, z, z)``,
            zones in rows.
        worse_than: probability that the row's zone is truly worse than the column's, shape
            ``(s, z, z)``; 0.5 on the diagonal.
        level: level of the limits.
    """

    rank: Floats
    expected: Floats
    lower: Floats
    upper: Floats
    worst: Floats
    up_to: Floats
    worse_than: Floats
    level: float

    def among_worst(self, number: int | None = None) -> Floats:
        """Probability of being among the worst zones, shape ``(s, z)``.

        Args:
            number: how many zones that is; ``None``: a fifth of those with a value, rounded up.

        Returns:
            Not-a-number for zones without value.

        Raises:
            ValueError: if the number is not between 1 and that of the zones.
        """
        zones = self.up_to.shape[-1]
        if number is not None and not 1 <= number <= zones:
            raise ValueError(f"number must lie between 1 and {zones}, not {number}")
        known = np.isfinite(self.expected).sum(axis=1)
        counted = np.maximum(-(-known // 5), 1) if number is None else np.full(len(known), number)
        found: Floats = np.take_along_axis(self.up_to, (counted - 1)[:, None, None], axis=2)[..., 0]
        return found

    def told_apart(self, threshold: float = 0.9) -> NDArray[np.int8]:
        """Which pairs can be told apart: 1 row is worse, -1 better, 0 cannot be told.

        Raises:
            ValueError: unless ``0.5 < threshold < 1``.
        """
        return told_apart(self.worse_than, threshold)


def zone_ranks(zones: ZoneEstimates, *, level: float = 0.95) -> ZoneRanks:
    """Rank zones by their true values, as far as the data tell.

    In every draw of the true values the zones are ranked; the expected rank is the mean and the
    limits are quantiles over draws. Raw or shrunken values ranked as if they were certain put
    small zones at the ends by chance alone. Laird & Louis 1989, J Educ Stat 14: 29-46; Goldstein
    & Spiegelhalter 1996, JRSS A 159: 385-443.

    Args:
        zones: estimates with draws.
        level: level of the limits; 0.95: the middle 95 % of ranks.

    Returns:
        Not-a-number for zones without value.

    Raises:
        ValueError: if there are no draws, or the level is none.

    >>> from jevn.indices import shrink_proportions
    >>> from jevn.terms import Polarity
    >>> found = shrink_proportions(
    ...     [30, 20, 90], [300, 180, 310], polarity=Polarity.ADVERSE, draws=1000
    ... )
    >>> ranks = zone_ranks(found)
    >>> ranks.rank.tolist(), ranks.told_apart()[0, 0].tolist()
    ([[3.0, 2.0, 1.0]], [0, 0, -1])
    """
    if zones.draws is None:
        raise ValueError("ranks need draws: ask for them with draws=2000")
    tail = (1 - checked_level(level)) / 2
    sign = np.where(zones.polarities > 0, 1.0, -1.0)[:, None]
    known = np.isfinite(zones.estimate)
    # Worst first; zones without value last.
    values = np.where(known, zones.draws * sign, np.inf)
    ranks = values.argsort(axis=-1).argsort(axis=-1) + 1.0
    lower, upper = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf")
    number = zones.estimate.shape[1]
    pairs = np.full((len(sign), number, number), 0.5)
    for zone in range(number):
        own = values[..., zone, None]
        pairs[:, zone] = (own < values).mean(axis=0) + (own == values).mean(axis=0) / 2
    up_to = np.stack([(ranks <= n).mean(axis=0) for n in range(1, number + 1)], axis=-1)
    hidden = np.where(known, 0.0, np.nan)
    expected = ranks.mean(axis=0)
    # A zone that no draw tells from another is not ranked above it.
    order = (np.where(known, expected, np.inf)[:, None, :] < expected[:, :, None]).sum(axis=2)
    return ZoneRanks(
        rank=order + 1.0 + hidden,
        expected=expected + hidden,
        lower=lower + hidden,
        upper=upper + hidden,
        worst=up_to[..., 0] + hidden,
        up_to=up_to + hidden[:, :, None],
        worse_than=pairs + hidden[:, :, None] + hidden[:, None, :],
        level=level,
    )
