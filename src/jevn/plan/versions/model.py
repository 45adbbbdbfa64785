"""A frozen version of a plan: its text by paragraph with stable anchors, its goals and actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.plan.elements import ElementKind

VersionKind = Literal["mandate", "knowledge", "draft", "hearing", "revised", "adopted"]
KINDS: tuple[VersionKind, ...] = ("mandate", "knowledge", "draft", "hearing", "revised", "adopted")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its anchor stays the same from version to version while it is the same."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class FrozenTarget:
    """A target as it stood."""

    indicator: str
    on: str
    baseline: float | None
    target: float
    year: int
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenElement:
    """An element as it stood in a version.

    ``cost_nok``: kroner by year; other fields as in the plan.
    """

    id: str
    kind: ElementKind
    title: str
    parent: str | None
    status: str
    paragraphs: tuple[Paragraph, ...] = ()
    targets: tuple[FrozenTarget, ...] = ()
    owner: str | None = None
    start: str | None = None
    deadline: str | None = None
    posts: float | None = None
    reach: str | None = None
    target_group: str | None = None
    places: tuple[str, ...] = ()
    cost_nok: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version that does not change any more.

    Attributes:
        id: its id, which is the name of its file.
        kind: what it is.
        date: ISO date.
        title: title of the plan.
        summary: summary of the plan.
        mandate: the mandate.
        elements: parents before children.
        decision: id of the milestone that decided it, if any.
        digest: SHA-256 of everything else, in hexadecimal.
    """

    id: str
    kind: VersionKind
    date: str
    title: str
    summary: str
    mandate: str
    elements: tuple[FrozenElement, ...]
    decision: str | None = None
    digest: str = ""

    def element(self, id: str) -> FrozenElement | None:
        """The element with this id, or ``None``."""
        return next((e for e in self.elements if e.id == id), None)

    def cost(self) -> dict[int, float]:
        """Kroner by year over all actions."""
        found: dict[int, float] = {}
        for e in self.elements:
            for year, nok in e.cost_nok:
                found[year] = found.get(year, 0.0) + nok
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """Why an element was changed after a version.

    Attributes:
        since: id of the version it was changed after.
        element: its id.
        reason: why, in words.
        origin: what it follows from: ``voice:…`` or ``decision:…``.
    """

    since: str
    element: str
    reason: str
    origin: str | None = None
