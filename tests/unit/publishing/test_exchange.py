"""Exchange tables: everything the plan says of goals, actions and money, and the same bytes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl

from jevn.plan.elements import ElementKind
from jevn.publishing.exchange import COLUMNS, NAMES, exchange_tables, write_exchange
from unit.publishing.fixture_dossier import dossier, empty_dossier


def _rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_tables_hold_every_element_and_every_krone() -> None:
    proposal = dossier().proposal
    assert proposal is not None
    tables = exchange_tables(proposal)
    actions = [e for e in proposal.elements() if e.kind is ElementKind.ACTION]
    goals = [e for e in proposal.elements() if e.kind is not ElementKind.ACTION]
    assert [r["id"] for r in tables["actions"]] == [e.id for e in actions]
    assert {r["id"] for r in tables["goals"]} == {e.id for e in goals}
    assert len(tables["goals"]) == sum(max(1, len(e.targets)) for e in goals)
    sums: dict[int, float] = {}
    for row in tables["budget"]:
        assert row["nok"] == row["thousand_nok"] * 1000  # type: ignore[operator]
        sums[row["year"]] = sums.get(row["year"], 0.0) + row["nok"]  # type: ignore[index, operator, arg-type]
    assert tuple(sorted(sums.items())) == proposal.cost_nok
    known = {r["id"] for t in ("goals", "actions") for r in tables[t]}
    assert all(r["parent"] is None or r["parent"] in known for r in tables["actions"])


def test_csv_json_and_workbook_hold_the_same(tmp_path: Path) -> None:
    assert write_exchange(dossier(), tmp_path) == NAMES
    told = json.loads((tmp_path / "plan-exchange.json").read_text("utf-8"))
    book = openpyxl.load_workbook(tmp_path / "plan-exchange.xlsx")
    assert book.sheetnames == ["Mål", "Tiltak", "Budsjett"]
    for name, sheet in zip(COLUMNS, book.worksheets, strict=True):
        rows = _rows(tmp_path / f"{name}.csv")
        assert tuple(rows[0]) == COLUMNS[name]
        assert len(rows) == len(told[name]) == sheet.max_row - 1
        for row, other, line in zip(rows, told[name], sheet.iter_rows(min_row=2), strict=True):
            for column, cell in zip(COLUMNS[name], line, strict=True):
                assert cell.value == other[column] or (not cell.value and not other[column])
                shown = "" if other[column] is None else str(other[column])
                assert row[column].replace(",", ".") == shown.removesuffix(".0").replace(",", ".")


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for part in ("a", "b"):
        write_exchange(dossier(), tmp_path / part)
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    d = dossier()
    assert d.proposal is not None
    first = d.proposal.tree[0]
    odd = replace(first, element=replace(first.element, title="=HYPERLINK(1)"))
    write_exchange(replace(d, proposal=replace(d.proposal, tree=(odd,))), tmp_path)
    assert _rows(tmp_path / "goals.csv")[0]["title"] == "'=HYPERLINK(1)"
    sheet = openpyxl.load_workbook(tmp_path / "plan-exchange.xlsx").worksheets[0]
    assert sheet.cell(2, COLUMNS["goals"].index("title") + 1).data_type == "s"


def test_without_a_plan_nothing_is_written(tmp_path: Path) -> None:
    assert write_exchange(empty_dossier(), tmp_path / "x") == ()
    assert not (tmp_path / "x").exists()
