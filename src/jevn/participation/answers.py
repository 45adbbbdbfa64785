"""Answers to hearing statements: reading them, and finding statements without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.participation.results import Answer
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statement: _Text
    point: Annotated[int, Field(ge=1)] = 1
    summary: _Text
    comment: _Text
    decision: Literal["taken_in", "partly", "not_taken_in", "outside"]
    consequence: _Text | None = None
    element: _Text | None = None


def read_answers(
    data: object, file: str, *, lines: Mapping[Loc, int] | None = None
) -> tuple[Answer, ...]:
    """Answers from parsed YAML: a list with one entry per point of a statement.

    Args:
        data: the parsed file (``None`` for an empty one).
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Raises:
        InputRefused: every fault with file and entry: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``, ``participation_answered_twice``.
    """
    if data is None:
        return ()
    document = YamlDocument(file, data, dict(lines or {}))
    forms = parse(document, TypeAdapter(list[_Answer]))
    problems: list[Problem] = []
    seen: set[tuple[str, int]] = set()
    for i, form in enumerate(forms):
        params: dict[str, Param] = {"id": form.statement, "point": form.point}
        if (form.statement, form.point) in seen:
            problems.append(
                Problem("participation_answered_twice", file, document.line((i,)), "point", params)
            )
        seen.add((form.statement, form.point))
    if problems:
        raise InputRefused(problems)
    return tuple(Answer(**form.model_dump()) for form in forms)


def unanswered(statements: Iterable[str], answers: Iterable[Answer]) -> tuple[str, ...]:
    """Statements that no answer concerns, in the order they came."""
    answered = {answer.statement for answer in answers}
    return tuple(dict.fromkeys(s for s in statements if s not in answered))
