"""The command ``jevn participation answers``: the answer chain of the hearing, and its gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_language, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.participation.answering import AnswerChain, AnsweredPoint
    from jevn.planwork.model import PlanWork

_LONGEST = 70


def answers(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    json: JsonFlag = False,
    csv: Annotated[
        Path | None, typer.Option(help="Write the table of statements and answers to this file.")
    ] = None,
    notices: Annotated[
        Path | None,
        typer.Option(help="Write a letter to each who gave an address into this folder."),
    ] = None,
    close: Annotated[
        bool, typer.Option("--close", help="Refuse if a point lacks its answer.")
    ] = False,
) -> None:
    """Show what has become of each point of each hearing statement."""
    from jevn.participation.answering import answer_chain, answers_table, close_hearing, table_csv
    from jevn.planwork import read_folder

    work = read_folder(folder)
    if work.hearing.is_empty():
        raise UserError("participation_no_hearing")
    same = work.merged.select("kept", "merged").iter_rows()
    chain = answer_chain(work.hearing, work.hearing_points, work.answers, merged=same)
    say = current_say()
    if csv is not None:
        csv.write_text(table_csv(answers_table(chain, current_language())), "utf-8")
    if notices is not None:
        _write_notices(work, chain, notices)
    if json:
        print_json(answers_json(chain))
    else:
        _show(chain, say)
        if csv is not None:
            console().print(say("participation.answers.written", path=str(csv)), soft_wrap=True)
    if close:
        close_hearing(chain)


def answers_json(chain: AnswerChain) -> dict[str, Any]:
    """The chain in the open form that the command prints."""
    from jevn.participation.answering import can_close

    return {
        "statements": [
            {
                "id": s.id,
                "date": s.date,
                "sender_type": s.sender_type,
                "sender": s.sender,
                "state": s.state,
                "points": [_point(p) for p in s.points],
            }
            for s in chain.statements
        ],
        "counts": {
            "statements": len(chain.statements),
            "points": len(chain.points),
            **dict(chain.states),
            "decisions": dict(chain.decisions),
        },
        "unanswered": list(chain.unanswered),
        "unanswered_points": list(chain.unanswered_points),
        "incomplete": list(chain.incomplete),
        "can_close": can_close(chain),
    }


def _write_notices(work: PlanWork, chain: AnswerChain, to: Path) -> None:
    """A text file per statement whose sender gave an address."""
    from jevn.participation.answering import notice_text, notices

    told = Say(work.municipality.language)
    addresses = dict(work.hearing.select("id", "address").drop_nulls().iter_rows())
    title = work.plan.title if work.plan else told("participation.notice.plan")
    found = notices(chain, addresses, title=title, sender=work.municipality.name)
    to.mkdir(parents=True, exist_ok=True)
    for notice in found:
        head = f"{notice.address}\n{told.message(notice.subject)}\n\n"
        name = notice.statement.replace("/", "_").strip(".") + ".txt"
        (to / name).write_text(head + notice_text(notice, told), "utf-8")


def _point(found: AnsweredPoint) -> dict[str, Any]:
    point = found.point
    return {
        "id": point.id,
        "point": point.point,
        "paragraph": point.paragraph,
        "text": point.text,
        "state": found.state,
        "missing": list(found.missing),
        "shared_with": found.shared_with,
        "answers": list(found.answers),
    }


def _show(chain: AnswerChain, say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    from jevn.participation.answering import can_close

    headings = ("point", "text", "state", "decision")
    table = Table(*(say(f"participation.table.{h}") for h in headings))
    for found in chain.points:
        text = " ".join(found.point.text.split())
        decisions = dict.fromkeys(
            say(f"participation.decision.{a.decision}") for a in found.answers if a.decided
        )
        table.add_row(
            Text(found.point.id),
            Text(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"),
            Text(say(f"participation.state.{found.state}")),
            Text(", ".join(decisions)),
        )
    out = console()
    out.print(table)
    numbers = {"statements": len(chain.statements), "points": len(chain.points)}
    out.print(say("participation.answers.counts", **numbers, **dict(chain.states)))
    if can_close(chain):
        out.print(say("participation.answers.can_close"))
    else:
        ids = ", ".join(p.point.id for p in chain.points if p.missing)
        out.print(Text(say("participation.answers.cannot_close", ids=ids)))
