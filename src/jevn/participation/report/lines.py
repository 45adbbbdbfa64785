"""Lines of a report with their number and layout hints: what any file format is turned into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["blank", "heading", "bullet", "numbered", "text", "contents", "furniture"]

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"[-–—•*·▪‣●◦○§+]\s+(.*)|o\s+(?=[A-ZÆØÅ«\"])(.*)")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-hA-H])\\?[.)]\s+(.*)")
_RULE = re.compile(r"([-*_=~])(\s*\1){2,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_CONTENTS = re.compile(r"(.*?\S)?\s*(?:(?:\.\s?){4,}|…(?:\s?…)*[.\s]*|\t+)\s*(\d{1,3})?")
_PAGE = re.compile(
    r"(?:side|s\.|page)?\s*\d{1,4}(?:\s*(?:av|/|of)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_PAGE_END = re.compile(r".*\bside\s+\d{1,4}(?:\s*(?:av|/)\s*\d{1,4})?", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*-->")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report.

    Attributes:
        number: line in the file, counted from 1.
        kind: what the layout says it is.
        text: its text without marker, markup and surrounding space.
        indent: width of the space before it (of its marker, if it has one).
        level: level of a heading, 1-6 (0 if it is none).
        bold: the whole text is in bold.
        width: length of the line as written; tells whether it was broken for lack of room.
        rank: number in front of a numbered line.
        mark: mark in front of a bullet or a numbered line, as written.
    """

    number: int
    kind: Kind
    text: str
    indent: int = 0
    level: int = 0
    bold: bool = False
    width: int = 0
    rank: int | None = None
    mark: str = ""


def plain(text: str) -> str:
    """Text without Markdown's bold, italics and escapes, and with single spaces.

    >>> plain("**Arbeid *først***  nå")
    'Arbeid først nå'
    """
    text = _BOLD.sub(r"\2", text)
    text = _ITALIC.sub(r"\2", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def lines_of(text: str) -> tuple[Line, ...]:
    """Number and classify the lines of a report.

    Page breaks, page numbers, running heads and rules are ``furniture``; lines of a list of
    contents (leader dots or a tab before a page number) are ``contents``.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u00ad", "")
    raw = text.split("\n")
    while raw and not raw[-1].strip():
        raw.pop()
    found = [_line(number, line) for number, line in enumerate(raw, start=1)]
    return tuple(_running_heads(list(_underlined(found))))


def _line(number: int, raw: str) -> Line:
    broken = "\f" in raw
    raw = raw.replace("\f", "").rstrip()
    body = raw.strip()
    width = len(raw.expandtabs(4))
    indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(4))
    if not body:
        return Line(number, "furniture" if broken else "blank", "")
    if _RULE.fullmatch(body) or _IMAGE.fullmatch(body) or _PAGE.fullmatch(body):
        return Line(number, "furniture", body)
    if heading := _HEADING.fullmatch(body):
        return Line(number, "heading", plain(heading[2]), indent, len(heading[1]))
    contents = _CONTENTS.fullmatch(body)
    if contents and contents[1] and contents[2]:
        return Line(number, "contents", plain(_unmarked(contents[1])), indent)
    if _PAGE_END.fullmatch(body) and not _BULLET.match(body):
        return Line(number, "furniture", body)
    if bullet := _BULLET.fullmatch(body):
        return Line(
            number, "bullet", plain(bullet[1] or bullet[2]), indent, width=width, mark=body[0]
        )
    if numbered := _NUMBERED.fullmatch(body):
        sign = numbered[1].lower()
        rank = int(sign) if sign.isdigit() else ord(sign) - ord("a") + 1
        mark = body[: len(body) - len(numbered[2])].strip().replace("\\", "")
        return Line(
            number, "numbered", plain(numbered[2]), indent, width=width, rank=rank, mark=mark
        )
    whole = _BOLD.fullmatch(body)
    bold = whole is not None and whole[1] not in whole[2]
    return Line(number, "text", plain(body), indent, bold=bold, width=width)


def _unmarked(text: str) -> str:
    for pattern in (_BULLET, _NUMBERED):
        if found := pattern.fullmatch(text):
            return found[found.lastindex or 0]
    return text


def _underlined(lines: list[Line]) -> Iterator[Line]:
    """Turn a text line with a row of ``===`` or ``---`` right below it into a heading."""
    skip = False
    for i, line in enumerate(lines):
        if skip:
            skip = False
            continue
        below = lines[i + 1] if i + 1 < len(lines) else None
        above = lines[i - 1].kind if i else "blank"
        underlined = (
            line.kind == "text"
            and above in ("blank", "furniture")
            and below is not None
            and below.kind == "furniture"
            and _UNDERLINE.fullmatch(below.text) is not None
        )
        if underlined and below is not None:
            yield Line(line.number, "heading", line.text, level=1 if below.text[0] == "=" else 2)
            yield Line(below.number, "blank", "")
            skip = True
        else:
            yield line


def _running_heads(lines: list[Line]) -> Iterator[Line]:
    """Mark as furniture a text that comes back beside page numbers or page breaks.

    At the front it is kept the first time: a title may be the running head of later pages.
    """
    beside: dict[str, int] = {}
    for i, line in enumerate(lines):
        if line.kind in ("text", "heading") and _beside_furniture(lines, i):
            beside[line.text] = beside.get(line.text, 0) + 1
    seen: set[str] = set()
    front = True
    for line in lines:
        running = bool(line.text) and beside.get(line.text, 0) >= 2
        front = front and line.kind not in ("bullet", "numbered")
        again = line.text in seen or not front
        if running and line.kind in ("text", "heading") and again:
            yield Line(line.number, "furniture", line.text)
        else:
            yield line
        seen.add(line.text)


def _beside_furniture(lines: list[Line], i: int) -> bool:
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(lines) and lines[j].kind == "blank":
            j += step
        if 0 <= j < len(lines) and lines[j].kind == "furniture" and _page(lines[j].text):
            return True
    return False


def _page(text: str) -> bool:
    return not text or bool(_PAGE.fullmatch(text) or _PAGE_END.fullmatch(text))
