"""The gate: a hearing is not closed while a point of a statement lacks an answer."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.participation.answering.results import AnswerChain, ClosedHearing
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

_LONGEST = 80


def can_close(chain: AnswerChain) -> bool:
    """Whether every point of every statement has a complete answer."""
    return not any(p.missing for p in chain.points)


def close_hearing(chain: AnswerChain) -> ClosedHearing:
    """Close a hearing, or refuse.

    Returns:
        How many statements and points there were, and what was decided.

    Raises:
        InputRefused: one problem per point that stands in the way:
            ``participation_unanswered`` (no answer), ``participation_undecided`` (assessed,
            not decided), ``participation_incomplete`` (a point that was taken in lacks its
            consequence, or a link to what was changed).
    """
    if problems := list(closing_problems(chain)):
        raise InputRefused(problems)
    return ClosedHearing(len(chain.statements), len(chain.points), chain.decisions)


def closing_problems(chain: AnswerChain) -> Iterator[Problem]:
    """What stands in the way of closing the hearing: a problem per point, in order."""
    for statement in chain.statements:
        for found in statement.points:
            params: dict[str, Param] = {
                "id": statement.id,
                "point": found.point.point,
                "text": _short(found.point.text),
            }
            if found.state == "unassessed":
                yield Problem("participation_unanswered", "answers.yaml", params=params)
            elif found.state == "assessed":
                yield Problem("participation_undecided", "answers.yaml", params=params)
            else:
                for lacks in found.missing:
                    key = f"participation.missing.{lacks}"
                    params = {**params, "missing_key": key}
                    yield Problem("participation_incomplete", "answers.yaml", params=params)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
