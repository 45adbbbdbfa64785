"""The vocabulary: each term once, in three languages, with its name in the code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml
from pydantic import TypeAdapter

from jevn.evidence.forms import Form, TextForm
from jevn.evidence.loading import CATALOGUE
from jevn.terms import LocalText

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field.

    Attributes:
        id: stable id.
        name: the term in bokmål, nynorsk and English.
        definition: what it means.
        source: id of a catalogue source; ``None`` where the house itself defines it.
        code: its name in the code, e.g. ``terms.Reach``; ``None`` if it has none.
    """

    id: str
    name: LocalText
    definition: LocalText
    source: str | None
    code: str | None


class _TermForm(Form):
    id: str
    name: TextForm
    definition: TextForm
    source: str | None = None
    code: str | None = None


class _VocabularyForm(Form):
    terms: tuple[_TermForm, ...]


@cache
def vocabulary() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    text = (CATALOGUE / "vocabulary.yaml").read_text("utf-8")
    data = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    form = TypeAdapter(_VocabularyForm).validate_python(data)
    return tuple(
        Term(t.id, t.name.local(), t.definition.local(), t.source, t.code) for t in form.terms
    )
