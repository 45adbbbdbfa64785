"""Groups' lists in running text: *Gruppe 2 prioriterte: 1. klubb, 2. gangvei*."""

from __future__ import annotations

import re
from dataclasses import replace

from jevn.participation.opening import Line
from jevn.participation.report import words
from jevn.participation.report.blocks import Block

_OPENING = re.compile(
    r"(?:^|(?<=[.;!]\s))(?:I\s+|På\s+|Ved\s+|For\s+)?"
    r"(?P<name>(?:[A-Za-zæøå]*[Gg]rupp[ae]?|[Gg]ruppa|[Gg]r\.?|[Bb]ord|[Tt]eam|[Ll]ag|[Tt]abell)\s*(?:nr\.?\s*)?"
    r"(?:\d{1,2}|[A-ZÆØÅ]|[IVX]{1,4}))\b(?P<said>[^.:;]{0,90}?)(?:[:–-]|\s(?=\(?1[.)]))\s*"
)
_NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s,;:.(]))\(?(\d{1,2})[.)]\s*(?=[^\s\d])")
_VERB = re.compile(
    r"priori|velg|valgt|vald|svar|mente|meinte|mein|foresl|føresl|ønsk|sette?|satt|la\b|rekke|rangert|peik|pek|løft"
    r"|liste|stemte|røyst|kom fram|vil\b|gav?\b|trakk|sa\b|tyck|ansåg|valde|föresl",
    re.IGNORECASE,
)
ONE_LINE = ":"
"""Mark of a point that is all the text behind a group's name."""

_END = re.compile(r"[\s,;.]*(?:\s(?:og|samt|och))?[\s,;.]*$")


def with_inline_groups(blocks: list[Block]) -> list[Block]:
    """The blocks, with groups' lists in running text turned into a group and its points.

    A list must be numbered from 1, or be parted by semicolons after a word such as
    *prioriterte*; other text about a group is left as it is.
    """
    found: list[Block] = []
    for i, block in enumerate(blocks):
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        listed = below is not None and below.kind == "item"
        parted = _parted(block) if block.kind != "heading" else []
        if not parted and block.kind == "text" and _ends_group(below):
            parted = _one_point(block)
        # A line that only names the group stands above its list.
        if parted and not (listed and words.group_name(block.text) is not None):
            found += parted
        else:
            found.append(block)
    return found


def _parted(block: Block) -> list[Block]:
    text = block.text
    openings = list(_OPENING.finditer(text))
    if not openings or openings[0].start() > 0:
        return []
    found: list[Block] = []
    ends = [o.start() for o in openings[1:]] + [len(text)]
    for opening, end in zip(openings, ends, strict=True):
        points = _numbered(text[opening.end() : end])
        colon = text[: opening.end()].rstrip().endswith(":")
        if not points and (
            _VERB.search(opening["said"]) or (colon and not opening["said"].strip())
        ):
            points = _by_semicolon(text[opening.end() : end])
        if not points:
            return []
        first = block.lines[0]
        name = opening["name"][:1].upper() + opening["name"][1:]
        found.append(Block("text", (_line(first, "text", name, None),), alone=True))
        for rank, point in enumerate(points, start=1):
            found.append(Block("item", (_line(first, "numbered", point, rank),), alone=False))
    return found


def _ends_group(below: Block | None) -> bool:
    """Whether what comes below a line cannot be its list."""
    if below is None or below.kind == "heading":
        return True
    return _OPENING.match(below.text) is not None or words.asks(below.text)


def _one_point(block: Block) -> list[Block]:
    """A group with a text behind its name and no list: the text is its point, with a doubt."""
    opening = _OPENING.match(block.text)
    if opening is None or opening["said"].strip():
        return []
    text = block.text[opening.end() :].strip()
    if not text or not block.text[: opening.end()].rstrip().endswith(":"):
        return []
    first = block.lines[0]
    name = opening["name"][:1].upper() + opening["name"][1:]
    if words.says_nothing(text):
        return [Block("text", (_line(first, "text", name, None),), alone=True)]
    point = replace(_line(first, "numbered", text, None), kind="bullet", mark=ONE_LINE)
    return [
        Block("text", (_line(first, "text", name, None),), alone=True),
        Block("item", (point,), alone=False),
    ]


def _numbered(text: str) -> list[str]:
    """Points numbered from 1 without a gap; none if the numbers do not fit."""
    starts: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text):
        if int(number[1]) == len(starts) + 1:
            starts.append((number.start(), number.end()))
    if len(starts) < 2 or text[: starts[0][0]].strip(" ,:–-"):
        return []
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [_END.sub("", text[a:end]).strip() for (_, a), end in zip(starts, ends, strict=True)]


def _by_semicolon(text: str) -> list[str]:
    pieces = [_END.sub("", piece).strip() for piece in text.split(";")]
    return [piece for piece in pieces if piece] if len(pieces) > 1 else []


def _line(first: Line, kind: str, text: str, rank: int | None) -> Line:
    mark = "" if rank is None else f"{rank}."
    plain = replace(first, text=text, rank=rank, mark=mark, bold=False, goes_on=False, indent=0)
    return replace(plain, kind="text") if kind == "text" else replace(plain, kind="numbered")
