"""Results of step 4: what people have said, sorted, combined and answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from jevn.participation.answering.results import Answer, AnswerChain
from jevn.participation.opinions.summary import OpinionSummary
from jevn.participation.sorting.language import DocumentLanguage
from jevn.terms import EffortArea, Message

__all__ = [
    "Answer",
    "AnswerChain",
    "Channel",
    "CombinedRanking",
    "Contribution",
    "Doubt",
    "GroupAnswer",
    "Part",
    "Participant",
    "Question",
    "RankedItem",
    "Section",
    "SenderType",
    "Spoken",
    "Voices",
    "WorkshopReport",
]

Channel = Literal["workshop", "idea", "hearing", "council", "dialogue", "letter", "conversation"]
SenderType = Literal[
    "person", "organisation", "council", "business", "public_body", "politician", "unknown"
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line of a report that could not be placed for sure.

    Attributes:
        line: line in the file from 1; in a Word file the paragraph or row of a table.
        text: the line.
        reason: why (text ``participation.doubt.<reason>``).
        page: page it stands on, where the file has pages (PDF).
    """

    line: int
    text: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Bullets under a sub-heading (``heading`` may be ``None``)."""

    heading: str | None
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One group's answer to a question: points in order of priority."""

    name: str
    ranked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its one-line summary, bullets and group answers."""

    title: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    groups: tuple[GroupAnswer, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who took part, as the report lists them."""

    name: str
    role: str | None
    municipality: str | None
    listed_under: str | None = None


@dataclass(frozen=True, slots=True)
class WorkshopReport:
    """A workshop report read into its structure."""

    id: str
    title: str
    date: str | None
    parts: tuple[Part, ...]
    participants: tuple[Participant, ...]
    doubtful: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """Anything anyone has said, with where it came from and how it was sorted.

    Attributes:
        id: stable id within the plan folder, e.g. ``I-014``, ``H-03`` or
            ``<report>/q<question>/<number>`` for a workshop point.
        areas: areas of effort, best first; empty if none was found.
        words: per area the words that led there.
        sorted_by: ``person`` if a person has given the areas, ``word_list``, ``learnt`` if what
            persons have confirmed changed what the word list found, or ``none``.
        recognised: which of ``place`` and ``sender_type`` were not given, but recognised in the
            text and in the sender's name.
        support: number who agree, where counted; with those of the contributions in ``also``.
        also: contributions that a person has merged into this one.
        merged_into: the contribution that a person has merged this one into.
    """

    id: str
    channel: Channel
    text: str
    heading: str | None
    date: str | None
    sender_type: SenderType
    sender: str | None
    place: str | None
    areas: tuple[EffortArea, ...]
    words: tuple[tuple[EffortArea, tuple[str, ...]], ...]
    sorted_by: Literal["person", "word_list", "learnt", "none"]
    language: DocumentLanguage
    support: int | None = None
    event: str | None = None
    also: tuple[str, ...] = ()
    merged_into: str | None = None

    @property
    def voices(self) -> int:
        """How many contributions speak here: itself and those merged into it."""
        return 1 + len(self.also)

    recognised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedItem:
    """An item in the combined list of a theme.

    Attributes:
        item: id of the item that points have been merged into.
        label: the item in words.
        area: area of effort.
        position: place by Borda's points, from 1; tied items share the best place.
        borda: Borda's points.
        listed_by: groups that list it.
        median_place: median place among the groups that list it.
        points: ids of the groups' points.
        tied: whether it shares its points with another item.
        places: place by each other rule; ``None`` where the rule has orders just as good that
            were not all looked at.
        best: best place when one group is left out; ``None`` with one group.
        worst: worst place when one group is left out.
        near_tie: whether it changes places with a neighbour, or ties with it, when one group
            is left out.
    """

    item: str
    label: str
    area: EffortArea | None
    position: int
    borda: float
    listed_by: tuple[str, ...]
    median_place: float | None
    points: tuple[str, ...]
    tied: bool
    places: tuple[tuple[str, int | None], ...] = ()
    best: int | None = None
    worst: int | None = None
    near_tie: bool = False


@dataclass(frozen=True, slots=True)
class CombinedRanking:
    """Groups' ranked lists of one theme combined by Borda, with how firmly the order stands.

    Attributes:
        event: id of the report.
        theme: the question.
        groups: groups that gave a list.
        items: items, best first.
        stable_first: whether one item alone is first, whichever group is left out.
        message: what the order bears, in words.
        agreement: Kendall's *W* of the groups' lists, 0-1; ``None`` with one group.
        notes: where other rules, or one group, would change the order.
    """

    event: str
    theme: str
    groups: tuple[str, ...]
    items: tuple[RankedItem, ...]
    stable_first: bool
    message: Message
    agreement: float | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many have spoken from one group, against its share of the population."""

    dimension: Literal["zone", "sender_type", "channel"]
    group: str
    contributions: int
    population_share: float | None


@dataclass(frozen=True, slots=True)
class Voices:
    """Step 4: every contribution, sorted; ranked lists combined; who has spoken; answers."""

    contributions: tuple[Contribution, ...]
    reports: tuple[WorkshopReport, ...]
    rankings: tuple[CombinedRanking, ...]
    spoken: tuple[Spoken, ...]
    answers: tuple[Answer, ...]
    unanswered: tuple[str, ...]
    opinions: tuple[OpinionSummary, ...] = ()
    chain: AnswerChain = field(default_factory=lambda: AnswerChain(()))

    def by_area(self, area: EffortArea) -> tuple[Contribution, ...]:
        """Contributions sorted into an area (first area or later)."""
        return tuple(c for c in self.contributions if area in c.areas)

    def kept(self, id: str) -> Contribution | None:
        """The contribution that a link to this id leads to: itself, or what it is merged into."""
        found = self.contribution(id)
        if found is None or found.merged_into is None:
            return found
        return self.contribution(found.merged_into)

    def contribution(self, id: str) -> Contribution | None:
        """The contribution with this id, or ``None``."""
        return next((c for c in self.contributions if c.id == id), None)
