"""Loading a plan folder: whole or not at all, once, with an audit event."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jevn.publishing.dossier import Dossier
from jevn.terms import InputRefused, UserError
from jevn_web.people.selectors import newest_acts
from jevn_web.work import services
from jevn_web.work.fingerprint import fingerprint
from jevn_web.work.models import StoredResult, StoredWork
from jevn_web.work.selectors import dossier_of, newest_work, stored_part
from jevn_web.work.services import load_folder, store

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, int, int]:
    return StoredWork.objects.count(), StoredResult.objects.count(), len(newest_acts())


def test_what_is_stored_comes_back_unchanged(elvebyen: Dossier) -> None:
    work = newest_work()
    assert work is not None
    shown = dossier_of(work)
    cover = replace(shown.cover, documents=elvebyen.cover.documents)  # a matter of the web
    assert replace(shown, cover=cover) == elvebyen


def test_a_folder_is_loaded_with_one_audit_event(bare_folder: Path) -> None:
    works, _, acts = counts()
    heard: list[str] = []
    loaded = load_folder(bare_folder, actor="kari", progress=heard.append)
    assert (loaded.name, loaded.fresh) == ("Tomvik", True)
    assert counts()[0] == works + 1
    assert len(newest_acts()) == acts + 1
    event = newest_acts()[0]
    assert (event.actor, event.act, event.subject) == ("kari", "loaded", "Tomvik")
    assert event.details["inputs"] == fingerprint(bare_folder)
    assert event.details["work"] == loaded.id
    assert heard[0] == "build.reading"
    assert "Tomvik" in str(event)
    work = newest_work()
    assert work is not None
    assert work.id == loaded.id
    assert dossier_of(work).cover.municipality == "Tomvik"


def test_hashes_of_the_files_are_those_of_their_bytes(bare_folder: Path) -> None:
    load_folder(bare_folder)
    work = newest_work()
    assert work is not None
    expected = {
        name: hashlib.sha256((bare_folder / name).read_bytes()).hexdigest()
        for name in ("jevn.toml", "places.csv")
    }
    assert dict(json.loads(stored_part(work, "hashes") or "")) == expected


def test_an_unchanged_folder_is_not_read_again(
    bare_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_folder(bare_folder)
    before = counts()

    def refuse(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("jevn.planwork.read_folder", refuse)
    again = load_folder(bare_folder)
    assert (again.id, again.name, again.fresh) == (first.id, "Tomvik", False)
    assert counts() == before


@pytest.mark.parametrize("change", ["content", "new file", "renamed"])
def test_a_changed_folder_is_loaded_anew(bare_folder: Path, change: str) -> None:
    (bare_folder / "mandate.md").write_text("Oppdrag", "utf-8")
    first = load_folder(bare_folder)
    if change == "content":
        (bare_folder / "mandate.md").write_text("Oppgave", "utf-8")
    elif change == "new file":
        (bare_folder / "ideas.csv").write_text("id,text\nI-1,Flere benker\n", "utf-8")
    else:
        (bare_folder / "mandate.md").rename(bare_folder / "notat.md")
    second = load_folder(bare_folder)
    assert second.fresh
    assert second.id > first.id


def test_what_is_built_from_a_folder_does_not_make_it_changed(bare_folder: Path) -> None:
    before = fingerprint(bare_folder)
    (bare_folder / "build").mkdir()
    (bare_folder / "build" / "manifest.csv").write_text("x", "utf-8")
    (bare_folder / ".jevn").mkdir()
    (bare_folder / ".jevn" / "notes.md").write_text("x", "utf-8")
    (bare_folder / ".hidden.csv").write_text("x", "utf-8")
    assert fingerprint(bare_folder) == before


def test_another_program_makes_a_folder_changed(
    bare_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(bare_folder)
    monkeypatch.setattr("jevn_web.work.fingerprint._program", lambda: "another")
    assert fingerprint(bare_folder) != before


def test_going_back_to_an_earlier_folder_shows_it_again(bare_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(bare_folder, other)
    text = (other / "jevn.toml").read_text("utf-8")
    (other / "jevn.toml").write_text(text.replace("Tomvik", "Nyvik"), "utf-8")
    first = load_folder(bare_folder)
    load_folder(other)
    third = load_folder(bare_folder)
    assert third.fresh
    work = newest_work()
    assert work is not None
    assert work.id == third.id != first.id
    assert dossier_of(work).cover.municipality == "Tomvik"


def test_a_faulty_folder_is_refused_and_leaves_nothing(small_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "faulty"
    shutil.copytree(small_folder, folder)
    lines = (folder / "observations.csv").read_text("utf-8").splitlines()
    lines[3] = lines[3].replace(",", ",feil,", 1)
    (folder / "observations.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "plan.yaml").write_text("plan: [", "utf-8")
    before = counts()
    with pytest.raises(InputRefused) as refused:
        load_folder(folder)
    assert {p.file for p in refused.value.problems} >= {"observations.csv", "plan.yaml"}
    assert counts() == before


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_folder(tmp_path / "ingen")
    assert [p.id for p in refused.value.problems] == ["folder_missing"]


def test_a_fault_while_storing_leaves_nothing(
    elvebyen: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no audit, no act")

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(RuntimeError):
        store(elvebyen, "0" * 64, "draft-1", actor="tests")
    assert counts() == before
