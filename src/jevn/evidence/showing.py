"""Entries as sheets of heading and lines, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from jevn.evidence.entries import (
    AreaEvidence,
    CatalogueIndicator,
    Effect,
    EffectSize,
    EvidenceCatalogue,
    Intervention,
    Principle,
    Source,
)
from jevn.evidence.findings import decimals_written
from jevn.terms import LocalText, Say

Entry = AreaEvidence | Intervention | CatalogueIndicator | EffectSize | Source | Principle
Sheet = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Title, and rows of heading and lines."""


def find_entry(catalogue: EvidenceCatalogue, id: str) -> Entry | None:
    """The entry with this id; areas before interventions before the others."""
    area = next((a for a in catalogue.areas if a.area.value == id), None)
    principle = next((p for p in catalogue.principles if p.id == id), None)
    return (
        area
        or catalogue.intervention(id)
        or catalogue.indicator(id)
        or catalogue.effect_size(id)
        or catalogue.source(id)
        or principle
    )


def entry_ids(catalogue: EvidenceCatalogue) -> list[str]:
    """Ids that :func:`find_entry` knows."""
    ids = [a.area.value for a in catalogue.areas]
    ids += [i.id for a in catalogue.areas for i in a.interventions]
    ids += [x.id for a in catalogue.areas for x in a.indicators]
    ids += [e.id for e in catalogue.effect_sizes]
    return ids + [s.id for s in catalogue.sources] + [p.id for p in catalogue.principles]


def sheet(catalogue: EvidenceCatalogue, entry: Entry, say: Say) -> Sheet:
    """What is known of an entry, in one language."""
    match entry:
        case AreaEvidence():
            title, rows = _area(catalogue, entry, say)
        case Intervention():
            title, rows = _intervention(catalogue, entry, say)
        case CatalogueIndicator():
            title, rows = _indicator(catalogue, entry, say)
        case EffectSize():
            title, rows = _effect_size(catalogue, entry, say)
        case Source():
            title, rows = _source(catalogue, entry, say)
        case Principle():
            title, rows = entry.id, [("about", [entry.text(say.lang)])]
            rows.append(("sources", _cited(catalogue, entry.sources)))
    shown = ((say(f"evidence.head.{h}"), tuple(x for x in lines if x)) for h, lines in rows)
    return title, tuple((head, lines) for head, lines in shown if lines)


Rows = list[tuple[str, list[str]]]


def _in(say: Say, *texts: LocalText | None) -> list[str]:
    return [text(say.lang) for text in texts if text]


def _cited(catalogue: EvidenceCatalogue, ids: Iterable[str | None]) -> list[str]:
    known = (catalogue.source(id) for id in dict.fromkeys(ids) if id)
    return [f"{s.authors} ({s.year or '–'}). {s.title} [{s.id}]" for s in known if s]


def _graded(i: Intervention, say: Say) -> str:
    return f"{i.strength}: {i.name(say.lang)} ({i.id})"


def _area(catalogue: EvidenceCatalogue, a: AreaEvidence, say: Say) -> tuple[str, Rows]:
    rows: Rows = [
        ("rationale", [a.rationale(say.lang)]),
        ("mechanisms", ["; ".join(m(say.lang) for m in a.mechanisms)]),
        ("directions", [f"• {d.text(say.lang)}" for d in a.directions]),
        ("interventions", [_graded(i, say) for i in catalogue.interventions_for(a.area)]),
        ("indicators", [f"{x.name(say.lang)} ({x.id})" for x in a.indicators]),
        ("sdg", [", ".join(a.sdg_targets)]),
        ("kostra", [f"{number} {name}" for number, name in a.kostra_functions]),
        ("sources", _cited(catalogue, a.rationale_sources)),
    ]
    return say(f"area.{a.area.value}"), rows


def _intervention(catalogue: EvidenceCatalogue, i: Intervention, say: Say) -> tuple[str, Rows]:
    grade, scale = i.grade(say.lang), _in(say, i.grade_scale_text)
    strength = f"{i.strength}: {say(f'evidence.strength.{i.strength}')}. "
    sizes = [e for e in catalogue.effect_sizes if i.id in e.interventions]
    also = ", ".join(say(f"area.{a.value}.short") for a in i.also_areas)
    rows: Rows = [
        ("area", [say(f"area.{i.area.value}"), say("evidence.local") if i.local else ""]),
        ("also", [also]),
        ("reach", [say(f"reach.{i.reach.value}")]),
        ("determinants", [", ".join(d(say.lang) for d in i.determinants)]),
        ("strength", [strength + say(f"evidence.strength.{i.strength}.about")]),
        ("grade", [say("evidence.graded_on", grade=grade, scale="".join(scale))]),
        ("effects", [_effect(e, say) for e in i.effects]),
        ("effect_sizes", [f"{e.id}: {_number(e, say)}. {e.about(say.lang)}" for e in sizes]),
        ("equity", [say(f"evidence.equity.{i.equity}"), *_in(say, i.equity_basis)]),
        ("cost", [say(f"evidence.cost.{i.cost}"), *_in(say, i.cost_basis_text)]),
        ("lead", [say(f"evidence.lead.{i.lead_time}")]),
        ("kostra", [", ".join(i.kostra_functions)]),
        ("note", _in(say, i.note)),
        ("sources", _cited(catalogue, (*i.sources, i.grade_source, i.equity_source))),
    ]
    return f"{i.name(say.lang)} ({i.id})", rows


def _effect(e: Effect, say: Say) -> str:
    found = ", ".join(_in(say, e.measured_text, e.finding))
    more = "; ".join(_in(say, e.design_text, e.note))
    end = f" [{e.source}]" if e.source else ""
    return f"• {e.outcome(say.lang)}: {found}{f' ({more})' if more else ''}{end}"


def _indicator(catalogue: EvidenceCatalogue, x: CatalogueIndicator, say: Say) -> tuple[str, Rows]:
    strata = [
        f"{say(f'evidence.stratum.{k}')}: {say(f'evidence.available.{v}')}" for k, v in x.strata
    ]
    rows: Rows = [
        ("area", [say(f"area.{x.area.value}")]),
        ("kind", [say(f"evidence.indicator_kind.{x.kind}")]),
        ("unit", [x.unit(say.lang)]),
        ("polarity", [say(f"polarity.{x.polarity.value}") if x.polarity else ""]),
        ("from", [": ".join(_in(say, x.system_text, x.table_text))]),
        ("levels", [", ".join(say(f"evidence.level.{level}") for level in x.levels)]),
        ("strata", ["; ".join(strata)]),
        ("seen", [_seen(x.verified, say)]),
        ("note", _in(say, x.note)),
        ("sources", _cited(catalogue, (x.source,))),
    ]
    return f"{x.name(say.lang)} ({x.id})", rows


def _seen(verified: bool, say: Say) -> str:
    return say("evidence.seen" if verified else "evidence.not_seen")


def _number(e: EffectSize, say: Say) -> str:
    scale = say(f"evidence.scale.{e.scale}")
    if e.value is None:
        return scale
    numbers = [x for x in (e.value, e.lower, e.upper) if x is not None]
    decimals = decimals_written(numbers)
    text = f"{scale} {say.number(e.value, decimals)}"
    if e.lower is None or e.upper is None:
        return text
    low, high = say.number(e.lower, decimals), say.number(e.upper, decimals)
    return f"{text} ({say('evidence.interval', lower=low, upper=high)})"


def _effect_size(catalogue: EvidenceCatalogue, e: EffectSize, say: Say) -> tuple[str, Rows]:
    used = (catalogue.intervention(id) for id in e.interventions)
    links = [link for link in (e.link, *e.more_links) if link]
    rows: Rows = [
        ("about", [e.about(say.lang)]),
        ("value", [_number(e, say)]),
        ("scale", [say(f"evidence.scale.{e.scale}.about")]),
        ("design", [say(f"evidence.design.{e.design or 'unknown'}")]),
        ("population", _in(say, e.population)),
        ("interventions", [_graded(i, say) for i in used if i]),
        ("caution", _in(say, e.caution)),
        ("link", links),
        ("sources", _cited(catalogue, (e.source,))),
    ]
    return e.id, rows


def _source(catalogue: EvidenceCatalogue, s: Source, say: Say) -> tuple[str, Rows]:
    every = [i for a in catalogue.areas for i in a.interventions]
    used = [i for i in every if s.id in (*i.sources, i.grade_source, i.equity_source)]
    rows: Rows = [
        ("authors", [s.authors]),
        ("year", [str(s.year) if s.year else ""]),
        ("publisher", [s.publisher or ""]),
        ("kind", [say(f"evidence.source_kind.{s.kind}")]),
        ("link", [s.url or ""]),
        ("seen", [_seen(s.verified, say)]),
        ("note", _in(say, s.note_text)),
        ("used_by", [_graded(i, say) for i in used]),
    ]
    return f"{s.title} ({s.id})", rows
