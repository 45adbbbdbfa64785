"""Mean differences from the mean, from the best group and from the reference group."""

from __future__ import annotations

import numpy as np

from jevn.indices.comparison import Comparison, compared_with
from jevn.indices.folded_limits import (
    absolute_normals,
    corrected_slope,
    covariance_of_absolutes,
    folded_limits,
    greatest_normal,
)
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, divided
from jevn.indices.square_and_add import arms, limits_of_sum


@index("mdmw", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_mean(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Mean difference from the mean of the population, groups weighted with persons.

    $$ MDMW = \sum_i p_i |y_i - \mu| $$

    Interval: the distances are folded normal variables, dependent as their common mean makes them;
    their bias is removed (`folded_limits`).

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(mean_difference_from_mean(data).estimate, 4)
    7.0
    """
    return from_linear(groups, groups.shares, groups.shares, level)


@index("mdmu", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_mean_unweighted(
    groups: GroupedSettings, *, level: float = 0.95
) -> Estimates:
    r"""Mean difference from the mean of the population, groups counting the same.

    $$ MDMU = \frac{1}{k} \sum_i |y_i - \mu| $$

    Interval: the distances are folded normal variables, dependent as their common mean makes them;
    their bias is removed (`folded_limits`).

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: groups count the same in the mean of distances; the mean of the population is
    weighted with persons.

    Missing groups: passed over, with a note.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(mean_difference_from_mean_unweighted(data).estimate, 4)
    7.6667
    """
    return from_linear(groups, alike(groups), groups.shares, level)


@index("mdbw", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_best(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Mean difference from the best group, groups weighted with persons.

    $$ MDBW = \sum_i p_i |y_i - y_\text{best}| $$

    The best group has the greatest value where high values are good, the least where they are bad.

    Interval: from the distribution of the greatest of several normal values, so that the doubt
    about which group is the best is in it and the bias is removed (`best_limits`).

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where polarity is not known.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> from jevn.terms import Polarity
    >>> data = GroupedData(
    ...     (30.0, 20.0, 10.0), (20.0, 30.0, 50.0), polarity=Polarity.ADVERSE
    ... )
    >>> round(mean_difference_from_best(data).estimate, 4)
    7.0
    """
    return _from_group(groups, groups.shares, compared_with(groups, "best"), level)


@index("mdbu", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_best_unweighted(
    groups: GroupedSettings, *, level: float = 0.95
) -> Estimates:
    r"""Mean difference from the best group, groups counting the same.

    $$ MDBU = \frac{1}{k} \sum_i |y_i - y_\text{best}| $$

    The best group has the greatest value where high values are good, the least where they are bad.

    Interval: from the distribution of the greatest of several normal values, so that the doubt
    about which group is the best is in it and the bias is removed (`best_limits`).

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: groups count the same in the mean of distances. So the answer depends on how finely
    people are divided.

    Missing groups: passed over, with a note. Not defined where polarity is not known.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> from jevn.terms import Polarity
    >>> data = GroupedData(
    ...     (30.0, 20.0, 10.0), (20.0, 30.0, 50.0), polarity=Polarity.ADVERSE
    ... )
    >>> round(mean_difference_from_best_unweighted(data).estimate, 4)
    10.0
    """
    return _from_group(groups, alike(groups), compared_with(groups, "best"), level)


@index("mdrw", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_reference(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Mean difference from the reference group, groups weighted with persons.

    $$ MDRW = \sum_i p_i |y_i - y_\text{ref}| $$

    Without a reference group: ordered groups are compared with the highest position, unordered
    ones with the best group.

    Interval: the distances are folded normal variables, dependent as their common reference makes
    them; their bias is removed (`folded_limits`). Compared with the best group: as ``mdbw``.

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: groups that share the highest position: their mean by persons.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where the reference has no value, or where
    there is neither reference, order nor polarity.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), reference=1)
    >>> round(mean_difference_from_reference(data).estimate, 4)
    7.0
    """
    return _from_group(groups, groups.shares, compared_with(groups), level)


@index("mdru", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def mean_difference_from_reference_unweighted(
    groups: GroupedSettings, *, level: float = 0.95
) -> Estimates:
    r"""Mean difference from the reference group, groups counting the same.

    $$ MDRU = \frac{1}{k} \sum_i |y_i - y_\text{ref}| $$

    Without a reference group: ordered groups are compared with the highest position, unordered
    ones with the best group.

    Interval: the distances are folded normal variables, dependent as their common reference makes
    them; their bias is removed (`folded_limits`). Compared with the best group: as ``mdbw``.

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: groups that share the highest position: their mean by persons.

    Weights: groups count the same in the mean of distances. So the answer depends on how finely
    people are divided.

    Missing groups: passed over, with a note. Not defined where the reference has no value, or where
    there is neither reference, order nor polarity.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), reference=1)
    >>> round(mean_difference_from_reference_unweighted(data).estimate, 4)
    6.6667
    """
    return _from_group(groups, alike(groups), compared_with(groups), level)


def alike(groups: GroupedSettings) -> Floats:
    """The same weight for each known group, summing to 1, shape ``(s, k)``."""
    found: Floats = groups.known / np.maximum(groups.groups, 1)[:, None]
    return found


def from_linear(
    groups: GroupedSettings,
    weights: Floats,
    centre: Floats,
    level: float,
    *,
    about: Floats | None = None,
    base: Floats | None = None,
) -> Estimates:
    """Weighted mean of absolute distances from a linear combination of the groups.

    Args:
        groups: the settings.
        weights: of each group in the mean, shape ``(s, k)``.
        centre: share of each group in the value they are compared with, shape ``(s, k)``.
        level: level of the interval.
        about: a fixed value to compare with instead, without error, shape ``(s,)``.
        base: share of each group in the mean that the index is relative to, in per cent,
            shape ``(s, k)``; of zeros with ``about``: relative to that; ``None``: absolute.
    """
    variances = groups.variances
    middle = (centre * groups.filled).sum(axis=1) if about is None else about
    away = np.where(groups.known, groups.filled - middle[:, None], 0.0)
    away = np.where(np.abs(away) <= 1e-14 * np.abs(middle)[:, None], 0.0, away)
    total = (weights * np.abs(away)).sum(axis=1)
    pull = weights * np.sign(away)
    gradient = pull - centre * pull.sum(axis=1, keepdims=True)
    its = centre * variances
    covariances = (centre * its).sum(axis=1)[:, None, None] - its[:, :, None] - its[:, None, :]
    diagonal = np.arange(variances.shape[1])
    covariances[:, diagonal, diagonal] += variances
    own = np.maximum(covariances[:, diagonal, diagonal], 0.0)
    covariances[:, diagonal, diagonal] = 0.0
    scale, estimate = np.ones(len(groups)), total
    if base is not None:
        mean = (base * groups.filled).sum(axis=1) if about is None else about
        scale = 100 / np.where(mean > 0, mean, np.nan)
        estimate = total * scale
        relative = total / mean
        gradient = scale[:, None] * (gradient - relative[:, None] * base)
        # Of the mean, and of the mean with each distance.
        moved = (base**2 * variances).sum(axis=1)
        shared = base * variances - (base * centre * variances).sum(axis=1)[:, None]

    def moments(factor: Floats) -> tuple[Floats, Floats]:
        mean_of, slopes = absolute_normals(factor[:, None] * away, own)
        variance = (weights**2 * ((factor[:, None] * away) ** 2 + own - mean_of**2)).sum(axis=1)
        if covariances.any():
            pairs = covariance_of_absolutes(
                covariances,
                tuple(s[:, :, None] for s in slopes),
                tuple(s[:, None, :] for s in slopes),
            )
            variance += np.einsum("si,sij,sj->s", weights, pairs, weights)
        # The bias taken away is itself estimated: see `corrected_slope`.
        turned = corrected_slope(factor[:, None] * away, own, slopes[0])
        whole = covariances.copy()
        whole[:, diagonal, diagonal] = own
        more = np.einsum("si,sij,sj->s", weights * turned, whole, weights * turned)
        more -= np.einsum("si,sij,sj->s", weights * slopes[0], whole, weights * slopes[0])
        variance += np.maximum(more, 0.0)
        if base is not None:
            part = factor * relative
            both = (weights * slopes[0] * shared).sum(axis=1)
            variance += part**2 * moved - 2 * part * both
        variance = np.where(groups.has_errors, np.maximum(variance, 0.0), np.nan)
        return scale * (weights * mean_of).sum(axis=1), scale**2 * variance

    lower, upper = folded_limits(estimate, moments, level)
    return Estimates(estimate, groups.propagated(gradient), lower, upper, method="folded")


def best_limits(
    groups: GroupedSettings, weights: Floats, level: float, *, relative: bool = False
) -> tuple[Floats, Floats]:
    """Limits of the distance from the best group to a weighted mean.

    The chance that another group is the best one is in them: the greatest of noisy values is
    too great, so the plug-in distance is. No group is farther from the mean than the best one, so
    the lower limit of each group's own distance (each at its part of the level, Bonferroni) is
    one of the best group too; the greatest of them counts where it is greater: a best group that
    is clear is not made doubtful by others that are uncertain.

    Args:
        groups: the settings; of unknown polarity: not-a-number.
        weights: of each group in the mean, shape ``(s, k)``.
        level: level of the interval.
        relative: in per cent of that mean.
    """
    sign = groups.polarities.astype(np.float64)
    mean = (weights * groups.filled).sum(axis=1)
    away = np.where(groups.known, sign[:, None] * (groups.filled - mean[:, None]), -np.inf)
    away = np.where(np.abs(away) <= 1e-14 * np.abs(mean)[:, None], 0.0, away)
    estimate = away.max(axis=1)
    squares = (weights**2 * groups.variances).sum(axis=1)
    scale = 100 / np.where(mean > 0, mean, np.nan) if relative else np.ones(len(groups))
    part = sign * estimate / mean if relative else np.zeros(len(groups))

    def moments(factor: Floats) -> tuple[Floats, Floats]:
        values = np.where(groups.known, factor[:, None] * np.where(groups.known, away, 0), -np.inf)
        top, variance, chance = greatest_normal(values, groups.variances)
        shared = (weights * groups.variances * chance).sum(axis=1)
        share = 1 + factor * part
        variance = np.maximum(variance + share**2 * squares - 2 * share * shared, 0.0)
        # The bias taken away is itself estimated: see `corrected_slope`.
        _, _, wider = greatest_normal(values, 2 * groups.variances)
        steps = chance - share[:, None] * weights
        more = (steps + chance - wider) ** 2 - steps**2
        variance += np.maximum((more * groups.variances).sum(axis=1), 0.0)
        return scale * top, scale**2 * np.where(groups.has_errors, variance, np.nan)

    wanted = np.where((sign != 0) & (groups.groups > 0), scale * estimate, np.nan)
    lower, upper = folded_limits(wanted, moments, level)
    own = _own_distances(groups, weights, away, scale, mean if relative else None, level)
    return np.minimum(np.fmax(lower, np.where(np.isnan(lower), np.nan, own)), upper), upper


def _own_distances(
    groups: GroupedSettings,
    weights: Floats,
    away: Floats,
    scale: Floats,
    mean: Floats | None,
    level: float,
) -> Floats:
    """Greatest lower limit of the distances of the groups, together at the level, ``(s,)``.

    By square-and-add from the groups' own limits, which are not of no width without cases.
    """
    known, width = groups.known, groups.values.shape[1]
    distance = np.where(known, away, 0.0)
    share = np.ones_like(distance)
    sign = groups.polarities[:, None].astype(np.float64)
    if mean is not None:
        share = 1 + sign * divided(distance, mean[:, None])
    reach = arms(groups, 1 - (1 - level) / (2 * width))
    found = np.zeros(len(groups))
    for i in range(width):
        slope = sign * ((np.arange(width) == i) - share[:, i : i + 1] * weights)
        down, _ = limits_of_sum(slope, np.zeros_like(slope), reach)
        found = np.where(known[:, i], np.fmax(found, scale * (distance[:, i] + down)), found)
    return found


def _from_group(
    groups: GroupedSettings, weights: Floats, comparison: Comparison, level: float
) -> Estimates:
    fixed = from_linear(groups, weights, comparison.weights, level)
    known = comparison.found
    estimate = np.where(known, fixed.estimate, np.nan)
    lower, upper = fixed.lower, fixed.upper
    assert lower is not None
    assert upper is not None
    method: list[tuple[Flags, str]] = [(~comparison.chosen, "folded")]
    if comparison.chosen.any():
        at = np.flatnonzero(comparison.chosen)
        lower, upper = lower.copy(), upper.copy()
        lower[at], upper[at] = best_limits(groups.part(at), weights[at], level)
        method.append((comparison.chosen, "greatest"))
    return Estimates(estimate, fixed.se, lower, upper, method=method, notes=list(comparison.notes))
