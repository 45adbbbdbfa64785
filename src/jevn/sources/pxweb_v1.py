"""PxWeb's service of version 1 (``v0`` at Statistics Norway), which most sites still run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from jevn.sources.asking import Wanted, ask_table, odd_answer, read_json, reading, unknown_table
from jevn.sources.choosing import by_code, chosen_codes
from jevn.sources.cubes import Limits, ask_in_parts, fetched_of
from jevn.sources.dataset import Category, Role
from jevn.sources.provider import (
    Fetched,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.sources.pxweb import guessed_role
from jevn.sources.request import Request
from jevn.sources.transport import Transport
from jevn.terms import UserError


class PxWebV1:
    """A site that runs PxWeb's service of version 1.

    A table is named by its path below the language (``StatFin/vaerak/11ra.px``), or below the
    database where the site has one only.

    Args:
        transport: how it is asked.
        info: who it is; ``base`` ends with the language.
        most_values: codes that may be named in one question.
        database: the site's only database, if it has one.
        databases: databases that are searched; all if none is named.
        page: address of a table's page, with ``{table}``.
    """

    def __init__(
        self,
        transport: Transport,
        info: ProviderInfo,
        *,
        most_values: int | None = None,
        database: str | None = None,
        databases: tuple[str, ...] = (),
        page: str | None = None,
    ) -> None:
        self._transport = transport
        self._info = info
        self._most_values = most_values
        self._database = database
        self._databases = databases
        self._page = page

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def limits(self) -> Limits:
        """What the site allows now, by its own word."""
        answer = self._transport.fetch(Request(self._info.base, (("config", ""),)))
        with reading(answer):
            found = read_json(answer)
            return Limits(found.get("maxCells") or None, found.get("maxValues") or None)

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables that the site's own search finds, in each of its databases."""
        if not self._info.searchable:
            raise self._no_search()
        hits: dict[tuple[str, ...], TableHit] = {}
        for database in self._searched():
            request = Request(self._address(database), (("query", words),))
            try:
                answer = self._transport.fetch(request)
            except UserError as fault:
                if _status(fault) in ("400", "404"):
                    raise self._no_search() from fault
                raise
            found = read_json(answer)
            with reading(answer):
                for one in found:
                    hit = self._hit(database, one)
                    hits.setdefault((database, str(one["id"]), hit.title), hit)
            if len(hits) >= most:
                break
        return tuple(hits.values())[:most]

    def describe(self, table: str) -> TableInfo:
        """Variables and values of a table."""
        table = table.strip().strip("/")
        answer = ask_table(self._transport, Request(self._table(table)), self._info, table)
        found = read_json(answer)
        if isinstance(found, list):
            raise unknown_table(self._info, table, answer)
        if not isinstance(found, dict):
            raise odd_answer(answer, "not an object")
        with reading(answer):
            variables = tuple(_variables(found["variables"]))
        return TableInfo(
            provider=self._info.id,
            id=table,
            title=str(found.get("title") or table),
            variables=variables,
            link=self._page.format(table=table) if self._page else self._info.home,
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table, in parts where it is large.

        The codes of a code list (``Region@agg_KommSummer=K-3301``) must be written out: the
        service does not say which they are.
        """
        about = self.describe(table)
        given = by_code(about, selections)
        wanted: dict[str, list[str]] = {}
        lists: dict[str, str] = {}
        for variable in about.variables:
            some = given.get(variable.code)
            if some is None:
                if variable.required:
                    wanted[variable.code] = variable.codes
                continue
            used = next((s.code_list for s in some if s.code_list), None)
            if used is None:
                wanted[variable.code] = chosen_codes(variable, some)
            else:
                lists[variable.code] = used
                wanted[variable.code] = _written_out(some, used)
        answers = ask_in_parts(
            self._transport,
            wanted,
            Limits(self._info.most_cells, self._most_values),
            lambda part: self._data(about, part, lists),
            self.limits,
        )
        return fetched_of(self._info, about, answers, wanted)

    def _data(self, about: TableInfo, part: Wanted, lists: Mapping[str, str]) -> Request:
        query: list[dict[str, Any]] = []
        for code, codes in part.items():
            kind, sign, name = lists.get(code, "").replace(":", "_").partition("_")
            selection = {"filter": f"{kind}:{name}" if sign else "item", "values": list(codes)}
            query.append({"code": code, "selection": selection})
        body = {"query": query, "response": {"format": "json-stat2"}}
        return Request.posting(self._table(about.id), body)

    def _table(self, table: str) -> str:
        words = table.split("/")
        if any(word in ("", ".", "..") for word in words):
            raise unknown_table(self._info, table)
        return self._address(*([self._database] if self._database else []), *words)

    def _address(self, *words: str) -> str:
        return "/".join([self._info.base.rstrip("/"), *(quote(w, safe="") for w in words)])

    def _searched(self) -> tuple[str, ...]:
        if self._database is not None:
            return (self._database,)
        if self._databases:
            return self._databases
        answer = self._transport.fetch(Request(self._info.base))
        found = read_json(answer)
        with reading(answer):
            return tuple(str(d["dbid"]) for d in found)

    def _hit(self, database: str, found: Mapping[str, Any]) -> TableHit:
        path = [p for p in str(found.get("path") or "").split("/") if p]
        words = [*path, str(found["id"])]
        if self._database is None:
            words.insert(0, database)
        return TableHit(
            "/".join(words),
            str(found.get("title") or found.get("text") or found["id"]),
            found.get("published") or found.get("updated") or None,
            path=tuple(path),
        )

    def _no_search(self) -> UserError:
        return UserError("sources_no_search", host=self._info.name("nb"), home=self._info.home)


def _variables(found: Iterable[Mapping[str, Any]]) -> Iterable[Variable]:
    given = list(found)
    timed = any(v.get("time") for v in given)
    for one in given:
        code = str(one["code"])
        role = Role.TIME if one.get("time") else guessed_role(code)
        if role is Role.TIME and timed and not one.get("time"):
            role = None
        names = one.get("valueTexts") or one["values"]
        yield Variable(
            code=code,
            label=str(one.get("text") or code),
            categories=tuple(
                Category(str(c), str(t)) for c, t in zip(one["values"], names, strict=True)
            ),
            role=role,
            required=not one.get("elimination", False),
        )


def _written_out(selections: Sequence[Selection], used: str) -> list[str]:
    values = [v for s in selections for v in s.values]
    if not all(s.plain for s in selections):
        raise UserError("sources_codes_wanted", given=used)
    return list(dict.fromkeys(values))


def _status(fault: UserError) -> str:
    return str(fault.problems[0].params.get("status", ""))
