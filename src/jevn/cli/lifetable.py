"""The command ``jevn impact lifetable``: a scenario held against no change."""

from __future__ import annotations

import json as json_text
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.impact.lifetable import Interval, LifeTableResult, StratumTotal

_KEYS = {
    "life_years": "LY_gain",
    "healthy_years": "HALY_gain",
    "deaths_averted": "deaths_averted",
    "healthy_years_per_1000": "HALY_gain_per_1000_initial",
}


def lifetable(
    folder: Annotated[
        Path, typer.Argument(help="Folder with population.csv and rates_by_age.csv.")
    ],
    scenario: Annotated[Path, typer.Option("--scenario", help="What is changed (TOML).")],
    draws: Annotated[int, typer.Option("--draws", min=0, help="Draws of uncertain factors.")] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write the tables to; must be new.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Follow every cohort with and without a change: deaths, life years and healthy years."""
    from jevn.impact.lifetable import read_model, read_scenario, run_lifetable

    model = read_model(folder)
    result = run_lifetable(model, read_scenario(scenario, model), draws=draws, seed=seed)
    if out is not None:
        write_tables(result, out)
    if json:
        print_json({"rows": result.rows.to_dicts(), **totals_json(result)})
    else:
        _show(result, current_say())


def totals_json(result: LifeTableResult) -> dict[str, Any]:
    """Totals by stratum in the open form that the command prints."""
    return {
        "totals": {t.stratum: _total(t) for t in result.totals},
        "draws": result.draws,
        "seed": result.seed,
    }


def _total(total: StratumTotal) -> dict[str, Any]:
    found: dict[str, Any] = {"initial_population": total.initial_population}
    for name, key in _KEYS.items():
        found[key] = getattr(total, name)
        drawn: Interval | None = getattr(total, f"{name}_drawn", None)
        if drawn is not None:
            found[f"{key}_drawn"] = asdict(drawn)
    return found


def write_tables(result: LifeTableResult, out: Path) -> None:
    """Write ``lifetable.csv``, ``diseases.csv`` and ``totals.json``; whole or not at all.

    Raises:
        UserError: ``lifetable_out`` if the folder is there already or cannot be written.
    """
    beside = out.with_name(f".{out.name}-new")
    if out.exists():
        raise UserError("lifetable_out", folder=str(out))
    try:
        beside.mkdir(parents=True)
        result.rows.write_csv(beside / "lifetable.csv")
        result.diseases.write_csv(beside / "diseases.csv")
        text = json_text.dumps(totals_json(result), ensure_ascii=False, indent=1)
        (beside / "totals.json").write_text(text + "\n", "utf-8")
        beside.rename(out)
    except OSError:
        raise UserError("lifetable_out", folder=str(out)) from None


def _show(result: LifeTableResult, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    names = ("life_years", "healthy_years", "deaths_averted", "healthy_years_per_1000")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(Text(result.stratum))
    for name in names:
        table.add_column(say(f"impact.lifetable.{name}"), justify="right", no_wrap=True)
    for total in result.totals:
        label = say("impact.lifetable.all") if total.stratum == "all" else total.stratum
        cells = [_short(getattr(total, name), say) for name in names]
        table.add_row(Text(label), *cells, style="bold" if total.stratum == "all" else "")
        if result.draws:
            spans = [_span(getattr(total, f"{name}_drawn", None), say) for name in names]
            table.add_row("", *spans, style="dim")
    years = result.rows["year"]
    out = console()
    out.print(
        say("impact.lifetable.head", first=str(years.min()), last=str(years.max())), style="bold"
    )
    out.print(table)
    if result.draws:
        out.print(say("impact.lifetable.draws", n=result.draws, seed=str(result.seed)))


def _span(interval: Interval | None, say: Say) -> str:
    if interval is None:
        return ""
    return say(
        "impact.lifetable.span",
        lower=_short(interval.lower, say),
        upper=_short(interval.upper, say),
    )


def _short(value: float, say: Say) -> str:
    """No decimals where they say nothing."""
    return say.number(value, 0 if abs(value) >= 100 else 1)
