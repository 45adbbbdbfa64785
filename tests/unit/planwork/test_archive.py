"""The archive package: whole, verified by others' rules, and every kind of damage found."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.archive import app
from jevn.planwork.archive import make_archive, verify_archive
from jevn.terms import UserError


@pytest.fixture(scope="module")
def bag(quick_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("archive") / "elvebyen-2027"
    found = make_archive(quick_folder, to, only=("exchange", "data"))
    assert not found.faults
    return to


@pytest.fixture
def copy(bag: Path, tmp_path: Path) -> Path:
    to = tmp_path / "bag"
    shutil.copytree(bag, to)
    return to


def test_the_package_follows_the_standard(bag: Path, quick_folder: Path) -> None:
    """RFC 8493, read by its rules and not by our own reader."""
    assert (bag / "bagit.txt").read_text("utf-8").startswith("BagIt-Version: 1.0\n")
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (bag / "manifest-sha256.txt").read_text("utf-8").splitlines()
    )
    payload = [p for p in (bag / "data").rglob("*") if p.is_file()]
    assert set(listed) == {p.relative_to(bag).as_posix() for p in payload}
    for p in payload:
        digest = hashlib.sha256(p.read_bytes()).hexdigest()
        assert listed[p.relative_to(bag).as_posix()] == digest
    info = dict(
        line.split(": ", 1) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines()
    )
    size = sum(p.stat().st_size for p in payload)
    assert info["Payload-Oxum"] == f"{size}.{len(payload)}"
    assert (bag / "data/plan-folder/plan.yaml").read_bytes() == (
        quick_folder / "plan.yaml"
    ).read_bytes()
    told = json.loads((bag / "metadata.json").read_text("utf-8"))
    assert told["municipality"] == "Elvebyen"
    assert told["access"] == "internal"
    assert {v["id"] for v in told["versions"]} == {"2027-01-12-draft", "2027-02-02-hearing"}
    assert told["decisions"][0]["case"]


def test_it_is_whole_as_folder_and_as_zip(bag: Path, tmp_path: Path) -> None:
    assert verify_archive(bag).faults == ()
    packed = tmp_path / "bag.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for p in bag.rglob("*"):
            archive.write(p, Path(bag.name) / p.relative_to(bag))
    found = verify_archive(packed)
    assert found.faults == ()
    assert found.files == verify_archive(bag).files
    damaged = bytearray(packed.read_bytes())
    for at in (200, len(damaged) // 2):
        damaged[at] ^= 0xFF
        packed.write_bytes(bytes(damaged))
        assert verify_archive(packed).faults, "a byte turned over is found"


def test_every_kind_of_damage_is_found(copy: Path) -> None:
    (copy / "data/built/exchange/goals.csv").write_text("annet", "utf-8")
    (copy / "data/built/exchange/budget.csv").unlink()
    (copy / "data/lagt-til.txt").write_text("hei", "utf-8")
    found = {(f.kind, f.path) for f in verify_archive(copy).faults}
    assert found == {
        ("changed", "data/built/exchange/goals.csv"),
        ("missing", "data/built/exchange/budget.csv"),
        ("extra", "data/lagt-til.txt"),
        ("size", "bag-info.txt"),
    }
    (copy / "metadata.json").write_text("{}", "utf-8")
    (copy / "manifest-sha256.txt").write_text("tull\n", "utf-8")
    kinds = {f.kind for f in verify_archive(copy).faults}
    assert {"manifest", "extra", "changed"} <= kinds


def test_the_command_says_what_is_wrong_and_ends_so(bag: Path, copy: Path) -> None:
    whole = CliRunner().invoke(app, ["verify", str(bag)])
    assert whole.exit_code == 0
    assert "hel" in whole.output
    (copy / "data/built/exchange/goals.csv").write_text("annet", "utf-8")
    broken = CliRunner().invoke(app, ["verify", str(copy)])
    assert broken.exit_code == 1
    assert "endret: data/built/exchange/goals.csv" in broken.output
    told = json.loads(CliRunner().invoke(app, ["verify", str(copy), "--json"]).output)
    assert told["faults"][0]["kind"] == "changed"


def test_a_public_package_leaves_out_the_folder(quick_folder: Path, tmp_path: Path) -> None:
    found = make_archive(quick_folder, tmp_path / "open.zip", public=True, only=("exchange",))
    assert found.faults == ()
    assert found.metadata["access"] == "public"
    with zipfile.ZipFile(tmp_path / "open.zip") as archive:
        assert not [n for n in archive.namelist() if "plan-folder" in n]


def test_what_cannot_be_is_refused_and_nothing_is_left(quick_folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "finnes"
    there.mkdir()
    for path, problem in (
        (lambda: make_archive(quick_folder, there), "archive_exists"),
        (lambda: make_archive(tmp_path / "borte", tmp_path / "ny"), "folder_missing"),
        (lambda: verify_archive(tmp_path / "borte"), "archive_none"),
        (lambda: verify_archive(there), "archive_no_bag"),
    ):
        with pytest.raises(UserError) as refused:
            path()
        assert refused.value.id == problem
    (tmp_path / "ikke.zip").write_bytes(b"ikke en zip")
    with pytest.raises(UserError) as refused:
        verify_archive(tmp_path / "ikke.zip")
    assert refused.value.id == "archive_no_bag"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["finnes", "ikke.zip"]
