"""Kitagawa: how a difference of crude rates follows from rates and from composition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.resampling import Bootstrap, Key, Part, part_of, parts_of
from jevn.indices.result import NOTES, critical
from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False)
class Strata:
    """Rates of the strata (age groups, education levels …) of one population.

    Attributes:
        rates: rate of each stratum, on any scale; not-a-number where nobody is in it.
        sizes: persons in each stratum, of the same shape.
        errors: standard error of each rate; ``None`` where unknown.
        cases: cases in each stratum, where the rates are proportions of them.
    """

    rates: Floats
    sizes: Floats
    errors: Floats | None = None
    cases: Floats | None = None

    def __post_init__(self) -> None:
        """Check that the parts fit together.

        Raises:
            ValueError: if shapes differ, a size or error is negative or not finite, nobody is
                there, or an inhabited stratum has no rate.
        """
        for name in ("errors", "cases"):
            found = getattr(self, name)
            if found is not None and np.shape(found) != np.shape(self.sizes):
                raise ValueError(f"{name}: shape {np.shape(found)}, sizes {np.shape(self.sizes)}")
        if np.shape(self.rates) != np.shape(self.sizes):
            raise ValueError(f"rates: shape {np.shape(self.rates)}, sizes {np.shape(self.sizes)}")
        if not np.isfinite(self.sizes).all() or (self.sizes < 0).any() or not self.sizes.any():
            raise ValueError("sizes: negative, not finite or all 0")
        if not np.isfinite(self.rates[self.sizes > 0]).all():
            raise ValueError("rates: not finite")
        if self.errors is not None and (self.errors < 0).any():
            raise ValueError("errors: negative")

    @classmethod
    def of_rates(
        cls, rates: ArrayLike, sizes: ArrayLike, errors: ArrayLike | None = None
    ) -> Strata:
        """Strata from rates or means on any scale."""
        found = None if errors is None else np.asarray(errors, dtype=np.float64)
        return cls(np.asarray(rates, dtype=np.float64), np.asarray(sizes, dtype=np.float64), found)

    @classmethod
    def of_cases(cls, cases: ArrayLike, sizes: ArrayLike) -> Strata:
        """Strata from cases among persons, with binomial errors ``sqrt(r (1 - r) / n)``.

        Raises:
            ValueError: if there are more cases than persons, or fewer than none.
        """
        x, n = np.asarray(cases, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
        if x.shape != n.shape or not ((x >= 0) & (x <= n)).all():
            raise ValueError("cases: more than persons, or fewer than none")
        with np.errstate(all="ignore"):
            rates = x / n
            errors = np.where(n > 0, np.sqrt(rates * (1 - rates) / n), np.nan)
        return cls(rates, n, errors, x)

    @property
    def shares(self) -> Floats:
        """Share of each stratum in the population."""
        return np.asarray(self.sizes / self.sizes.sum())


@dataclass(frozen=True, slots=True)
class RateDecomposition:
    """A difference of two crude rates, divided.

    Attributes:
        crude: crude rate of the one population and of the other.
        parts: ``difference``; ``rate`` and ``composition`` as totals (empty label). One factor:
            both of every stratum (label: its name). Several factors: ``composition`` of every
            factor (label: its name).
        level: level of the limits; ``None`` without.
        method: ``delta``, ``bootstrap`` or ``none``.
        note: key of a text that says what to beware of.
    """

    crude: tuple[float, float]
    parts: tuple[Part, ...]
    level: float | None
    method: str
    note: str | None = None

    def part(self, component: str, label: str = "") -> Part:
        """The part with these names.

        Raises:
            KeyError: if there is none.
        """
        return part_of(self.parts, component, label)


def kitagawa_decomposition(
    one: Strata,
    other: Strata,
    *,
    names: Sequence[str] | None = None,
    level: float = 0.95,
    sampled: bool = False,
    bootstrap: Bootstrap | None = None,
) -> RateDecomposition:
    r"""Divide the difference of two crude rates into a part of rates and one of composition.

    $$ \sum p_i r_i - \sum P_i R_i = \sum \frac{p_i + P_i}{2}(r_i - R_i)
       + \sum \frac{r_i + R_i}{2}(p_i - P_i) $$

    with shares $p, P$ and rates $r, R$ of the two populations. Adds up exactly, and is the same
    with the sign turned when the populations change places.

    Interval: by the delta method from the errors of the rates, normal; shares are taken as known
    (registers), or as drawn with the sample (``sampled``, multinomial). With ``bootstrap``: from
    draws of the rates (binomial where there are cases, else normal) and, if ``sampled``, sizes.

    Weights: none but the sizes.

    Missing: a stratum that only one population has is all composition, with a note.

    Source: Kitagawa 1955, J Am Stat Assoc 50: 1168-1194.

    Args:
        one: strata of the one population, shape ``(k,)``.
        other: the same strata of the other.
        names: of the strata; ``None``: their numbers from 1.
        level: level of delta limits.
        sampled: whether also the sizes come from a sample.
        bootstrap: draw limits instead; its level counts.

    Raises:
        ValueError: if the strata do not fit together.

    >>> one = Strata.of_cases([30, 60], [1000, 1000])
    >>> other = Strata.of_cases([20, 160], [1000, 4000])
    >>> found = kitagawa_decomposition(one, other, names=("young", "old"))
    >>> [round(found.part(c).estimate, 4) for c in ("difference", "rate", "composition")]
    [0.009, 0.0165, -0.0075]
    >>> round(found.part("rate").lower, 4), round(found.part("rate").upper, 4)
    (0.0051, 0.0279)
    """
    _check_pair(one, other, 1)
    labels = [str(at + 1) for at in range(len(one.sizes))] if names is None else list(names)
    if len(labels) != len(one.sizes):
        raise ValueError(f"names: {len(labels)} for {len(one.sizes)} strata")
    keys: list[Key] = [("difference", "", ""), ("rate", "", ""), ("composition", "", "")]
    keys += [(c, label, "") for c in ("rate", "composition") for label in labels]

    def parts(r: Floats, p: Floats, s: Floats, q: Floats) -> Floats:
        r, s = _filled(r, s)
        rate, composition = (p + q) / 2 * (r - s), (r + s) / 2 * (p - q)
        whole = [p @ r - q @ s, rate.sum(), composition.sum()]
        return np.concatenate([whole, rate, composition])

    found = parts(one.rates, one.shares, other.rates, other.shares)
    if bootstrap is not None:
        draws = np.array([parts(*drawn) for drawn in _draws(one, other, sampled, bootstrap)])
        done = parts_of(keys, found, draws, bootstrap.level)
        return _result(one, other, done, bootstrap.level, "bootstrap")
    p, q = one.shares, other.shares
    r, s = _filled(one.rates, other.rates)
    by_rate, by_both = np.diag((p + q) / 2), np.diag((p - q) / 2)
    by_share, half = np.diag((r - s) / 2), np.diag((r + s) / 2)
    rises = [
        _stacked(p, by_rate, by_both),
        _stacked(-q, -by_rate, by_both),
        _stacked(r, by_share, half),
        _stacked(-s, by_share, -half),
    ]
    squared = _spread(one, other, rises[0], rises[1])
    if squared is not None and sampled:
        squared = squared + _of_shares(one, rises[2]) + _of_shares(other, rises[3])
    return _result(one, other, *_with_limits(parts_of(keys, found), squared, level))


def das_gupta_decomposition(
    one: Strata, other: Strata, *, factors: tuple[str, str], level: float = 0.95
) -> RateDecomposition:
    r"""Divide a difference of crude rates into a part of rates and one of each of two factors.

    The share of a cell is a product, $N_{ij}/N = A_{ij} B_{ij}$ with

    $$ A_{ij} = \sqrt{\frac{N_{ij}}{N_{\cdot j}} \frac{N_{i \cdot}}{N}},\quad
       B_{ij} = \sqrt{\frac{N_{ij}}{N_{i \cdot}} \frac{N_{\cdot j}}{N}} $$

    so that the composition part of Kitagawa falls into
    $\sum \frac{r_{ij}+R_{ij}}{2} \frac{b_{ij}+B_{ij}}{2} (a_{ij}-A_{ij})$ of the first factor
    (rows) and the like of the second (columns). Adds up exactly.

    Interval: by the delta method from the errors of the rates; shares are taken as known.

    Weights: none but the sizes.

    Missing: a cell that only one population has is all composition, with a note.

    Source: Das Gupta 1993, Standardization and Decomposition of Rates: A User's Manual, US Bureau
    of the Census, Current Population Reports P23-186.

    Args:
        one: cells of the one population, shape ``(rows, columns)``.
        other: the same cells of the other.
        factors: names of rows and columns, e.g. ``("age", "education")``.
        level: level of the limits.

    Raises:
        ValueError: if the cells do not fit together.

    >>> one = Strata.of_rates([[1.0, 2.0], [3.0, 4.0]], [[10, 10], [10, 10]])
    >>> other = Strata.of_rates([[1.0, 2.0], [3.0, 4.0]], [[30, 30], [10, 10]])
    >>> found = das_gupta_decomposition(one, other, factors=("age", "education"))
    >>> [round(found.part("composition", f).estimate, 4) for f in ("age", "education")]
    [0.5, 0.0]
    """
    _check_pair(one, other, 2)
    (a, b), (u, v) = _factors(one.sizes), _factors(other.sizes)
    shifts = ((b + v) / 2 * (a - u), (a + u) / 2 * (b - v))
    r, s = _filled(one.rates, other.rates)
    p, q = one.shares, other.shares
    halves = [shift.ravel() / 2 for shift in shifts]
    both, together = (p + q).ravel() / 2, (p - q).ravel() / 2
    rise = np.array([p.ravel(), both, together, *halves])
    fall = np.array([-q.ravel(), -both, together, *halves])
    keys: list[Key] = [("difference", "", ""), ("rate", "", ""), ("composition", "", "")]
    keys += [("composition", factor, "") for factor in factors]
    found = rise @ r.ravel() + fall @ s.ravel()
    squared = _spread(one, other, rise, fall)
    return _result(one, other, *_with_limits(parts_of(keys, found), squared, level))


def _check_pair(one: Strata, other: Strata, dimensions: int) -> None:
    if one.sizes.shape != other.sizes.shape or one.sizes.ndim != dimensions:
        raise ValueError(f"strata: shapes {one.sizes.shape} and {other.sizes.shape}")


def _filled(r: Floats, s: Floats) -> tuple[Floats, Floats]:
    """A stratum of only one population has that one's rate in both; of none, 0."""
    first, second = np.where(np.isnan(r), s, r), np.where(np.isnan(s), r, s)
    return np.nan_to_num(first, nan=0.0), np.nan_to_num(second, nan=0.0)


def _factors(sizes: Floats) -> tuple[Floats, Floats]:
    whole, rows, columns = sizes.sum(), sizes.sum(1, keepdims=True), sizes.sum(0, keepdims=True)
    with np.errstate(all="ignore"):
        a = np.sqrt(sizes / columns * rows / whole)
        b = np.sqrt(sizes / rows * columns / whole)
    return np.nan_to_num(a, nan=0.0), np.nan_to_num(b, nan=0.0)


def _stacked(whole: Floats, rate: Floats, composition: Floats) -> Floats:
    """How the parts change with each stratum: totals first, then each stratum's own."""
    return np.vstack([whole, rate.sum(axis=0), composition.sum(axis=0), rate, composition])


def _spread(one: Strata, other: Strata, rise: Floats, fall: Floats) -> Floats | None:
    """Variance of the parts from the errors of the rates; ``None`` where one is unknown."""
    if one.errors is None or other.errors is None:
        return None
    # Where one population has nobody, the other's rate stands for it and moves with it.
    empty, void = (one.sizes == 0).ravel(), (other.sizes == 0).ravel()
    rise, fall = rise + np.where(void, fall, 0.0), fall + np.where(empty, rise, 0.0)
    first = np.where(empty, 0.0, one.errors.ravel())
    second = np.where(void, 0.0, other.errors.ravel())
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        return None
    return np.asarray(rise**2 @ first**2 + fall**2 @ second**2)


def _of_shares(strata: Strata, rise: Floats) -> Floats:
    """Variance of the parts from sizes drawn with a sample (multinomial)."""
    p = strata.shares
    return np.asarray((rise**2 @ p - (rise @ p) ** 2) / strata.sizes.sum())


def _with_limits(
    parts: tuple[Part, ...], squared: Floats | None, level: float
) -> tuple[tuple[Part, ...], float | None, str]:
    z = critical(level)
    if squared is None:
        return parts, None, "none"
    done = []
    for part, variance in zip(parts, squared, strict=True):
        assert part.estimate is not None
        se = float(np.sqrt(variance))
        limits = part.estimate - z * se, part.estimate + z * se
        names = part.component, part.label, part.name
        done.append(Part(*names, part.estimate, part.percent, se, *limits))
    return tuple(done), level, "delta"


def _draws(
    one: Strata, other: Strata, sampled: bool, bootstrap: Bootstrap
) -> list[tuple[Floats, Floats, Floats, Floats]]:
    if bootstrap.clusters is not None:
        raise ValueError("clusters: strata are drawn, not persons")
    if one.errors is None or other.errors is None:
        raise ValueError("errors: rates cannot be drawn without cases or errors")
    rng = np.random.default_rng(bootstrap.seed)
    found = [
        (*_drawn(one, sampled, rng), *_drawn(other, sampled, rng)) for _ in range(bootstrap.times)
    ]
    return found


def _drawn(strata: Strata, sampled: bool, rng: np.random.Generator) -> tuple[Floats, Floats]:
    n = strata.sizes
    whole = np.round(n).astype(np.int64)
    sizes = rng.multinomial(whole.sum(), strata.shares).astype(float) if sampled else n
    rates = strata.rates
    if strata.cases is not None:
        count = np.round(sizes).astype(np.int64)
        with np.errstate(all="ignore"):
            rates = rng.binomial(count, np.nan_to_num(rates, nan=0.0)) / count
        rates = np.where(count > 0, rates, np.nan)
    elif strata.errors is not None:
        rates = rates + np.nan_to_num(strata.errors, nan=0.0) * rng.standard_normal(len(n))
    return rates, sizes / sizes.sum()


def _result(
    one: Strata, other: Strata, parts: tuple[Part, ...], level: float | None, method: str
) -> RateDecomposition:
    note = "empty_category" if ((one.sizes == 0) != (other.sizes == 0)).any() else None
    if parts[0].percent is None:
        note = "zero_difference"
    crude = tuple(float((s.shares * np.nan_to_num(s.rates)).sum()) for s in (one, other))
    return RateDecomposition(
        (crude[0], crude[1]), parts, level, method, NOTES + note if note else None
    )
