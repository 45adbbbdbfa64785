"""Prioritisation: packages side by side, and how each change fares over all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jevn.challenges.results import ChallengeProfile
from jevn.impact.results import Assessment
from jevn.prioritisation.packages import Room, group_package, need_package, weights_package
from jevn.prioritisation.results import Ballot, ChangeSupport, Frame, Package, Prioritisation
from jevn.prioritisation.value import candidates
from jevn.prioritisation.weights import combined_weights, criteria_order, weights_of
from jevn.rankings import (
    RULES,
    RankedLists,
    agreement,
    borda,
    left_out,
    near_ties,
    steadiness,
)
from jevn.terms import InputRefused, Problem, Say

_FILE = "priorities.yaml"


def prioritise(
    *,
    assessment: Assessment,
    ballots: Sequence[Ballot],
    frame: Frame,
    challenges: ChallengeProfile | None = None,
    proposed: str | None = None,
    proposed_reason: str | None = None,
) -> Prioritisation:
    """Make packages within the frame, with a reason for everything in and out (step 6).

    Packages: ``weights-all`` (best by all groups' combined weights); ``weights-<group>`` for a
    group whose order of the criteria gives other weights than that; ``group-<group>`` (the
    group's own list from the top); ``need`` (money to where it burns most). Candidates are all
    distinct changes of all alternatives; one without assessment stays among the choices and
    says so.

    Args:
        assessment: step 5.
        ballots: the groups' lists and orders of the criteria.
        frame: kroner a year and posts.
        challenges: step 2; without it there is no ``need`` package.
        proposed: id of the package the proposal is built on.
        proposed_reason: why.

    Raises:
        InputRefused: ``prioritisation_unknown_change`` for a listed change that no alternative
            has, ``prioritisation_unknown_package`` for an unknown proposed package.
        UserError: ``prioritisation_frame_impossible`` if no package keeps within the frame.
    """
    assessed = candidates(assessment)
    _check(ballots, {c.change.id for c in assessed})
    support = {
        c.change.id: tuple(b.group for b in ballots if c.change.id in b.ranked) for c in assessed
    }
    room = Room(assessed, frame, support)
    packages = _packages(room, ballots, challenges)
    if proposed is not None and proposed not in {p.id for p in packages}:
        known = ", ".join(p.id for p in packages)
        params = {"id": proposed, "known": known}
        problem = Problem(
            "prioritisation_unknown_package", _FILE, column="proposed.package", params=params
        )
        raise InputRefused([problem])
    return Prioritisation(
        frame=frame,
        criteria=tuple(criteria_order(b) for b in ballots if b.criteria),
        packages=packages,
        support=change_support(room, ballots, packages),
        proposed=proposed,
        proposed_reason=proposed_reason,
        agreement=agreement(_lists(room, ballots)),
    )


def _lists(room: Room, ballots: Sequence[Ballot]) -> RankedLists:
    given = [b for b in ballots if b.ranked]
    ids = [c.change.id for c in room.assessed]
    return RankedLists.of([b.ranked for b in given], items=ids, names=[b.group for b in given])


def _check(ballots: Sequence[Ballot], known: set[str]) -> None:
    problems = [
        Problem(
            "prioritisation_unknown_change",
            _FILE,
            column="ballots",
            params={"id": id, "group": ballot.group},
        )
        for ballot in ballots
        for id in ballot.ranked
        if id not in known
    ]
    if problems:
        raise InputRefused(problems)


def _packages(
    room: Room, ballots: Sequence[Ballot], challenges: ChallengeProfile | None
) -> tuple[Package, ...]:
    say = Say("nb")
    combined = combined_weights(ballots)
    packages = [
        weights_package(room, combined, "weights-all", say("prioritisation.title.weights_all"))
    ]
    slugs = _slugs([b.group for b in ballots])
    for ballot, slug in zip(ballots, slugs, strict=True):
        own = weights_of([[c] for c in ballot.criteria])
        if ballot.criteria and own != combined:
            title = say("prioritisation.title.weights_group", group=ballot.group)
            packages.append(weights_package(room, own, f"weights-{slug}", title))
    for ballot, slug in zip(ballots, slugs, strict=True):
        if ballot.ranked:
            title = say("prioritisation.title.group", group=ballot.group)
            packages.append(group_package(room, combined, ballot, f"group-{slug}", title))
    if challenges is not None:
        packages.append(need_package(room, combined, challenges, say("prioritisation.title.need")))
    return tuple(packages)


def slug(text: str) -> str:
    """A name as part of an id.

    >>> slug("Gruppe 1"), slug("Råd for eldre")
    ('gruppe-1', 'raad-for-eldre')
    """
    plain = text.lower().replace("æ", "ae").replace("ø", "o").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "gruppe"


def _slugs(groups: Sequence[str]) -> list[str]:
    """One slug per group; equal ones are numbered. ``all`` is kept for all groups."""
    found: list[str] = []
    for group in groups:
        name, number = slug(group), 2
        base = name
        while name in found or name == "all":
            name, number = f"{base}-{number}", number + 1
        found.append(name)
    return found


def change_support(
    room: Room, ballots: Sequence[Ballot], packages: Sequence[Package]
) -> tuple[ChangeSupport, ...]:
    """Always, sometimes or never in; and the groups' lists combined by Borda, best first."""
    lists = _lists(room, ballots)
    ranking = borda(lists)
    without = left_out(lists, borda)
    points, positions = dict(ranking.scores), dict(ranking.positions())
    spans = {s.item: s for s in steadiness(ranking, without)}
    unsure = {item for group in near_ties(ranking, without) for item in group}
    others = {name: rule(lists) for name, rule in RULES.items() if name != "borda" and lists.lists}
    inside = {p.id: {c.change for c in p.chosen} for p in packages}
    found = []
    for change in room.assessed:
        id = change.change.id
        within = tuple(p for p, chosen in inside.items() if id in chosen)
        found.append(
            ChangeSupport(
                change=id,
                title=change.change.title,
                packages=within,
                standing="always"
                if len(within) == len(inside)
                else "sometimes"
                if within
                else "never",
                listed_by=room.support[id],
                borda=points[id],
                position=positions[id],
                places=tuple(
                    (name, dict(other.positions())[id] if other.all_orders else None)
                    for name, other in others.items()
                ),
                best=spans[id].best if without else None,
                worst=spans[id].worst if without else None,
                near_tie=id in unsure,
            )
        )
    return tuple(sorted(found, key=lambda s: (s.position, s.change)))
