"""People in a report: names, roles and municipalities, also two on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jevn.participation.report import words
from jevn.participation.results import Participant

_PARTICLES = {"av", "von", "van", "de", "der", "den", "af", "la", "el", "al", "bin", "da", "dos"}
_NAME_WORD = re.compile(r"[A-ZÆØÅÄÖÉÜÁ][\w.'’-]*")
_ENTRY = re.compile(
    r"(?P<name>[^,()]+?)\s*(?:\((?P<within>[^)]*)\))?\s*(?:(?:,|\s[–—-])\s*(?P<role>.+))?"
)
_FOR = re.compile(r"(?P<body>.+?)\s+v/\s*(?P<rest>.+)", re.IGNORECASE)
_SLASH = re.compile(r"(?<![vVmM])/")
_AND = re.compile(r"\s+(?:og|&)\s+|\s*;\s*")
_PLACE = re.compile(
    r"(?!.*(?i:forbund|kors\b|kirk|skole|skule|senter|hus\b|nav\b|helse|oppvekst|kultur|omsorg|teknisk"
    r"|plan|barne|økonomi|miljø|næring|utdanning|utdaning|velferd|sosial|idrett|eining|enhet|avdeling"
    r"|sektor|etat|bydel|forvalt|personal|politi|kunnskap|bibliotek|senior|nytt\b|mdg|krf|frp|inp))"
    r"[A-ZÆØÅ][a-zæøå]{2,}(?:[- ][A-ZÆØÅ]?[a-zæøå]+){0,2}(?:\s+kommune)?"
)
_KOMMUNE = re.compile(r"\s+kommun[ea]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as one line says it, before the headings above it are brought in."""

    name: str
    within: str | None
    role: str | None


def is_name(text: str) -> bool:
    """Whether a text looks like a person's full name: two to six capitalised words.

    >>> is_name("Kari von der Nes"), is_name("Leder av prosjektet i Elvebyen")
    (True, False)
    """
    parts = text.split()
    if not 2 <= len(parts) <= 6 or words.is_role(text):
        return False
    return all(p in _PARTICLES or _NAME_WORD.fullmatch(p) for p in parts) and parts[0][:1].isupper()


def entries_of(line: str) -> list[Entry]:
    """The people on one line; empty if the line does not look like people.

    People may be parted by a slash, *og*, a semicolon, or commas between full names. A
    slash in *v/* (*ved*) parts an organisation from its representative.
    """
    for pieces in (_SLASH.split(line), _AND.split(line)):
        people = [_entry(piece.strip()) for piece in pieces]
        if len(pieces) > 1 and all(people):
            return [p for p in people if p]
    commas = [piece.strip() for piece in re.split(r",(?![^(]*\))", line)]
    people = [_entry(piece) for piece in commas]
    if len(commas) > 1 and all(p and p.role is None for p in people):
        return [p for p in people if p]
    single = _entry(line.strip())
    return [single] if single else []


def _entry(text: str) -> Entry | None:
    body = None
    if found := _FOR.fullmatch(text):
        body, text = found["body"].strip(), found["rest"]
    elif ":" in text:
        before, _, after = text.partition(":")
        if words.is_role(before):
            body, text = before.strip(), after.strip()
    entry = _ENTRY.fullmatch(text.strip(" .*"))
    if not entry or not is_name(entry["name"].strip()):
        return None
    own = entry["role"].strip() if entry["role"] else None
    role = ", ".join(x for x in (body, own) if x) or None
    return Entry(entry["name"].strip(), (entry["within"] or "").strip() or None, role)


def municipality_name(heading: str) -> str:
    """A heading in a list of people as the name of a municipality: no colon, no *kommune*."""
    return _KOMMUNE.sub("", heading.strip().rstrip(":").strip())


def initials(name: str) -> str:
    """First letters of a municipality's name, as lists abbreviate it: ``NE`` for Nedre Eiker."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as the line says it, with the headings that stand above.

    Attributes:
        entry: the person.
        role: role named by the heading above, if any.
        municipality: municipality named by the heading above, if any.
        heading: heading of the whole list.
        running: named in running text, where a place in parentheses is the municipality.
    """

    entry: Entry
    role: str | None
    municipality: str | None
    heading: str | None
    running: bool = False


def _place_within(
    within: str, home: str | None, known: tuple[str, ...], running: bool
) -> tuple[str | None, str | None]:
    """Municipality and the rest of what stands in parentheses after a name."""
    rest: list[str] = []
    for piece in (p.strip() for p in within.split(",")):
        matches = [m for m in known if piece.upper() in (m.upper(), initials(m).upper())]
        if len(matches) == 1:
            home = matches[0]
        elif running and home is None and _PLACE.fullmatch(piece) and not words.is_role(piece):
            home = municipality_name(piece)
        else:
            rest.append(piece)
    return home, ", ".join(rest) or None


def places_in(found: Iterable[Listed], known: Iterable[str]) -> list[str]:
    """Municipalities that several people in a list are said to come from, in the list's words.

    A name of a place that stands behind two or more people is taken for one, unless it is known
    already; what stands behind one alone may be anything.
    """
    counts: dict[str, int] = {}
    for listed in found:
        for piece in _pieces(f"{listed.entry.within or ''}, {listed.entry.role or ''}"):
            if _PLACE.fullmatch(piece) and not words.is_role(piece):
                name = municipality_name(piece)
                counts[name] = counts.get(name, 0) + 1
    return [name for name, count in counts.items() if count > 1 and name not in set(known)]


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r",|\s[–—-]\s", text) if piece.strip()]


def participant(listed: Listed, known: Iterable[str]) -> Participant:
    """A person with the role and municipality that headings and abbreviations give.

    Args:
        listed: the person and the headings above.
        known: municipalities named anywhere in the list of people.
    """
    known = tuple(known)
    entry = listed.entry
    within, home = entry.within, listed.municipality
    if within:
        home, within = _place_within(within, home, known, listed.running)
    if home is None and entry.role:
        named = [m for m in known if re.search(rf"\b{re.escape(m)}\b", entry.role)]
        home = named[0] if len(named) == 1 else None
    own = [x for x in _pieces(entry.role or "") if municipality_name(x) != home]
    said = (
        entry.role if home is None or len(own) == len(_pieces(entry.role or "")) else ", ".join(own)
    )
    role = ", ".join(x for x in (listed.role, within, said) if x) or None
    return Participant(entry.name, role, home, listed.heading)
