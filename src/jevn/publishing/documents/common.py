"""What several documents share: where it burns, effort, evidence and sources as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jevn.challenges.results import (
    AreaStatus,
    Gradient,
    IndicatorStatus,
    Sign,
    SignKind,
)
from jevn.effort.results import EffortProfile
from jevn.evidence.entries import AreaEvidence, Source
from jevn.publishing.chart import Chart
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.gradient import gradient_chart
from jevn.publishing.charts.mini import telling_gradient
from jevn.publishing.charts.needeffort import need_effort_chart
from jevn.publishing.charts.reach import reach_chart
from jevn.publishing.documents.compared import there_text
from jevn.publishing.documents.model import (
    Block,
    Bullets,
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Text,
    Tone,
    paragraph,
    table,
    text,
)
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import (
    difference_text,
    interval_text,
    money,
    value_text,
)
from jevn.tables import OriginKind
from jevn.terms import EffortArea, Reach, Say, SocialDimension

ACCENT = "#0b5d8a"
TONES: dict[Sign, Tone] = {
    Sign.WORSE: "worse",
    Sign.SAME: "same",
    Sign.BETTER: "better",
    Sign.UNKNOWN: "unknown",
}
_SYMBOLS = {Sign.WORSE: "▲", Sign.SAME: "=", Sign.BETTER: "✓", Sign.UNKNOWN: "?"}


@dataclass(frozen=True)
class Desk:
    """Where a document is written: the dossier, its language, its charts."""

    dossier: Dossier
    say: Say
    studio: Studio

    @classmethod
    def of(cls, dossier: Dossier) -> Desk:
        """The desk of a dossier, in the municipality's language."""
        say = Say(dossier.cover.language)
        return cls(dossier, say, Studio.of(dossier, say))

    def area(self, area: EffortArea) -> str:
        """Short name of an area."""
        return self.say(f"area.{area.value}.short")


def picture(chart: Chart | None) -> Iterator[Block]:
    """A chart as a block, if there is one."""
    if chart is not None:
        yield Picture(chart)


def not_begun(desk: Desk, step: str) -> Iterator[Block]:
    """Says plainly that a step has no input yet."""
    yield Note(desk.say("document.not_begun"), text(desk.say(f"document.not_begun.{step}")))


def findings(desk: Desk, most: int = 5) -> Iterator[Block]:
    """The first areas with figures, each with its finding in one sentence."""
    profile = desk.dossier.challenges
    known = [a for a in profile.areas if a.indicators][:most] if profile else []
    if known:
        yield Bullets(tuple(_finding(desk, a) for a in known))


def _finding(desk: Desk, status: AreaStatus) -> Text:
    name, said = desk.area(status.area), desk.say.message(status.headline)
    if said.startswith(f"{name}: "):
        return text(said)
    return (Run(f"{name}: ", bold=True), Run(said))


def signs_table(desk: Desk) -> Iterator[Block]:
    """The matrix of areas and signs, in words."""
    say, profile = desk.say, desk.dossier.challenges
    if profile is None:
        yield from not_begun(desk, "challenges")
        return
    yield paragraph(say.message(profile.order_reason))
    kinds = [s.kind for s in profile.areas[0].signs] if profile.areas else []
    yield table(
        say("document.signs.caption"),
        [say("document.area"), *(say(f"publishing.signs.{k}") for k in kinds)],
        [
            [desk.area(a.area), *(sign_words(desk, s.kind, s.sign) for s in a.signs)]
            for a in profile.areas
        ],
        widths=[1.5, *(1.0 for _ in kinds)],
        tones=[["", *(TONES[s.sign] for s in a.signs)] for a in profile.areas],
    )
    yield paragraph(say("document.summary.legend"), "small")


def sign_words(desk: Desk, kind: SignKind, sign: Sign) -> str:
    """A sign in words, with its symbol."""
    return f"{_SYMBOLS[sign]} {desk.say(f'publishing.signs.{kind}.{sign.value}')}"


def status_blocks(desk: Desk, statuses: Iterable[IndicatorStatus]) -> Iterator[Block]:
    """Indicators as a table, and the most telling gradient as a picture."""
    say, found = desk.say, list(statuses)
    if not found:
        return
    yield table(
        say("document.indicators.caption"),
        [
            say("document.indicator"),
            say("document.level"),
            say("document.comparison"),
            say("document.gap"),
            say("document.trend"),
            say("document.certainty"),
        ],
        [
            [
                *_status_row(desk, status),
                say(f"publishing.signs.certainty.{status.certainty.value}"),
            ]
            for status in found
        ],
        widths=[1.9, 1.25, 1.6, 1.6, 1.15, 0.95],
    )
    profile = desk.dossier.challenges
    telling = telling_gradient(profile, found[0].indicator.area) if profile else None
    if telling is not None:
        yield from picture(gradient_chart(desk.studio, *telling))
    unsaid = [say.message(gap) for s in found for gap in s.gaps]
    if unsaid:
        yield Note(say("document.gaps"), text(" ".join(dict.fromkeys(unsaid))))


def _status_row(desk: Desk, status: IndicatorStatus) -> list[str]:
    say, scale = desk.say, status.indicator.scale
    level = status.level
    name = status.indicator.name(say.lang)
    if level is None:
        return [name, "–", "–", "–", "–"]
    limits = interval_text(level.lower, level.upper, scale, say)
    here = value_text(level.value, scale, say) + (f" ({limits})" if limits else "")
    period = f", {level.period}" if level.period else ""
    against = [
        f"{c.place_name}: {there_text(say, status, c)} "
        f"({say(f'document.sign.{c.sign.value}').lower()})"
        for c in status.comparisons[:2]
    ]
    trend = say("document.sign.unknown")
    if status.trend is not None and status.trend.slope_per_year is not None:
        slope = difference_text(status.trend.slope_per_year.value, scale, say)
        trend = say("document.per_year", change=slope)
    return [
        name,
        here + period,
        "; ".join(against) or "–",
        _gap(desk, status.gradient(SocialDimension.EDUCATION), status),
        trend,
    ]


def _gap(desk: Desk, gradient: Gradient | None, status: IndicatorStatus) -> str:
    say, scale = desk.say, status.indicator.scale
    if gradient is None or gradient.sii is None:
        return say("document.sign.unknown")
    sii = gradient.sii
    limits = interval_text(sii.lower, sii.upper, scale, say)
    words = difference_text(sii.value, scale, say) + (f" ({limits})" if limits else "")
    return words + (f", {say('document.estimated')}" if gradient.estimated else "")


def effort_blocks(desk: Desk) -> Iterator[Block]:
    """Money by area and reach, and need against effort."""
    say, profile = desk.say, desk.dossier.effort
    if profile is None:
        yield from not_begun(desk, "effort")
        return
    sums = profile.reconciliation
    yield paragraph(
        say(
            "document.effort.sums",
            net=money(sums.net_nok, say),
            allocated=money(sums.allocated_nok, say),
            residual=money(sums.residual_nok, say),
            account_year=profile.year,
            default_share=sums.default_nok / sums.allocated_nok if sums.allocated_nok else 0.0,
        )
    )
    yield from picture(reach_chart(desk.studio, profile))
    yield table(
        say("document.effort.caption", account_year=profile.year),
        [
            say("document.area"),
            say("document.effort.net"),
            say("document.effort.per_inhabitant"),
            say("document.effort.comparison"),
            *(say(f"reach.{r.value}.short") for r in Reach),
        ],
        [
            [
                desk.area(a.area),
                money(a.net_nok, say),
                say.nok(round(a.per_inhabitant)) if a.per_inhabitant is not None else "–",
                say.nok(round(a.comparison_per_inhabitant))
                if a.comparison_per_inhabitant is not None
                else "–",
                *(_reach_share(dict(a.by_reach).get(r, 0.0), a.net_nok, say) for r in Reach),
            ]
            for a in profile.areas
        ],
        widths=[1.45, 1.1, 1.15, 1.1, 0.95, 1.2, 0.9],
        numeric=range(1, 7),
    )
    yield from need_effort_picture(desk, profile)


def need_effort_picture(desk: Desk, profile: EffortProfile) -> Iterator[Block]:
    """The need-effort chart, where both steps have input."""
    points = desk.dossier.need_effort
    if points:
        yield from picture(need_effort_chart(desk.studio, points, profile))


def _reach_share(amount: float, total: float, say: Say) -> str:
    return say.percent(amount / total) if total else "–"


def evidence_blocks(desk: Desk, entry: AreaEvidence) -> Iterator[Block]:
    """Directions with sources, and every intervention with its strength, also those without."""
    say = desk.say
    yield paragraph(entry.rationale(say.lang))
    if entry.directions:
        yield Bullets(
            tuple(_direction(desk, d.text(say.lang), d.sources) for d in entry.directions)
        )
    if entry.interventions:
        yield table(
            say("document.interventions.caption"),
            [
                say("document.intervention"),
                say("document.reach"),
                say("document.strength"),
                say("document.equity"),
                say("document.sources"),
            ],
            [
                [
                    i.name(say.lang),
                    say(f"reach.{i.reach.value}.short"),
                    say(f"evidence.strength.{i.strength}"),
                    say(f"evidence.equity.{i.equity}"),
                    "; ".join(short_source(desk, s) for s in i.sources)
                    or say("document.none_seen"),
                ]
                for i in entry.interventions
            ],
            widths=[2.0, 1.15, 1.4, 1.15, 1.8],
        )


def _direction(desk: Desk, words: str, sources: tuple[str, ...]) -> Text:
    named = "; ".join(short_source(desk, s) for s in sources)
    return (Run(words), Run(f" ({named})", italic=True)) if named else (Run(words),)


def short_source(desk: Desk, id: str) -> str:
    """A source as author and year."""
    source = desk.dossier.evidence.source(id)
    if source is None:
        return id
    first = source.authors.split(",")[0].split(" og ")[0].split(" / ")[0].strip()
    return f"{first} {source.year}" if source.year else first


def source_list(desk: Desk, ids: Iterable[str]) -> Iterator[Block]:
    """Sources in full with links, in the order of authors."""
    found = {s.id: s for id in ids if (s := desk.dossier.evidence.source(id)) is not None}
    ordered = sorted(found.values(), key=lambda s: (s.authors.lower(), s.year or 0, s.id))
    if ordered:
        yield Bullets(tuple(_source(desk, s) for s in ordered))


def _source(desk: Desk, source: Source) -> Text:
    year = f" ({source.year})" if source.year else ""
    runs = [Run(f"{source.authors}{year}. "), Run(source.title, italic=True)]
    if source.publisher:
        runs.append(Run(f". {source.publisher}"))
    if source.url:
        runs += [Run(". "), Run(desk.say("document.read"), link=source.url)]
    if not source.verified:
        runs.append(Run(f" [{desk.say('document.unverified')}]"))
    return tuple(runs)


def origin_list(desk: Desk) -> Iterator[Block]:
    """Origins of all figures, with kind, version and what was done to them."""
    say = desk.say
    yield Heading(2, say("document.origins"))
    if not desk.dossier.origins:
        yield paragraph(say("document.origins.none"))
        return
    items: list[Text] = []
    for origin in desk.dossier.origins:
        runs = [Run(f"{origin.producer}: {origin.title}")]
        if origin.version:
            runs.append(Run(f" ({origin.version})"))
        if origin.kind is not OriginKind.PUBLISHED:
            runs.append(Run(f". {say(f'document.origin.{origin.kind.value}')}", bold=True))
        if origin.licence:
            runs.append(Run(f". {origin.licence}"))
        if origin.steps:
            runs.append(Run(f". {'; '.join(origin.steps)}"))
        if origin.link:
            runs += [Run(". "), Run(say("document.read"), link=origin.link)]
        items.append(tuple(runs))
    yield Bullets(tuple(items))


def voices_blocks(desk: Desk) -> Iterator[Block]:
    """Who has spoken, and the groups' combined lists."""
    say, heard = desk.say, desk.dossier.voices
    if heard is None:
        yield from not_begun(desk, "voices")
        return
    yield paragraph(say("document.voices.sum", n=len(heard.contributions)))
    counts = [(area, len(heard.by_area(area))) for area in EffortArea if heard.by_area(area)]
    yield table(
        say("document.voices.by_area"),
        [say("document.area"), say("document.voices.number")],
        [[desk.area(a), say.number(n, 0)] for a, n in sorted(counts, key=lambda c: -c[1])],
        widths=[3, 1],
        numeric=[1],
    )
    for ranking in heard.rankings:
        yield paragraph(say.message(ranking.message))
        yield table(
            ranking.theme,
            [
                say("document.place"),
                say("document.ranked.point"),
                say("document.ranked.groups"),
                say("document.ranked.borda"),
            ],
            [
                [
                    say.number(item.position, 0),
                    item.label,
                    say("document.of", part=len(item.listed_by), whole=len(ranking.groups)),
                    say.number(item.borda, 1),
                ]
                for item in ranking.items[:10]
            ],
            widths=[0.5, 4, 0.9, 0.8],
            numeric=[0, 3],
        )


def cover_status(desk: Desk) -> str:
    """The version's status in words."""
    proposal = desk.dossier.proposal
    status = proposal.status if proposal else "draft"
    return desk.say(f"plan.status.{status}")


def lead(words: str) -> Paragraph:
    """The opening of a chapter."""
    return paragraph(words, "lead")
