"""The Norwegian Institute of Public Health's open statistics.

https://github.com/folkehelseinstituttet/Fhi.Statistikk.OpenAPI. A table is named by its source and
number: ``nokkel/403``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jevn.sources.asking import (
    Wanted,
    ask_table,
    holds,
    odd_answer,
    read_json,
    reading,
    unknown_table,
)
from jevn.sources.choosing import by_code, chosen_codes
from jevn.sources.cubes import Limits, ask_in_parts, fetched_of
from jevn.sources.dataset import Category, Role
from jevn.sources.provider import (
    Fetched,
    Maker,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.sources.request import Request
from jevn.sources.transport import Transport
from jevn.terms import LocalText, UserError

FHI: Final = ProviderInfo(
    id="fhi",
    name=LocalText(
        nb="Folkehelseinstituttet",
        nn="Folkehelseinstituttet",
        en="Norwegian Institute of Public Health",
    ),
    country="NO",
    about=LocalText(
        nb="Folkehelsestatistikk, helseregistre og dødsårsaker for kommuner, fylker og landet.",
        nn="Folkehelsestatistikk, helseregister og dødsårsaker for kommunar, fylke og landet.",
        en="Public health statistics, health registries and causes of death, by municipality.",
    ),
    base="https://statistikk-data.fhi.no/api/open/v1",
    home="https://statistikk.fhi.no",
    licence="NLOD, slik andre oppgir det; se kildens egen side",
    credit="Kilde: Folkehelseinstituttet",
)

PART: Final = 100_000
"""Cells in one question: the institute names no limit, so this is ours."""

_TABLE: Final = re.compile(r"([\w-]+)/(?:[Tt]able/)?(\d+)")


class Fhi:
    """The Norwegian Institute of Public Health as a provider."""

    def __init__(self, transport: Transport, info: ProviderInfo = FHI) -> None:
        self._transport = transport
        self._info = info

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def sources(self) -> dict[str, tuple[str, str | None]]:
        """Title and page of each source (statistics bank, registry), by id."""
        answer = self._transport.fetch(Request(f"{self._info.base}/Common/source"))
        found = read_json(answer)
        if not found:
            raise odd_answer(answer, "no sources")
        with reading(answer):
            return {
                str(s["id"]): (str(s.get("title") or s["id"]), s.get("aboutUrl") or None)
                for s in found
            }

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables of all sources whose title or source holds the words."""
        hits: list[TableHit] = []
        for id, (title, _) in self.sources().items():
            answer = self._transport.fetch(Request(f"{self._info.base}/{id}/Table"))
            found = read_json(answer)
            with reading(answer):
                for one in found:
                    if holds(words, one.get("title"), title, f"{id}/{one['tableId']}"):
                        updated = one.get("modifiedAt") or one.get("publishedAt")
                        name = str(one.get("title") or one["tableId"])
                        hits.append(
                            TableHit(f"{id}/{one['tableId']}", name, updated, path=(title,))
                        )
        return tuple(hits[:most])

    def describe(self, table: str) -> TableInfo:
        """Dimensions, values and notes of a table; every dimension must be chosen or is whole."""
        source, number = self._named(table)
        address = self._address(source, number)
        head = ask_table(self._transport, Request(address), self._info, table)
        about = read_json(head)
        if not isinstance(about, dict) or "title" not in about:
            raise odd_answer(head, "no title")
        answer = ask_table(self._transport, Request(f"{address}/dimension"), self._info, table)
        found = read_json(answer)
        with reading(answer):
            given = found["dimensions"] if isinstance(found, dict) else found
            variables = tuple(_variable(d) for d in given)
        if not variables:
            raise odd_answer(answer, "no dimensions")
        title, page = self.sources().get(source, (source, None))
        return TableInfo(
            provider=self._info.id,
            id=f"{source}/{number}",
            title=str(about.get("title") or f"{source}/{number}"),
            variables=variables,
            updated=about.get("modifiedAt") or about.get("publishedAt") or None,
            source=f"{self._info.name('nb')}, {title}",
            notes=(*self._paragraphs(address), *self._flags(address)),
            link=page or self._info.home,
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table; dimensions that are not chosen come whole."""
        about = self.describe(table)
        given = by_code(about, selections)
        for one in selections:
            if one.code_list:
                raise UserError("sources_unknown_code_list", given=one.code_list, known="–")
        wanted = {
            v.code: chosen_codes(v, given[v.code]) if v.code in given else v.codes
            for v in about.variables
        }
        source, number = self._named(about.id)
        whole = {v.code: v.codes for v in about.variables}
        answers = ask_in_parts(
            self._transport,
            wanted,
            Limits(self._info.most_cells or PART),
            lambda part: Request.posting(
                f"{self._address(source, number)}/data", question(part, whole)
            ),
        )
        return fetched_of(self._info, about, answers, wanted)

    def _named(self, table: str) -> tuple[str, str]:
        found = _TABLE.fullmatch(table.strip())
        if found is None:
            raise unknown_table(self._info, table)
        return found[1], found[2]

    def _address(self, source: str, number: str) -> str:
        return f"{self._info.base}/{source}/Table/{number}"

    def _paragraphs(self, address: str) -> Iterator[str]:
        """What the institute writes about a table, a note for each heading."""
        found = self._beside(f"{address}/metadata")
        for one in found.get("paragraphs") or () if isinstance(found, dict) else ():
            content = _plain(one.get("content"))
            if content:
                header = _plain(one.get("header"))
                yield f"{header}: {content}" if header else content

    def _flags(self, address: str) -> Iterator[str]:
        """What the signs in place of a figure mean."""
        found = self._beside(f"{address}/flag")
        given = found.get("flags") if isinstance(found, dict) else found
        for one in given if isinstance(given, list) else ():
            sign = _plain(one.get("title") or one.get("symbol"))
            text = _plain(one.get("text") or one.get("description"))
            if sign or text:
                yield f"{sign} = {text}"

    def _beside(self, address: str) -> Any:
        """An answer that is good to have: a table without it is still a table."""
        try:
            return read_json(self._transport.fetch(Request(address)))
        except UserError as fault:
            if fault.id in ("sources_refused", "sources_offline", "sources_not_json"):
                return {}
            raise


def question(part: Wanted, whole: Wanted) -> dict[str, Any]:
    """The body of a question for data.

    Every dimension stands in it. Codes are written out: the service's own ``top`` means the first,
    that is the oldest, and ``bottom`` the last.

    Args:
        part: codes wanted by dimension.
        whole: all codes by dimension; one that is wanted whole is asked for with ``*``.
    """
    dimensions = []
    for code, codes in part.items():
        every = list(codes) == list(whole.get(code, ()))
        dimensions.append(
            {
                "code": code,
                "filter": "all" if every else "item",
                "values": ["*"] if every else list(codes),
            }
        )
    return {"dimensions": dimensions, "response": {"format": "json-stat2"}}


def _variable(found: Mapping[str, Any]) -> Variable:
    code = str(found["code"])
    role = None
    if code.endswith("AAR") or code in ("PERIODE", "UKE", "TID"):
        role = Role.TIME
    elif code in ("GEO", "FYLKE", "KOMMUNE"):
        role = Role.GEO
    elif code == "MEASURE_TYPE":
        role = Role.METRIC
    categories = {c.code: c for c in _flat(found["categories"])}
    return Variable(code, str(found.get("label") or code), tuple(categories.values()), role)


def _flat(found: Sequence[Mapping[str, Any]]) -> Iterator[Category]:
    """The values of a tree, each before what lies below it."""
    for one in found:
        yield Category(str(one["value"]), str(one.get("label") or one["value"]))
        yield from _flat(one.get("children") or ())


def _plain(found: Any) -> str:
    """Text without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", str(found or ""))).split())


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = ((FHI, Fhi),)
