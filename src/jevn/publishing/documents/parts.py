"""Documents that stand alone: effort profile, impact assessment, reports from workshops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from jevn.participation.results import Question, WorkshopReport
from jevn.publishing.documents.assessed import alternatives_blocks
from jevn.publishing.documents.common import (
    Desk,
    effort_blocks,
    lead,
    not_begun,
    origin_list,
)
from jevn.publishing.documents.computed import computed_blocks
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import Block, Document, Heading, bullets, paragraph, table
from jevn.publishing.documents.spending import area_effort_blocks
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date

Part = Literal["effort-profile", "impact-assessment", "workshops"]


def _document(dossier: Dossier, part: Part, blocks: Iterator[Block]) -> Document:
    desk = Desk.of(dossier)
    return document_of(desk, part, desk.say(f"publishing.document.{part}"), blocks)


def effort_profile(dossier: Dossier) -> Document:
    """What the municipality does today: money and services by area, reach, and what is missing."""
    return _document(dossier, "effort-profile", _effort(Desk.of(dossier)))


def impact_assessment(dossier: Dossier) -> Document:
    """The alternatives side by side, every change assessed, and computed packages."""
    return _document(dossier, "impact-assessment", _impact(Desk.of(dossier)))


def workshops(dossier: Dossier) -> Document:
    """What was said at workshops and dialogue meetings; those who took part are not named."""
    return _document(dossier, "workshops", _workshops(Desk.of(dossier)))


def _effort(desk: Desk) -> Iterator[Block]:
    say, profile = desk.say, desk.dossier.effort
    yield Heading(1, say("document.short"), "short")
    yield from effort_blocks(desk)
    if profile is None:
        return
    yield Heading(1, say("document.effort.areas"), "areas")
    for area in profile.areas:
        yield Heading(2, desk.area(area.area), f"area-{area.area.value}")
        yield from area_effort_blocks(desk, area.area)
    yield Heading(1, say("document.sources"), "sources")
    yield from origin_list(desk)


def _impact(desk: Desk) -> Iterator[Block]:
    yield from alternatives_blocks(desk)
    if desk.dossier.portfolio is not None:
        yield Heading(1, desk.say("document.priorities"), "priorities")
        yield from computed_blocks(desk)


def _workshops(desk: Desk) -> Iterator[Block]:
    say, voices = desk.say, desk.dossier.voices
    reports = voices.reports if voices else ()
    if not reports:
        yield Heading(1, say("document.short"), "short")
        yield from not_begun(desk, "workshops")
        return
    for report in reports:
        yield from _report(desk, report)


def _report(desk: Desk, report: WorkshopReport) -> Iterator[Block]:
    say = desk.say
    yield Heading(1, report.title.strip() or report.id, f"workshop-{report.id}")
    if report.date:
        yield lead(iso_date(report.date, say))
    if report.participants:
        yield paragraph(say("document.workshops.took_part", n=len(report.participants)), "small")
    for part in report.parts:
        named = part.title.strip()
        if named:
            yield Heading(2, named)
        for question in part.questions:
            yield from _question(desk, question, 3 if named else 2)


def _question(desk: Desk, question: Question, level: int) -> Iterator[Block]:
    say = desk.say
    if question.title.strip():
        yield Heading(level, question.title)
    if question.summary:
        yield bullets(question.summary)
    for section in question.sections:
        if section.heading:
            yield paragraph(section.heading)
        if section.bullets:
            yield bullets(section.bullets)
    ranked = [g for g in question.groups if g.ranked]
    if ranked:
        most = max(len(g.ranked) for g in ranked)
        yield table(
            say("document.workshops.lists"),
            [say("document.workshops.group"), say("document.workshops.list")],
            [
                [g.name, "; ".join(f"{i}. {x}" for i, x in enumerate(g.ranked[:most], start=1))]
                for g in ranked
            ],
            widths=[1, 4],
        )
