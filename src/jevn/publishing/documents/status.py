"""The yearly status report: every action and target, what is late, and what money was spent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jevn.followup.results import ActionStatus, FollowUp, TargetStatus
from jevn.plan.elements import Element
from jevn.publishing.documents.common import Desk, lead, not_begun
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import Block, Document, Heading, bullets, paragraph, table
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date, money, value_text


def status_report(dossier: Dossier) -> Document:
    """The status report of a dossier, in the municipality's language."""
    desk = Desk.of(dossier)
    return document_of(
        desk,
        "status-report",
        desk.say("document.status.title"),
        _blocks(desk),
        status=desk.say("document.status.as_of", date=iso_date(dossier.cover.as_of, desk.say)),
        form="paper",
    )


def _blocks(desk: Desk) -> Iterator[Block]:
    say, found, proposal = desk.say, desk.dossier.followup, desk.dossier.proposal
    yield Heading(1, say("document.short"), "short")
    if found is None or proposal is None or not found.actions:
        yield from not_begun(desk, "followup")
        return
    elements = {e.id: e for e in proposal.elements()}
    yield lead(say("document.status.lead"))
    yield from _counts(desk, found)
    late = [a for a in found.actions if a.overdue or a.stale]
    if late:
        yield Heading(2, say("document.status.late"))
        yield bullets(f"{_name(elements, a.element)}: {say.message(a.message)}" for a in late)
    yield Heading(1, say("document.status.actions"), "actions")
    yield table(
        say("document.status.actions"),
        [
            say("element.action"),
            say("document.owner"),
            say("document.state"),
            say("document.status.reported"),
            say("document.status.note"),
        ],
        [_action(desk, elements, a) for a in found.actions],
        widths=[2.2, 1.6, 0.9, 1.0, 2.2],
    )
    if found.targets:
        yield Heading(1, say("document.status.targets"), "targets")
        yield table(
            say("document.status.targets"),
            [
                say("document.status.target"),
                say("document.status.baseline"),
                say("document.status.latest"),
                say("document.status.goal"),
                say("document.state"),
            ],
            [_target(desk, elements, t) for t in found.targets],
            widths=[2.6, 0.9, 1.1, 1.0, 1.2],
            numeric=[1, 2, 3],
        )


def _counts(desk: Desk, found: FollowUp) -> Iterator[Block]:
    say = desk.say
    counted = Counter(a.status for a in found.actions)
    yield table(
        say("document.status.counts"),
        [say("document.state"), say("document.voices.number")],
        [[say(f"publishing.status.{s}"), say.number(n, 0)] for s, n in counted.most_common()],
        widths=[3, 1],
        numeric=[1],
    )
    spent = sum(a.latest.spent_nok or 0.0 for a in found.actions if a.latest)
    if spent:
        yield paragraph(say("document.status.spent", amount=money(spent, say)))


def _name(elements: dict[str, Element], id: str) -> str:
    return f"{id} {elements[id].title}" if id in elements else id


def _action(desk: Desk, elements: dict[str, Element], a: ActionStatus) -> list[str]:
    say, e = desk.say, elements.get(a.element)
    owner = e.action.owner if e and e.action else None
    return [
        _name(elements, a.element),
        owner or "–",
        say(f"publishing.status.{a.status}"),
        iso_date(a.latest.date, say) if a.latest else "–",
        (a.latest.note or "–") if a.latest else "–",
    ]


def _target(desk: Desk, elements: dict[str, Element], t: TargetStatus) -> list[str]:
    say, profile = desk.say, desk.dossier.challenges
    status = profile.indicator(t.target.indicator) if profile else None
    scale = status.indicator.scale if status else None

    def shown(value: float | None) -> str:
        if value is None:
            return "–"
        return value_text(value, scale, say) if scale else say.number(value, 1)

    name = status.indicator.name(say.lang) if status else t.target.indicator
    latest = shown(t.latest) + (f" ({t.latest_period})" if t.latest_period else "")
    return [
        f"{_name(elements, t.element)}: {name}",
        shown(t.target.baseline),
        latest,
        f"{shown(t.target.target)} ({t.target.year})",
        say(f"publishing.target.verdict.{t.verdict}"),
    ]
