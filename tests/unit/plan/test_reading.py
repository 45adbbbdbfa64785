"""Reading ``plan.yaml``: what holds, and what is refused with line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.plan import read_plan, read_process
from jevn.plan.elements import ElementKind, Relation
from jevn.tables.yamlfile import load_yaml
from jevn.terms import InputRefused, Ref, RefKind

GOOD = """\
plan:
  id: p
  title: Plan
  first_year: 2027
  last_year: 2034
elements:
  - {id: M1, kind: goal, title: Mål}
  - id: T1
    kind: action
    title: Tiltak
    action:
      owner: Enhet
      start: 2028-01-01
      deadline: 2029-12-31
      cost_nok: {2029: 20, 2028: 10}
      function: 232
placements:
  - {plan: p, element: M1}
  - {plan: p, element: T1, parent: M1}
links:
  - {element: T1, relation: asked_by, to: "voice:I-001"}
gaps:
  - {element: T1, relation: rests_on, reason: Ingen forskning funnet.}
"""


def read(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "plan.yaml"
    path.write_text(text, "utf-8")
    return read_plan(load_yaml(path))


def refused(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, text)
    for problem in caught.value.problems:
        assert problem.what()
        assert problem.remedy()
    return [(p.id, p.row) for p in caught.value.problems]


def test_a_good_plan_is_read_whole(tmp_path: Path) -> None:
    parts = read(tmp_path, GOOD)
    goal, action = parts.elements
    assert (goal.kind, goal.action) == (ElementKind.GOAL, None)
    assert action.action.cost_nok == ((2028, 10.0), (2029, 20.0))
    assert action.action.function == "232"
    assert action.action.deadline == "2029-12-31"
    assert parts.placements[1].parent == "M1"
    assert parts.links[0].to == Ref(RefKind.VOICE, "I-001")
    assert parts.gaps[0].relation is Relation.RESTS_ON


def test_dates_out_of_order_are_refused_with_their_line(tmp_path: Path) -> None:
    text = GOOD.replace("2029-12-31", "2027-12-31")
    assert refused(tmp_path, text) == [("plan_dates", 14)]


def test_an_element_in_no_plan_is_named(tmp_path: Path) -> None:
    text = GOOD.replace("  - {plan: p, element: M1}\n", "").replace(", parent: M1", "")
    assert refused(tmp_path, text) == [("plan_unplaced", 7)]


def test_a_circle_of_parents_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("element: M1}", "element: M1, parent: T1}")
    assert refused(tmp_path, text) == [("plan_circle", 18), ("plan_circle", 19)]


def test_an_adopted_action_has_an_owner(tmp_path: Path) -> None:
    adopted = GOOD.replace("element: T1, parent: M1}", "element: T1, parent: M1, status: adopted}")
    assert read(tmp_path, adopted).placements[1].status == "adopted"
    bare = adopted.replace("      owner: Enhet\n", "")
    assert [id for id, _ in refused(tmp_path, bare)] == ["plan_adopted_owner"]
    proposed = GOOD.replace("      owner: Enhet\n", "")
    assert read(tmp_path, proposed).elements[1].action.owner is None


def test_plans_stand_under_plans_that_there_are(tmp_path: Path) -> None:
    other = "other_plans:\n  - {id: q, title: Over, first_year: 2024, last_year: 2040}\nelements:"
    good = GOOD.replace("  title: Plan\n", "  title: Plan\n  parent: q\n")
    assert refused(tmp_path, good) == [("plan_no_plan", 1)]
    good = good.replace("elements:", other, 1)
    assert read(tmp_path, good).plan.parent == "q"
    circle = good.replace("last_year: 2040}", "last_year: 2040, parent: p}")
    assert [id for id, _ in refused(tmp_path, circle)] == ["plan_circle", "plan_circle"]


def test_a_link_to_no_element_or_of_unknown_form_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('to: "voice:I-001"', 'to: "I-001"')
    assert refused(tmp_path, text) == [("plan_ref", 21)]
    text = GOOD.replace("{element: T1, relation: asked_by", "{element: T9, relation: asked_by")
    assert refused(tmp_path, text) == [("plan_no_element", 21)]


def test_unknown_and_missing_fields_are_named_together(tmp_path: Path) -> None:
    text = GOOD.replace("title: Mål", "titel: Mål").replace("owner: Enhet", "eier: Enhet")
    found = refused(tmp_path, text)
    assert ("yaml_missing", 7) in found
    assert ("yaml_unknown", 7) in found
    assert ("yaml_unknown", 12) in found


def test_an_id_used_twice_is_refused_at_the_second(tmp_path: Path) -> None:
    text = GOOD.replace("- id: T1", "- id: M1").replace("T1", "M1").replace(", parent: M1", "")
    assert ("plan_id_twice", 8) in refused(tmp_path, text)


def test_an_unknown_kind_lists_the_choices(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace("kind: goal", "kind: maal"), "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_plan(load_yaml(path))
    assert "'goal'" in caught.value.problems[0].remedy()


def test_milestones_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "process.yaml"
    path.write_text(
        "milestones:\n"
        "  - {id: b, track: political, title: B, date: 2026-10-20, state: done}\n"
        "  - {id: a, track: participation, title: A, period: Høst 2026, state: now}\n",
        "utf-8",
    )
    steps = read_process(load_yaml(path))
    assert [(s.id, s.date, s.period) for s in steps] == [
        ("b", "2026-10-20", None),
        ("a", None, "Høst 2026"),
    ]


def test_a_link_to_the_wrong_kind_of_thing_is_refused_with_what_it_may_be(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace("voice:I-001", "evidence:i1"), "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_plan(load_yaml(path))
    (problem,) = caught.value.problems
    assert (problem.id, problem.row, problem.column) == ("plan_ref_kind", 21, "to")
    assert "voice:<id>" in problem.remedy()
