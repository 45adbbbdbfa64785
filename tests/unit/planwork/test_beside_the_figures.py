"""What is chosen and written beside the figures goes into the folder and out again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jevn.planwork import challenges_of, read_folder, write_folder
from jevn.terms import EffortArea, InputRefused

IMPORTANCE = """- {sign: gradient, weight: 2, reason: Ulikhet, by: Formannskapet, date: 2027-02-10}
- {area: bolig, sign: level, weight: 0.5, reason: Brudd, by: Koordinator}
"""


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "plan"
    shutil.copytree(small_folder, copy)
    (copy / "importance.yaml").write_text(IMPORTANCE, "utf-8")
    with (copy / "jevn.toml").open("a", encoding="utf-8") as file:
        file.write('\n[challenges]\nreference = "median"\nold_after = 6\ndraws = 300\n')
    return copy


def test_settings_importance_and_judgements_are_read_used_and_written(
    folder: Path, tmp_path: Path
) -> None:
    work = read_folder(folder)
    assert (work.settings.challenges.reference, work.settings.challenges.old_after) == ("median", 6)
    assert [line.weight for line in work.importance] == [2.0, 0.5]
    assert {j.about for j in work.professional.themes} >= {"skader", "miljo"}
    profile = challenges_of(work)
    assert profile is not None
    assert profile.ranking is not None
    assert profile.ranking.draws == 300
    assert profile.ranking.importance == work.importance
    area = profile.area(EffortArea.OPPVEKST)
    assert area.professional is not None
    assert area.judgement == area.professional.text
    write_folder(work, tmp_path / "again")
    again = read_folder(tmp_path / "again")
    assert again.settings.challenges == work.settings.challenges
    assert again.importance == work.importance
    assert again.professional == work.professional
    assert again.area_judgements == work.area_judgements


def test_an_unknown_reference_is_refused_with_the_choices(folder: Path) -> None:
    path = folder / "jevn.toml"
    path.write_text(path.read_text("utf-8").replace('"median"', '"middle"'), "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    (problem,) = caught.value.problems
    assert (problem.id, problem.column) == ("yaml_choice", "challenges.reference")
