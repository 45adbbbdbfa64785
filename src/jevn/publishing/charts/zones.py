"""Zone ranking: every zone with its interval, hollow where not told apart from the municipality."""

from __future__ import annotations

from jevn.challenges.results import IndicatorStatus, PlaceSpread, PlaceValue, Sign
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import (
    decimals_of,
    drawn,
    listed,
    local,
    lower_first,
    unit_text,
    value_text,
)


def shown_zones(spread: PlaceSpread) -> list[PlaceValue]:
    """Zones whose value may be shown, in the order of the result (worst first)."""
    return [z for z in spread.zones if z.value is not None and not z.hidden]


def zone_chart(studio: Studio, status: IndicatorStatus) -> Chart | None:
    """Ranked dots of the zones; ``None`` with under two zones to show."""
    spread = status.spread
    zones = shown_zones(spread) if spread else []
    if spread is None or len(zones) < 2:
        return None
    say, scale = studio.say, status.indicator.scale
    dots = [
        Dot(
            f"{n}  {z.name}",
            drawn(z.value or 0.0, scale),
            None if z.lower is None else drawn(z.lower, scale),
            None if z.upper is None else drawn(z.upper, scale),
            value_text(z.value, scale, say),
            style.SIGN_COLOURS[z.sign],
            hollow=z.sign in (Sign.SAME, Sign.UNKNOWN),
        )
        for n, z in enumerate(zones, 1)
    ]
    mean = f"{studio.municipality} {value_text(spread.overall, scale, say)}"

    spec = dot_rows(
        dots, unit=unit_text(scale, say), line=(drawn(spread.overall, scale), mean), row_height=30
    )
    return studio.chart(
        f"zones-{status.indicator.id}",
        title=zone_title(studio, status),
        subtitle=say(
            "publishing.zones.subtitle",
            unit=unit_text(scale, say).capitalize(),
            period=spread.period,
        ),
        source=studio.source(spread.origin or status.indicator.origin),
        summary=zone_summary(studio, status),
        headings=zone_headings(studio),
        rows=zone_rows(studio, status),
        spec=spec,
    )


def zone_headings(studio: Studio) -> tuple[str, ...]:
    """Headings of the table of zones."""
    keys = ("zone", "value", "lower", "upper", "persons", "standing")
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
    if hidden:
        sentences.append(say("publishing.zones.hidden", n=hidden))
    return " ".join(sentences)


def zone_rows(studio: Studio, status: IndicatorStatus) -> list[tuple[Cell, ...]]:
    """Rows of the table of zones."""
    scale, at, spread = status.indicator.scale, decimals_of(status.indicator.scale), status.spread
    assert spread is not None
    rows: list[tuple[Cell, ...]] = []
    for z in spread.zones:
        if z.hidden or z.value is None:
            word = "publishing.hidden" if z.hidden else "publishing.missing"
            rows.append((z.name, None, None, None, None, studio.say(word)))
            continue
        numbers = (
            None if v is None else round(drawn(v, scale), at) for v in (z.value, z.lower, z.upper)
        )
        people = None if z.population is None else round(z.population)
        words = lower_first(studio.say(f"publishing.sign.{z.sign.value}"))
        rows.append((z.name, *numbers, people, words))
    return rows
