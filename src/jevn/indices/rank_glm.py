"""Curves of shares or rates on social rank: logistic and log-linear, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

Link = Literal["logit", "log"]
"""``logit``: logistic curve of shares. ``log``: exponential curve of rates (Poisson)."""

_STEPS = 60
_HALVINGS = 30
_CLOSE = 1e-9
_BLOCK = 16_384
"""Settings solved together: few enough that their arrays stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class RankGlm:
    """Fitted curves ``g(y) = a + b R`` of ``s`` settings, in cases per person.

    Attributes:
        at_bottom: fitted value at rank 0, shape ``(s,)``; not-a-number without solution.
        at_top: fitted value at rank 1, shape ``(s,)``.
        fitted: fitted value of each group, shape ``(s, k)``; 0 at groups without weight.
        by_bottom: derivative of the linear predictor at rank 0 by each value, ``(s, k)``.
        by_top: the same at rank 1.
        separated: settings without a finite solution, shape ``(s,)``.
        one_position: settings with fewer than two ranks, shape ``(s,)``.
    """

    at_bottom: Floats
    at_top: Floats
    fitted: Floats
    by_bottom: Floats
    by_top: Floats
    separated: Flags
    one_position: Flags


def fit_on_ranks(values: Floats, weights: Floats, ranks: Floats, link: Link) -> RankGlm:
    r"""Maximum likelihood of binomial or Poisson regression on rank.

    Newton's method on the score $\sum w_i (y_i - \mu_i)(1, R_i) = 0$, which for the canonical
    links is iteratively reweighted least squares. The 2 x 2 systems are solved in closed form,
    centred on the mean rank of each step; a step that overshoots is halved. The last step is
    below 1e-9 of the coefficients, which leaves an error of about its square.

    Where all values are 0, or all are 1 (``logit``), the curve is flat. Where all cases lie at
    one end of the ladder and nothing else overlaps with them, no finite solution exists.

    Args:
        values: cases per person, 0 to 1 for ``logit``, 0 or more for ``log``; ``(s, k)``.
        weights: weight of each group, ``(s, k)``; 0: the group is left out.
        ranks: rank of each group, ``(s, k)``.
        link: kind of curve.

    Returns:
        The curves; not-a-number where a value is not possible.

    Source: McCullagh & Nelder 1989, Generalized Linear Models, ch. 2 and 4; on separation
    Albert & Anderson 1984, Biometrika 71: 1-10.

    >>> curve = fit_on_ranks(
    ...     np.array([[0.25, 0.5]]), np.array([[1.0, 1.0]]), np.array([[0.25, 0.75]]), "log"
    ... )
    >>> round(float(curve.at_top[0] / curve.at_bottom[0]), 9)
    4.0
    """
    settings, groups = values.shape
    flats = np.empty((4, settings))
    boxes = np.empty((3, settings, groups))
    with np.errstate(all="ignore"):
        for start in range(0, settings, _BLOCK):
            part = slice(start, start + _BLOCK)
            y, w, r = (np.ascontiguousarray(x[part].T) for x in (values, weights, ranks))
            flats[:, part], boxes[:, part] = _fitted(y, w, r, link)
    return RankGlm(flats[0], flats[1], boxes[0], boxes[1], boxes[2], flats[2] > 0, flats[3] > 0)


def _fitted(y: Floats, w: Floats, r: Floats, link: Link) -> tuple[Floats, Floats]:
    """One block, groups along the first axis: results per setting, and per group."""
    used = w > 0
    y, w, r = np.where(used, y, 0.0), np.where(used, w, 0.0), np.where(used, r, 0.0)
    w = w / w.sum(axis=0)
    most = 1.0 if link == "logit" else np.inf
    possible = np.isfinite(w).all(axis=0) & ((y >= 0) & (y <= most)).all(axis=0)
    mean = (w * y).sum(axis=0)
    centre = (w * r).sum(axis=0)
    single = possible & ((w * (r - centre) ** 2).sum(axis=0) <= 1e-14)
    flat = (y == 0).all(axis=0) | (((y == 1) | ~used).all(axis=0) & (link == "logit"))
    separated = possible & ~single & ~flat & _separated(y, r, used, link)
    a, b = _linked(mean, link), np.zeros_like(mean)
    work = np.flatnonzero(possible & ~single & ~flat & ~separated)
    a[work], b[work] = _solve(y[:, work], w[:, work], r[:, work], link)
    # Without convergence the solution lies beyond what numbers hold: as good as none.
    separated |= possible & ~single & ~flat & np.isnan(b)
    gone = ~possible | single | separated
    a[gone] = b[gone] = np.nan
    fitted = _mean(a + b * r, link)
    # A flat curve at 0 or 1 is the limit of flat curves, whose weights are alike.
    slopes = np.where(flat, w, w * _derivative(fitted, link))
    total = slopes.sum(axis=0)
    middle = (slopes * r).sum(axis=0) / total
    spread = (slopes * (r - middle) ** 2).sum(axis=0)
    by_slope = w * (r - middle) / spread
    by_bottom = w / total - middle * by_slope
    per_setting = np.array([_mean(a, link), _mean(a + b, link), separated, single])
    boxes = np.array([np.where(used, fitted, 0.0), by_bottom, by_bottom + by_slope])
    return per_setting, boxes.transpose(0, 2, 1)


def _solve(y: Floats, w: Floats, r: Floats, link: Link) -> tuple[Floats, Floats]:
    """Newton's method; only what has not converged is worked on."""
    a = _linked((w * y).sum(axis=0), link)
    b = np.zeros_like(a)
    answer = np.full((2, a.size), np.nan)
    open_ = np.arange(a.size)
    mu = _mean(a + b * r, link)
    for _ in range(_STEPS):
        if not open_.size:
            break
        curve = w * _derivative(mu, link)
        total = curve.sum(axis=0)
        middle = (curve * r).sum(axis=0) / total
        away = r - middle
        miss = w * (y - mu)
        db = (miss * away).sum(axis=0) / (curve * away**2).sum(axis=0)
        da = miss.sum(axis=0) / total - middle * db
        rise = (miss * (da + db * r)).sum(axis=0)
        small = np.abs(da) + np.abs(db) <= _CLOSE * (1 + np.abs(a) + np.abs(b))
        step = np.ones_like(a)
        mu = _mean(a + da + (b + db) * r, link)
        for _ in range(_HALVINGS):
            after = (w * (y - mu) * (da + db * r)).sum(axis=0)
            over = np.flatnonzero(~small & ~(after >= -0.5 * rise))
            if not over.size:
                break
            step[over] /= 2
            at, bt = a[over] + step[over] * da[over], b[over] + step[over] * db[over]
            mu[:, over] = _mean(at + bt * r[:, over], link)
        a, b = a + step * da, b + step * db
        if small.any():
            answer[:, open_[small]] = a[small], b[small]
            left = ~small
            open_, a, b = open_[left], a[left], b[left]
            y, w, r, mu = y[:, left], w[:, left], r[:, left], mu[:, left]
    return answer[0], answer[1]


def _separated(y: Floats, r: Floats, used: Flags, link: Link) -> Flags:
    """Settings whose likelihood has no greatest value at finite coefficients."""
    cases, none = used & (y > 0), used & (y < 1)
    first, last = _range(r, cases)
    low, high = _range(r, none if link == "logit" else used)
    if link == "logit":
        return np.asarray((last <= low) | (high <= first), dtype=bool)
    return np.asarray((first == last) & ((first == low) | (first == high)), dtype=bool)


def _range(r: Floats, chosen: Flags) -> tuple[Floats, Floats]:
    return (
        np.where(chosen, r, np.inf).min(axis=0),
        np.where(chosen, r, -np.inf).max(axis=0),
    )


def _linked(mean: Floats, link: Link) -> Floats:
    return np.asarray(np.log(mean) - (np.log1p(-mean) if link == "logit" else 0.0))


def _mean(predictor: Floats, link: Link) -> Floats:
    if link == "log":
        return np.asarray(np.exp(predictor))
    return np.asarray(1 / (1 + np.exp(-predictor)))


def _derivative(mean: Floats, link: Link) -> Floats:
    return mean * (1 - mean) if link == "logit" else mean
