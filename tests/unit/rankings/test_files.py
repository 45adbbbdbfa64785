"""Ranked lists from tables, and PrefLib files written and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.rankings import RankedLists, read_preflib, read_table_of_lists, write_preflib
from jevn.terms import InputRefused

TABLE = "liste;plass;punkt;vekt\nA;1;Bad;3\nA;4;Buss;3\nB;1;Buss;\nB;1;Bad;\nC;2;Los;\n"


def test_a_table_of_lists_with_ties_gaps_and_weights(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_text(TABLE, "utf-8")
    lists, names = read_table_of_lists(file)
    assert lists.items == ("Bad", "Buss", "Los")
    assert lists.lists == ((("Bad",), ("Buss",)), (("Buss", "Bad"),), (("Los",),))
    assert lists.weights == (3.0, 1.0, 1.0)
    assert lists.names == ("A", "B", "C")
    assert names["Bad"] == "Bad"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("list,rank,item\n", "rankings_empty"),
        ("list,rank,item\nA,0,x\n", "table_too_small"),
        ("list,rank,item\nA,1,x\nA,2,x\n", "table_double_key"),
        ("list,rank,item,weight\nA,1,x,0\n", "rankings_weight"),
        ("list,rank,item,weight\nA,1,x,2\nA,2,y,3\n", "rankings_weight"),
    ],
)
def test_bad_tables_are_refused(tmp_path: Path, text: str, id: str) -> None:
    file = tmp_path / "l.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_table_of_lists(file)
    assert refused.value.problems[0].id == id


def test_preflib_files_come_back_as_written(tmp_path: Path) -> None:
    lists = RankedLists.of([["a", ("b", "c")], ["c"], ["c"]], weights=[2, 1, 1])
    file = tmp_path / "l.toi"
    write_preflib(lists, {"a": "Bad"}, file)
    again, names = read_preflib(file)
    assert names == {"1": "Bad", "2": "b", "3": "c"}
    assert again.lists == ((("1",), ("2", "3")), (("3",),))
    assert again.weights == (2.0, 2.0)


def test_real_elections_are_written_as_they_were(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "data/preflib/00008-00000005.soi"
    lists, names = read_preflib(source)
    write_preflib(lists, names, tmp_path / "x.soi")
    again, known = read_preflib(tmp_path / "x.soi")
    assert known == names
    assert sorted(zip(again.lists, again.weights, strict=True)) == sorted(
        zip(lists.lists, lists.weights, strict=True)
    )


@pytest.mark.parametrize("ending", [".soc", ".soi", ".toc", ".txt"])
def test_lists_of_another_kind_are_not_written(tmp_path: Path, ending: str) -> None:
    lists = RankedLists.of([["a", ("b", "c")], ["c"]])
    with pytest.raises(ValueError, match="kind"):
        write_preflib(lists, {}, tmp_path / f"l{ending}")


def test_the_command_takes_tables_and_gives_every_rule(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_text(TABLE, "utf-8")
    done = CliRunner().invoke(app, ["prioritise", "rank", str(file), "--rule", "all", "--json"])
    found = json.loads(done.stdout)
    assert list(found) == ["borda", "copeland", "kemeny", "plackett-luce"]
    for result in found.values():
        assert {"order", "scores", "disagreements", "ties", "seconds"} <= set(result)
    shown = CliRunner().invoke(app, ["prioritise", "rank", str(file), "--rule", "kemeny"])
    assert "Kemeny" in shown.output
    assert "Poeng" not in shown.output
