"""The Plackett-Luce model: lists as choices of the best among what is left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.rankings.lists import RankedLists
from jevn.rankings.ordering import by_score
from jevn.rankings.pairwise import pairwise
from jevn.rankings.result import Ranking

Floats = NDArray[np.float64]
ALPHA = 1e-4
"""Regularisation: so many wins and so much exposure are added to each item."""
_TURNS = 10_000
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Strengths:
    """Strengths of items by the Plackett-Luce model.

    Attributes:
        items: the items.
        log_strength: logarithm of each item's strength; they sum to 0.
        standard_error: standard error of each, from the observed information.
        turns: steps of the iteration.
    """

    items: tuple[str, ...]
    log_strength: tuple[float, ...]
    standard_error: tuple[float, ...]
    turns: int


def plackett_luce(lists: RankedLists, *, alpha: float = ALPHA) -> Ranking:
    r"""Order items by their strength in the Plackett-Luce model.

    A list is read as choices: the first item is chosen among all, the second among what is left,
    and so on; the chance of choosing *i* from a set *A* is :math:`w_i / \sum_{k \in A} w_k`.
    Items that a list leaves out are in every one of its sets and are never chosen. Items that a
    list holds equal are each chosen from what was left before them. Scores are the logarithms of
    the strengths, centred.

    Plackett, R. L. (1975): *The analysis of permutations*, Applied Statistics 24(2); Luce, R. D.
    (1959): *Individual choice behavior*.

    Args:
        lists: lists with weights.
        alpha: regularisation that keeps strengths finite where an item always or never wins.

    Raises:
        ValueError: if ``alpha`` is not above 0.

    >>> plackett_luce(RankedLists.of([["a", "b"], ["a", "c"], ["b", "a"]])).order[0]
    'a'
    """
    found = strengths(lists, alpha=alpha)
    table = pairwise(lists)
    return by_score("plackett-luce", table, found.log_strength)


def strengths(lists: RankedLists, *, alpha: float = ALPHA) -> Strengths:
    """Strengths with their standard errors, by the minorise-maximise iteration.

    Hunter, D. R. (2004): *MM algorithms for generalized Bradley-Terry models*, Annals of
    Statistics 32(1). Each turn sets a strength to (wins + alpha) / (exposure + alpha), where
    exposure is the sum over the sets an item was in of 1 / the set's strength.

    Args:
        lists: lists with weights.
        alpha: regularisation.

    Raises:
        ValueError: if ``alpha`` is not above 0.
    """
    if not alpha > 0:
        raise ValueError("alpha must be above 0")
    n = len(lists.items)
    if n == 0:
        return Strengths((), (), (), 0)
    choices = _Choices(lists)
    weights, logs, turns = np.ones(n), np.zeros(n), 0
    while turns < _TURNS:
        turns += 1
        before = logs
        logs = np.log((choices.wins + alpha) / (choices.exposure(weights) + alpha))
        logs = logs - logs.mean()
        weights = np.exp(logs)
        weights *= n / weights.sum()
        if np.abs(logs - before).sum() < _CLOSE * n:
            break
    errors = choices.errors(weights, alpha)
    return Strengths(lists.items, tuple(map(float, logs)), tuple(map(float, errors)), turns)


class _Choices:
    """All choices of all lists, laid out by list and place."""

    def __init__(self, lists: RankedLists) -> None:
        n = len(lists.items)
        number = {item: i for i, item in enumerate(lists.items)}
        longest = max((sum(map(len, tiers)) for tiers in lists.lists), default=0)
        many = len(lists.lists)
        self.n = n
        self.item = np.full((many, longest), -1, dtype=np.int64)
        self.tier = np.full((many, longest), -1, dtype=np.int64)
        self.voters = np.asarray(lists.weights, dtype=np.float64)
        for row, tiers in enumerate(lists.lists):
            place = 0
            for tier in tiers:
                start = place
                for item in tier:
                    self.item[row, place] = number[item]
                    self.tier[row, place] = start
                    place += 1
        there = self.item >= 0
        # choosing among one is no choice
        self.real = there & (n - self.tier > 1)
        self.wins = np.zeros(n)
        rows, places = np.nonzero(self.real)
        np.add.at(self.wins, self.item[rows, places], self.voters[rows])

    def _left(self, weights: Floats) -> Floats:
        """Strength of the set that each choice was made from, (lists, places)."""
        own = np.where(self.item >= 0, weights[self.item], 0.0)
        gone = np.concatenate([np.zeros((len(own), 1)), own.cumsum(axis=1)], axis=1)
        start = np.take_along_axis(gone, np.maximum(self.tier, 0), axis=1)
        left: Floats = np.maximum(weights.sum() - start, 1e-300)
        return left

    def exposure(self, weights: Floats) -> Floats:
        """Sum over the sets each item was in of 1 / the set's strength, (items,)."""
        part = np.where(self.real, self.voters[:, None] / self._left(weights), 0.0)
        whole = part.sum(axis=1)
        found = np.full(self.n, whole.sum())
        # an item is no longer in the sets after its own tier
        passed = np.concatenate([np.zeros((len(part), 1)), part.cumsum(axis=1)], axis=1)
        later = self.item >= 0
        end = _ends(self.tier)
        until = np.take_along_axis(passed, np.maximum(end, 0), axis=1)
        rows, places = np.nonzero(later)
        np.add.at(found, self.item[rows, places], until[rows, places] - whole[rows])
        return found

    def errors(self, weights: Floats, alpha: float) -> Floats:
        """Standard errors of centred log strengths from the observed information."""
        n, many = self.n, len(self.item)
        information = np.zeros((n, n))
        left = self._left(weights)
        inside = np.ones((many, n))
        for place in range(self.item.shape[1]):
            new = (self.tier[:, place] == place) & (place > 0)
            for earlier in range(place):
                rows = np.flatnonzero(new & (self.tier[:, earlier] == self.tier[:, place - 1]))
                inside[rows, self.item[rows, earlier]] = 0.0
            rows = np.flatnonzero(self.real[:, place])
            p = inside[rows] * weights / left[rows, place][:, None]
            voters = self.voters[rows]
            information += np.diag(voters @ p) - (p * voters[:, None]).T @ p
        information += np.diag(alpha * weights)
        centre = np.eye(n) - 1.0 / n
        inverse = np.linalg.pinv(centre @ information @ centre, hermitian=True)
        errors: Floats = np.sqrt(np.maximum(np.diag(inverse), 0.0))
        return errors


def _ends(tier: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place after the last one of each entry's tier, (lists, places)."""
    many, longest = tier.shape
    end = np.full((many, longest), longest, dtype=np.int64)
    following = np.full(many, longest, dtype=np.int64)
    for place in range(longest - 1, -1, -1):
        last = np.full(many, True) if place == longest - 1 else tier[:, place + 1] != tier[:, place]
        following = np.where(last, place + 1, following)
        end[:, place] = following
    return end
