"""What draws say: a middle, limits, and how much of the spread is the method's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_BATCHES = 16


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number over draws.

    Attributes:
        mean: mean of the draws.
        median: middle draw.
        lower: lower 95 % limit (2.5 percentile).
        upper: upper 95 % limit.
        error: Monte Carlo standard error of the mean.
        above: share of the draws above zero (half of those that are exactly zero).
    """

    mean: float
    median: float
    lower: float
    upper: float
    error: float
    above: float


def drawn(values: Floats) -> Drawn:
    """Sum up the draws of one number.

    The Monte Carlo error comes from the means of 16 batches, each of every sixteenth draw:
    successive Sobol points fill the space together, so batches of neighbours would make the error
    look larger than it is; it is a cautious (too high) figure for the whole set all the same.

    Args:
        values: (draws,).

    Raises:
        ValueError: no draws, or draws that are no numbers.
    """
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or not len(values):
        raise ValueError("one number over draws is expected")
    if not np.isfinite(values).all():
        raise ValueError("a draw is no number")
    mean = float(values.mean())
    lower, median, upper = (float(x) for x in np.quantile(values, (0.025, 0.5, 0.975)))
    error = 0.0
    n = len(values)
    if n >= 2 * _BATCHES:
        means = [values[i::_BATCHES].mean() for i in range(_BATCHES)]
        error = float(np.std(means, ddof=1) / np.sqrt(_BATCHES))
    elif n > 1:
        error = float(values.std(ddof=1) / np.sqrt(n))
    above = float((values > 0).mean() + 0.5 * (values == 0).mean())
    return Drawn(mean, median, lower, upper, error, above)


@dataclass(frozen=True, slots=True)
class Paired:
    """Two alternatives held against each other draw by draw.

    Attributes:
        difference: the first less the second.
        better: probability that the first is larger (ties count half).
    """

    difference: Drawn
    better: float


def paired(first: Floats, second: Floats) -> Paired:
    """The first less the second, in the same draws.

    Raises:
        ValueError: different numbers of draws.
    """
    if np.shape(first) != np.shape(second):
        raise ValueError("the two have different numbers of draws")
    difference = drawn(np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64))
    return Paired(difference, difference.above)
