"""Tables in reports: groups' lists, ranked points, themes with points, and people.

A table is told by its head and its first column, and turned into the lines it would be without
being a table. A table that fits nothing known is left out and said to be doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jevn.participation.opening import Line
from jevn.participation.opening.lines import line_of
from jevn.participation.report import words

_Cells = tuple[str, ...]

_GROUP_HEAD = re.compile(r"(gruppe|grupp|gruppa|bord|group)(navn|namn|nr\.?)?", re.I)
_RANK_HEAD = re.compile(
    r"(prioritet|prioritering|pri\.?|rang|plass|nr\.?|nummer|#|rekkef\w+)", re.I
)
_RANK = re.compile(
    r"\(?(?:prioritet|pri\.?|nr\.?|plass)?\s*(\d{1,2})\s*[.):]?(?:\s*(?:prioritet|plass|valg|val))?",
    re.I,
)
_NAME_HEAD = re.compile(r"(navn|namn|name|deltak(er|ar)e?|deltagare|fornavn og etternavn)", re.I)
_HOME_HEAD = re.compile(r"(kommun[ea]?|fra|frå|från|sted|stad|bosted|bustad)", re.I)
_ROLE_HEAD = re.compile(
    r"(rolle|roll|funksjon|stilling|verv|parti|tittel|organisasjon|virksomhet|verksemd|representerer"
    r"|representerar|utvalg|utval|gruppe)",
    re.I,
)
_THEME_HEAD = re.compile(r"(tema|område|emne|kategori|spørsmål|stikkord|overskrift)", re.I)
_POINT_HEAD = re.compile(
    r"(innspill?|innspel|punkt(er|a)?|svara?|forslag|kommentar(er|ar)?|tiltak|hva|kva|idé\w*"
    r"|prioriterte punkter|tekst|resultat\w*|stikkord)",
    re.I,
)


def without_tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with each table turned into ordinary lines.

    Rows of one table may be parted by page breaks; a head that comes back on the next page is
    dropped.
    """
    found: list[Line] = []
    rows: list[Line] = []
    after: list[Line] = []
    for line in lines:
        if line.kind == "row":
            if rows and after and len(rows[-1].cells) != len(line.cells):
                found += [*_lines_of(rows), *after]
                rows = []
            rows.append(line)
            after = []
        elif rows and line.kind in ("furniture", "blank"):
            after.append(line)
        else:
            found += [*_lines_of(rows), *after, line]
            rows, after = [], []
    return (*found, *_lines_of(rows), *after)


def _lines_of(rows: list[Line]) -> list[Line]:
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        return []
    rows = [rows[0], *(row for row in rows[1:] if row.cells != rows[0].cells)]
    reading = (
        _people(rows)
        or _groups_in_head(rows)
        or _groups_by_row(rows)
        or _ranked(rows)
        or _themes(rows)
    )
    if reading:
        return reading
    return [replace(rows[0], kind="unread", text=" | ".join(rows[0].cells), cells=())]


# --- groups ------------------------------------------------------------------------------


def _groups_in_head(rows: list[Line]) -> list[Line]:
    """One column per group: ``Gruppe 1 | Gruppe 2``, with the points below in order."""
    head = rows[0].cells
    columns = [i for i, cell in enumerate(head) if _group(cell)]
    if len(columns) < 2 or len(columns) < len([c for c in head if c.strip()]) - 1:
        return []
    found: list[Line] = []
    for column in columns:
        found.append(_text(rows[0], head[column]))
        found += _points(
            [(row, _cell(row, column), _cell(row, 0) if columns[0] else "") for row in rows[1:]]
        )
    return found


def _groups_by_row(rows: list[Line]) -> list[Line]:
    """One row per group, or one row per point with the group in the first column."""
    headed = bool(_GROUP_HEAD.fullmatch(rows[0].cells[0].strip()))
    body = rows[1:] if headed else rows
    named = [bool(_group(_cell(row, 0))) for row in body]
    numbered = headed and all(re.fullmatch(r"\d{1,2}|[A-ZÆØÅ]?", _cell(r, 0)) for r in body)
    if not body or not (numbered or (any(named) and (headed or named[0]))):
        return []
    if not headed and not all(
        name or not _cell(row, 0) for name, row in zip(named, body, strict=True)
    ):
        return []
    rank = _rank_column(rows[0].cells, body) if headed else None
    found: list[Line] = []
    for name, group in _by_group(body, rows[0].cells[0].strip() if headed else ""):
        found.append(_text(group[0], name))
        if rank is not None:
            rest = [i for i in range(1, len(rows[0].cells)) if i != rank]
            found += _points([(row, _joined(row, rest), _cell(row, rank)) for row in group])
        else:
            cells = [(row, c, "") for row in group for c in row.cells[1:]]
            found += _points(cells)
    return found


def _by_group(body: list[Line], head: str) -> Iterator[tuple[str, list[Line]]]:
    """Rows of each group; an empty first cell belongs to the group above."""
    name, group = "", list[Line]()
    for row in body:
        own = _cell(row, 0)
        own = f"{head} {own}" if head and re.fullmatch(r"\d{1,2}|[A-ZÆØÅ]", own) else own
        if own and words.key(own) != words.key(name):
            if group:
                yield name, group
            name, group = own, []
        group.append(row)
    if group:
        yield name, group


def _rank_column(head: _Cells, body: list[Line]) -> int | None:
    for i, cell in enumerate(head):
        ranks = [bool(_RANK.fullmatch(_cell(row, i))) for row in body if _cell(row, i)]
        if i and _RANK_HEAD.fullmatch(cell.strip()) and ranks and all(ranks):
            return i
    return None


def _group(cell: str) -> str | None:
    return words.group_name(cell) or words.named_group(cell)


# --- other tables -------------------------------------------------------------------------


def _ranked(rows: list[Line]) -> list[Line]:
    """A rank and a point in each row, of the group or question above."""
    if len(rows[0].cells) != 2:
        return []
    headed = bool(_RANK_HEAD.fullmatch(rows[0].cells[0].strip()))
    body = rows[1:] if headed else rows
    if not body or not all(_RANK.fullmatch(_cell(row, 0)) for row in body):
        return []
    return _points([(row, _cell(row, 1), _cell(row, 0)) for row in body])


def _themes(rows: list[Line]) -> list[Line]:
    """A theme and its points in each row."""
    if len(rows[0].cells) != 2:
        return []
    head = [cell.strip().rstrip(":") for cell in rows[0].cells]
    headed = bool(_THEME_HEAD.fullmatch(head[0]) and _POINT_HEAD.match(head[1]))
    asked = all(words.asks(_cell(row, 0)) for row in rows if _cell(row, 0))
    if not headed and not asked:
        return []
    found: list[Line] = []
    for row in rows[1:] if headed else rows:
        if theme := _cell(row, 0):
            kind = "heading" if words.asks(theme) else "text"
            line = _text(row, theme)
            found.append(replace(line, kind="heading", level=6) if kind == "heading" else line)
        for part in _parts(_cell(row, 1)):
            found.append(_item(row, part, None))
    return found


def _people(rows: list[Line]) -> list[Line]:
    """A table with a column of names; what is not name, role or municipality is left out."""
    head = [cell.strip().rstrip(":") for cell in rows[0].cells]
    name = next((i for i, cell in enumerate(head) if _NAME_HEAD.fullmatch(cell)), None)
    if name is None or len(head) < 2:
        return []
    home = next((i for i, cell in enumerate(head) if _HOME_HEAD.fullmatch(cell)), None)
    roles = [i for i, cell in enumerate(head) if _ROLE_HEAD.fullmatch(cell)]
    return [
        replace(
            row,
            kind="row",
            cells=(
                _cell(row, name),
                ", ".join(c for i in roles if (c := _cell(row, i))),
                _cell(row, home) if home is not None else "",
            ),
        )
        for row in rows[1:]
        if _cell(row, name)
    ]


# --- lines --------------------------------------------------------------------------------


def _points(cells: list[tuple[Line, str, str]]) -> list[Line]:
    """Ranked points; a rank in the table goes before the place in it."""
    found: list[Line] = []
    for row, text, given in cells:
        rank = _RANK.fullmatch(given.strip())
        for part in _parts(text):
            number = int(rank[1]) if rank else len(found) + 1
            found.append(_item(row, part, number))
    return found


def _parts(cell: str) -> list[str]:
    """Points of a cell: its paragraphs, or what is numbered in it."""
    parts: list[str] = []
    for text in cell.split("\n"):
        line = line_of(1, text)
        if line.text and line.text not in ("-", "–", "—"):
            parts.append(line.text)
    return parts


def _item(row: Line, text: str, rank: int | None) -> Line:
    item = replace(row, text=text, cells=(), rank=rank, goes_on=False)
    if rank is None:
        return replace(item, kind="bullet", mark="•")
    return replace(item, kind="numbered", mark=f"{rank}.")


def _text(row: Line, text: str) -> Line:
    return replace(
        row, kind="text", text=" ".join(text.split()), cells=(), bold=True, goes_on=False
    )


def _cell(row: Line, i: int) -> str:
    return row.cells[i].strip() if i < len(row.cells) else ""


def _joined(row: Line, columns: list[int]) -> str:
    return "\n".join(c for i in columns if (c := _cell(row, i)))
