"""Kolada: key figures of Swedish municipalities and regions.

Version 3 of the service (https://api.kolada.se/v3/docs). A table is a key figure, or several with
comma between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from jevn.sources.asking import (
    ask_table,
    by_variable,
    cube,
    holds,
    odd_answer,
    origin_of,
    part_failed,
    read_json,
    reading,
    unknown_table,
)
from jevn.sources.dataset import Category, Dimension, Role
from jevn.sources.provider import (
    Fetched,
    Maker,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.sources.request import Answer, Request
from jevn.sources.transport import Transport
from jevn.terms import LocalText, UserError

KOLADA: Final = ProviderInfo(
    id="kolada",
    name=LocalText("Kolada"),
    country="SE",
    about=LocalText(
        nb="Nøkkeltall for svenske kommuner og regioner, delt på kjønn.",
        nn="Nøkkeltal for svenske kommunar og regionar, delt på kjønn.",
        en="Key figures of Swedish municipalities and regions, by sex.",
    ),
    base="https://api.kolada.se/v3",
    home="https://www.kolada.se",
    licence="Fri bruk, også kommersielt, med «Källa: Kolada»",
    credit="Källa: Kolada",
)

MOST_IDS: Final = 25
"""Ids or years in one call."""

_GENDERS: Final = (Category("T", "totalt"), Category("K", "kvinnor"), Category("M", "män"))


class Kolada:
    """Kolada as a provider."""

    def __init__(self, transport: Transport, info: ProviderInfo = KOLADA) -> None:
        self._transport = transport
        self._info = info

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Key figures whose title, description or area holds the words."""
        found = []
        for _, kpi in self._values([Request(f"{self._info.base}/kpi")]):
            if holds(words, kpi.get("title"), kpi.get("operating_area"), kpi.get("description")):
                path = tuple(p for p in (kpi.get("operating_area"),) if p)
                hit = TableHit(str(kpi["id"]), str(kpi["title"]), _published(kpi), path=path)
                found.append(hit)
        return tuple(found[:most])

    def describe(self, table: str) -> TableInfo:
        """Title, places and years of one key figure or several.

        Years are those with a figure for the whole country: the service has no list of years.
        """
        kpis = self._kpis(table)
        places = [
            Category(
                str(m["id"]), str(m["title"]), notes=(str(m["type"]),) if m.get("type") else ()
            )
            for _, m in self._values([Request(f"{self._info.base}/municipality")])
        ]
        country = [f"{part}/municipality/0000" for part in self._data_addresses(kpis)]
        years = {str(v["period"]) for _, v in self._values([Request(a) for a in country])}
        notes = tuple(
            dict.fromkeys(str(k["description"]) for k in kpis.values() if k.get("description"))
        )
        first = next(iter(kpis.values()))
        figures = tuple(Category(i, str(k["title"])) for i, k in kpis.items())
        return TableInfo(
            provider=self._info.id,
            id=",".join(kpis),
            title="; ".join(str(k["title"]) for k in kpis.values()),
            variables=(
                Variable("kpi", "nyckeltal", figures, Role.METRIC, required=False),
                Variable("municipality", "område", tuple(places), Role.GEO, required=False),
                Variable(
                    "period",
                    "år",
                    tuple(Category(y, y) for y in sorted(years)),
                    Role.TIME,
                    required=False,
                ),
                Variable("gender", "kön", _GENDERS, required=False),
            ),
            updated=max((p for p in map(_published, kpis.values()) if p), default=None),
            source=str(first.get("auspices") or first.get("auspice") or "") or None,
            notes=notes,
            link=self._info.home,
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Values of one key figure or several; years that were taken back are left out."""
        about = self.describe(table)
        chosen = by_variable(about, selections)
        kpis = _codes(about.variable("kpi"), chosen)
        places = _codes(about.variable("municipality"), chosen)
        genders = _codes(about.variable("gender"), chosen)
        period = chosen.get("period")
        years = _plain_years(period)
        requests = self._requests(kpis, places if "municipality" in chosen else None, years)
        if years is None and "municipality" not in chosen:
            requests = self._requests(kpis, places, None)
        rows: list[tuple[str | float | None, ...]] = []
        answers: dict[str, Answer] = {}
        for answer, value in self._values(requests):
            answers[answer.request.key] = answer
            rows += _cells(answer, value, set(places), set(genders))
        found = sorted({str(r[2]) for r in rows})
        if period is not None and years is None:
            kept = set(period.chosen(found))
            rows = [r for r in rows if r[2] in kept]
        dimensions = [Dimension(v.code, v.label, v.categories, v.role) for v in about.variables]
        dimensions[2] = Dimension("period", "år", tuple(Category(y, y) for y in found), Role.TIME)
        dataset = cube(
            rows,
            dimensions,
            label=about.title,
            source=self._info.name("nb"),
            updated=about.updated,
            notes=about.notes,
        )
        asked = list(answers.values())
        return Fetched(
            dataset,
            origin_of(self._info, about.id, dataset, asked),
            tuple(a.request for a in asked),
            any(a.stale for a in asked),
        )

    def _kpis(self, table: str) -> dict[str, Mapping[str, Any]]:
        ids = [i.strip().upper() for i in table.split(",") if i.strip()]
        if not ids or not all(re.fullmatch(r"\w+", i) for i in ids):
            raise unknown_table(self._info, table)
        found: dict[str, Mapping[str, Any]] = {}
        for some in _blocks(ids):
            request = Request(f"{self._info.base}/kpi/{','.join(some)}")
            answer = ask_table(self._transport, request, self._info, table)
            given = read_json(answer)
            values = given.get("values", [given]) if isinstance(given, dict) else given
            if not isinstance(values, list):
                raise odd_answer(answer, "no values")
            found |= {str(v["id"]): v for v in values if isinstance(v, dict) and v.get("title")}
        missing = [i for i in ids if i not in found]
        if missing:
            raise unknown_table(self._info, ",".join(missing), answer)
        return {i: found[i] for i in ids}

    def _data_addresses(self, kpis: Sequence[str] | Mapping[str, Any]) -> list[str]:
        return [f"{self._info.base}/data/kpi/{','.join(some)}" for some in _blocks(list(kpis))]

    def _requests(
        self, kpis: Sequence[str], places: Sequence[str] | None, years: Sequence[str] | None
    ) -> list[Request]:
        ends = [f"/municipality/{','.join(some)}" for some in _blocks(places)] if places else [""]
        tails = [f"/year/{','.join(some)}" for some in _blocks(years)] if years else [""]
        return [
            Request(address + end + tail)
            for address in self._data_addresses(kpis)
            for end in ends
            for tail in tails
        ]

    def _values(self, requests: Sequence[Request]) -> Iterator[tuple[Answer, Mapping[str, Any]]]:
        """What the answers hold, page by page."""
        done = 0
        for at, request in enumerate(requests):
            page: Request | None = request
            seen: set[str] = set()
            while page is not None and page.address not in seen:
                seen.add(page.address)
                try:
                    answer = self._transport.fetch(page)
                except UserError as fault:
                    if not done:
                        raise
                    parts = max(len(requests) - at + done, done + 1)
                    raise part_failed(page, done, parts, fault) from fault
                done += 1
                given = read_json(answer)
                values = given.get("values") if isinstance(given, dict) else None
                if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
                    raise odd_answer(answer, "no values")
                for value in values:
                    yield answer, value
                page = self._next(given.get("next_url"))

    def _next(self, address: str | None) -> Request | None:
        """The next page, on the host that was asked and no other."""
        if not address:
            return None
        base, given = urlsplit(self._info.base), urlsplit(address)
        path = quote(given.path, safe="/,%")
        return Request(urlunsplit((base.scheme, base.netloc, path, given.query, "")))


def _cells(
    answer: Answer, value: Mapping[str, Any], places: set[str], genders: set[str]
) -> Iterator[tuple[str | float | None, ...]]:
    with reading(answer):
        place = str(value["municipality"])
        if place not in places:
            return
        for one in value["values"]:
            if one.get("isdeleted") or str(one["gender"]) not in genders:
                continue
            number = one["value"]
            yield (
                str(value["kpi"]),
                place,
                str(value["period"]),
                str(one["gender"]),
                None if number is None else float(number),
                str(one.get("status") or "") or None,
            )


def _codes(variable: Variable, chosen: Mapping[str, Selection]) -> list[str]:
    if variable.code not in chosen:
        return variable.codes
    return chosen[variable.code].chosen(variable.codes)


def _plain_years(selection: Selection | None) -> list[str] | None:
    """Years named one by one; ``None`` where they follow from what there is."""
    if selection is None or not selection.plain:
        return None
    for value in selection.values:
        if not re.fullmatch(r"\d{4}", value):
            raise UserError(
                "sources_unknown_value", given=value, variable="period", known="2023, 2024, …"
            )
    return list(dict.fromkeys(selection.values))


def _blocks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[i : i + MOST_IDS] for i in range(0, len(ids), MOST_IDS)]


def _published(kpi: Mapping[str, Any]) -> str | None:
    return str(kpi.get("publication_date") or "") or None


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = ((KOLADA, Kolada),)
