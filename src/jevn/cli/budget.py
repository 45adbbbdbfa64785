"""``jevn prioritise budget``: votes over a shared budget, counted by a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.prioritisation.shared_budget import SharedBudget

T = TypeVar("T", bound=str)


def budget(
    file: Annotated[Path, typer.Argument(help="Projects and ballots: .pb (Pabulib).")],
    rule: Annotated[
        str, typer.Option("--rule", help="greedy, greedy-per-cost, equal-shares or phragmen.")
    ] = "equal-shares",
    utility: Annotated[
        str, typer.Option("--utility", help="cost or count (Equal Shares).")
    ] = "cost",
    completion: Annotated[
        str,
        typer.Option(
            "--completion",
            help="none, add1, add1-until-overspend, greedy or add1-then-greedy (Equal Shares).",
        ),
    ] = "add1-until-overspend",
    caps: Annotated[
        bool, typer.Option("--caps", help="Keep the file's ceilings per neighbourhood.")
    ] = False,
    ties: Annotated[
        str, typer.Option("--ties", help="id, cheapest, most-votes, or draw:SEED (by lot).")
    ] = "id",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the reason of every project.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Decide by ballots which projects a shared budget pays for, with rounds and reasons."""
    from time import perf_counter

    from jevn.prioritisation.shared_budget import (
        COMPLETIONS,
        RULE_NAMES,
        TIE_RULES,
        UTILITIES,
        Counting,
        read_pabulib,
        share_budget,
    )

    tie_rule, _, seed = ties.partition(":")
    counting = Counting(
        rule=_choice(rule, RULE_NAMES, "--rule"),
        utility=_choice(utility, UTILITIES, "--utility"),
        completion=_choice(completion, COMPLETIONS, "--completion"),
        caps=caps,
        ties=_choice(tie_rule, TIE_RULES, "--ties"),
        seed=seed,
    )
    if file.suffix.lower() != ".pb":
        raise UserError("budget_format", file=file.name)
    election = read_pabulib(file)
    start = perf_counter()
    found = share_budget(election, counting)
    seconds = perf_counter() - start
    say = current_say()
    if json:
        print_json(_as_json(found, say) | {"seconds": round(seconds, 6)})
    else:
        _show(found, say)
        if explain:
            _show_reasons(found, say)


def _choice(given: str, known: tuple[T, ...], option: str) -> T:
    for choice in known:
        if given == choice:
            return choice
    raise UserError("budget_choice", given=given, option=option, known=", ".join(known))


def _as_json(found: SharedBudget, say: Say) -> dict[str, object]:
    shares = found.counting.rule == "equal-shares"
    return {
        "rule": found.counting.rule,
        "utility": found.counting.utility if shares else None,
        "completion": found.counting.completion if shares else None,
        "caps": found.counting.caps,
        "tie_rule": found.counting.ties,
        "seed": found.counting.seed,
        "selected": found.selected,
        "cost": found.cost,
        "budget": found.budget,
        "per_voter": found.per_voter,
        "raised": found.raised,
        "rounds": found.rounds,
        "ties": found.ties,
        "reasons": {v.project: say.message(v.reason) for v in found.verdicts},
        "projects": {
            v.project: {
                "name": v.name,
                "cost": v.cost,
                "votes": v.votes,
                "selected": v.selected,
                "why": v.why,
                "missing": v.missing,
            }
            for v in found.verdicts
        },
        "fairness": found.fairness,
        "official": found.official,
    }


def _show(found: SharedBudget, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    key = "prioritisation.budget"
    out.print(Text(say(f"{key}.rule.{found.counting.rule}"), style="bold"))
    of = {v.project: v for v in found.verdicts}
    prices = found.per_voter is not None
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("prioritisation.cli.place"), justify="right")
    table.add_column(say(f"{key}.column.project"))
    for column in ("votes", "cost", *(["price"] if prices else []), "left"):
        table.add_column(say(f"{key}.column.{column}"), justify="right")
    for r in found.rounds:
        price = "–" if r.price is None else say.number(r.price, 2)
        table.add_row(
            str(r.number),
            Text(of[r.project].name),
            say.exact(of[r.project].votes),
            say.number(r.cost, 0),
            *([price] if prices else []),
            say.number(r.left, 0),
        )
    out.print(table)
    for line in _lines(found, say):
        out.print(Text(line))
    if found.fairness.groups:
        _show_groups(found, say)


def _lines(found: SharedBudget, say: Say) -> list[str]:
    key = "prioritisation.budget"
    names = {v.project: f"«{v.name}»" for v in found.verdicts}
    told = {
        "n": len(found.selected),
        "of": len(found.verdicts),
        "cost_nok": found.cost,
        "budget_nok": found.budget,
    }
    lines = [say(f"{key}.sum", **told)]
    if found.per_voter is not None:
        kind = "raised" if found.raised else "per_voter"
        share = round(found.per_voter, 2)
        lines.append(say(f"{key}.{kind}", per_voter_exact=share, raised=found.raised))
    fair = found.fairness
    share = fair.share_voters_with_a_winner
    lines.append(say(f"{key}.fair", winner_share=share, voters=fair.voters))
    rule = f"{key}.ties.{found.counting.ties}"
    for tied in found.ties:
        shown = ", ".join(names[p] for p in tied)
        lines.append(say(f"{key}.tie", projects=shown, ties_key=rule))
    if found.official is not None:
        here = len(set(found.selected) - set(found.official))
        there = len(set(found.official) - set(found.selected))
        kind = "differs" if here or there else "same"
        lines.append(say(f"{key}.official.{kind}", here=here, there=there))
    return lines


def _show_groups(found: SharedBudget, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    key = "prioritisation.budget"
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say(f"{key}.column.group"))
    for column in ("number", "winner", "mean"):
        table.add_column(say(f"{key}.column.{column}"), justify="right")
    for group in found.fairness.groups:
        column = group.column if group.column in ("age", "sex") else "zone"
        table.add_row(
            Text(f"{say(f'{key}.group.{column}')}: {group.group}"),
            "–" if group.voters is None else say.number(group.voters, 0),
            say.percent(group.share_with_winner),
            say.number(group.mean_winners),
        )
    console().print(table)


def _show_reasons(found: SharedBudget, say: Say) -> None:
    from rich.text import Text

    out = console()
    for selected, head in ((True, "chosen"), (False, "others")):
        out.print(Text(f"\n{say(f'prioritisation.budget.{head}')}", style="bold"))
        for verdict in found.verdicts:
            if verdict.selected is selected:
                line = Text(f"  {'+' if selected else '−'} {verdict.name}: ", style="bold")
                line.append(say.message(verdict.reason), style="not bold")
                out.print(line)
