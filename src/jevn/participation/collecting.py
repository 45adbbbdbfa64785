"""From reports, ideas and hearing statements to contributions of one shape, sorted by area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Literal

import polars as pl

from jevn.participation.combining import bullet_id, point_id, questions_of
from jevn.participation.places import place_names, recognise_place
from jevn.participation.privacy import published
from jevn.participation.results import Channel, Contribution, SenderType, WorkshopReport
from jevn.participation.senders import recognise_sender
from jevn.participation.sorting import WordLists, language_of, sort_text
from jevn.terms import AREAS, LANGUAGES, EffortArea, InputRefused, Problem, Say

_POLITICAL = ("politisk", "folkevalg", "folkevald", "kommunestyre", "bystyre")


def from_report(report: WorkshopReport, lists: WordLists | None = None) -> Iterator[Contribution]:
    """Bullets below the questions, then the groups' ranked points, question by question.

    The report's language is decided once, for the whole document. Who spoke is taken to be
    politicians if the title says that the workshop was political, else it is unknown.
    """
    language = language_of(_whole_text(report))
    politicians = any(word in report.title.lower() for word in _POLITICAL)
    sender_type: SenderType = "politician" if politicians else "unknown"

    def contribution(
        id: str, text: str, heading: str | None, sender: str | None, sorted_under: str | None
    ) -> Contribution:
        found = sort_text(text, sorted_under, lists)
        return Contribution(
            id=id,
            channel="workshop",
            text=text,
            heading=heading,
            date=report.date,
            sender_type=sender_type,
            sender=sender,
            place=None,
            areas=found.areas,
            words=found.words,
            sorted_by="word_list" if found.areas else "none",
            language=language,
            event=report.id,
        )

    for number, question in questions_of(report):
        count = 0
        for section in question.sections:
            for bullet in section.bullets:
                count += 1
                heading = section.heading or question.title
                id = bullet_id(report.id, number, count)
                yield contribution(id, bullet, heading, None, section.heading)
        for place, group in enumerate(question.groups, start=1):
            for rank, point in enumerate(group.ranked, start=1):
                id = point_id(report.id, number, place, rank)
                yield contribution(id, point, question.title, group.name, None)


def from_ideas(ideas: pl.DataFrame, lists: WordLists | None = None) -> Iterator[Contribution]:
    """Ideas, letters and points from councils (table ``IDEAS``)."""
    for row in ideas.iter_rows(named=True):
        channel: Channel = row.get("channel") or "idea"
        yield _from_row(row, channel, row.get("heading"), lists)


def from_hearing(hearing: pl.DataFrame, lists: WordLists | None = None) -> Iterator[Contribution]:
    """Hearing statements (table ``HEARING``); the heading is the part of the draft."""
    for row in hearing.iter_rows(named=True):
        yield _from_row(row, "hearing", row.get("paragraph"), lists)


def with_places(
    contributions: Iterable[Contribution], places: pl.DataFrame
) -> tuple[Contribution, ...]:
    """Contributions with the place that the text names, where none is given.

    Args:
        contributions: contributions of any kind; points of workshops and conversations, which
            have no place of their own, are left as they are.
        places: table ``PLACES``.
    """
    names = place_names(places)
    return tuple(_with_place(c, names) for c in contributions)


def _with_place(contribution: Contribution, names: Mapping[str, str]) -> Contribution:
    c = contribution
    if c.place is not None or c.channel in ("workshop", "conversation"):
        return c
    place = recognise_place(f"{c.heading or ''}\n{c.text}", names)
    return c if place is None else replace(c, place=place, recognised=(*c.recognised, "place"))


def area_problems(frame: pl.DataFrame, file: str) -> list[Problem]:
    """A problem for each area in the column ``areas`` that there is not."""
    if "areas" not in frame.columns:
        return []
    known = _area_names()
    return [
        Problem(
            "participation_unknown_area",
            file,
            row.get("_row") or index + 2,
            "areas",
            {"given": given, "known": ", ".join(AREAS)},
        )
        for index, row in enumerate(frame.iter_rows(named=True))
        for given in row["areas"] or ()
        if given.strip().lower() not in known
    ]


def refuse_twice(contributions: Sequence[Contribution]) -> None:
    """Refuse contributions that share an id.

    Raises:
        InputRefused: ``participation_same_id`` for each id that stands twice.
    """
    seen: set[str] = set()
    twice = [c.id for c in contributions if c.id in seen or seen.add(c.id)]  # type: ignore[func-returns-value]
    if twice:
        raise InputRefused(
            Problem("participation_same_id", params={"id": id}) for id in dict.fromkeys(twice)
        )


def _from_row(
    row: dict[str, Any], channel: Channel, heading: str | None, lists: WordLists | None
) -> Contribution:
    given_type: SenderType = row.get("sender_type") or "unknown"
    text: str = row["text"]
    sender_type = _body(row.get("sender"), text) if given_type == "unknown" else given_type
    given = given_areas(row.get("areas"))
    found = sort_text(text, heading if channel != "hearing" else None, lists)
    sorted_by: Literal["person", "word_list", "none"] = (
        "person" if given else "word_list" if found.areas else "none"
    )
    private = given_type in ("person", "unknown")
    shown = published(text, row.get("sender") if private else None)
    return Contribution(
        id=row["id"],
        channel=channel,
        text=shown,
        heading=heading,
        date=_iso(row.get("date")),
        sender_type=sender_type,
        sender=None if private else row.get("sender"),
        place=row.get("place"),
        areas=given or found.areas,
        words=tuple(pair for pair in found.words if not given or pair[0] in given),
        sorted_by=sorted_by,
        language=language_of(f"{heading or ''}\n{text}" if channel != "hearing" else text),
        support=row.get("support"),
        recognised=("sender_type",) if sender_type != given_type else (),
    )


def _body(sender: str | None, text: str) -> SenderType:
    """The kind of sender, where it is a body; whether a person wrote is never guessed at."""
    found = recognise_sender(sender, text)
    return "unknown" if found == "person" else found


def given_areas(areas: Sequence[str] | None) -> tuple[EffortArea, ...]:
    """Areas named by a person; unknown ones must have been refused before."""
    known = _area_names()
    return tuple(dict.fromkeys(known[area.strip().lower()] for area in areas or ()))


@cache
def _area_names() -> dict[str, EffortArea]:
    """Every accepted way of naming an area: its id, and its short name in each language."""
    names = {area.value: area for area in AREAS}
    for lang in LANGUAGES:
        say = Say(lang)
        names.update({say(f"area.{area.value}.short").lower(): area for area in AREAS})
    return names


def _iso(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day


def _whole_text(report: WorkshopReport) -> str:
    """Everything people said in a report, as one text."""
    lines: list[str] = []
    for _, question in questions_of(report):
        lines.append(question.title)
        lines.extend(b for section in question.sections for b in section.bullets)
        lines.extend(p for group in question.groups for p in group.ranked)
    return "\n".join(lines)
