"""Building: exactly the files promised, whole or not at all, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from jevn.planwork import build, new_folder, read_folder, results
from jevn.terms import InputRefused, UserError

REPORT = "001_bcb52ef795cb5faa.txt"
QUICK = ("plan", "knowledge", "data")
DOCUMENTS = {
    f"{name}.{end}"
    for name in (
        "plan",
        "brief",
        "case-paper",
        "hearing",
        "summary",
        "knowledge-base",
        "effort-profile",
        "impact-assessment",
        "workshops",
        "status-report",
    )
    for end in ("pdf", "docx")
}


def files(folder: Path) -> dict[str, str]:
    """Hash of every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    new_folder(folder, name="Ås", number="3218", as_of=date(2027, 3, 1))
    return folder


@pytest.fixture(scope="module")
def made(quick_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    build(quick_folder, out, only=QUICK)
    return out


def test_documents_and_data_stand_where_promised(made: Path) -> None:
    assert {p.name for p in made.iterdir()} == {*DOCUMENTS, "data", "manifest.json"}
    assert (made / "data" / "datapackage.json").is_file()
    assert all((made / name).stat().st_size > 1000 for name in DOCUMENTS)


def test_the_manifest_holds_the_hash_of_every_file_read(made: Path, quick_folder: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert manifest["as_of"] == "2027-03-01"
    assert manifest["inputs"] == {
        name: digest for name, digest in files(quick_folder).items() if name != "truth.json"
    }


def test_the_same_folder_gives_the_same_bytes(
    made: Path, quick_folder: Path, tmp_path: Path
) -> None:
    build(quick_folder, tmp_path / "again", only=QUICK)
    assert files(tmp_path / "again") == files(made)


@pytest.mark.slow
def test_everything_is_built_even_when_nothing_is_begun(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built = build(bare, out, languages=("nb",))
    assert set(built.files) == {"site", "data", "manifest.json", *DOCUMENTS}
    assert {p.name for p in out.iterdir()} == set(built.files)
    assert (out / "site" / "index.html").is_file()


def test_only_what_was_asked_for_is_built(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told: list[str] = []
    built = build(bare, out, only=("data",), progress=told.append)
    assert built.files == ("data", "manifest.json")
    assert {p.name for p in out.iterdir()} == {"data", "manifest.json"}
    assert told[0] == "build.reading"
    assert told[-1] == "build.data"


def test_a_part_built_alone_leaves_the_others(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.pdf").write_bytes(b"earlier")
    (out / "mine.txt").write_text("mitt")
    build(bare, out, only=("data",))
    assert (out / "plan.pdf").read_bytes() == b"earlier"
    assert (out / "mine.txt").read_text() == "mitt"


def test_a_new_build_leaves_nothing_of_the_old_part(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(bare, out, only=("data",))
    (out / "data" / "old.csv").write_text("x")
    build(bare, out, only=("data",))
    assert not (out / "data" / "old.csv").exists()


def test_an_unknown_part_is_refused_with_the_choices(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        build(bare, tmp_path / "out", only=("data", "film"))
    assert caught.value.id == "build_part"
    said = caught.value.render()
    assert "film" in said
    assert "knowledge" in said
    assert not (tmp_path / "out").exists()


def test_a_file_cannot_be_the_output_folder(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mitt")
    with pytest.raises(UserError) as caught:
        build(bare, out, only=("data",))
    assert caught.value.id == "build_out"
    assert out.read_text() == "mitt"


def test_an_output_folder_that_cannot_be_written_is_said(
    bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(UserError) as caught:
        build(bare, tmp_path / "out", only=("data",))
    assert caught.value.id == "build_out"
    assert "Permission denied" in caught.value.render()


@pytest.mark.parametrize("fault", [RuntimeError("midt i"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_the_earlier_one(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    out = tmp_path / "out"
    build(bare, out, only=("data",))
    before = files(out)

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("jevn.publishing.documents.write_document", fail)
    with pytest.raises(type(fault)):
        build(bare, out, only=("data", "plan"))
    assert files(out) == before
    assert {p.name for p in out.iterdir()} == {"data", "manifest.json"}


def test_a_folder_with_faults_is_not_built(bare: Path, tmp_path: Path) -> None:
    (bare / "accounts.csv").write_text("year,function,amount\n2026,202,mange\n", "utf-8")
    with pytest.raises(InputRefused):
        build(bare, tmp_path / "out", only=("data",))
    assert not (tmp_path / "out").exists()


# --- real municipalities ---------------------------------------------------------


def test_drammen_builds_and_every_figure_has_a_source(repository: Path, tmp_path: Path) -> None:
    built = build(repository / "examples" / "drammen", tmp_path / "out", only=QUICK)
    assert set(built.files) == {"data", "manifest.json", *DOCUMENTS}
    work = read_folder(repository / "examples" / "drammen")
    origins = {o.id: o for o in work.origins}
    assert work.observations.height > 30
    for row in work.observations.iter_rows(named=True):
        origin = origins[row["origin"]]
        assert origin.producer, row
        assert origin.title, row
        assert origin.link, row
        assert origin.kind.value in ("published", "estimate")
    # what nobody has put in is not there
    dossier = built.dossier
    assert (dossier.effort, dossier.voices, dossier.assessment) == (None, None, None)
    assert (dossier.prioritisation, dossier.proposal) == (None, None)
    written = json.loads((tmp_path / "out" / "data" / "result-challenges.json").read_text("utf-8"))
    values = {round(v, 9) for v in work.observations["value"].drop_nulls().to_list()}
    levels = [i["level"]["value"] for i in written["indicators"] if i["level"]]
    assert levels
    assert {round(v, 9) for v in levels} <= values


def test_a_real_report_gives_every_point_and_every_group(
    bare: Path, shared_data: Path, tmp_path: Path
) -> None:
    text = (shared_data / "seeds" / REPORT).read_bytes()
    (bare / "reports" / "verksted.txt").write_bytes(text)
    built = build(bare, tmp_path / "out", only=("data", "knowledge"))
    voices = built.dossier.voices
    assert voices is not None
    (report,) = voices.reports
    questions = [q for part in report.parts for q in part.questions]
    bullets = sum(len(s.bullets) for q in questions for s in q.sections)
    groups = [g for q in questions for g in q.groups]
    assert bullets == 101
    assert len(groups) == 10
    assert sum(len(g.ranked) for g in groups) == 46
    assert len(voices.contributions) == 147
    assert len({c.id for c in voices.contributions}) == 147
    names = [p.name for p in report.participants]
    assert names
    data = (tmp_path / "out" / "data" / "result-voices.json").read_text("utf-8")
    assert not [name for name in names if name in data]


def test_the_real_report_alone_begins_only_step_four(bare: Path, shared_data: Path) -> None:
    text = (shared_data / "seeds" / REPORT).read_bytes()
    (bare / "reports" / "verksted.txt").write_bytes(text)
    dossier = results(read_folder(bare))
    begun = {n for n in ("challenges", "effort", "voices", "proposal") if getattr(dossier, n)}
    assert begun == {"voices"}


# --- parts that are still good -----------------------------------------------------


def test_a_second_build_of_the_same_makes_nothing(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = build(bare, out, only=("data",))
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    told: list[str] = []
    again = build(bare, out, only=("data",), progress=told.append)
    assert again.reused == ("data",)
    assert again.dossier is None
    assert again.files == first.files
    assert told == ["build.reading", "build.unchanged"]
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before


def test_what_is_touched_or_gone_is_made_again(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(bare, out, only=("data",))
    whole = files(out)
    some = next(p for p in (out / "data").iterdir() if p.suffix == ".json")
    for harm in (lambda: some.write_text("{}"), some.unlink):
        harm()
        assert build(bare, out, only=("data",)).reused == ()
        assert files(out) == whole
    (out / "manifest.json").write_text("ikke json")
    assert build(bare, out, only=("data",)).reused == ()
    assert files(out) == whole


def test_a_changed_file_makes_everything_again(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(bare, out, only=("data",))
    (bare / "mandate.md").write_text("# Mandat\n\nNytt.\n", "utf-8")
    assert build(bare, out, only=("data",)).reused == ()
    assert build(bare, out, only=("data",)).reused == ("data",)
    assert build(bare, out, only=("data",), fresh=True).reused == ()


def test_a_part_asked_for_later_is_made_beside_those_still_good(
    quick_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build(quick_folder, out, only=("exchange",))
    kept = files(out / "exchange")
    built = build(quick_folder, out, only=("exchange", "data"))
    assert built.reused == ("exchange",)
    assert set(built.files) == {"data", "exchange", "manifest.json"}
    assert files(out / "exchange") == kept
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(manifest["parts"]) == {"data", "exchange"}
