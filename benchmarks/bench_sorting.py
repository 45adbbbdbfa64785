"""Sorting ten thousand texts into areas: seconds, with a cold and a warm memory of words."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from time import perf_counter

TEXTS = 10_000
POINTS = Path(__file__).resolve().parents[1] / "tests/unit/participation/sorting_points.csv"


def made_up(count: int) -> list[str]:
    """Texts of two to five points each, drawn with a fixed seed."""
    with POINTS.open(encoding="utf-8", newline="") as file:
        points = [row["text"] for row in csv.DictReader(file)]
    rng = random.Random(5)
    return [". ".join(rng.sample(points, rng.randint(2, 5))) for _ in range(count)]


def bench_sorting() -> None:
    """Word lists only: reading the lists, then two runs over the same texts."""
    from jevn.participation.sorting import sort_text

    texts = made_up(TEXTS)
    for name in ("first run", "second run"):
        start = perf_counter()
        given = sum(bool(sort_text(text).areas) for text in texts)
        print(f"{name}: {TEXTS} texts in {perf_counter() - start:.1f} s, {given} with an area")


def bench_learning() -> None:
    """Learning from a thousand confirmed texts, with trial on unseen ones in every area."""
    from jevn.participation.sorting import Example, learn, sort_text

    texts = made_up(1_000)
    found = [sort_text(text).areas for text in texts]
    start = perf_counter()
    learnt = learn(Example(t, a, a) for t, a in zip(texts, found, strict=True))
    print(f"learnt from {learnt.examples} texts in {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    bench_sorting()
    bench_learning()
