"""The written parts of Elvebyen's plan hang together."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from jevn.demo.plan_file import changes, load, plan_document, ungraded, wishes
from jevn.demo.rates import read_rates
from jevn.impact.reading import read_alternatives, read_judgements
from jevn.plan.reading import read_plan, read_process
from jevn.plan.thread import COMPULSORY
from jevn.tables.yamlfile import load_yaml
from jevn.terms import AREAS, CRITERIA, Ref, RefKind


def test_plan_and_process_are_read_without_a_fault(elvebyen: Path) -> None:
    parts = read_plan(load_yaml(elvebyen / "plan.yaml"))
    assert parts.plan is not None
    assert parts.plan.id == "folkehelse"
    kinds = [e.kind.value for e in parts.elements]
    assert kinds.count("goal") == 5 + 2, "two stand in the plan above"
    assert kinds.count("priority_effort") == 4
    assert kinds.count("strategy") == 8
    assert kinds.count("action") >= 16
    milestones = read_process(load_yaml(elvebyen / "process.yaml"))
    assert {m.track for m in milestones} == {"administrative", "political", "participation"}
    assert {m.state for m in milestones} == {"done", "now", "planned"}
    assert any(m.state == "now" and m.how_to_take_part for m in milestones)


def test_alternatives_cover_all_areas_and_one_change_releases_money(elvebyen: Path) -> None:
    data = yaml.safe_load((elvebyen / "alternatives.yaml").read_text("utf-8"))
    alternatives = read_alternatives(data, "alternatives.yaml")
    assert next(a.id for a in alternatives) == "zero"
    assert len(alternatives) == 6
    every = changes()
    assert 18 <= len(every) <= 24
    assert {c["area"] for c in every.values()} == {a.value for a in AREAS}
    assert any(c["level"] == "stop" and c["nok_per_year"] < 0 for c in every.values())
    assert 6 <= sum("effect" in c for c in every.values()) <= 8


def test_every_change_is_judged_on_all_four_criteria_with_a_reason(elvebyen: Path) -> None:
    data = yaml.safe_load((elvebyen / "assessments.yaml").read_text("utf-8"))
    judgements = read_judgements(data, "assessments.yaml")
    assert {j.change for j in judgements} == set(changes())
    for judgement in judgements:
        assert {c.criterion for c in judgement.criteria} == set(CRITERIA)
        assert all(len(c.reason) > 15 for c in judgement.criteria)
        assert judgement.gains
        assert judgement.loses
        assert judgement.mechanism


def test_ballots_name_changes_that_exist() -> None:
    priorities = load("priorities.yaml")
    assert [b["group"] for b in priorities["ballots"]] == [f"Gruppe {i}" for i in range(1, 6)]
    for ballot in priorities["ballots"]:
        assert set(ballot["ranked"]) <= set(changes())
        assert sorted(ballot["criteria"]) == sorted(c.value for c in CRITERIA)


def test_effects_start_from_indicators_that_are_known_by_education() -> None:
    by_education = {r.id for r in read_rates() if r.education}
    for change in changes().values():
        effect = change.get("effect", {})
        for name in ("determinant", "outcome"):
            if name in effect:
                assert effect[name] in by_education


def test_services_and_places_of_changes_exist() -> None:
    text = files("jevn.demo").joinpath("data", "services.csv").read_text("utf-8")
    services = {row["service"] for row in csv.DictReader(text.splitlines())}
    assert all(c.get("service", "skolehelse") in services for c in changes().values())


def test_every_action_has_all_details_and_a_thread_without_unstated_gaps() -> None:
    plan = plan_document()
    every = changes()
    present: dict[str, set[str]] = {}
    for row in (*plan["links"], *plan["gaps"]):
        present.setdefault(row["element"], set()).add(row["relation"])
    here = {row["element"] for row in plan["placements"] if row["plan"] == "folkehelse"}
    for element in (e for e in plan["elements"] if e["id"] in here):
        for kind, relations in COMPULSORY.items():
            if kind.value == element["kind"]:
                assert {r.value for r in relations} <= present.get(element["id"], set())
        action = element.get("action")
        if action:
            assert all(action[k] for k in ("owner", "start", "deadline", "next_update", "cost_nok"))
            change = every[action["change"]]
            assert set(action["cost_nok"].values()) == {change["nok_per_year"]}
            assert action["start"] < action["deadline"]


def test_links_point_to_things_of_the_folder() -> None:
    plan = plan_document()
    indicators = {r.id for r in read_rates()}
    asked = {v for ids in wishes().values() for v in ids}
    milestones = {m["id"] for m in load("process.yaml")["milestones"]}
    known = {
        RefKind.FIGURE: indicators,
        RefKind.INDICATOR: indicators,
        RefKind.DECISION: milestones,
        RefKind.ASSESSMENT: {f"{c['alternative']}/{k}" for k, c in changes().items()},
        RefKind.PRIORITY: {f"weights-all/{k}" for k in changes()},
    }
    for link in plan["links"]:
        ref = Ref.parse(link["to"])
        if ref.kind in known:
            assert ref.id in known[ref.kind], link
        if ref.kind is RefKind.VOICE and "/" not in ref.id:
            assert ref.id in asked


def test_the_shared_priority_efforts_stand_in_all_four_theme_plans() -> None:
    placed: dict[str, set[str]] = {}
    for row in plan_document()["placements"]:
        placed.setdefault(row["element"], set()).add(row["plan"])
    assert [e for e, plans in placed.items() if len(plans) == 4] == ["S1", "S2", "S3", "S4"]


def test_targets_stand_on_indicators_with_the_baseline_put_in(drawn: object) -> None:
    truths = drawn.truths  # type: ignore[attr-defined]
    for element in plan_document()["elements"]:
        for target in element.get("targets", []):
            truth = truths[target["indicator"]]
            if target["on"] == "level":
                assert target["baseline"] == pytest.approx(truth.total, rel=0.05)
            else:
                gap = max(truth.education) - min(truth.education)
                assert target["baseline"] == pytest.approx(gap, rel=0.05)


def test_ungraded_changes_are_those_the_catalogue_leaves_ungraded() -> None:
    evidence = pytest.importorskip("jevn.evidence")
    if not hasattr(evidence, "load_catalogue"):
        pytest.skip("the catalogue cannot be read yet")
    catalogue = evidence.load_catalogue()
    for ident, change in changes().items():
        found = catalogue.intervention(change["intervention"])
        assert found is not None, ident
        actions = {a["change"] for a in load("elements.yaml")["actions"]}
        if ident in actions:
            assert (found.strength == "U") == (ident in ungraded()), ident
