"""Checking a folder: faults, and what each step still lacks, in words of all languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jevn.planwork import check_folder
from jevn.planwork.checking import Checked
from jevn.terms import LANGUAGES, Say, UserError


@pytest.fixture
def folder(quick_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "plan"
    shutil.copytree(quick_folder, copy)
    return copy


def missing(checked: Checked, step: str) -> list[str]:
    state = next(s for s in checked.steps if s.step == step)
    assert state.begun
    for language in LANGUAGES:
        said = [Say(language).message(m) for m in state.missing]
        assert all(text and "{" not in text for text in said)
    return [m.key for m in state.missing]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_elvebyen_is_readable_and_every_step_is_begun(elvebyen_folder: Path) -> None:
    checked = check_folder(elvebyen_folder)
    assert checked.readable
    assert [s.step for s in checked.steps if s.begun] == [
        "evidence",
        "challenges",
        "effort",
        "voices",
        "assessment",
        "prioritisation",
        "plan",
    ]
    assert missing(checked, "plan") == []


def test_a_missing_owner_is_found(folder: Path) -> None:
    lines = (folder / "plan.yaml").read_text("utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.strip().startswith("owner:"))
    del lines[first]
    (folder / "plan.yaml").write_text("".join(lines), "utf-8")
    assert "plan.missing.owner" in missing(check_folder(folder), "plan")


def test_unanswered_statements_are_counted(folder: Path) -> None:
    (folder / "answers.yaml").unlink()
    checked = check_folder(folder)
    assert missing(checked, "voices") == ["check.voices.unanswered"]
    (message,) = next(s for s in checked.steps if s.step == "voices").missing
    statements = (folder / "hearing.csv").read_text("utf-8").count("\nH-")
    assert message.params["n"] == statements > 0


def test_a_change_without_judgement_is_named(folder: Path) -> None:
    (folder / "assessments.yaml").unlink()
    assert "check.assessment.criterion" in missing(check_folder(folder), "assessment")


def test_no_proposed_package_is_said(folder: Path) -> None:
    path = folder / "priorities.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("proposed:")], "utf-8")
    assert missing(check_folder(folder), "prioritisation") == ["check.prioritisation.proposed"]


def test_areas_without_indicators_are_named(folder: Path) -> None:
    # the small folder holds figures of few indicators only
    assert set(missing(check_folder(folder), "challenges")) <= {"check.challenges.area"}


def test_faults_are_returned_not_raised(folder: Path) -> None:
    replace(folder / "jevn.toml", "[work]", "[work")
    checked = check_folder(folder)
    assert not checked.readable
    assert checked.steps == ()
    assert [p.id for p in checked.problems] == ["toml_syntax"]


def test_what_a_step_refuses_is_a_fault_too(folder: Path) -> None:
    replace(folder / "jevn.toml", "year = 2026", "year = 2031")
    checked = check_folder(folder)
    assert not checked.readable
    assert [(p.file, p.column) for p in checked.problems] == [("accounts.csv", "year")]
    assert "2031" in checked.problems[0].what()


def test_a_folder_that_is_not_there_is_raised(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        check_folder(tmp_path / "none")
    assert caught.value.id == "folder_missing"
