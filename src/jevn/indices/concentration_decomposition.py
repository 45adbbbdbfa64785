"""Which determinants a concentration index comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.determinants import Determinants, determinants_of, fitted, refuse_collinear
from jevn.indices.resampling import Bootstrap, Key, Part, part_of, parts_of
from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats, ridits

Variant = Literal["relative", "generalised", "erreygers", "wagstaff"]
"""The concentration indices; they differ by a factor, so percentages are the same."""


@dataclass(frozen=True, slots=True)
class Determinant:
    """A column of the regression behind a decomposition.

    Attributes:
        label: the determinant.
        name: its category; empty for numbers.
        mean: mean, or share of the category.
        coefficient: of the outcome on the column.
        elasticity: ``coefficient * mean / mean of the outcome``; ``None`` where that is 0.
        concentration: relative concentration index of the column; ``None`` where its mean is 0.
    """

    label: str
    name: str
    mean: float
    coefficient: float
    elasticity: float | None
    concentration: float | None


@dataclass(frozen=True, slots=True)
class ConcentrationDecomposition:
    """A concentration index as the sum of its determinants' contributions and a residual.

    Attributes:
        variant: which concentration index.
        index: its value; ``None`` where it is not defined.
        mean: mean of the outcome.
        persons: number of persons used.
        determinants: regression and concentration of every column.
        parts: ``index``, then ``determinant`` of each column and of all categories of a
            determinant together (empty name), then ``residual``.
        level: level of the limits; ``None`` without.
        method: ``bootstrap`` or ``none``.
        note: key of a text that says what to beware of.
    """

    variant: Variant
    index: float | None
    mean: float
    persons: int
    determinants: tuple[Determinant, ...]
    parts: tuple[Part, ...]
    level: float | None
    method: str
    note: str | None = None

    def part(self, component: str, label: str = "", name: str = "") -> Part:
        """The part with these names.

        Raises:
            KeyError: if there is none.
        """
        return part_of(self.parts, component, label, name)


def decompose_concentration_index(
    outcome: ArrayLike,
    rank: ArrayLike,
    determinants: Mapping[str, ArrayLike],
    *,
    weights: ArrayLike | None = None,
    variant: Variant = "relative",
    bounds: tuple[float, float] | None = None,
    bootstrap: Bootstrap | None = None,
) -> ConcentrationDecomposition:
    r"""Contributions of determinants to a concentration index of single persons.

    With the line $y_i = \alpha + \sum_k \beta_k x_{ki} + e_i$ (weighted least squares)

    $$ C = \sum_k \frac{\beta_k \bar x_k}{\mu} C_k + \frac{GC_e}{\mu},\quad
       C_k = \frac{2 \operatorname{cov}_w(x_k, R)}{\bar x_k} $$

    elasticity times concentration of each determinant, and a residual. The other variants are
    $C$ times a factor: $\mu$ (generalised), $4\mu/(b-a)$ (Erreygers),
    $\mu(b-a)/((b-\mu)(\mu-a))$ (Wagstaff). The factor is on every part, so the percentages are
    the same in all: $100\,\beta_k \operatorname{cov}(x_k, R)/\operatorname{cov}(y, R)$. A
    decomposition describes; it does not say what would happen if a determinant changed.

    Interval: persons, or whole clusters, drawn again; ranks, coefficients and means are found
    anew in each sample. Percentile limits.

    Ties: persons of equal rank share the mean of their ranks.

    Weights: enter means, ranks, covariances and the regression, once each.

    Missing: persons lacking outcome, rank, weight or a determinant are left out, with a note.

    Categories: the first in sorted order is left out of the regression and has contribution 0.
    The contribution of one category depends on which is left out; that of all together (empty
    name) does not.

    Source: Wagstaff, van Doorslaer & Watanabe 2003, J Econometrics 112: 207-223; Erreygers
    2009, J Health Econ 28: 504-515; Wagstaff 2005, Health Econ 14: 429-432.

    Args:
        outcome: shape ``(n,)``.
        rank: what persons are ranked by, low first, e.g. income, shape ``(n,)``.
        determinants: by label, each of shape ``(n,)``: numbers, truths, or texts (categories).
        weights: of persons, shape ``(n,)``.
        variant: which concentration index.
        bounds: least and greatest possible outcome; for ``erreygers`` and ``wagstaff``.
        bootstrap: how limits are found; ``None``: no limits.

    Raises:
        ValueError: if shapes do not fit, a weight is negative, nobody is left, bounds are
            lacking or an outcome lies outside, or determinants are collinear.

    >>> income = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    >>> smoking = [1, 1, 0, 1, 0, 0]
    >>> ill_days = [9.0, 8.0, 4.0, 6.0, 3.0, 2.0]
    >>> found = decompose_concentration_index(ill_days, income, {"smoking": smoking})
    >>> round(found.index, 4), round(found.part("determinant", "smoking").percent, 1)
    (-0.25, 68.1)
    """
    y, order = _vector("outcome", outcome), _vector("rank", rank)
    w = np.ones(len(y)) if weights is None else _vector("weights", weights)
    if not len(y) == len(order) == len(w):
        raise ValueError(f"{len(y)} outcomes, {len(order)} ranks and {len(w)} weights")
    if (w < 0).any():
        raise ValueError("weights: negative")
    design = determinants_of(determinants, len(y))
    kept = np.isfinite(y) & np.isfinite(order) & (w > 0) & np.isfinite(w) & design.known
    if not kept.any():
        raise ValueError("no persons with everything known")
    y, order, w, columns = y[kept], order[kept], w[kept], design.columns[kept]
    _check_bounds(variant, bounds, y)
    free = columns[:, ~design.first]
    refuse_collinear(w, free)
    keys = _keys(design)
    found, mean, slopes = _parts(w, y, order, columns, design, variant, bounds)
    draws = None
    if bootstrap is not None:
        # A sample of persons who are all alike has no bounded index; it says nothing of limits.
        samples = (
            _parts(w * times, y, order, columns, design, variant, bounds)[0]
            for times in bootstrap.counts(kept)
        )
        draws = np.array([one for one in samples if np.isfinite(one).all()])
        draws = draws if len(draws) > 1 else None
    parts = parts_of(keys, found, draws, 0.95 if bootstrap is None else bootstrap.level)
    note = None if kept.all() else "left_out"
    if parts[0].percent is None:
        note = "zero_index"
    if not np.isfinite(found).all():
        note = "zero_mean"
    return ConcentrationDecomposition(
        variant=variant,
        index=parts[0].estimate,
        mean=mean,
        persons=int(kept.sum()),
        determinants=_facts(design, w, order, columns, slopes, mean),
        parts=parts,
        level=None if draws is None or bootstrap is None else bootstrap.level,
        method="none" if draws is None else "bootstrap",
        note=NOTES + note if note else None,
    )


def _parts(
    w: Floats,
    y: Floats,
    order: Floats,
    columns: Floats,
    design: Determinants,
    variant: Variant,
    bounds: tuple[float, float] | None,
) -> tuple[Floats, float, Floats]:
    """All parts in the order of the keys; mean of the outcome; coefficients of the columns."""
    share = w / w.sum()
    away = 2 * share * (ridits(w, order) - 0.5)
    slopes = np.zeros(columns.shape[1])
    slopes[~design.first] = fitted(w, y, columns[:, ~design.first])[1]
    mean = float(share @ y)
    by_column = slopes * (away @ columns)
    whole = float(away @ y)
    together = [
        sum(c for c, of in zip(by_column, design.labels, strict=True) if of == label)
        for label in design.several
    ]
    found = np.array([whole, *by_column, *together, whole - by_column.sum()])
    with np.errstate(all="ignore"):
        return found * _factor(variant, bounds, np.float64(mean)), mean, slopes


def _factor(
    variant: Variant, bounds: tuple[float, float] | None, mean: np.float64
) -> float | np.float64:
    """What the generalised index is multiplied with."""
    if variant == "generalised":
        return 1.0
    if variant == "relative":
        return np.float64(1) / mean
    assert bounds is not None
    low, high = bounds
    if variant == "erreygers":
        return 4 / (high - low)
    return np.float64(high - low) / ((high - mean) * (mean - low))


def _keys(design: Determinants) -> list[Key]:
    columns = zip(design.labels, design.names, strict=True)
    return [
        ("index", "", ""),
        *(("determinant", label, name) for label, name in columns),
        *(("determinant", label, "") for label in design.several),
        ("residual", "", ""),
    ]


def _facts(
    design: Determinants, w: Floats, order: Floats, columns: Floats, slopes: Floats, mean: float
) -> tuple[Determinant, ...]:
    share = w / w.sum()
    means = share @ columns
    away = 2 * share * (ridits(w, order) - 0.5)
    slanted = away @ columns
    return tuple(
        Determinant(
            label,
            design.names[at],
            float(means[at]),
            float(slopes[at]),
            None if mean == 0 else float(slopes[at] * means[at] / mean),
            None if means[at] == 0 else float(slanted[at] / means[at]),
        )
        for at, label in enumerate(design.labels)
    )


def _vector(name: str, values: ArrayLike) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"{name}: shape {found.shape}, not one value of each person")
    return found


def _check_bounds(variant: Variant, bounds: tuple[float, float] | None, y: Floats) -> None:
    if variant not in ("relative", "generalised", "erreygers", "wagstaff"):
        raise ValueError(f"no variant called {variant}")
    if variant in ("relative", "generalised"):
        return
    if bounds is None:
        raise ValueError(f"{variant}: bounds of the outcome are needed")
    if not bounds[0] < bounds[1] or y.min() < bounds[0] or y.max() > bounds[1]:
        raise ValueError(f"outcome: outside the bounds {bounds}")
