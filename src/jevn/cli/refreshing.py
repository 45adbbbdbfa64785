"""The command ``jevn sources refresh``: figures of a plan folder fetched anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_language, current_say, err, print_json

if TYPE_CHECKING:
    from jevn.planwork.refreshing import Outcome, Refreshed


def refresh_command(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    only: Annotated[
        str, typer.Option("--only", help="Indicators to fetch, by comma; all if not given.")
    ] = "",
    offline: Annotated[
        bool, typer.Option("--offline", help="Only what has been fetched before.")
    ] = False,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Folder of answers; the user's own if not given.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Fetch the figures of a plan folder anew, and say what changed since the last vintage.

    Each query is kept as it comes: one that fails leaves the others, and what was fetched before.
    Ends with exit code 1 when some query failed.
    """
    from jevn.planwork.sources import refresh_folder

    chosen = [i.strip() for i in only.split(",") if i.strip()]
    progress = err()

    def told(indicator: str) -> None:
        progress.print(current_say()("sources.refresh.asking", indicator=indicator), style="dim")

    done = refresh_folder(folder, only=chosen, offline=offline, cache=cache, progress=told)
    if json:
        print_json(_as_json(done))
    else:
        _print(done)
    if done.count("failed"):
        raise typer.Exit(1)


def _as_json(done: Refreshed) -> dict[str, object]:
    lang = current_language()
    return {
        "outcomes": [
            {
                "indicator": o.indicator,
                "table": o.table,
                "kind": o.kind,
                "rows": o.rows,
                "vintage": o.vintage,
                "stale": o.stale,
                "shown_apart": list(o.shown_apart),
                "change": o.change,
                "problems": [
                    {"id": p.id, "what": p.what(lang), "remedy": p.remedy(lang)} for p in o.problems
                ],
            }
            for o in done.outcomes
        ]
    }


def _print(done: Refreshed) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    say, out = current_say(), console()
    table = Table(box=SIMPLE)
    for key in ("indicator", "table", "what", "vintage"):
        table.add_column(say(f"sources.refresh.{key}"), overflow="fold")
    for one in done.outcomes:
        if one.kind not in ("own", "unknown"):
            table.add_row(one.indicator, one.table, _what(one), (one.vintage or "–")[:10])
    if table.row_count:
        out.print(table)
    for one in done.outcomes:
        for change in (one.change.largest if one.change and one.kind == "fetched" else ())[:3]:
            group = f", {change.group}" if change.group else ""
            years = (
                str(change.period_end)
                if change.period_start == change.period_end
                else f"{change.period_start}–{change.period_end}"
            )
            out.print(
                say(
                    "sources.refresh.figure",
                    indicator=one.indicator,
                    place=change.place,
                    years=years,
                    group=group,
                    before=say.number(change.before, 2) if change.before is not None else "–",
                    after=say.number(change.after, 2) if change.after is not None else "–",
                ),
                markup=False,
            )
    for one in done.outcomes:
        for problem in one.problems:
            err().print(f"{one.indicator}: {problem.what(say.lang)}", markup=False)
            err().print(f"  → {problem.remedy(say.lang)}", markup=False)
    summary = say(
        "sources.refresh.sum",
        fetched=done.count("fetched"),
        same=done.count("same"),
        failed=done.count("failed"),
        own=done.count("own"),
        unknown=done.count("unknown"),
    )
    out.print(summary, markup=False)


def _what(one: Outcome) -> str:
    say = current_say()
    if one.kind == "failed":
        return say("sources.refresh.failed")
    if one.kind == "empty":
        return say("sources.refresh.empty")
    parts = []
    if one.kind == "same":
        parts.append(say("sources.refresh.same", n=one.rows))
    elif one.change is None or one.change.newest_before is None:
        parts.append(say("sources.refresh.first", n=one.rows))
    else:
        change, before = one.change, one.change.newest_before
        parts.append(say("sources.refresh.changed", added=change.added, changed=change.changed))
        if change.newest is not None and change.newest > before:
            parts.append(say("sources.refresh.newest", year=str(change.newest)))
        if change.gone:
            parts.append(say("sources.refresh.gone", n=change.gone))
    if one.stale:
        parts.append(say("sources.refresh.stale"))
    if one.shown_apart:
        parts.append(say("sources.refresh.apart", places=", ".join(one.shown_apart)))
    return "; ".join(parts)
