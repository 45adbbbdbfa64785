"""Errors that belong to the user: what happened, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jevn.terms.language import Language, Param, Say


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found in what the user gave, with its place and remedy.

    Attributes:
        id: stable id; texts are ``problem.<id>`` (what is wrong and why) and
            ``problem.<id>.remedy`` (what to do).
        file: file name relative to the plan folder, if the fault has a file.
        row: line in the file, counted from 1 with the header as line 1.
        column: column or field name.
        params: values that the texts mention.
    """

    id: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict)

    def place(self, lang: Language = "nb") -> str:
        """Where it is: file, line, column."""
        say = Say(lang)
        parts = []
        if self.file:
            parts.append(self.file)
        if self.row is not None:
            parts.append(say("problem.place.line", row=str(self.row)))
        if self.column:
            parts.append(say("problem.place.column", column=self.column))
        return ", ".join(parts)

    def what(self, lang: Language = "nb") -> str:
        """What is wrong."""
        return Say(lang)(f"problem.{self.id}", **self.params)

    def remedy(self, lang: Language = "nb") -> str:
        """What to do about it."""
        return Say(lang)(f"problem.{self.id}.remedy", **self.params)


class UserError(Exception):
    """An error the user can mend: shown without traceback, with a stable id and exit code 2."""

    exit_code = 2

    def __init__(self, id: str, /, **params: Param) -> None:
        self.problems: tuple[Problem, ...] = (Problem(id, params=params),)
        super().__init__(self.render("nb"))

    @property
    def id(self) -> str:
        """Stable id of the (first) problem."""
        return self.problems[0].id

    def render(self, lang: Language = "nb") -> str:
        """All problems as plain text, one paragraph each."""
        lines = []
        for problem in self.problems:
            place = problem.place(lang)
            head = f"{place}: " if place else ""
            lines.append(f"{head}{problem.what(lang)}\n  → {problem.remedy(lang)}")
        return "\n".join(lines)


class InputRefused(UserError):
    """Input that was refused whole, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("InputRefused needs at least one problem")
        Exception.__init__(self, self.render("nb"))
