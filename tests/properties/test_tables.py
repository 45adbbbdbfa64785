"""Properties of reading and writing tables: nothing breaks it, and what is written reads back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.tables import Column, TableSchema, read_table, table_from_rows, write_table
from jevn.terms import InputRefused

SCHEMA = TableSchema(
    "figures",
    "A figure.",
    (
        Column("id", "id", "id", True),
        Column("value", "number", "value", signs=True),
        Column("persons", "integer", "persons"),
        Column("year", "year", "year"),
        Column("day", "date", "day"),
        Column("flag", "choice", "flag", choices=("hidden", "missing", "not_possible")),
        Column("tags", "list", "tags"),
        Column("note", "text", "note"),
    ),
)
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n,;\t\"'"),
    max_size=30,
)
ROWS = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-zæøå0-9_./-]{1,8}", fullmatch=True),
        "value": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "persons": st.none() | st.integers(-(2**52), 2**52),
        "year": st.none() | st.integers(1700, 2300),
        "day": st.none() | st.dates(),
        "flag": st.none() | st.sampled_from(("hidden", "missing")),
        "tags": st.none() | st.lists(WORDS.map(lambda t: t.replace(";", " ")), max_size=3),
        "note": st.none() | WORDS,
    }
)
HEADS = (
    b"",
    b"id,value,note\n",
    b"id;value;note\n",
    b"Tittel\n\nid\tvalue\tday\n",
    b"\xff\xfei\x00",
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    st.sampled_from((".csv", ".xlsx", ".parquet")),
)
def test_any_bytes_give_a_frame_or_a_refusal(head, body, ending):
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"figures{ending}"
        path.write_bytes(head + body)
        found = outcome(path)
    if isinstance(found, InputRefused):
        assert 0 < len(found.problems) <= 51
        assert found.render("nn")
    else:
        assert found.columns == [*SCHEMA.names, "_row"]


def outcome(path):
    try:
        return read_table(path, SCHEMA)
    except InputRefused as refusal:
        return refusal


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=8), st.sampled_from((".csv", ".parquet")))
def test_what_is_written_reads_back_and_is_the_same_bytes_every_time(rows, ending):
    frame = table_from_rows(SCHEMA, rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"figures{ending}"
        write_table(frame, SCHEMA, path)
        first = path.read_bytes()
        again = read_table(path, SCHEMA)
        assert again.drop("_row").equals(frame.drop("_row"), null_equal=True)
        write_table(again, SCHEMA, path)
        assert path.read_bytes() == first
        assert [p.name for p in Path(folder).iterdir()] == [path.name]


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 2)),
    st.sampled_from((" ", "\u00a0", "\u2009", "\u202f")),
)
def test_a_number_in_norwegian_format_is_the_number(number, space):
    text = f"{number:,.2f}".replace(",", space).replace(".", ",")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        path.write_text(f"id;value\na;{text}\n", encoding="utf-8")
        assert read_table(path, SCHEMA)["value"].to_list() == [number]


def test_nothing_is_written_when_a_list_holds_its_own_separator(tmp_path):
    frame = pl.DataFrame({"id": ["a"], "tags": [["x;y"]]})
    with pytest.raises(ValueError, match=";"):
        write_table(frame, SCHEMA, tmp_path / "f.csv")
    assert list(tmp_path.iterdir()) == []
