"""Do nominal 95 % limits hold? All indices on the whole grid of ``coverage_grid``.

Prints the table and writes it into the page that explains it, between its two marks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np

from jevn.indices import INDICES, Family

sys.path.insert(0, str(Path(__file__).resolve().parent))
from coverage_grid import Cell, Coverage, cells, coverage

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "indices-coverage.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
BANDS = (0.0, 1.0, 5.0, 20.0, np.inf)
"""Expected cases in the group that has the fewest."""
LOW, HIGH = 0.93, 0.97
SLOW = frozenset({"gini", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw", "idisu", "idisw"})
"""Indices whose limits take a thousand times as long: fewer surveys, a coarser grid."""
REPLICATES = 1_000
SLOW_REPLICATES = 300
EXAMPLES = (
    Cell(3, "equal", 0.10, "graded", 2_000),
    Cell(3, "equal", 0.01, "graded", 150),
)


def bench_coverage() -> None:
    began = perf_counter()
    found = [*quick(), *slow()]
    seconds = perf_counter() - began
    text = report(found)
    print(f"\n{text}\n\n{len(found):,} coverages: {seconds:.0f} s")
    if PAGE.exists():
        page = PAGE.read_text("utf-8")
        marked = re.compile(f"{BEGIN}.*{END}", re.S)
        PAGE.write_text(marked.sub(lambda _: f"{BEGIN}\n\n{text}\n\n{END}", page), "utf-8")
    assert {one.index for one in found} >= {"sii_linear", "rci", "d"}


def quick() -> list[Coverage]:
    """Coverage of the indices with limits in closed form, on the whole grid."""
    names = [name for name in INDICES if name not in SLOW]
    return [one for cell in cells() for one in coverage(cell, names, replicates=REPLICATES)]


def slow() -> list[Coverage]:
    """Coverage of the others, on a part of it."""
    names = [name for name in INDICES if name in SLOW]
    part = cells(groups=(3, 5), respondents=(150, 2_000, 10_000))
    return [one for cell in part for one in coverage(cell, names, replicates=SLOW_REPLICATES)]


def report(found: Sequence[Coverage]) -> str:
    """The tables of a run in Markdown."""
    graded = [one for one in found if one.cell.gradient != "flat"]
    flat = [one for one in found if one.cell.gradient == "flat"]
    parts = [
        f"{len(cells())} kinds of municipalities, {REPLICATES:,} surveys of each "
        f"({', '.join(f'`{name}`' for name in in_order(SLOW & set(INDICES)))}: fewer kinds, "
        f"{SLOW_REPLICATES} surveys).",
        "### With a gradient\n\n" + by_cases(graded),
        "### Without differences between the groups\n\n" + by_cases(flat),
        *(f"### {said(cell)}\n\n" + one_cell(found, cell) for cell in EXAMPLES),
    ]
    return "\n\n".join(parts)


def by_cases(found: Iterable[Coverage]) -> str:
    """A row for each index, a column for each band of expected cases."""
    heads = [f"{low:g}–{high:g}" for low, high in pairwise(BANDS[:-1])]
    lines = [
        f"| index | {' | '.join(heads)} | {BANDS[-2]:g} and more |",
        "|---|" + "---|" * (len(BANDS) - 1),
    ]
    rows: dict[str, dict[int, list[Coverage]]] = {}
    for one in found:
        band = int(np.searchsorted(BANDS, one.cell.fewest, side="right"))
        rows.setdefault(one.index, {}).setdefault(band, []).append(one)
    for name in in_order(rows):
        bands = [rows[name].get(band, []) for band in range(1, len(BANDS))]
        lines.append(f"| `{name}` | {' | '.join(summary(band) for band in bands)} |")
    return "\n".join(lines)


def summary(found: Sequence[Coverage]) -> str:
    """Lowest and highest coverage in per cent, and how many of the cells hold."""
    if not found:
        return "–"
    held = [one.held for one in found]
    good = sum(LOW - one.slack <= one.held <= HIGH + one.slack for one in found)
    return f"{100 * min(held):.1f}–{100 * max(held):.1f} ({good}/{len(found)})"


def one_cell(found: Iterable[Coverage], cell: Cell) -> str:
    """All indices in one kind of municipality, with their mean width."""
    lines = [
        "| index | true value | coverage | surveys with limits | limits all below | mean width |",
        "|---|---|---|---|---|---|",
    ]
    here = {one.index: one for one in found if one.cell == cell}
    for name in in_order(here):
        one = here[name]
        lines.append(
            f"| `{name}` | {one.truth:.4g} | {100 * one.held:.1f} % | {100 * one.limited:.0f} % | "
            f"{100 * one.below:.1f} % | {one.width:.3g} |"
        )
    return "\n".join(lines)


def said(cell: Cell) -> str:
    """A cell as a heading."""
    return (
        f"{cell.groups} groups of {cell.sizes} size, {100 * cell.prevalence:g} per cent, "
        f"{cell.gradient} gradient, {cell.respondents:,} respondents"
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Indices by family, as everywhere."""
    families = list(Family)
    order = list(INDICES)
    return sorted(names, key=lambda name: (families.index(INDICES[name].family), order.index(name)))
