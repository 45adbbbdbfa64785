"""Whole sentences within a given room: what does not fit is left out, never cut."""

from __future__ import annotations

from collections.abc import Iterable


def whole(room: int, sentences: Iterable[str]) -> str:
    """Sentences in order of weight, as many as there is room for, each of them whole.

    A sentence that does not fit is left out; a shorter one after it may still come.

    Args:
        room: characters, spaces counted.
        sentences: the most important first; empty ones are passed over.
    """
    kept: list[str] = []
    for sentence in sentences:
        if sentence and len(" ".join([*kept, sentence])) <= room:
            kept.append(sentence)
    return " ".join(kept)


def first_that_fits(room: int, *wordings: str) -> str:
    """The first wording within the room; the last where none is.

    Args:
        room: characters.
        wordings: the fullest first; the last must be short whatever it is about.

    Raises:
        ValueError: if there is no wording.
    """
    if not wordings:
        raise ValueError("at least one wording is needed")
    return next((w for w in wordings if w and len(w) <= room), wordings[-1])


def first_lines(most: int, room: int, lines: Iterable[str]) -> tuple[str, ...]:
    """The first lines that have room, each whole; longer ones are passed over.

    Args:
        most: number of lines.
        room: characters of one line.
        lines: the most important first.
    """
    kept: list[str] = []
    for line in lines:
        if len(kept) == most:
            break
        if line and len(line) <= room and line not in kept:
            kept.append(line)
    return tuple(kept)
