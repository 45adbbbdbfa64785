"""Printing the ranking of areas and the zones of an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jevn.cli.common import console, current_language, current_say

if TYPE_CHECKING:
    from rich.table import Table

    from jevn.challenges.overview_results import AreaRanking
    from jevn.challenges.results import Figure, IndicatorStatus


def print_ranking(ranking: AreaRanking) -> None:
    """The areas in order, with the span of places and the share among the first three."""
    say, out = current_say(), console()
    names = ("place", "area", "signs", "share", "span", "first", "top", "varied")
    table = _table(say("challenges.rank.title"), names, numbers=(0, 2, 3, 5, 6, 7))
    for area in ranking.areas:
        table.add_row(
            str(area.place),
            say(f"area.{area.area.value}.short"),
            say.exact(area.weight),
            say.percent(area.share),
            _span(area.figures.lower, area.figures.upper),
            say.percent(area.figures.first),
            say.percent(area.figures.top),
            say.percent(area.importance.top),
        )
    if ranking.areas:
        out.print(table)
        out.print(say("challenges.rank.about", draws=ranking.draws))
    out.print(say.message(ranking.message))
    if ranking.unranked:
        words = ", ".join(say(f"area.{a.value}.short") for a in ranking.unranked)
        out.print(say("challenges.rank.unranked", areas=words))
    for line in ranking.importance:
        about = [line.indicator, line.area and line.area.value, line.sign]
        words = " · ".join(a for a in about if a)
        text = say("challenges.rank.weight", about=words, weight_exact=line.weight, by=line.by)
        out.print(f"• {text} {line.reason}")


def print_zones(status: IndicatorStatus) -> None:
    """The zones by rank with damped value, and people too many."""
    say, out, spread = current_say(), console(), status.spread
    if spread is None:
        out.print(say("challenges.gap.no_zones"))
        return
    scale = status.indicator.scale
    at = scale.info.decimals
    title = f"{status.indicator.name(current_language())} ({say(f'scale.{scale.value}')})"
    names = ("zone", "value", "damped", "limits", "rank_span", "fifth", "worse", "sign", "excess")
    table = _table(f"{title}, {spread.period}", names, numbers=(1, 2, 4, 5, 6, 8))
    by_rank = {s.place: n for n, s in enumerate(spread.standings)}
    for zone in sorted(spread.zones, key=lambda z: by_rank.get(z.place, len(by_rank))):
        standing = spread.standing(zone.place)
        value = say("challenges.show.hidden_value") if zone.hidden else say.number(zone.value, at)
        if standing is None:
            table.add_row(zone.name, value, "", "", "", "", "", "", "")
            continue
        table.add_row(
            zone.name,
            value,
            say.number(standing.value, at),
            f"{say.number(standing.lower, at)} – {say.number(standing.upper, at)}",
            f"{standing.rank} ({_span(standing.rank_lower, standing.rank_upper)})",
            say.percent(standing.worst_fifth),
            say.percent(standing.worse),
            say(f"challenges.sign.{zone.sign.value}"),
            "" if standing.excess is None else say.number(round(standing.excess.value), 0),
        )
    out.print(table)
    if spread.standings:
        out.print(say("challenges.zones.about"))
    out.print(say("challenges.zones.overall", value=say.number(spread.overall, at)))
    if not spread.standings:
        out.print(say("challenges.zones.no_chance"))
    for excess in spread.excess:
        polarity = status.indicator.polarity.value
        text = say(f"challenges.zones.excess.{polarity}", persons=_persons(excess.persons))
        against = say(f"challenges.zones.against.{excess.reference}")
        note = say("challenges.note.people_estimated") if excess.estimated else ""
        out.print(f"{text} {against} {note}".strip())


def _table(title: str, names: tuple[str, ...], numbers: tuple[int, ...]) -> Table:
    from rich import box
    from rich.table import Table

    say = current_say()
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for n, name in enumerate(names):
        justify = "right" if n in numbers else "left"
        table.add_column(say(f"challenges.column.{name}"), justify=justify)  # type: ignore[arg-type]
    return table


def _span(lower: int, upper: int) -> str:
    return str(lower) if lower == upper else f"{lower}–{upper}"


def _persons(figure: Figure) -> str:
    say = current_say()
    text = say.number(round(figure.value), 0)
    if figure.lower is None or figure.upper is None:
        return text
    return f"{text} ({say.number(round(figure.lower), 0)} – {say.number(round(figure.upper), 0)})"
