"""Entries made from the forms of the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jevn.evidence.entries import (
    AreaEvidence,
    CatalogueIndicator,
    Direction,
    Effect,
    EffectSize,
    EvidenceCatalogue,
    Intervention,
    Principle,
    Source,
)
from jevn.evidence.findings import estimate, finding
from jevn.evidence.forms import (
    EffectForm,
    EffectSizeForm,
    EvidenceFile,
    IndicatorForm,
    InterventionForm,
    SourceForm,
    TextForm,
)
from jevn.evidence.reading import ReadFile
from jevn.terms import AREAS, EffortArea, Language, LocalText

_JUDGEMENT = LocalText(
    "katalogens eget skjønn", "skjønnet til katalogen", "this catalogue's own judgement"
)
_FROM_SOURCE = LocalText("fra kilden", "frå kjelda", "from the source")


def assemble(files: Sequence[ReadFile]) -> EvidenceCatalogue:
    """The catalogue from files that passed every check."""
    forms = [f.form for f in files]
    reviews = [r for form in forms for r in form.reviews]
    return EvidenceCatalogue(
        areas=tuple(_area(area, [f for f in files if f.form.area == area]) for area in AREAS),
        principles=tuple(
            Principle(p.id, p.text.local(), p.sources) for form in forms for p in form.principles
        ),
        sources=tuple(_source(s) for form in forms for s in form.sources),
        effect_sizes=tuple(_effect_size(e) for form in forms for e in form.effect_sizes),
        reviews=tuple((r.id, r.name.local()) for r in reviews),
        coverage=tuple(
            (area, tuple(zip((r.id for r in form.reviews), levels, strict=True)))
            for form in forms
            for area, levels in form.coverage.items()
        ),
        coverage_note=next((f.note.local() for f in forms if f.coverage and f.note), None),
    )


def _area(area: EffortArea, files: Sequence[ReadFile]) -> AreaEvidence:
    forms = [f.form for f in files]
    return AreaEvidence(
        area=area,
        rationale=next((f.rationale.local() for f in forms if f.rationale), LocalText("")),
        rationale_sources=_all(f.rationale_sources for f in forms),
        mechanisms=tuple(m.local() for f in forms for m in f.mechanisms),
        directions=tuple(Direction(x.text.local(), x.sources) for f in forms for x in f.directions),
        interventions=tuple(
            _intervention(area, i, local=f.local) for f in files for i in f.form.interventions
        ),
        indicators=tuple(_indicator(area, x) for f in forms for x in f.indicators),
        sdg_targets=_all(f.sdg_targets for f in forms),
        kostra_functions=_functions(forms),
    )


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _functions(forms: Sequence[EvidenceFile]) -> tuple[tuple[str, str], ...]:
    merged: dict[str, str] = {}
    for form in forms:
        merged |= form.kostra_functions
    return tuple(merged.items())


def _text(form: TextForm | None) -> LocalText | None:
    return form.local() if form else None


def _source(s: SourceForm) -> Source:
    return Source(
        s.id,
        s.authors,
        s.year,
        s.title,
        s.publisher,
        s.url,
        s.verified,
        s.kind,
        note=s.note.nb if s.note else None,
        note_text=_text(s.note),
    )


def _intervention(area: EffortArea, i: InterventionForm, *, local: bool) -> Intervention:
    basis = _cost_basis(i)
    return Intervention(
        id=i.id,
        area=area,
        also_areas=i.also_areas,
        name=i.name.local(),
        reach=i.reach,
        determinants=tuple(d.local() for d in i.determinants),
        strength=i.strength,
        grade=i.grade.local(),
        grade_scale=i.grade_scale.nb,
        grade_source=i.grade_source,
        effects=tuple(_effect(e) for e in i.effects),
        equity=i.equity,
        equity_basis=_text(i.equity_basis),
        equity_source=i.equity_source,
        cost=i.cost,
        cost_basis=basis.nb,
        lead_time=i.lead_time,
        kostra_functions=i.kostra_functions,
        note=_text(i.note),
        sources=i.sources,
        grade_scale_text=i.grade_scale.local(),
        cost_basis_text=basis,
        local=local,
    )


def _cost_basis(i: InterventionForm) -> LocalText:
    basis = _FROM_SOURCE if i.cost_basis == "source" else _JUDGEMENT
    if i.cost_note is None:
        return basis
    note = i.cost_note.local()

    def joined(lang: Language) -> str:
        return f"{note(lang)} ({basis(lang)})"

    return LocalText(joined("nb"), joined("nn"), joined("en"))


def _effect(e: EffectForm) -> Effect:
    return Effect(
        outcome=e.outcome.local(),
        measured_as=e.measured_as.nb,
        estimate=estimate(e, "nb"),
        unit=e.unit.nb if e.unit else None,
        design=e.design.nb if e.design else None,
        source=e.source,
        note=_text(e.note),
        value=None if isinstance(e.estimate, TextForm) else float(e.estimate),
        lower=e.lower,
        upper=e.upper,
        finding=finding(e),
        measured_text=e.measured_as.local(),
        design_text=_text(e.design),
    )


def _indicator(area: EffortArea, x: IndicatorForm) -> CatalogueIndicator:
    return CatalogueIndicator(
        id=x.id,
        area=area,
        name=x.name.local(),
        unit=x.unit.local(),
        scale=x.scale,
        polarity=x.polarity,
        kind=x.kind,
        system=x.system.nb,
        table=x.table.nb if x.table else None,
        source=x.source,
        verified=x.verified,
        levels=x.levels,
        strata=tuple(x.strata.items()),
        note=_text(x.note),
        system_text=x.system.local(),
        table_text=_text(x.table),
    )


def _effect_size(e: EffectSizeForm) -> EffectSize:
    return EffectSize(
        id=e.id,
        about=e.about.local(),
        scale=e.scale,
        value=e.value,
        lower=e.lower,
        upper=e.upper,
        population=_text(e.population),
        design=e.design,
        link=e.links[0] if e.links else None,
        source=e.source,
        interventions=e.interventions,
        caution=_text(e.caution),
        more_links=e.links[1:],
    )
