"""Lines of a document with their number and layout hints: what any file format is turned into."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "blank", "heading", "bullet", "numbered", "text", "contents", "furniture", "row", "unread"
]

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_GLYPHS = "•●∙▪■□▫‣⁃◦○➢➤►▶→✓✔❖\uf000-\uf0ff"
_BULLET = re.compile(
    rf"(?:[-–—−‐‑*·§+]|[{_GLYPHS}])\s+(.*)|o\s+(?=[A-ZÆØÅÄÖ«\"])(.*)"
    rf"|[{_GLYPHS}](.+)|[-–—](?=[A-ZÆØÅÄÖ«\"])(.*)"
)
_NUMBERED = re.compile(
    r"(?P<mark>(?:nr\.?\s*|#)?\(?(?P<sign>\d{1,2}|[a-hA-H])\\?(?:[.)]\s+|[.)](?=[A-ZÆØÅÄÖ«])))(?P<text>.*)"
    r"|(?P<mark2>(?:prioritet|prioritering|prio|pri|plass|nr)\.?\s*(?P<sign2>\d{1,2})\s*[:.–-]\s+)(?P<text2>.+)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:prioritet(?:en)?|plass(?:en)?|valg|val)\s*[:.–-]\s*", re.IGNORECASE)
_MONTH = re.compile(
    r"\d{1,2}\.\s*(?:(?:jan|feb|apr|aug|sep|okt|nov|des|dec)\w*|mars|marts|mai|maj|juni|juli)\.?\s+\d{4}",
    re.IGNORECASE,
)
_MONTH_SPAN = re.compile(
    r"[\d.\s/–-]+(?:og\s+[\d.\s]+)?(?:jan|feb|mar|apr|ma[ij]|jun|jul|aug|sep|okt|nov|de[sc])", re.I
)
_TIED = re.compile(
    r"(?P<mark>(?:delt\s+(?P<one>\d{1,2})\.?\s*plass|(?P<first>\d{1,2})\.?\s*(?:og|/|–|-)\s*\d{1,2}\.\s*"
    r"(?:plass|prioritet)?)\s*[:.–-]?\s+)(?P<text>\S.*)",
    re.IGNORECASE,
)
_ROW = re.compile(r"\|.*\|")
_ROW_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_RULE = re.compile(r"([-*_=~])(\s*\1){2,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_CONTENTS = re.compile(r"(.*?\S)?\s*(?:(?:\.\s?){4,}|…(?:\s?…)*[.\s]*|\t+)\s*(\d{1,3})?")
_PAGE = re.compile(
    r"(?:side|sida|s\.|page)?\s*\d{1,4}(?:\s*(?:av|af|/|of)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_PAGE_END = re.compile(r".*\bsid[ae]\s+\d{1,4}(?:\s*(?:av|af|/)\s*\d{1,4})?", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*-->")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])")
_SOFT_END = re.compile(r"\u00ad(?=\s*(?:\n|\r|$))")
_ODD = str.maketrans(
    dict.fromkeys("\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("\ufeff\xad\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202c\x00")
    | dict.fromkeys("\u2028\u2029\x85\x0b", "\n")
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u2011": "-", "\u2010": "-"}
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    Attributes:
        number: line in the file, counted from 1 (in a Word file the paragraph or table row).
        kind: what the layout says it is.
        text: its text without marker, markup and surrounding space.
        indent: width of the space before it (of its marker, if it has one).
        level: level of a heading, 1-6 (0 if it is none).
        bold: the whole text is in bold.
        width: length of the line as written; tells whether it was broken for lack of room.
        rank: number in front of a numbered line.
        mark: mark in front of a bullet or a numbered line, as written.
        page: page it stands on, where the format has pages (PDF), counted from 1.
        goes_on: the layout says that it is the rest of the line above (``True``) or begins
            something of its own (``False``); ``None`` where the layout does not tell.
        cells: cells of a row in a table; a cell of several paragraphs has line feeds.
        aside: what an e-mail holds beside its own text: a quoted letter, or a signature.
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
    page: int | None = None
    goes_on: bool | None = None
    cells: tuple[str, ...] = ()
    aside: Literal["", "quote", "signature"] = ""


def plain(text: str) -> str:
    """Text without Markdown's bold, italics and escapes, and with single spaces.

    >>> plain("**Arbeid *først***  nå")
    'Arbeid først nå'
    """
    text = _BOLD.sub(r"\2", text)
    text = _ITALIC.sub(r"\2", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def lines_of(text: str) -> tuple[Line, ...]:
    """Number and classify the lines of a text.

    Page breaks, page numbers, running heads and rules are ``furniture``; lines of a list of
    contents (leader dots or a tab before a page number) are ``contents``.
    """
    raw = tidy(text).split("\n")
    while raw and not raw[-1].strip():
        raw.pop()
    found = [line_of(number, line) for number, line in enumerate(raw, start=1)]
    return tuple(_running_heads(_tight_bullets(list(_underlined(found)))))


def tidy(text: str) -> str:
    """Text with composed letters, line feeds as line ends, and plain spaces.

    Soft hyphens, marks of direction and the like are dropped; ligatures are parted.
    """
    text = _SOFT_END.sub("-", unicodedata.normalize("NFC", text)).translate(_ODD)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_of(number: int, raw: str) -> Line:
    """Classify one line by what it begins with."""
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
    return _marked_line(number, body, indent, width)


def _marked_line(number: int, body: str, indent: int, width: int) -> Line:
    """A row of a table, or a line by the mark it begins with, if it has one."""
    if _ROW.fullmatch(body) and body.count("|") > 2:
        return Line(number, "row", "", indent, cells=_cells(body))
    if bullet := _BULLET.fullmatch(body):
        text = next(group for group in bullet.groups() if group is not None)
        return Line(number, "bullet", plain(text), indent, width=width, mark=body[0])
    if (tied := _TIED.fullmatch(body)) and not _MONTH_SPAN.match(body):
        rank, mark = int(tied["one"] or tied["first"]), tied["mark"].strip()
        return Line(
            number, "numbered", plain(tied["text"]), indent, width=width, rank=rank, mark=mark
        )
    numbered = _NUMBERED.fullmatch(body)
    if numbered and not _MONTH.match(body):
        return _numbered_line(number, body, numbered, indent)
    whole = _BOLD.fullmatch(body)
    bold = whole is not None and whole[1] not in whole[2]
    return Line(number, "text", plain(body), indent, bold=bold, width=width)


def _numbered_line(number: int, body: str, found: re.Match[str], indent: int) -> Line:
    sign, text = found["sign"] or found["sign2"], found["text"] or found["text2"] or ""
    rank = int(sign) if sign.isdigit() else ord(sign.lower()) - ord("a") + 1
    mark = body[: len(body) - len(text)].strip().replace("\\", "")
    text = _PLACE.sub("", text, count=1) if _PLACE.match(text) else text
    width = indent + len(body)
    return Line(number, "numbered", plain(text), indent, width=width, rank=rank, mark=mark)


def _cells(body: str) -> tuple[str, ...]:
    """Cells of a row between upright strokes; none for the rule below a table's head."""
    if _ROW_RULE.fullmatch(body.replace(" ", "")):
        return ()
    cells = body.strip("|").split("|")
    return tuple("\n".join(map(plain, re.split(r"<br\s*/?>", cell))) for cell in cells)


def _unmarked(text: str) -> str:
    if found := _BULLET.fullmatch(text):
        return next(group for group in found.groups() if group is not None)
    numbered = _NUMBERED.fullmatch(text)
    return (numbered["text"] or numbered["text2"] or "") if numbered else text


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


def _tight_bullets(lines: list[Line]) -> list[Line]:
    """Read a dash without a space as a bullet where it stands among bullets of the same kind."""
    found = list(lines)
    for i, line in enumerate(lines):
        tight = line.kind == "text" and line.text[:1] in "-–" and line.text[1:2].isalpha()
        beside = [x for x in (found[i - 1] if i else None, _below(lines, i)) if x is not None]
        if tight and any(_same_bullet(line, x) for x in beside):
            found[i] = replace(line, kind="bullet", text=line.text[1:], mark=line.text[0])
    return found


def _below(lines: list[Line], i: int) -> Line | None:
    return lines[i + 1] if i + 1 < len(lines) else None


def _same_bullet(line: Line, other: Line) -> bool:
    return other.kind == "bullet" and other.mark == line.text[0] and other.indent == line.indent


def _running_heads(lines: list[Line]) -> Iterator[Line]:
    """Mark as furniture a text that comes back beside page numbers or page breaks.

    At the front it is kept the first time: a title may be the running head of later pages. What
    begins in lower case goes on from the line above, and is no running head.
    """
    beside: dict[str, int] = {}
    for i, line in enumerate(lines):
        head = line.kind in ("text", "heading") and not line.text[:1].islower()
        if head and _beside_furniture(lines, i):
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
