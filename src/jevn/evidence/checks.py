"""Checks that go across entries and files: ids, sources, links, limits, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pydantic import BaseModel

from jevn.evidence.forms import EffectForm, EffectSizeForm, EvidenceFile, TextForm
from jevn.evidence.reading import Fault, Loc, ReadFile
from jevn.terms.language import Param

Params = dict[str, Param]
Found = tuple[Loc, str, Params]
"""Path of the entry, id of the problem, values for its texts."""

FIRST_YEAR, LAST_YEAR = 1800, 2100
_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_FUNCTION = re.compile(r"[0-9]{3}")
_TARGET = re.compile(r"[0-9]{1,2}\.[0-9a-z]{1,2}")
_RATIOS = ("RR", "HR", "OR", "IRR")
_KINDS = ("interventions", "indicators", "sources", "effect_sizes", "principles", "reviews")


def all_faults(files: Sequence[ReadFile]) -> list[Fault]:
    """Every fault across the files; an empty list if there are none."""
    faults = [*_ids(files), *_references(files)]
    for file in files:
        faults += [Fault(file, loc, id, params) for loc, id, params in _values(file.form)]
        faults += _links(file)
        if not file.local:
            faults += _languages(file, file.form, ())
            faults += _complete(file)
    return faults


def _ids(files: Sequence[ReadFile]) -> Iterator[Fault]:
    for kind in _KINDS:
        seen: dict[str, str] = {}
        for file in files:
            for n, entry in enumerate(getattr(file.form, kind)):
                loc: Loc = (kind, n, "id")
                if not _ID.fullmatch(entry.id):
                    yield Fault(file, loc, "evidence_id", {"given": entry.id})
                if entry.id in seen:
                    where = {"given": entry.id, "other": seen[entry.id]}
                    yield Fault(file, loc, "evidence_duplicate", where)
                seen.setdefault(entry.id, file.name)
    areas: dict[str, ReadFile] = {}
    for file in files:
        if file.local or file.form.area is None:
            continue
        if file.form.area in areas or file.name != f"{file.form.area}.yaml":
            yield Fault(file, ("area",), "evidence_area_file", {"area": file.form.area.value})
        areas[file.form.area] = file


def _references(files: Sequence[ReadFile]) -> Iterator[Fault]:
    sources = {s.id for f in files for s in f.form.sources}
    interventions = {i.id for f in files for i in f.form.interventions}
    for file in files:
        for loc, id in _source_ids(file.form):
            if id not in sources:
                yield Fault(file, loc, "evidence_source_unknown", {"given": id})
        for n, size in enumerate(file.form.effect_sizes):
            for m, id in enumerate(size.interventions):
                if id not in interventions:
                    loc = ("effect_sizes", n, "interventions", m)
                    yield Fault(file, loc, "evidence_intervention_unknown", {"given": id})
        if file.form.area is None:
            for kind in ("interventions", "indicators", "directions", "mechanisms"):
                if getattr(file.form, kind):
                    yield Fault(file, (kind,), "evidence_area_missing", {"part": kind})


def _source_ids(form: EvidenceFile) -> Iterator[tuple[Loc, str]]:
    yield from ((("rationale_sources", n), id) for n, id in enumerate(form.rationale_sources))
    for kind in ("directions", "principles", "interventions"):
        for n, entry in enumerate(getattr(form, kind)):
            yield from ((((kind, n, "sources", m)), id) for m, id in enumerate(entry.sources))
    for n, i in enumerate(form.interventions):
        if i.grade_source:
            yield ("interventions", n, "grade_source"), i.grade_source
        if i.equity_source:
            yield ("interventions", n, "equity_source"), i.equity_source
        for m, effect in enumerate(i.effects):
            yield ("interventions", n, "effects", m, "source"), effect.source
    for kind in ("indicators", "effect_sizes"):
        for n, entry in enumerate(getattr(form, kind)):
            if entry.source:
                yield (kind, n, "source"), entry.source


def _values(form: EvidenceFile) -> Iterator[Found]:
    for n, source in enumerate(form.sources):
        if source.year is not None and not FIRST_YEAR <= source.year <= LAST_YEAR:
            yield ("sources", n, "year"), "evidence_year", {"given": str(source.year)}
    yield from _interventions(form)
    yield from _effect_sizes(form)
    for n, target in enumerate(form.sdg_targets):
        if not _TARGET.fullmatch(target):
            yield ("sdg_targets", n), "evidence_target", {"given": target}
    for function in form.kostra_functions:
        if not _FUNCTION.fullmatch(function):
            yield ("kostra_functions", function), "evidence_function", {"given": function}
    for area, levels in form.coverage.items():
        if len(levels) != len(form.reviews):
            counts: Params = {"given": str(len(levels)), "expected": str(len(form.reviews))}
            yield ("coverage", area.value), "evidence_coverage", counts


def _interventions(form: EvidenceFile) -> Iterator[Found]:
    for n, i in enumerate(form.interventions):
        if i.strength in "ABCE" and not i.grade_source:
            yield ("interventions", n), "evidence_grade_source", {"strength": i.strength}
        for m, function in enumerate(i.kostra_functions):
            if not _FUNCTION.fullmatch(function):
                loc: Loc = ("interventions", n, "kostra_functions", m)
                yield loc, "evidence_function", {"given": function}
        for m, effect in enumerate(i.effects):
            if not isinstance(effect.estimate, TextForm):
                loc = ("interventions", n, "effects", m)
                yield from _limits(loc, effect, float(effect.estimate))


def _effect_sizes(form: EvidenceFile) -> Iterator[Found]:
    for n, size in enumerate(form.effect_sizes):
        loc: Loc = ("effect_sizes", n)
        if size.value is None:
            if size.scale != "none":
                yield loc, "evidence_value_missing", {"scale": size.scale}
            continue
        yield from _limits(loc, size, size.value)
        if size.scale in _RATIOS and size.value <= 0:
            yield (*loc, "value"), "evidence_ratio", {"given": str(size.value)}


def _limits(loc: Loc, entry: EffectForm | EffectSizeForm, value: float) -> Iterator[Found]:
    low, high = entry.lower, entry.upper
    if (low is None) != (high is None):
        yield loc, "evidence_limits_half", {}
    elif low is not None and high is not None and not low <= value <= high:
        yield loc, "evidence_limits", {"lower": str(low), "value": str(value), "upper": str(high)}


def _links(file: ReadFile) -> Iterator[Fault]:
    for n, source in enumerate(file.form.sources):
        if source.url is not None and not legal_link(source.url):
            yield Fault(file, ("sources", n, "url"), "evidence_link", {"given": source.url})
    for n, size in enumerate(file.form.effect_sizes):
        for m, link in enumerate(size.links):
            if not legal_link(link):
                loc: Loc = ("effect_sizes", n, "links", m)
                yield Fault(file, loc, "evidence_link", {"given": link})


def legal_link(url: str) -> bool:
    """Whether this is an http or https address with a host and without spaces.

    >>> legal_link("https://www.fhi.no/")
    True
    >>> legal_link("www.fhi.no")
    False
    """
    if re.search(r"\s", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _languages(file: ReadFile, value: object, loc: Loc) -> Iterator[Fault]:
    """Every text of the catalogue itself must stand in bokmål and English."""
    if isinstance(value, TextForm):
        for lang in ("nb", "en"):
            if not (getattr(value, lang) or "").strip():
                yield Fault(file, loc, "evidence_language", {"lang_key": f"language.{lang}"})
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _languages(file, getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _languages(file, item, (*loc, n))


def _complete(file: ReadFile) -> Iterator[Fault]:
    form = file.form
    if form.area is None:
        return
    for part in ("rationale", "mechanisms", "directions"):
        if not getattr(form, part):
            yield Fault(file, (), "evidence_part_missing", {"part": part})
