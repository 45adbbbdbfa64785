"""One row of a register: its words turned into the values of ``services.csv``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jevn.effort.chart_of_accounts import default_shares
from jevn.effort.codes import kostra_function
from jevn.effort.grid import Cell, cell_text
from jevn.effort.register_context import Context
from jevn.effort.register_words import VALUES, WHOLE_MUNICIPALITY, area_words
from jevn.terms import AREAS, Reach

NUMBERS = ("gross_nok", "net_nok", "fte", "users", "from_age", "to_age")
"""Columns that hold numbers."""

_TEXTS = ("unit", "target_group", "situation")
_SPLIT = re.compile(r"[;,/\n]| og ")
_AGES = re.compile(r"^(?P<a>\d{1,3})\s*(?:–|-|til)\s*(?P<b>\d{1,3})(?:\s*år)?$")
_FROM = re.compile(r"^(?:fra|frå|over)?\s*(?P<a>\d{1,3})\s*(?:\+|år og (?:over|eldre)|år \+|år)?$")
_UNDER = re.compile(r"^(?:under|inntil|til)\s*(?P<b>\d{1,3})(?:\s*år)?$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a"})


def read_row(
    line: int,
    given: Mapping[str, Cell],
    numbers: Mapping[str, float | None],
    year: int | None,
    context: Context,
) -> dict[str, Any] | None:
    """A row as a row of ``services.csv``; ``None`` if it is refused.

    Args:
        line: line in the file.
        given: cells by column of the register.
        numbers: numbers by column, already in kroner and persons.
        year: the year where the row does not say.
        context: what to look words up in, and where faults are noted.
    """
    before = len(context.problems)
    text = {column: cell_text(cell) for column, cell in given.items()}
    name = text.get("name", "")
    if not name:
        context.fault("effort_register_no_name", line, "name", "")
        return None
    function = _function(line, given, context)
    area = _area(line, text.get("area", ""), function, context)
    row: dict[str, Any] = {
        "service": _id(text.get("service") or name),
        "name": name,
        "kind": _word("kind", line, text, context) or context.kind,
        "area": area,
        "year": year or _year(line, text.get("year", ""), context),
        "function": function,
        "reach": _reach(line, text, function, area, context),
        "places": _places(line, text.get("places", ""), context),
        "basis": _word("basis", line, text, context),
        "certainty": _word("certainty", line, text, context),
        "intervention": _intervention(line, text.get("intervention", ""), context),
        "origin": _id(text["origin"]) if text.get("origin") else None,
        **{column: text.get(column) or None for column in _TEXTS},
        **{column: numbers.get(column) for column in NUMBERS},
    }
    row |= _ages(line, text.get("ages", ""), row, context)
    gross, net = row["gross_nok"], row["net_nok"]
    if gross is not None and net is not None and net > gross:
        params = {"net_nok": net, "gross_nok": gross}
        context.fault("effort_net_above_gross", line, "net_nok", str(net), **params)
    return row if len(context.problems) == before else None


def _id(text: str) -> str:
    """An id of letters, digits and lines made from a name."""
    bare = text.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9._-]+", "_", bare).strip("_.-")[:60] or "_"


def _function(line: int, given: Mapping[str, Cell], context: Context) -> str | None:
    cell = given.get("function")
    found = kostra_function(cell) if cell is not None else None
    if found is None:
        context.fault("effort_unknown_function", line, "function", cell_text(cell))
    return found


def _area(line: int, text: str, function: str | None, context: Context) -> str | None:
    if text:
        area = area_words().get(text.casefold())
        if area is None:
            context.fault("effort_unknown_area", line, "area", text, known=", ".join(AREAS))
        return area.value if area else None
    if function is None:
        return None
    areas = {s.area.value for s in default_shares()[function]}
    if len(areas) == 1:
        context.count("area")
        return areas.pop()
    known = ", ".join(sorted(areas)) or ", ".join(AREAS)
    context.fault("effort_register_no_area", line, "area", "", function=function, known=known)
    return None


def _reach(
    line: int, text: Mapping[str, str], function: str | None, area: str | None, context: Context
) -> str | None:
    if text.get("reach"):
        return _word("reach", line, text, context, id="effort_unknown_reach", known=tuple(Reach))
    if function is None or area is None:
        return None
    found = {s.reach.value for s in default_shares()[function] if s.area.value == area}
    if len(found) == 1:
        context.count("reach")
        return found.pop()
    params = {"function": function, "known": ", ".join(Reach)}
    context.fault("effort_register_no_reach", line, "reach", "", **params)
    return None


def _word(
    column: str,
    line: int,
    text: Mapping[str, str],
    context: Context,
    id: str = "effort_register_word",
    known: tuple[str, ...] = (),
) -> str | None:
    """The value a word stands for; ``None`` where nothing is written."""
    word = text.get(column, "")
    if not word:
        return None
    found = VALUES[column].get(re.sub(r"\([^)]*\)", "", word.casefold()).strip())
    if found is None:
        shown = known or tuple(dict.fromkeys(VALUES[column].values()))
        context.fault(id, line, column, word, known=", ".join(shown))
    return found


def _year(line: int, text: str, context: Context) -> int | None:
    if re.fullmatch(r"20\d\d", text):
        return int(text)
    context.fault("effort_import_year", line, "year", text)
    return None


def _places(line: int, text: str, context: Context) -> list[str] | None:
    found: dict[str, None] = {}
    if text.casefold() in context.places:
        return [context.places[text.casefold()]]
    for part in _SPLIT.split(text):
        word = part.strip()
        if not word or word.casefold() in WHOLE_MUNICIPALITY:
            continue
        place = context.places.get(word.casefold())
        if place is None:
            context.fault("effort_unknown_place", line, "places", word, place=word)
        else:
            found[place] = None
    return list(found) or None


def _intervention(line: int, text: str, context: Context) -> str | None:
    if not text or text in ("–", "-"):
        return None
    if not context.interventions:
        return _id(text)
    found = context.interventions.get(text.casefold())
    if found is None:
        context.fault("effort_unknown_intervention", line, "intervention", text)
    return found


def _ages(line: int, text: str, row: Mapping[str, Any], context: Context) -> dict[str, int | None]:
    """First and last age; as written in one cell, else in two of their own."""
    word = text.casefold().strip()
    if not word or word in ("alle", "alle aldre", "–", "-"):
        first, last = row["from_age"], row["to_age"]
    elif found := _AGES.match(word):
        first, last = int(found["a"]), int(found["b"])
    elif found := _UNDER.match(word):
        first, last = 0, int(found["b"]) - (1 if word.startswith("under") else 0)
    elif found := _FROM.match(word):
        first, last = int(found["a"]), None
    else:
        context.fault("effort_register_ages", line, "ages", text)
        return {}
    if first is not None and last is not None and first > last:
        context.fault("effort_ages", line, "ages", text, first=int(first), last=int(last))
    return {
        "from_age": None if first is None else int(first),
        "to_age": None if last is None else int(last),
    }
