"""Reading a conversation from pol.is' export, or from any table of people and statements."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from jevn.participation.opinions import files
from jevn.participation.opinions.conversation import (
    Conversation,
    Moderated,
    Statement,
    conversation,
)
from jevn.participation.opinions.files import Table, open_table, refused, stop
from jevn.tables.delimited import decode
from jevn.terms import Problem, UserError

_NONE = -128
"""Stands for no vote while a matrix is read."""
_MATRICES = ("participants-votes.csv", "participant-votes.csv")
_MOST_CELLS = 400_000_000
_MOST_STATEMENTS = 20_000

_Parts = tuple[list[str], list[str], tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]]


def read_conversation(path: Path, *, name: str | None = None) -> Conversation:
    """Read a conversation.

    Of a folder, ``votes.csv`` gives the votes (the latest of a person on a statement
    counts), else ``participants-votes.csv``; ``comments.csv`` gives the statements and
    which are rejected. Where both files of votes are there, people without votes are taken
    from the second. A file stands alone: a long table of votes, or a matrix with people as
    rows and statements as columns. UTF-8, UTF-16 and Windows' Western code page are
    understood, and comma, semicolon and tab. Nothing is guessed: what is no vote is refused.

    Args:
        path: a folder or a CSV file.
        name: what to call it in messages (default: its name).

    Raises:
        UserError: ``opinions_missing`` if there is no such folder or file.
        InputRefused: ``opinions_*`` with file and row for each fault, and nothing read.
    """
    label = path.name if name is None else name
    if path.is_dir():
        return _folder(path, f"{label}/" if name else "")
    if not path.exists():
        raise UserError("opinions_missing", path=label)
    table = open_table(path, label, files.MATRIX)
    parts, time = _votes(table)
    return conversation(parts[0], [Statement(id) for id in parts[1]], parts[2], time=time)


def _folder(path: Path, prefix: str) -> Conversation:
    votes, matrix, comments = (
        _found(path, name) for name in (files.VOTES, files.MATRIX, files.COMMENTS)
    )
    if votes is None and matrix is None and comments is None:
        raise UserError("opinions_no_files", folder=path.name)
    known = None if comments is None else _statements(comments, prefix + comments.name)
    source = votes or matrix
    if source is None:
        return conversation([], known or [], ([], [], []))
    kind = files.VOTES if votes else files.MATRIX
    table = open_table(source, prefix + source.name, kind)
    parts, time = _votes(table)
    people, ids, (person, statement, vote) = parts
    if votes and matrix:
        people = _and_silent(people, open_table(matrix, prefix + matrix.name, files.MATRIX))
    if known is None:
        return conversation(people, [Statement(id) for id in ids], parts[2], time=time)
    place = {s.id: i for i, s in enumerate(known)}
    unknown = [id for id in ids if id not in place]
    if 2 * len(unknown) > len(ids):  # else the export has left out the text of a few
        told = ", ".join(unknown[:10])
        raise refused("opinions_unknown_statement", table.name, ids=told, n=len(unknown))
    known = [*known, *(Statement(id) for id in unknown)]
    place |= {id: len(place) + i for i, id in enumerate(unknown)}
    moved = np.array([place[id] for id in ids], dtype=np.int64)[np.asarray(statement)]
    return conversation(people, known, (person, moved, vote), time=time)


def _found(folder: Path, name: str) -> Path | None:
    """The file, by its name or as ``<anything>-<name>``, as some exports call it."""
    if (folder / name).is_file():
        return folder / name
    others = sorted(p for p in folder.glob(f"*-{name}") if p.is_file())
    if name == files.VOTES:
        others = [
            p
            for p in others
            if not p.name.endswith(("participants-votes.csv", "participant-votes.csv"))
        ]
    if name == files.MATRIX and not others:
        others = sorted(folder.glob("*participant-votes.csv"))
    if len(others) > 1:
        names = ", ".join(p.name for p in others)
        raise refused("opinions_several", others[1].name, names=names)
    return others[0] if others else None


def _votes(table: Table) -> tuple[_Parts, npt.NDArray[np.int64] | None]:
    """Votes of a long table or a matrix, whichever it is."""
    columns = [table.column(names) for names in (files.PERSON, files.STATEMENT, files.VOTE)]
    if all(c is not None for c in columns):
        return _long(table, [c for c in columns if c is not None])
    if columns[1] is not None or table.column(files.TEXT) is not None:
        raise refused("opinions_format", table.name)
    return _matrix(table), None


def _long(table: Table, columns: list[int]) -> tuple[_Parts, npt.NDArray[np.int64] | None]:
    """One row per vote; the latest of a person on a statement counts."""
    table.check_rows()
    person, statement, vote = (str(c) for c in columns)
    time = table.column(files.TIME)
    kinds: dict[int, type[pl.DataType]] = dict.fromkeys(columns[:2], pl.String)
    kinds[columns[2]] = pl.Int8
    if time is not None:
        kinds[time] = pl.Int64
    frame = table.read(kinds)
    if frame is None:
        frame = _checked(table, columns, time)
    frame = frame.with_columns(_plain_ids(frame[person]), _plain_ids(frame[statement]))
    _refuse_cells(table, frame, columns, time)
    people, who = _coded(frame[person])
    ids, what = _coded(frame[statement])
    if len(ids) > _MOST_STATEMENTS:
        raise refused("opinions_too_many", table.name, most=_MOST_STATEMENTS)
    # ids as numbers from here on: texts would take most of the memory
    coded = pl.DataFrame({"who": who, "what": what, "vote": frame[vote]})
    if time is not None:
        coded = coded.with_columns(when=frame[str(time)])
    del frame
    if time is not None:
        coded = coded.sort("when", maintain_order=True)
    coded = coded.unique(["who", "what"], keep="last", maintain_order=True)
    votes = tuple(coded[name].to_numpy() for name in ("who", "what", "vote"))
    when = None if time is None else coded["when"].to_numpy()
    return (people, ids, (votes[0], votes[1], votes[2])), when


def _plain_ids(ids: pl.Series) -> pl.Series:
    """Ids without blanks around; numbers that a program has written as 7.0 are 7."""
    ids = ids.str.strip_chars()
    if ids.len() and ids.str.ends_with(".0").all():
        plain = ids.str.strip_suffix(".0")
        if plain.str.contains(r"^[0-9]+$").all():
            return plain
    return ids


def _coded(ids: pl.Series) -> tuple[list[str], pl.Series]:
    """Different ids, and the place of each among them."""
    different = ids.unique(maintain_order=True)
    return different.to_list(), ids.cast(pl.Enum(different)).to_physical().cast(pl.Int32)


def _checked(table: Table, columns: list[int], time: int | None) -> pl.DataFrame:
    """The same read as text, with votes such as ``1.0`` understood and faults told by row."""
    wanted = [*columns, *([] if time is None else [time])]
    frame = table.read(dict.fromkeys(wanted, pl.String))
    if frame is None:  # all columns are texts, so that cannot be
        raise refused("opinions_format", table.name)
    problems = _odd_votes(table, frame[str(columns[2])], "vote")
    if time is not None:
        when = frame[str(time)].str.strip_chars().cast(pl.Int64, strict=False)
        for row in when.is_null().arg_true()[:10].to_list():
            given = frame[str(time)][row] or ""
            problems.append(_problem("opinions_time", table, row, "timestamp", given))
        frame = frame.with_columns(when.alias(str(time)))
    stop(problems)
    return frame.with_columns(_as_votes(frame[str(columns[2])]))


def _refuse_cells(table: Table, frame: pl.DataFrame, columns: list[int], time: int | None) -> None:
    """Refuse rows without person, statement, vote or time, and other votes than -1, 0, 1."""
    problems = []
    for column in columns[:2]:
        cell = frame[str(column)]
        for row in (cell.is_null() | (cell == "")).arg_true()[:10].to_list():
            problems.append(_problem("opinions_no_id", table, row, table.headings[column], ""))
    vote = frame[str(columns[2])]
    for row in (~vote.is_in([-1, 0, 1]) | vote.is_null()).fill_null(True).arg_true()[:10]:
        given = "" if vote[row] is None else str(vote[row])
        problems.append(_problem("opinions_vote", table, row, table.headings[columns[2]], given))
    if time is not None:
        for row in frame[str(time)].is_null().arg_true()[:10].to_list():
            problems.append(_problem("opinions_time", table, row, table.headings[time], ""))
    stop(sorted(problems, key=lambda p: p.row or 0))


def _matrix(table: Table) -> _Parts:
    """People as rows, statements as columns, an empty cell where there is no vote."""
    person = table.column(files.PERSON)
    first = 0 if person is None else person
    chosen = [
        i for i, key in enumerate(table.keys) if i != first and key not in files.COUNTS and key
    ]
    if not chosen:
        raise refused("opinions_format", table.name)
    if len(chosen) > _MOST_STATEMENTS:
        raise refused("opinions_too_many", table.name, most=_MOST_STATEMENTS)
    table.check_rows()
    frame = table.read({**dict.fromkeys(chosen, pl.Int8), first: pl.String})
    if frame is None:
        frame = table.read({first: pl.String, **dict.fromkeys(chosen, pl.String)})
        if frame is None:
            raise refused("opinions_format", table.name)
        stop([p for c in chosen for p in _odd_votes(table, frame[str(c)], table.headings[c])])
        frame = frame.with_columns(_as_votes(frame[str(c)]) for c in chosen)
    names = [str(c) for c in chosen]
    if frame.height * len(names) > _MOST_CELLS:
        raise refused("opinions_too_many", table.name, most=_MOST_STATEMENTS)
    cells = np.empty((frame.height, len(names)), dtype=np.int8)
    for i, name in enumerate(names):
        cells[:, i] = frame[name].fill_null(_NONE).to_numpy()
    people = _plain_ids(frame[str(first)].fill_null(""))
    empty = (people == "").to_numpy() & (cells == _NONE).all(axis=1)
    stop(_matrix_faults(table, frame, cells, people, empty, first, chosen))
    cells, listed = cells[~empty], people.filter(~empty).to_list()
    who, what = np.nonzero(cells != _NONE)
    votes = (who.astype(np.int32), what.astype(np.int32), cells[who, what])
    return listed, [table.headings[c] for c in chosen], votes


def _matrix_faults(
    table: Table,
    frame: pl.DataFrame,
    cells: npt.NDArray[np.int8],
    people: pl.Series,
    empty: npt.NDArray[np.bool_],
    first: int,
    chosen: list[int],
) -> list[Problem]:
    """Cells that are no votes, rows without person, and persons with several rows."""
    heading = table.headings[first]
    problems = []
    odd = (cells != _NONE) & ((cells < -1) | (cells > 1))
    given = sum(frame[str(c)].null_count() for c in chosen)
    if odd.any() or given != np.count_nonzero(cells == _NONE):
        for c in chosen:
            column = frame[str(c)]
            wrong = (~column.is_in([-1, 0, 1])).fill_null(False).arg_true()
            problems += [
                _problem("opinions_vote", table, row, table.headings[c], str(column[row]))
                for row in wrong[:10].to_list()
            ]
    for row in np.flatnonzero((people == "").to_numpy() & ~empty)[:10].tolist():
        problems.append(_problem("opinions_no_id", table, row, heading, ""))
    twice = people.is_duplicated() & (people != "")
    for row in twice.arg_true()[:10].to_list():
        problems.append(_problem("opinions_same_person", table, row, heading, people[row]))
    return sorted(problems, key=lambda p: p.row or 0)


def _and_silent(people: list[str], matrix: Table) -> list[str]:
    """People of the votes, then those of the matrix who have given none."""
    person = matrix.column(files.PERSON)
    frame = matrix.read({0 if person is None else person: pl.String})
    if frame is None:
        return people
    listed = _plain_ids(frame.to_series().drop_nulls()).to_list()
    return list(dict.fromkeys([*people, *(id for id in listed if id)]))


def _statements(path: Path, name: str) -> list[Statement]:
    """Statements of ``comments.csv``."""
    table = open_table(path, name, files.COMMENTS)
    id, text = table.column(files.STATEMENT), table.column(files.TEXT)
    if id is None or text is None:
        raise refused("opinions_format", name)
    moderated, author, time = (
        table.column(names) for names in (files.MODERATED, files.AUTHOR, files.TIME)
    )
    source = table.source
    data = source.decode() if isinstance(source, bytes) else decode(source.read_bytes(), name)
    rows = csv.reader(io.StringIO(data.lstrip("\n")), delimiter=table.separator, strict=True)
    found: list[Statement] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    begins = 1
    try:
        for record in rows:
            row, begins = begins + table.above, rows.line_num + 1
            if row == 1 + table.above or not any(cell.strip() for cell in record):
                continue
            if len(record) != len(table.headings):
                problems.append(Problem("opinions_cells", name, row, params={"why": ""}))
                continue
            own = record[id].strip()
            mark = "0" if moderated is None else record[moderated].strip() or "0"
            if not own:
                problems.append(Problem("opinions_no_id", name, row, "comment-id"))
            elif own in seen:
                problems.append(Problem("opinions_same_statement", name, row, params={"id": own}))
            if mark not in ("-1", "0", "1"):
                problems.append(Problem("opinions_moderated", name, row, params={"given": mark}))
                continue
            seen.add(own)
            when = "" if time is None else record[time].strip()
            marks: dict[str, Moderated] = {"-1": -1, "0": 0, "1": 1}
            found.append(
                Statement(
                    own,
                    record[text],
                    marks[mark],
                    None if author is None else record[author].strip() or None,
                    int(when) if when.lstrip("-").isdecimal() and len(when) < 19 else None,
                )
            )
    except csv.Error as error:
        problems.append(Problem("opinions_cells", name, begins, params={"why": str(error)}))
    stop(problems)
    return found


def _odd_votes(table: Table, cells: pl.Series, heading: str) -> list[Problem]:
    """A problem for each of the first cells that are no votes."""
    odd = cells.is_not_null() & _as_votes(cells).is_null() & (cells.str.strip_chars() != "")
    return [
        _problem("opinions_vote", table, row, heading, cells[row])
        for row in odd.arg_true()[:10].to_list()
    ]


def _as_votes(cells: pl.Series) -> pl.Series:
    """Texts as votes: 1, 1.0, +1, and a true minus sign; anything else is null."""
    plain = cells.str.strip_chars().str.replace("−", "-", literal=True)
    number = plain.str.strip_prefix("+").cast(pl.Float64, strict=False)
    return number.replace_strict({-1.0: -1, 0.0: 0, 1.0: 1}, default=None, return_dtype=pl.Int8)


def _problem(id: str, table: Table, row: int, column: str, given: str) -> Problem:
    short = given if len(given) <= 40 else given[:39] + "…"
    return Problem(id, table.name, row + 2 + table.above, column, {"given": short})
