"""Reading ``priorities.yaml``: frame, ballots, and the package the proposal is built on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.prioritisation.results import Ballot, Frame
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import Criterion, InputRefused, Problem


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("yes or no where a number is expected")
    return value


Number = Annotated[float, BeforeValidator(_no_bool), Field(allow_inf_nan=False)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Frame(_Form):
    nok_per_year: Number
    posts: Annotated[Number, Field(ge=0)] | None = None
    origin: Text | None = None


class _Ballot(_Form):
    group: Text
    ranked: list[Text] = Field(default_factory=list)
    criteria: list[Criterion] = Field(default_factory=list)
    comment: Text | None = None


class _Proposed(_Form):
    package: Text
    reason: Text | None = None


class _Priorities(_Form):
    frame: _Frame | None = None
    ballots: list[_Ballot] = Field(default_factory=list)
    proposed: _Proposed | None = None


Priorities = tuple[Frame | None, tuple[Ballot, ...], str | None, str | None]


def read_priorities(
    data: object, file: str, *, lines: Mapping[Loc, int] | None = None
) -> Priorities:
    """Frame, ballots, and id of and reason for the proposed package, from parsed YAML.

    Args:
        data: the parsed file (``None`` for an empty one).
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Raises:
        InputRefused: every fault with file and entry: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``, ``prioritisation_duplicate_group``,
            ``prioritisation_twice``.
    """
    if data is None:
        return None, (), None, None
    document = YamlDocument(file, data, dict(lines or {}))
    form = parse(document, TypeAdapter(_Priorities))
    problems = []
    groups: set[str] = set()
    for i, ballot in enumerate(form.ballots):
        if ballot.group in groups:
            problems.append(
                Problem(
                    "prioritisation_duplicate_group",
                    file,
                    document.line(("ballots", i, "group")),
                    "group",
                    {"group": ballot.group},
                )
            )
        groups.add(ballot.group)
        for column, named in (
            ("ranked", ballot.ranked),
            ("criteria", [c.value for c in ballot.criteria]),
        ):
            twice = sorted({x for x in named if named.count(x) > 1})
            problems += [
                Problem(
                    "prioritisation_twice",
                    file,
                    document.line(("ballots", i, column)),
                    column,
                    {"id": x, "group": ballot.group},
                )
                for x in twice
            ]
    if problems:
        raise InputRefused(problems)
    frame = form.frame
    proposed = form.proposed
    return (
        None if frame is None else Frame(frame.nok_per_year, frame.posts, frame.origin),
        tuple(Ballot(b.group, tuple(b.ranked), tuple(b.criteria), b.comment) for b in form.ballots),
        None if proposed is None else proposed.package,
        None if proposed is None else proposed.reason,
    )
