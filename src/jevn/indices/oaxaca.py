"""Oaxaca–Blinder: how a difference of means follows from who people are and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.determinants import Determinants, determinants_of, fitted, refuse_collinear
from jevn.indices.resampling import Bootstrap, Key, Part, part_of, parts_of
from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats

Reference = Literal["one", "other", "pooled", "pooled_with_group", "reimers", "cotton"]
"""Whose coefficients differences in determinants are valued with."""

CONSTANT = "(constant)"
"""Label of the regressions' intercept among the parts."""


@dataclass(frozen=True, slots=True)
class OaxacaDecomposition:
    """A difference of two means, divided.

    Attributes:
        means: mean of the one group and of the other.
        persons: number of persons used in each.
        reference: whose coefficients are used.
        parts: ``difference``, then the two-fold ``explained`` and ``unexplained`` and the
            three-fold ``endowments``, ``coefficients`` and ``interaction``, each as a total
            (empty label), of every column, and of all categories of a determinant together
            (empty name).
        level: level of the limits; ``None`` without.
        method: ``bootstrap`` or ``none``.
        note: key of a text that says what to beware of.
    """

    means: tuple[float, float]
    persons: tuple[int, int]
    reference: Reference
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


def oaxaca_blinder(
    outcome: ArrayLike,
    one: ArrayLike,
    determinants: Mapping[str, ArrayLike],
    *,
    reference: Reference = "other",
    weights: ArrayLike | None = None,
    normalise: bool = True,
    bootstrap: Bootstrap | None = None,
) -> OaxacaDecomposition:
    r"""Divide the difference of two groups' means by their determinants.

    With a line of weighted least squares in each group, $A$ the one and $B$ the other:

    $$ \bar y_A - \bar y_B = \underbrace{(\bar x_A - \bar x_B)'\beta^*}_\text{explained}
       + \underbrace{\bar x_A'(\beta_A - \beta^*) + \bar x_B'(\beta^* - \beta_B)}
       _\text{unexplained} $$

    and three-fold, seen from $B$: endowments $(\bar x_A - \bar x_B)'\beta_B$, coefficients
    $\bar x_B'(\beta_A - \beta_B)$, interaction
    $(\bar x_A - \bar x_B)'(\beta_A - \beta_B)$. Both add up exactly.

    Reference: $\beta^*$ is that of ``one`` or ``other``; of a regression of all, without
    (``pooled``, Neumark) or with an indicator of the group (``pooled_with_group``); the mean of
    the two (``reimers``), or the mean weighted with persons (``cotton``). Without the indicator
    some of the unexplained is counted as explained (Jann 2008).

    Categories: the unexplained part of a category depends on which is left out of the
    regression. ``normalise`` states coefficients as deviations from their mean over the
    categories (Yun), and the answer no longer does.

    Interval: persons drawn again within each group, or whole clusters from both. Percentile
    limits.

    Weights: enter means and regressions, once each.

    Missing: persons lacking outcome, weight or a determinant are left out, with a note.

    Source: Blinder 1973, J Hum Resour 8: 436-455; Oaxaca 1973, Int Econ Rev 14: 693-709; Neumark
    1988, J Hum Resour 23: 279-295; Reimers 1983, Rev Econ Stat 65: 570-579; Cotton 1988, Rev Econ
    Stat 70: 236-243; Yun 2005, Econ Inq 43: 766-772; Jann 2008, Stata J 8: 453-479.

    Args:
        outcome: shape ``(n,)``.
        one: whether a person belongs to the one group; else to the other, shape ``(n,)``.
        determinants: by label, each of shape ``(n,)``: numbers, truths, or texts (categories).
        reference: whose coefficients.
        weights: of persons, shape ``(n,)``.
        normalise: whether categories are normalised.
        bootstrap: how limits are found; ``None``: no limits.

    Raises:
        ValueError: if shapes do not fit, a weight is negative, ``one`` is not of truths, a group
            is empty, or determinants are collinear in one of them.

    >>> schooling = [1.0, 2.0, 3.0, 2.0, 3.0, 5.0]
    >>> health = [2.0, 3.0, 4.0, 4.0, 6.0, 10.0]
    >>> found = oaxaca_blinder(health, [False] * 3 + [True] * 3, {"schooling": schooling})
    >>> [round(found.part(c).estimate, 4) for c in ("difference", "explained", "unexplained")]
    [3.6667, 1.3333, 2.3333]
    """
    y = np.asarray(outcome, dtype=np.float64)
    member = np.asarray(one)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=np.float64)
    if y.ndim != 1 or not y.shape == member.shape == w.shape:
        raise ValueError(f"outcome {y.shape}, one {member.shape}, weights {w.shape}")
    if member.dtype != np.bool_:
        raise ValueError("one: truths are needed")
    if (w < 0).any():
        raise ValueError("weights: negative")
    if reference not in ("one", "other", "pooled", "pooled_with_group", "reimers", "cotton"):
        raise ValueError(f"no reference called {reference}")
    design = determinants_of(determinants, len(y))
    kept = np.isfinite(y) & np.isfinite(w) & (w > 0) & design.known
    y, member, w, columns = y[kept], member[kept], w[kept], design.columns[kept]
    persons = int(member.sum()), int((~member).sum())
    if not all(persons):
        raise ValueError("a group has no persons with everything known")
    for group in (member, ~member):
        refuse_collinear(w[group], columns[group][:, ~design.first])
    work = _Work(y, member, columns, design, reference, normalise)
    draws = None
    if bootstrap is not None:
        samples = bootstrap.counts(kept, member.astype(np.int64))
        # Few clusters may all come from one group; such a sample has no difference.
        whole = (w * times for times in samples)
        draws = np.array([work.parts(v) for v in whole if v[member].any() and v[~member].any()])
        draws = draws if len(draws) > 1 else None
    parts = parts_of(
        work.keys(), work.parts(w), draws, 0.95 if bootstrap is None else bootstrap.level
    )
    note = None if kept.all() else "left_out"
    if parts[0].percent is None:
        note = "zero_difference"
    return OaxacaDecomposition(
        means=(_mean(w, y, member), _mean(w, y, ~member)),
        persons=persons,
        reference=reference,
        parts=parts,
        level=None if draws is None or bootstrap is None else bootstrap.level,
        method="none" if draws is None else "bootstrap",
        note=NOTES + note if note else None,
    )


@dataclass(frozen=True, eq=False)
class _Work:
    """What stays the same in every sample."""

    y: Floats
    member: NDArray[np.bool_]
    columns: Floats
    design: Determinants
    reference: Reference
    normalise: bool

    def keys(self) -> list[Key]:
        """What the parts are."""
        design = self.design
        columns = list(zip(design.labels, design.names, strict=True))
        together = [(label, "") for label in design.several]
        found: list[Key] = [("difference", "", "")]
        for component in ("explained", "endowments", "interaction"):
            found += [(component, *one) for one in [("", ""), *columns, *together]]
        for component in ("unexplained", "coefficients"):
            found += [(component, *one) for one in [("", ""), *columns, *together, (CONSTANT, "")]]
        return found

    def parts(self, w: Floats) -> Floats:
        """All parts in the order of the keys."""
        a, b = self.member, ~self.member
        constant_a, beta_a = self._line(w, a)
        constant_b, beta_b = self._line(w, b)
        x_a, x_b = (w[g] @ self.columns[g] / w[g].sum() for g in (a, b))
        best = self._reference(w, beta_a, beta_b)
        explained = (x_a - x_b) * best
        unexplained = x_a * (beta_a - best) + x_b * (best - beta_b)
        constant = constant_a - constant_b
        return np.concatenate(
            [
                [_mean(w, self.y, a) - _mean(w, self.y, b)],
                self._with_sums(explained),
                self._with_sums((x_a - x_b) * beta_b),
                self._with_sums((x_a - x_b) * (beta_a - beta_b)),
                self._with_sums(unexplained, constant),
                self._with_sums(x_b * (beta_a - beta_b), constant),
            ]
        )

    def _line(self, w: Floats, group: NDArray[np.bool_]) -> tuple[float, Floats]:
        free = ~self.design.first
        constant, found = fitted(w[group], self.y[group], self.columns[group][:, free])
        return self._spread(constant, found)

    def _spread(self, constant: float, found: Floats) -> tuple[float, Floats]:
        """Coefficients of all columns; deviations from their mean where normalised."""
        beta = np.zeros(len(self.design.first))
        beta[~self.design.first] = found
        if self.normalise:
            for label in self.design.several:
                of = np.array([one == label for one in self.design.labels])
                centre = float(beta[of].mean())
                beta[of] -= centre
                constant += centre
        return constant, beta

    def _reference(self, w: Floats, beta_a: Floats, beta_b: Floats) -> Floats:
        if self.reference in ("one", "other"):
            return beta_a if self.reference == "one" else beta_b
        if self.reference in ("reimers", "cotton"):
            of_a = w[self.member].sum() / w.sum() if self.reference == "cotton" else 0.5
            return np.asarray(of_a * beta_a + (1 - of_a) * beta_b)
        columns = self.columns[:, ~self.design.first]
        if self.reference == "pooled_with_group":
            columns = np.column_stack([columns, self.member])
        constant, found = fitted(w, self.y, columns)
        return self._spread(constant, found[: (~self.design.first).sum()])[1]

    def _with_sums(self, by_column: Floats, constant: float | None = None) -> list[float]:
        """Total, each column, the sum of each determinant with categories, the constant."""
        together = [
            sum(v for v, of in zip(by_column, self.design.labels, strict=True) if of == label)
            for label in self.design.several
        ]
        last = [] if constant is None else [constant]
        return [float(by_column.sum()) + sum(last), *by_column, *together, *last]


def _mean(w: Floats, y: Floats, group: NDArray[np.bool_]) -> float:
    return float(w[group] @ y[group] / w[group].sum())
