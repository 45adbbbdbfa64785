"""Statistics files: a large one read as a tidy table."""

from __future__ import annotations

import itertools
from pathlib import Path
from time import perf_counter

from jevn.sources.files import import_file


def bench_file_of_half_a_million_rows(tmp_path: Path) -> None:
    """A long file with two figures a row: a million cells, every tenth hidden."""
    path = tmp_path / "stor.csv"
    places = [f"{n} Sted" for n in range(3301, 3301 + 350)]
    keys = itertools.product(places, range(2000, 2024), ("Menn", "Kvinner"), range(30))
    rows = [
        f"{place};{year};{sex};{age};{i % 997};" + (":" if i % 10 == 0 else f"{i % 1000},5")
        for i, (place, year, sex, age) in enumerate(keys)
    ]
    path.write_text("\n".join(["Region;År;Kjønn;Alder;Antall;Andel", *rows]), "utf-8")
    began = perf_counter()
    found = import_file(path)
    seconds = perf_counter() - began
    print(
        f"\n{found.dataset.table.height} cells from {len(rows)} rows: {seconds:.1f} s (at most 30)"
    )
    assert found.dataset.table.height == 2 * len(rows)
    assert found.dataset.table["flag"].count() == len(rows) / 10
    assert seconds < 30
