"""The list of contents: dropped from the text, kept as knowledge of what the headings are."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.opening.lines import Line
from jevn.participation.report import words


@dataclass(frozen=True, slots=True)
class Contents:
    """Entries of a report's list of contents (none if it has no list)."""

    entries: tuple[str, ...]

    def lists(self, heading: str) -> bool:
        """Whether this heading is among the entries."""
        return any(words.same_heading(heading, entry) for entry in self.entries)


def without_contents(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Contents]:
    """Part the list of contents from the report.

    The list opens with a heading such as *Innhold* and goes on as long as its lines end in
    a page number, or come back later in the report. Lines with leader dots and a page number
    belong to a list of contents wherever they stand.
    """
    start = next(
        (
            i
            for i, line in enumerate(lines)
            if line.kind in ("heading", "text") and words.is_contents(line.text)
        ),
        None,
    )
    inside: set[int] = set()
    if start is not None:
        inside = set(range(start, _end(lines, start + 1)))
    entries: list[str] = []
    pending = ""
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if line.kind != "contents" and i not in inside:
            kept.append(line)
            pending = ""
        elif line.kind == "contents":
            entries.append(f"{pending} {line.text}".strip())
            pending = ""
        elif line.kind in ("text", "numbered", "bullet"):
            entries.append(line.text)
            pending = f"{pending} {line.text}".strip()
        elif line.kind == "heading" and i != start:
            entries.append(line.text)
    return tuple(kept), Contents(tuple(e for e in entries if not words.is_contents(e)))


def _end(lines: tuple[Line, ...], start: int) -> int:
    """Index after the last line of the list of contents that opens before ``start``."""
    later = [words.key(line.text) for line in lines]
    end = start
    for i in range(start, len(lines)):
        line = lines[i]
        if line.kind in ("blank", "furniture"):
            continue
        below = [x.kind for x in lines[i + 1 : i + 5] if x.kind != "blank"]
        above = below[: below.index("contents")] if "contents" in below else ["heading"]
        follows = not {"heading", "bullet"} & set(above)
        listed = line.kind == "contents" or (line.kind == "text" and follows)
        if not listed and not _comes_back(words.key(line.text), later[i + 1 :]):
            break
        end = i + 1
    return end


def _comes_back(text: str, later: list[str]) -> bool:
    return bool(text) and any(
        other == text or (len(text) > 20 and (other.startswith(text) or text.startswith(other)))
        for other in later
        if other
    )
