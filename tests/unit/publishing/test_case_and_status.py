"""The case paper and the status report: what each holds, at every stage, in every language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jevn.plan.elements import Milestone
from jevn.plan.process import Facts, bundled_template, follow_process
from jevn.publishing.documents import case_paper, status_report
from jevn.publishing.documents.case import next_decision, stage_of
from jevn.publishing.documents.model import Bullets, Heading, Table
from jevn.publishing.dossier import Dossier
from jevn.terms import LANGUAGES, Language
from unit.publishing.fixture_dossier import dossier, empty_dossier


def _at(*closed: str) -> Dossier:
    d = dossier()
    steps = tuple(
        Milestone(f"m-{c}", "political", c, "2026-01-01", None, "done", "Sak 1", closes=c)
        for c in closed
    )
    facts = Facts(evidence=d.evidence, proposal=d.proposal, as_of="2027-03-01")
    return replace(d, process=follow_process(bundled_template("temaplan"), steps, facts))


def _headings(document: Any) -> list[str]:
    return [b.anchor for b in document.blocks if isinstance(b, Heading) and b.level == 1]


def _words(document: Any) -> str:
    found: list[str] = []
    for b in document.blocks:
        if isinstance(b, Heading):
            found.append(b.text)
        elif isinstance(b, Bullets):
            found += ["".join(r.text for r in item) for item in b.items]
        elif isinstance(b, Table):
            found += [str(c) for row in b.rows for c in row]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("closed", "stage", "decision"),
    [
        ((), "mandate", "strategy_adopted"),
        (("strategy_adopted",), "mandate", "mandate_adopted"),
        (("mandate_adopted",), "first", "first_reading"),
        (("first_reading",), "final", "adopted"),
        (("adopted",), "final", None),
    ],
)
def test_the_case_is_about_the_next_decision(
    closed: tuple[str, ...], stage: str, decision: str | None
) -> None:
    d = _at(*closed)
    assert stage_of(d) == stage
    found = next_decision(d)
    assert (found.state.id if found else None) == decision


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "closed", [("strategy_adopted",), ("mandate_adopted",), ("first_reading",)]
)
def test_the_case_paper_has_its_sections(lang: Language, closed: tuple[str, ...]) -> None:
    d = _at(*closed)
    document = case_paper(replace(d, cover=replace(d.cover, language=lang)))
    anchors = _headings(document)
    assert anchors[:2] == ["recommendation", "about"]
    assert anchors[-1] == "enclosed"
    if closed != ("strategy_adopted",):
        assert {"assessment", "changes", "money"} <= set(anchors)
    words = _words(document)
    assert "document." not in words
    assert "plan.guard" not in words
    assert "{" not in words


def test_changes_stand_with_their_reason() -> None:
    words = _words(case_paper(_at("first_reading")))
    assert "Et råd ba om det." in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_status_report_names_every_action_and_target(lang: Language) -> None:
    d = dossier()
    assert d.followup is not None
    document = status_report(replace(d, cover=replace(d.cover, language=lang)))
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert len(tables[1].rows) == len(d.followup.actions)
    if d.followup.targets:
        assert len(tables[2].rows) == len(d.followup.targets)
    words = _words(document)
    assert "document." not in words
    assert "publishing." not in words


def test_a_work_where_nothing_is_begun_has_them_too() -> None:
    for make in (case_paper, status_report):
        document = make(empty_dossier())
        assert document.form == "paper"
        assert document.blocks
