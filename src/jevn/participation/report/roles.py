"""The role of each block in a report, told by its words and its neighbours.

The level of a heading only helps where words and neighbours do not tell; real reports nest
headings by eye, not by level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jevn.participation.report import people, words
from jevn.participation.report.attending import attending, by_place
from jevn.participation.report.blocks import Block
from jevn.participation.report.contents import Contents

DASH = re.compile(r"\s+[–—]\s+")
"""What parts the points of a one-line summary."""

_LONG = 80

Role = Literal[
    "part", "question", "section", "group", "people", "attendance", "other", "item", "text"
]
Mode = Literal["front", "question", "group", "people", "other"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the report the reading has come.

    Attributes:
        mode: what is being read.
        first: no question has been read yet in this part.
        below_question: nothing has been read yet below the question.
    """

    mode: Mode
    first: bool
    below_question: bool


class Roles:
    """Tells the role of a block from what stands around it."""

    def __init__(self, blocks: list[Block], contents: Contents) -> None:
        """Look through all blocks for how this report marks its questions."""
        self.blocks = blocks
        self.contents = contents
        asking = [b for b in blocks if b.kind == "heading" and self._asks_or_listed(b.text)]
        self.marked = any(words.asks(b.text) for b in asking)
        self.asking_level = min((b.lines[0].level for b in asking), default=0)
        self.themes = self._themes()

    def role(self, i: int, place: Place) -> Role:
        """Role of block ``i`` when the reading has come to ``place``."""
        block, text = self.blocks[i], self.blocks[i].text
        if block.kind != "heading" and attending(text):
            return "attendance"
        if block.kind == "item":
            return self._role_of_item(i, place)
        heading = block.kind == "heading"
        single = heading or len(block.lines) == 1
        if i in self.themes or (single and words.is_part(text)):
            return "part"
        if single and self.names_group(i):
            return "group"
        return self._role_by_words(i, place, single)

    def _role_by_words(self, i: int, place: Place, single: bool) -> Role:
        """The role of what is neither item, part, group nor people in running text."""
        block, text = self.blocks[i], self.blocks[i].text
        heading = block.kind == "heading"
        if single and words.is_people(text) and self.people_follow(i):
            return "people"
        if self.contents.lists(text) or (heading and words.asks(text)):
            return "question" if words.asks(text) or self.has_points(i) else "other"
        if heading:
            return self._role_of_heading(i, place)
        if self._asks_in_text(i):
            return "question"
        return "section" if self._bare_heading(i, place) else "text"

    def opens_body(self, i: int) -> bool:
        """Whether block ``i`` can only stand after the front of a report."""
        block, text = self.blocks[i], self.blocks[i].text
        if block.kind == "item":
            return not block.lines[0].bold
        return block.kind == "person" or (
            i in self.themes
            or words.is_part(text)
            or words.asks(text)
            or self.contents.lists(text)
            or words.group_name(text) is not None
        )

    def names_group(self, i: int) -> bool:
        """Whether block ``i`` names a group: by a number, or above a list by any name."""
        text, after = self.blocks[i].text, self._after(i)
        if words.group_name(text) is not None:
            return True
        listed = after is not None and after.kind == "item"
        return listed and words.named_group(text) is not None

    def has_points(self, i: int) -> bool:
        """Whether a list item comes after block ``i`` before the next part or question."""
        for block in self.blocks[i + 1 :]:
            text, heading = block.text, block.kind == "heading"
            if block.kind == "item":
                return True
            if self.contents.lists(text):
                return False
            if heading and (words.is_part(text) or words.asks(text) or words.is_people(text)):
                return False
        return False

    def people_follow(self, i: int) -> bool:
        """Whether names, not points, come after heading ``i``."""
        for block in self.blocks[i + 1 :]:
            if block.kind == "heading":
                continue
            if block.kind == "person" or by_place(block.lines[0].text):
                return True
            lines = [line.text for line in block.lines]
            may_head = block.kind == "text" and len(lines) == 1 and not words.asks(lines[0])
            if may_head and len(lines[0]) <= 60 and not people.entries_of(lines[0]):
                continue
            return any(people.entries_of(line) for line in lines)
        return False

    def _role_of_heading(self, i: int, place: Place) -> Role:
        """A heading that neither asks nor is listed among the contents."""
        if place.mode == "people" and self.people_follow(i):
            return "people"
        if not self.has_points(i):
            return "other"
        outer = 0 < self.blocks[i].lines[0].level <= self.asking_level
        if place.first or self._opens_group(i) or (outer and not self.contents.entries):
            return "question"
        return "section"

    def _role_of_item(self, i: int, place: Place) -> Role:
        block = self.blocks[i]
        if block.lines[0].kind != "numbered" or place.mode == "people":
            return "item"
        bold = all(line.bold for line in block.lines) and words.asks(block.text)
        if bold or self.contents.lists(block.text):
            return "question"
        after = self._after(i)
        above_list = (
            after is not None
            and after.lines[0].kind == "bullet"
            and after.lines[0].indent <= block.lines[0].indent
        )
        if not self.marked and block.text.endswith("?") and (block.alone or above_list):
            return "question"
        return "section" if above_list and place.mode == "question" else "item"

    def _asks_or_listed(self, text: str) -> bool:
        if words.is_part(text) or words.is_people(text):
            return False
        return words.asks(text) or self.contents.lists(text)

    def _asks_in_text(self, i: int) -> bool:
        """Whether a text line asks: in bold, by number, or where no heading does."""
        block, text = self.blocks[i], self.blocks[i].text
        if words.is_numbered_question(text):
            return True
        if all(line.bold for line in block.lines) and words.asks(text):
            return len(DASH.split(text)) < 3
        return not self.marked and (self._asks_alone(block) or self._asks_above(i))

    def _asks_above(self, i: int) -> bool:
        """Whether a line with a question mark stands right above points or a group."""
        text, after = self.blocks[i].text, self._after(i)
        if after is None or not (text.endswith("?") and words.asks(text)):
            return False
        return after.kind == "item" or words.group_name(after.text) is not None

    def _asks_alone(self, block: Block) -> bool:
        return block.alone and words.asks(block.text) and len(DASH.split(block.text)) < 3

    def _bare_heading(self, i: int, place: Place) -> bool:
        """A short text line right above a list."""
        block, after = self.blocks[i], self._after(i)
        return (
            after is not None
            and after.kind == "item"
            and len(block.lines) == 1
            and len(block.text) <= _LONG
            and not block.text.endswith(".")
            and not (place.below_question and DASH.search(block.text))
        )

    def _themes(self) -> set[int]:
        """Headings that stand above questions and so open a part, as *Oppvekst* or *Tema 1: Helse*.

        One that does not say that it is a theme must have another like it, else it is taken for
        the report's title.
        """
        found: dict[int, int] = {}
        for i, block in enumerate(self.blocks):
            text = block.text
            plain = block.kind == "text" and len(block.lines) == 1 and words.is_theme(text)
            if not (block.kind == "heading" or plain) or words.best_title([text]) is not None:
                continue
            if text.endswith("?") or words.is_people(text) or words.group_name(text) is not None:
                continue
            if words.asks(text) and not words.is_theme(text):
                continue
            if self._question_follows(i):
                found[i] = block.lines[0].level
        levels = list(found.values())
        return {
            i
            for i, level in found.items()
            if words.is_theme(self.blocks[i].text) or levels.count(level) > 1
        }

    def _question_follows(self, i: int) -> bool:
        """Whether a deeper heading that asks comes next, with at most one text between."""
        below = self.blocks[i + 1 : i + 3]
        first = below[0] if below else None
        intro = first is not None and first.kind == "text" and not first.lines[0].bold
        if intro and not words.asks(below[0].text):
            below = below[1:]
        if not below:
            return False
        after, text = below[0], below[0].text
        deeper = after.kind == "heading" and after.lines[0].level > self.blocks[i].lines[0].level
        asked = words.asks(text) and not words.is_theme(text)
        bold = after.kind == "text" and all(line.bold for line in after.lines)
        plain = self.blocks[i].kind == "text" and after.kind == "text"
        return asked and (deeper or bold or plain or words.is_numbered_question(text))

    def _opens_group(self, i: int) -> bool:
        """Whether a group's name stands right below heading ``i``, but for one text."""
        for block in self.blocks[i + 1 : i + 3]:
            if words.group_name(block.text) is not None:
                return True
            if block.kind != "text":
                return False
        return False

    def _after(self, i: int) -> Block | None:
        return self.blocks[i + 1] if i + 1 < len(self.blocks) else None
