"""From persons to groups: the value of each social group with its sampling error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jevn.indices.grouped import GroupedData
from jevn.indices.ridits import Floats
from jevn.indices.survey import Codes, Design, Lone, covariances, missing, survey_design
from jevn.terms import Polarity, Scale


@dataclass(frozen=True, slots=True)
class PersonGroups:
    """Values of social groups made from persons, ready for indices of grouped data.

    Attributes:
        groups: name of each group, sorted.
        estimates: weighted mean outcome of each times the factor; ``None`` without persons.
        standard_errors: of the estimates, under the design; ``None`` where unknown.
        samples: persons behind each.
        populations: sum of their weights.
        covariances: of the estimates; groups drawn in the same clusters depend on each other.
            Rows and columns as in ``groups``; not-a-number where unknown.
        left_out: persons left out because something is not known of them.
        lone_strata: strata with one cluster only.
    """

    groups: tuple[Any, ...]
    estimates: tuple[float | None, ...]
    standard_errors: tuple[float | None, ...]
    samples: tuple[int, ...]
    populations: tuple[float, ...]
    covariances: tuple[tuple[float, ...], ...]
    left_out: int
    lone_strata: int

    def data(
        self,
        *,
        orders: Sequence[float] | None = None,
        scale: Scale | None = None,
        polarity: Polarity | None = None,
        reference: int | None = None,
    ) -> GroupedData:
        """The groups as grouped data.

        Args:
            orders: social position of each group, 1 lowest; ``None``: no order.
            scale: how the values are expressed.
            polarity: whether high values are good.
            reference: position (from 0) of the reference group.
        """
        return GroupedData(
            estimates=self.estimates,
            populations=self.populations,
            standard_errors=self.standard_errors,
            orders=None if orders is None else tuple(map(float, orders)),
            scale=scale,
            polarity=polarity,
            reference=reference,
            samples=tuple(map(float, self.samples)),
        )


def group_persons(
    outcome: Floats,
    group: NDArray[Any],
    weights: Floats | None = None,
    *,
    clusters: NDArray[Any] | None = None,
    strata: NDArray[Any] | None = None,
    factor: float = 1.0,
    lone: Lone = "centred",
) -> PersonGroups:
    r"""Weighted mean of each group of persons, with standard errors under the survey's design.

    $\hat y_g = \sum_{i \in g} w_i y_i / \sum_{i \in g} w_i$, with the Taylor linearisation of
    this ratio: person $i$ of group $g$ has the influence $w_i (y_i - \hat y_g) / \sum_g w$, all
    others 0. Groups are parts of one sample: clusters without persons of a group, or without
    persons whose outcome is known, still count as clusters.

    Persons are left out where outcome, group or weight is not known or the weight is 0; without
    known cluster or stratum, where such are given.

    Source: Binder 1983, Int Stat Rev 51: 279-292.

    Args:
        outcome: of each person, 0 and 1 for shares, shape ``(n,)``.
        group: social group of each, numbers or texts, shape ``(n,)``.
        weights: persons that each stands for, shape ``(n,)``; ``None``: one.
        clusters: primary sampling unit of each, shape ``(n,)``.
        strata: stratum of each, shape ``(n,)``.
        factor: what estimates are multiplied with: 100 for per cent.
        lone: what strata with one cluster count, see :func:`covariances`.

    Raises:
        ValueError: if shapes differ or a weight is negative or infinite.

    >>> found = group_persons(np.array([1.0, 0, 1, 1]), np.array(["a", "a", "b", "b"]), factor=100)
    >>> found.groups, found.estimates, found.samples
    (('a', 'b'), (50.0, 100.0), (2, 2))
    >>> [round(se, 3) for se in found.standard_errors]
    [40.825, 0.0]
    """
    outcome, group = np.asarray(outcome, dtype=np.float64), np.asarray(group)
    weight = np.ones(len(outcome)) if weights is None else np.asarray(weights, dtype=np.float64)
    for part in (outcome, group, weight, clusters, strata):
        if part is not None and np.shape(part) != (len(outcome),):
            raise ValueError(f"shape {np.shape(part)} for {len(outcome)} persons")
    if (weight < 0).any() or np.isinf(weight).any():
        raise ValueError("weights: negative or infinite")
    drawn = np.ones(len(outcome), dtype=bool)
    for part in (clusters, strata):
        if part is not None:
            drawn &= ~missing(np.asarray(part))
    known = drawn & np.isfinite(outcome) & ~missing(group) & (weight > 0)
    design = survey_design(int(drawn.sum()), _of(clusters, drawn), _of(strata, drawn))
    names, own = np.unique(group[known], return_inverse=True)
    count = len(names)
    total = np.bincount(own, weights=weight[known], minlength=count)
    mean = np.bincount(own, weights=weight[known] * outcome[known], minlength=count) / total
    influence = np.zeros(design.persons)
    code = np.full(design.persons, -1)
    inside = known[drawn]
    influence[inside] = weight[known] * (outcome[known] - mean[own]) / total[own]
    code[inside] = own
    matrix = factor**2 * _covariances(influence, code, count, design, lone)
    errors = np.sqrt(np.maximum(np.diag(matrix), 0.0))
    samples = np.bincount(own, minlength=count)
    return PersonGroups(
        groups=tuple(names.tolist()),
        estimates=tuple((factor * mean).tolist()),
        # The scatter of one person is not known, whatever the design says.
        standard_errors=tuple(
            None if n < 2 or np.isnan(e) else float(e) for n, e in zip(samples, errors, strict=True)
        ),
        samples=tuple(samples.tolist()),
        populations=tuple(total.tolist()),
        covariances=tuple(map(tuple, matrix.tolist())),
        left_out=len(outcome) - int(known.sum()),
        lone_strata=int((design.sizes() == 1).sum()),
    )


def _of(part: NDArray[Any] | None, rows: NDArray[np.bool_]) -> NDArray[Any] | None:
    return None if part is None else np.asarray(part)[rows]


def _covariances(influence: Floats, code: Codes, count: int, design: Design, lone: Lone) -> Floats:
    """Covariances of the means; of persons drawn alone without a table of persons by groups."""
    inside = code >= 0
    part, own = influence[inside], code[inside]
    if design.clusters is not None:
        cell = design.clusters[inside] * count + own
        size = len(design.strata)
        totals = np.bincount(cell, weights=part, minlength=size * count).astype(np.float64)
        return covariances(totals.reshape(size, count), design, lone)
    sizes = design.sizes()
    if not (sizes > 1).any():
        return np.full((count, count), np.nan)
    strata = len(sizes)
    cell = design.strata[inside] * count + own
    shape = (strata, count)
    table = np.bincount(cell, weights=part, minlength=strata * count).reshape(shape)
    squares = np.bincount(cell, weights=part**2, minlength=strata * count).reshape(shape)
    single = sizes == 1
    factor = np.where(single, float(lone == "centred"), sizes / np.maximum(sizes - 1.0, 1.0))
    centre = np.where(single, 0.0, factor / sizes)
    found: Floats = np.diag(factor @ squares) - (table * centre[:, None]).T @ table
    return found
