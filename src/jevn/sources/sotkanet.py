"""Sotkanet: indicators of welfare and health in Finland, by the Finnish Institute THL.

Version 1.1 of the service (https://sotkanet.fi/sotkanet/en/ohje/74). A table is an indicator by
its number. Municipalities have their own code (``091``); places of other kinds have the kind in
front (``MAA:658``, ``MAAKUNTA:01``), because their codes overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jevn.sources.asking import (
    ask_all,
    ask_table,
    by_variable,
    cube,
    holds,
    odd_answer,
    origin_of,
    read_json,
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
from jevn.terms import LocalText

SOTKANET: Final = ProviderInfo(
    id="sotkanet",
    name=LocalText("Sotkanet (THL)"),
    country="FI",
    about=LocalText(
        nb="Indikatorer for velferd og helse i finske kommuner og områder.",
        nn="Indikatorar for velferd og helse i finske kommunar og område.",
        en="Indicators of welfare and health in Finnish municipalities and areas.",
    ),
    base="https://sotkanet.fi/rest/1.1",
    home="https://sotkanet.fi",
    licence="CC BY 4.0",
    credit="Sotkanet.fi, Institutet för hälsa och välfärd THL",
)

MOST_YEARS: Final = 20
"""Years in one call: with some 500 places each, an answer of a modest size."""

_SEXES: Final = ("total", "female", "male")
_FIGURES: Final = (Category("value", "value"), Category("absValue", "absolute value"))
_LANGUAGES: Final = ("sv", "en", "fi")


class Sotkanet:
    """Sotkanet as a provider."""

    def __init__(self, transport: Transport, info: ProviderInfo = SOTKANET) -> None:
        self._transport = transport
        self._info = info

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Indicators whose title in Swedish, English or Finnish holds the words."""
        answer = self._transport.fetch(Request(f"{self._info.base}/indicators"))
        found = []
        for one in _list(answer):
            title = one.get("title")
            if holds(words, *(_text(title, lang) for lang in _LANGUAGES)):
                span = one.get("range") or {}
                found.append(
                    TableHit(
                        str(one.get("id")),
                        _text(title),
                        _updated(one),
                        _year(span.get("start")),
                        _year(span.get("end")),
                    )
                )
        return tuple(found[:most])

    def describe(self, table: str) -> TableInfo:
        """Title, places, years and sexes of an indicator."""
        about = self._about(table)
        span = about.get("range") or {}
        first, last = _year(span.get("start")), _year(span.get("end"))
        years = range(int(first), int(last) + 1) if first and last else range(0)
        sexes = (about.get("classifications") or {}).get("sex") or {}
        given = [s for s in _SEXES if s in (sexes.get("values") or _SEXES)] or ["total"]
        organisation = about.get("organization") or {}
        return TableInfo(
            provider=self._info.id,
            id=str(about["id"]),
            title=_text(about.get("title")),
            variables=(
                Variable("figure", "figure", _FIGURES, Role.METRIC, required=False),
                Variable(
                    "region", "region", tuple(self._regions().values()), Role.GEO, required=False
                ),
                Variable(
                    "year",
                    "year",
                    tuple(Category(str(y), str(y)) for y in years),
                    Role.TIME,
                    required=False,
                ),
                Variable("gender", "gender", tuple(Category(s, s) for s in given), required=False),
            ),
            updated=_updated(about),
            source=_text(organisation.get("title")) or None,
            notes=tuple(
                t for k in ("description", "interpretation", "limits") if (t := _text(about.get(k)))
            ),
            link=f"{self._info.home}/sotkanet/sv/metadata/indicators/{about['id']}",
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Values of an indicator. One question per sex and block of years.

        Sexes that the indicator does not have give no cells.
        """
        about = self.describe(table)
        chosen = by_variable(about, selections)
        wanted = {
            v.code: chosen[v.code].chosen(v.codes) if v.code in chosen else v.codes
            for v in about.variables
        }
        years = wanted["year"]
        blocks = [years[i : i + MOST_YEARS] for i in range(0, len(years), MOST_YEARS)]
        requests = [
            Request(
                f"{self._info.base}/json",
                (
                    ("indicator", about.id),
                    *(("years", y) for y in block),
                    ("genders", sex),
                ),
            )
            for sex in wanted["gender"]
            for block in blocks
        ]
        regions = self._regions()
        answers = ask_all(self._transport, requests)
        every = "region" not in chosen
        rows = [row for a in answers for row in _cells(a, regions, wanted, every=every)]
        others = {str(r[1]) for r in rows} - {c.code for c in regions.values()}
        dimensions = [Dimension(v.code, v.label, v.categories, v.role) for v in about.variables]
        unknown = tuple(Category(code, code) for code in sorted(others))
        dimensions[1] = Dimension("region", "region", (*regions.values(), *unknown), Role.GEO)
        dataset = cube(
            rows,
            dimensions,
            label=about.title,
            source=about.source,
            updated=about.updated,
            notes=about.notes,
        )
        return Fetched(
            dataset,
            origin_of(self._info, about.id, dataset, answers, about.link),
            tuple(requests),
            any(a.stale for a in answers),
        )

    def _about(self, table: str) -> Mapping[str, Any]:
        if not table.strip().isdigit():
            raise unknown_table(self._info, table)
        request = Request(f"{self._info.base}/indicators/{table.strip()}")
        answer = ask_table(self._transport, request, self._info, table)
        found = read_json(answer)
        if not isinstance(found, dict) or "id" not in found:
            raise unknown_table(self._info, table, answer)
        return found

    def _regions(self) -> dict[str, Category]:
        """Places by the service's own number."""
        answer = self._transport.fetch(Request(f"{self._info.base}/regions"))
        found: dict[str, Category] = {}
        taken: set[str] = set()
        for one in _list(answer):
            kind, code = str(one.get("category") or ""), str(one.get("code") or "")
            number = str(one.get("id"))
            own = code if kind == "KUNTA" else f"{kind}:{code}"
            own = own if code and own not in taken else f"{kind}:id{number}"
            taken.add(own)
            found[number] = Category(own, _text(one.get("title")) or own, notes=(kind,))
        return found


def _cells(
    answer: Answer,
    regions: Mapping[str, Category],
    wanted: Mapping[str, Sequence[str]],
    *,
    every: bool,
) -> Iterator[tuple[str | float | None, ...]]:
    """Cells of the places wanted; with ``every`` also of places the list of regions lacks."""
    places, years = set(wanted["region"]), set(wanted["year"])
    for one in _list(answer):
        try:
            number = str(one["region"])
            year, sex = str(one["year"]), str(one["gender"])
            figures = [(f, one.get(f)) for f in wanted["figure"]]
            cells = [(f, None if v is None else float(v)) for f, v in figures]
        except (KeyError, TypeError, ValueError) as fault:
            raise odd_answer(answer, f"{type(fault).__name__}: {fault}") from fault
        place = regions[number].code if number in regions else f"id{number}"
        known = place in places or (every and number not in regions)
        if not known or year not in years:
            continue
        for figure, value in cells:
            if figure == "value" or value is not None:
                yield figure, place, year, sex, value, None


def _list(answer: Answer) -> list[Mapping[str, Any]]:
    found = read_json(answer)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise odd_answer(answer, "not a list of objects")
    return found


def _text(found: Any, lang: str | None = None) -> str:
    """A text that stands in several languages: one of them, or the first there is."""
    if isinstance(found, str):
        return found.strip()
    if not isinstance(found, dict):
        return ""
    order = (lang,) if lang else _LANGUAGES
    return next((str(found[code]).strip() for code in order if found.get(code)), "")


def _updated(found: Mapping[str, Any]) -> str | None:
    return str(found.get("data-updated") or "")[:10] or None


def _year(found: Any) -> str | None:
    text = str(found or "")[:4]
    return text if len(text) == 4 and text.isdigit() else None


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = ((SOTKANET, Sotkanet),)
