"""Reading a choice between options from a YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.prioritisation.weighing.decision import (
    Amount,
    Choice,
    Option,
    ValueScale,
    WeightRules,
)
from jevn.tables.yamlfile import Loc, YamlDocument, load_yaml, parse
from jevn.terms import InputRefused, Problem


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("yes or no where a number is expected")
    return value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Number = Annotated[float, BeforeValidator(_no_bool), Field(allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Amounts = Annotated[list[Number], BeforeValidator(_as_list), Field(min_length=1, max_length=3)]
Tier = Annotated[list[Text], BeforeValidator(_as_list), Field(min_length=1)]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Limits = Annotated[list[Share], Field(min_length=2, max_length=2)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Criterion(_Form):
    id: Text
    title: Text | None = None
    unit: str = ""
    worst: Number
    best: Number
    between: list[Pair] = Field(default_factory=list)


class _Option(_Form):
    id: Text
    title: Text | None = None
    values: dict[Text, Amounts]


class _Weights(_Form):
    order: list[Tier] = Field(default_factory=list)
    swing: dict[Text, Annotated[Number, Field(ge=0)]] = Field(default_factory=dict)
    limits: dict[Text, Limits] = Field(default_factory=dict)


class _Choice(_Form):
    title: Text = "–"
    criteria: Annotated[list[_Criterion], Field(min_length=1)]
    options: Annotated[list[_Option], Field(min_length=1)]
    weights: _Weights = Field(default_factory=_Weights)


class _Faults:
    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, fault: str, loc: Loc, /, **params: str) -> None:
        column = ".".join(str(part) for part in loc)
        row = self.document.line(loc)
        self.problems.append(Problem(fault, self.document.file, row, column, params))


def read_choice(path: Path) -> Choice:
    """Read a choice: criteria with their ranges, options with their amounts, and weights.

    Args:
        path: a YAML file with ``criteria``, ``options`` and, if anything is known about them,
            ``weights``.

    Raises:
        InputRefused: every fault with file, line and field: those of YAML (``yaml_...``),
            ``weighing_twice``, ``weighing_range``, ``weighing_between``, ``weighing_unknown``,
            ``weighing_missing``, ``weighing_amount``, ``weighing_outside``, ``weighing_order``,
            ``weighing_swing``, ``weighing_both`` or ``weighing_limit``.
    """
    document = load_yaml(path)
    form = parse(document, TypeAdapter(_Choice))
    faults = _Faults(document)
    scales = _scales(form, faults)
    options = _options(form, scales, faults)
    rules = _rules(form.weights, [c.id for c in form.criteria], faults)
    if faults.problems:
        raise InputRefused(faults.problems)
    criteria = tuple(scale for scale in scales if scale is not None)
    return Choice(form.title, criteria, options, rules)


def _scales(form: _Choice, faults: _Faults) -> list[ValueScale | None]:
    found: list[ValueScale | None] = []
    seen: set[str] = set()
    for i, given in enumerate(form.criteria):
        if given.id in seen:
            faults.add("weighing_twice", ("criteria", i, "id"), id=given.id)
        seen.add(given.id)
        if given.worst == given.best:
            faults.add("weighing_range", ("criteria", i, "best"), id=given.id)
            found.append(None)
            continue
        sign = 1.0 if given.best > given.worst else -1.0
        between = sorted(((a, v) for a, v in given.between), key=lambda p: sign * p[0])
        points = ((given.worst, 0.0), *between, (given.best, 1.0))
        try:
            found.append(ValueScale(given.id, given.title or given.id, points, given.unit))
        except ValueError:
            faults.add("weighing_between", ("criteria", i, "between"), id=given.id)
            found.append(None)
    return found


def _options(
    form: _Choice, scales: Sequence[ValueScale | None], faults: _Faults
) -> tuple[Option, ...]:
    ids = [c.id for c in form.criteria]
    seen: set[str] = set()
    found: list[Option] = []
    for i, given in enumerate(form.options):
        if given.id in seen:
            faults.add("weighing_twice", ("options", i, "id"), id=given.id)
        seen.add(given.id)
        for name in given.values:
            if name not in ids:
                faults.add("weighing_unknown", ("options", i, "values", name), id=name)
        amounts: list[Amount] = []
        for id, scale in zip(ids, scales, strict=True):
            loc = ("options", i, "values", id)
            told = given.values.get(id)
            if told is None:
                faults.add("weighing_missing", loc[:3], option=given.id, criterion=id)
                continue
            low, likely, high = _three(told)
            if not low <= likely <= high:
                faults.add("weighing_amount", loc, option=given.id, criterion=id)
                continue
            if scale is not None:
                ends = sorted((scale.worst, scale.best))
                if low < ends[0] or high > ends[1]:
                    faults.add("weighing_outside", loc, option=given.id, criterion=id)
            amounts.append(Amount(likely, low, high))
        found.append(Option(given.id, given.title or given.id, tuple(amounts)))
    return tuple(found)


def _three(told: Sequence[float]) -> tuple[float, float, float]:
    """Least, likeliest and greatest amount from one, two or three numbers."""
    if len(told) == 2:
        return told[0], (told[0] + told[1]) / 2, told[1]
    return told[0], told[len(told) // 2], told[-1]


def _rules(given: _Weights, ids: Sequence[str], faults: _Faults) -> WeightRules:
    named = [id for tier in given.order for id in tier]
    if named and sorted(named) != sorted(ids):
        faults.add("weighing_order", ("weights", "order"), known=", ".join(ids))
    for part, told in (("swing", list(given.swing)), ("limits", list(given.limits))):
        for id in told:
            if id not in ids:
                faults.add("weighing_unknown", ("weights", part, id), id=id)
    if given.swing and (set(given.swing) != set(ids) or not sum(given.swing.values()) > 0):
        faults.add("weighing_swing", ("weights", "swing"), known=", ".join(ids))
    if given.swing and given.order:
        faults.add("weighing_both", ("weights", "order"))
    for id, (low, high) in given.limits.items():
        if not low < high:
            faults.add("weighing_limit", ("weights", "limits", id), id=id)
    return WeightRules(
        order=tuple(tuple(tier) for tier in given.order),
        swing=tuple(given.swing.items()),
        limits=tuple((id, (low, high)) for id, (low, high) in given.limits.items()),
    )
