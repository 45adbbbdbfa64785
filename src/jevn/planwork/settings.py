"""Reading ``jevn.toml``: who the work is for, and choices for the whole work."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jevn.challenges import ChallengeSettings
from jevn.planwork.model import Municipality, WorkSettings
from jevn.tables import DisclosureRules
from jevn.tables.yamlfile import YamlDocument, decode, parse
from jevn.terms import InputRefused, Language, Problem

FILE = "jevn.toml"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class _Municipality(_Form):
    name: str = Field(min_length=1)
    number: str = Field(min_length=1)
    country: str = "NO"
    fictional: bool = False
    language: Language = "nb"
    colour: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    logo: str | None = None
    contact: str | None = None


class _Work(_Form):
    as_of: date
    year: int = Field(ge=1990, le=2100)
    comparison: list[str] = Field(default_factory=list)
    version: str = "draft-1"
    status: Literal["draft", "hearing", "revised", "adopted"] = "draft"
    notice: str | None = None


class _Disclosure(_Form):
    least_cases: int = Field(default=3, ge=0)
    least_segment: int = Field(default=10, ge=0)
    greatest_hidden_share: float = Field(default=0.2, ge=0, le=1)
    greatest_small_share: float = Field(default=0.5, ge=0, le=1)
    least_subgroup: int = Field(default=5, ge=5)


class _Challenges(_Form):
    reference: Literal["best", "median", "country"] = "best"
    standard: Literal["country", "esp2013"] = "country"
    old_after: int = Field(default=4, ge=0, le=50)
    draws: int = Field(default=2000, ge=200, le=20_000)


class SettingsFile(_Form):
    """All keys of ``jevn.toml``; the reference page documents each."""

    municipality: _Municipality
    work: _Work
    disclosure: _Disclosure = Field(default_factory=_Disclosure)
    challenges: _Challenges = Field(default_factory=_Challenges)


def read_settings(path: Path) -> tuple[Municipality, WorkSettings, DisclosureRules]:
    """Read ``jevn.toml``.

    Raises:
        InputRefused: ``toml_missing`` if there is no such file, ``toml_syntax`` with the
            line, or every field that is missing, unknown or has a wrong value.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(
            [Problem("toml_missing", FILE, params={"folder": path.parent.name})]
        ) from None
    except OSError as error:
        raise InputRefused(
            [Problem("file_unreadable", FILE, params={"why": str(error.strerror)})]
        ) from None
    text = decode(raw, FILE)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputRefused([Problem("toml_syntax", FILE, params={"why": str(error)})]) from None
    document = YamlDocument(FILE, data, _lines(text))
    form = parse(document, TypeAdapter(SettingsFile))
    work = form.work
    return (
        Municipality(**form.municipality.model_dump()),
        WorkSettings(
            as_of=work.as_of.isoformat(),
            year=work.year,
            comparison=tuple(work.comparison),
            version=work.version,
            status=work.status,
            notice=work.notice,
            challenges=ChallengeSettings(**form.challenges.model_dump()),
        ),
        DisclosureRules(**form.disclosure.model_dump()),
    )


def _lines(text: str) -> dict[tuple[int | str, ...], int]:
    """Line of each table and key, for problems."""
    lines: dict[tuple[int | str, ...], int] = {(): 1}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("[") and "]" in stripped:
            table = tuple(stripped.strip("[]").split("]")[0].strip().split("."))
            lines[table] = number
        elif "=" in stripped and not stripped.startswith("#"):
            lines[(*table, stripped.partition("=")[0].strip())] = number
    return lines
