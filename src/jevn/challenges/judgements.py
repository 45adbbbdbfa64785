"""Professional judgement beside the figures: ``judgements.yaml``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jevn.challenges.overview_results import ProfessionalJudgement, Theme
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import EffortArea

FILE = "judgements.yaml"


@dataclass(frozen=True, slots=True)
class Judgements:
    """What professionals wrote of areas and of the six themes."""

    areas: tuple[ProfessionalJudgement, ...] = ()
    themes: tuple[ProfessionalJudgement, ...] = ()


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = ""
    causes: str = ""
    consequences: str = ""
    resources: str = ""
    by: str | None = None
    date: datetime.date | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    areas: dict[EffortArea, str | _Form] = Field(default_factory=dict)
    themes: dict[Theme, str | _Form] = Field(default_factory=dict)


def read_professional_judgements(document: YamlDocument) -> Judgements:
    """The judgements of a file: ``areas`` and ``themes``, or areas straight on with free text.

    Raises:
        InputRefused: with file, line and field.
    """
    data = document.data
    if isinstance(data, dict) and not set(data) & {"areas", "themes"}:
        texts = parse(document, TypeAdapter(dict[EffortArea, str]))
        return Judgements(areas=_judgements(texts))
    found = parse(document, TypeAdapter(_File))
    return Judgements(areas=_judgements(found.areas), themes=_judgements(found.themes))


def judgements_data(found: Judgements) -> dict[str, object]:
    """The same as plain data to write to the file: the short form where it says everything."""
    whole = (*found.areas, *found.themes)
    if not found.themes and all(j == ProfessionalJudgement(j.about, j.text) for j in whole):
        return {j.about: j.text for j in found.areas}
    parts = {
        "areas": {j.about: _plain(j) for j in found.areas},
        "themes": {j.about: _plain(j) for j in found.themes},
    }
    return {name: part for name, part in parts.items() if part}


def _plain(judgement: ProfessionalJudgement) -> dict[str, str]:
    names = ("text", "causes", "consequences", "resources", "by", "date")
    return {name: value for name in names if (value := getattr(judgement, name))}


def _judgements(
    found: Mapping[EffortArea, str]
    | Mapping[EffortArea, str | _Form]
    | Mapping[Theme, str | _Form],
) -> tuple[ProfessionalJudgement, ...]:
    return tuple(_judgement(str(about), form) for about, form in found.items())


def _judgement(about: str, form: str | _Form) -> ProfessionalJudgement:
    if isinstance(form, str):
        return ProfessionalJudgement(about, form.strip())
    return ProfessionalJudgement(
        about=about,
        text=form.text.strip(),
        causes=form.causes.strip(),
        consequences=form.consequences.strip(),
        resources=form.resources.strip(),
        by=form.by,
        date=None if form.date is None else form.date.isoformat(),
    )
