"""Reading and writing ``answers.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.participation.answering.chain import unanswered
from jevn.participation.answering.results import WHOLE, Answer
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

__all__ = ["answers_data", "read_answers", "unanswered"]

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_PointId = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^\S+?(/([1-9]\d{0,3}|all))?$")
]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statement: _Text | None = None
    point: Annotated[int, Field(ge=0)] | Literal["all"] = 1
    points: Annotated[list[_PointId], Field(min_length=1)] | None = None
    summary: _Text
    comment: _Text | None = None
    decision: Literal["taken_in", "partly", "not_taken_in", "outside", "undecided"] | None = None
    consequence: _Text | None = None
    element: _Text | None = None
    assessment: _Text | None = None
    reason: _Text | None = None
    paragraph: _Text | None = None
    version: _Text | None = None
    changed: _Text | None = None

    @property
    def about(self) -> tuple[tuple[str, int], ...]:
        """Statement and point of each point that the answer is to."""
        if self.points is None:
            return ((self.statement or "", WHOLE if self.point == "all" else self.point),)
        found = []
        for given in self.points:
            statement, slash, point = given.rpartition("/")
            if slash and (point == "all" or point.isdigit()):
                found.append((statement, WHOLE if point == "all" else int(point)))
            else:
                found.append((given, WHOLE))
        return tuple(found)


def read_answers(
    data: object, file: str, *, lines: Mapping[Loc, int] | None = None
) -> tuple[Answer, ...]:
    """Answers from parsed YAML: a list with an entry per answer.

    An entry names one point (``statement``, ``point``; ``point: all`` for all of the
    statement) or several (``points: [H-01/2, H-07/1]``; an id alone means all of that
    statement). Several points become an answer each, with the same words. An entry with an
    ``assessment`` may lack the decision as long as it is not made.

    Args:
        data: the parsed file (``None`` for an empty one).
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Raises:
        InputRefused: every fault with file and entry: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``, ``participation_answered_twice``,
            ``participation_answer_to_two`` (both ``statement`` and ``points``),
            ``participation_no_reason`` (a decision without comment or reason).
    """
    if data is None:
        return ()
    document = YamlDocument(file, data, dict(lines or {}))
    forms = parse(document, TypeAdapter(list[_Answer]))
    problems: list[Problem] = []
    seen: set[tuple[str, int]] = set()
    for i, form in enumerate(forms):
        problems += _form_problems(form, document, i)
        for statement, point in form.about:
            params: dict[str, Param] = {"id": statement, "point": point}
            if (statement, point) in seen:
                line = document.line((i,))
                problems.append(
                    Problem("participation_answered_twice", file, line, "point", params)
                )
            seen.add((statement, point))
    if problems:
        raise InputRefused(problems)
    return tuple(_answer(form, *about) for form in forms for about in form.about)


def answers_data(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Answers as plain data for ``answers.yaml``, that reads back the same."""
    return [_entry(answer) for answer in answers]


def _form_problems(form: _Answer, document: YamlDocument, i: int) -> list[Problem]:
    file, line = document.file, document.line((i,))
    problems = []
    if form.statement is None and form.points is None:
        problems.append(Problem("yaml_missing", file, line, "statement", {"field": "statement"}))
    if form.statement is not None and form.points is not None:
        problems.append(Problem("participation_answer_to_two", file, line, "points"))
    statement, point = form.about[0]
    params: dict[str, Param] = {"id": statement, "point": point}
    if form.decision is None and form.assessment is None:
        problems.append(Problem("yaml_missing", file, line, "decision", {"field": "decision"}))
    if form.decision not in (None, "undecided") and not (form.comment or form.reason):
        problems.append(Problem("participation_no_reason", file, line, "comment", params))
    return problems


def _answer(form: _Answer, statement: str, point: int) -> Answer:
    return Answer(
        statement=statement,
        point=point,
        summary=form.summary,
        comment=form.comment or form.reason or "",
        decision=form.decision or "undecided",
        consequence=form.consequence,
        element=form.element,
        assessment=form.assessment,
        reason=form.reason,
        paragraph=form.paragraph,
        version=form.version,
        changed=form.changed,
    )


def _entry(answer: Answer) -> dict[str, Any]:
    fields = (
        "summary",
        "assessment",
        "comment",
        "decision",
        "reason",
        "consequence",
        "element",
        "paragraph",
        "version",
        "changed",
    )
    about = {"statement": answer.statement, "point": answer.point or "all"}
    return about | {f: value for f in fields if (value := getattr(answer, f))}
