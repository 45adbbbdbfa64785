"""Indicator page: level, trend, gradient, zones, comparison, definition, origin, who uses it."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.challenges.results import Figure, Gradient, IndicatorStatus, StandardisedLevel
from jevn.publishing.charts import (
    comparison_chart,
    gradient_chart,
    trend_chart,
    zone_chart,
    zone_map,
)
from jevn.publishing.pages.burns import signs_of
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import (
    Block,
    Cell,
    Fact,
    Head,
    Heading,
    Item,
    OriginLine,
    Row,
    Table,
    Tag,
)
from jevn.publishing.words import (
    index_limits,
    index_text,
    interval_text,
    limits_text,
    local,
    unit_text,
    value_text,
)
from jevn.terms import RefKind


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything known of one indicator here."""

    head: Head
    name: str
    area: Item
    value: str
    interval: str
    period: str
    signs: tuple[tuple[str, Tag], ...]
    certainty: str
    adjusted: str
    facts: tuple[Fact, ...]
    gradients: tuple[Block, ...]
    indices: tuple[Table, ...]
    trend: Block | None
    places: tuple[Block, ...]
    comparison: Block | None
    earlier: Table | None
    gaps: tuple[str, ...]
    used_by: tuple[Item, ...]
    origins: tuple[OriginLine, ...]


def indicator_page(desk: Desk, id: str) -> IndicatorPage:
    """The page of one indicator.

    Raises:
        KeyError: if there is no such indicator.
    """
    d, say = desk.dossier, desk.say
    status = d.challenges.indicator(id) if d.challenges else None
    if status is None:
        raise KeyError(id)
    indicator, level = status.indicator, status.level
    name = local(indicator.name, say)
    own = indicator.origin
    spread = status.spread.origin or own if status.spread else own
    there = tuple(c.there.origin or own for c in status.comparisons)
    return IndicatorPage(
        head=desk.head("indicator", name, local(indicator.definition, say) or name, id),
        name=name,
        area=Item(desk.area(indicator.area), desk.links.url("area", indicator.area.value)),
        value=value_text(level.value if level else None, indicator.scale, say),
        interval=interval_text(level.lower, level.upper, indicator.scale, say) if level else "",
        period=level.period if level else "",
        signs=tuple(
            (say(f"publishing.signs.{k}"), desk.sign(s, say(f"publishing.signs.{k}.{s.value}")))
            for k, s in signs_of(status)
        ),
        certainty=desk.words(status.certainty_reason),
        adjusted=_adjusted(desk, status),
        facts=_facts(desk, status),
        gradients=desk.blocks(
            *(
                desk.block(
                    gradient_chart(desk.studio, status, g), g.origin or own, estimated=g.estimated
                )
                for g in status.gradients
            )
        ),
        indices=tuple(_indices(desk, status, g) for g in status.gradients if g.indices),
        trend=desk.block(trend_chart(desk.studio, status), own, *there),
        places=desk.blocks(
            desk.block(zone_map(desk.studio, status, d.zones_geojson), spread),
            desk.block(zone_chart(desk.studio, status), spread),
        ),
        comparison=desk.block(comparison_chart(desk.studio, status), own, *there),
        earlier=_earlier(desk, status),
        gaps=tuple(desk.words(m) for m in status.gaps),
        used_by=_used_by(desk, id),
        origins=desk.origins(own, *status.origins),
    )


def _earlier(desk: Desk, status: IndicatorStatus) -> Table | None:
    """Former municipalities, shown apart; ``None`` where there are none."""
    if not status.earlier:
        return None
    say, scale = desk.say, status.indicator.scale
    rows = []
    for series in status.earlier:
        first, last = series.points[0], series.points[-1]
        cells = [Cell(series.name)]
        for point in (first, last):
            cells.append(Cell(value_text(point.value, scale, say), detail=point.period))
        rows.append(Row(tuple(cells)))
    keys = ("former", "first", "last")
    return Table(
        say("publishing.earlier.title"),
        tuple(Heading(say(f"publishing.earlier.{k}"), k != "former") for k in keys),
        tuple(rows),
    )


def _indices(desk: Desk, status: IndicatorStatus, gradient: Gradient) -> Table:
    say, scale = desk.say, status.indicator.scale
    dimension = say(f"dimension.{gradient.dimension.value}")
    return Table(
        caption=say(
            "publishing.indicator.indices", dimension=dimension.lower(), period=gradient.period
        ),
        headings=(
            Heading(say("publishing.indicator.index")),
            Heading(say("publishing.indicator.index.value"), numeric=True),
        ),
        rows=tuple(
            Row(
                (
                    Cell(
                        say(f"indices.name.{r.index}"),
                        detail=" ".join(
                            [say(f"indices.about.{r.index}"), *([say(r.note)] if r.note else [])]
                        ),
                    ),
                    Cell(
                        index_text(r.estimate, r.index, scale, say),
                        detail=index_limits(r, scale, say),
                    ),
                )
            )
            for r in gradient.indices
        )
        + _excess(desk, status, gradient),
    )


def _excess(desk: Desk, status: IndicatorStatus, gradient: Gradient) -> tuple[Row, ...]:
    """Persons that would be spared, or helped, if all had the figure of the best group."""
    say, found = desk.say, gradient.excess
    if found is None:
        return ()
    polarity = status.indicator.polarity.value
    limits = ""
    if found.lower is not None and found.upper is not None:
        limits = limits_text(found.lower, found.upper, 0, say)
    about = [say(f"publishing.indicator.excess.about.{gradient.against}"), desk.words(found.note)]
    name = Cell(
        say(f"publishing.indicator.excess.{polarity}"),
        detail=" ".join(a for a in about if a),
    )
    return (Row((name, Cell(say.number(round(found.value), 0), detail=limits))),)


def _facts(desk: Desk, status: IndicatorStatus) -> tuple[Fact, ...]:
    say, indicator = desk.say, status.indicator
    facts = []
    if indicator.definition:
        facts.append(Fact(say("publishing.indicator.definition"), local(indicator.definition, say)))
    facts.append(
        Fact(
            say("publishing.indicator.unit"),
            f"{unit_text(indicator.scale, say)}; {say(f'polarity.{indicator.polarity.value}')}",
        )
    )
    if status.standardised is not None:
        facts.append(_standardised(desk, status, status.standardised))
    if status.people_affected is not None:
        found = status.people or Figure(status.people_affected)
        facts.append(
            Fact(
                say("publishing.indicator.people"),
                _persons(desk, found),
                detail=desk.words(found.note),
            )
        )
    facts += _too_many(desk, status)
    spread = status.spread.index_of_disparity if status.spread else None
    if spread is not None:
        value, limits = say.percent(spread.value / 100, 1), ""
        if spread.lower is not None and spread.upper is not None:
            limits = f" ({limits_text(spread.lower, spread.upper, 1, say)})"
        facts.append(
            Fact(
                say("publishing.indicator.disparity"),
                value + limits,
                detail=say("challenges.show.disparity"),
            )
        )
    if indicator.note:
        facts.append(Fact(say("publishing.indicator.note"), indicator.note))
    return tuple(facts)


def _adjusted(desk: Desk, status: IndicatorStatus) -> str:
    """That the level is compared without differences in age, where it is."""
    found, first = status.standardised, status.comparisons[:1]
    if found is None or not first or first[0].basis == "crude":
        return ""
    value = value_text(found.figure.value, status.indicator.scale, desk.say)
    return desk.say(f"publishing.indicator.adjusted.{first[0].basis}", value=value)


def _standardised(desk: Desk, status: IndicatorStatus, found: StandardisedLevel) -> Fact:
    """The value standardised for age, whose ages, and the value as it is."""
    say, scale, figure = desk.say, status.indicator.scale, found.figure
    limits = interval_text(figure.lower, figure.upper, scale, say)
    about = [say(f"publishing.indicator.standard.{found.standard}")]
    if found.crude is not None:
        crude = value_text(found.crude.value, scale, say)
        about.append(say("publishing.indicator.crude", value=crude))
    return Fact(
        say("publishing.indicator.standardised"),
        value_text(figure.value, scale, say) + (f" ({limits})" if limits else ""),
        detail=" ".join(about),
    )


def _persons(desk: Desk, found: Figure) -> str:
    """A number of persons with its limits."""
    text = desk.say.number(round(found.value), 0)
    if found.lower is None or found.upper is None:
        return text
    return f"{text} ({limits_text(found.lower, found.upper, 0, desk.say)})"


def _too_many(desk: Desk, status: IndicatorStatus) -> list[Fact]:
    """People too many in the zones that are worse off than a reference."""
    say, polarity = desk.say, status.indicator.polarity.value
    return [
        Fact(
            say(f"publishing.indicator.zone_excess.{polarity}"),
            _persons(desk, e.persons),
            detail=" ".join(
                [
                    say(f"publishing.indicator.zone_excess.about.{e.reference}"),
                    *([say("publishing.indicator.zone_excess.estimated")] if e.estimated else []),
                ]
            ),
        )
        for e in (status.spread.excess if status.spread else ())
    ]


def _used_by(desk: Desk, id: str) -> tuple[Item, ...]:
    proposal = desk.dossier.proposal
    if proposal is None:
        return ()
    threads = {
        t.element
        for t in proposal.threads
        for x in (*t.back, *t.forward)
        if x.to.id == id and x.to.kind in (RefKind.FIGURE, RefKind.INDICATOR)
    }
    return tuple(
        Item(e.title, desk.links.url("element", e.id), desk.say(f"element.{e.kind.value}"))
        for e in proposal.elements()
        if e.id in threads or id in e.indicators
    )
