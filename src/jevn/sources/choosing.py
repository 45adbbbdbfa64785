"""Choosing values of a variable: expressions become the producer's codes, in its order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jevn.sources.asking import Wanted, parted
from jevn.sources.dataset import Role
from jevn.sources.provider import Selection, TableInfo, Variable
from jevn.terms import UserError

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def chosen_codes(variable: Variable, selections: Sequence[Selection]) -> list[str]:
    """The codes that selections of one variable mean together, each once, in the table's order.

    A table may list its periods from the newest, or number them and have the years in the names;
    ``top(3)`` is the newest three and ``from(2015)`` the years from 2015 all the same.

    Raises:
        UserError: ``sources_unknown_value``, also where an expression means no value at all
            (services answer such a question with everything, or not at all);
            ``sources_selection``.
    """
    codes = variable.codes
    known = set(codes)
    names = _names(variable)
    lookup = list(names)
    if variable.role is Role.TIME and _falling(lookup):
        lookup.reverse()
    found: set[str] = set()
    for selection in selections:
        for value in selection.values:
            if value in known:
                found.add(value)
            elif value in names:
                found.add(names[value])
            else:
                one = Selection(variable.code, (value,))
                if one.plain:
                    raise _unknown(variable, value)
                found.update(names[name] for name in one.chosen(lookup))
    if not found:
        raise _unknown(variable, ",".join(v for s in selections for v in s.values))
    return [code for code in codes if code in found]


def _unknown(variable: Variable, value: str) -> UserError:
    """The fault of a value that there is not, with those whose name holds it, else the first."""
    word = value.casefold()
    near = [c for c in variable.categories if word in c.label.casefold()] or variable.categories
    shown = [c.code if c.code == c.label else f"{c.code} ({c.label})" for c in near[:8]]
    return UserError(
        "sources_unknown_value", given=value, variable=variable.code, known=", ".join(shown)
    )


def by_code(table: TableInfo, selections: Sequence[Selection]) -> dict[str, list[Selection]]:
    """Selections by the code of their variable; several of one variable stand together.

    Raises:
        UserError: ``sources_unknown_variable``.
    """
    found: dict[str, list[Selection]] = {}
    for one in selections:
        found.setdefault(table.variable(one.variable).code, []).append(one)
    return found


def in_parts(
    wanted: Wanted, most_cells: int | None, most_values: int | None = None
) -> list[dict[str, tuple[str, ...]]]:
    """The codes wanted in parts that each keep within two limits.

    Args:
        wanted: codes by variable.
        most_cells: cells of one answer; ``None`` for no limit.
        most_values: codes named in one question, over all variables.

    >>> [list(p.values()) for p in in_parts({"a": "12", "b": "xyz"}, None, 4)]
    [[('1', '2'), ('x', 'y')], [('1', '2'), ('z',)]]
    """
    return [small for part in parted(wanted, most_cells) for small in _fewer(part, most_values)]


def _fewer(part: dict[str, tuple[str, ...]], most: int | None) -> list[dict[str, tuple[str, ...]]]:
    longest = max(part, key=lambda name: len(part[name]), default=None)
    if most is None or longest is None or sum(map(len, part.values())) <= most:
        return [part]
    codes = part[longest]
    if len(codes) < 2:
        return [part]
    half = (len(codes) + 1) // 2
    return [
        small
        for some in (codes[:half], codes[half:])
        for small in _fewer({**part, longest: some}, most)
    ]


def _names(variable: Variable) -> dict[str, str]:
    """What a value may be called, and its code: the code; the name where periods are numbered."""
    plain = {code: code for code in variable.codes}
    if variable.role is not Role.TIME:
        return plain
    if all(_YEAR.match(code.partition("_")[0]) for code in plain):
        return plain
    named = {c.label: c.code for c in variable.categories}
    dated = len(named) == len(plain) and all(_YEAR.search(label) for label in named)
    return named if dated else plain


def _falling(names: Sequence[str]) -> bool:
    """Whether periods are listed from the newest."""
    if len(names) < 2:
        return False
    first, last = (_YEAR.search(name) for name in (names[0], names[-1]))
    if first is None or last is None:
        return False
    return (first[0], names[0]) > (last[0], names[-1])
