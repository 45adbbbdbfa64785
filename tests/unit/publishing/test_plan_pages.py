"""Pages of the process and of the versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.publishing.pages.plan import PlanPage
from jevn.publishing.pages.process import ProcessPage
from jevn.publishing.pages.versions import VersionsPage
from jevn.terms import LANGUAGES, Language, Say
from unit.publishing.fixture_dossier import dossier, empty_dossier


def _process(lang: Language = "nb") -> ProcessPage:
    d = dossier()
    page = make_page("process", d, Say(lang), StaticLinks(d, lang))
    assert isinstance(page, ProcessPage)
    return page


def _versions(lang: Language = "nb") -> VersionsPage:
    d = dossier()
    page = make_page("versions", d, Say(lang), StaticLinks(d, lang))
    assert isinstance(page, VersionsPage)
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_process_says_where_the_work_stands_and_what_is_missing(lang: Language) -> None:
    page = _process(lang)
    assert page.now is not None
    assert page.now.anchor == "t-hearing_open"
    assert [x.url for x in page.now.missing] == ["index.html"]
    standing = {s.anchor: s.standing_id for s in page.states}
    assert standing["t-first_reading"] == "done"
    assert standing["t-strategy_adopted"] == "passed", "no decision is recorded"
    assert standing["t-adopted"] == "later"
    texts = [s.title for s in page.states] + [x.text for s in page.states for x in s.missing]
    assert not [t for t in texts if "plan.guard" in t or "{" in t]
    assert all(s.actor and s.track for s in page.states)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_versions_show_what_is_changed_and_why(lang: Language) -> None:
    page = _versions(lang)
    assert page.table is not None
    assert len(page.table.rows) == 1
    (view,) = page.differences
    first = view.elements[0]
    assert "".join(p.text for p in first.changes[0].pieces if p.part != "added") == (
        "Et tidligere sammendrag."
    )
    whys = [r.text for e in view.elements for r in e.reasons]
    assert "Et råd ba om det." in whys
    assert not [c.label for e in view.elements for c in e.changes if "plan.change" in c.label]


def test_a_work_without_plan_has_the_pages_too() -> None:
    d = empty_dossier()
    page = make_page("process", d, Say("nb"), StaticLinks(d))
    assert isinstance(page, ProcessPage)
    assert not page.begun
    versions = make_page("versions", d, Say("nb"), StaticLinks(d))
    assert isinstance(versions, VersionsPage)
    assert versions.table is None


def test_paragraphs_of_the_plan_have_the_anchors_of_the_versions() -> None:
    d = dossier()
    page = make_page("plan", d, Say("nb"), StaticLinks(d))
    assert isinstance(page, PlanPage)
    assert d.present is not None
    goal = d.present.elements[0]
    assert page.elements[0].paragraphs == tuple((f"a-{p.anchor}", p.text) for p in goal.paragraphs)
    bare = replace(d, present=None)
    again = make_page("plan", bare, Say("nb"), StaticLinks(bare))
    assert [p for _, p in again.elements[0].paragraphs] == [p.text for p in goal.paragraphs]
