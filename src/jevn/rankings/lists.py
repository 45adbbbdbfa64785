"""Ranked lists as a value: who put what in which order, with what weight."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Tier = tuple[str, ...]
"""Items that one list holds equal. Most lists have one item in every tier."""


@dataclass(frozen=True, slots=True)
class RankedLists:
    """Lists over the same items, best first, each with a weight.

    Attributes:
        items: every item that can be ranked, in a fixed order; it settles the order in
            which tied items are shown.
        lists: per list its tiers, best first. Items that no tier names are unlisted:
            below all listed ones, tied among themselves.
        weights: per list how many voters it stands for (any positive number).
        names: per list who made it, or empty.
    """

    items: tuple[str, ...]
    lists: tuple[tuple[Tier, ...], ...]
    weights: tuple[float, ...]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that the lists are valid.

        Raises:
            ValueError: if an item stands twice in a list or among the items, a list names
                an unknown item, a weight is not positive, or lengths differ.
        """
        known = set(self.items)
        if len(known) != len(self.items):
            raise ValueError("an item stands twice among the items")
        if len(self.weights) != len(self.lists):
            raise ValueError("there must be one weight per list")
        if self.names and len(self.names) != len(self.lists):
            raise ValueError("there must be one name per list, or none")
        if any(not (math.isfinite(w) and w > 0) for w in self.weights):
            raise ValueError("a weight must be a positive number")
        for tiers in self.lists:
            listed = [item for tier in tiers for item in tier]
            if len(set(listed)) != len(listed):
                raise ValueError("an item stands twice in a list")
            if not known.issuperset(listed):
                raise ValueError("a list names an item that is not among the items")

    @classmethod
    def of(
        cls,
        lists: Iterable[Sequence[str | Tier]],
        *,
        weights: Sequence[float] | None = None,
        items: Sequence[str] | None = None,
        names: Sequence[str] = (),
    ) -> RankedLists:
        """Make from plain sequences; a tuple inside a list holds items that are equal.

        >>> RankedLists.of([["a", "b"], ["b"]]).items
        ('a', 'b')
        """
        tiers = tuple(
            tuple((entry,) if isinstance(entry, str) else tuple(entry) for entry in ranked)
            for ranked in lists
        )
        if items is None:
            items = tuple(dict.fromkeys(item for lst in tiers for tier in lst for item in tier))
        return cls(
            items=tuple(items),
            lists=tiers,
            weights=tuple(weights) if weights is not None else (1.0,) * len(tiers),
            names=tuple(names),
        )

    def without(self, index: int) -> RankedLists:
        """The same items with one list left out.

        Raises:
            IndexError: if there is no list with this number.
        """
        if not 0 <= index < len(self.lists):
            raise IndexError(index)
        keep = [i for i in range(len(self.lists)) if i != index]
        return RankedLists(
            items=self.items,
            lists=tuple(self.lists[i] for i in keep),
            weights=tuple(self.weights[i] for i in keep),
            names=tuple(self.names[i] for i in keep) if self.names else (),
        )
