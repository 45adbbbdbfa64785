"""Rules and lists that stand in the catalogue: hiding of small numbers, themes, criteria."""

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
class SourcedList:
    """A short list from one source, e.g. the rules for hiding small numbers.

    Attributes:
        source: id of the catalogue source that states it.
        items: pairs of id and text.
        note: what to know of the list.
    """

    source: str
    items: tuple[tuple[str, LocalText], ...]
    note: LocalText | None


class _Item(Form):
    id: str
    text: TextForm | None = None
    name: TextForm | None = None


class _ListForm(Form):
    source: str
    rules: tuple[_Item, ...] = ()
    criteria: tuple[_Item, ...] = ()
    themes: tuple[_Item, ...] = ()
    note: TextForm | None = None


@cache
def suppression_rules() -> SourcedList:
    """Rules for hiding small numbers, as FHI states them. Ids as in ``jevn.toml``."""
    return _read("suppression.yaml")


@cache
def overview_themes() -> SourcedList:
    """The six themes that the statutory health overview must cover."""
    return _read("overview_themes.yaml")


@cache
def assessment_criteria() -> SourcedList:
    """The four criteria of NOU 2025:8. Ids are those of :class:`jevn.terms.Criterion`."""
    return _read("criteria.yaml")


def _read(name: str) -> SourcedList:
    text = (CATALOGUE / name).read_text("utf-8")
    data = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    form = TypeAdapter(_ListForm).validate_python(data)
    items = [*form.rules, *form.criteria, *form.themes]
    return SourcedList(
        form.source,
        tuple((i.id, t.local()) for i in items if (t := i.text or i.name)),
        form.note.local() if form.note else None,
    )
