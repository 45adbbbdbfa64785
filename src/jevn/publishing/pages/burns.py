"""Where it burns: a matrix of areas and signs in words and colour, and the indicators behind."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.challenges.results import (
    AreaStatus,
    ChallengeProfile,
    IndicatorStatus,
    Sign,
    SignCell,
    SignKind,
)
from jevn.publishing.charts import ranking_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.inhabitants import education_table, pyramid_block
from jevn.publishing.pages.overview import (
    JudgementView,
    importance_table,
    judgement_views,
    lacks_table,
    ranking_table,
    theme_table,
)
from jevn.publishing.pages.parts import Block, Cell, Head, Heading, OriginLine, Row, Table, Tag
from jevn.publishing.words import listed, local, lower_first, value_text
from jevn.terms import EffortArea, SocialDimension

KINDS: tuple[SignKind, ...] = ("level", "trend", "gradient", "people", "spread", "certainty")
_RANK = {Sign.WORSE: 3.0, Sign.SAME: 2.0, Sign.BETTER: 1.0, Sign.UNKNOWN: 0.0}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of the matrix: sign in words, how many indicators, which."""

    tag: Tag
    sign: str
    text: str
    sort: float


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An area in the matrix."""

    title: str
    url: str
    position: int
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class BurnsPage:
    """The page on where it burns."""

    head: Head
    begun: bool
    finding: str
    order_reason: str
    kinds: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    ranking: Block | None
    ranking_parts: Table | None
    importance: Table | None
    themes: Table | None
    judgements: tuple[JudgementView, ...]
    people: Block | None
    education: Table | None
    lacks: Table | None
    indicators: Table | None
    hidden: str
    origins: tuple[OriginLine, ...]


def burns_page(desk: Desk) -> BurnsPage:
    """The matrix areas x signs. There is no score behind it."""
    say, profile = desk.say, desk.dossier.challenges
    head = desk.head("burns", say("publishing.nav.burns"), say("publishing.burns.description"))
    kinds = tuple((say(f"publishing.signs.{k}"), say(f"publishing.signs.{k}.about")) for k in KINDS)
    if profile is None:
        return BurnsPage(
            head=head,
            begun=False,
            finding=say("publishing.not_begun.burns"),
            order_reason="",
            kinds=kinds,
            rows=(),
            ranking=None,
            ranking_parts=None,
            importance=None,
            themes=None,
            judgements=(),
            people=None,
            education=None,
            lacks=None,
            indicators=None,
            hidden="",
            origins=(),
        )
    burning = tuple(lower_first(desk.area(a)) for a in burning_areas(profile))
    finding = (
        say("publishing.front.burning", areas=listed(burning, say)).rstrip(".")
        if burning
        else say("publishing.burns.none")
    )
    return BurnsPage(
        head=head,
        begun=True,
        finding=finding,
        order_reason=_order(desk, profile),
        kinds=kinds,
        rows=tuple(_row(desk, n, a) for n, a in enumerate(profile.areas, 1)),
        ranking=desk.block(ranking_chart(desk.studio, profile.ranking)),
        ranking_parts=ranking_table(desk, profile.ranking) if profile.ranking else None,
        importance=importance_table(desk, profile),
        themes=theme_table(desk, profile.themes),
        judgements=judgement_views(desk, profile),
        people=pyramid_block(desk, profile.inhabitants),
        education=education_table(desk, profile.inhabitants),
        lacks=lacks_table(desk, profile),
        indicators=indicator_table(desk, profile.indicators),
        hidden=say("publishing.burns.hidden", n=profile.hidden_cells)
        if profile.hidden_cells
        else "",
        origins=desk.origins(*sorted({o for i in profile.indicators for o in i.origins})),
    )


def _order(desk: Desk, profile: ChallengeProfile) -> str:
    """How the order came about, and what of it can be told."""
    sure = desk.words(profile.ranking.message) if profile.ranking else ""
    return f"{desk.words(profile.order_reason)} {sure}".strip()


def burning_areas(profile: ChallengeProfile, most: int = 3) -> tuple[EffortArea, ...]:
    """The first areas of the profile's order that have any sign of worse off."""
    kinds: tuple[SignKind, ...] = ("level", "trend", "gradient", "spread")
    return tuple(a.area for a in profile.areas if any(a.sign(k).sign is Sign.WORSE for k in kinds))[
        :most
    ]


def _row(desk: Desk, position: int, area: AreaStatus) -> MatrixRow:
    return MatrixRow(
        desk.area(area.area),
        desk.links.url("area", area.area.value),
        position,
        tuple(matrix_cell(desk, area.sign(k), short=True) for k in KINDS),
    )


def _count(desk: Desk, cell: SignCell) -> str:
    own = {
        Sign.WORSE: cell.worse,
        Sign.SAME: cell.same,
        Sign.BETTER: cell.better,
        Sign.UNKNOWN: cell.unknown,
    }
    total = sum(own.values())
    return desk.say("publishing.signs.count", n=total, own=own[cell.sign]) if total else ""


def matrix_cell(desk: Desk, cell: SignCell, *, short: bool = False) -> MatrixCell:
    """A sign cell in words; short: how many indicators have this sign."""
    word = desk.say(f"publishing.signs.{cell.kind}.{cell.sign.value}")
    return MatrixCell(
        desk.sign(cell.sign, word),
        cell.sign.value,
        _count(desk, cell) if short else desk.words(cell.message),
        _RANK[cell.sign] * 1000 + cell.worse,
    )


def indicator_table(
    desk: Desk, statuses: tuple[IndicatorStatus, ...], *, area: bool = True
) -> Table:
    """Indicators with level and the signs behind the matrix."""
    say = desk.say
    heads = [Heading(say("publishing.table.indicator"))]
    if area:
        heads.append(Heading(say("publishing.table.area")))
    heads.append(Heading(say("publishing.table.here"), numeric=True))
    heads += [
        Heading(say(f"publishing.signs.{k}"))
        for k in ("level", "gradient", "trend", "spread", "certainty")
    ]
    return Table(
        say("publishing.burns.indicators"),
        tuple(heads),
        tuple(_indicator_row(desk, s, area) for s in statuses),
        sortable=True,
    )


def _indicator_row(desk: Desk, status: IndicatorStatus, with_area: bool) -> Row:
    indicator, level = status.indicator, status.level
    url = desk.links.url("indicator", indicator.id)
    cells = [Cell(local(indicator.name, desk.say), url)]
    if with_area:
        cells.append(Cell(desk.area(indicator.area), desk.links.url("area", indicator.area.value)))
    cells.append(
        Cell(
            value_text(level.value if level else None, indicator.scale, desk.say),
            sort=level.value if level else None,
            detail=level.period if level else "",
        )
    )
    for kind, sign in signs_of(status):
        word = desk.say(f"publishing.signs.{kind}.{sign.value}")
        cells.append(Cell("", tag=desk.sign(sign, word), sort=_RANK[sign]))
    return Row(tuple(cells))


def signs_of(status: IndicatorStatus) -> tuple[tuple[str, Sign], ...]:
    """Level, gradient, trend, spread and certainty of one indicator as signs."""
    gradient = status.gradient(SocialDimension.EDUCATION) or next(iter(status.gradients), None)
    return (
        ("level", status.comparisons[0].sign if status.comparisons else Sign.UNKNOWN),
        ("gradient", gradient.sign if gradient else Sign.UNKNOWN),
        ("trend", status.trend.sign if status.trend else Sign.UNKNOWN),
        ("spread", status.spread.sign if status.spread else Sign.UNKNOWN),
        ("certainty", status.certainty),
    )
