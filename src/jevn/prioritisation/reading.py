"""Reading ``priorities.yaml``: frame, ballots, demands, and the package proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.prioritisation.portfolio.choices import ShareDemand
from jevn.prioritisation.portfolio.wishes import Outcome, PackageWishes
from jevn.prioritisation.results import Ballot, Frame
from jevn.prioritisation.shared_budget import (
    BudgetRule,
    Completion,
    Counting,
    RuleName,
    TieRule,
    Utility,
)
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import Criterion, EffortArea, InputRefused, Problem


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


_Part = Annotated[Number, Field(ge=0, le=1)]
_Level = Annotated[Number, Field(gt=0, le=2)]
_Year = Annotated[int, Field(ge=1900, le=2200)]


class _Share(_Form):
    area: EffortArea | Literal["universal"]
    least: _Part = 0.0
    most: _Part = 1.0


class _Demands(_Form):
    outcome: Outcome = "better_years"
    equity_weight: Annotated[Number, Field(ge=0, le=100)] = 0.0
    levels: Annotated[list[_Level], Field(min_length=1, max_length=8)] = [0.5, 1.0, 1.5]
    later_starts: Annotated[int, Field(ge=0, le=10)] = 0
    frame: dict[_Year, Number] = Field(default_factory=dict)
    posts: dict[_Year, Annotated[Number, Field(ge=0)]] = Field(default_factory=dict)
    shares: list[_Share] = Field(default_factory=list)
    worst_off: Number | None = None
    locks: dict[Text, Annotated[Number, Field(ge=0, le=2)]] = Field(default_factory=dict)
    draws: Annotated[int, Field(ge=1, le=4096)] = 64


class _Budget(_Form):
    title: str = ""
    rule: RuleName = "equal-shares"
    utility: Utility = "cost"
    completion: Completion = "add1-until-overspend"
    caps: bool = False
    ties: TieRule = "id"
    seed: str = ""


class _Priorities(_Form):
    shared_budgets: dict[Text, _Budget] = Field(default_factory=dict)
    frame: _Frame | None = None
    ballots: list[_Ballot] = Field(default_factory=list)
    demands: _Demands = Field(default_factory=_Demands)
    proposed: _Proposed | None = None


@dataclass(frozen=True, slots=True)
class Priorities:
    """What ``priorities.yaml`` says.

    Attributes:
        frame: kroner and posts a year.
        ballots: the groups' lists.
        proposed: id of the package that the proposal is built on.
        proposed_reason: why.
        wishes: demands of a computed package.
        budgets: how elections over shared budgets are counted.
    """

    frame: Frame | None = None
    ballots: tuple[Ballot, ...] = ()
    proposed: str | None = None
    proposed_reason: str | None = None
    wishes: PackageWishes = field(default_factory=PackageWishes)
    budgets: tuple[BudgetRule, ...] = ()


def wishes_data(wishes: PackageWishes) -> dict[str, Any]:
    """The ``demands`` of the file; empty if they are what they are without it."""
    usual = PackageWishes()
    data: dict[str, Any] = {
        name: getattr(wishes, name)
        for name in ("outcome", "equity_weight", "later_starts", "worst_off", "draws")
        if getattr(wishes, name) != getattr(usual, name)
    }
    if wishes.levels != usual.levels:
        data["levels"] = list(wishes.levels)
    data |= {
        name: dict(pairs)
        for name, pairs in (
            ("frame", wishes.frame),
            ("posts", wishes.posts),
            ("locks", wishes.locks),
        )
        if pairs
    }
    if wishes.shares:
        data["shares"] = [
            {"area": x.area or "universal", "least": x.least, "most": x.most} for x in wishes.shares
        ]
    return data


def _wishes(form: _Demands) -> PackageWishes:
    return PackageWishes(
        outcome=form.outcome,
        equity_weight=form.equity_weight,
        levels=tuple(sorted(set(form.levels))),
        later_starts=form.later_starts,
        frame=tuple(sorted(form.frame.items())),
        posts=tuple(sorted(form.posts.items())),
        shares=tuple(
            ShareDemand(s.area.value if isinstance(s.area, EffortArea) else None, s.least, s.most)
            for s in form.shares
        ),
        worst_off=form.worst_off,
        locks=tuple(form.locks.items()),
        draws=form.draws,
    )


def read_priorities(
    data: object, file: str, *, lines: Mapping[Loc, int] | None = None
) -> Priorities:
    """Frame, ballots, demands and the proposed package, from parsed YAML.

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
        return Priorities()
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
    return Priorities(
        None if frame is None else Frame(frame.nok_per_year, frame.posts, frame.origin),
        tuple(Ballot(b.group, tuple(b.ranked), tuple(b.criteria), b.comment) for b in form.ballots),
        None if proposed is None else proposed.package,
        None if proposed is None else proposed.reason,
        _wishes(form.demands),
        tuple(
            BudgetRule(
                id, b.title, Counting(b.rule, b.utility, b.completion, b.caps, b.ties, b.seed)
            )
            for id, b in form.shared_budgets.items()
        ),
    )
