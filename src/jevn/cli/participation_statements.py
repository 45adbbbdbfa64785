"""``jevn participation import`` for hearing statements and for spreadsheets."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jevn.cli.common import console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.participation.contributions import Contributions
    from jevn.participation.statements import Statement


class Kind(StrEnum):
    """What a file holds."""

    REPORT = "report"
    STATEMENT = "statement"
    IDEAS = "ideas"
    HEARING = "hearing"


@dataclass(frozen=True)
class Given:
    """The command's arguments."""

    file: Path
    kind: Kind
    into: Path | None
    mapping: Path | None
    guess_mapping: bool
    sender: str | None
    sender_type: str | None
    recorder: str | None


_ALLOWED = {
    Kind.REPORT: (),
    Kind.STATEMENT: ("into", "sender", "sender_type", "recorder"),
    Kind.IDEAS: ("into", "mapping", "guess_mapping"),
    Kind.HEARING: ("into", "mapping", "guess_mapping"),
}


def refuse_options(given: Given) -> None:
    """Refuse options that do not go with the kind of file.

    Raises:
        UserError: ``participation_import_option``.
    """
    names = ("into", "mapping", "guess_mapping", "sender", "sender_type", "recorder")
    for name in names:
        if getattr(given, name) and name not in _ALLOWED[given.kind]:
            option = "--" + name.replace("_", "-")
            raise UserError("participation_import_option", option=option, kind=given.kind.value)


def import_statement_or_sheet(given: Given, json: bool) -> None:
    """Read a statement or a spreadsheet, show it, and add it where asked."""
    refuse_options(given)
    if given.kind is Kind.STATEMENT:
        _statement(given, json)
    elif given.guess_mapping:
        from jevn.participation.contributions import guess_mapping

        sys.stdout.write(guess_mapping(given.file, current_say()))
    else:
        _sheet(given, json)


def statement_json(statement: Statement, say: Say) -> dict[str, Any]:
    """A statement in the open form that the command prints."""
    return {
        "sender": statement.sender,
        "sender_type": statement.sender_type,
        "date": statement.date,
        "subject": statement.subject,
        "points": [
            {"point": p.point, "paragraph": p.paragraph, "text": p.text} for p in statement.points
        ],
        "left_out": [
            {"line": x.line, "text": x.text, "reason": say(f"participation.left_out.{x.reason}")}
            for x in statement.left_out
        ],
        "doubtful": [
            {"line": x.line, "text": x.text, "reason": say(f"participation.split.{x.reason}")}
            for x in statement.doubtful
        ],
    }


def _statement(given: Given, json: bool) -> None:
    from jevn.participation.schemas import SENDER_TYPES
    from jevn.participation.statements import add_statement, read_statement, sender_type_of

    if given.sender_type and given.sender_type not in SENDER_TYPES:
        known = ", ".join(SENDER_TYPES)
        raise UserError(
            "contributions_value", given=given.sender_type, name="--sender-type", known=known
        )
    statement, say = read_statement(given.file), current_say()
    if given.sender:
        kind = sender_type_of(given.sender)
        statement = replace(statement, sender=given.sender, sender_type=kind)
    if given.sender_type:
        statement = replace(statement, sender_type=given.sender_type)
    added = None
    if given.into is not None:
        added = add_statement(given.into, statement, recorder=given.recorder)
    if json:
        print_json(statement_json(statement, say) | ({"added": added} if added else {}))
        return
    _show_statement(statement, say)
    if added is not None:
        key = "participation.import.added" if added.new else "participation.import.known"
        console().print(say(key, id=added.id, n=added.points))


def _show_statement(statement: Statement, say: Say) -> None:
    from rich.text import Text

    out = console()
    kind = f"participation.sender.{statement.sender_type}"
    out.print(Text(say("participation.import.sender", sender=statement.sender, kind_key=kind)))
    for point in statement.points:
        about = f" [{point.paragraph}]" if point.paragraph else ""
        out.print(Text(f"{point.point}.{about} {point.text}"))
    if statement.left_out:
        out.print(Text(say("participation.import.left_out"), style="dim"))
    for left in statement.left_out:
        reason = say(f"participation.left_out.{left.reason}")
        out.print(Text(f"  {left.line}: {left.text} ({reason})", style="dim"))
    if statement.doubtful:
        out.print(say("participation.import.doubtful", n=len(statement.doubtful)))
    for doubt in statement.doubtful:
        place = say("participation.import.line", row=str(doubt.line))
        reason = say(f"participation.split.{doubt.reason}")
        out.print(Text(f"  {place}: «{doubt.text}»\n    {reason}"))


def _sheet(given: Given, json: bool) -> None:
    from jevn.participation.contributions import (
        add_contributions,
        read_contributions,
        read_mapping,
    )

    mapping = read_mapping(given.mapping) if given.mapping else None
    if mapping is not None and mapping.kind != given.kind.value:
        mapping = replace(mapping, kind="hearing" if given.kind is Kind.HEARING else "ideas")
    found = read_contributions(
        given.file,
        mapping,
        kind="hearing" if given.kind is Kind.HEARING else "ideas",
        places=_places(given.into) if given.into else None,
    )
    added = add_contributions(given.into, found) if given.into is not None else None
    if json:
        print_json(_sheet_json(found) | ({"added": added} if added else {}))
        return
    say, out = current_say(), console()
    counts = {"repeated": len(found.repeated), "empty": len(found.empty)}
    out.print(say("participation.import.rows", n=found.rows.height, **counts))
    if added is not None:
        out.print(say("participation.import.added_rows", n=added.new, known=added.known))


def _sheet_json(found: Contributions) -> dict[str, Any]:
    names = found.schema.names
    return {
        "kind": found.kind,
        "rows": [
            {n: row[n] for n in names if row[n] is not None}
            for row in found.rows.iter_rows(named=True)
        ],
        "repeated": list(found.repeated),
        "empty": list(found.empty),
    }


def _places(folder: Path) -> dict[str, str]:
    """The id of each place of a plan folder by its name; names that several have are left out."""
    from jevn.challenges.schemas import PLACES
    from jevn.tables import read_table

    path = folder / "places.csv"
    if not path.exists():
        return {}
    pairs = list(read_table(path, PLACES).select("name", "place").iter_rows())
    names = [name for name, _ in pairs]
    return {name: place for name, place in pairs if names.count(name) == 1}
