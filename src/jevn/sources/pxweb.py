"""PxWeb's service of version 2, as Statistics Norway and Statistics Sweden run it.

https://www.pxtools.net/PxWebApi/documentation/user-guide/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from jevn.sources.asking import Wanted, ask_table, odd_answer, read_json, reading, unknown_table
from jevn.sources.choosing import by_code, chosen_codes
from jevn.sources.cubes import Limits, ask_in_parts, fetched_of
from jevn.sources.dataset import Category, Role
from jevn.sources.jsonstat import read_dimension
from jevn.sources.provider import (
    CodeList,
    Fetched,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.sources.request import Request
from jevn.sources.transport import Transport
from jevn.terms import UserError

LONGEST_ADDRESS: Final = 2000
"""A longer question is sent as a body: the services answer 404 to addresses above about 2 100."""

_AWKWARD: Final = frozenset(",[]()*?")
"""Signs that mean something in an address; codes that hold them are sent in a body."""
_PAGE: Final = 100
_ID: Final = re.compile(r"[\w.:-]+")
_ALWAYS: Final = re.compile(r"KOKkommuneregion|ContentsCode|Tid$", re.IGNORECASE)
"""Variables that must be chosen whatever the metadata says."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A code list: other values of a variable, each made of some of its own.

    Attributes:
        id: its id, e.g. ``agg_KommSummer``.
        label: its name.
        kind: ``Aggregation`` or ``Valueset``, if said.
        members: codes of the variable that each value of the list holds.
        categories: its values.
    """

    id: str
    label: str
    kind: str | None
    categories: tuple[Category, ...]
    members: Mapping[str, tuple[str, ...]]


class PxWeb:
    """A site that runs PxWeb's service of version 2.

    Args:
        transport: how it is asked.
        info: who it is.
        lang: language of names.
        page: address of a table's page, with ``{table}``.
    """

    def __init__(
        self, transport: Transport, info: ProviderInfo, *, lang: str, page: str | None = None
    ) -> None:
        self._transport = transport
        self._info = info
        self._lang = lang
        self._page = page

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def limits(self) -> Limits:
        """What the site allows now, by its own word."""
        answer = self._transport.fetch(Request(f"{self._info.base}/config"))
        with reading(answer):
            cells = int(read_json(answer)["maxDataCells"])
        return Limits(cells or None)

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables that the site's own search finds."""
        hits: list[TableHit] = []
        number, pages = 1, 1
        while number <= pages and len(hits) < most:
            request = Request(
                f"{self._info.base}/tables",
                (
                    ("lang", self._lang),
                    ("query", words),
                    ("pagesize", str(min(most, _PAGE))),
                    ("pagenumber", str(number)),
                ),
            )
            answer = self._transport.fetch(request)
            found = read_json(answer)
            with reading(answer):
                hits += [_hit(t) for t in found["tables"]]
                pages = int((found.get("page") or {}).get("totalPages") or 1)
            number += 1
        return tuple(hits[:most])

    def describe(self, table: str) -> TableInfo:
        """Variables, values, code lists and notes of a table."""
        table = table.strip()
        if not _ID.fullmatch(table):
            raise unknown_table(self._info, table)
        request = Request(f"{self._info.base}/tables/{table}/metadata", (("lang", self._lang),))
        answer = ask_table(self._transport, request, self._info, table)
        found = read_json(answer)
        if not isinstance(found, dict):
            raise odd_answer(answer, "not an object")
        with reading(answer):
            dimensions = found["dimension"]
            order = found.get("id") or list(dimensions)
            roles = {code: Role(role) for role in Role for code in _role(found, role.value) or ()}
            variables = tuple(_variable(c, dimensions[c], roles.get(c)) for c in order)
        return TableInfo(
            provider=self._info.id,
            id=table,
            title=str(found.get("label") or table),
            variables=variables,
            updated=found.get("updated") or None,
            source=found.get("source") or None,
            notes=_texts(found.get("note")),
            link=self._page.format(table=table) if self._page else self._info.home,
        )

    def grouping(self, id: str) -> Grouping:
        """A code list, with what each of its values is made of.

        Raises:
            UserError: ``sources_unknown_code_list``; what the transport raises.
        """
        url = f"{self._info.base}/codelists/{quote(id, safe='')}"
        request = Request(url, (("lang", self._lang),))
        try:
            answer = ask_table(self._transport, request, self._info, id)
        except UserError as fault:
            if fault.id == "sources_unknown_table":
                raise unknown_list(id, ()) from fault
            raise
        found = read_json(answer)
        with reading(answer):
            return read_grouping(found)

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table, in parts where it is large."""
        about = self.describe(table)
        given = by_code(about, selections)
        wanted: dict[str, list[str]] = {}
        whole: dict[str, list[str]] = {}
        lists: dict[str, str] = {}
        for variable in about.variables:
            some = given.get(variable.code)
            if some is None:
                if variable.required:
                    wanted[variable.code] = whole[variable.code] = variable.codes
                continue
            used = next((s.code_list for s in some if s.code_list), None)
            if used is not None:
                lists[variable.code] = used
                variable = self._regrouped(variable, used)
            wanted[variable.code] = chosen_codes(variable, some)
            whole[variable.code] = variable.codes
        answers = ask_in_parts(
            self._transport,
            wanted,
            Limits(self._info.most_cells),
            lambda part: self._data(about.id, part, lists, whole),
            self.limits,
        )
        return fetched_of(self._info, about, answers, wanted)

    def _regrouped(self, variable: Variable, id: str) -> Variable:
        known = [c.id for c in variable.code_lists]
        if known and id not in known:
            raise unknown_list(id, known)
        grouping = self.grouping(id)
        return Variable(variable.code, variable.label, grouping.categories, variable.role)

    def _data(self, table: str, part: Wanted, lists: Mapping[str, str], whole: Wanted) -> Request:
        """The question of one part: an address, or a body where the address would be too long.

        A variable that is wanted whole is asked for with ``*``.
        """
        url = f"{self._info.base}/tables/{table}/data"
        params: list[tuple[str, str]] = [("lang", self._lang), ("outputFormat", "json-stat2")]
        in_address = list(params)
        body: list[dict[str, Any]] = []
        awkward = False
        for code, codes in part.items():
            every = len(codes) > 1 and len(codes) == len(whole[code])
            values = ["*"] if every else list(codes)
            in_address.append((f"valueCodes[{code}]", ",".join(values)))
            one: dict[str, Any] = {"variableCode": code, "valueCodes": values}
            if code in lists:
                in_address.append((f"codelist[{code}]", lists[code]))
                one["codelist"] = lists[code]
            body.append(one)
            awkward |= not every and any(_AWKWARD & set(value) for value in values)
        request = Request(url, tuple(in_address))
        if len(request.address) <= LONGEST_ADDRESS and not awkward:
            return request
        return Request(url, tuple(params), json.dumps({"selection": body}, ensure_ascii=False))


def unknown_list(id: str, known: Sequence[str]) -> UserError:
    """The fault of a code list that there is not."""
    return UserError("sources_unknown_code_list", given=id, known=", ".join(known) or "–")


def read_variables(dimensions: Mapping[str, Any]) -> tuple[Variable, ...]:
    """Variables of a table from the dimensions of its metadata.

    Both shapes are read: with ``extension`` (elimination, code lists), as the services answer,
    and with these directly in the dimension.

    Raises:
        KeyError: if a dimension has no categories.
    """
    return tuple(_variable(code, found, None) for code, found in dimensions.items())


def read_grouping(found: Mapping[str, Any]) -> Grouping:
    """A code list as the service writes it.

    Raises:
        KeyError: if it holds no values.
    """
    values = found["values"]
    return Grouping(
        id=str(found["id"]),
        label=str(found.get("label") or found["id"]),
        kind=found.get("type") or None,
        categories=tuple(
            Category(str(v["code"]), str(v.get("label") or v["code"])) for v in values
        ),
        members={
            str(v["code"]): tuple(map(str, v.get("valueMap") or (v["code"],))) for v in values
        },
    )


def _role(found: Mapping[str, Any], role: str) -> Any:
    return (found.get("role") or {}).get(role)


def _variable(code: str, found: Mapping[str, Any], role: Role | None) -> Variable:
    one = read_dimension(code, found, role or guessed_role(code))
    more = {**found, **one.extension}
    lists = more.get("codelists") or more.get("codeLists") or ()
    return Variable(
        code=code,
        label=one.label,
        categories=one.categories,
        role=one.role,
        required=not more.get("elimination", False) or bool(_ALWAYS.match(code)),
        code_lists=tuple(
            CodeList(str(c["id"]), str(c.get("label") or c["id"]), c.get("type")) for c in lists
        ),
        notes=one.notes,
    )


def guessed_role(code: str) -> Role | None:
    """What a variable is, by the codes that producers commonly use."""
    name = code.casefold()
    if name == "contentscode":
        return Role.METRIC
    if name in ("tid", "time", "år", "aar", "vuosi", "ár", "year", "timeperiod_y"):
        return Role.TIME
    if name.startswith(("region", "kokkommuneregion", "alue", "bosted", "grunnkrets", "kommun")):
        return Role.GEO
    return None


def _hit(found: Mapping[str, Any]) -> TableHit:
    paths = found.get("paths") or ()
    return TableHit(
        str(found["id"]),
        str(found.get("label") or found["id"]),
        found.get("updated") or None,
        found.get("firstPeriod") or None,
        found.get("lastPeriod") or None,
        tuple(str(n.get("label") or n.get("id")) for n in paths[0]) if paths else (),
        ended=bool(found.get("discontinued")),
    )


def _texts(found: Any) -> tuple[str, ...]:
    given = [found] if isinstance(found, str) else found or ()
    return tuple(str(n).strip() for n in given if str(n).strip())
