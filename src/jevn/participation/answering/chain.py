"""Building the answer chain, and refusing answers and points that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from jevn.participation.answering.results import (
    WHOLE,
    Answer,
    AnswerChain,
    AnsweredPoint,
    AnsweredStatement,
    HearingPoint,
    Missing,
    State,
)
from jevn.participation.privacy import published
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

_PRIVATE = ("person", "unknown")


def answer_chain(
    hearing: pl.DataFrame,
    points: pl.DataFrame | None,
    answers: Iterable[Answer],
    *,
    merged: Iterable[tuple[str, str]] = (),
) -> AnswerChain:
    """Every statement with its points and what has become of them.

    A statement without rows in ``points`` is one point, its whole text. If its answers are
    numbered 1, 2, …, it has been split in them, and its points are those that they sum up.

    Args:
        hearing: table ``HEARING``.
        points: table ``HEARING_POINTS``.
        answers: the answers; an answer to point 0 holds for all points of its statement that
            have no answer of their own.
        merged: pairs of (kept, merged): ids of statements or points (``H-01/2``) that a
            person has found to say the same. The merged one shares the answer of the kept.

    Returns:
        The chain, in the order of ``hearing``. Names of private persons, e-mail addresses
        and telephone numbers are left out of it.

    Raises:
        InputRefused: those of `chain_problems`.
    """
    answers = tuple(answers)
    if problems := chain_problems(hearing, points, answers):
        raise InputRefused(problems)
    split = _points(hearing, points, answers)
    book = _Book(answers, split, {later: kept for kept, later in merged})
    return AnswerChain(tuple(_statement(row, split[row["id"]], book) for row in _rows(hearing)))


def chain_problems(
    hearing: pl.DataFrame,
    points: pl.DataFrame | None,
    answers: Iterable[Answer],
    *,
    elements: Collection[str] | None = None,
    paragraphs: Collection[str] | None = None,
) -> list[Problem]:
    """What does not fit between statements, points, answers and the plan.

    Args:
        hearing: table ``HEARING``.
        points: table ``HEARING_POINTS``.
        answers: the answers.
        elements: ids of the plan's elements; ``None`` if there is no plan to compare with.
        paragraphs: anchors of the draft; ``None`` if they are not known.

    Returns:
        ``participation_point_of_nothing``, ``participation_point_numbers``,
        ``unknown_statement``, ``participation_no_such_point``,
        ``participation_no_element``, ``participation_no_paragraph``.
    """
    answers = tuple(answers)
    statements = set(hearing["id"].to_list())
    problems = _point_problems(statements, points)
    numbers = _numbers(points)
    named = _named(answers)
    for answer in answers:
        params: dict[str, Param] = {"id": answer.statement, "point": answer.point}
        if answer.statement not in statements:
            problems.append(_fault("unknown_statement", "statement", params))
            continue
        there = numbers.get(answer.statement) or _unsplit(named[answer.statement])
        if answer.point != WHOLE and answer.point not in there:
            problems.append(
                _fault("participation_no_such_point", "point", {**params, "n": len(there)})
            )
        for field, known in (("element", elements), ("paragraph", paragraphs)):
            given = getattr(answer, field)
            if given is not None and known is not None and given not in known:
                problems.append(
                    _fault(f"participation_no_{field}", field, {**params, "given": given})
                )
    return problems


def unanswered(statements: Iterable[str], answers: Iterable[Answer]) -> tuple[str, ...]:
    """Statements that no decided answer concerns, in the order they came."""
    answered = {answer.statement for answer in answers if answer.decided}
    return tuple(dict.fromkeys(s for s in statements if s not in answered))


class _Book:
    """Answers looked up by point, also through what has been merged."""

    def __init__(
        self,
        answers: Sequence[Answer],
        split: Mapping[str, Sequence[HearingPoint]],
        kept: Mapping[str, str],
    ) -> None:
        self._own: dict[str, Answer] = {}
        self._whole: dict[str, Answer] = {}
        for answer in answers:
            if answer.point == WHOLE:
                self._whole[answer.statement] = answer
            else:
                self._own[f"{answer.statement}/{answer.point}"] = answer
        self._split, self._kept = split, kept

    def own(self, point: HearingPoint) -> tuple[Answer, ...]:
        """The point's own answer, else the one to all of its statement."""
        found = self._own.get(point.id) or self._whole.get(point.statement)
        return (found,) if found else ()

    def of(self, point: HearingPoint) -> tuple[tuple[Answer, ...], str | None, bool]:
        """Answers to a point, whom they are shared with, and whether all shared are decided."""
        own = self.own(point)
        if own and own[0].decided:
            return own, None, True
        seen = {point.id, point.statement}
        target = self._kept.get(point.id) or self._kept.get(point.statement)
        while target is not None and target not in seen:
            seen.add(target)
            same = self._points_of(target, point.point)
            shared = [self.own(p) for p in same]
            if same and any(shared):
                whole = all(s and s[0].decided for s in shared)
                return tuple(dict.fromkeys(a for s in shared for a in s)), target, whole
            target = self._kept.get(target) or (self._kept.get(same[0].statement) if same else None)
        return own, None, False

    def _points_of(self, target: str, number: int) -> tuple[HearingPoint, ...]:
        if target in self._split:
            return tuple(self._split[target])
        statement, _, point = target.rpartition("/")
        return tuple(p for p in self._split.get(statement, ()) if str(p.point) == point)


def _statement(
    row: Mapping[str, Any], points: Sequence[HearingPoint], book: _Book
) -> AnsweredStatement:
    sender_type = row.get("sender_type") or "unknown"
    sender = row.get("sender")
    private = sender_type in _PRIVATE
    hidden = sender if private else None
    day = row.get("date")
    return AnsweredStatement(
        id=row["id"],
        date=day.isoformat() if isinstance(day, date) else day,
        sender_type=sender_type,
        sender=None if private else sender,
        place=row.get("place"),
        text=published(row["text"], hidden),
        points=tuple(_point(p, hidden, book) for p in points),
    )


def _point(point: HearingPoint, hidden: str | None, book: _Book) -> AnsweredPoint:
    answers, shared, whole = book.of(point)
    shown = HearingPoint(
        point.statement, point.point, point.paragraph, published(point.text, hidden), point.areas
    )
    state: State = "unassessed"
    missing: tuple[Missing, ...] = ("answer",)
    if answers and whole:
        state = "answered"
        missing = tuple(dict.fromkeys(m for a in answers for m in a.missing))
    elif answers:
        state = "assessed"
    return AnsweredPoint(shown, state, answers, missing, shared)


def _points(
    hearing: pl.DataFrame, points: pl.DataFrame | None, answers: Sequence[Answer]
) -> dict[str, tuple[HearingPoint, ...]]:
    """The points of each statement, in order."""
    given: dict[str, list[HearingPoint]] = defaultdict(list)
    for row in _rows(points):
        areas = tuple(row.get("areas") or ())
        point = (row["statement"], row["point"], row.get("paragraph"), row["text"], areas)
        given[row["statement"]].append(HearingPoint(*point))
    summed: dict[str, dict[int, str]] = defaultdict(dict)
    for answer in answers:
        if answer.point != WHOLE:
            summed[answer.statement][answer.point] = answer.summary
    found: dict[str, tuple[HearingPoint, ...]] = {}
    for row in _rows(hearing):
        id, paragraph, areas = row["id"], row.get("paragraph"), tuple(row.get("areas") or ())
        if id in given:
            found[id] = tuple(sorted(given[id], key=lambda p: p.point))
        elif len(summed[id]) > 1:
            found[id] = tuple(
                HearingPoint(id, n, paragraph, text, areas)
                for n, text in sorted(summed[id].items())
            )
        else:
            found[id] = (HearingPoint(id, 1, paragraph, row["text"], areas),)
    return found


def _point_problems(statements: Collection[str], points: pl.DataFrame | None) -> list[Problem]:
    file, problems = "hearing_points.csv", []
    rows = {(r["statement"], r["point"]): r.get("_row") for r in _rows(points)}
    for statement, numbers in _numbers(points).items():
        first = min(numbers)
        line = rows[statement, first]
        if statement not in statements:
            params = {"id": statement}
            problems.append(
                Problem("participation_point_of_nothing", file, line, "statement", params)
            )
        gap = next((n for n in range(1, max(numbers)) if n not in numbers), None)
        if gap is not None:
            line = rows[statement, min(n for n in numbers if n > gap)]
            params = {"id": statement, "gap": str(gap)}
            problems.append(Problem("participation_point_numbers", file, line, "point", params))
    return problems


def _numbers(points: pl.DataFrame | None) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in _rows(points):
        found[row["statement"]].add(row["point"])
    return dict(found)


def _named(answers: Iterable[Answer]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for answer in answers:
        found[answer.statement].add(answer.point)
    return found


def _unsplit(named: Collection[int]) -> set[int]:
    """Points of a statement that is split in no table: 1, and those that follow it unbroken."""
    last = 1
    while 1 in named and last + 1 in named:
        last += 1
    return set(range(1, last + 1))


def _fault(id: str, column: str, params: Mapping[str, Param]) -> Problem:
    return Problem(id, "answers.yaml", column=column, params=params)


def _rows(frame: pl.DataFrame | None) -> Iterable[dict[str, Any]]:
    return () if frame is None else frame.iter_rows(named=True)
