"""Zone ranking: every zone with its interval, hollow where not told apart from the municipality."""

from __future__ import annotations

from jevn.challenges.results import IndicatorStatus, PlaceSpread, PlaceValue, Sign
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.charts.ranking import span_text
from jevn.publishing.words import (
    decimals_of,
    drawn,
    interval_text,
    listed,
    local,
    lower_first,
    unit_text,
    value_text,
)


def shown_zones(spread: PlaceSpread) -> list[PlaceValue]:
    """Zones whose value may be shown: by rank where ranks are known, else worst first."""
    shown = [z for z in spread.zones if z.value is not None and not z.hidden]
    ranks = {s.place: n for n, s in enumerate(spread.standings)}
    return sorted(shown, key=lambda z: ranks.get(z.place, len(ranks)))


def zone_chart(studio: Studio, status: IndicatorStatus, most: int | None = None) -> Chart | None:
    """Ranked dots of the zones; ``None`` with under two zones to show.

    Args:
        studio: language and origins.
        status: the indicator.
        most: zones drawn, three or more: the last two and the first in the order; all if not
            given. The table holds all of them.
    """
    spread = status.spread
    zones = shown_zones(spread) if spread else []
    if spread is None or len(zones) < 2:
        return None
    say, scale = studio.say, status.indicator.scale
    dots = [_dot(studio, status, n, z) for n, z in enumerate(zones, 1)]
    if most is not None and len(dots) > most:
        dots = [*dots[: most - 2], *dots[-2:]]
    mean = f"{studio.municipality} {value_text(spread.overall, scale, say)}"

    spec = dot_rows(
        dots, unit=unit_text(scale, say), line=(drawn(spread.overall, scale), mean), row_height=30
    )
    return studio.chart(
        f"zones-{status.indicator.id}",
        title=zone_title(studio, status),
        subtitle=say(
            "publishing.zones.subtitle.ranked" if spread.standings else "publishing.zones.subtitle",
            unit=unit_text(scale, say).capitalize(),
            period=spread.period,
        ),
        source=studio.source(spread.origin or status.indicator.origin),
        summary=zone_summary(studio, status),
        headings=zone_headings(studio, spread),
        rows=zone_rows(studio, status),
        spec=spec,
    )


def _dot(studio: Studio, status: IndicatorStatus, n: int, zone: PlaceValue) -> Dot:
    """A zone: its shrunken value with rank span where known, else its figure as it is."""
    say, scale, spread = studio.say, status.indicator.scale, status.spread
    standing = spread.standing(zone.place) if spread else None
    value, lower, upper = zone.value or 0.0, zone.lower, zone.upper
    label, also = value_text(value, scale, say), None
    if standing is not None:
        also = drawn(value, scale)
        value, lower, upper = standing.value, standing.lower, standing.upper
        span = span_text(studio, standing.rank_lower, standing.rank_upper)
        label = say("publishing.zones.label", value=value_text(value, scale, say), span=span)
    return Dot(
        f"{n}  {zone.name}",
        drawn(value, scale),
        None if lower is None else drawn(lower, scale),
        None if upper is None else drawn(upper, scale),
        label,
        style.SIGN_COLOURS[zone.sign],
        hollow=zone.sign in (Sign.SAME, Sign.UNKNOWN),
        also=also,
    )


def zone_headings(studio: Studio, spread: PlaceSpread) -> tuple[str, ...]:
    """Headings of the table of zones."""
    keys = ["zone", "value", "lower", "upper", "persons", "standing"]
    if spread.standings:
        keys += ["shrunken", "shrunken_span", "rank", "rank_span", "worst_fifth", "worse", "excess"]
    return tuple(studio.say(f"publishing.table.{k}") for k in keys)


def zone_title(studio: Studio, status: IndicatorStatus) -> str:
    """The finding: which zones surely are worse off than the municipality."""
    say, spread = studio.say, status.spread
    name = local(status.indicator.name, say)
    worse = [z.name for z in shown_zones(spread) if z.sign is Sign.WORSE] if spread else []
    if not worse:
        return say("publishing.zones.title.none", name=name)
    if len(worse) <= 2:
        return say("publishing.zones.title.few", name=name, zones=listed(tuple(worse), say))
    return say("publishing.zones.title.many", name=name, n=len(worse))


def zone_summary(studio: Studio, status: IndicatorStatus) -> str:
    """Highest, lowest, and how many can be told apart."""
    say, scale, spread = studio.say, status.indicator.scale, status.spread
    assert spread is not None
    zones = shown_zones(spread)
    ordered = sorted(zones, key=lambda z: z.value or 0.0)
    hidden = len(spread.zones) - len(zones)
    sentences = [
        say(
            "publishing.zones.summary",
            high_zone=ordered[-1].name,
            high=value_text(ordered[-1].value, scale, say),
            low_zone=ordered[0].name,
            low=value_text(ordered[0].value, scale, say),
            overall=value_text(spread.overall, scale, say),
        ),
        say(
            "publishing.zones.apart",
            worse=sum(z.sign is Sign.WORSE for z in zones),
            better=sum(z.sign is Sign.BETTER for z in zones),
            same=sum(z.sign in (Sign.SAME, Sign.UNKNOWN) for z in zones),
        ),
    ]
    likely = [s for s in spread.standings if s.worst_fifth >= 0.5]
    if likely:
        names = {z.place: z.name for z in zones}
        words = tuple(f"{names[s.place]} ({say.percent(s.worst_fifth)})" for s in likely)
        sentences.append(say("publishing.zones.fifth", zones=listed(words, say)))
    elif spread.standings:
        sentences.append(say("publishing.zones.fifth.none"))
    if spread.method:
        sentences.append(say(f"publishing.zones.method.{spread.method}"))
    if hidden:
        sentences.append(say("publishing.zones.hidden", n=hidden))
    return " ".join(sentences)


def zone_rows(studio: Studio, status: IndicatorStatus) -> list[tuple[Cell, ...]]:
    """Rows of the table of zones."""
    scale, at, spread = status.indicator.scale, decimals_of(status.indicator.scale), status.spread
    assert spread is not None
    rows: list[tuple[Cell, ...]] = []
    known = shown_zones(spread)
    for z in (*known, *(z for z in spread.zones if z not in known)):
        if z.hidden or z.value is None:
            word = "publishing.hidden" if z.hidden else "publishing.missing"
            empty = (None,) * (len(zone_headings(studio, spread)) - 6)
            rows.append((z.name, None, None, None, None, studio.say(word), *empty))
            continue
        numbers = (
            None if v is None else round(drawn(v, scale), at) for v in (z.value, z.lower, z.upper)
        )
        people = None if z.population is None else round(z.population)
        words = lower_first(studio.say(f"publishing.sign.{z.sign.value}"))
        rows.append((z.name, *numbers, people, words, *_standing(studio, status, z)))
    return rows


def _standing(studio: Studio, status: IndicatorStatus, zone: PlaceValue) -> tuple[Cell, ...]:
    """Cells of a zone's shrunken value and rank; none where no ranks are known."""
    scale, spread = status.indicator.scale, status.spread
    if spread is None or not spread.standings:
        return ()
    s = spread.standing(zone.place)
    if s is None:
        return (None,) * 7
    return (
        round(drawn(s.value, scale), decimals_of(scale)),
        interval_text(s.lower, s.upper, scale, studio.say),
        s.rank,
        span_text(studio, s.rank_lower, s.rank_upper),
        studio.say.percent(s.worst_fifth),
        studio.say.percent(s.worse),
        None if s.excess is None else round(s.excess.value),
    )
