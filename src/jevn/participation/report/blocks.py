"""From lines to blocks: what was broken over lines or pages is put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from jevn.participation.opening.lines import Line, plain
from jevn.participation.report import words
from jevn.participation.report.attending import opens
from jevn.participation.results import Doubt

_LABEL = re.compile(
    r"(?:tid|tidspunkt|tidspunkter|dato|sted|stad|plass|plats|møteleder|møteleiar|ordstyrer|"
    r"ordstyrar|referent|skribent|saksnr\.?|saksnummer|arkivsak|vår ref\.?)\s*:",
    re.IGNORECASE,
)
"""What the facts right below a title in capitals are called."""
_OPEN_END = re.compile(
    r"([,–—(/-]|\b(og|eller|med|i|på|for|til|av|om|som|å|en|et|ei|ein|eit|den|det|de|dei|ved|fra|frå|mot|at|samt))$",
    re.IGNORECASE,
)
_DASHED = re.compile(r"\s[–—-]\s")
_HYPHENED = re.compile(r"\w-$")
_KEPT = "\u2010"  # a hyphen that stays when its line is joined with the next


_LOST = "\ufffd"
_KINDS: dict[str, Literal["heading", "item", "text", "person"]] = {
    "heading": "heading",
    "bullet": "item",
    "numbered": "item",
    "row": "person",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item, or a run of text lines without a blank line between.

    Attributes:
        kind: what it is; ``person`` is a row of a table of people (name, role, municipality).
        lines: its lines; a list item's and heading's are one text, a run of text may be names.
        alone: a blank line or a page break stands before it.
    """

    kind: Literal["heading", "item", "text", "person"]
    lines: tuple[Line, ...]
    alone: bool

    @property
    def number(self) -> int:
        """First line in the file."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """All its lines as one text."""
        return joined(self.lines)


def joined(lines: tuple[Line, ...]) -> str:
    """Lines as one text; a word parted by a hyphen at a line's end is put together.

    Bold and italics may go over several lines. A hyphen stays where it stands for a shared
    ending (*helse- og sosialpolitikk*).
    """
    text = ""
    for line in lines:
        body = f"{line.mark} {line.text}" if line.mark and text else line.text
        if _HYPHENED.search(text) and body[:1].islower() and not _shared_ending(body):
            text = text[:-1] + body
        elif text.endswith(_KEPT) and body[:1].islower() and not _shared_ending(body):
            text += body
        else:
            text = f"{text} {body}" if text else body
    return plain(text.replace(_KEPT, "-"))


def _shared_ending(text: str) -> bool:
    return text.split(" ", 1)[0] in ("og", "eller", "samt", "til")


def blocks_of(
    lines: tuple[Line, ...], headings: tuple[str, ...]
) -> tuple[list[Block], list[Doubt]]:
    """Put lines together to blocks.

    Args:
        lines: the report's lines without its list of contents.
        headings: headings known from the list of contents; a line that is one is never
            taken as the rest of the line before it.

    Returns:
        The blocks in order, and a doubt for each line that may belong elsewhere.
    """
    maker = _Maker(_with_own_hyphens(lines), headings)
    for i in range(len(lines)):
        maker.take(i)
    return maker.blocks, maker.doubts


def _with_own_hyphens(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark hyphens at line ends that belong to the word (*nærmiljø-utvalg*).

    They do where the report parts hardly any words, and where the word is written with its
    hyphen elsewhere.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if _broken_word(a, b)]
    if not pairs:
        return lines
    wraps = sum(b.goes_on is True or b.text[:1].islower() for b in lines if b.kind == "text")
    seldom = wraps > 30 and len(pairs) < 0.03 * wraps
    whole = {w.strip("(),.;:»«").lower() for line in lines for w in line.text.split() if "-" in w}
    kept = {
        a.number
        for a, b in pairs
        if seldom or f"{a.text.split()[-1]}{b.text.split()[0]}".strip("(),.;:»«").lower() in whole
    }
    return tuple(
        replace(line, text=f"{line.text[:-1]}{_KEPT}") if line.number in kept else line
        for line in lines
    )


def _broken_word(line: Line, after: Line) -> bool:
    hyphened = _HYPHENED.search(line.text) is not None and after.kind == "text"
    return hyphened and after.text[:1].islower() and not _shared_ending(after.text)


class _Maker:
    def __init__(self, lines: tuple[Line, ...], headings: tuple[str, ...]) -> None:
        self.lines = lines
        self.known = {words.key(h) for h in headings}
        self.blocks: list[Block] = []
        self.doubts: list[Doubt] = []
        self.gap: Literal["none", "blank", "page"] = "blank"
        self.room = _room(lines)

    def take(self, i: int) -> None:
        line = self.lines[i]
        if line.kind == "blank":
            self.gap = "page" if self.gap == "page" else "blank"
            return
        if line.kind == "furniture":
            self.gap = "page"
            return
        if line.kind == "unread":
            self._doubt(line, "table_not_read" if line.text else "page_without_text")
            return
        if _LOST in line.text:
            self._doubt(line, "lost_letters")
        if self._continues(i):
            last = self.blocks[-1]
            self.blocks[-1] = Block(last.kind, (*last.lines, line), last.alone)
        else:
            alone = self.gap != "none" or line.goes_on is False
            self.blocks.append(Block(_KINDS.get(line.kind, "text"), (line,), alone))
        self.gap = "none"

    def _continues(self, i: int) -> bool:
        """Whether line ``i`` is the rest of the last block."""
        line = self.lines[i]
        if not self.blocks or line.goes_on is False:
            return False
        last = self.blocks[-1]
        if line.kind == "row" or last.kind == "person":
            return False
        if line.kind == "heading":
            return line.goes_on is True and last.lines[-1].level == line.level
        if line.goes_on:
            return last.kind != "heading"
        if line.kind == "bullet":
            return self._dash_inside(line, last)
        if line.kind == "numbered":
            return self._number_inside(line, last)
        if self._known_heading(line) or line.bold != last.lines[-1].bold:
            return False
        return self._right_below(i, last) if self.gap == "none" else self._after_gap(line, last)

    def _right_below(self, i: int, last: Block) -> bool:
        """Whether a text line is the rest of the block that ends on the line above."""
        before = last.lines[-1]
        text = self.lines[i].text
        if self._asks_anew(i, before) or opens(text):
            return False
        if last.text.isupper() and last is self.blocks[0] and _LABEL.match(text):
            return False
        if last.kind == "text":
            return not (last.text.endswith("?") or self._known_heading(before))
        if last.kind == "heading":
            return _goes_on(self.lines[i]) and not before.text.endswith((".", "?", "!", ":"))
        return self._rest_of_item(i, last, before)

    def _asks_anew(self, i: int, before: Line) -> bool:
        """Whether a question begins on line ``i``, right below another text."""
        line = self.lines[i]
        if not line.text[:1].isupper() or not words.asks(line.text) or self._full(before, line):
            return False
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        ends_below = after is not None and after.kind == "text" and after.text.endswith("?")
        return line.text.endswith("?") or (ends_below and not words.asks(before.text))

    def _after_gap(self, line: Line, last: Block) -> bool:
        """Whether a text line goes on from a block before a page break or a blank line."""
        open_end = _OPEN_END.search(last.lines[-1].text) is not None
        if last.kind == "heading" or not (_goes_on(line) or open_end):
            return False
        if self.gap == "blank" and (last.kind != "item" or not _goes_on(line)):
            return False
        if self.gap == "blank":
            self._doubt(line, "continued_after_blank")
        return True

    def _rest_of_item(self, i: int, last: Block, before: Line) -> bool:
        """Whether a text line right below a list item is the rest of it."""
        line = self.lines[i]
        if _goes_on(line) or line.indent > last.lines[0].indent or _OPEN_END.search(before.text):
            return True
        if self._full(before, line):
            if (
                self._before_item(i)
                and len(line.text) <= 40
                and before.text.endswith((".", "!", "?"))
            ):
                self._doubt(line, "perhaps_heading")
            return True
        return False

    def _full(self, before: Line, line: Line) -> bool:
        """Whether the first word of ``line`` had no room on the line before it."""
        first = line.text.split(" ", 1)[0]
        return self.room > 0 and before.width + 1 + len(first) > self.room

    def _before_item(self, i: int) -> bool:
        following = (x for x in self.lines[i + 1 :] if x.kind not in ("blank", "furniture"))
        after = next(following, None)
        return after is not None and after.kind in ("bullet", "numbered")

    def _dash_inside(self, line: Line, last: Block) -> bool:
        """Whether a dash at a line's start stands inside a text, not before a point."""
        first = last.lines[0]
        apart = first.mark != line.mark if last.kind == "item" else _DASHED.search(last.text)
        dash = self.gap == "none" and line.mark in "-–—" and line.text[:1].islower()
        return dash and bool(apart)

    def _number_inside(self, line: Line, last: Block) -> bool:
        """Whether a number at a line's start stands inside a text (*10. trinn*)."""
        previous = last.lines[0].rank or 0
        in_order = line.rank in (1, previous + 1)
        if self.gap != "none" or in_order or last.kind == "heading":
            return False
        return line.text[:1].islower()

    def _known_heading(self, line: Line) -> bool:
        return (
            words.key(line.text) in self.known
            or words.group_name(line.text) is not None
            or words.is_part(line.text)
            or words.is_theme(line.text)
            or words.heads_people(line.text)
        )

    def _doubt(self, line: Line, reason: str) -> None:
        self.doubts.append(Doubt(line.number, line.text, reason))


def _goes_on(line: Line) -> bool:
    """Whether a line begins as a sentence goes on: in lower case, or with a sign."""
    return line.text[:1].islower() or line.text[:1] in ",.;:)"


def _room(lines: tuple[Line, ...]) -> int:
    """Width of the page in letters, from lines that were surely broken; 0 if none were."""
    widths = [
        line.width
        for line, after in pairwise(lines)
        if line.kind in ("bullet", "numbered", "text")
        and after.kind == "text"
        and after.text[:1].islower()
    ]
    return max(widths, default=0)
