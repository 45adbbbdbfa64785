"""Reading elections in Pabulib's format (``.pb``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Final

from jevn.prioritisation.shared_budget.election import (
    KINDS,
    BallotKind,
    Election,
    Project,
    fixed,
)
from jevn.prioritisation.shared_budget.money import ore_of
from jevn.terms import InputRefused, Problem

_SECTIONS: Final = ("meta", "projects", "votes")
_MOST_PROBLEMS: Final = 50
_DECIMALS: Final = 6
_MOST_POINTS: Final = 1_000_000
_NEEDED: Final = {"projects": ("project_id", "cost"), "votes": ("voter_id", "vote")}

Row = tuple[int, list[str]]


@dataclass(slots=True)
class _Reading:
    """The parts of a file, and the faults found in it so far."""

    file: str
    heads: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(
        self,
        fault: str,
        /,
        row: int | None = None,
        column: str | None = None,
        **params: str | int,
    ) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(fault, self.file, row, column, params))

    def stop(self) -> None:
        if self.problems:
            raise InputRefused(self.problems)


def read_pabulib(path: Path) -> Election:
    """Read an election in Pabulib's format.

    Faliszewski, P. et al. (2023): *Participatory Budgeting: Data, Tools, and Analysis*,
    IJCAI-23, doi:10.24963/ijcai.2023/297. Sections ``META``, ``PROJECTS`` and ``VOTES``,
    cells parted by semicolon; ballots of approval (also ``choose-1``), ordinal, cumulative or
    scoring kind. Further columns and keys are kept.

    Args:
        path: a ``.pb`` file in UTF-8.

    Returns:
        The election, amounts in whole øre.

    Raises:
        InputRefused: every fault with file and row, at most 50: ``pabulib_read``,
            ``pabulib_section``, ``pabulib_meta``, ``pabulib_kind``, ``pabulib_budget``,
            ``pabulib_column``, ``pabulib_cells``, ``pabulib_empty``, ``pabulib_project_twice``,
            ``pabulib_id``, ``pabulib_cost``, ``pabulib_voter_twice``, ``pabulib_unknown``,
            ``pabulib_repeat``, ``pabulib_points``, ``pabulib_one`` or ``pabulib_count``.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reading = _sections(path.name, stream)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputRefused([Problem("pabulib_read", path.name)]) from error
    reading.stop()
    meta, kind, budget = _meta(reading)
    projects = _projects(reading)
    election = _votes(reading, meta, kind, budget, projects)
    for key, found in (("num_projects", len(projects)), ("num_votes", len(election.voters))):
        told = meta.get(key, "").strip()
        if told and told != str(found):
            reading.fault("pabulib_count", None, key, key=key, told=told, found=found)
    reading.stop()
    return election


def _sections(file: str, stream: object) -> _Reading:
    reading = _Reading(file)
    reader = csv.reader(stream, delimiter=";")  # type: ignore[arg-type]
    section, head = "", False
    for cells in reader:
        if not cells or (len(cells) == 1 and not cells[0].strip()):
            continue
        name = cells[0].strip().lower()
        if name in _SECTIONS and not any(c.strip() for c in cells[1:]):
            section, head = name, True
            if name in reading.rows:
                reading.fault("pabulib_section", reader.line_num, section=name.upper())
            reading.rows[name] = []
        elif not section:
            reading.fault("pabulib_section", reader.line_num, section="META")
            break
        elif head:
            reading.heads[section] = [c.strip().lower() for c in cells]
            head = False
        else:
            reading.rows[section].append((reader.line_num, cells))
    for name in _SECTIONS:
        if name not in reading.heads and not reading.problems:
            reading.fault("pabulib_section", None, section=name.upper())
    for name, needed in _NEEDED.items():
        columns = reading.heads.get(name, list(needed))
        for column in needed:
            if column not in columns:
                reading.fault("pabulib_column", None, column, section=name.upper(), needed=column)
    return reading


def _meta(reading: _Reading) -> tuple[dict[str, str], BallotKind | None, int]:
    meta: dict[str, str] = {}
    lines: dict[str, int] = {}
    for row, cells in reading.rows["meta"]:
        key = cells[0].strip().lower()
        meta[key] = ";".join(cells[1:]).strip()
        lines[key] = row
    for key in ("budget", "vote_type"):
        if not meta.get(key):
            reading.fault("pabulib_meta", lines.get(key), key, key=key)
    budget = ore_of(meta.get("budget", "")) or 0
    if meta.get("budget") and budget <= 0:
        reading.fault("pabulib_budget", lines["budget"], "budget", given=meta["budget"])
    told = meta.get("vote_type", "").lower()
    kind = next((k for k in KINDS if k == told), None)
    if told == "choose-1":
        kind = "approval"
    elif told and kind is None:
        params = {"given": told, "known": ", ".join(KINDS)}
        reading.fault("pabulib_kind", lines["vote_type"], "vote_type", **params)
    return meta, kind, budget


def _cells(reading: _Reading, section: str, row: int, cells: list[str]) -> dict[str, str] | None:
    head = reading.heads[section]
    if any(c.strip() for c in cells[len(head) :]):
        reading.fault("pabulib_cells", row, None, found=len(cells), columns=len(head))
        return None
    padded = [c.strip() for c in cells[: len(head)]] + [""] * (len(head) - len(cells))
    return dict(zip(head, padded, strict=True))


def _projects(reading: _Reading) -> dict[str, Project]:
    found: dict[str, Project] = {}
    for row, cells in reading.rows["projects"]:
        told = _cells(reading, "projects", row, cells)
        if told is None:
            continue
        id, cost = told.pop("project_id"), ore_of(told["cost"])
        if not id or "," in id:
            reading.fault("pabulib_id", row, "project_id", id=id)
        elif id in found:
            reading.fault("pabulib_project_twice", row, "project_id", id=id)
        elif cost is None or cost <= 0:
            reading.fault("pabulib_cost", row, "cost", id=id, given=told["cost"])
        if id not in found:
            del told["cost"]
            found[id] = Project(id, cost or 0, tuple(told.items()))
    if not reading.rows["projects"]:
        reading.fault("pabulib_empty", None, section="PROJECTS")
    return found


def _votes(
    reading: _Reading,
    meta: dict[str, str],
    kind: BallotKind | None,
    budget: int,
    projects: dict[str, Project],
) -> Election:
    head = reading.heads["votes"]
    number = {id: i for i, id in enumerate(projects)}
    scored = kind in ("cumulative", "scoring")
    if scored and "points" not in head:
        reading.fault("pabulib_column", None, "points", section="VOTES", needed="points")
        reading.stop()
    at = {name: head.index(name) for name in head}
    others = [name for name in head if name not in ("voter_id", "vote", "points")]
    about: dict[str, list[str]] = {name: [] for name in others}
    voters: dict[str, None] = {}
    starts, listed, points = [0], list[int](), list[Decimal]()
    one = meta.get("vote_type", "").lower() == "choose-1"
    for row, raw in reading.rows["votes"]:
        cells = raw if len(raw) == len(head) else _padded(reading, row, raw)
        if cells is None:
            continue
        voter = cells[at["voter_id"]].strip()
        if not voter or voter in voters:
            reading.fault("pabulib_voter_twice", row, "voter_id", id=voter)
        voters[voter] = None
        vote = cells[at["vote"]].strip()
        ids = [part.strip() for part in vote.split(",")] if vote else []
        if "" in ids and not scored:
            ids = [id for id in ids if id]  # a comma too many at the end
        numbers = [number.get(id, -1) for id in ids]
        _check_ballot(reading, row, ids, numbers, one=one)
        if scored:
            given = _points(cells[at["points"]], len(ids))
            if given is None:
                reading.fault("pabulib_points", row, "points", given=cells[at["points"]])
            points += given or []
        listed += numbers
        starts.append(len(listed))
        for name in others:
            about[name].append(cells[at[name]].strip())
    if not reading.rows["votes"]:
        reading.fault("pabulib_empty", None, section="VOTES")
    reading.stop()
    scale = 10 ** max(map(_places, points), default=0)
    sizes = [end - start for start, end in pairwise(starts)]
    if scored:
        counted = [int(p * scale) for p in points]
    elif kind == "ordinal":
        top = _top(meta)
        counted = [max(size, top) - at for size in sizes for at in range(size)]
    else:
        counted = [1] * len(listed)
    return Election(
        budget=budget,
        kind=kind or "approval",
        projects=tuple(projects.values()),
        starts=fixed(starts),
        listed=fixed(listed),
        points=fixed(counted),
        point_scale=scale,
        voters=tuple(voters),
        about=tuple((name, tuple(values)) for name, values in about.items()),
        meta=tuple(meta.items()),
    )


def _padded(reading: _Reading, row: int, raw: list[str]) -> list[str] | None:
    told = _cells(reading, "votes", row, raw)
    return None if told is None else list(told.values())


def _check_ballot(
    reading: _Reading, row: int, ids: list[str], numbers: list[int], *, one: bool
) -> None:
    if -1 in numbers:
        reading.fault("pabulib_unknown", row, "vote", id=ids[numbers.index(-1)])
    elif len(set(numbers)) != len(numbers):
        twice = next(id for id in ids if ids.count(id) > 1)
        reading.fault("pabulib_repeat", row, "vote", id=twice)
    elif one and len(ids) > 1:
        reading.fault("pabulib_one", row, "vote")


def _top(meta: dict[str, str]) -> int:
    """Points of the first place of a ranked list, if the head says how long lists may be."""
    told = meta.get("max_length", "").strip()
    return int(told) if told.isdecimal() and len(told) < 5 else 0


def _points(text: str, count: int) -> list[Decimal] | None:
    """The points of a ballot, or ``None`` if they do not fit it."""
    try:
        found = [Decimal(part.strip()) for part in text.split(",")] if text.strip() else []
    except InvalidOperation:
        return None
    fit = all(p.is_finite() and _places(p) <= _DECIMALS and abs(p) <= _MOST_POINTS for p in found)
    return found if len(found) == count and fit else None


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
