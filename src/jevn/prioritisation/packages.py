"""Packages within the frame: by weights, by a group's own list, and by need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jevn.challenges.results import ChallengeProfile
from jevn.impact.alternatives import ProfileChange
from jevn.impact.results import ChangeAssessment
from jevn.impact.totals import helped_in_all
from jevn.prioritisation import reasons
from jevn.prioritisation.lists import by_need, fill, spent
from jevn.prioritisation.results import Ballot, Choice, Frame, Package
from jevn.prioritisation.solver import Problem, best, problem
from jevn.prioritisation.value import Value, values_of
from jevn.prioritisation.weights import Weights
from jevn.terms import Message, UserError

MadeBy = Literal["weights", "group", "need", "override"]


@dataclass(frozen=True, slots=True)
class Room:
    """What every package is made from.

    Attributes:
        assessed: every candidate with its assessment, sorted by id.
        frame: what may be spent.
        support: per change the groups that listed it.
    """

    assessed: tuple[ChangeAssessment, ...]
    frame: Frame
    support: Mapping[str, tuple[str, ...]]

    @property
    def changes(self) -> dict[str, ProfileChange]:
        """The candidates by id."""
        return {c.change.id: c.change for c in self.assessed}


def weights_package(room: Room, weights: Weights, id: str, title: str) -> Package:
    """The best package by weights, with what forcing each left-out change in would push out.

    Raises:
        UserError: ``prioritisation_frame_impossible`` if no set keeps within the frame (only
            possible when the frame demands savings).
    """
    values = values_of(room.assessed, weights, room.frame)
    barred = frozenset(id for id, v in values.items() if v.value is None)
    asked = problem(
        tuple(room.changes.values()),
        {id: v.gain for id, v in values.items()},
        room.frame,
        barred,
    )
    chosen = best(asked)
    if chosen is None:
        raise UserError("prioritisation_frame_impossible", frame_nok=room.frame.nok_per_year)
    choices = tuple(_weighed(c, chosen, values, asked, room) for c in room.assessed)
    return _package(room, id, title, "weights", weights, values, choices)


def _weighed(
    change: ChangeAssessment,
    chosen: frozenset[str],
    values: Mapping[str, Value],
    asked: Problem,
    room: Room,
) -> Choice:
    id, value = change.change.id, values[change.change.id]
    case = reasons.Case(change.change, value, sorted(chosen), room.changes, room.frame)
    if id in chosen:
        return _choice(change, value, room, reasons.chosen_by_weights(case))
    forced = None if value.value is None else best(asked, frozenset({id}))
    pushed = tuple(sorted(chosen - forced)) if forced is not None else ()
    lacking = case.lacking_nok if value.value is not None and value.gain > 0 else None
    return _choice(
        change,
        value,
        room,
        reasons.left_out_by_weights(case, pushed, possible=forced is not None),
        chosen=False,
        pushes_out=pushed,
        needs_nok=lacking,
    )


def list_package(
    room: Room,
    weights: Weights,
    ranked: Sequence[str],
    made_by: MadeBy,
    id: str,
    title: str,
) -> Package:
    """A package from a list in order, the highest that fits first, without an optimiser."""
    values = values_of(room.assessed, weights, room.frame)
    taken = fill(ranked, room.changes, room.frame)
    place = {id: i for i, id in enumerate(ranked, start=1)}
    choices = []
    for change in room.assessed:
        key = change.change.id
        case = reasons.Case(change.change, values[key], list(taken), room.changes, room.frame)
        if key in taken:
            why = reasons.taken_from_list(case, made_by, place.get(key), taken[key])
            choices.append(_choice(change, values[key], room, why))
        else:
            why = reasons.left_out_of_list(case, made_by, place.get(key))
            lacking = case.lacking_nok if key in place else None
            choices.append(_choice(change, values[key], room, why, chosen=False, needs_nok=lacking))
    return _package(room, id, title, made_by, weights, values, tuple(choices))


def group_package(room: Room, weights: Weights, ballot: Ballot, id: str, title: str) -> Package:
    """A group's own package: its list from the top until the frame is full."""
    return list_package(room, weights, ballot.ranked, "group", id, title)


def need_package(room: Room, weights: Weights, challenges: ChallengeProfile, title: str) -> Package:
    """Money to the areas where it burns most, in their order: the baseline without optimiser."""
    ranked = by_need(room.changes, challenges)
    return list_package(room, weights, ranked, "need", "need", title)


def _choice(
    change: ChangeAssessment,
    value: Value,
    room: Room,
    reason: Message,
    *,
    chosen: bool = True,
    pushes_out: tuple[str, ...] = (),
    needs_nok: float | None = None,
) -> Choice:
    c = change.change
    return Choice(
        change=c.id,
        title=c.title,
        area=c.area,
        nok_per_year=c.nok_per_year,
        posts=c.posts,
        chosen=chosen,
        value=value.value,
        parts=value.parts,
        support=room.support.get(c.id, ()),
        reason=reason,
        pushes_out=pushes_out,
        needs_nok=needs_nok,
    )


def _package(
    room: Room,
    id: str,
    title: str,
    made_by: MadeBy,
    weights: Weights,
    values: Mapping[str, Value],
    choices: tuple[Choice, ...],
) -> Package:
    inside = [c.change for c in choices if c.chosen]
    nok, posts = spent(inside, room.changes)
    effects = [
        (c.change, c.computed)
        for c in room.assessed
        if c.change.id in inside and c.computed is not None
    ]
    helped, by_group = helped_in_all(effects)
    left = room.frame.nok_per_year - nok
    return Package(
        id=id,
        title=title,
        made_by=made_by,
        weights=weights,
        choices=choices,
        nok_per_year=nok,
        posts=posts,
        frame=room.frame,
        total_value=sum(values[x].gain for x in inside),
        helped=None if helped is None else helped.value,
        helped_lowest=by_group[0][1] if by_group else None,
        message=Message(
            f"prioritisation.package.{made_by}",
            {
                "n": len(inside),
                "all": len(choices),
                "spent_nok": nok,
                "frame_nok": room.frame.nok_per_year,
                "left_nok": left,
            },
        ),
    )
