"""Elvebyen as a site: real amounts of everything, and every link leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.plan.elements import ElementKind
from jevn.publishing.dossier import Dossier
from jevn.publishing.links import StaticLinks
from jevn.publishing.site import publish_site
from jevn.terms import RefKind
from unit.publishing.site_reader import broken_links, read_page, read_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(elvebyen: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("elvebyen-site") / "site"
    publish_site(elvebyen, out, ("nb",))
    return out


def test_every_link_of_elvebyen_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_every_page_of_elvebyen_has_order_and_no_inline_code(site: Path) -> None:
    for path, page in read_site(site).items():
        assert page.inline == [], path
        assert page.headings.count(1) == 1, path
        assert len(page.ids) == len(set(page.ids)), path
        for before, after in zip(page.headings, page.headings[1:], strict=False):
            assert after <= before + 1, path


def test_each_action_is_one_click_from_its_whole_links(elvebyen: Dossier, site: Path) -> None:
    assert elvebyen.proposal
    links, plan = StaticLinks(elvebyen).at("plan.html"), set(read_page(site / "plan.html").links)
    actions = [e.id for e in elvebyen.proposal.elements() if e.kind is ElementKind.ACTION]
    assert len(actions) > 10
    for action in actions:
        thread = elvebyen.proposal.thread(action)
        whole = [x for x in (*thread.back, *thread.forward) if x.whole]
        assert {links.ref_url(x.to) for x in whole} <= plan, action
        stated = {s.relation.value for s in thread.stated}
        kinds = {x.to.kind for x in whole}
        assert RefKind.FIGURE in kinds or "answers" in stated, action
        assert RefKind.EVIDENCE in kinds or "rests_on" in stated, action
        assert RefKind.VOICE in kinds or "asked_by" in stated, action
