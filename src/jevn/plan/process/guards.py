"""Guards: what must be true before a state closes, and what is missing if it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jevn.challenges.results import ChallengeProfile
from jevn.effort.results import EffortProfile
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.results import Assessment
from jevn.participation.results import Voices
from jevn.plan.elements import ElementKind, Milestone, Relation
from jevn.plan.results import PlanProposal
from jevn.prioritisation.results import Prioritisation
from jevn.terms import AREAS, Message

_ADRIFT_NOK = 1.0
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, in words, and the page where it is mended or seen.

    Attributes:
        message: what is missing.
        page: name of a page.
        about: id of what the page is about, if it has several.
    """

    message: Message
    page: str
    about: str | None = None


@dataclass(frozen=True)
class Facts:
    """Everything guards look at: the results of the steps, and the milestone that closes the state.

    Attributes:
        evidence: step 1.
        challenges: step 2.
        effort: step 3.
        voices: step 4.
        assessment: step 5.
        prioritisation: step 6.
        proposal: the plan.
        milestone: the milestone that closes the state, if there is one.
        hearing_days: least days of a hearing by the template.
        reported: date of the newest report of status, if any.
        unexplained: changes since the hearing version without origin; ``None``: no versions.
        as_of: date of the work.
    """

    evidence: EvidenceCatalogue
    challenges: ChallengeProfile | None = None
    effort: EffortProfile | None = None
    voices: Voices | None = None
    assessment: Assessment | None = None
    prioritisation: Prioritisation | None = None
    proposal: PlanProposal | None = None
    milestone: Milestone | None = None
    hearing_days: int = 42
    reported: str | None = None
    unexplained: tuple[str, ...] | None = None
    as_of: str = ""


Guard = Callable[[Facts], Iterator[Missing]]


def _said(guard: str, page: str, about: str | None = None, **params: str | float) -> Missing:
    return Missing(Message(f"plan.guard.{guard}", params), page, about)


def _few(names: list[str]) -> str:
    """Names in a row, the first few of them."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


def _decision_recorded(facts: Facts) -> Iterator[Missing]:
    m = facts.milestone
    if m is None or not m.decision or not m.date:
        yield _said("decision_recorded", "front")


def _mandate_written(facts: Facts) -> Iterator[Missing]:
    if facts.proposal is None or not facts.proposal.mandate.strip():
        yield _said("mandate_written", "plan")


def _plan_named(facts: Facts) -> Iterator[Missing]:
    if facts.proposal is None:
        yield _said("plan_named", "plan")


def _areas_have_sources(facts: Facts) -> Iterator[Missing]:
    for area in AREAS:
        found = next((a for a in facts.evidence.areas if a.area is area), None)
        if found is None:  # an area without a page of its own
            yield _said("areas_have_sources", "evidence", area_key=f"area.{area}")
        elif not found.rationale_sources and not any(i.sources for i in found.interventions):
            yield _said("areas_have_sources", "evidence_area", area.value, area_key=f"area.{area}")


def _areas_have_figures(facts: Facts) -> Iterator[Missing]:
    known: dict[str, bool] = {}
    for status in facts.challenges.indicators if facts.challenges else ():
        whole = status.level is not None and (bool(status.gradients) or bool(status.gaps))
        known[status.indicator.area] = known.get(status.indicator.area, False) or whole
    for area in AREAS:
        if not known.get(area, False):
            yield _said("areas_have_figures", "area", area.value, area_key=f"area.{area}")


def _profile_reconciles(facts: Facts) -> Iterator[Missing]:
    if facts.effort is None:
        yield _said("profile_made", "effort")
        return
    found = facts.effort.reconciliation
    adrift = found.net_nok - found.allocated_nok - found.residual_nok
    if abs(adrift) > _ADRIFT_NOK:
        yield _said("profile_reconciles", "effort", residual_nok=adrift)


def _voices_heard(facts: Facts) -> Iterator[Missing]:
    if facts.voices is None or not facts.voices.contributions:
        yield _said("voices_heard", "voices")


def _workshop_reported(facts: Facts) -> Iterator[Missing]:
    if facts.voices is None or not facts.voices.reports:
        yield _said("workshop_reported", "voices")


def _alternatives_stated(facts: Facts) -> Iterator[Missing]:
    given = facts.assessment.alternatives if facts.assessment else ()
    if len([a for a in given if a.alternative.changes]) < 2:
        yield _said("alternatives_stated", "alternatives")


def _changes_assessed(facts: Facts) -> Iterator[Missing]:
    if facts.assessment is None:
        yield _said("alternatives_stated", "alternatives")
        return
    bare: dict[str, str] = {}
    for a in facts.assessment.alternatives:
        for c in a.changes:
            if any(k.basis == "missing" for k in c.criteria):
                bare[c.change.id] = c.change.title
    for id, title in sorted(bare.items()):
        yield _said("changes_assessed", "change", id, title=title)


def _package_proposed(facts: Facts) -> Iterator[Missing]:
    if facts.prioritisation is None or not facts.prioritisation.proposed:
        yield _said("package_proposed", "priorities")


def _actions_complete(facts: Facts) -> Iterator[Missing]:
    if facts.proposal is None:
        yield _said("plan_named", "plan")
        return
    wanted = ("plan.missing.owner", "plan.missing.deadline", "plan.missing.cost")
    for message in facts.proposal.missing:
        if message.key in wanted:
            yield Missing(message, "element", str(message.params["id"]))


def _threads_whole(facts: Facts) -> Iterator[Missing]:
    if facts.proposal is None:
        yield _said("plan_named", "plan")
        return
    for message in facts.proposal.missing:
        if message.key in ("plan.missing.relation", "plan.missing.target"):
            yield Missing(message, "element", str(message.params["id"]))


def _owners_follow_up(facts: Facts) -> Iterator[Missing]:
    for e in facts.proposal.elements() if facts.proposal else ():
        if e.kind is ElementKind.ACTION and e.action is not None and not e.action.next_update:
            yield _said("owners_follow_up", "element", e.id, id=e.id, title=e.title)


def _dated(facts: Facts, guard: str, least: int) -> Iterator[Missing]:
    m = facts.milestone
    if m is None or not m.date or not m.until:
        yield _said(guard, "front")
        return
    days = (date.fromisoformat(m.until) - date.fromisoformat(m.date)).days
    if days < least:
        yield _said("hearing_days", "front", days=days, least=least)


def _hearing_dated(facts: Facts) -> Iterator[Missing]:
    yield from _dated(facts, "hearing_dated", facts.hearing_days)


def _programme_dated(facts: Facts) -> Iterator[Missing]:
    yield from _dated(facts, "programme_dated", facts.hearing_days)


def _statements_answered(facts: Facts) -> Iterator[Missing]:
    m = facts.milestone
    if m is not None and m.state != "done" and facts.voices is None:
        yield _said("voices_heard", "voices")
        return
    if facts.voices is None:
        return
    chain = facts.voices.chain
    waiting = list(chain.unanswered_points)
    if waiting:
        yield _said("statements_answered", "answers", n=len(waiting), ids=_few(waiting))
    lacking = list(chain.incomplete)
    if lacking:
        yield _said("answers_incomplete", "answers", n=len(lacking), ids=_few(lacking))


def _revisions_explained(facts: Facts) -> Iterator[Missing]:
    if facts.unexplained is None:
        yield _said("no_hearing_version", "plan")
    elif facts.unexplained:
        ids = _few(list(facts.unexplained))
        yield _said("revisions_explained", "plan", n=len(facts.unexplained), ids=ids)


def _actions_funded(facts: Facts) -> Iterator[Missing]:
    if facts.proposal is None:
        yield _said("plan_named", "plan")
        return
    for e in facts.proposal.elements():
        if e.kind is not ElementKind.ACTION:
            continue
        links = facts.proposal.thread(e.id)
        money = any(x.relation is Relation.FUNDED_BY and x.whole for x in links.forward)
        stated = any(g.relation is Relation.FUNDED_BY for g in links.stated)
        if not money and not stated:
            yield _said("actions_funded", "element", e.id, id=e.id, title=e.title)


def _status_reported(facts: Facts) -> Iterator[Missing]:
    if not facts.reported:
        yield _said("status_reported", "followup")
    elif facts.as_of:
        age = (date.fromisoformat(facts.as_of) - date.fromisoformat(facts.reported)).days
        if age > 366:
            yield _said("status_old", "followup", days=age)


GUARDS: Mapping[str, Guard] = {
    "decision_recorded": _decision_recorded,
    "mandate_written": _mandate_written,
    "plan_named": _plan_named,
    "programme_dated": _programme_dated,
    "areas_have_sources": _areas_have_sources,
    "areas_have_figures": _areas_have_figures,
    "profile_reconciles": _profile_reconciles,
    "voices_heard": _voices_heard,
    "workshop_reported": _workshop_reported,
    "alternatives_stated": _alternatives_stated,
    "changes_assessed": _changes_assessed,
    "package_proposed": _package_proposed,
    "actions_complete": _actions_complete,
    "threads_whole": _threads_whole,
    "hearing_dated": _hearing_dated,
    "statements_answered": _statements_answered,
    "revisions_explained": _revisions_explained,
    "owners_follow_up": _owners_follow_up,
    "actions_funded": _actions_funded,
    "status_reported": _status_reported,
}
"""Every guard by name, as templates name them."""
