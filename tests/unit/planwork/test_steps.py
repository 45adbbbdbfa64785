"""Running the steps: each part from its own input, and nothing made up where input lacks."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jevn.planwork import (
    PlanWork,
    assessment_of,
    challenges_of,
    effort_of,
    new_folder,
    prioritisation_of,
    read_folder,
    results,
    voices_of,
)
from jevn.publishing.dossier import Dossier
from jevn.terms import EffortArea

# which parts fall away when a file is missing
NEEDED = {
    "observations.csv": {"challenges", "need_effort"},
    "alternatives.yaml": {"assessment", "prioritisation"},
    "plan.yaml": {"proposal", "followup"},
}
PARTS = (
    "challenges",
    "effort",
    "need_effort",
    "voices",
    "assessment",
    "prioritisation",
    "proposal",
    "followup",
)


@pytest.fixture(scope="module")
def small(quick_folder: Path) -> PlanWork:
    return read_folder(quick_folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> PlanWork:
    folder = tmp_path_factory.mktemp("bare") / "plan"
    new_folder(folder, name="Ås", number="3218", as_of=date(2027, 3, 1))
    return read_folder(folder)


def test_without_input_every_part_but_evidence_is_none(bare: PlanWork) -> None:
    found = (f(bare) for f in (challenges_of, effort_of, voices_of, assessment_of))
    assert [*found, prioritisation_of(bare)] == [None] * 5
    dossier = results(bare)
    assert not any(getattr(dossier, part) for part in PARTS)
    assert {a.area for a in dossier.evidence.areas} == set(EffortArea)
    assert dossier.cover.plan_title == ""


@pytest.mark.parametrize("name", NEEDED)
def test_a_part_without_its_file_falls_away_alone(
    quick_folder: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(quick_folder, folder)
    (folder / name).unlink()
    if name == "alternatives.yaml":  # these name changes of the alternatives
        (folder / "assessments.yaml").unlink()
        (folder / "priorities.yaml").unlink()
    if name == "plan.yaml":
        (folder / "followup.csv").unlink()
    dossier = results(read_folder(folder))
    gone = {part for part in PARTS if not getattr(dossier, part)}
    assert gone == NEEDED[name]


def test_a_plan_without_its_figures_says_so_for_every_link_to_them(small: PlanWork) -> None:
    without = replace(small, observations=small.observations.clear())
    proposal = results(without).proposal
    assert proposal is not None
    broken = [m for m in proposal.missing if m.key == "plan.missing.target"]
    figures = [x for x in small.links if x.to.kind.value in ("figure", "indicator")]
    assert {str(m.params["to"]) for m in broken} == {str(x.to) for x in figures}


def test_progress_names_every_step_in_order(small: PlanWork) -> None:
    told: list[str] = []
    results(small, told.append)
    assert told == [
        f"build.step.{step}"
        for step in (
            "evidence",
            "challenges",
            "effort",
            "voices",
            "assessment",
            "projection",
            "prioritisation",
            "portfolio",
            "plan",
        )
    ]


def test_steps_leave_what_was_put_in_as_it_was(small: PlanWork) -> None:
    frames = ("observations", "population", "accounts", "services", "ideas", "hearing")
    before = {name: getattr(small, name).clone() for name in frames}
    results(small)
    for name, frame in before.items():
        assert getattr(small, name).equals(frame), name


def test_the_same_work_gives_the_same_results(small: PlanWork) -> None:
    assert results(small) == results(small)


def test_inhabitants_come_from_the_population_table_where_places_do_not_say(
    elvebyen: Dossier, elvebyen_folder: Path
) -> None:
    work = read_folder(elvebyen_folder)
    rows = work.population.to_dicts()
    dimensions = ("sex", "age", "education", "income", "background")
    for place in elvebyen.places:
        given = next(r for r in work.places.to_dicts() if r["place"] == place.id)
        totals = {
            r["year"]: r["persons"]
            for r in rows
            if r["place"] == place.id and all(r[d] is None for d in dimensions)
        }
        wanted = given["population"]
        if wanted is None and totals:
            wanted = totals[max(totals)]
        assert place.population == wanted
