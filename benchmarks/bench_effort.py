"""The effort profile: large KOSTRA tables, long registers, and the profile itself."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path
from time import perf_counter

import polars as pl

from jevn.effort.hierarchy import Books, Hierarchy
from jevn.effort.kostra_import import kostra_accounts
from jevn.effort.registering import import_register
from jevn.sources.dataset import Category, Dataset, Dimension

REGIONS, TYPES, YEARS = 100, 20, 10
FUNCTIONS = ("201", "202", "211", "213", "221", "231", "232", "241", "244", "251", "FGK10", "FGK8")


def _kostra() -> Dataset:
    """As many cells as some hundred municipalities over ten years have."""
    codes = {
        "KOKkommuneregion0000": [f"{1101 + i}" for i in range(REGIONS)],
        "KOKfunksjon0000": list(FUNCTIONS),
        "KOKart0000": ["AGD10", "AGD2", *(f"A{100 + i}" for i in range(TYPES - 2))],
        "ContentsCode": ["KOSbelopinnbygge0000"],
        "Tid": [str(2015 + i) for i in range(YEARS)],
    }
    cells = list(product(*codes.values()))
    table = pl.DataFrame(cells, schema=list(codes), orient="row").with_columns(
        value=pl.int_range(len(cells)).cast(pl.Float64), flag=pl.lit(None, dtype=pl.String)
    )
    dimensions = tuple(
        Dimension(code, code, tuple(Category(c, c) for c in own)) for code, own in codes.items()
    )
    return Dataset("12362: Utgifter", "SSB", "2025-06-15", dimensions, table)


def bench_kostra_table() -> None:
    data = _kostra()
    began = perf_counter()
    found = kostra_accounts(data, municipality="0")
    seconds = perf_counter() - began
    print(f"\nKOSTRA table of {data.table.height} cells: {seconds:.1f} s (at most 3 s)")
    assert found.comparison.height == REGIONS * 10 * YEARS
    assert seconds < 3


def bench_register() -> None:
    head = "Tiltak;Område;Funksjon;Innretning;Sone;Netto (1000 kr);Brukere: Grunnskole\n"
    rows = (f"Tiltak {i};Levevaner;233;Målrettet;Nord, Sør;{i},5;{i + 5}\n" for i in range(2000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiltak.csv"
        path.write_text(head + "".join(rows), "utf-8")
        began = perf_counter()
        found = import_register(path, year=2026, places={"Nord": "1", "Sør": "2"})
        seconds = perf_counter() - began
    print(f"\nregister of {found.services.height} services: {seconds:.1f} s (at most 4 s)")
    assert seconds < 4


def bench_hierarchy() -> None:
    functions = Hierarchy.of([("all", str(f), 1) for f in range(100, 200)])
    types = Hierarchy.of([("net", str(t), 1) for t in range(100)])
    own = {("D", str(f), str(t)): f + t for f in range(100, 200) for t in range(100)}
    books = Books(own, functions, types)
    began = perf_counter()
    total = books.own_sum(("D", "all", "net"))
    seconds = perf_counter() - began
    print(f"\na sum of 10 000 cells: {1000 * seconds:.0f} ms (at most 100 ms)")
    assert total == sum(own.values())
    assert seconds < 0.1
