"""Reading ranked lists from a table: a row for each item that a list names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jevn.rankings.lists import RankedLists, Tier
from jevn.tables import Column, TableSchema, read_table
from jevn.terms import InputRefused, Problem

LISTS: Final = TableSchema(
    "lists",
    "An item's place in a ranked list.",
    (
        Column("list", "text", "who made the list", True, aliases=("liste", "gruppe", "group")),
        Column("rank", "integer", "place, 1 is best; equal places are ties", True, (),
               ("rang", "plass"), 1),
        Column("item", "text", "the item", True, aliases=("punkt", "forslag", "project")),
        Column("weight", "number", "voters that the list stands for (default 1)",
               aliases=("vekt", "antall", "voters")),
    ),
    key=("list", "item"),
)  # fmt: skip


def read_table_of_lists(path: Path) -> tuple[RankedLists, dict[str, str]]:
    """Read ranked lists from a table with the columns ``list``, ``rank``, ``item``, ``weight``.

    Lists and items come in the order in which the file first names them. Places may have gaps.

    Returns:
        The lists, named, and each item's name by itself.

    Raises:
        InputRefused: faults of the table (``table_...``), ``rankings_weight`` (not above 0, or
            several for one list), or ``rankings_empty``.
    """
    rows = read_table(path, LISTS)
    places: dict[str, dict[int, list[str]]] = {}
    weights: dict[str, float] = {}
    problems: list[Problem] = []
    for row in rows.iter_rows(named=True):
        name = row["list"]
        places.setdefault(name, {}).setdefault(row["rank"], []).append(row["item"])
        if row["weight"] is None:
            continue
        known = weights.setdefault(name, row["weight"])
        if row["weight"] <= 0 or known != row["weight"]:
            params = {"list": name}
            problems.append(Problem("rankings_weight", path.name, row["_row"], "weight", params))
    if not places:
        problems.append(Problem("rankings_empty", path.name))
    if problems:
        raise InputRefused(problems)
    lists: list[list[str | Tier]] = [
        [tuple(found[rank]) for rank in sorted(found)] for found in places.values()
    ]
    items = tuple(dict.fromkeys(rows["item"].to_list()))
    return (
        RankedLists.of(
            lists,
            weights=[weights.get(name, 1.0) for name in places],
            items=items,
            names=tuple(places),
        ),
        {item: item for item in items},
    )
