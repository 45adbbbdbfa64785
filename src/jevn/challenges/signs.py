"""Signs: which way something points for people here, and the kinds of sign there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from jevn.terms import Message


class Sign(StrEnum):
    """How one side of an indicator looks for people here."""

    BETTER = "better"
    SAME = "same"  # cannot be told apart
    WORSE = "worse"
    UNKNOWN = "unknown"


SignKind = Literal["level", "trend", "gradient", "people", "spread", "certainty"]

KINDS: Final[tuple[SignKind, ...]] = (
    "level",
    "trend",
    "gradient",
    "people",
    "spread",
    "certainty",
)
"""The signs, in the order they are shown."""

BURNING: Final[tuple[SignKind, ...]] = ("level", "trend", "gradient", "spread")
"""Signs that tell whether it burns; people and certainty tell how wide and how sure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its interval. ``lower``/``upper`` are 95 % limits unless said otherwise."""

    value: float
    lower: float | None = None
    upper: float | None = None
    period: str = ""
    origin: str | None = None
    note: Message | None = None
