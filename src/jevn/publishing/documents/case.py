"""The case paper (*saksframlegg*) for the next political decision, from what the work holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from jevn.plan.process import StateStatus
from jevn.plan.results import PlanProposal
from jevn.publishing.documents.assessed import comparison_blocks
from jevn.publishing.documents.common import Desk, lead, not_begun
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import (
    Block,
    Document,
    Heading,
    Note,
    bullets,
    paragraph,
    table,
    text,
)
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date, money

Stage = Literal["mandate", "first", "final"]
_MOST = 12


def case_paper(dossier: Dossier) -> Document:
    """The case paper of a dossier, in the municipality's language."""
    desk, stage = Desk.of(dossier), stage_of(dossier)
    return document_of(
        desk,
        "case-paper",
        desk.say(f"document.case.title.{stage}"),
        _blocks(desk, stage),
        status=desk.say("document.case.status"),
        form="paper",
    )


def next_decision(dossier: Dossier) -> StateStatus | None:
    """The next state that is closed by a decision; ``None`` where none is left."""
    states = dossier.process.states if dossier.process else ()
    ahead = (s for s in states if s.state.decision and s.standing in ("now", "later"))
    return next(ahead, None)


def stage_of(dossier: Dossier) -> Stage:
    """Which decision the case is about: the mandate, the first reading, or the final one."""
    found = next_decision(dossier)
    if found is not None and dossier.process is not None:
        ids = [s.state.id for s in dossier.process.states]
        for id, stage in (("mandate_adopted", "mandate"), ("first_reading", "first")):
            if id in ids and ids.index(found.state.id) <= ids.index(id):
                return "mandate" if stage == "mandate" else "first"
    return "final"


def _blocks(desk: Desk, stage: Stage) -> Iterator[Block]:
    say, proposal = desk.say, desk.dossier.proposal
    yield Heading(1, say("document.case.recommendation"), "recommendation")
    if proposal is None:
        yield from not_begun(desk, "plan")
        return
    yield bullets(_recommended(desk, proposal, stage), numbered=True)
    yield paragraph(say("document.case.draft"), "small")
    yield Heading(1, say("document.case.about"), "about")
    yield lead(proposal.plan.summary or proposal.plan.purpose)
    if proposal.plan.summary and proposal.plan.purpose:
        yield paragraph(proposal.plan.purpose)
    yield from _background(desk, proposal)
    if stage != "mandate":
        yield from _assessment(desk)
        yield from _heard(desk)
        yield from _changes(desk)
        yield from _money(desk, proposal)
    yield from _left(desk)
    yield Heading(1, say("document.case.enclosed"), "enclosed")
    yield bullets(say(f"document.case.enclosed.{k}") for k in _ENCLOSED[stage])


_ENCLOSED: dict[Stage, tuple[str, ...]] = {
    "mandate": ("mandate",),
    "first": ("plan", "knowledge"),
    "final": ("plan", "hearing", "knowledge"),
}


def _recommended(desk: Desk, proposal: PlanProposal, stage: Stage) -> Iterator[str]:
    say, process = desk.say, desk.dossier.process
    plan = {"plan": proposal.plan.title}
    if stage == "mandate":
        yield say("document.case.adopt_mandate", **plan)
        yield say("document.case.follow_process")
        return
    if stage == "first":
        days = process.template.hearing_days if process else 42
        yield say("document.case.send_on_hearing", days=days, **plan)
        chosen = desk.dossier.prioritisation
        if chosen is not None:
            yield say("document.case.frame", frame=money(chosen.frame.nok_per_year, say))
        return
    yield say("document.case.adopt_plan", **plan)
    years = [year for year, nok in proposal.cost_nok if nok]
    if years:
        yield say("document.case.fund", first_year=str(years[0]), last_year=str(years[-1]))
    yield say("document.case.report")


def _background(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    made = [m for m in proposal.timeline if m.decision and m.state == "done"]
    if not made:
        return
    yield Heading(1, say("document.case.background"), "background")
    yield table(
        say("document.case.decisions"),
        [say("document.when"), say("document.what"), say("document.case.number")],
        [[iso_date(m.date, say), m.title, m.decision or "–"] for m in made],
        widths=[1.2, 3, 1],
    )


def _assessment(desk: Desk) -> Iterator[Block]:
    say, d = desk.say, desk.dossier
    yield Heading(1, say("document.case.assessment"), "assessment")
    if d.assessment is None:
        yield from not_begun(desk, "assessment")
        return
    yield from comparison_blocks(desk, d.assessment)
    chosen = d.prioritisation
    package = chosen.package(chosen.proposed) if chosen and chosen.proposed else None
    if package is not None and chosen is not None:
        yield Heading(2, say("document.proposed", package=package.title))
        if chosen.proposed_reason:
            yield paragraph(chosen.proposed_reason)
        yield paragraph(say.message(package.message))


def _heard(desk: Desk) -> Iterator[Block]:
    say, voices = desk.say, desk.dossier.voices
    chain = voices.chain if voices else None
    if chain is None or not chain.statements:
        return
    yield Heading(1, say("document.case.heard"), "heard")
    yield paragraph(
        say(
            "document.hearing.sum",
            n=len(chain.statements),
            points=len(chain.points),
            answered=dict(chain.states)["answered"],
        )
    )
    made = [(decision, n) for decision, n in chain.decisions if n]
    if made:
        yield table(
            say("document.hearing.decisions"),
            [say("document.hearing.decision"), say("document.voices.number")],
            [[say(f"publishing.decision.{d}"), say.number(n, 0)] for d, n in made],
            widths=[3, 1],
            numeric=[1],
        )
    yield paragraph(say("document.case.heard.note"))


def _changes(desk: Desk) -> Iterator[Block]:
    say, d = desk.say, desk.dossier
    if not d.differences or not d.differences[-1].changes:
        return
    found = d.differences[-1]
    yield Heading(1, say("document.case.changes"), "changes")
    titles = {c.element: c.title for c in found.changes if c.element}
    rows = []
    for id, title in titles.items():
        what = dict.fromkeys(say(f"plan.change.{c.what}") for c in found.changes if c.element == id)
        why = " ".join(dict.fromkeys(r.reason for r in found.reasons_of(id)))
        rows.append([f"{id} {title}", ", ".join(what), why or "–"])
    yield table(
        say("document.case.changes.caption"),
        [say("document.what"), say("document.case.changed"), say("document.case.because")],
        rows,
        widths=[2, 0.9, 2.6],
    )
    if found.unexplained:
        yield Note(
            say("document.case.unexplained"),
            text(say("plan.cli.unexplained", ids=", ".join(found.unexplained)) + "."),
        )


def _money(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    if not proposal.cost_nok:
        return
    yield Heading(1, say("document.case.money"), "money")
    yield table(
        say("document.case.money.caption"),
        [say("document.case.year"), say("document.case.cost")],
        [[str(year), money(nok, say)] for year, nok in proposal.cost_nok],
        widths=[1, 1.6],
        numeric=[1],
    )


def _left(desk: Desk) -> Iterator[Block]:
    """What is missing before the decision may be made."""
    say, process = desk.say, desk.dossier.process
    decision = next_decision(desk.dossier)
    if process is None or decision is None:
        return
    at = process.states.index(decision)
    waiting = [s for s in process.states[:at] if s.standing != "done" and s.missing]
    lacking = [m for s in (*waiting, decision) for m in s.missing]
    told = [m for m in lacking if m.message.key != "plan.guard.decision_recorded"]
    yield Heading(1, say("document.case.left"), "left")
    if not told:
        yield paragraph(say("plan.cli.ready"))
        return
    words = list(dict.fromkeys(say.message(m.message) for m in told))
    yield bullets(words[:_MOST])
    if len(words) > _MOST:
        yield paragraph(say("document.case.left.more", n=len(words) - _MOST), "small")
