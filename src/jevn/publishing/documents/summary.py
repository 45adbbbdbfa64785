"""The summary for politicians: four pages, whatever the municipality.

Page 1 the picture, page 2 the signs, page 3 effort against need, page 4 what to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jevn.challenges.results import AreaStatus, ChallengeProfile
from jevn.publishing.chart import Chart
from jevn.publishing.charts.needeffort import need_effort_chart
from jevn.publishing.charts.ranking import ranking_chart
from jevn.publishing.documents.burning import MOST_AREAS, area_names, burning, told, worse_of
from jevn.publishing.documents.common import (
    TONES,
    Desk,
    not_begun,
    sign_words,
)
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.fitting import first_that_fits, whole
from jevn.publishing.documents.model import (
    Block,
    Document,
    Feature,
    Heading,
    Run,
    Text,
    bullets,
    paragraph,
    table,
    text,
)
from jevn.publishing.documents.summary_decisions import decision_blocks
from jevn.publishing.documents.telling import telling
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import listed, lower_first, money
from jevn.terms import Say


def summary(dossier: Dossier) -> Document:
    """The four pages for politicians, in the municipality's language."""
    desk = Desk.of(dossier)
    return document_of(
        desk,
        "summary",
        desk.say("document.summary.title"),
        (*_picture(desk), *_signs(desk), *_effort(desk), *decision_blocks(desk)),
        otherwise=desk.say("document.knowledge.subtitle"),
        form="sheets",
    )


def _picture(desk: Desk) -> Iterator[Block]:
    say, profile = desk.say, desk.dossier.challenges
    yield Heading(1, say("document.summary.picture"), "picture")
    for sentence in (_need_sentence(desk), _effort_sentence(desk), _research_sentence(desk)):
        yield paragraph(sentence, "lead")
    found = burning(profile)
    if profile is None:
        return
    for place, area in enumerate(found, 1):
        yield _feature(desk, profile, area, place)
    if not found:
        known = [a for a in profile.areas if telling(desk.studio, profile, a) is not None]
        for area in known[:MOST_AREAS]:
            yield _feature(desk, profile, area, None)
    if found and profile.ranking is not None:
        yield paragraph(
            whole(260, [say.message(profile.ranking.message), say("document.summary.draws")]),
            "small",
        )


def _need_sentence(desk: Desk) -> str:
    say, profile = desk.say, desk.dossier.challenges
    if profile is None:
        return say("document.not_begun.challenges")
    found = burning(profile)
    if not found and not told(profile):
        return say("document.summary.too_few")
    if not found:
        return say("document.summary.none_burning")
    return say("document.summary.burning", areas=area_names(desk, tuple(a.area for a in found)))


def _effort_sentence(desk: Desk) -> str:
    say, effort = desk.say, desk.dossier.effort
    if effort is None:
        return say("document.not_begun.effort")
    low = tuple(p.area for p in desk.dossier.need_effort if p.corner == "high_need_low_effort")
    if low:
        return say("document.summary.low_effort", areas=area_names(desk, low))
    sums = effort.reconciliation
    return say(
        "document.summary.money",
        allocated=money(sums.allocated_nok, say),
        account_year=str(effort.year),
    )


def _research_sentence(desk: Desk) -> str:
    say, effort = desk.say, desk.dossier.effort
    strong = {
        i.id for a in desk.dossier.evidence.areas for i in a.interventions if i.strength in "AB"
    }
    if not strong:
        return say("document.summary.no_strong")
    if effort is None:
        return say("document.summary.strong", n=len(strong))
    missing = {m for a in effort.areas for m in a.missing_interventions} & strong
    return say("document.summary.strong_missing", n=len(strong), missing=str(len(missing)))


def _feature(desk: Desk, profile: ChallengeProfile, area: AreaStatus, place: int | None) -> Feature:
    say = desk.say
    shown = telling(desk.studio, profile, area)
    rank = profile.ranking.of(area.area) if profile.ranking else None
    texts: list[Text] = [
        text(
            first_that_fits(
                240,
                say.message(area.headline),
                say("document.summary.see", area_key=f"area.{area.area.value}.short"),
            )
        )
    ]
    if rank is not None and place is not None:
        texts.append(
            (
                Run(f"{say('document.summary.how_sure')} ", bold=True),
                Run(say("document.summary.among", top_share=rank.figures.top)),
            )
        )
    chart = _trimmed(shown.chart, say) if shown else None
    return Feature(
        title=f"{place}. {desk.area(area.area)}" if place else desk.area(area.area),
        figure=shown.figure if shown else "",
        caption=first_that_fits(120, *shown.captions) if shown else "",
        texts=tuple(texts),
        chart=chart,
        width=_width(chart, 78.0, 48.0),
    )


def _trimmed(chart: Chart | None, say: Say, subtitle: str = "") -> Chart | None:
    """The chart with a subtitle and a source line that have room, or are pointed to."""
    if chart is None:
        return None
    return replace(
        chart,
        subtitle=first_that_fits(120, subtitle, chart.subtitle, say("document.summary.see_chart")),
        source=first_that_fits(120, chart.source, say("document.summary.see_source")),
    )


def _width(chart: Chart | None, wide: float, tall: float) -> float:
    """Width of a chart that is at most so wide and so tall, in millimetres."""
    return wide if chart is None else min(wide, tall * chart.width / chart.height)


def _signs(desk: Desk) -> Iterator[Block]:
    say, profile = desk.say, desk.dossier.challenges
    yield Heading(1, say("document.summary.signs"), "signs")
    if profile is None or not profile.areas:
        yield from not_begun(desk, "challenges")
        return
    yield paragraph(
        first_that_fits(420, say.message(profile.order_reason), say("document.summary.order"))
    )
    kinds = [s.kind for s in profile.areas[0].signs]
    yield table(
        say("document.signs.caption"),
        [say("document.area"), *(say(f"publishing.signs.{k}") for k in kinds)],
        [
            [
                desk.area(a.area),
                *(sign_words(desk, s.kind, s.sign) for s in a.signs),
            ]
            for a in profile.areas
        ],
        widths=[1.45, *(1.0 for _ in kinds)],
        tones=[["", *(TONES[s.sign] for s in a.signs)] for a in profile.areas],
    )
    yield paragraph(say("document.summary.legend"), "small")
    if profile.ranking is None:
        return
    chart = _trimmed(
        ranking_chart(desk.studio, profile.ranking), say, say("document.summary.ranking.chart")
    )
    chosen = len(profile.ranking.importance)
    texts = [
        first_that_fits(230, say.message(profile.ranking.message), ""),
        say("document.summary.ranking") if chart else "",
        say("document.summary.weights", n=chosen) if chosen else say("document.summary.alike"),
    ]
    yield Feature(
        title=say("publishing.ranking.title"),
        figure="",
        caption="",
        texts=tuple(text(t) for t in texts if t),
        chart=chart,
        width=_width(chart, 100.0, 96.0),
    )


def _effort(desk: Desk) -> Iterator[Block]:
    say, effort = desk.say, desk.dossier.effort
    yield Heading(1, say("document.summary.effort"), "effort")
    if effort is None:
        yield from _without_effort(desk)
        return
    points = {p.area: p for p in desk.dossier.need_effort}
    chart = _trimmed(
        need_effort_chart(desk.studio, desk.dossier.need_effort, effort),
        say,
        say("document.summary.need.chart"),
    )
    yield Feature(
        title=chart.title if chart else say("document.summary.no_need_effort"),
        figure="",
        caption="",
        texts=tuple(_corners(desk)),
        chart=chart,
        width=_width(chart, 100.0, 92.0),
    )
    yield table(
        say("document.effort.caption", account_year=str(effort.year)),
        [
            say("document.area"),
            say("document.effort.net"),
            say("document.effort.per_inhabitant"),
            say("document.summary.others"),
            say("document.summary.default"),
            say("document.summary.corner"),
        ],
        [
            [
                desk.area(a.area),
                money(a.net_nok, say),
                say.nok(round(a.per_inhabitant)) if a.per_inhabitant is not None else "–",
                say.nok(round(a.comparison_per_inhabitant))
                if a.comparison_per_inhabitant is not None
                else "–",
                say.percent(a.default_share),
                say(f"publishing.need.corner.{points[a.area].corner}") if a.area in points else "–",
            ]
            for a in effort.areas
        ],
        widths=[1.35, 1.2, 1.05, 1.0, 0.95, 1.8],
        numeric=range(1, 5),
    )
    sums = effort.reconciliation
    yield paragraph(
        say(
            "document.effort.sums",
            net=money(sums.net_nok, say),
            allocated=money(sums.allocated_nok, say),
            residual=money(sums.residual_nok, say),
            account_year=str(effort.year),
            default_share=sums.default_nok / sums.allocated_nok if sums.allocated_nok else 0.0,
        )
    )


def _without_effort(desk: Desk) -> Iterator[Block]:
    """What must be gathered before effort can be held against need, and the need that waits."""
    say, profile = desk.say, desk.dossier.challenges
    yield from not_begun(desk, "effort")
    yield paragraph(say("document.summary.lacking"))
    yield bullets(say(f"document.summary.lacking.{k}") for k in ("accounts", "others", "services"))
    rows = [
        [desk.area(a.area), say("document.of", part=worse, whole=known)]
        for a in (profile.areas if profile else ())
        for worse, known in [worse_of(a)]
        if known
    ]
    if rows:
        yield Heading(2, say("document.summary.waiting"))
        yield table(
            say("document.summary.waiting.caption"),
            [say("document.area"), say("document.summary.waiting.signs")],
            rows,
            widths=[1.5, 2.0],
        )


def _corners(desk: Desk) -> Iterator[Text]:
    say, points = desk.say, desk.dossier.need_effort
    for corner in (
        "high_need_low_effort",
        "high_need_high_effort",
        "low_need_low_effort",
        "low_need_high_effort",
    ):
        names = tuple(lower_first(desk.area(p.area)) for p in points if p.corner == corner)
        if names:
            yield (
                Run(f"{say(f'publishing.need.corner.{corner}')}: ", bold=True),
                Run(f"{listed(names, say)}."),
            )
    yield text(say("document.summary.corners"))
