"""From blocks to a report: every block is put where its role says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from jevn.participation.report import people, words
from jevn.participation.report.attendance import Attendance
from jevn.participation.report.attending import attending
from jevn.participation.report.blocks import Block
from jevn.participation.report.contents import Contents
from jevn.participation.report.dates import find_date
from jevn.participation.report.front import read_front
from jevn.participation.report.inline import ONE_LINE
from jevn.participation.report.roles import DASH, Mode, Place, Roles
from jevn.participation.results import (
    Doubt,
    GroupAnswer,
    Part,
    Question,
    Section,
    WorkshopReport,
)

_TIED = re.compile(r"\d\D+\d|delt", re.IGNORECASE)
_HYPHEN = re.compile(r"\s+-\s+")


@dataclass
class _Question:
    """A question as it is read."""

    title: str
    summary: list[str] = field(default_factory=list)
    sections: list[tuple[Block | None, list[str]]] = field(default_factory=list)
    groups: list[tuple[Block, str, list[str]]] = field(default_factory=list)


class Builder:
    """Reads blocks one by one and keeps the place in the report."""

    def __init__(self, blocks: list[Block], contents: Contents, doubts: list[Doubt]) -> None:
        """Begin at the front, with the doubts that arose when lines were put together."""
        self.blocks = blocks
        self.roles = Roles(blocks, contents)
        self.contents = contents
        self.doubts = list(doubts)
        self.parts: list[tuple[str, list[_Question]]] = []
        self.people = Attendance()
        self.mode: Mode = "front"
        self.indent = 0
        self.ranks: list[list[Block]] = []

    def report(self, id: str) -> WorkshopReport:
        """Read all blocks and give the report."""
        front = read_front(self.roles)
        texts = list(front.texts)
        for block in self.blocks[: front.blocks]:
            line = replace(block.lines[0], text=block.text)
            self.people.sentences(line, attending(block.text))
        for i in range(front.blocks, len(self.blocks)):
            if not self.parts and self.blocks[i].kind == "text":
                texts.append(self.blocks[i].text)
            self._read(i)
        self._doubt_empty()
        self._doubt_ranks()
        doubts = {*self.doubts, *front.doubts, *self.people.doubts}
        return WorkshopReport(
            id=id,
            title=front.title,
            date=find_date(front.title) or find_date("\n".join(texts)),
            parts=tuple(Part(t, tuple(_question(q) for q in qs)) for t, qs in self.parts),
            participants=self.people.participants(),
            doubtful=tuple(sorted(doubts, key=lambda d: (d.line, d.reason))),
        )

    def _read(self, i: int) -> None:
        block = self.blocks[i]
        if block.kind == "person":
            self.people.row(block.lines[0].cells, None)
            return
        role = self.roles.role(i, self._place())
        if role == "attendance":
            self.people.sentences(replace(block.lines[0], text=block.text), attending(block.text))
        elif role == "part":
            self.parts.append((block.text.rstrip(":"), []))
            self.mode = "other"
        elif role == "question":
            self._open_question(block)
        elif role == "people":
            self._open_people(block)
        elif self.mode == "people":
            self._read_people(i)
        elif role == "group":
            self._open_group(block)
        elif role == "section":
            self._open_section(block)
        elif role == "other":
            self._read_other(block)
        elif role == "item":
            self._read_item(block)
        else:
            self._read_text(block)

    def _place(self) -> Place:
        question = self._question()
        return Place(
            mode=self.mode,
            first=question is None,
            below_question=self.mode == "question"
            and question is not None
            and not (question.sections or question.groups or question.summary),
        )

    def _question(self) -> _Question | None:
        return self.parts[-1][1][-1] if self.parts and self.parts[-1][1] else None

    # --- headings ----------------------------------------------------------------------

    def _open_question(self, block: Block) -> None:
        if not self.parts:
            self.parts.append(("", []))
        if not words.asks(block.text) and not self.contents.lists(block.text):
            self._doubt(block, "perhaps_question")
        before = self._question()
        if before and self._place().below_question and words.is_only_number(before.title):
            before.title = f"{before.title.rstrip('.:')}: {block.text}"
            return
        self.parts[-1][1].append(_Question(words.numbered_title(block.text)))
        self.mode = "question"

    def _open_group(self, block: Block) -> None:
        name = words.group_name(block.text) or words.named_group(block.text)
        question = self._question()
        if question is None or name is None:
            self._doubt(block, "group_without_question")
            return
        question.groups.append((block, name, []))
        self.mode = "group"

    def _open_section(self, block: Block) -> None:
        question = self._question()
        if question is None or self.mode in ("front", "other"):
            if question is not None or not find_date(block.text):
                self._doubt(block, "outside_questions")
            return
        if self.mode == "group" and block.kind != "heading":
            self._doubt(block, "heading_in_group")
            return
        self.mode = "question"
        question.sections.append((block, []))

    def _open_people(self, block: Block) -> None:
        level = block.lines[0].level
        new = self.mode != "people" or level <= self.people.level
        if words.is_people(block.text) and (new or self.contents.lists(block.text)):
            self.people.open(block)
        else:
            self.people.head(block.text)
        self.mode = "people"

    def _read_people(self, i: int) -> None:
        block = self.blocks[i]
        if block.kind == "heading" and not self.roles.people_follow(i):
            self.mode = "other"
        elif block.kind == "heading" or self._bold_head(i):
            self.people.head(block.text)
        else:
            after = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
            self.people.read(block, after)

    def _bold_head(self, i: int) -> bool:
        """Whether a bold line among the names is a heading: names below it are not bold."""
        block = self.blocks[i]
        if block.kind != "text" or not all(line.bold for line in block.lines):
            return False
        below = (b for b in self.blocks[i + 1 :] if b.kind != "heading" and not b.lines[0].bold)
        after = next(below, None)
        return after is not None and bool(people.entries_of(after.lines[0].text))

    def _read_other(self, block: Block) -> None:
        """A heading without points: an empty sub-heading, or text around the questions."""
        inner = block.lines[0].level > self.roles.asking_level
        if self.mode in ("question", "group") and inner and not self.contents.lists(block.text):
            self._doubt(block, "heading_without_points")
        else:
            self.mode = "other"

    # --- points and texts --------------------------------------------------------------

    def _read_item(self, block: Block) -> None:
        question = self._question()
        if question is None or self.mode in ("front", "other"):
            self._doubt(block, "outside_questions")
        elif not block.text:
            return
        elif self.mode == "group":
            self._rank(question, block)
        else:
            if not question.sections:
                question.sections.append((None, []))
            question.sections[-1][1].append(block.text)

    def _rank(self, question: _Question, block: Block) -> None:
        ranked = question.groups[-1][2]
        line = block.lines[0]
        if not ranked:
            self.indent = line.indent
            self.ranks.append([])
        elif line.indent > self.indent + 1:
            ranked[-1] = f"{ranked[-1]}; {block.text}"
            self._doubt(block, "point_below_point")
            return
        if line.mark == ONE_LINE:
            self._doubt(block, "points_in_one_line")
        ranked.append(block.text)
        self.ranks[-1].append(block)

    def _read_text(self, block: Block) -> None:
        question = self._question()
        if question is None or self.mode in ("front", "other"):
            if question is not None or not find_date(block.text):
                self._doubt(block, "outside_questions")
        elif self.mode == "group" and not question.groups[-1][2]:
            for line in block.lines:
                if words.says_nothing(line.text):
                    continue
                question.groups[-1][2].append(line.text)
                self.doubts.append(Doubt(line.number, line.text, "point_without_mark"))
        elif self._place().below_question and not block.text.endswith(":"):
            points = _points(block.text)
            question.summary.extend(points)
            if not block.lines[0].bold and len(points) <= 2:
                reason = "perhaps_not_summary" if len(points) == 1 else "perhaps_sub_heading"
                self._doubt(block, reason)
        else:
            self._doubt(block, "not_placed")

    # --- doubts ------------------------------------------------------------------------

    def _doubt_empty(self) -> None:
        """Say of groups, sub-headings and questions that hold nothing."""
        for _, questions in self.parts:
            for question in questions:
                for block, _, ranked in question.groups:
                    if not ranked:
                        self._doubt(block, "group_without_points")
                for heading, bullets in question.sections:
                    if heading is not None and not bullets:
                        self._doubt(heading, "heading_without_points")

    def _doubt_ranks(self) -> None:
        """Say of points that share a place, and of numbers that do not fit the order.

        A list numbered with 1 all through (as Markdown may be written) is no list of ties.
        """
        for blocks in self.ranks:
            ranks = [block.lines[0].rank for block in blocks]
            if len(ranks) > 1 and set(ranks) == {1}:
                continue
            for place, (block, rank) in enumerate(zip(blocks, ranks, strict=True), start=1):
                before = ranks[place - 2] if place > 1 else None
                if rank is None:
                    continue
                if _TIED.search(block.lines[0].mark) or rank == before:
                    self._doubt(block, "tied_points")
                elif rank != place and rank - 1 != before:
                    self._doubt(block, "number_out_of_order")

    def _doubt(self, block: Block, reason: str) -> None:
        self.doubts.append(Doubt(block.number, block.text, reason))


def _points(text: str) -> list[str]:
    """Points of a one-line summary, parted by dashes."""
    splitter = DASH if DASH.search(text) else _HYPHEN
    return [point.strip() for point in splitter.split(text) if point.strip()]


def _question(question: _Question) -> Question:
    return Question(
        title=question.title,
        summary=tuple(question.summary),
        sections=tuple(
            Section(block.text.rstrip(":").rstrip() if block else None, tuple(points))
            for block, points in question.sections
        ),
        groups=tuple(GroupAnswer(name, tuple(ranked)) for _, name, ranked in question.groups),
    )
