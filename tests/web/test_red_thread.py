"""The promise: from any action in the plan back to figure, research and voice in two clicks."""

from __future__ import annotations

import pytest

from jevn.publishing.dossier import Dossier
from jevn.publishing.links import slug
from jevn.terms import Ref, RefKind
from jevn_web.design.links import WebLinks
from web.crawling import Site, internal, place

pytestmark = pytest.mark.django_db

WANTED = {
    "figure": ("/tall/",),
    "evidence": ("/forskning/", "/kilder/"),
    "voice": ("/innspill-alle/",),
}


def kind_of(address: str) -> str | None:
    """Which of the three an address leads to; evidence and voices must name the very one."""
    path, fragment = place(address)
    for kind, starts in WANTED.items():
        if path.startswith(starts) and (kind == "figure" or fragment[:2] in ("i-", "k-", "v-")):
            return kind
    return None


def reached(site: Site, path: str, id: str) -> tuple[dict[str, set[str]], set[str]]:
    """Targets by kind within two clicks from an element, and the first clicks."""
    first = {a for a in site.page(path).links(site.page(path).part(id)) if internal(a)}
    found: dict[str, set[str]] = {kind: set() for kind in WANTED}
    for address in first:
        kind = kind_of(address)
        if kind:
            found[kind].add(address)
    for address in first:
        target, fragment = place(address)
        if not target.endswith("/") or "/chart/" in target:
            continue
        page = site.page(target)
        part = page.part(fragment) if fragment else page.tree.xpath("//main")[0]
        for second in page.links(part):
            kind = kind_of(second) if internal(second) else None
            if kind:
                found[kind].add(second)
    return found, first


def actions(dossier: Dossier) -> list[str]:
    assert dossier.proposal is not None
    return [e.id for e in dossier.proposal.elements() if e.action is not None]


def test_every_action_reaches_figure_research_and_voice_in_two_clicks(
    site: Site, elvebyen: Dossier
) -> None:
    ids = actions(elvebyen)
    assert len(ids) > 10
    for id in ids:
        found, _ = reached(site, "/plan/", f"e-{slug(id)}")
        for kind, targets in found.items():
            assert targets, f"{id}: no {kind} within two clicks"
            for address in targets:
                path, fragment = place(address)
                page = site.page(path)
                assert not fragment or fragment in page.ids, address


def test_every_link_of_a_thread_is_one_click_from_its_action(site: Site, elvebyen: Dossier) -> None:
    proposal = elvebyen.proposal
    assert proposal is not None
    links = WebLinks(elvebyen, "nb", "plan")
    page = site.page("/plan/")
    for thread in proposal.threads:
        if thread.element not in actions(elvebyen):
            continue
        there = {place(a) for a in page.links(page.part(f"e-{slug(thread.element)}"))}
        kinds = set()
        for link in thread.back:
            assert place("http://testserver" + links.ref_url(link.to)) in there, link.to
            kinds.add(link.to.kind)
        stated = {s.relation.value for s in thread.stated}
        missing = {RefKind.FIGURE, RefKind.EVIDENCE, RefKind.VOICE} - kinds
        assert len(missing) <= len(stated), f"{thread.element}: {missing} without a reason"


def test_a_stated_gap_is_shown_with_its_reason(site: Site, elvebyen: Dossier) -> None:
    proposal = elvebyen.proposal
    assert proposal is not None
    page = site.page("/plan/")
    stated = [(t.element, s.reason) for t in proposal.threads for s in t.stated]
    assert stated
    for element, reason in stated:
        assert reason in page.part(f"e-{slug(element)}").text_content()


def test_forward_an_action_shows_owner_money_and_status(site: Site, elvebyen: Dossier) -> None:
    proposal = elvebyen.proposal
    assert proposal is not None
    page = site.page("/plan/")
    links = WebLinks(elvebyen, "nb", "plan")
    for element in proposal.elements():
        if element.action is None:
            continue
        part = page.part(f"e-{slug(element.id)}")
        assert (element.action.owner or "") in part.text_content()
        status = "http://testserver" + links.url("action_status", element.id)
        assert status in page.links(part), element.id
        path, fragment = place(status)
        assert fragment in site.page(path).ids


def test_every_voice_used_in_the_plan_leads_back_to_it(site: Site, elvebyen: Dossier) -> None:
    """Nothing people said is without an answer: the voice shows what came of it."""
    proposal = elvebyen.proposal
    assert proposal is not None
    links = WebLinks(elvebyen, "nb", "all_voices")
    voices = site.page("/innspill-alle/")
    for thread in proposal.threads:
        for link in thread.back:
            if link.to.kind is RefKind.VOICE:
                part = voices.part(f"v-{slug(link.to.id)}")
                back = "http://testserver" + links.ref_url(Ref(RefKind.ELEMENT, thread.element))
                assert back in voices.links(part), (link.to.id, thread.element)
