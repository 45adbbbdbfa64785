"""Commands of the plan: where the process stands, frozen versions, and what is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from rich.text import Text

    from jevn.plan.process import Process
    from jevn.plan.versions import Differences, PlanChange
    from jevn.publishing.dossier import Dossier

app = typer.Typer(
    help="The plan: its process, its versions, and what is changed.",
    no_args_is_help=True,
)
Folder = Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")]


def _results(folder: Path) -> Dossier:
    from jevn.planwork import read_folder, results

    return results(read_folder(folder), draws=1)


@app.command()
def process(folder: Folder, json: JsonFlag = False) -> None:
    """Show every state of the process, and what is missing before it closes."""
    found = _results(folder).process
    if found is None:
        raise UserError("plan_none")
    if json:
        print_json(found)
    else:
        _show_process(found, current_say())


@app.command()
def freeze(
    folder: Folder,
    kind: Annotated[
        str,
        typer.Option("--as", help="mandate, knowledge, draft, hearing, revised or adopted."),
    ],
    date: Annotated[
        str, typer.Option("--date", help="Date of the version (else that of the work).")
    ] = "",
    id: Annotated[str, typer.Option("--id", help="Id of the version (else kind and date).")] = "",
    decision: Annotated[
        str, typer.Option("--decision", help="Id of the milestone that decided it.")
    ] = "",
) -> None:
    """Freeze the plan as it stands, with anchors for every paragraph."""
    import datetime as dt

    from jevn.plan.versions import freeze as frozen
    from jevn.plan.versions import save_version, version_kind
    from jevn.planwork import read_folder, results
    from jevn.planwork.process import bare_proposal

    sort = version_kind(kind)
    work = read_folder(folder)
    day = date or work.settings.as_of or ""
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise UserError("version_date", given=day) from None
    if decision and decision not in {m.id for m in work.milestones}:
        known = ", ".join(m.id for m in work.milestones)
        raise UserError("version_decision", given=decision, known=known)
    proposal, say = bare_proposal(work), current_say()
    if sort == "adopted":
        whole = results(work, draws=1).proposal
        missing = whole.missing if whole else ()
        if missing:
            raise UserError("version_not_ready", n=len(missing), first=say.message(missing[0]))
    version = frozen(
        proposal,
        id=id or f"{day}-{sort}",
        kind=sort,
        date=day,
        earlier=work.versions[-1] if work.versions else None,
        decision=decision or None,
    )
    path = save_version(version, folder)
    paragraphs = sum(len(e.paragraphs) for e in version.elements)
    console().print(
        say(
            "plan.cli.frozen",
            id=version.id,
            file=f"{path.parent.name}/{path.name}",
            n=len(version.elements),
            m=paragraphs,
        )
    )


@app.command()
def diff(
    folder: Folder,
    old: Annotated[str, typer.Argument(help="Id of the earlier version (else the newest).")] = "",
    new: Annotated[
        str, typer.Argument(help="Id of the later version (else the plan as it stands).")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Show what is changed between two versions: text, goals, actions and money, and why."""
    from jevn.plan.versions import compare
    from jevn.planwork import read_folder
    from jevn.planwork.process import NOW, bare_proposal, present, reasons_of

    work = read_folder(folder)
    every = {v.id: v for v in work.versions} | {NOW: present(work, bare_proposal(work))}
    first = old or (work.versions[-1].id if work.versions else "")
    second = new or NOW
    for given in (first, second):
        if given not in every:
            raise UserError("version_none", id=given or "–", known=", ".join(every))
    found = compare(every[first], every[second], reasons_of(work))
    if json:
        print_json(found)
    else:
        _show_differences(found, current_say())


def _show_process(found: Process, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(found.template.name(say.lang), style="bold"))
    out.print(Text(found.template.rules(say.lang), style="dim"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("standing", "state", "who", "when"):
        table.add_column(say(f"plan.cli.{column}"))
    marks = {"done": "✓", "now": "→", "later": " ", "passed": "–"}
    for status in found.states:
        when = ", ".join(m.date or m.period or "" for m in status.milestones)
        lacking = f" ({len(status.missing)})" if status.missing else ""
        table.add_row(
            f"{marks[status.standing]} {say(f'plan.standing.{status.standing}')}{lacking}",
            status.state.name(say.lang),
            say(f"plan.actor.{status.state.actor}"),
            when,
        )
    out.print(table)
    current = found.now
    if current is not None:
        state = current.state.name(say.lang)
        out.print(Text(say("plan.cli.next", state=state), style="bold"))
        if current.may_close:
            out.print(say("plan.cli.ready"))
        for missing in current.missing:
            out.print(Text(f"  • {say.message(missing.message)}"))
    for status in found.states:
        if status.standing in ("done", "passed") and status.missing:
            out.print(Text(f"\n{status.state.name(say.lang)}. {say('plan.cli.missing')}"))
            for missing in status.missing:
                out.print(Text(f"  • {say.message(missing.message)}"))


def _show_differences(found: Differences, say: Say) -> None:
    from rich.text import Text

    out = console()
    names = {"old": found.old, "new": found.new}
    if not found.changes:
        out.print(say("plan.cli.same", **names))
        return
    out.print(Text(say("plan.cli.changed", n=len(found.changes), **names), style="bold"))
    last = None
    for change in found.changes:
        if change.element != last:
            last = change.element
            out.print(Text(f"\n{change.element} {change.title}".strip(), style="bold"))
            for reason in found.reasons_of(change.element):
                told = say("plan.cli.because", reason=reason.reason)
                out.print(Text(f"  {told} ({reason.origin or '–'})", style="dim"))
        out.print(_line(change, say))
    for year, before, after in found.money:
        out.print(f"{year}: {say.number(before / 1e6, 1)} → {say.number(after / 1e6, 1)} mill. kr")
    if found.unexplained:
        ids = ", ".join(found.unexplained)
        out.print(Text(say("plan.cli.unexplained", ids=ids), style="yellow"))


def _line(change: PlanChange, say: Say) -> Text:
    """A change on one line: what, about what, and the words removed and added."""
    from rich.text import Text

    line = Text(f"  {say(f'plan.change.{change.what}')} ")
    if change.about:
        key = f"plan.field.{change.about}"
        line.append(f"{say(key) if say.has(key) else change.about}: ")
    if change.what == "money":
        before, after = (say.nok(float(x)) if x else "–" for x in (change.before, change.after))
        line.append(f"{before} → {after}")
    elif not change.pieces:
        line.append(f"{change.before or '–'} → {change.after or '–'}")
    for piece in change.pieces:
        if piece.part == "removed":
            line.append(f"[-{piece.text}-]", style="red strike")
        elif piece.part == "added":
            line.append(f"[+{piece.text}+]", style="green underline")
        else:
            line.append(piece.text)
    return line
