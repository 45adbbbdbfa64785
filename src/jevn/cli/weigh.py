"""``jevn prioritise weigh``: options weighed by criteria, and how firmly the order stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say

if TYPE_CHECKING:
    from jevn.prioritisation.weighing import Weighing


def weigh(
    file: Annotated[Path, typer.Argument(help="Criteria, options and weights: .yaml.")],
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=1_000_000, help="How many draws.")
    ] = 10_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="What they are drawn from.")] = 0,
    json: JsonFlag = False,
) -> None:
    """Weigh options by criteria, and tell how firmly the order stands."""
    from time import perf_counter

    from jevn.prioritisation.weighing import read_choice
    from jevn.prioritisation.weighing import weigh as weighed

    choice = read_choice(file)
    start = perf_counter()
    found = weighed(choice, draws=draws, seed=seed)
    seconds = perf_counter() - start
    if json:
        print_json(
            {
                "title": found.title,
                "order": [o.id for o in found.options],
                "weights": {c.criterion: c.weight for c in found.criteria},
                "criteria": {c.criterion: c for c in found.criteria},
                "options": {o.id: o for o in found.options},
                "winning": {
                    o.id: {p.id: x for p, x in zip(found.options, row, strict=True)}
                    for o, row in zip(found.options, found.winning, strict=True)
                },
                "perfect_information": found.perfect_information,
                "draws": found.draws,
                "seed": found.seed,
                "seconds": round(seconds, 6),
            }
        )
    else:
        _show(found, current_say())


def _show(found: Weighing, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    key = "prioritisation.weigh"
    out.print(Text(found.title, style="bold"))
    weights = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    weights.add_column(say(f"{key}.column.criterion"))
    for column in ("worst", "best", "weight", "steady"):
        weights.add_column(say(f"{key}.column.{column}"), justify="right")
    for criterion in found.criteria:
        unit = f" {criterion.unit}" if criterion.unit else ""
        weights.add_row(
            Text(criterion.title),
            Text(say.exact(criterion.worst) + unit),
            Text(say.exact(criterion.best) + unit),
            say.percent(criterion.weight),
            f"{say.percent(criterion.low)} – {say.percent(criterion.high)}",
        )
    out.print(weights)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("prioritisation.cli.place"), justify="right")
    table.add_column(say(f"{key}.column.option"))
    for column in ("value", "first", "top", "standing", "regret"):
        side = "left" if column == "standing" else "right"
        table.add_column(say(f"{key}.column.{column}"), justify=side)  # type: ignore[arg-type]
    for option in found.options:
        table.add_row(
            str(option.place),
            Text(option.title),
            say.number(option.value, 2),
            say.percent(option.acceptability[0]),
            say.percent(sum(option.acceptability[:3])),
            say(f"{key}.standing.{option.standing}"),
            say.number(option.regret, 3),
        )
    out.print(table)
    gain = round(found.perfect_information, 4)
    out.print(Text(say(f"{key}.information", draws=found.draws, gain_exact=gain)))
