"""JSON-stat as a bureau's largest answer comes: 800 000 cells read, and put together from parts."""

from __future__ import annotations

import json
import tracemalloc
from importlib.util import find_spec
from itertools import product
from time import perf_counter

import pytest

from jevn.sources.asking import joined
from jevn.sources.dataset import Dataset
from jevn.sources.jsonstat import read_jsonstat

LISTS = {
    "Region": [f"{i:04}" for i in range(400)],
    "Alder": [f"{i:03}" for i in range(100)],
    "Kjonn": ["1", "2"],
    "Tid": [str(year) for year in range(2015, 2025)],
}
CELLS = 800_000


def answer(years: list[str]) -> bytes:
    """An answer for some years, with a sign for each hundredth cell."""
    lists = {**LISTS, "Tid": years}
    n = CELLS // len(LISTS["Tid"]) * len(years)
    return json.dumps(
        {
            "class": "dataset", "version": "2.0", "label": "Befolkning", "id": list(lists),
            "size": [len(codes) for codes in lists.values()],
            "dimension": {
                name: {"label": name, "category": {
                    "index": {c: i for i, c in enumerate(codes)},
                    "label": {c: f"{name} {c}" for c in codes}}}
                for name, codes in lists.items()
            },
            "value": [None if i % 100 == 7 else i * 1.5 for i in range(n)],
            "status": {str(i): ":" for i in range(7, n, 100)},
        }
    ).encode()  # fmt: skip


def plainly(body: bytes) -> list[tuple[object, ...]]:
    """The slow way: a row at a time."""
    found = json.loads(body)
    status = found["status"]
    return [
        (*codes, value, status.get(str(i)))
        for i, (codes, value) in enumerate(
            zip(product(*LISTS.values()), found["value"], strict=True)
        )
    ]


@pytest.fixture(scope="module")
def body() -> bytes:
    return answer(LISTS["Tid"])


def bench_an_answer_of_800_000_cells(body: bytes) -> None:
    began = perf_counter()
    found = read_jsonstat(body)
    seconds = perf_counter() - began
    tracemalloc.start()
    read_jsonstat(body)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    began = perf_counter()
    rows = plainly(body)
    slow = perf_counter() - began
    assert found.table.rows() == rows
    print(
        f"\nJSON-stat, {CELLS} cells ({len(body) / 1e6:.0f} MB): {seconds:.2f} s, "
        f"{peak:.0f} MB of Python objects at most; a row at a time: {slow:.2f} s (at most 2 s)"
    )
    if find_spec("pyjstat"):
        from pyjstat import pyjstat

        began = perf_counter()
        frame = pyjstat.from_json_stat(json.loads(body), naming="id")[0]
        print(f"pyjstat: {perf_counter() - began:.2f} s, {len(frame)} rows")
    else:
        print("pyjstat is not installed here, so it is not compared with")
    assert seconds < 2


def bench_the_same_in_ten_parts(body: bytes) -> None:
    whole = read_jsonstat(body)
    bodies = [answer([year]) for year in LISTS["Tid"]]
    began = perf_counter()
    parts: list[Dataset] = [read_jsonstat(b) for b in bodies]
    read = perf_counter() - began
    together = joined(parts, LISTS)
    seconds = perf_counter() - began
    assert together.dimensions == whole.dimensions
    assert together.table.height == CELLS
    print(
        f"\n{len(bodies)} parts read in {read:.2f} s, put together in {seconds - read:.2f} s "
        "(at most 4 s in all)"
    )
    assert seconds < 4
