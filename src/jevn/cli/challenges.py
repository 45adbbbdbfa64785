"""The command of step 2: ``jevn challenges FOLDER``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_language, current_say, print_json
from jevn.terms import AREAS, EffortArea, Scale, UserError

if TYPE_CHECKING:
    from rich.table import Table

    from jevn.challenges.results import (
        ChallengeProfile,
        Figure,
        Gradient,
        IndicatorStatus,
        Sign,
        SignCell,
    )

app = typer.Typer(
    help="Step 2: where does it burn most here? Areas, signs, indicators, gradients.",
    no_args_is_help=True,
    invoke_without_command=True,
    subcommand_metavar="[rank|zones INDICATOR]",
    context_settings={"allow_interspersed_args": True},
)


@app.callback()
def challenges(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    area: Annotated[
        str, typer.Option("--area", help="Show one area with its indicators, e.g. oppvekst.")
    ] = "",
    indicator: Annotated[
        str, typer.Option("--indicator", help="Show everything known of one indicator (its id).")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Show where it burns: the matrix of areas and signs, an area, or one indicator."""
    if context.invoked_subcommand is not None:
        return
    from jevn.planwork import challenges_of, read_folder

    chosen = _area(area) if area else None
    profile = challenges_of(read_folder(folder))
    if profile is None:
        if json:
            print_json(None)
        else:
            console().print(current_say()("challenges.not_begun"))
    elif indicator:
        status = _indicator(profile, indicator)
        if json:
            print_json(status)
        else:
            _print_indicator(status)
    elif chosen is not None:
        if json:
            print_json(profile.area(chosen))
        else:
            _print_area(profile, chosen)
    elif json:
        print_json(profile)
    else:
        _print_matrix(profile)


@app.command("rank")
def rank(context: typer.Context, json: JsonFlag = False) -> None:
    """Rank the areas by the open rule, and say how sure the order is."""
    profile, json = _profile(context, json)
    ranking = None if profile is None else profile.ranking
    if json:
        print_json(ranking)
    elif ranking is None:
        console().print(current_say()("challenges.not_begun"))
    else:
        from jevn.cli.challenges_show import print_ranking

        print_ranking(ranking)


@app.command("zones")
def zones(
    context: typer.Context,
    indicator: Annotated[str, typer.Argument(help="Id of the indicator.")],
    json: JsonFlag = False,
) -> None:
    """Show the zones of an indicator: damped values, ranks, people too many."""
    profile, json = _profile(context, json)
    spread = None if profile is None else _indicator(profile, indicator).spread
    if json:
        print_json(spread)
    elif profile is None:
        console().print(current_say()("challenges.not_begun"))
    else:
        from jevn.cli.challenges_show import print_zones

        print_zones(_indicator(profile, indicator))


def _profile(context: typer.Context, json: bool) -> tuple[ChallengeProfile | None, bool]:
    """The profile of the folder named before the command; whether JSON is asked for anywhere."""
    from jevn.planwork import challenges_of, read_folder

    assert context.parent is not None
    given = context.parent.params
    return challenges_of(read_folder(given["folder"])), json or given["json"]


def _area(given: str) -> EffortArea:
    try:
        return EffortArea(given)
    except ValueError:
        known = ", ".join(AREAS)
        raise UserError("challenges_no_area", given=given, known=known) from None


def _indicator(profile: ChallengeProfile, given: str) -> IndicatorStatus:
    status = profile.indicator(given)
    if status is None:
        known = ", ".join(s.indicator.id for s in profile.indicators)
        raise UserError("challenges_no_indicator", given=given, known=known)
    return status


def _table(title: str, *headings: str, numbers: tuple[int, ...] = ()) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if i in numbers else "left")
    return table


def _word(cell: SignCell) -> str:
    say = current_say()
    own = f"challenges.{cell.kind}.{cell.sign.value}"
    return say(own if say.has(own) else f"challenges.sign.{cell.sign.value}")


def _sign(sign: Sign) -> str:
    return current_say()(f"challenges.sign.{sign.value}")


def _print_matrix(profile: ChallengeProfile) -> None:
    from jevn.challenges.matrix import KINDS

    say, out = current_say(), console()
    kinds = [say(f"challenges.kind.{k}") for k in KINDS]
    table = _table(say("challenges.show.title"), say("challenges.kind.area"), *kinds)
    for area in profile.areas:
        words = [_word(area.sign(k)) for k in KINDS]
        table.add_row(say(f"area.{area.area.value}.short"), *words)
    out.print(table)
    for area in profile.areas:
        if area.indicators:
            out.print("• " + say.message(area.headline))
    out.print()
    out.print(say.message(profile.order_reason))
    if profile.ranking is not None:
        out.print(say.message(profile.ranking.message))
    if profile.hidden_cells:
        out.print(say("challenges.show.hidden", n=profile.hidden_cells))


def _print_area(profile: ChallengeProfile, chosen: EffortArea) -> None:
    say, out = current_say(), console()
    area = profile.area(chosen)
    out.print(say.message(area.headline))
    for cell in area.signs:
        out.print(f"• {say(f'challenges.kind.{cell.kind}')}: {say.message(cell.message)}")
    if area.judgement:
        out.print(area.judgement)
    headings = ("indicator", "value", "limits", "period", "sign")
    table = _table(
        say(f"area.{chosen.value}"),
        *(say(f"challenges.show.{h}") for h in headings),
        numbers=(1, 2),
    )
    for id in area.indicators:
        status = profile.indicator(id)
        if status is None:
            continue
        name, scale = status.indicator.name(current_language()), status.indicator.scale
        sign = _sign(status.comparisons[0].sign) if status.comparisons else "–"
        period = status.level.period if status.level else "–"
        table.add_row(f"{name} ({id})", *_number(status.level, scale), period, sign)
    out.print(table)


def _print_indicator(status: IndicatorStatus) -> None:
    say, out, indicator = current_say(), console(), status.indicator
    scale = indicator.scale
    headings = ("what", "value", "limits", "period", "sign")
    table = _table(
        f"{indicator.name(current_language())} ({say(f'scale.{scale.value}')}, "
        f"{say(f'polarity.{indicator.polarity.value}')})",
        *(say(f"challenges.show.{h}") for h in headings),
        numbers=(1, 2),
    )

    def row(what: str, figure: Figure | None, sign: str = "", decimals: int | None = None) -> None:
        if figure is not None:
            table.add_row(what, *_number(figure, scale, decimals), figure.period, sign)

    row(say("challenges.show.here"), status.level)
    if status.standardised is not None:
        row(say("challenges.show.standardised"), status.standardised.figure)
    for c in status.comparisons:
        against = "against" if c.basis == "crude" else "against_standardised"
        what = say(f"challenges.show.{against}", place=c.place_name)
        row(what, c.difference, _sign(c.sign))
        row(say("challenges.show.against_crude", place=c.place_name), c.crude)
    if status.trend is not None:
        decimals = scale.info.decimals + 1
        slope = status.trend.slope_per_year
        row(say("challenges.show.trend"), slope, _sign(status.trend.sign), decimals)
    for gradient in status.gradients:
        _add_gradient(table, gradient, scale)
    if status.spread is not None:
        for zone in status.spread.zones:
            value = _value(zone.value, scale, zone.hidden)
            limits = _limits(zone.lower, zone.upper, scale)
            name = say("challenges.show.zone", name=zone.name)
            table.add_row(name, value, limits, status.spread.period, _sign(zone.sign))
        row(say("challenges.show.disparity"), status.spread.index_of_disparity, decimals=1)
    out.print(table)
    if status.people_affected is not None:
        out.print(say("challenges.show.people", n=round(status.people_affected)))
    if status.people is not None and status.people.note is not None:
        out.print(say.message(status.people.note))
    if status.certainty_reason is not None:
        out.print(say.message(status.certainty_reason))
    if status.gaps:
        out.print(say("challenges.show.gaps") + ":")
        for gap in status.gaps:
            out.print("• " + say.message(gap))


def _add_gradient(table: Table, gradient: Gradient, scale: Scale) -> None:
    say = current_say()
    table.add_section()
    dimension = say(f"dimension.{gradient.dimension.value}")
    for group in gradient.groups:
        name = say(f"group.{gradient.dimension.value}.{group.group}")
        value = _value(group.value, scale, group.hidden)
        limits = _limits(group.lower, group.upper, scale)
        table.add_row(f"{dimension}: {name}", value, limits, gradient.period, "")
    sign = _sign(gradient.sign)
    if gradient.sii is not None:
        numbers = _number(gradient.sii, scale)
        table.add_row(say("challenges.show.sii"), *numbers, gradient.period, sign)
    elif gradient.gap is not None:
        numbers = _number(gradient.gap, scale)
        table.add_row(say("challenges.show.gap"), *numbers, gradient.period, sign)
    if gradient.rii is not None:
        numbers = _number(gradient.rii, scale, 2)
        table.add_row(say("challenges.show.rii"), *numbers, gradient.period, "")
    if gradient.note is not None:
        table.add_row(say.message(gradient.note), "", "", "", "")
    table.add_section()


def _number(figure: Figure | None, scale: Scale, decimals: int | None = None) -> tuple[str, str]:
    if figure is None:
        return "–", ""
    say = current_say()
    at = scale.info.decimals if decimals is None else decimals
    return say.number(figure.value, at), _limits(figure.lower, figure.upper, scale, at)


def _value(value: float | None, scale: Scale, hidden: bool) -> str:
    say = current_say()
    if hidden:
        return say("challenges.show.hidden_value")
    return say.number(value, scale.info.decimals)


def _limits(
    lower: float | None, upper: float | None, scale: Scale, decimals: int | None = None
) -> str:
    if lower is None or upper is None:
        return ""
    say = current_say()
    at = scale.info.decimals if decimals is None else decimals
    return f"{say.number(lower, at)} – {say.number(upper, at)}"
