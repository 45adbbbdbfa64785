"""The red thread: every element's links resolved, both ways, with what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jevn.challenges.results import ChallengeProfile
from jevn.effort.results import EffortProfile
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.results import Assessment
from jevn.participation.results import Voices
from jevn.plan.elements import (
    ENDS,
    Element,
    ElementKind,
    Link,
    Milestone,
    Relation,
    StatedGap,
)
from jevn.plan.results import Thread, ThreadLink
from jevn.prioritisation.results import Prioritisation
from jevn.terms import Ref, RefKind

BACK: tuple[Relation, ...] = (
    Relation.RESTS_ON,
    Relation.ANSWERS,
    Relation.ASKED_BY,
    Relation.ASSESSED_IN,
    Relation.PRIORITISED_BY,
    Relation.DECIDED_IN,
)
"""Relations that lead back to why an element is there."""

FORWARD: tuple[Relation, ...] = (Relation.FUNDED_BY, Relation.MEASURED_BY)
"""Relations that lead forward to money and result."""

COMPULSORY: Mapping[ElementKind, tuple[Relation, ...]] = {
    ElementKind.ACTION: (
        Relation.RESTS_ON,
        Relation.ANSWERS,
        Relation.ASKED_BY,
        Relation.ASSESSED_IN,
        Relation.PRIORITISED_BY,
        Relation.FUNDED_BY,
        Relation.MEASURED_BY,
    ),
    ElementKind.GOAL: (Relation.ANSWERS, Relation.MEASURED_BY),
    ElementKind.SUBGOAL: (Relation.ANSWERS, Relation.MEASURED_BY),
    ElementKind.STRATEGY: (Relation.RESTS_ON,),
    ElementKind.PRIORITY_EFFORT: (),
}
"""Relations an element must have, or state a reason for lacking."""

Found = tuple[str, str | None]
"""Title and detail of what a reference points to."""


@dataclass(frozen=True)
class Targets:
    """Everything references may point to: the results of the steps."""

    evidence: EvidenceCatalogue
    challenges: ChallengeProfile | None
    effort: EffortProfile | None
    voices: Voices | None
    assessment: Assessment | None
    prioritisation: Prioritisation | None
    elements: tuple[Element, ...]
    milestones: tuple[Milestone, ...]

    def find(self, ref: Ref) -> Found | None:
        """Title and detail of what a reference points to; ``None`` if there is no such thing."""
        finder: dict[RefKind, Callable[[str], Found | None]] = {
            RefKind.EVIDENCE: self._evidence,
            RefKind.SOURCE: self._source,
            RefKind.FIGURE: self._figure,
            RefKind.INDICATOR: self._figure,
            RefKind.SERVICE: self._service,
            RefKind.VOICE: self._voice,
            RefKind.ASSESSMENT: self._assessment,
            RefKind.PRIORITY: self._priority,
            RefKind.DECISION: self._decision,
            RefKind.ELEMENT: self._element,
            RefKind.MONEY: self._money,
        }
        return finder[ref.kind](ref.id)

    def _evidence(self, id: str) -> Found | None:
        entry = self.evidence.intervention(id)
        return (entry.name.nb, entry.strength) if entry else None

    def _source(self, id: str) -> Found | None:
        source = self.evidence.source(id)
        return (source.title, source.authors) if source else None

    def _figure(self, id: str) -> Found | None:
        status = self.challenges.indicator(id) if self.challenges else None
        if status is None:
            return None
        return status.indicator.name.nb, status.level.period if status.level else None

    def _service(self, id: str) -> Found | None:
        if self.effort is None:
            return None
        every = (s for area in self.effort.areas for s in area.services)
        return next(((s.name, s.unit) for s in every if s.id == id), None)

    def _voice(self, id: str) -> Found | None:
        contribution = self.voices.contribution(id) if self.voices else None
        return (contribution.text, contribution.channel) if contribution else None

    def _assessment(self, id: str) -> Found | None:
        change = self.assessment.change(id) if self.assessment else None
        if change is None or id not in (change.id, change.change.id):
            return None
        alternative = id.partition("/")[0] if "/" in id else None
        return change.change.title, alternative

    def _priority(self, id: str) -> Found | None:
        package_id, _, change_id = id.partition("/")
        package = self.prioritisation.package(package_id) if self.prioritisation else None
        if package is None:
            return None
        if not change_id:
            return package.title, None
        chosen = next((c for c in package.chosen if c.change == change_id), None)
        return (package.title, chosen.title) if chosen else None

    def _decision(self, id: str) -> Found | None:
        step = next((m for m in self.milestones if m.id == id), None)
        return (step.title, step.decision or step.date) if step else None

    def _element(self, id: str) -> Found | None:
        element = next((e for e in self.elements if e.id == id), None)
        return (element.title, element.kind.value) if element else None

    def _money(self, id: str) -> Found | None:
        if self.effort is None:
            return None
        line = next((x for x in self.effort.reconciliation.lines if x.function == id), None)
        return (line.name, id) if line else None


def thread(
    element: Element,
    links: tuple[Link, ...],
    gaps: tuple[StatedGap, ...],
    targets: Targets,
) -> Thread:
    """The red thread of one element: back to why it is there, forward to money and result.

    A link is whole when what it points to exists and is of a kind that the relation can lead
    to: research is not a wish from people. A compulsory relation without link and
    without stated reason is missing.
    """
    own = [link for link in links if link.element == element.id]
    stated = tuple(gap for gap in gaps if gap.element == element.id)
    excused = {gap.relation for gap in stated}
    present = {link.relation for link in own}

    def resolved(relations: tuple[Relation, ...]) -> tuple[ThreadLink, ...]:
        return tuple(
            _resolve(link, targets)
            for relation in relations
            for link in own
            if link.relation is relation
        )

    return Thread(
        element=element.id,
        back=resolved(BACK),
        forward=resolved(FORWARD),
        stated=stated,
        missing=tuple(
            relation
            for relation in COMPULSORY[element.kind]
            if relation not in present and relation not in excused
        ),
    )


def _resolve(link: Link, targets: Targets) -> ThreadLink:
    found = targets.find(link.to)
    title, detail = found if found else (str(link.to), None)
    return ThreadLink(
        relation=link.relation,
        to=link.to,
        title=title,
        detail=detail,
        whole=found is not None and link.to.kind in ENDS[link.relation],
        reason=link.reason,
    )
