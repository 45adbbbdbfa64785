"""Pages in two columns: their words in the order they are read."""

from __future__ import annotations

from typing import Any

_Words = list[dict[str, Any]]


def in_reading_order(words: _Words, width: float) -> list[tuple[int, _Words]]:
    """Words of a page in chunks of one column each, with the number of the column.

    A page has two columns when a strip near the middle is free of words in most lines, the
    lines to its right begin at the same place, and those to its left hold running
    text. Lines that cross the strip (a heading over both columns) part the page.
    """
    strip = _strip(words, width)
    if strip is None:
        return [(0, words)] if words else []
    left, right = strip
    chunks: list[tuple[int, _Words]] = []
    band: tuple[_Words, _Words] = ([], [])
    crossing: _Words = []
    for line in _lines(words):
        if any(w["x0"] < right and w["x1"] > left for w in line):
            chunks += _columns(band)
            band = ([], [])
            crossing += line
            continue
        if crossing:
            chunks.append((0, crossing))
            crossing = []
        for word in line:
            band[word["x0"] >= left].append(word)
    if crossing:
        chunks.append((0, crossing))
    return chunks + _columns(band)


def _columns(band: tuple[_Words, _Words]) -> list[tuple[int, _Words]]:
    return [(number, words) for number, words in enumerate(band) if words]


def _lines(words: _Words) -> list[_Words]:
    lines: list[_Words] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if lines and abs(word["bottom"] - lines[-1][0]["bottom"]) < 0.45 * max(word["size"], 1):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _strip(words: _Words, width: float) -> tuple[float, float] | None:
    """Left and right end of the free strip between two columns."""
    lines = _lines(words)
    if len(lines) < 8:
        return None
    best: tuple[float, float] | None = None
    fewest = 0.25 * len(lines) + 1
    for middle in range(int(width * 0.35), int(width * 0.65), 4):
        left, right = middle - 5.0, middle + 5.0
        crossing = sum(any(w["x0"] < right and w["x1"] > left for w in line) for line in lines)
        begins = [min(after) for line in lines if (after := _after(line, right))]
        held = [n for line in lines if (n := _letters_before(line, left))]
        two = len(begins) >= 5 and len(held) >= 5 and sum(held) / len(held) >= 18
        if crossing < fewest and two and _aligned(begins):
            best, fewest = (left, right), crossing
    return best


def _after(line: _Words, right: float) -> list[float]:
    return [w["x0"] for w in line if w["x0"] >= right]


def _letters_before(line: _Words, left: float) -> int:
    """Letters to the left of a strip: many in running text, few in a table's cells."""
    return sum(len(w["text"]) for w in line if w["x1"] <= left)


def _aligned(begins: list[float]) -> bool:
    """Whether most lines begin at the left edge of a column, or a little inside it."""
    edge = min(begins)
    return sum(edge - 1 <= x <= edge + 40 for x in begins) >= 0.85 * len(begins)
