"""Goals, actions and budget lines as tables that planning and finance systems can take in.

Municipalities run other systems for goals and money. Three tables hold what these ask for, each
row with its id and its parent's: goals with targets, actions with owner and dates, budget lines
in kroner and in thousands by year. The columns, and which column goes where, stand in
``docs/reference/exchange.md``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from jevn.plan.elements import Element, ElementKind
from jevn.plan.results import Branch, PlanProposal
from jevn.publishing.dossier import Dossier
from jevn.publishing.zipped import same_bytes
from jevn.terms import Say

Row = dict[str, str | float | int | None]
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "goals": (
        "id",
        "parent",
        "kind",
        "title",
        "text",
        "area",
        "indicator",
        "target_on",
        "dimension",
        "baseline",
        "target",
        "target_year",
        "status",
        "sdg",
        "plan",
    ),
    "actions": (
        "id",
        "parent",
        "title",
        "text",
        "area",
        "owner",
        "start",
        "deadline",
        "next_update",
        "reach",
        "target_group",
        "places",
        "posts",
        "function",
        "status",
        "sdg",
        "crpd",
        "plan",
    ),
    "budget": (
        "action",
        "title",
        "owner",
        "function",
        "year",
        "nok",
        "thousand_nok",
        "posts",
        "plan",
    ),
}
"""Columns of each table, in order."""
NAMES: Final = (
    "goals.csv",
    "actions.csv",
    "budget.csv",
    "plan-exchange.json",
    "plan-exchange.xlsx",
)
_FIXED = datetime(1980, 1, 1)
_CLOCK = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def exchange_tables(proposal: PlanProposal) -> dict[str, list[Row]]:
    """The three tables of a plan, parents before children.

    A goal with several targets has a row for each. An action without money has no budget line.
    """
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    plan = proposal.plan.id
    for branch, parent in _walk(proposal.tree, None):
        e, status = branch.element, branch.placement.status
        if e.kind is ElementKind.ACTION:
            tables["actions"].append(_action(e, parent, status, plan))
            tables["budget"] += _budget(e, plan)
        else:
            tables["goals"] += _goal(e, parent, status, plan)
    return tables


def _walk(branches: Sequence[Branch], parent: str | None) -> Iterator[tuple[Branch, str | None]]:
    for branch in branches:
        yield branch, parent
        yield from _walk(branch.children, branch.element.id)


def _goal(e: Element, parent: str | None, status: str, plan: str) -> Iterator[Row]:
    row: Row = {
        "id": e.id,
        "parent": parent,
        "kind": e.kind.value,
        "title": e.title,
        "text": e.text,
        "area": e.area.value if e.area else None,
        "status": status,
        "sdg": "; ".join(e.sdg),
        "plan": plan,
    }
    for t in e.targets:
        yield {
            **row,
            "indicator": t.indicator,
            "target_on": t.on,
            "dimension": t.dimension.value if t.dimension else None,
            "baseline": t.baseline,
            "target": t.target,
            "target_year": t.year,
        }
    if not e.targets:
        yield row


def _action(e: Element, parent: str | None, status: str, plan: str) -> Row:
    a = e.action
    row: Row = {
        "id": e.id,
        "parent": parent,
        "title": e.title,
        "text": e.text,
        "area": e.area.value if e.area else None,
        "status": status,
        "sdg": "; ".join(e.sdg),
        "plan": plan,
    }
    if a is None:
        return row
    return {
        **row,
        "owner": a.owner,
        "start": a.start,
        "deadline": a.deadline,
        "next_update": a.next_update,
        "reach": a.reach.value if a.reach else None,
        "target_group": a.target_group,
        "places": "; ".join(a.places),
        "posts": a.posts,
        "function": a.function,
        "crpd": "; ".join(a.crpd),
    }


def _budget(e: Element, plan: str) -> Iterator[Row]:
    for year, nok in e.action.cost_nok if e.action else ():
        yield {
            "action": e.id,
            "title": e.title,
            "owner": e.action.owner if e.action else None,
            "function": e.action.function if e.action else None,
            "year": year,
            "nok": nok,
            "thousand_nok": round(nok / 1000, 3),
            "posts": e.action.posts if e.action else None,
            "plan": plan,
        }


def write_exchange(dossier: Dossier, folder: Path) -> tuple[str, ...]:
    """Write the tables as CSV, one JSON and one workbook; nothing without a plan.

    CSV is UTF-8 with a mark and semicolons, which Norwegian spreadsheets open as they are; numbers
    have a decimal comma there, and a point in the JSON. The same plan gives the same bytes.

    Returns:
        Names of the files.
    """
    if dossier.proposal is None:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    tables = exchange_tables(dossier.proposal)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(_csv(name, rows), "utf-8")
    whole = {
        "municipality": dossier.cover.municipality,
        "number": dossier.cover.number,
        "plan": dossier.proposal.plan.title,
        "version": dossier.proposal.version,
        "status": dossier.proposal.status,
        "as_of": dossier.cover.as_of,
        **{name: [_filled(name, r) for r in rows] for name, rows in tables.items()},
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    (folder / "plan-exchange.json").write_text(text, "utf-8")
    (folder / "plan-exchange.xlsx").write_bytes(_workbook(tables, Say(dossier.cover.language)))
    return NAMES


def _filled(name: str, row: Row) -> Row:
    return {column: row.get(column) for column in COLUMNS[name]}


def _csv(name: str, rows: Sequence[Row]) -> str:
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    write(COLUMNS[name])
    for row in rows:
        write([_cell(row.get(c)) for c in COLUMNS[name]])
    return "\ufeff" + out.getvalue()


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    text = str(value)
    # A spreadsheet would take these as formulas.
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _workbook(tables: dict[str, list[Row]], say: Say) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(say(f"publishing.exchange.{name}"))
        sheet.append(list(COLUMNS[name]))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append([_plain(row.get(c)) for c in COLUMNS[name]])
        sheet.freeze_panes = "A2"
        for i, column in enumerate(COLUMNS[name], start=1):
            longest = max([len(column), *(len(str(r.get(column) or "")) for r in rows)])
            sheet.column_dimensions[get_column_letter(i)].width = min(60, longest + 2)
    book.properties.creator = "Jevn"
    book.properties.created = book.properties.modified = _FIXED
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue(), _without_clock)


def _plain(value: Any) -> Any:
    """A value for a sheet; text that begins like a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@") else value


def _without_clock(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
