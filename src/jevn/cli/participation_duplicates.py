"""The command ``jevn participation duplicates``: contributions that seem to say the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.participation.duplicates import Duplicates, Text

_LONGEST = 160


def duplicates(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE",
            help="Plan folder, or a table with the columns id, text and heading.",
        ),
    ],
    least: Annotated[float, typer.Option(help="Show pairs from this score, 0 to 1.")] = 0.8,
    json: JsonFlag = False,
) -> None:
    """Suggest contributions that say the same; a person decides which are merged."""
    from jevn.participation.duplicates import find_duplicates

    if not 0 < least <= 1:
        raise UserError("duplicates_least", given=least)
    texts, names = _from_folder(path) if path.is_dir() else (_from_file(path), [])
    found = find_duplicates(texts, least=least, names=names)
    if json:
        print_json(duplicates_json(found))
    else:
        _show(texts, found, current_say())


def duplicates_json(found: Duplicates) -> dict[str, Any]:
    """The suggestions in the open form that the command prints."""
    return {
        "texts": found.texts,
        "pairs": [
            {
                "a": p.a,
                "b": p.b,
                "score": p.score,
                "shared": list(p.shared),
                "differing": list(p.differing),
                "only_a": list(p.only_a),
                "only_b": list(p.only_b),
            }
            for p in found.pairs
        ],
        "clusters": [{"ids": list(c.ids), "score": c.score} for c in found.clusters],
    }


def _from_file(path: Path) -> list[Text]:
    from jevn.participation.duplicates import Text
    from jevn.participation.schemas import TO_SORT
    from jevn.tables import read_table

    rows = read_table(path, TO_SORT).iter_rows(named=True)
    return [Text(row["id"], row["text"], row["heading"]) for row in rows]


def _from_folder(folder: Path) -> tuple[list[Text], list[str]]:
    """What has been said and is not merged yet, and the names of zones."""
    from jevn.participation.duplicates import Text
    from jevn.planwork import read_folder, voices_of

    work = read_folder(folder)
    heard = voices_of(work)
    if heard is None:
        raise UserError("participation_nothing_said")
    names = work.places["name"].to_list()
    texts = [Text(c.id, c.text, c.heading) for c in heard.contributions if not c.merged_into]
    return texts, names


def _show(texts: list[Text], found: Duplicates, say: Say) -> None:
    from rich.text import Text as Line

    out = console()
    out.print(Line(say("participation.duplicates.counts", n=found.texts, pairs=len(found.pairs))))
    said = {t.id: " ".join(t.text.split()) for t in texts}
    told: dict[str, Any] = {p.b: p for p in reversed(found.pairs)}
    for cluster in found.clusters:
        out.print()
        out.print(
            Line(
                say(
                    "participation.duplicates.cluster",
                    n=len(cluster.ids),
                    score=say.number(cluster.score, 2),
                ),
                style="bold",
            )
        )
        for id in cluster.ids:
            text = said[id] if len(said[id]) <= _LONGEST else said[id][: _LONGEST - 1] + "…"
            out.print(Line(f"  {id}: {text}"))
            pair = told.get(id)
            if pair is not None and pair.a in cluster.ids and pair.differing:
                words = ", ".join(pair.differing)
                out.print(Line("    " + say("participation.duplicates.differing", words=words)))
    if found.pairs:
        out.print()
        out.print(Line(say("participation.duplicates.how")))
