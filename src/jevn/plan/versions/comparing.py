"""What is changed from one version to another: text, goals, actions and money, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from jevn.plan.elements import ElementKind
from jevn.plan.versions.model import ChangeReason, FrozenElement, FrozenTarget, PlanVersion

Part = Literal["same", "removed", "added"]
What = Literal["new", "gone", "text", "title", "target", "action", "money", "moved"]
_WORDS = re.compile(r"\s+|[^\s]+")
_FIELDS = ("owner", "start", "deadline", "posts", "reach", "target_group", "places")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are the same, removed or added."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change.

    Attributes:
        element: id of the element; empty for the plan's own summary and mandate.
        title: its title.
        what: kind of change.
        about: paragraph anchor, field, indicator or year.
        before: as it was; empty for something new.
        after: as it is; empty for something that is gone.
        pieces: the same as words kept, removed and added, for text.
    """

    element: str
    title: str
    what: What
    about: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything changed from one version to another.

    Attributes:
        old: id of the earlier version.
        new: id of the later.
        changes: in the order of the plan; what is gone comes last.
        money: (year, kroner before, kroner after) for years that differ.
        reasons: why, as stated.
    """

    old: str
    new: str
    changes: tuple[PlanChange, ...]
    money: tuple[tuple[int, float, float], ...]
    reasons: tuple[ChangeReason, ...] = ()

    def reasons_of(self, element: str) -> tuple[ChangeReason, ...]:
        """Reasons stated for an element."""
        return tuple(r for r in self.reasons if r.element == element)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Ids of changed elements with no stated origin, in order."""
        told = {r.element for r in self.reasons if r.origin}
        return tuple(
            dict.fromkeys(c.element for c in self.changes if c.element and c.element not in told)
        )


def compare(
    old: PlanVersion, new: PlanVersion, reasons: Sequence[ChangeReason] = ()
) -> Differences:
    """What is changed from one version to another.

    Args:
        old: the earlier version.
        new: the later.
        reasons: why elements were changed; those stated for the earlier version count.
    """
    changes: list[PlanChange] = []
    for name in ("summary", "mandate"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            changes.append(_text("", new.title, name, before, after))
    for element in new.elements:
        earlier = old.element(element.id)
        if earlier is None:
            changes.append(PlanChange(element.id, element.title, "new", "", "", element.title))
            for year, nok in element.cost_nok:
                changes.append(_money(element, year, 0.0, nok))
        else:
            changes += _of_element(earlier, element)
    for earlier in old.elements:
        if new.element(earlier.id) is None:
            changes.append(PlanChange(earlier.id, earlier.title, "gone", "", earlier.title, ""))
    before_nok, after_nok = old.cost(), new.cost()
    years = sorted({*before_nok, *after_nok})
    return Differences(
        old=old.id,
        new=new.id,
        changes=tuple(changes),
        money=tuple(
            (y, before_nok.get(y, 0.0), after_nok.get(y, 0.0))
            for y in years
            if before_nok.get(y, 0.0) != after_nok.get(y, 0.0)
        ),
        reasons=tuple(r for r in reasons if r.since == old.id),
    )


def _of_element(old: FrozenElement, new: FrozenElement) -> Iterator[PlanChange]:
    if old.title != new.title:
        yield PlanChange(
            new.id, new.title, "title", "", old.title, new.title, words(old.title, new.title)
        )
    if old.parent != new.parent:
        yield PlanChange(new.id, new.title, "moved", "", old.parent or "", new.parent or "")
    was = {p.anchor: p.text for p in old.paragraphs}
    for p in new.paragraphs:
        if was.get(p.anchor) != p.text:
            yield _text(new.id, new.title, p.anchor, was.get(p.anchor, ""), p.text)
    kept = {p.anchor for p in new.paragraphs}
    for p in old.paragraphs:
        if p.anchor not in kept:
            yield _text(new.id, new.title, p.anchor, p.text, "")
    yield from _targets(old, new)
    if new.kind is ElementKind.ACTION:
        for field in _FIELDS:
            before, after = _shown(getattr(old, field)), _shown(getattr(new, field))
            if before != after:
                yield PlanChange(new.id, new.title, "action", field, before, after)
        had, has = dict(old.cost_nok), dict(new.cost_nok)
        for year in sorted({*had, *has}):
            if had.get(year, 0.0) != has.get(year, 0.0):
                yield _money(new, year, had.get(year, 0.0), has.get(year, 0.0))


def _targets(old: FrozenElement, new: FrozenElement) -> Iterator[PlanChange]:
    def key(t: FrozenTarget) -> tuple[str, str, str]:
        return t.indicator, t.on, t.dimension or ""

    had = {key(t): t for t in old.targets}
    has = {key(t): t for t in new.targets}
    for k in dict.fromkeys((*has, *had)):
        before, after = had.get(k), has.get(k)
        if before != after:
            yield PlanChange(new.id, new.title, "target", k[0], _target(before), _target(after))


def _target(t: FrozenTarget | None) -> str:
    return "" if t is None else f"{t.on}: {_shown(t.baseline)} → {_shown(t.target)} ({t.year})"


def _money(element: FrozenElement, year: int, before: float, after: float) -> PlanChange:
    return PlanChange(element.id, element.title, "money", str(year), _shown(before), _shown(after))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple):
        return ", ".join(str(v) for v in value)
    return str(value)


def _text(element: str, title: str, about: str, before: str, after: str) -> PlanChange:
    return PlanChange(element, title, "text", about, before, after, words(before, after))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as words kept, removed and added; put together they give both texts again.

    >>> [(p.part, p.text) for p in words("Tre loser fra 2027.", "Fire loser fra 2027.")]
    [('removed', 'Tre'), ('added', 'Fire'), ('same', ' loser fra 2027.')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for op, i, j, k, m in SequenceMatcher(None, old, new, False).get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if j > i:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if m > k:
            pieces.append(Piece("added", "".join(new[k:m])))
    return tuple(pieces)
