"""A proposed mapping of a spreadsheet's columns, to be looked over by a person."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from jevn.participation.contributions.sheet import Answers, below, sheets_of
from jevn.sources.sheets import Sheet, said
from jevn.tables.faults import shorten
from jevn.terms import Say

_WITHIN = 25
_MOST_VALUES = 20
_HEADINGS = (
    ("address", r"e-?post|e-?mail"),
    (
        "date",
        r"dato|tidspunkt|fullført|starttid|completion time|created|published|tidsstempel|sendt|levert",  # noqa: E501
    ),
    ("age_group", r"\balder|aldersgruppe|\bage\b"),
    ("support", r"støtte|stemmer|votes|likes|endorsements|tilslutning|stønad"),
    (
        "sender_type",
        r"hvem er du|kven er du|svarer som|svarar som|type avsender|avsendertype|rolle|\btype\b",
    ),
    (
        "place",
        r"hvor (?:bor|i)|kor bur|bydel|\bsone\b|\bsted\b|\bstad\b|\bkrets\b|grend|scope|lokalmiljø",
    ),
    ("heading", r"tittel|title|overskrift"),
    ("sender", r"\bnavn\b|\bnamn\b|avsender|organisasjon|author|forfatter|^name$"),
    ("areas", r"innsatsområde|innsatsområder"),
    ("id", r"^id$|respondent|svar-?id|referanse|reference|^nr\.?$|^nummer$"),
)
_TEXT = re.compile(
    r"forslag|innspill|innspel|hva\b|kva\b|kommentar|fritekst|beskriv|body|idé|tekst|melding"
    r"|begrunn|ønske|ønskje|savner|saknar|uttalelse|fråsegn|merknad|description|\?$",
    re.IGNORECASE,
)
_SENDERS = (
    ("person", r"innbygg|privat|person|beboer|bebuar|forelder|pårørende|elev|student"),
    ("council", r"råd\b|rådet|utvalg|utval"),
    ("organisation", r"organisasjon|frivillig|lag\b|forening|foreining|velforening"),
    ("business", r"bedrift|næring|virksomhet"),
    ("public_body", r"kommun|offentlig|offentleg|etat|ansatt|tilsett"),
    ("politician", r"politi[ck]|folkevalg|folkevald"),
)


def guess_mapping(path: Path, say: Say) -> str:
    """A mapping as YAML with examples from each column, to be confirmed or corrected.

    Args:
        path: the spreadsheet.
        say: language of the explanations.

    Raises:
        InputRefused: if the file cannot be read.
    """
    sheet, found = _best(path)
    roles = _roles(found)
    lines = [f"# {say('participation.mapping.check')}", "kind: ideas"]
    if sheet.name:
        lines.append(f"sheet: {_quoted(sheet.name)}")
    lines.append(f"header: {found.header}")
    texts = [i for i, role in roles.items() if role == "text"]
    if len(texts) == 1:
        lines += [_example(found, texts[0]), f"text: {_quoted(found.headings[texts[0]])}"]
    elif texts:
        lines.append(f"# {say('participation.mapping.each')}")
        lines.append("each:")
        for i in texts:
            lines += [f"  {_example(found, i)}", f"  - {_quoted(found.headings[i])}"]
    for name, _ in _HEADINGS:
        lines += _line(found, name, roles)
    lines += _values(found, roles, say)
    left = [found.headings[i] for i in range(len(found.headings)) if i not in roles]
    if any(left):
        names = ", ".join(shorten(h, 50) for h in left if h)
        lines.append(f"# {say('participation.mapping.unused', names=names)}")
    return "\n".join(lines) + "\n"


def _best(path: Path) -> tuple[Sheet, Answers]:
    """The sheet and header line with most headings that look like something."""
    tried: list[tuple[tuple[int, int, int], Sheet, Answers]] = []
    for sheet in sheets_of(path):
        for number in sheet.numbers[:_WITHIN]:
            found = below(sheet, number, number)
            if found.rows:
                texts = sum(role == "text" for role in _roles(found).values())
                known = len(_roles(found))
                tried.append(((min(texts, 1), known, -number), sheet, found))
    if not tried:
        sheet = sheets_of(path)[0]
        return sheet, below(sheet, sheet.numbers[0], sheet.numbers[0])
    _, sheet, found = max(tried, key=lambda entry: entry[0])
    return sheet, found


def _roles(found: Answers) -> dict[int, str]:
    """What each column seems to hold; columns that nothing tells of are left out."""
    roles: dict[int, str] = {}
    for i, heading in enumerate(found.headings):
        cells = _column(found, i)
        if not heading or not cells:
            continue
        long = sum(len(c) for c in cells) / len(cells) >= 25
        named = next((n for n, p in _HEADINGS if re.search(p, heading, re.IGNORECASE)), None)
        if _TEXT.search(heading) and (long or named is None) and not _few(cells):
            roles[i] = "text"
        elif named is not None and named not in roles.values() and not (long and named == "areas"):
            roles[i] = named
    if "text" not in roles.values():
        lengths = {
            i: sum(map(len, c)) / len(c)
            for i, h in enumerate(found.headings)
            if h and i not in roles and (c := _column(found, i))
        }
        longest = max(lengths, key=lambda i: lengths[i], default=None)
        if longest is not None and lengths[longest] >= 15:
            roles[longest] = "text"
    return roles


def _column(found: Answers, at: int) -> list[str]:
    return [t for _, cells in found.rows[:500] if at < len(cells) and (t := said(cells[at]))]


def _few(cells: Sequence[str]) -> bool:
    """Whether the same few values come again and again, as in a multiple choice."""
    return len(cells) >= 8 and len(set(cells)) <= len(cells) / 4


def _line(found: Answers, name: str, roles: dict[int, str]) -> list[str]:
    at = next((i for i, role in roles.items() if role == name), None)
    if at is None:
        return []
    return [_example(found, at), f"{name}: {_quoted(found.headings[at])}"]


def _values(found: Answers, roles: dict[int, str], say: Say) -> list[str]:
    lines: list[str] = []
    for name in ("sender_type", "place"):
        at = next((i for i, role in roles.items() if role == name), None)
        if at is None:
            continue
        values = list(dict.fromkeys(_column(found, at)))[:_MOST_VALUES]
        lines.append(f"  {name}:")
        for value in values:
            meant = next(
                (k for k, p in _SENDERS if name == "sender_type" and re.search(p, value, re.I)), ""
            )
            lines.append(f"    {_quoted(value)}: {meant or 'null'}")
    return [f"# {say('participation.mapping.values')}", "values:", *lines] if lines else []


def _example(found: Answers, at: int) -> str:
    cells = _column(found, at)
    return f"# «{shorten(cells[0], 60)}»" if cells else "#"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
