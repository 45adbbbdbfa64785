"""The plan folder: new, read, written back, refused; nothing half made, no traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jevn.planwork import check_folder, new_folder, read_folder, results, write_folder
from jevn.planwork.reader import TABLES
from jevn.prioritisation.shared_budget import pabulib_text
from jevn.terms import InputRefused, UserError


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    new_folder(folder, name='Nes "på" øya', number="3301", as_of=date(2027, 3, 1))
    return folder


def problems(folder: Path) -> dict[str, tuple[str | None, int | None]]:
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    return {p.id: (p.file, p.row) for p in caught.value.problems}


def test_a_new_folder_reads_as_a_work_with_nothing_begun(empty: Path) -> None:
    work = read_folder(empty)
    assert work.municipality.name == 'Nes "på" øya'
    dossier = results(work)
    assert dossier.evidence.areas
    begun = (dossier.challenges, dossier.effort, dossier.voices, dossier.assessment)
    assert begun == (None, None, None, None)
    states = {s.step: s.begun for s in check_folder(empty).steps}
    assert states == {
        "evidence": True,
        "challenges": False,
        "effort": False,
        "voices": False,
        "assessment": False,
        "prioritisation": False,
        "plan": False,
    }


def test_every_table_of_the_folder_has_its_header(empty: Path) -> None:
    for schema in TABLES:
        header = (empty / f"{schema.name}.csv").read_text("utf-8").splitlines()[0]
        assert header.split(",") == [c.name for c in schema.columns]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mitt")
    with pytest.raises(UserError) as caught:
        new_folder(tmp_path, name="X", number="1", as_of=date(2027, 3, 1))
    assert caught.value.id == "folder_not_empty"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_folder(tmp_path / "none")
    assert caught.value.id == "folder_missing"


def test_problems_of_all_files_come_in_one_go(empty: Path) -> None:
    (empty / "plan.yaml").write_text("plan: [", "utf-8")
    (empty / "process.yaml").write_text("", "utf-8")
    (empty / "zones.geojson").write_text("{}", "utf-8")
    (empty / "accounts.csv").write_text("year,function,amount\n2026,202,mange\n", "utf-8")
    found = problems(empty)
    files = {file for file, _ in found.values()}
    assert files == {"plan.yaml", "process.yaml", "zones.geojson", "accounts.csv"}
    assert any(row == 2 for file, row in found.values() if file == "accounts.csv")


def test_ids_that_exist_nowhere_are_named(empty: Path) -> None:
    (empty / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity,origin\nx,bolig,X,percent,adverse,ssb\n", "utf-8"
    )
    (empty / "observations.csv").write_text(
        "indicator,place,period_start,value\nx,3301,2025,1\ny,9999,2025,1\n", "utf-8"
    )
    found = problems(empty)
    assert found["unknown_indicator"] == ("observations.csv", 3)
    assert found["unknown_place"] == ("observations.csv", 3)
    assert found["unknown_origin"][0] == "indicators.csv"


def test_the_same_table_in_two_files_is_refused(empty: Path) -> None:
    read = read_folder(empty)
    read.places.drop("_row", strict=False).write_parquet(empty / "places.parquet")
    assert "folder_twice" in problems(empty)


def test_a_written_folder_reads_back_to_the_same_work(
    elvebyen_folder: Path, tmp_path: Path
) -> None:
    work = read_folder(elvebyen_folder)
    write_folder(work, tmp_path / "copy")
    again = read_folder(tmp_path / "copy")
    for name in work.__dataclass_fields__:
        if name in ("hashes", "hidden_cells"):
            continue
        old, new = getattr(work, name), getattr(again, name)
        if hasattr(old, "drop"):
            old, new = old.drop("_row", strict=False), new.drop("_row", strict=False)
            assert old.equals(new), name
        elif name == "conversations":
            assert [t.about for t in old] == [t.about for t in new]
            for one, other in zip(old, new, strict=True):
                assert (one.people, one.statements) == (other.people, other.statements)
                for part in ("person", "statement", "vote"):
                    assert np.array_equal(getattr(one, part), getattr(other, part)), part
        elif name == "elections":
            assert [id for id, _ in old] == [id for id, _ in new]
            for (_, one), (_, other) in zip(old, new, strict=True):
                assert pabulib_text(one) == pabulib_text(other)
        else:
            assert old == new, name


def _break(folder: Path, name: str, act: Callable[[bytes], bytes]) -> None:
    path = folder / name
    path.write_bytes(act(path.read_bytes()))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_damage_to_a_folder_gives_a_traceback(
    quick_folder: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz") / "plan"
    shutil.copytree(quick_folder, folder)
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    name = data.draw(st.sampled_from(files))
    length = (folder / name).stat().st_size
    at = data.draw(st.integers(0, max(0, length - 1)))
    piece = data.draw(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [b"", b"\x00", b"\xff\xfe", b";;", b'"', b"\n\n", b"-1e9", b"{", b"id: "]
            ),
        )
    )
    cut = data.draw(st.integers(0, 40))
    _break(folder, name, lambda raw: raw[:at] + piece + raw[at + cut :])
    whole = data.draw(st.sampled_from([True, False, False, False]))
    try:
        work = read_folder(folder)
        if whole:
            results(work)
        said = ["whole"]
    except UserError as error:
        said = [p.what("en") + p.remedy("en") for p in error.problems]
    finally:
        shutil.rmtree(folder)
    assert all(said)
    assert said


def test_of_a_national_parquet_file_the_folders_own_places_are_read(empty: Path) -> None:
    (empty / "places.csv").write_text(
        "place,name,kind\n0,Norge,country\n3301,Drammen,municipality\n33,Buskerud,region\n", "utf-8"
    )
    (empty / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity\na,bolig,A,percent,adverse\n", "utf-8"
    )
    (empty / "observations.csv").unlink()
    rows = [
        {"indicator": i, "place": p, "period_start": 2024, "value": v}
        for i in ("a", "b")
        for p, v in (("0301", 40.0), ("3301", 50.0), ("0", 45.0))
    ]
    path = empty / "observations.parquet"
    pl.DataFrame(rows).write_parquet(path)
    found = read_folder(empty).observations
    assert found.select("place", "value").rows() == [("3301", 50.0), ("0", 45.0)]
    pl.DataFrame([*rows, {**rows[0], "period_start": 20244}]).write_parquet(path)
    assert problems(empty) == {"table_not_year": ("observations.parquet", 8)}
