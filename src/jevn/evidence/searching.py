"""Search in the catalogue: every word must be found; case and accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jevn.evidence.entries import AreaEvidence, EvidenceCatalogue, Intervention, Source
from jevn.terms import EffortArea, Language, LocalText, Say

HitKind = Literal[
    "area", "direction", "intervention", "indicator", "effect_size", "principle", "source"
]

_SPECIAL = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "œ": "oe"})
_WHOLE, _START, _INSIDE = 3.0, 2.0, 1.0
_NAME, _ID, _TOPIC, _TEXT = 8.0, 6.0, 4.0, 2.0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        kind: what it is.
        id: id of the entry; for a direction ``<area>/<number from 1>``.
        area: area it stands in, if it stands in one.
        title: what to show.
        score: how well it fits; greater is better.
    """

    kind: HitKind
    id: str
    area: EffortArea | None
    title: LocalText
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: HitKind
    id: str
    area: EffortArea | None
    title: LocalText
    fields: tuple[tuple[float, str], ...]


def search(catalogue: EvidenceCatalogue, text: str, lang: Language = "nb") -> tuple[Hit, ...]:
    """Entries that hold every word of ``text``, best first.

    Words are looked for in names, ids, determinants, texts and sources in the language asked
    for (bokmål where a text is not translated). A word also fits inside a longer one, since
    Norwegian joins words: *helse* finds *skolehelsetjeneste*. Each word counts by the best
    place it is found in: name 8, id 6, determinant or outcome 4, other text and source 2;
    times 3 for the whole word, 2 for its beginning, 1 inside. Ties keep the catalogue's order.

    >>> from jevn.evidence import load_catalogue
    >>> search(load_catalogue(), "gratis kjernetid")[0].id
    'gratis_kjernetid'
    """
    words = tuple(dict.fromkeys(folded(text)))
    if not words:
        return ()
    hits = []
    for entry in _entries(catalogue, lang):
        score = _score(words, entry)
        if score is not None:
            hits.append(Hit(entry.kind, entry.id, entry.area, entry.title, score))
    return tuple(sorted(hits, key=lambda hit: -hit.score))


@lru_cache(maxsize=20_000)
def folded(text: str) -> tuple[str, ...]:
    """Words of a text without case and accents.

    >>> folded("Nærmiljø, ÅPNE møteplasser")
    ('naermiljo', 'apne', 'moteplasser')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain))


def _score(words: tuple[str, ...], entry: _Entry) -> float | None:
    total = 0.0
    fields = [(weight, folded(text)) for weight, text in entry.fields]
    for word in words:
        best = max((weight * _fit(word, field) for weight, field in fields), default=0.0)
        if best == 0.0:
            return None
        total += best
    return total


def _fit(word: str, field: tuple[str, ...]) -> float:
    best = 0.0
    for found in field:
        if found == word:
            return _WHOLE
        if found.startswith(word):
            best = max(best, _START)
        elif word in found:
            best = max(best, _INSIDE)
    return best


def _entries(catalogue: EvidenceCatalogue, lang: Language) -> Iterator[_Entry]:
    sources = {s.id: s for s in catalogue.sources}
    for area in catalogue.areas:
        yield from _area_entries(area, sources, lang)
    for e in catalogue.effect_sizes:
        about = ((_NAME, e.about(lang)), (_ID, e.id), (_TOPIC, " ".join(e.interventions)))
        more = tuple((_TEXT, x(lang)) for x in (e.population, e.caution) if x)
        yield _Entry("effect_size", e.id, None, e.about, (*about, *more))
    for p in catalogue.principles:
        yield _Entry("principle", p.id, None, p.text, ((_TOPIC, p.text(lang)), (_ID, p.id)))
    for s in catalogue.sources:
        fields = (
            (_NAME, s.title),
            (_ID, s.id),
            (_TOPIC, f"{s.authors} {s.year or ''}"),
            (_TEXT, s.publisher or ""),
        )
        yield _Entry("source", s.id, None, LocalText(s.title, s.title, s.title), fields)


def _area_entries(
    area: AreaEvidence, sources: dict[str, Source], lang: Language
) -> Iterator[_Entry]:
    say = Say(lang)
    name = LocalText(*(Say(one)(f"area.{area.area.value}") for one in ("nb", "nn", "en")))
    short = say(f"area.{area.area.value}.short")
    fields = [(_NAME, name(lang)), (_NAME, short), (_ID, area.area.value)]
    fields.append((_TEXT, area.rationale(lang)))
    fields += [(_TOPIC, m(lang)) for m in area.mechanisms]
    yield _Entry("area", area.area.value, area.area, name, tuple(fields))
    for number, direction in enumerate(area.directions, start=1):
        cited = _cited(direction.sources, sources)
        words = ((_NAME, direction.text(lang)), (_TEXT, short), (_TEXT, cited))
        id = f"{area.area.value}/{number}"
        yield _Entry("direction", id, area.area, direction.text, words)
    for i in area.interventions:
        fields = [*_intervention_fields(i, lang), (_TEXT, short)]
        fields.append((_TEXT, _cited(i.sources, sources)))
        yield _Entry("intervention", i.id, area.area, i.name, tuple(fields))
    for x in area.indicators:
        texts = [x.system_text, x.table_text, x.note]
        words = ((_NAME, x.name(lang)), (_ID, x.id), (_TEXT, short))
        more = tuple((_TEXT, t(lang)) for t in texts if t)
        yield _Entry("indicator", x.id, area.area, x.name, (*words, *more))


def _intervention_fields(i: Intervention, lang: Language) -> Iterator[tuple[float, str]]:
    yield _NAME, i.name(lang)
    yield _ID, i.id
    for text in i.determinants:
        yield _TOPIC, text(lang)
    for effect in i.effects:
        yield _TOPIC, effect.outcome(lang)
    for note in (i.grade, i.grade_scale_text, i.equity_basis, i.note):
        if note:
            yield _TEXT, note(lang)


def _cited(ids: Iterable[str], sources: dict[str, Source]) -> str:
    known = [sources[id] for id in ids if id in sources]
    return " ".join(f"{s.authors} {s.year or ''} {s.title}" for s in known)
