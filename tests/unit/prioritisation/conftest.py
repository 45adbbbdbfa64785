"""Changes with judged scores, assessed without any figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact import Alternative, Assessment, CriterionJudgement, Judgement, ProfileChange
from jevn.impact import assess as assess_all
from jevn.terms import CRITERIA, EffortArea, Reach


@pytest.fixture
def change() -> Callable[..., ProfileChange]:
    """A change: ``change("a", 5e6, posts=2, requires=("b",))``."""

    def make(id: str, nok: float, *, area: str = "arbeid", **more: Any) -> ProfileChange:
        given = {"level": "more", "start_year": 2028, "reach": Reach.UNIVERSAL, **more}
        return ProfileChange(
            id=id, title=id.upper(), area=EffortArea(area), nok_per_year=nok, **given
        )

    return make


@pytest.fixture
def assess() -> Callable[..., Assessment]:
    """Assess changes by judged scores: ``assess([a, b], {"a": (2, -1, 0, None)})``."""

    def make(changes: list[ProfileChange], scores: dict[str, tuple[int | None, ...]]) -> Assessment:
        judgements = [
            Judgement(
                id,
                tuple(
                    CriterionJudgement(c, s, "grunn", "medium")
                    for c, s in zip(CRITERIA, row, strict=True)
                ),
            )
            for id, row in scores.items()
        ]
        return assess_all(
            alternatives=(Alternative("a", "A", "", tuple(changes)),),
            judgements=judgements,
            catalogue=EvidenceCatalogue((), (), (), (), (), ()),
            indicators=(),
            observations=pl.DataFrame(),
            population=pl.DataFrame(),
            municipality="9901",
        )

    return make
