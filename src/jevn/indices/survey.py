"""Sampling errors under a survey's design: weights, clusters and strata."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats

Lone = Literal["centred", "certainty"]
"""Strata with one cluster: its distance from the mean of all clusters, or no contribution."""

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Design:
    """Which cluster and stratum each person was drawn in; clusters are nested in strata.

    Attributes:
        clusters: cluster of each person as a number from 0, shape ``(n,)``; ``None``: each
            person is a cluster.
        strata: stratum of each cluster as a number from 0, shape ``(c,)``.
        persons: number of persons.
    """

    clusters: Codes | None
    strata: Codes
    persons: int

    @property
    def number_of_strata(self) -> int:
        """How many strata there are."""
        return int(self.strata.max(initial=-1)) + 1

    def sizes(self) -> Codes:
        """Clusters in each stratum."""
        return np.bincount(self.strata, minlength=self.number_of_strata)

    def totals(self, parts: Floats) -> Floats:
        """Sums over the persons of each cluster, shape ``(c,)``."""
        if self.clusters is None:
            return parts
        sums = np.bincount(self.clusters, weights=parts, minlength=len(self.strata))
        return sums.astype(np.float64)


def survey_design(
    persons: int, clusters: NDArray[Any] | None = None, strata: NDArray[Any] | None = None
) -> Design:
    """The design of a sample from columns of any kind. Clusters count within their stratum.

    Args:
        persons: number of persons.
        clusters: primary sampling unit of each person, shape ``(n,)``.
        strata: stratum of each person, shape ``(n,)``.

    >>> design = survey_design(4, np.array([1, 1, 2, 1]), np.array(["a", "a", "a", "b"]))
    >>> design.clusters.tolist(), design.strata.tolist()
    ([0, 0, 1, 2], [0, 0, 1])
    """
    group = np.zeros(persons, dtype=np.int64) if strata is None else dense_codes(strata)
    if clusters is None:
        return Design(None, group, persons)
    own = dense_codes(clusters)
    joint = dense_codes(group * (own.max(initial=0) + 1) + own)
    stratum = np.zeros(joint.max(initial=-1) + 1, dtype=np.int64)
    stratum[joint] = group
    return Design(joint, stratum, persons)


def covariances(totals: Floats, design: Design, lone: Lone = "centred") -> Floats:
    r"""Sampling covariances of estimates from linearised totals of the clusters.

    $$ \sum_h \frac{n_h}{n_h - 1} \sum_i (z_{hi} - \bar z_h)(z_{hi} - \bar z_h)^T $$

    with $z_{hi}$ the sum of the influences of the persons in cluster $i$ of stratum $h$, and
    $n_h$ the clusters in the stratum; as if clusters were drawn with replacement. A stratum with
    one cluster: ``lone``, where *centred* counts its squared distance from the mean of all
    clusters, which is too much rather than too little, and *certainty* nothing.

    Source: Binder 1983, Int Stat Rev 51: 279-292.

    Args:
        totals: of each cluster, shape ``(c, m)``.
        design: stratum of each cluster.
        lone: what strata with one cluster count.

    Returns:
        Shape ``(m, m)``; not-a-number where no stratum has two clusters.
    """
    sizes = design.sizes()
    if not (sizes > 1).any():
        return np.full((totals.shape[1],) * 2, np.nan)
    strata = design.number_of_strata
    mean = np.empty((strata, totals.shape[1]))
    for at, column in enumerate(totals.T):
        mean[:, at] = np.bincount(design.strata, weights=column, minlength=strata) / sizes
    single = sizes == 1
    mean[single] = totals.mean(axis=0) if lone == "centred" else mean[single]
    factor = np.where(single, 1.0, sizes / np.maximum(sizes - 1.0, 1.0))
    away = totals - (mean[0] if strata == 1 else mean[design.strata])
    scaled = away * (factor[0] if strata == 1 else factor[design.strata][:, None])
    found: Floats = away.T @ scaled
    return found


def dense_codes(values: NDArray[Any]) -> Codes:
    """Numbers from 0 without gaps in the place of any values, in their order.

    >>> dense_codes(np.array(["b", "a", "b"])).tolist()
    [1, 0, 1]
    """
    if np.issubdtype(values.dtype, np.integer) and values.size:
        least = values.min()
        if values.max() - least < 4 * values.size + 1000:
            shifted = (values - least).astype(np.int64)
            present = np.bincount(shifted) > 0
            codes: Codes = np.cumsum(present, dtype=np.int64)[shifted] - 1
            return codes
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def missing(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a column of any kind has no value: none, not-a-number or empty text.

    >>> missing(np.array(["a", None, ""], dtype=object)).tolist()
    [False, True, True]
    """
    if np.issubdtype(values.dtype, np.floating):
        unknown: NDArray[np.bool_] = np.isnan(values)
        return unknown
    if values.dtype.kind in "OUST":
        return np.array(
            [v in (None, "") or (isinstance(v, float) and isnan(v)) for v in values.tolist()],
            dtype=bool,
        )
    return np.zeros(len(values), dtype=bool)
