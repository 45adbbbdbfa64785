"""Across files: an id that exists nowhere is named with file, line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from jevn.planwork import read_folder
from jevn.terms import LANGUAGES, InputRefused, Problem


@pytest.fixture
def folder(quick_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "plan"
    shutil.copytree(quick_folder, copy)
    return copy


def refused(folder: Path) -> list[Problem]:
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert "{" not in problem.what(language) + problem.remedy(language)
        assert problem.file
        assert problem.column
    return list(caught.value.problems)


def set_cell(path: Path, row: int, column: str, value: str) -> None:
    """Change one cell; ``row`` as people count, the header being line 1."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index(column)
    rows[row - 1][at] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize(
    ("file", "column", "problem"),
    [
        ("population.csv", "place", "unknown_place"),
        ("observations.csv", "place", "unknown_place"),
        ("observations.csv", "indicator", "unknown_indicator"),
        ("observations.csv", "origin", "unknown_origin"),
        ("comparison_accounts.csv", "place", "unknown_place"),
        ("comparison_accounts.csv", "origin", "unknown_origin"),
        ("services.csv", "places", "unknown_place"),
        ("services.csv", "origin", "unknown_origin"),
        ("service_users.csv", "service", "unknown_service"),
        ("ideas.csv", "place", "unknown_place"),
        ("hearing.csv", "place", "unknown_place"),
    ],
)
def test_an_unknown_id_in_a_table_is_named_with_its_line(
    folder: Path, file: str, column: str, problem: str
) -> None:
    set_cell(folder / file, 4, column, "finnes-ikke")
    found = [(p.id, p.file, p.row, p.column, p.params["id"]) for p in refused(folder)]
    assert (problem, file, 4, column, "finnes-ikke") in found


def test_the_same_unknown_id_is_named_once_at_its_first_line(folder: Path) -> None:
    for row in (9, 4, 6):
        set_cell(folder / "population.csv", row, "place", "borte")
    found = [p for p in refused(folder) if p.params.get("id") == "borte"]
    assert [(p.file, p.row) for p in found] == [("population.csv", 4)]


def test_an_unknown_element_in_the_follow_up_is_named(folder: Path) -> None:
    set_cell(folder / "followup.csv", 3, "element", "T99")
    assert [(p.id, p.file) for p in refused(folder)] == [("unknown_element", "followup.csv")]


def test_an_unknown_origin_of_an_indicator_is_named(folder: Path) -> None:
    set_cell(folder / "indicators.csv", 3, "origin", "borte")
    assert ("unknown_origin", "indicators.csv") in [(p.id, p.file) for p in refused(folder)]


@pytest.mark.parametrize(
    ("file", "path", "problem"),
    [
        ("answers.yaml", (0, "statement"), "unknown_statement"),
        ("assessments.yaml", (0, "change"), "unknown_change"),
        ("priorities.yaml", ("ballots", 0, "ranked", 0), "unknown_change"),
        ("alternatives.yaml", ("alternatives", 0, "changes", 0, "service"), "unknown_service"),
        ("alternatives.yaml", ("alternatives", 0, "changes", 0, "places"), "unknown_place"),
    ],
)
def test_an_unknown_id_in_a_text_file_is_named(
    folder: Path, file: str, path: tuple[str | int, ...], problem: str
) -> None:
    data = yaml.safe_load((folder / file).read_text("utf-8"))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = ["finnes-ikke"] if path[-1] == "places" else "finnes-ikke"
    (folder / file).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    found = [(p.id, p.file, p.params["id"]) for p in refused(folder)]
    assert (problem, file, "finnes-ikke") in found


def test_the_municipality_must_be_among_the_places(folder: Path) -> None:
    path = folder / "jevn.toml"
    path.write_text(path.read_text("utf-8").replace('"9901"', '"9999"'), "utf-8")
    assert ("no_municipality", "places.csv") in [(p.id, p.file) for p in refused(folder)]


def test_places_to_compare_with_must_exist(folder: Path) -> None:
    path = folder / "jevn.toml"
    text = path.read_text("utf-8").replace("comparison = [", 'comparison = ["XX", ')
    path.write_text(text, "utf-8")
    found = [(p.id, p.file, p.params["id"]) for p in refused(folder)]
    assert found == [("unknown_comparison", "jevn.toml", "XX")]
