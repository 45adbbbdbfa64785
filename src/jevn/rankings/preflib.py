"""Reading and writing PrefLib's files of ranked lists (``.soc``, ``.soi``, ``.toc``, ``.toi``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from jevn.rankings.lists import RankedLists, Tier
from jevn.terms import InputRefused, Problem

_NAME = re.compile(r"#\s*ALTERNATIVE NAME\s+(\S+?)\s*:\s*(.*)", re.IGNORECASE)
_TIER = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_LINE = re.compile(r"(\d+)\s*:\s*(.*)")
_ORDER = re.compile(r"(\{[^{}]*\}|[^,{}]+)(\s*,\s*(\{[^{}]*\}|[^,{}]+))*")


def read_preflib(path: Path) -> tuple[RankedLists, dict[str, str]]:
    """Read a file in PrefLib's format: ``count: a,{b,c},d``, best first.

    Mattei, N. & Walsh, T. (2013): *PrefLib: A Library for Preferences*,
    doi:10.1007/978-3-642-41575-3_20.

    Args:
        path: a ``.soc``, ``.soi``, ``.toc`` or ``.toi`` file.

    Returns:
        The lists (weight = count; items = the file's alternative numbers, in its order)
        and the alternatives' names by item.

    Raises:
        InputRefused: ``preflib_read``, ``preflib_line``, ``preflib_twice``,
            ``preflib_unknown`` or ``preflib_empty``, with file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused([Problem("preflib_read", file=path.name)]) from error
    names: dict[str, str] = {}
    lists: list[tuple[Tier, ...]] = []
    weights: list[float] = []
    problems: list[Problem] = []
    for row, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("#"):
            if found := _NAME.match(line):
                names[found[1]] = found[2].strip()
            continue
        found = _LINE.fullmatch(line)
        if not found or int(found[1]) < 1 or not _ORDER.fullmatch(found[2]):
            problems.append(Problem("preflib_line", path.name, row))
            continue
        tiers = tuple(
            tuple(part.strip() for part in (tied or single).split(",") if part.strip())
            for tied, single in _TIER.findall(found[2])
        )
        listed = [item for tier in tiers for item in tier]
        unknown = sorted(set(listed) - set(names)) if names else []
        if len(set(listed)) != len(listed):
            problems.append(Problem("preflib_twice", path.name, row))
        elif unknown:
            problems.append(Problem("preflib_unknown", path.name, row, params={"item": unknown[0]}))
        else:
            lists.append(tiers)
            weights.append(float(found[1]))
    if not lists and not problems:
        problems.append(Problem("preflib_empty", path.name))
    if problems:
        raise InputRefused(problems)
    return RankedLists.of(lists, weights=weights, items=tuple(names) or None), names


def write_preflib(lists: RankedLists, names: Mapping[str, str], path: Path) -> None:
    """Write a file in PrefLib's format, equal lists counted together, the most frequent first.

    Items get the numbers 1, 2, ... in their order; what they are called stands in the head.

    Args:
        lists: lists whose weights are whole numbers.
        names: what items are called; an item without a name is called by itself.
        path: file to write; its ending says the kind (``.soi`` where lists stop early, ``.toi``
            where they hold items equal too, ``.soc`` and ``.toc`` for whole lists).

    Raises:
        ValueError: if a weight is not a whole number, or the lists are not of the ending's kind.
    """
    kind = path.suffix.lower().removeprefix(".")
    number = {item: i for i, item in enumerate(lists.items, start=1)}
    tied = any(len(tier) > 1 for tiers in lists.lists for tier in tiers)
    short = any(sum(map(len, tiers)) < len(lists.items) for tiers in lists.lists)
    if kind not in ("soc", "soi", "toc", "toi"):
        raise ValueError(f"no such kind of file: {path.suffix}")
    if (tied and kind[0] == "s") or (short and kind[2] == "c"):
        raise ValueError(f"the lists are not of the kind {kind}")
    counted: dict[str, int] = {}
    for tiers, weight in zip(lists.lists, lists.weights, strict=True):
        if not float(weight).is_integer():
            raise ValueError("a weight must be a whole number")
        parts = [
            str(number[tier[0]]) if len(tier) == 1
            else "{" + ",".join(str(number[item]) for item in tier) + "}"
            for tier in tiers
        ]  # fmt: skip
        line = ",".join(parts)
        counted[line] = counted.get(line, 0) + int(weight)
    head = [
        f"# FILE NAME: {path.name}",
        f"# DATA TYPE: {kind}",
        f"# NUMBER ALTERNATIVES: {len(lists.items)}",
        f"# NUMBER VOTERS: {sum(counted.values())}",
        f"# NUMBER UNIQUE ORDERS: {len(counted)}",
        *(f"# ALTERNATIVE NAME {i}: {names.get(item, item)}" for item, i in number.items()),
    ]
    body = [f"{n}: {line}" for line, n in sorted(counted.items(), key=lambda x: (-x[1], x[0]))]
    path.write_text("\n".join([*head, *body]) + "\n", "utf-8")
