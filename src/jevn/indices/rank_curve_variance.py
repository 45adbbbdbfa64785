"""Where the uncertainty of a curve on social rank comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from jevn.indices.rank_glm import Link, RankGlm, fit_on_ranks
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings

CurveVariance = Literal["delta", "hc1", "classical", "bootstrap"]
"""The groups' own standard errors; the scatter about the curve; the model; draws."""


@dataclass(frozen=True, eq=False)
class CurveData:
    """What a curve is fitted to, of ``s`` settings with ``k`` groups.

    Attributes:
        groups: the settings.
        shares: values in cases per person, shape ``(s, k)``; 0 where not known.
        weights: weights of the groups in the fit, shape ``(s, k)``; 0 where not known.
        ranks: rank of each group, shape ``(s, k)``.
        units: what the value of all would be if all were cases, shape ``(s,)``.
        link: kind of curve.
    """

    groups: GroupedSettings
    shares: Floats
    weights: Floats
    ranks: Floats
    units: Floats
    link: Link

    @classmethod
    def of(cls, groups: GroupedSettings, link: Link) -> CurveData:
        """Values as they are, weighted with persons once."""
        shares = groups.filled / groups.units[:, None]
        return cls(groups, shares, groups.shares, groups.ranks, groups.units, link)

    def fitted(self) -> RankGlm:
        """The curves."""
        return fit_on_ranks(self.shares, self.weights, self.ranks, self.link)

    def se(self, curve: RankGlm, gradient: Floats, variance: CurveVariance) -> Floats:
        """Standard error of what is computed from the curves, shape ``(s,)``.

        ``sqrt(sum g_i^2 v_i)``, which is the sandwich ``A^-1 X' diag(w^2 v) X A^-1`` with
        ``A = X'WX``, carried through the derivative ``g``. The variance ``v_i`` of a group is
        its squared standard error (``delta``), its squared distance from the curve times
        ``k / (k - 2)`` (``hc1``), or that of the model with every person counted
        (``classical``; White 1980, Econometrica 48: 817-838).

        Args:
            curve: what :meth:`fitted` gave.
            gradient: derivative by each of ``shares``, shape ``(s, k)``.
            variance: where the uncertainty comes from.

        Raises:
            ValueError: if ``variance`` is not known.
        """
        groups = self.groups
        gradient = np.where(groups.known, gradient, 0.0)
        if variance == "delta":
            return groups.propagated(gradient / self.units[:, None])
        if variance == "hc1":
            free = groups.groups - 2
            spread = (self.shares - curve.fitted) ** 2 * (groups.groups / free)[:, None]
            known = free > 0
        elif variance == "classical":
            spread = curve.fitted / groups.sizes
            if self.link == "logit":
                spread = spread * (1 - curve.fitted)
            known = groups.weighted
        else:
            raise ValueError(f"variance: {variance} is not one of delta, hc1, classical, bootstrap")
        squares = np.where(groups.known, gradient**2 * spread, 0.0).sum(axis=1)
        return np.where(known, np.sqrt(squares), np.nan)

    def notes(self, curve: RankGlm) -> list[tuple[Flags, str]]:
        """What is to be said of the fit."""
        below = (self.shares < 0).any(axis=1)
        most = 1.0 if self.link == "logit" else np.inf
        above = (self.shares > most).any(axis=1)
        return [
            (np.isnan(self.units), "no_curve_of_means"),
            (np.asarray(below | above, dtype=bool), "outside_unit"),
            (curve.one_position, "one_position"),
            (curve.separated, "separated"),
        ]
