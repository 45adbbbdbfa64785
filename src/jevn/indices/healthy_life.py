"""Healthy life expectancy: the years left that are lived in good health (Sullivan)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.lifetable import Expectancy, LifeTable, expectancy_of
from jevn.indices.noted import counted, noted, refuse
from jevn.indices.ridits import Floats
from jevn.indices.survival import Mortality, upward, years_left


def healthy_life_expectancy(
    table: LifeTable,
    healthy: ArrayLike,
    respondents: ArrayLike | None = None,
    *,
    mortality_varies: bool = True,
    level: float = 0.95,
) -> Expectancy:
    r"""Years left in good health at each age, after Sullivan.

    $$ H_x = \frac{1}{l_x} \sum_{y \ge x} L_y \pi_y $$

    Variance: $\sum L_y^2 \pi_y (1 - \pi_y) / N_y / l_x^2$ for the shares, and, with
    ``mortality_varies``, $\sum l_y^2 ((1 - a) n \pi_y + H_{y+n})^2 \operatorname{var}(q_y) /
    l_x^2$ for the deaths, of the open band $l_w^2 \pi_w^2 / (D_w M_w^2) / l_x^2$. Where the open
    end was joined, its share is the mean of its bands by persons. An unknown share makes
    everything at and below its age unknown.

    Sullivan 1971, HSMHA Health Reports 86: 347-354; Mathers 1991, Health Expectancies in
    Australia 1981 and 1988; Jagger et al., Health Expectancy Calculation by the Sullivan Method.

    Args:
        table: life tables of the areas.
        healthy: share of persons in good health in each band, shape ``(…, ages)``.
        respondents: persons asked in each band, same shape; without: shares are certain.
        mortality_varies: whether the deaths count in the variance.
        level: level of the limits.

    Raises:
        ValueError: if a share lies outside 0-1 or respondents are negative, naming the area.

    >>> from jevn.indices.lifetable import life_table
    >>> table = life_table([8, 10, 180], [1000, 2000, 1500], [0, 1, 65])
    >>> healthy_life_expectancy(table, [1.0, 0.9, 0.5]).estimate.round(2).tolist()
    [53.25, 52.67, 4.17]
    """
    shape = table.deaths.shape
    share = np.broadcast_to(counted("healthy", healthy), shape)
    refuse(np.asarray(share > 1), "healthy: a share above 1")
    deaths = table.mortality()
    part = _joined(deaths, share, table.persons)
    variances = None
    if respondents is not None:
        asked = np.broadcast_to(counted("respondents", respondents), shape)
        with np.errstate(invalid="ignore", divide="ignore"):
            each = np.where(asked > 0, share * (1 - share) / asked, np.nan)
        variances = _joined(deaths, each, table.persons, power=2)
    years, of_deaths, of_shares = (
        np.ascontiguousarray(found.T).reshape(shape)
        for found in years_left(deaths, part, variances)
    )
    total = of_shares + of_deaths if mortality_varies else of_shares
    missing = np.asarray(np.isnan(share).any(axis=-1))
    return expectancy_of(
        table.age_starts, years, total, level, {**table.notes, **noted(missing_share=missing)}
    )


def _joined(deaths: Mortality, values: Floats, persons: Floats, power: int = 1) -> Floats:
    """Values with ages first, those of the open end as one, by persons."""
    ages = len(deaths.age_starts)
    each, n = values.reshape(-1, ages).T, persons.reshape(-1, ages).T
    # Only bands with persons weigh: nothing is known, and nothing needed, of the others.
    weighed = np.where(n == 0, 0.0, each * n**power)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_open = upward(weighed) / upward(n) ** power
    only = np.arange(ages)[:, None] == ages - 1
    return np.where(deaths.open & ~only, of_open, each)
