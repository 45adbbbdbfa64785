"""Small areas: what can be said of the true value of each zone of a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.terms import Polarity

FEW: Final = 5
"""With fewer zones than this, a note says that little is known of the differences."""

Polarities = Polarity | Sequence[Polarity | None] | None
"""One polarity for all settings, one for each, or none."""


@dataclass(frozen=True, eq=False)
class ZoneEstimates:
    """True values of zones as far as the data tell, for ``s`` settings of ``z`` zones.

    Attributes:
        raw: value of each zone as observed, shape ``(s, z)``; not-a-number where unknown.
        estimate: mean of what the true value may be, shape ``(s, z)``, same unit.
        sd: standard deviation of the same, shape ``(s, z)``.
        lower: lower limit, shape ``(s, z)``.
        upper: upper limit, shape ``(s, z)``.
        own_weight: how much of the estimate is the zone's own observation, 0-1, ``(s, z)``; the
            rest is borrowed from the mean (or the neighbours).
        worse: probability that the true value is worse than the municipality's, ``(s, z)``;
            not-a-number without polarity.
        mean: overall mean, shape ``(s,)``.
        between: variance of the true values between zones, shape ``(s,)``: squared unit of the
            values, or of their logarithm or logit in spatial models of counts.
        between_lower: lower limit of it.
        between_upper: upper limit of it.
        polarities: 1 where high values are good, -1 where bad, 0 unknown, shape ``(s,)``.
        level: level of all limits.
        method: name of the model.
        notes: for each setting the keys of texts that say what to beware of.
        draws: draws of the true values of all zones together, shape ``(d, s, z)``, for ranks;
            ``None`` if none were asked for.
    """

    raw: Floats
    estimate: Floats
    sd: Floats
    lower: Floats
    upper: Floats
    own_weight: Floats
    worse: Floats
    mean: Floats
    between: Floats
    between_lower: Floats
    between_upper: Floats
    polarities: NDArray[np.int8]
    level: float
    method: str
    notes: tuple[tuple[str, ...], ...]
    draws: Floats | None = None

    def decided(self, threshold: float = 0.8) -> NDArray[np.int8]:
        """Which zones can be told from the municipality.

        Args:
            threshold: probability from which it is said, above 0.5.

        Returns:
            1 where worse, -1 where better, 0 where it cannot be told, shape ``(s, z)``.

        Raises:
            ValueError: unless ``0.5 < threshold < 1``.
        """
        return told_apart(self.worse, threshold)


def told_apart(probability: Floats, threshold: float = 0.8) -> NDArray[np.int8]:
    """What a probability of being worse says: 1 worse, -1 better, 0 cannot be told.

    Richardson et al. 2004 (Environ Health Perspect 112: 1016-1025) found 0.8 to balance false
    alarms and zones overlooked. Unknown probabilities cannot be told.

    Raises:
        ValueError: unless ``0.5 < threshold < 1``.

    >>> told_apart(np.array([0.95, 0.5, 0.1])).tolist()
    [1, 0, -1]
    """
    if not 0.5 < threshold < 1:
        raise ValueError(f"threshold must lie between 0.5 and 1, not {threshold}")
    with np.errstate(invalid="ignore"):
        worse = (probability >= threshold).astype(np.int8)
        better = (probability <= 1 - threshold).astype(np.int8)
    found: NDArray[np.int8] = worse - better
    return found


def rows_of(values: ArrayLike) -> Floats:
    """One setting or many as an array of shape ``(s, z)``.

    Raises:
        ValueError: if there are more than two dimensions, or no zones.
    """
    found = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if found.ndim != 2 or found.shape[1] == 0:
        raise ValueError(f"zones must stand in rows of settings, not in shape {found.shape}")
    return found


def signs_of(polarity: Polarities, settings: int) -> NDArray[np.int8]:
    """Polarities as 1 (favourable), -1 (adverse), 0 (unknown), shape ``(s,)``.

    Raises:
        ValueError: if their number is not that of the settings.
    """
    given: Sequence[Polarity | None]
    if polarity is None or isinstance(polarity, Polarity):
        given = [polarity] * settings
    else:
        given = polarity
    if len(given) != settings:
        raise ValueError(f"{len(given)} polarities for {settings} settings")
    signs = {Polarity.FAVOURABLE: 1, Polarity.ADVERSE: -1, None: 0}
    return np.array([signs[one] for one in given], dtype=np.int8)


def references_of(reference: ArrayLike | None, settings: int) -> Floats:
    """The value to compare with in each setting, shape ``(s,)``; not-a-number: the mean."""
    if reference is None:
        return np.full(settings, np.nan)
    return np.broadcast_to(np.asarray(reference, dtype=np.float64), (settings,))


def worse_of(above: Floats, polarities: NDArray[np.int8]) -> Floats:
    """Probability of being worse, from that of being above."""
    sign = polarities[:, None]
    return np.where(sign == 0, np.nan, np.where(sign > 0, 1 - above, above))


def notes_of(notes: Sequence[tuple[Flags, str]], settings: int) -> tuple[tuple[str, ...], ...]:
    """The keys of the notes that hold in each setting."""
    return tuple(
        tuple(NOTES + name for holds, name in notes if holds[at]) for at in range(settings)
    )


def usual_notes(
    known: Flags, between: Floats, polarities: NDArray[np.int8]
) -> list[tuple[Flags, str]]:
    """Notes that every model of zones has use for."""
    number = known.sum(axis=1)
    return [
        (number < 2, "zones_one"),
        (between == 0, "zones_alike"),
        ((number > 1) & (number < FEW), "zones_few"),
        (number < known.shape[1], "zones_missing"),
        (polarities == 0, "zones_no_polarity"),
    ]


def checked_level(level: float) -> float:
    """The level itself.

    Raises:
        ValueError: if it does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return level
