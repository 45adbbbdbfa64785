"""Parts of the page on where it burns: how the order came about, importance, six themes, gaps."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.challenges.overview_results import (
    AreaRank,
    AreaRanking,
    ImportanceLine,
    ProfessionalJudgement,
    ThemeCoverage,
)
from jevn.challenges.results import ChallengeProfile
from jevn.publishing.charts.ranking import span_text
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Fact, Heading, Row, Table, Tag
from jevn.publishing.words import local


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What professionals wrote of an area or theme: its parts under their names."""

    title: str
    text: str
    parts: tuple[Fact, ...]
    signed: str


def ranking_table(desk: Desk, ranking: AreaRanking) -> Table:
    """All that the rule looks at, area by area: never a hidden score."""
    say = desk.say
    keys = ("area", "place", "span", "top", "first", "share", "signs")
    return Table(
        say("publishing.ranking.parts"),
        tuple(
            Heading(say(f"publishing.ranking.{k}"), k in ("place", "share", "first", "top"))
            for k in keys
        ),
        tuple(_rank_row(desk, area) for area in ranking.areas),
        sortable=True,
    )


def _rank_row(desk: Desk, area: AreaRank) -> Row:
    say = desk.say
    kinds = [say(f"publishing.signs.{kind}") for kind, _ in area.worse]
    words = [
        name if weight == 1 else say("publishing.ranking.weighed", name=name, weight_exact=weight)
        for name, (_, weight) in zip(kinds, area.worse, strict=True)
    ]
    url = desk.links.url("area", area.area.value)
    return Row(
        (
            Cell(desk.area(area.area), url),
            Cell(str(area.place), sort=area.place),
            Cell(
                span_text(desk.studio, area.figures.lower, area.figures.upper),
                sort=area.figures.lower,
            ),
            Cell(say.percent(area.figures.top), sort=-area.figures.top),
            Cell(say.percent(area.figures.first), sort=-area.figures.first),
            Cell(say.percent(area.share), sort=-area.share),
            Cell(
                ", ".join(words) or say("publishing.ranking.no_signs"),
                sort=-area.weight,
            ),
        )
    )


def importance_table(desk: Desk, profile: ChallengeProfile) -> Table | None:
    """The choices of importance with reason and who; ``None`` where everything counts alike."""
    lines = profile.ranking.importance if profile.ranking else ()
    if not lines:
        return None
    say = desk.say
    keys = ("about", "weight", "reason", "by")
    return Table(
        say("publishing.importance.title"),
        tuple(Heading(say(f"publishing.importance.{k}"), k == "weight") for k in keys),
        tuple(_importance_row(desk, profile, line) for line in lines),
    )


def _importance_row(desk: Desk, profile: ChallengeProfile, line: ImportanceLine) -> Row:
    say = desk.say
    about = []
    if line.indicator is not None:
        status = profile.indicator(line.indicator)
        about.append(local(status.indicator.name, say) if status else line.indicator)
    if line.area is not None:
        about.append(desk.area(line.area))
    if line.sign is not None:
        about.append(say(f"publishing.signs.{line.sign}"))
    return Row(
        (
            Cell(" · ".join(about)),
            Cell(say.exact(line.weight), sort=line.weight),
            Cell(line.reason),
            Cell(line.by, detail=desk.date(line.date) if line.date else ""),
        )
    )


def theme_table(desk: Desk, themes: tuple[ThemeCoverage, ...]) -> Table | None:
    """The six themes: which have figures, and which a written judgement."""
    if not themes:
        return None
    say = desk.say
    keys = ("theme", "figures", "causes", "consequences", "resources")
    return Table(
        say("publishing.themes.title"),
        tuple(Heading(say(f"publishing.themes.{k}")) for k in keys),
        tuple(_theme_row(desk, theme) for theme in themes),
    )


def _theme_row(desk: Desk, theme: ThemeCoverage) -> Row:
    say = desk.say
    if theme.indicators:
        figures = Cell(say("publishing.themes.indicators", n=len(theme.indicators)))
    elif theme.population:
        figures = Cell(say("publishing.themes.population"))
    else:
        figures = Cell("", tag=Tag(say("publishing.themes.no_figures"), "warning", "!"))
    written, missing = say("publishing.themes.written"), say("publishing.themes.missing")
    parts = tuple(
        Cell("", tag=Tag(missing, "neutral", "?"))
        if part in theme.missing
        else Cell("", tag=Tag(written, "info", "✓"))
        for part in ("causes", "consequences", "resources")
    )
    return Row((Cell(say(f"challenges.theme.{theme.theme}")), figures, *parts))


def judgement_views(desk: Desk, profile: ChallengeProfile) -> tuple[JudgementView, ...]:
    """What is written of the themes; what is written of areas stands on their own pages."""
    return tuple(
        judgement_view(desk, desk.say(f"challenges.theme.{t.theme}"), t.judgement)
        for t in profile.themes
        if t.judgement is not None
    )


def judgement_view(desk: Desk, title: str, judgement: ProfessionalJudgement) -> JudgementView:
    """A judgement with its parts named."""
    say = desk.say
    signed = [judgement.by or "", desk.date(judgement.date) if judgement.date else ""]
    return JudgementView(
        title,
        judgement.text,
        tuple(
            Fact(say(f"challenges.part.{part}"), text)
            for part in ("causes", "consequences", "resources")
            if (text := getattr(judgement, part))
        ),
        ", ".join(s for s in signed if s),
    )


def lacks_table(desk: Desk, profile: ChallengeProfile) -> Table | None:
    """What is missing, area by area; ``None`` where nothing is."""
    rows = tuple(
        Row(
            (
                Cell(desk.area(a.area), desk.links.url("area", a.area.value)),
                Cell(" ".join(desk.words(m) for m in a.gaps)),
            )
        )
        for a in profile.areas
        if a.gaps
    )
    if not rows:
        return None
    say = desk.say
    headings = (Heading(say("publishing.table.area")), Heading(say("publishing.lacks.what")))
    return Table(say("publishing.lacks.title"), headings, rows)
