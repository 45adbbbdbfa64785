"""The folder of Elvebyen: complete, repeatable, whole or not at all."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from jevn.demo import write_elvebyen, writer
from jevn.terms import UserError


def digest(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    elvebyen: Path, tmp_path: Path
) -> None:
    write_elvebyen(tmp_path / "again")
    write_elvebyen(tmp_path / "other", seed=7)
    first, other = digest(elvebyen), digest(tmp_path / "other")
    assert digest(tmp_path / "again") == first
    assert other["observations.csv"] != first["observations.csv"]
    assert other["plan.yaml"] == first["plan.yaml"]


def test_every_file_of_the_format_that_the_demo_owns_is_there(elvebyen: Path) -> None:
    names = {p.name for p in elvebyen.iterdir()}
    assert {
        "jevn.toml", "origins.yaml", "places.csv", "zones.geojson", "population.csv",
        "indicators.csv", "observations.csv", "judgements.yaml", "accounts.csv",
        "comparison_accounts.csv", "shares.csv", "services.csv", "service_users.csv",
        "alternatives.yaml", "assessments.yaml", "priorities.yaml", "plan.yaml",
        "process.yaml", "followup.csv", "truth.json",
    } <= names  # fmt: skip


def test_it_says_it_is_fictional(elvebyen: Path) -> None:
    settings = tomllib.loads((elvebyen / "jevn.toml").read_text("utf-8"))
    assert settings["municipality"]["fictional"] is True
    assert "oppdiktet" in settings["work"]["notice"]


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(UserError) as refused:
        write_elvebyen(tmp_path)
    assert refused.value.id == "demo_folder_not_empty"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write_elvebyen(tmp_path / "here")
    assert (tmp_path / "here" / "jevn.toml").is_file()


def test_a_negative_seed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_elvebyen(tmp_path / "x", seed=-1)
    assert refused.value.id == "demo_seed"


def test_nothing_is_left_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("disk")

    monkeypatch.setattr(writer, "zones_geojson", broken)
    with pytest.raises(RuntimeError):
        write_elvebyen(tmp_path / "x")
    assert list(tmp_path.iterdir()) == []
