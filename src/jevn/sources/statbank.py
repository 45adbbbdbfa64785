"""StatBank Denmark (https://www.dst.dk/en/Statistik/hjaelp-til-statistikbanken/api)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from jevn.sources.asking import (
    ask_all,
    ask_table,
    by_variable,
    holds,
    joined,
    odd_answer,
    origin_of,
    parted,
    read_cube,
    read_json,
    reading,
    unknown_table,
)
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
from jevn.terms import LocalText

STATBANK: Final = ProviderInfo(
    id="statbank_dk",
    name=LocalText("Danmarks Statistik"),
    country="DK",
    about=LocalText(
        nb="Offisiell statistikk for danske kommuner, regioner og landet.",
        nn="Offisiell statistikk for danske kommunar, regionar og landet.",
        en="Official statistics of Danish municipalities, regions and the country.",
    ),
    base="https://api.statbank.dk/v1",
    home="https://www.statistikbanken.dk",
    licence="CC BY 4.0",
    credit="Danmarks Statistik, Statistikbanken",
    most_cells=1_000_000,
)

_LANG: Final = "da"
_PLACES: Final = ("område", "bopkom", "komk", "landdel", "region")


class StatBank:
    """StatBank Denmark as a provider."""

    def __init__(self, transport: Transport, info: ProviderInfo = STATBANK) -> None:
        self._transport = transport
        self._info = info

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables whose title, number or variables hold the words (in Danish)."""
        request = self._posting("tables", includeInactive=False)
        answer = self._transport.fetch(request)
        given = read_json(answer)
        if not isinstance(given, list):
            raise odd_answer(answer, "not a list")
        with reading(answer):
            hits = [_hit(one) for one in given if _concerns(words, one)]
        return tuple(hits[:most])

    def describe(self, table: str) -> TableInfo:
        """Variables and values of a table."""
        request = self._posting("tableinfo", table=table.strip().upper())
        answer = ask_table(self._transport, request, self._info, table)
        found = read_json(answer)
        if not isinstance(found, dict) or not found.get("variables"):
            raise unknown_table(self._info, table, answer)
        with reading(answer):
            variables = tuple(_variable(v) for v in found["variables"])
        hidden = found.get("suppressedDataValue")
        notes = [found.get("description"), _footnote(found.get("footnote"))]
        if hidden not in (None, ""):
            notes.append(f"suppressedDataValue: {hidden}")
        return TableInfo(
            provider=self._info.id,
            id=str(found["id"]),
            title=str(found.get("text") or ""),
            variables=variables,
            updated=_day(found.get("updated")),
            source=self._info.name("nb"),
            notes=tuple(str(n) for n in notes if n),
            link=f"{self._info.home}/{found['id']}",
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table, as JSON-stat; in parts where it is large."""
        about = self.describe(table)
        chosen = by_variable(about, selections)
        wanted = {
            v.code: chosen[v.code].chosen(v.codes) if v.code in chosen else v.codes
            for v in about.variables
            if v.required or v.code in chosen
        }
        requests = [
            self._posting(
                "data",
                table=about.id,
                format="JSONSTAT",
                variables=[{"code": c, "values": list(v)} for c, v in part.items()],
            )
            for part in parted(wanted, self._info.most_cells)
        ]
        answers = ask_all(self._transport, requests)
        whole = joined([read_cube(a, about.id) for a in answers], wanted)
        dataset = replace(
            whole,
            label=whole.label or about.title,
            source=whole.source or about.source,
            updated=about.updated or whole.updated,
            notes=tuple(dict.fromkeys([*whole.notes, *about.notes])),
        )
        return Fetched(
            dataset,
            origin_of(self._info, about.id, dataset, answers, about.link),
            tuple(requests),
            any(a.stale for a in answers),
        )

    def _posting(self, function: str, **body: Any) -> Request:
        told = {"lang": _LANG, "format": "JSON", **body}
        return Request.posting(f"{self._info.base}/{function}", told)


def _concerns(words: str, table: Mapping[str, Any]) -> bool:
    variables = " ".join(map(str, table.get("variables") or ()))
    return holds(words, table.get("text"), table.get("id"), variables)


def _hit(found: Mapping[str, Any]) -> TableHit:
    return TableHit(
        str(found["id"]),
        str(found.get("text") or ""),
        _day(found.get("updated")),
        found.get("firstPeriod"),
        found.get("latestPeriod"),
        ended=found.get("active") is False,
    )


def _variable(found: Mapping[str, Any]) -> Variable:
    code = str(found["id"])
    role = None
    if found.get("time"):
        role = Role.TIME
    elif found.get("map") or code.casefold().startswith(_PLACES):
        role = Role.GEO
    return Variable(
        code,
        str(found.get("text") or code),
        tuple(Category(str(v["id"]), str(v.get("text") or v["id"])) for v in found["values"]),
        role,
        required=not found.get("elimination", False),
    )


def _footnote(found: Any) -> str | None:
    if isinstance(found, dict):
        return str(found.get("text") or "") or None
    return str(found) if found else None


def _day(found: Any) -> str | None:
    return str(found or "")[:10] or None


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = ((STATBANK, StatBank),)
