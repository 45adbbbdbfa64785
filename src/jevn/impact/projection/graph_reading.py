"""Reading ``model.yaml``: every fault at once, with line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.projection.graph import (
    MORTALITY,
    Arrow,
    Determinant,
    ImpactModel,
    Uncertain,
    UnitCosts,
    circle,
    unstated_paths,
)
from jevn.impact.reading import Form, Id, Number, Share, Text, Whole
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import InputRefused, Problem

LINKED = ("RR", "HR", "IRR", "OR", "RD")
"""Scales an arrow can have."""
_Age = Annotated[Whole, Field(ge=0, le=100)]
_Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
_Ages = Annotated[list[_Age], Field(min_length=2, max_length=2)]
_Positive = Annotated[Number, Field(gt=0)]
_Kroner = Annotated[Number, Field(ge=0)]


class _Weight(Form):
    value: Share
    low: Share
    high: Share
    source: Text


class _Costs(Form):
    municipality: _Kroner = 0.0
    state: _Kroner = 0.0
    user: _Kroner = 0.0
    spread: Annotated[Number, Field(ge=1)] = 1.5
    source: Text


class _Determinant(Form):
    indicator: Id
    ages: _Ages
    counted: _Ages | None = None
    set_at: _Age | None = None
    disability: _Weight | None = None
    costs: _Costs | None = None


class _Arrow(Form):
    parent: Annotated[Id, Field(alias="from")]
    child: Annotated[Id, Field(alias="to")]
    effect_size: Id
    ages: _Ages = Field(default_factory=lambda: [0, 100])
    causal_share: Share | None = None
    lag_years: Annotated[Number, Field(ge=0, le=60)] = 0.0
    mediated: Annotated[Number, Field(ge=0, lt=1)] = 0.0
    interval: _Pair | None = None
    reason: Text | None = None


class _Model(Form):
    years: Annotated[Whole, Field(ge=1, le=80)] = 20
    discount: Annotated[Number, Field(ge=0, le=0.2)] = 0.04
    healthy_year_nok: _Positive = 275_000.0
    draws: Annotated[Whole, Field(ge=16, le=100_000)] = 256
    kappa_generations: Share = 0.2
    determinants: list[_Determinant] = Field(default_factory=list)
    arrows: list[_Arrow] = Field(default_factory=list)


def read_model(data: object, file: str, *, lines: Mapping[Loc, int] | None = None) -> ImpactModel:
    """The model from parsed YAML.

    Args:
        data: the parsed file (``None`` for an empty one: the defaults, no determinants).
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Raises:
        InputRefused: every fault with file and line: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_value``, ``model_ages``, ``model_interval``, ``model_twice``,
            ``model_unknown``, ``model_circle``, ``model_mediated``.
    """
    if data is None:
        return ImpactModel()
    document = YamlDocument(file, data, dict(lines or {}))
    form = parse(document, TypeAdapter(_Model))
    problems = [*_spans(form, document), *_names(form, document)]
    model = ImpactModel(
        **form.model_dump(exclude={"determinants", "arrows"}),
        determinants=tuple(_determinant(d) for d in form.determinants),
        arrows=tuple(_arrow(a) for a in form.arrows),
    )
    around = circle(model.arrows)
    if around:
        path = " → ".join((*around, around[0]))
        line = document.line(("arrows",))
        problems.append(Problem("model_circle", file, line, "arrows", {"circle": path}))
    else:
        for arrow in unstated_paths(model):
            line = document.line(("arrows", model.arrows.index(arrow)))
            problems.append(
                Problem("model_mediated", file, line, "mediated", {"parent": arrow.parent})
            )
    if problems:
        raise InputRefused(problems)
    return model


def check_model(
    model: ImpactModel, catalogue: EvidenceCatalogue, indicators: Mapping[str, bool], file: str
) -> Iterator[Problem]:
    """What is wrong in a model held against the evidence catalogue and the indicators.

    Args:
        model: the model.
        catalogue: its effect sizes.
        indicators: ids of indicators, and whether they count people in a state.
        file: file name, for problems.

    Yields:
        ``model_no_indicator``, ``model_not_share``, ``model_no_effect_size``,
        ``model_effect_scale`` and ``model_no_interval``.
    """
    for determinant in model.determinants:
        name = determinant.indicator
        if name not in indicators:
            yield Problem("model_no_indicator", file, column="indicator", params={"id": name})
        elif not indicators[name]:
            yield Problem("model_not_share", file, column="indicator", params={"id": name})
    for arrow in model.arrows:
        size = catalogue.effect_size(arrow.effect_size)
        params = {"id": arrow.id, "effect_size": arrow.effect_size}
        if size is None or size.value is None:
            yield Problem("model_no_effect_size", file, column="effect_size", params=params)
        elif size.scale not in LINKED or (size.scale == "RD" and arrow.child == MORTALITY):
            params = {**params, "scale": size.scale}
            yield Problem("model_effect_scale", file, column="effect_size", params=params)
        elif arrow.interval is None and (size.lower is None or size.upper is None):
            yield Problem("model_no_interval", file, column="interval", params=params)
        elif arrow.interval is not None and not (
            arrow.interval[0] <= size.value <= arrow.interval[1]
        ):
            yield Problem("model_interval", file, column="interval", params={"id": arrow.id})


def _spans(form: _Model, document: YamlDocument) -> Iterator[Problem]:
    """Ages and limits the wrong way round."""
    for i, d in enumerate(form.determinants):
        for name in ("ages", "counted"):
            given = getattr(d, name)
            if given is not None and given[0] > given[1]:
                line = document.line(("determinants", i, name))
                yield Problem("model_ages", document.file, line, name, {"id": d.indicator})
        if d.set_at is not None and not d.ages[0] <= d.set_at <= d.ages[1]:
            line = document.line(("determinants", i, "set_at"))
            yield Problem("model_ages", document.file, line, "set_at", {"id": d.indicator})
        if d.disability and not d.disability.low <= d.disability.value <= d.disability.high:
            line = document.line(("determinants", i, "disability"))
            yield Problem("model_interval", document.file, line, "disability", {"id": d.indicator})
    for i, a in enumerate(form.arrows):
        id = f"{a.parent}>{a.child}"
        if a.ages[0] > a.ages[1]:
            line = document.line(("arrows", i, "ages"))
            yield Problem("model_ages", document.file, line, "ages", {"id": id})
        if a.interval is not None and (a.interval[0] > a.interval[1] or a.reason is None):
            line = document.line(("arrows", i, "interval"))
            yield Problem("model_interval", document.file, line, "interval", {"id": id})


def _names(form: _Model, document: YamlDocument) -> Iterator[Problem]:
    """Determinants and arrows given twice, and arrows to what is not there."""
    known = [d.indicator for d in form.determinants]
    for i, name in enumerate(known):
        if name in known[:i]:
            line = document.line(("determinants", i))
            yield Problem("model_twice", document.file, line, "indicator", {"id": name})
    pairs = [(a.parent, a.child) for a in form.arrows]
    names = ", ".join((*known, MORTALITY))
    for i, (parent, child) in enumerate(pairs):
        line = document.line(("arrows", i))
        if (parent, child) in pairs[:i]:
            params = {"id": f"{parent}>{child}"}
            yield Problem("model_twice", document.file, line, "from", params)
        for column, name, allowed in (("from", parent, known), ("to", child, [*known, MORTALITY])):
            if name not in allowed:
                params = {"id": name, "known": names}
                yield Problem("model_unknown", document.file, line, column, params)


def _determinant(form: _Determinant) -> Determinant:
    counted = form.counted or form.ages
    return Determinant(
        form.indicator,
        (form.ages[0], form.ages[1]),
        (counted[0], counted[1]),
        form.set_at,
        Uncertain(**form.disability.model_dump()) if form.disability else None,
        UnitCosts(**form.costs.model_dump()) if form.costs else None,
    )


def _arrow(form: _Arrow) -> Arrow:
    fields = form.model_dump()
    fields["ages"] = (form.ages[0], form.ages[1])
    fields["interval"] = None if form.interval is None else (form.interval[0], form.interval[1])
    return Arrow(**fields)


def model_data(model: ImpactModel) -> dict[str, Any]:
    """The model as plain data, as :func:`read_model` reads it."""
    return {
        "years": model.years,
        "discount": model.discount,
        "healthy_year_nok": model.healthy_year_nok,
        "draws": model.draws,
        "kappa_generations": model.kappa_generations,
        "determinants": [_determinant_data(d) for d in model.determinants],
        "arrows": [_arrow_data(a) for a in model.arrows],
    }


def _determinant_data(determinant: Determinant) -> dict[str, Any]:
    data: dict[str, Any] = {
        "indicator": determinant.indicator,
        "ages": list(determinant.ages),
        "counted": list(determinant.counted),
        "set_at": determinant.set_at,
        "disability": asdict(determinant.disability) if determinant.disability else None,
        "costs": asdict(determinant.costs) if determinant.costs else None,
    }
    return {k: v for k, v in data.items() if v is not None}


def _arrow_data(arrow: Arrow) -> dict[str, Any]:
    data = {"from": arrow.parent, "to": arrow.child, **asdict(arrow)}
    data = {k: v for k, v in data.items() if k not in ("parent", "child") and v is not None}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in data.items()}
