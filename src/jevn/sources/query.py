"""Queries: which table answers an indicator, and how its cells become observations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from jevn.sources.provider import Selection
from jevn.tables import Origin
from jevn.tables.yamlfile import YamlDocument, load_yaml, parse
from jevn.terms import InputRefused, Problem

Status = Literal["documented", "unconfirmed", "unknown", "own"]
"""Whether table and codes were seen in public documents (``documented``), are likely but not seen
whole (``unconfirmed``), are not known, or are the municipality's ``own`` figures."""

_UNASKED: Final = ("unknown", "own")
Into = Literal["observations", "population"]
COLUMNS: Final = ("value", "numerator", "denominator", "n", "lower", "upper", "share")
"""Columns that figures of a table may become; ``share`` is the crude share of respondents (0-1),
which with ``numerator`` gives ``n``, and the value where there is no other."""
Column = Literal["value", "numerator", "denominator", "n", "lower", "upper", "share"]
OLDEST: Final = 105
"""A band that ends here or above is open: ``0_120`` is every age from 0."""
PLACE_KINDS: Final = ("country", "region", "municipality", "group", "zone", "basic_unit")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, frozen=True)


class PlaceRule(_Form):
    """How places are written in a table.

    A pattern holds ``{code}`` where the place's own code stands (``K-{code}``), or ``{name}``;
    a kind of place without pattern is not asked for. With ``history`` the municipality's former
    codes are asked for too. A query may have several rules, each asked for by itself: Statistics
    Norway gives merged municipalities and counties in different code lists. A table about one
    place only has no variable of it: ``whole`` is that place's id.
    """

    variable: str = ""
    whole: str | None = None
    code_list: str | None = None
    history: bool = False
    country: str | None = None
    region: str | None = None
    municipality: str | None = None
    group: str | None = None
    zone: str | None = None
    basic_unit: str | None = None

    def pattern(self, kind: str) -> str | None:
        """The pattern of a kind of place."""
        found: str | None = getattr(self, kind, None)
        return found

    @model_validator(mode="after")
    def _some(self) -> PlaceRule:
        if self.whole is not None:
            if self.variable:
                raise ValueError("whole and variable")
        elif not self.variable or not any(self.pattern(kind) for kind in PLACE_KINDS):
            raise ValueError("no kind of place")
        return self


class GroupRule(_Form):
    """A variable that divides people into social groups.

    ``codes`` gives our group for a code of the table; ``ages`` means that the codes are ages
    (``034``, ``105+``, ``0_17``). Several codes may mean the same group only in ``population``,
    where persons are summed. ``total`` is the code for all.
    """

    variable: str
    dimension: Literal["education", "income", "background", "sex", "age"]
    codes: dict[str, str] | Literal["ages"]
    total: str | None = None

    def groups(self, codes: Sequence[str]) -> dict[str, str]:
        """Our group by code, of the codes there are."""
        if isinstance(self.codes, str):
            found = {c: _age(c) for c in codes if c != self.total}
            return {c: age for c, age in found.items() if age is not None}
        return {c: g for c, g in self.codes.items() if c in codes}


class FigureRule(_Form):
    """Which figures of the table become which columns; without variable: the only figure."""

    variable: str | None = None
    codes: dict[str, Column] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> FigureRule:
        if self.variable is not None and not self.codes:
            raise ValueError("codes missing")
        return self


class IndicatorRule(_Form):
    """A variable whose codes are indicators, in a table that holds several."""

    variable: str
    codes: dict[str, str]


class OriginRule(_Form):
    """What is to be said of where figures come from, where the file does not say it."""

    producer: str | None = None
    title: str | None = None
    version: str | None = None
    licence: str | None = None
    link: str | None = None

    def named(self, origin: Origin) -> Origin:
        """The origin with what is said here."""
        return replace(origin, **self.model_dump(exclude_none=True))


class QueryForm(_Form):
    """One query as it stands in a file."""

    indicator: str = Field(pattern=r"^[\w.-]+$")
    status: Status = "documented"
    into: Into = "observations"
    provider: str | None = None
    table: str | None = None
    select: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    places: tuple[PlaceRule, ...] = ()
    period: str | None = None
    indicators: IndicatorRule | None = None
    figures: FigureRule = FigureRule()
    groups: tuple[GroupRule, ...] = ()
    form: str | None = None
    origin: OriginRule | None = None
    basis: Literal["share", "rate", "standardised", "mean"] | None = None
    factor: float = 1.0
    span: int | None = Field(default=None, ge=1, le=30)
    provisional: str | None = Field(default=None, pattern=r"^\d{2}-\d{2}$")
    seen: str | None = None
    note: str | None = None

    @field_validator("places", mode="before")
    @classmethod
    def _one_place(cls, given: Any) -> Any:
        return [given] if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _whole(self) -> QueryForm:
        if self.status in _UNASKED:
            if self.provider and self.table and self.places:
                raise ValueError(f"a whole query cannot be {self.status}")
            return self
        missing = [
            name for name in ("provider", "table", "places", "period") if not getattr(self, name)
        ]
        if missing:
            raise ValueError("missing: " + ", ".join(missing))
        return self


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be run.

    Attributes:
        indicator: id of the indicator; for ``population`` and for tables of several indicators,
            a name of the query.
        status: whether the table and its codes are known.
        into: which table of the plan folder it fills.
        provider: id of the provider.
        table: the provider's table.
        selections: values of all variables but the place's.
        places: how places are written; each rule is asked for by itself.
        period: variable of the period.
        indicators: the variable whose codes are indicators, if the table holds several.
        form: how a file is read, for ``provider: file``.
        origin: what is to be said of where the figures come from.
        figures: which figures become which columns.
        groups: variables of social groups.
        basis: what kind of value it is.
        factor: what values are multiplied by to be on the indicator's scale.
        span: years of a period, where the table does not say both ends.
        provisional: day of the year (``06-15``) before which the newest year is not revised.
        seen: where the table and its codes were seen.
        note: what to beware of, in bokmål.
    """

    indicator: str
    status: Status
    into: Into = "observations"
    provider: str = ""
    table: str = ""
    selections: tuple[Selection, ...] = ()
    places: tuple[PlaceRule, ...] = ()
    period: str = ""
    figures: FigureRule = field(default_factory=FigureRule)
    groups: tuple[GroupRule, ...] = ()
    basis: str | None = None
    factor: float = 1.0
    span: int | None = None
    provisional: str | None = None
    seen: str | None = None
    note: str | None = None
    indicators: IndicatorRule | None = None
    form: str | None = None
    origin: OriginRule | None = None

    @property
    def runs(self) -> bool:
        """Whether it can be asked."""
        return self.status not in _UNASKED

    def asks(
        self, places: Sequence[AskedPlace], former: Sequence[str] = ()
    ) -> list[tuple[Selection | None, dict[str, str]]]:
        """What to ask for places, one selection per rule, with the table's code of each place.

        Args:
            places: the places.
            former: former codes of the municipality, for rules with ``history``.

        Returns:
            Pairs of a selection of the place variable, and place id by code; a former code is
            its own id. Rules that fit no place are left out. A table about one place has no
            selection, and the empty code.
        """
        found: list[tuple[Selection | None, dict[str, str]]] = []
        for rule in self.places:
            codes: dict[str, str] = {}
            if rule.whole is not None:
                if any(place.id == rule.whole for place in places):
                    found.append((None, {"": rule.whole}))
                continue
            for place in places:
                pattern = rule.pattern(place.kind)
                if pattern is not None:
                    code = pattern.replace("{code}", bare_code(place.id))
                    codes.setdefault(code.replace("{name}", place.name), place.id)
            if rule.history and rule.municipality is not None:
                for old in former:
                    codes.setdefault(rule.municipality.replace("{code}", old), old)
            if codes:
                found.append((Selection(rule.variable, tuple(codes), rule.code_list), codes))
        return found


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A place that figures are wanted for."""

    id: str
    kind: str
    name: str


def _age(code: str) -> str | None:
    """An age or a band of ages: ``034`` is ``34``, ``105+`` open, ``0_17`` and ``0-17`` bands."""
    one = re.fullmatch(r"0*(\d{1,3})(\+?)", code)
    if one is not None:
        return f"{one[1]}{one[2]}"
    band = re.fullmatch(r"0*(\d{1,3})[_\-–]0*(\d{1,3})", code)
    if band is None:
        return None
    return f"{band[1]}+" if int(band[2]) >= OLDEST else f"{band[1]}-{band[2]}"


def bare_code(place: str) -> str:
    """The code inside a place id: ``KG11`` is KOSTRA group ``11``."""
    return place.removeprefix("KG")


_FORMS: TypeAdapter[list[QueryForm]] = TypeAdapter(list[QueryForm])


def read_queries(path: Path, *, name: str | None = None) -> tuple[Query, ...]:
    """Read queries from a YAML file.

    Raises:
        InputRefused: every fault, with file, line and remedy; ``sources_query_twice`` for two
            queries that fill the same.
    """
    document = load_yaml(path, name=name)
    return queries_of(document)


def queries_of(document: YamlDocument) -> tuple[Query, ...]:
    """Queries of a document; an empty one holds none.

    Raises:
        InputRefused: as :func:`read_queries`.
    """
    if document.data is None:
        return ()
    forms = parse(document, _FORMS)
    seen: set[tuple[str, str, str]] = set()
    problems = []
    for at, form in enumerate(forms):
        key = (form.indicator, form.provider or "", form.table or "")
        if key in seen:
            params = {"indicator": form.indicator, "table": form.table or "–"}
            line = document.line((at, "indicator"))
            problems.append(
                Problem("sources_query_twice", document.file, line, "indicator", params)
            )
        seen.add(key)
    if problems:
        raise InputRefused(problems)
    return tuple(_query(form) for form in forms)


def _query(form: QueryForm) -> Query:
    return Query(
        indicator=form.indicator,
        status=form.status,
        into=form.into,
        provider=form.provider or "",
        table=form.table or "",
        selections=tuple(_selection(k, v) for k, v in form.select.items()),
        places=form.places,
        period=form.period or "",
        figures=form.figures,
        groups=form.groups,
        basis=form.basis,
        factor=form.factor,
        span=form.span,
        provisional=form.provisional,
        seen=form.seen,
        note=form.note,
        indicators=form.indicators,
        form=form.form,
        origin=form.origin,
    )


def _selection(variable: str, values: str | tuple[str, ...]) -> Selection:
    name, _, code_list = variable.partition("@")
    given = (values,) if isinstance(values, str) else values
    return Selection(name, tuple(given), code_list or None)
