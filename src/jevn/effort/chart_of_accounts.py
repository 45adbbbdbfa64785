"""The KOSTRA chart of accounts as data: functions, default shares, and how types are summed.

The files lie in ``kostra/`` beside this module. Default shares are Jevn's own judgement,
made from the content of each function; KOSTRA itself says nothing of areas or of universal
and targeted effort. They are a place to start from, and are marked as defaults until the
municipality has set its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import yaml

from jevn.effort.money import exact
from jevn.effort.results import Basis
from jevn.terms import EffortArea, LocalText, Reach

FIRST_FINANCE_FUNCTION = "800"
"""Functions from this number on pay for the services (tax, grants, loans); they are none."""


@dataclass(frozen=True, slots=True)
class KostraFunction:
    """A KOSTRA function of municipalities.

    Attributes:
        number: three digits.
        name: its name.
        sector: the group of services it belongs to (Norwegian).
        verified: the name was seen in a public list.
        source: where number and name come from.
        outside: why the function has no default share in any area (text
            ``effort.outside.<id>``); ``None`` if it has.
        note: what to beware of (Norwegian).
    """

    number: str
    name: LocalText
    sector: str
    verified: bool
    source: str
    outside: str | None
    note: str | None

    @property
    def is_finance(self) -> bool:
        """Whether it pays for services instead of being one."""
        return self.number >= FIRST_FINANCE_FUNCTION


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a function's net cost that belongs to one area with one reach.

    ``row`` is the line in ``shares.csv``; ``None`` for defaults.
    """

    function: str
    area: EffortArea
    share: Fraction
    reach: Reach
    basis: Basis
    note: str | None = None
    row: int | None = None


TypeGroup = Literal[
    "internal", "reserved", "depreciation", "refunds", "cost", "income", "financing", "sum"
]

GROSS_SUM, NET_SUM = "AGD10", "AGD2"
"""Statistics Norway's sums of types: gross and net running cost of a function."""


@dataclass(frozen=True, slots=True)
class TypeWeights:
    """How amounts of one type count: in gross and in net running cost (0 or 1)."""

    group: TypeGroup
    gross: int
    net: int


def _rows(name: str) -> list[dict[str, str]]:
    path = files("jevn.effort").joinpath("kostra", name)
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@cache
def kostra_functions() -> Mapping[str, KostraFunction]:
    """Every KOSTRA function of municipalities by number, in order of number."""
    found = {}
    for row in _rows("functions.csv"):
        found[row["function"]] = KostraFunction(
            number=row["function"],
            name=LocalText(row["name"], row["name_nn"] or None, row["name_en"] or None),
            sector=row["sector"],
            verified=row["verified"] == "true",
            source=row["source"],
            outside=row["outside"] or None,
            note=row["note"] or None,
        )
    return MappingProxyType(found)


@cache
def default_shares() -> Mapping[str, tuple[Share, ...]]:
    """Default shares by function; functions outside the areas have none."""
    found: dict[str, list[Share]] = {number: [] for number in kostra_functions()}
    for row in _rows("default_shares.csv"):
        found[row["function"]].append(
            Share(
                function=row["function"],
                area=EffortArea(row["area"]),
                share=exact(float(row["share"])),
                reach=Reach(row["reach"]),
                basis="default",
                note=row["note"] or None,
            )
        )
    for number, shares in found.items():
        if sum(s.share for s in shares) > 1:
            raise ValueError(f"default shares of function {number} sum to more than 1")
    return MappingProxyType({number: tuple(shares) for number, shares in found.items()})


@cache
def _type_table() -> Mapping[str, TypeWeights]:
    text = files("jevn.effort").joinpath("kostra", "types.yaml").read_text("utf-8")
    table: dict[str, TypeWeights] = {}
    for group in yaml.safe_load(text)["groups"]:
        weights = TypeWeights(group["id"], group["gross"], group["net"])
        for codes in group["codes"]:
            first, _, last = codes.partition("-")
            for number in range(int(first), int(last or first) + 1):
                table.setdefault(f"{number:03}", weights)
    table |= {GROSS_SUM: TypeWeights("sum", 1, 0), NET_SUM: TypeWeights("sum", 0, 1)}
    return MappingProxyType(table)


def type_weights(type: str) -> TypeWeights | None:
    """How a type (three digits, or a sum of types) counts; ``None`` if there is no such type.

    >>> type_weights("010").gross, type_weights("600").gross, type_weights("600").net
    (1, 0, 1)
    """
    return _type_table().get(type)
