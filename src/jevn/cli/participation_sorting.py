"""The commands ``jevn participation sort`` and ``jevn participation words``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import AREAS, EffortArea, Say, UserError

if TYPE_CHECKING:
    from rich.text import Text

    from jevn.participation.sorting import Learnt, Sorted, Word, WordLists

_Folder = Annotated[
    Path | None, typer.Option(help="Plan folder whose own words and corrections are used.")
]
_Row = tuple[str, str, str | None]


def sort(
    file: Annotated[Path, typer.Argument(help="CSV with the columns id, text and heading.")],
    json: JsonFlag = False,
    folder: _Folder = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each text with the words that led there marked.")
    ] = False,
    vectors: Annotated[
        Path | None, typer.Option(help="Folder of a local model; suggests where none is found.")
    ] = None,
) -> None:
    """Sort texts into areas of effort by the word lists, with the words that led there."""
    from jevn.participation.schemas import TO_SORT
    from jevn.participation.sorting import sort_learnt, sort_text
    from jevn.tables import read_table
    from jevn.tables.anyfile import with_other_columns

    schema = with_other_columns(file, TO_SORT)
    read = read_table(file, schema).select("id", "text", "heading").iter_rows()
    rows: list[_Row] = list(read)
    lists, learnt = _of_folder(folder)
    found: list[Sorted] = []
    for _, text, heading in rows:
        result = sort_text(text, heading, lists)
        found.append(result if learnt is None else sort_learnt(text, result, learnt))
    say = current_say()
    suggested = {} if vectors is None else _suggested(rows, found, vectors, say)
    if json:
        pairs = zip(rows, found, strict=True)
        print_json([sorted_json(row[0], one) | suggested.get(row[0], {}) for row, one in pairs])
        return
    if explain:
        _explain(rows, found, say)
    else:
        _show(rows, found, say)
    if learnt is not None:
        _show_learnt(learnt, say)
    for id, one in suggested.items():
        name = say(f"area.{one['suggested']}.short")
        nearness = say.number(one["nearness"], 2)
        console().print(say("participation.sort.suggested", id=id, area=name, nearness=nearness))


def words(
    area: Annotated[
        str | None, typer.Argument(help="Area of effort; without it all areas are counted.")
    ] = None,
    folder: _Folder = None,
    json: JsonFlag = False,
) -> None:
    """Show the word lists that texts are sorted by."""
    from jevn.participation.sorting import own_words_data, read_own_words, word_lists

    own = read_own_words(folder) if folder is not None else ()
    found = word_lists(own).words
    if area is not None:
        if area not in {a.value for a in AREAS}:
            known = ", ".join(a.value for a in AREAS)
            raise UserError("participation_unknown_area", given=area, known=known)
        found = tuple(w for w in found if w.area == EffortArea(area))
    if json:
        print_json(own_words_data(found))
    elif area is None:
        _count_words(found, current_say())
    else:
        _list_words(found, set(own), current_say())


def sorted_json(id: str, result: Sorted) -> dict[str, Any]:
    """A sorted text in the open form that the command prints."""
    return {
        "id": id,
        "areas": [area.value for area in result.areas],
        "words": {area.value: list(words) for area, words in result.words},
        "confidence": {area.value: value for area, value in result.confidence},
    }


def _suggested(
    rows: list[_Row], found: list[Sorted], folder: Path, say: Say
) -> dict[str, dict[str, Any]]:
    """The nearest area by the model of texts where no area was found."""
    from jevn.participation.sorting.vectors import load_vectors, suggest_areas

    left = [row for row, one in zip(rows, found, strict=True) if not one.areas]
    about = {area: say(f"area.{area.value}") for area in AREAS}
    near = suggest_areas([text for _, text, _ in left], about, load_vectors(folder))
    return {
        row[0]: {"suggested": one.area.value, "nearness": one.nearness}
        for row, one in zip(left, near, strict=True)
        if one is not None
    }


def _of_folder(folder: Path | None) -> tuple[WordLists | None, Learnt | None]:
    """The folder's word lists and what was learnt there."""
    if folder is None:
        return None, None
    from jevn.participation.correcting import learn_from
    from jevn.participation.sorting import word_lists
    from jevn.planwork import read_folder, voices_of

    work = read_folder(folder)
    lists, heard = word_lists(work.own_words), voices_of(work)
    return lists, learn_from(heard.contributions if heard else (), lists)


def _show(rows: list[_Row], found: list[Sorted], say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*(say(f"participation.table.{c}") for c in ("id", "area", "words")))
    for (id, _, _), result in zip(rows, found, strict=True):
        if not result.areas:
            table.add_row(Text(id), Text(say("participation.sort.none"), style="dim"), "")
        for number, (area, shown) in enumerate(result.words):
            name = say(f"area.{area.value}.short")
            table.add_row(Text("" if number else id), Text(name), Text(", ".join(shown)))
    console().print(table)


def _explain(rows: list[_Row], found: list[Sorted], say: Say) -> None:
    from rich.text import Text

    out = console()
    for (id, text, heading), result in zip(rows, found, strict=True):
        names = [say(f"area.{area.value}.short") for area in result.areas]
        title = Text(f"{id}  ")
        title.append(", ".join(names) or say("participation.sort.none"), style="bold")
        out.print(title)
        if heading:
            out.print(_marked(f"  {heading}:", result))
        out.print(_marked(f"  {text}", result))
        for area, shown in result.words:
            strength = dict(result.confidence)[area]
            name = say(f"area.{area.value}.short")
            out.print(Text(f"    {name} ({say.number(strength, 2)}): {', '.join(shown)}"))


def _marked(text: str, result: Sorted) -> Text:
    from rich.text import Text

    marked = Text(text)
    marked.highlight_words([w for _, shown in result.words for w in shown], "bold underline")
    return marked


def _show_learnt(learnt: Learnt, say: Say) -> None:
    from rich.text import Text

    out = console()
    out.print(say("participation.learnt.examples", n=learnt.examples))
    for one in learnt.areas:
        if one.wrong_learnt is None:
            continue
        text = say(
            "participation.learnt.used" if one.used else "participation.learnt.not_used",
            area=say(f"area.{one.area.value}.short"),
            listed=one.wrong_list,
            learnt=one.wrong_learnt,
            n=learnt.examples,
        )
        out.print(Text(text))


def _count_words(found: tuple[Word, ...], say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(say("participation.table.area"), say("participation.table.words"))
    for area in AREAS:
        count = sum(w.area == area for w in found)
        table.add_row(Text(say(f"area.{area.value}.short")), say.number(count, 0))
    console().print(table)


def _list_words(found: tuple[Word, ...], own: set[Word], say: Say) -> None:
    from rich.text import Text

    out = console()
    for kind in ("names", "hints", "otherwise", "not"):
        listed = [w for w in found if w.kind == kind]
        if listed:
            out.print(Text(say(f"participation.words.{kind}"), style="bold"))
            shown = (
                f"{w.text} ({say('participation.words.own')})" if w in own else w.text
                for w in listed
            )
            out.print(Text("  " + ", ".join(shown)))
