"""Reading ``alternatives.yaml`` and ``assessments.yaml`` into alternatives and judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    StringConstraints,
    Tag,
    TypeAdapter,
)

from jevn.impact.alternatives import (
    Alternative,
    Confidence,
    CriterionJudgement,
    EffectUse,
    Judgement,
    Level,
    ProfileChange,
)
from jevn.tables.yamlfile import Loc, YamlDocument, parse
from jevn.terms import Criterion, EffortArea, InputRefused, Polarity, Problem, Reach

ZERO = "zero"
"""Id of the zero alternative: carrying on as today."""

Lines = Mapping[Loc, int]


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("yes or no where a number is expected")
    return value


def _number_as_text(least: int) -> BeforeValidator:
    """Take a number without quotes only where YAML cannot have eaten a leading zero."""

    def text(value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return str(value)
        return value

    return BeforeValidator(text)


Id = Annotated[str, Strict(), StringConstraints(pattern=r"^[\w.-]+$", max_length=80)]
FunctionId = Annotated[str, _number_as_text(100), Strict()]
PlaceId = Annotated[str, _number_as_text(1000), Strict()]
Text = Annotated[str, Strict(), StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[float, BeforeValidator(_no_bool), Field(allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]
Whole = Annotated[int, BeforeValidator(_no_bool)]
Age = Annotated[Whole, Field(ge=0, le=120)]
_Years = Annotated[Number, Field(ge=0, le=100)]
_Limits = Annotated[list[Number], Field(min_length=2, max_length=2)]


class Form(BaseModel):
    """An entry in a YAML file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class _Effect(Form):
    effect_size: Id
    determinant: Id
    unit_cost_nok: Annotated[Number, Field(gt=0)]
    ages: Annotated[list[Age], Field(min_length=2, max_length=2)]
    outcome_effect: Id | None = None
    outcome: Id | None = None
    eligible_share_by_need: bool = True
    uptake_gradient: Annotated[Number, Field(ge=-20, le=20)] = 0.0
    effect_gradient: Annotated[Number, Field(ge=-10, le=10)] = 0.0
    fidelity: Share = 1.0
    transfer: Share = 1.0
    causal_share: Share | None = None
    effect_on: Polarity | None = None
    start_level: Share | None = None
    need_gradient: Annotated[Number, Field(ge=-10, le=10)] = 0.0
    build_up_years: _Years = 0.0
    hold_years: _Years = 1.0
    fade_years: _Years | None = 3.0
    interval: _Limits | None = None
    outcome_interval: _Limits | None = None
    interval_reason: Text | None = None


class _Change(Form):
    id: Id
    title: Text
    area: EffortArea
    level: Level
    start_year: Annotated[Whole, Field(ge=1900, le=2200)]
    nok_per_year: Number
    reach: Reach
    posts: Number = 0.0
    target_group: Text | None = None
    places: list[PlaceId] = Field(default_factory=list)
    service: PlaceId | None = None
    intervention: Id | None = None
    function: FunctionId | None = None
    effect: _Effect | None = None
    excludes: list[Id] = Field(default_factory=list)
    requires: list[Id] = Field(default_factory=list)


# Tags with a bracket are left out of the path shown to the user.
_ChangeOrId = Annotated[
    Annotated[Id, Tag("[id]")] | Annotated[_Change, Tag("[change]")],
    Discriminator(lambda v: "[id]" if isinstance(v, str) else "[change]"),
]


class _Alternative(Form):
    id: Id
    title: Text
    summary: str = ""
    changes: list[_ChangeOrId]


class _Alternatives(Form):
    alternatives: list[_Alternative]


class _Criterion(Form):
    score: Annotated[Whole, Field(ge=-3, le=3)] | None
    reason: Text
    confidence: Confidence


class _Judgement(Form):
    change: Id
    criteria: dict[Criterion, _Criterion]
    gains: Text | None = None
    loses: Text | None = None
    mechanism: Text | None = None
    feasibility: Text | None = None
    legal: Text | None = None
    children: Text | None = None
    by: Text | None = None


def zero_alternative() -> Alternative:
    """The zero alternative: no change. Its title is the text ``impact.zero.title``."""
    return Alternative(ZERO, "Nullalternativet", "Videre som i dag.", ())


def read_alternatives(
    data: object, file: str, *, lines: Lines | None = None
) -> tuple[Alternative, ...]:
    """Alternatives from parsed YAML; the zero alternative is added first.

    Args:
        data: the parsed file (``None`` for an empty one): a mapping with ``alternatives``.
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Returns:
        The alternatives in the order of the file, with every change filled in: a change
        written once and named by id elsewhere is the same object in all.

    Raises:
        InputRefused: every fault with file and entry: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``, ``impact_duplicate_alternative``,
            ``impact_duplicate_change``, ``impact_repeated_change``,
            ``impact_unknown_change``, ``impact_reserved_id``, ``impact_ages``,
            ``impact_outcome_alone``, ``impact_cycle``, ``impact_contradiction``,
            ``impact_interval``, ``impact_reach``.
    """
    if data is None:
        return (zero_alternative(),)
    document = YamlDocument(file, data, dict(lines or {}))
    forms = parse(document, TypeAdapter(_Alternatives)).alternatives
    problems = [*_duplicates(forms, document), *_references(forms, document)]
    written = {c.id: c for a in forms for c in a.changes if isinstance(c, _Change)}
    problems += _effects(forms, document)
    problems += _cycles(written, document)
    if problems:
        raise InputRefused(problems)
    changes = {id: _change(form) for id, form in written.items()}
    return (
        zero_alternative(),
        *(
            Alternative(
                a.id,
                a.title,
                a.summary.strip(),
                tuple(changes[c if isinstance(c, str) else c.id] for c in a.changes),
            )
            for a in forms
        ),
    )


def read_judgements(
    data: object, file: str, *, lines: Lines | None = None
) -> tuple[Judgement, ...]:
    """Structured judgements from parsed YAML: a list with one entry per change.

    Args:
        data: the parsed file (``None`` for an empty one).
        file: file name, for problems.
        lines: line of each entry by its path, if known.

    Raises:
        InputRefused: every fault with file and entry: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``, ``impact_duplicate_judgement``.
    """
    if data is None:
        return ()
    document = YamlDocument(file, data, dict(lines or {}))
    forms = parse(document, TypeAdapter(list[_Judgement]))
    problems = [
        Problem(
            "impact_duplicate_judgement", file, document.line((i,)), "change", {"id": form.change}
        )
        for i, form in enumerate(forms)
        if form.change in {f.change for f in forms[:i]}
    ]
    if problems:
        raise InputRefused(problems)
    return tuple(_judgement(form) for form in forms)


def _change(form: _Change) -> ProfileChange:
    effect = None
    if form.effect is not None:
        fields = form.effect.model_dump()
        first, last = form.effect.ages
        for name in ("interval", "outcome_interval"):
            given = fields[name]
            fields[name] = None if given is None else (given[0], given[1])
        effect = EffectUse(**{**fields, "ages": (first, last)})
    fields = form.model_dump(exclude={"effect"})
    for name in ("places", "excludes", "requires"):
        fields[name] = tuple(fields[name])
    return ProfileChange(**fields, effect=effect)


def _judgement(form: _Judgement) -> Judgement:
    criteria = tuple(
        CriterionJudgement(c, j.score, j.reason, j.confidence)
        for c in Criterion
        if (j := form.criteria.get(c)) is not None
    )
    rest = form.model_dump(exclude={"criteria", "change"})
    return Judgement(form.change, criteria, **rest)


def _duplicates(forms: Sequence[_Alternative], document: YamlDocument) -> Iterator[Problem]:
    alternatives: set[str] = set()
    written: set[str] = set()
    for i, alternative in enumerate(forms):
        line = document.line(("alternatives", i, "id"))
        params = {"id": alternative.id}
        if alternative.id == ZERO:
            yield Problem("impact_reserved_id", document.file, line, "id", params)
        elif alternative.id in alternatives:
            yield Problem("impact_duplicate_alternative", document.file, line, "id", params)
        alternatives.add(alternative.id)
        here: set[str] = set()
        for j, change in enumerate(alternative.changes):
            id = change if isinstance(change, str) else change.id
            line = document.line(("alternatives", i, "changes", j))
            if not isinstance(change, str) and id in written:
                yield Problem("impact_duplicate_change", document.file, line, "id", {"id": id})
            elif id in here:
                yield Problem(
                    "impact_repeated_change",
                    document.file,
                    line,
                    "changes",
                    {"id": id, "alternative": alternative.id},
                )
            if not isinstance(change, str):
                written.add(id)
            here.add(id)


def _references(forms: Sequence[_Alternative], document: YamlDocument) -> Iterator[Problem]:
    """Ids named in ``changes``, ``requires`` and ``excludes`` must be written somewhere."""
    written = {c.id for a in forms for c in a.changes if isinstance(c, _Change)}
    for i, alternative in enumerate(forms):
        for j, change in enumerate(alternative.changes):
            loc: Loc = ("alternatives", i, "changes", j)
            if isinstance(change, str):
                named = [("changes", change, alternative.id)]
            else:
                named = [("requires", id, change.id) for id in change.requires]
                named += [("excludes", id, change.id) for id in change.excludes]
            for column, id, entry in named:
                if id not in written:
                    yield Problem(
                        "impact_unknown_change",
                        document.file,
                        document.line((*loc, column)),
                        column,
                        {"id": id, "entry": entry},
                    )


def _effects(forms: Sequence[_Alternative], document: YamlDocument) -> Iterator[Problem]:
    for i, alternative in enumerate(forms):
        for j, change in enumerate(alternative.changes):
            if isinstance(change, str) or change.effect is None:
                continue
            loc: Loc = ("alternatives", i, "changes", j, "effect")
            first, last = change.effect.ages
            if first > last:
                yield Problem(
                    "impact_ages",
                    document.file,
                    document.line((*loc, "ages")),
                    "effect.ages",
                    {"id": change.id, "first": first, "last": last},
                )
            for name in ("interval", "outcome_interval"):
                given = getattr(change.effect, name)
                if given and (given[0] > given[1] or not change.effect.interval_reason):
                    yield Problem(
                        "impact_interval",
                        document.file,
                        document.line((*loc, name)),
                        f"effect.{name}",
                        {"id": change.id},
                    )
            if change.reach is Reach.UNIVERSAL and change.effect.eligible_share_by_need:
                yield Problem(
                    "impact_reach",
                    document.file,
                    document.line((*loc, "eligible_share_by_need")),
                    "effect.eligible_share_by_need",
                    {"id": change.id},
                )
            if (change.effect.outcome is None) != (change.effect.outcome_effect is None):
                yield Problem(
                    "impact_outcome_alone",
                    document.file,
                    document.line(loc),
                    "effect",
                    {"id": change.id},
                )


def _cycles(written: Mapping[str, _Change], document: YamlDocument) -> Iterator[Problem]:
    """Changes that require themselves, directly or through others; or require what they exclude."""
    told: set[str] = set()
    for id in written:
        path = _circle(id, written)
        if path and not told & set(path):
            told |= set(path)
            yield Problem(
                "impact_cycle",
                document.file,
                column="requires",
                params={"circle": " → ".join((*path, path[0]))},
            )
    for id, change in written.items():
        for other in change.requires:
            if other in change.excludes or (other in written and id in written[other].excludes):
                yield Problem(
                    "impact_contradiction",
                    document.file,
                    column="requires",
                    params={"id": id, "other": other},
                )


def _circle(start: str, written: Mapping[str, _Change]) -> tuple[str, ...]:
    """The circle of ``requires`` that goes through ``start``, or empty."""
    stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
    seen: set[str] = set()
    while stack:
        at, path = stack.pop()
        for other in written[at].requires if at in written else ():
            if other == start:
                return path
            if other not in seen:
                seen.add(other)
                stack.append((other, (*path, other)))
    return ()
