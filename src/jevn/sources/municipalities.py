"""The municipalities of Norway as of 2024, with their counties.

Numbers and names are those of Statistics Norway's classification 131 (municipalities) and 104
(counties) from 1 January 2024, names as the Mapping Authority writes them.
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jevn.tables.codes import CodeChange, CodeHistory
from jevn.terms import UserError


@dataclass(frozen=True, slots=True)
class KnownMunicipality:
    """A municipality: four-digit number, name, and the county it lies in."""

    number: str
    name: str
    county: str
    county_name: str


@cache
def municipalities() -> dict[str, KnownMunicipality]:
    """All municipalities by number."""
    text = (files("jevn.sources") / "data" / "municipalities.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {r["number"]: KnownMunicipality(**r) for r in rows}


@cache
def packaged_history() -> CodeHistory:
    """Former municipalities since 2005, each with today's (2024) and the years of its code.

    Changes are those of Statistics Norway's classification 131. Where a former municipality was
    divided, the weights are rough parts of its people, as the Institute of Public Health uses
    them in its package csdata; figures made with them are marked as estimates.
    """
    text = (files("jevn.sources") / "data" / "code_history.csv").read_text("utf-8")
    return CodeHistory(
        tuple(
            CodeChange(
                r["old"], r["new"], int(r["first_year"]), int(r["last_year"]), float(r["weight"])
            )
            for r in csv.DictReader(text.splitlines())
        )
    )


def municipality(given: str) -> KnownMunicipality:
    """A municipality by its number or name.

    Raises:
        UserError: ``sources_unknown_municipality``, with the nearest names; ``sources_same_name``
            for a name that more than one municipality has.

    >>> municipality("3301").name, municipality("drammen").number
    ('Drammen', '3301')
    """
    known = municipalities()
    text = given.strip()
    if text in known:
        return known[text]
    named: dict[str, list[KnownMunicipality]] = {}
    for one in known.values():
        for name in {one.name, *one.name.split(" – ")}:
            named.setdefault(name.casefold(), []).append(one)
    found = named.get(text.casefold(), [])
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(f"{m.number} ({m.county_name})" for m in found)
        raise UserError("sources_same_name", given=text, known=shown)
    near = difflib.get_close_matches(text.casefold(), list(named), n=3, cutoff=0.6)
    shown = ", ".join(f"{m.number} {m.name}" for n in near for m in named[n])
    raise UserError("sources_unknown_municipality", given=text, known=shown or "–")
