"""Origin (provenance): where a table, figure or statement comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class OriginKind(StrEnum):
    """What kind of knowledge the origin is, said wherever the figure is shown."""

    PUBLISHED = "published"  # official or published statistics
    LOCAL = "local"  # the municipality's own registers, accounts, meetings
    ESTIMATE = "estimate"  # computed from national gradients; never shown as observed
    JUDGEMENT = "judgement"  # professional judgement
    FICTIONAL = "fictional"  # the demonstration municipality


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a figure, what it is called, which version, on what terms.

    Attributes:
        id: short id used in the ``origin`` column of tables.
        producer: organisation that made it.
        title: title of the table, report or register.
        kind: what kind of knowledge it is.
        version: vintage or edition.
        retrieved: ISO date when it was fetched.
        licence: licence or terms.
        link: address to read more, if any.
        steps: what has been done to it since, in order.
    """

    id: str
    producer: str
    title: str
    kind: OriginKind = OriginKind.PUBLISHED
    version: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    link: str | None = None
    steps: tuple[str, ...] = ()

    def after(self, step: str) -> Origin:
        """The same origin with one more processing step."""
        return replace(self, steps=(*self.steps, step))
