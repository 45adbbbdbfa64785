"""Statements and answers as tables to be published: private persons without names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import polars as pl

from jevn.participation.answering.results import AnswerChain, AnsweredStatement
from jevn.participation.privacy import published
from jevn.terms import Language, Say

_STATEMENTS = ("statement", "date", "sender_type", "sender", "place", "points", "state", "text")
_ANSWERS = (
    "statement",
    "point",
    "sender_type",
    "sender",
    "paragraph",
    "text",
    "state",
    "summary",
    "comment",
    "decision",
    "decision_name",
    "consequence",
    "element",
    "changed_paragraph",
    "version",
    "changed",
    "shared_with",
)
_WHOLE_NUMBERS = ("point", "points")
_FORMULA = re.compile(r"[=+@\t\r]|-(?! )")


def statements_table(chain: AnswerChain, lang: Language = "nb") -> pl.DataFrame:
    """A row per statement, ordered by id; private persons have no name.

    Columns: ``statement``, ``date`` (ISO), ``sender_type``, ``sender`` (name of the kind of
    sender for private persons), ``place``, ``points`` (number), ``state``, ``text``.
    """
    say = Say(lang)
    return _frame(
        _STATEMENTS,
        (
            {
                "statement": s.id,
                "date": s.date,
                "sender_type": s.sender_type,
                "sender": sender_name(s, say),
                "place": s.place,
                "points": len(s.points),
                "state": s.state,
                "text": s.text,
            }
            for s in _ordered(chain)
        ),
    )


def answers_table(chain: AnswerChain, lang: Language = "nb") -> pl.DataFrame:
    """A row per point and answer, ordered by statement and point; also those unanswered.

    ``paragraph`` is what the point is about, ``changed_paragraph`` what was changed;
    ``decision_name`` is the decision in the language asked for.
    """
    say = Say(lang)
    return _frame(_ANSWERS, _answer_rows(chain, say))


def table_csv(table: pl.DataFrame) -> str:
    """A table as CSV (UTF-8, comma). Cells that a spreadsheet would run get a ``'`` in front."""
    texts = [c for c in table.columns if table[c].dtype == pl.String]
    safe = table.with_columns(
        pl.col(c).map_elements(_safe, return_dtype=pl.String, skip_nulls=True) for c in texts
    )
    return safe.write_csv(line_terminator="\n")


def sender_name(statement: AnsweredStatement, say: Say) -> str:
    """Who made a statement, as it may be published."""
    if statement.sender_type == "person":
        return say("participation.private_person")
    return statement.sender or say(f"participation.sender.{statement.sender_type}")


def _answer_rows(chain: AnswerChain, say: Say) -> Iterable[dict[str, Any]]:
    for statement in _ordered(chain):
        for found in statement.points:
            row = {
                "statement": statement.id,
                "point": found.point.point,
                "sender_type": statement.sender_type,
                "sender": sender_name(statement, say),
                "paragraph": found.point.paragraph,
                "text": found.point.text,
                "state": found.state,
                "shared_with": found.shared_with,
            }
            decided = [a for a in found.answers if a.decided]
            for answer in decided:
                yield row | {
                    "summary": published(answer.summary),
                    "comment": published(answer.comment),
                    "decision": answer.decision,
                    "decision_name": say(f"participation.decision.{answer.decision}"),
                    "consequence": answer.consequence and published(answer.consequence),
                    "element": answer.element,
                    "changed_paragraph": answer.paragraph,
                    "version": answer.version,
                    "changed": answer.changed and published(answer.changed),
                }
            if not decided:
                yield row


def _frame(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    types = {c: pl.Int64() if c in _WHOLE_NUMBERS else pl.String() for c in columns}
    return pl.DataFrame([{c: row.get(c) for c in columns} for row in rows], schema=types)


def _ordered(chain: AnswerChain) -> list[AnsweredStatement]:
    return sorted(chain.statements, key=lambda s: (_natural(s.id), s.id))


def _natural(id: str) -> tuple[tuple[int, int, str], ...]:
    """Key that puts H-2 before H-10."""
    parts = re.findall(r"\d+|\D+", id)
    return tuple((0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p) for p in parts)


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
