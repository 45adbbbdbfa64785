"""The front of a report: its title, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.report import words
from jevn.participation.report.attending import attending
from jevn.participation.report.blocks import Block, joined
from jevn.participation.report.roles import Place, Roles
from jevn.participation.results import Doubt

_FRONT = Place("front", first=True, below_question=False)


@dataclass(frozen=True, slots=True)
class Front:
    """What the first blocks of a report say.

    Attributes:
        title: title of the report; empty if it has none.
        texts: other texts before it (a cover); a date may stand among them.
        blocks: number of blocks that belong to the front.
        doubts: a doubt if the title had to be guessed.
    """

    title: str
    texts: tuple[str, ...]
    blocks: int
    doubts: tuple[Doubt, ...] = ()


def read_front(roles: Roles) -> Front:
    """Find the title: the first headings of a report, else the first text that looks like one.

    A title may be parted into several headings right after each other.
    """
    blocks = roles.blocks
    first = next((i for i, b in enumerate(blocks) if b.kind == "heading"), None)
    if first is not None and not roles.opens_body(first) and not _before(roles, first):
        last = first
        while (
            last + 1 < len(blocks)
            and blocks[last + 1].kind == "heading"
            and not roles.opens_body(last + 1)
            and not roles.has_points(last + 1)
            and roles.role(last + 1, _FRONT) != "people"
        ):
            last += 1
        title = " ".join(b.text for b in blocks[first : last + 1])
        return Front(title, tuple(b.text for b in blocks[:first]), last + 1)
    body = next((i for i in range(len(blocks)) if roles.opens_body(i)), 0)
    texts = [i for i in range(body) if blocks[i].kind == "text" and not attending(blocks[i].text)]
    if not texts:
        return Front("", (), 0)
    chosen = words.best_title([blocks[i].text for i in texts])
    place = texts[chosen or 0]
    first = _title_line(blocks[place]) if chosen is not None else 0
    last = place
    while last + 1 < body and _same_title(blocks[last], blocks[last + 1]):
        last += 1
    doubt = Doubt(blocks[place].number, blocks[place].text, "perhaps_title")
    return Front(
        " ".join(_whole(b, first if b is blocks[place] else 0) for b in blocks[place : last + 1]),
        (*(blocks[i].text for i in texts if i < place), blocks[place].text),
        last + 1,
        () if chosen is not None else (doubt,),
    )


def _title_line(block: Block) -> int:
    """Which line of a text the title begins on: what stands above it is the sender."""
    chosen = words.best_title([line.text for line in block.lines])
    return chosen or 0


def _whole(block: Block, first: int) -> str:
    """Text of a block from its line ``first``, with the dash it begins with, if it does."""
    mark = block.lines[0].mark
    text = joined(block.lines[first:])
    return f"{mark} {text}" if mark else text


def _same_title(block: Block, after: Block) -> bool:
    """Whether a bold title goes on in the next block, which is bold too."""
    return all(line.bold for line in (*block.lines, *after.lines))


def _before(roles: Roles, heading: int) -> bool:
    """Whether the body has begun before this heading."""
    return any(roles.opens_body(i) for i in range(heading))
