"""Pages: typed contexts made by pure functions of a dossier, a language and links.

``make_page(name, dossier, say, links, id)`` makes the context of any page;
``page_list(dossier)`` says which pages there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jevn.publishing.dossier import Dossier
from jevn.publishing.links import Links
from jevn.publishing.pages.about import about_page
from jevn.publishing.pages.ahead import ahead_page
from jevn.publishing.pages.all_voices import all_voices_page
from jevn.publishing.pages.alternatives import alternatives_page
from jevn.publishing.pages.answers import answers_page
from jevn.publishing.pages.area import area_page
from jevn.publishing.pages.burns import burns_page
from jevn.publishing.pages.change import change_page
from jevn.publishing.pages.changes import unique_changes
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.effort import effort_page
from jevn.publishing.pages.evidence import evidence_area_page, evidence_page, sources_page
from jevn.publishing.pages.followup import followup_page
from jevn.publishing.pages.front import front_page
from jevn.publishing.pages.indicator import indicator_page
from jevn.publishing.pages.opinions import opinions_page
from jevn.publishing.pages.plan import plan_page
from jevn.publishing.pages.priorities import priorities_page
from jevn.publishing.pages.process import process_page
from jevn.publishing.pages.ranked_lists import ranked_lists_page
from jevn.publishing.pages.shared_budget import shared_budget_page
from jevn.publishing.pages.versions import versions_page
from jevn.publishing.pages.voices import voices_page
from jevn.publishing.pages.who_spoke import who_spoke_page
from jevn.terms import AREAS, Say

_SINGLE: dict[str, Callable[[Desk], Any]] = {
    "front": front_page,
    "burns": burns_page,
    "effort": effort_page,
    "evidence": evidence_page,
    "sources": sources_page,
    "voices": voices_page,
    "all_voices": all_voices_page,
    "ranked_lists": ranked_lists_page,
    "who_spoke": who_spoke_page,
    "answers": answers_page,
    "alternatives": alternatives_page,
    "priorities": priorities_page,
    "plan": plan_page,
    "process": process_page,
    "versions": versions_page,
    "followup": followup_page,
    "about": about_page,
}
_OF_ID: dict[str, Callable[[Desk, str], Any]] = {
    "area": area_page,
    "indicator": indicator_page,
    "evidence_area": evidence_area_page,
    "ahead": ahead_page,
    "change": change_page,
    "opinions": opinions_page,
    "shared_budget": shared_budget_page,
}
PAGE_NAMES: tuple[str, ...] = (*_SINGLE, *_OF_ID)
"""Names of all kinds of page; each has a template of the same name."""


def make_page(name: str, dossier: Dossier, say: Say, links: Links, id: str | None = None) -> Any:
    """The context of a page.

    Raises:
        KeyError: if there is no such page, or nothing with this id.
    """
    desk = Desk(dossier, say, links)
    if name in _SINGLE:
        return _SINGLE[name](desk)
    if id is None:
        raise KeyError(name)
    return _OF_ID[name](desk, id)


def page_list(dossier: Dossier) -> tuple[tuple[str, str | None], ...]:
    """Every page of a dossier: name and id, each area beside its indicators."""
    pages: list[tuple[str, str | None]] = [(name, None) for name in _SINGLE]
    statuses = dossier.challenges.indicators if dossier.challenges else ()
    for area in AREAS:
        pages.append(("area", area.value))
        pages += [("indicator", s.indicator.id) for s in statuses if s.indicator.area is area]
    pages += [("evidence_area", a.area.value) for a in dossier.evidence.areas]
    if dossier.assessment:
        changes = (c.change.id for a in dossier.assessment.alternatives for c in a.changes)
        pages += [("change", id) for id in dict.fromkeys(changes)]
    if dossier.projection:
        followed = (a.alternative for a in dossier.projection.alternatives)
        pages += [("ahead", id) for id in followed if id != "zero"]
    if dossier.voices:
        pages += [("opinions", talk.id) for talk in dossier.voices.opinions]
    pages += [("shared_budget", budget.id) for budget in dossier.shared_budgets]
    return tuple(pages)


__all__ = ["PAGE_NAMES", "Desk", "make_page", "page_list", "unique_changes"]
