"""Why in, why out: the reason for each change of a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jevn.impact.alternatives import ProfileChange
from jevn.impact.explain import exact
from jevn.prioritisation.lists import clashes, closure, spent
from jevn.prioritisation.results import Frame
from jevn.prioritisation.value import Value
from jevn.terms import Message
from jevn.terms.language import Param

_KEY = "prioritisation.reason"


@dataclass(frozen=True, slots=True)
class Case:
    """One change held against the chosen ones."""

    change: ProfileChange
    value: Value
    chosen: Sequence[str]
    changes: Mapping[str, ProfileChange]
    frame: Frame

    @property
    def together(self) -> list[str]:
        """The chosen changes with this one and what it requires."""
        new = [x for x in closure(self.change.id, self.changes) if x not in self.chosen]
        return [*self.chosen, *new]

    @property
    def lacking_nok(self) -> float | None:
        """Kroner above the frame needed to have it besides the chosen.

        ``None`` if none are, or if no money helps because something chosen excludes it.
        """
        if any(clashes(x, self.together, self.changes) for x in self.together):
            return None
        over = spent(self.together, self.changes)[0] - self.frame.nok_per_year
        return over if over > 0.005 else None

    @property
    def lacking_posts(self) -> float | None:
        """Posts above the frame needed to have it besides the chosen; ``None`` if none."""
        if self.frame.posts is None:
            return None
        over = spent(self.together, self.changes)[1] - self.frame.posts
        return over if over > 1e-9 else None

    def params(self) -> dict[str, Param]:
        """Value, kroner and number of criteria without score."""
        value = 0.0 if self.value.value is None else self.value.value
        return {
            **exact("value", round(value, 3)),
            "change_nok": abs(self.change.nok_per_year),
            "missing": len(self.value.missing),
        }

    def titles(self, ids: Sequence[str]) -> str:
        """Titles of changes, in quotes, parted by commas."""
        return ", ".join(f"«{self.changes[x].title}»" for x in ids)


def chosen_by_weights(case: Case) -> Message:
    """Why a change is in the best package."""
    params = case.params()
    needed_by = [x for x in case.chosen if case.change.id in case.changes[x].requires]
    if case.change.nok_per_year < 0:
        better = case.value.gain >= 0
        return Message(f"{_KEY}.in.{'saves' if better else 'releases'}", params)
    if case.value.gain <= 0 and needed_by:
        return Message(f"{_KEY}.in.required", {**params, "other": case.titles(needed_by)})
    partly = ".partly" if case.value.missing else ""
    return Message(f"{_KEY}.in.value{partly}", params)


def left_out_by_weights(case: Case, pushed: Sequence[str], *, possible: bool) -> Message:
    """Why a change is not in the best package, and what forcing it in would push out."""
    params = case.params()
    if case.value.value is None:
        return Message(f"{_KEY}.out.not_assessed", params)
    against = clashes(case.change.id, case.chosen, case.changes)
    if not possible:
        return Message(f"{_KEY}.out.impossible", params)
    if case.value.gain <= 0:
        return Message(f"{_KEY}.out.no_gain", params)
    if against:
        return Message(f"{_KEY}.out.excluded", {**params, "other": case.titles(against)})
    if pushed:
        params["pushed"] = case.titles(pushed)
        if case.lacking_nok is not None:
            return Message(f"{_KEY}.out.nok", {**params, "lacking_nok": case.lacking_nok})
        if case.lacking_posts is not None:
            lacking = exact("posts", round(case.lacking_posts, 2))
            return Message(f"{_KEY}.out.posts", {**params, **lacking})
    return Message(f"{_KEY}.out.others", params)


def taken_from_list(
    case: Case,
    made_by: Literal["weights", "group", "need", "override"],
    place: int | None,
    required_by: str | None,
) -> Message:
    """Why a change is in a package made from a list."""
    params: dict[str, Param] = {**case.params(), "place": place}
    if required_by is not None:
        return Message(f"{_KEY}.in.required", {**params, "other": case.titles([required_by])})
    if made_by == "need":
        area: dict[str, Param] = {"area_key": f"area.{case.change.area.value}.short"}
        return Message(f"{_KEY}.in.need", {**params, **area})
    return Message(f"{_KEY}.in.listed", params)


def left_out_of_list(
    case: Case, made_by: Literal["weights", "group", "need", "override"], place: int | None
) -> Message:
    """Why a change is not in a package made from a list."""
    params: dict[str, Param] = {**case.params(), "place": place}
    if place is None:
        return Message(f"{_KEY}.out.{'cut' if made_by == 'need' else 'unlisted'}", params)
    if not closure(case.change.id, case.changes):
        return Message(f"{_KEY}.out.impossible", params)
    together = case.together
    new = [x for x in together if x not in case.chosen]
    against = [y for x in new for y in clashes(x, together, case.changes)]
    if against:
        return Message(f"{_KEY}.out.excluded", {**params, "other": case.titles(against)})
    if case.lacking_nok is not None:
        return Message(f"{_KEY}.out.list_nok", {**params, "lacking_nok": case.lacking_nok})
    lacking = exact("posts", round(case.lacking_posts or 0.0, 2))
    return Message(f"{_KEY}.out.list_posts", {**params, **lacking})
