"""Start levels: the adverse share of every stratum, from the margins that are published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import expit, logit

from jevn.challenges.results import Indicator
from jevn.impact.baseline.model import Strata
from jevn.impact.levels import newest_groups
from jevn.impact.projection.arrays import Floats
from jevn.terms import Message, Polarity

_ROUNDS = 60
_CLOSE = 1e-10
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class StartShares:
    """The adverse share of every stratum today.

    Attributes:
        shares: (strata,).
        period: years of the figures by education.
        estimated: not observed in the municipality.
        by: dimensions that figures were found for.
        assumptions: what had to be assumed.
    """

    shares: Floats
    period: str
    estimated: bool
    by: tuple[str, ...]
    assumptions: tuple[Message, ...]


def start_shares(
    observations: pl.DataFrame,
    indicator: Indicator,
    strata: Strata,
    *,
    ages: tuple[int, int],
    municipality: str,
    country: str,
) -> StartShares | None:
    """Adverse shares by stratum that give back every published margin.

    The figures are margins: by education, by income, by sex, by zone. Their combination is not
    published, so the log-odds of a stratum are taken as a sum of one part per margin (no
    interaction), raked until the population's mean in every group is the published one. Education
    decides the total; the other margins are moved to it in log-odds, since they may be of
    another year.

    Args:
        observations: protected observations, columns of ``observations.csv``.
        indicator: an indicator that counts people in a state.
        strata: the people.
        ages: ages at which the determinant exists; its people are the weights.
        municipality: id of the municipality.
        country: id of the country, used where the municipality has no figures.

    Returns:
        The shares, or ``None`` where neither place has figures by education, the indicator
        does not count people, or a figure is no share (outside 0-1).
    """
    factor = indicator.scale.info.factor
    if factor is None or "education" not in strata.dimensions:
        return None
    adverse = indicator.polarity is Polarity.ADVERSE
    persons = strata.persons[:, ages[0] : ages[1] + 1].sum(axis=1)
    targets: dict[str, dict[str, float]] = {}
    period, estimated = "", False
    for dimension in ("education", *(d for d in strata.dimensions if d != "education")):
        labels = tuple(dict.fromkeys(strata.label(dimension)))
        if dimension == "zone":
            found = _zones(observations, indicator.id, labels)
        else:
            places = (municipality, country) if dimension == "education" else (municipality,)
            got = newest_groups(observations, indicator.id, dimension, labels, places)
            if got is None:
                found = {}
            else:
                found = got.values
                if dimension == "education":
                    period, estimated = got.period, got.estimated or got.place != municipality
        if not found:
            if dimension == "education":
                return None
            continue
        shares = {k: (v / factor if adverse else 1 - v / factor) for k, v in found.items()}
        if any(not 0 <= v <= 1 for v in shares.values()):
            if dimension == "education":
                return None
            continue
        targets[dimension] = shares
    values = _raked(strata, persons, targets)
    names = tuple(targets)
    said = Message("impact.assumption.levels_raked", {"indicator": indicator.name.nb})
    return StartShares(values, period, estimated, names, (said,) if len(names) > 1 else ())


def _zones(observations: pl.DataFrame, indicator: str, zones: tuple[str, ...]) -> dict[str, float]:
    """Newest value of every zone that has one."""
    rows = observations.filter(
        (pl.col("indicator") == indicator)
        & pl.col("place").is_in(list(zones))
        & pl.col("dimension").is_null()
        & pl.col("value").is_not_null()
        & ~pl.col("flag").fill_null("").is_in(["hidden", "missing", "not_possible"])
    ).with_columns(pl.coalesce("period_end", "period_start").alias("_end"))
    ordered = rows.sort("_end", "period_start", maintain_order=True)
    return {r["place"]: float(r["value"]) for r in ordered.iter_rows(named=True)}


def _raked(strata: Strata, persons: Floats, targets: dict[str, dict[str, float]]) -> Floats:
    """Shares whose weighted means are the targets; education last, so that it holds exactly."""
    members = {
        d: {label: np.array([x == label for x in strata.label(d)]) for label in groups}
        for d, groups in targets.items()
    }
    total = _mean(persons, members["education"], targets["education"])
    odds = np.full(len(strata.cells), _odds(total))
    wanted = {d: _moved(persons, members[d], groups, total) for d, groups in targets.items()}
    order = [d for d in targets if d != "education"] + ["education"]
    for _ in range(_ROUNDS):
        before = odds.copy()
        for dimension in order:
            for label, share in wanted[dimension].items():
                here = members[dimension][label]
                odds[here] += _shift(odds[here], persons[here], share)
        if np.abs(odds - before).max() < _CLOSE:
            break
    shares = np.asarray(expit(odds), dtype=np.float64)
    for dimension, groups in targets.items():
        for label, share in groups.items():
            if share in (0.0, 1.0):
                shares[members[dimension][label]] = share
    return shares


def _odds(share: float) -> float:
    return float(logit(min(1 - _SMALLEST, max(_SMALLEST, share))))


def _mean(persons: Floats, members: dict[str, np.ndarray], groups: dict[str, float]) -> float:
    weights = np.array([persons[members[label]].sum() for label in groups])
    values = np.array(list(groups.values()))
    return float(values.mean() if weights.sum() <= 0 else (weights @ values) / weights.sum())


def _moved(
    persons: Floats, members: dict[str, np.ndarray], groups: dict[str, float], total: float
) -> dict[str, float]:
    """The groups' shares, moved alike in log-odds until their mean is the total."""
    weights = np.array([persons[members[label]].sum() for label in groups])
    if weights.sum() <= 0 or len(groups) < len(members):
        return groups
    odds = np.array([_odds(v) for v in groups.values()])
    covered = weights.sum() / max(persons.sum(), 1e-300)
    if covered < 0.95:  # some groups have no figure: they are left to the others
        return groups
    moved = expit(odds + _shift(odds, weights, total))
    return dict(zip(groups, (float(v) for v in moved), strict=True))


def _shift(odds: Floats, weights: Floats, wanted: float) -> float:
    """The one addition to log-odds that gives the wanted weighted mean (bisection)."""
    total = float(weights.sum())
    if total <= 0:
        return 0.0
    goal = min(1 - _SMALLEST, max(_SMALLEST, wanted))
    low, high = -40.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        if float(weights @ expit(odds + middle)) / total < goal:
            low = middle
        else:
            high = middle
    return (low + high) / 2
