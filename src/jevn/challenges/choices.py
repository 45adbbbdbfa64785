"""What a municipality may choose about step 2, all with defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.challenges.overview_results import ImportanceLine, ProfessionalJudgement
from jevn.challenges.results import Against

Standard = Literal["country", "esp2013"]
"""Whose ages levels are standardised to."""


@dataclass(frozen=True, slots=True)
class ChallengeSettings:
    """``[challenges]`` of ``jevn.toml``.

    Attributes:
        reference: what groups and zones are held against when people too many are counted.
        standard: whose ages levels are standardised to.
        old_after: a figure older than this many years is said to be old.
        draws: how often figures are redrawn for the ranking of areas and zones.
    """

    reference: Against = "best"
    standard: Standard = "country"
    old_after: int = 4
    draws: int = 2000


@dataclass(frozen=True, slots=True)
class Choices:
    """All that is chosen or written beside the figures.

    Attributes:
        settings: choices of ``jevn.toml``.
        year: the year the work is done, which tells how old figures are; ``None``: not known.
        importance: lines of ``importance.yaml``.
        areas: professional judgements of areas.
        themes: professional judgements of the six themes.
        neighbours: pairs of zones that share a border.
    """

    settings: ChallengeSettings = ChallengeSettings()
    year: int | None = None
    importance: tuple[ImportanceLine, ...] = ()
    areas: tuple[ProfessionalJudgement, ...] = ()
    themes: tuple[ProfessionalJudgement, ...] = ()
    neighbours: tuple[tuple[str, str], ...] = ()
