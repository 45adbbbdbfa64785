"""People named in running text: *Til stede: Kari Nes (leder, Elvebyen), Ola Vik og Per Moe*."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jevn.participation.report import people, words

_PLACE_NAME = r"[A-ZÆØÅÄÖ][\w-]+(?:\s+[A-ZÆØÅÄÖ][\w-]+){0,2}"
_FROM = r"(?i:fra|frå|från)"
_GENERAL = (
    r"(?i:til\s?stede|til\s?stades|delta[kg](?:ere|arar|are)|deltok|deltog|oppmøte|fr[ae]mmøtte?|møtte|møtt"
    r"|närvarande|medverkande|medvirkende)"
)
_OFFICE = (
    r"(?i:referent|møteleder|møteleiar|ordstyrer|ordstyrar|fasilitator(?:er|ar)?|prosessleder|prosessleiar"
    r"|sekretær|innleder|innleiar|gruppeleder|gruppeleiar|bordvert)"
)
_OPENINGS = (
    re.compile(
        rf"(?P<general>{_GENERAL})(?:\s+(?i:var|på møtet|i møtet))?"
        rf"(?:\s+{_FROM}\s+(?P<home>{_PLACE_NAME})(?:\s+(?i:kommun[ea]?))?)?(?:\s*[:–]\s*|(?<=var)\s+)(?P<list>\S.*)"
    ),
    re.compile(
        rf"{_FROM}\s+(?P<home>{_PLACE_NAME})(?:\s+(?i:kommun[ea]?))?\s*:\s*(?P<list>[A-ZÆØÅ].*)"
    ),
    re.compile(
        r"(?P<body>[A-ZÆØÅ][a-zæøå]*grupp[ae]n?)\s+(?:besto|bestod|består|var)\s+(?:av\s+)?(?P<list>\S.*)"
    ),
    re.compile(rf"(?P<office>{_OFFICE})\s*[:–]\s*(?P<list>\S.*)"),
    re.compile(
        rf"{_FROM}\s+(?P<home>{_PLACE_NAME}?)(?:\s+(?i:kommun[ea]?))?"
        r"\s+(?i:møtte|deltok|stilte|kom|deltog|var)(?:\s+(?i:disse|desse))?\s*:?\s*(?P<list>[A-ZÆØÅa-zæøå].*)"
    ),
)
_AT_PLACE = re.compile(rf"(?P<home>{_PLACE_NAME})(?:\s+(?i:kommun[ea]?))?\s*:\s+(?P<list>\S.*)")
_NEXT_PLACE = re.compile(rf"(?<=[a-zæøå)])[.;]\s+(?={_PLACE_NAME}\s*:)")
_BODY = re.compile(r"(?P<body>[A-ZÆØÅ][^:.?!]{2,50}):\s+(?P<list>\S.*)")
_ABSENT = re.compile(
    r"(?i:(?:meldt\s+)?(?:for|frå|fra)fall|fråvær|fravær|ikke\s+møtt|ikkje\s+møtt)\w*\s*[:–]\s*\S.*"
)
_SENTENCE = re.compile(
    rf"(?<=[a-zæøå)])[.;]\s+(?={_FROM}\s+[A-ZÆØÅ]|{_GENERAL}|{_OFFICE}|[A-ZÆØÅ][a-zæøå]*grupp[ae]n?\s|(?i:meldt|forfall|fråfall|frafall))"
)
_OPENING = re.compile(
    rf"(?:{_GENERAL}|{_OFFICE})[^:.]{{0,40}}:|{_FROM}\s+[A-ZÆØÅ]\S*(?:\s\S+){{0,3}}\s(?i:møtte|deltok|stilte)\b"
    r"|(?i:(?:meldt\s+)?(?:for|frå|fra)fall|fråvær|fravær)\w*\s*:"
)
_PIECE = re.compile(r"\s*(?:[,;]\s*(?:(?i:og|och|samt)\s)?|/|\s(?i:og|och|samt|&)\s)\s*(?![^(]*\))")
_PERSON = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<within>[^)]*)\))?")
_TITLED = re.compile(r"(?P<role>[a-zæøå][\w\s-]*?)\s+(?P<name>[A-ZÆØÅÄÖ].*)")


@dataclass(frozen=True, slots=True)
class Attending:
    """What one sentence says of who took part.

    Attributes:
        people: those it names, with role and municipality as far as it says.
        home: the municipality they came from, if it says.
        unread: pieces that do not look like people.
        absent: it names those who did not come.
    """

    people: tuple[people.Listed, ...] = ()
    home: str | None = None
    unread: tuple[str, ...] = ()
    absent: bool = False


def opens(line: str) -> bool:
    """Whether a line begins as one that names people: *Til stede: …*, *Frå Solås møtte …*."""
    if _OPENING.match(line):
        return True
    body = _BODY.fullmatch(line)
    if body is None or not (words.is_people(body["body"]) or words.is_role(body["body"])):
        return False
    return _person(_PIECE.split(body["list"])[0].strip(" .")) is not None


def attending(text: str) -> tuple[Attending, ...]:
    """Who took part, sentence by sentence; empty if the text does not tell."""
    found: list[Attending] = []
    for sentence in _SENTENCE.split(text.strip()):
        said = _sentence(sentence.strip().rstrip("."))
        if said is None and not found:
            return ()
        found.append(said or Attending(unread=(sentence.strip(),)))
    return tuple(found)


def by_place(text: str) -> tuple[Attending, ...]:
    """People by municipality in a list of people: *Solås: Kari Nes, Ola Vik. Fjordvik: Per Moe*."""
    found: list[Attending] = []
    for sentence in _NEXT_PLACE.split(text.strip()):
        hit = _AT_PLACE.fullmatch(sentence.strip().rstrip("."))
        if hit is None or words.is_role(hit["home"]) or words.is_people(hit["home"]):
            return ()
        listed, unread = _listed(hit["list"], None, hit["home"], None)
        if not listed:
            return ()
        found.append(Attending(tuple(listed), hit["home"], tuple(unread)))
    return tuple(found)


def _sentence(text: str) -> Attending | None:
    if _ABSENT.fullmatch(text):
        return Attending(absent=True)
    for pattern in (*_OPENINGS, _BODY):
        hit = pattern.fullmatch(text)
        if hit is None:
            continue
        named = hit.groupdict()
        body = named.get("body")
        if body and not (words.is_people(body) or words.is_role(body)):
            continue
        heading = named.get("general") or named.get("office") or body
        role = (named.get("office") or "").lower() or body
        if body and words.is_general(body):
            role = None
        listed, unread = _listed(hit["list"], role, named.get("home"), heading)
        if listed:
            return Attending(tuple(listed), named.get("home"), tuple(unread))
    return None


def _listed(
    text: str, role: str | None, home: str | None, heading: str | None
) -> tuple[list[people.Listed], list[str]]:
    found: list[people.Listed] = []
    unread: list[str] = []
    for piece in _PIECE.split(text):
        entry = _person(piece.strip(" ."))
        if entry is not None:
            found.append(people.Listed(entry, role, home, heading, running=True))
        elif found and piece.strip() and words.is_role(piece) and not re.search(r"\d", piece):
            last = found[-1]
            said = ", ".join(x for x in (last.entry.role, piece.strip()) if x)
            entry = people.Entry(last.entry.name, last.entry.within, said)
            found[-1] = people.Listed(entry, role, home, heading, running=True)
        elif piece.strip(" ."):
            unread.append(piece.strip(" ."))
    return found, unread


def _person(text: str) -> people.Entry | None:
    hit = _PERSON.fullmatch(text)
    if hit is None:
        return None
    name, within = hit["name"].strip(), (hit["within"] or "").strip() or None
    if people.is_name(name):
        return people.Entry(name, within, None)
    titled = _TITLED.fullmatch(name)
    if titled and people.is_name(titled["name"]):
        return people.Entry(titled["name"], within, titled["role"])
    return None
