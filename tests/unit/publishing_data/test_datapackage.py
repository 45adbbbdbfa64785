"""The data package: what it says of its files is true, and it names no private person."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from jevn.participation.schemas import HEARING
from jevn.planwork import read_folder
from jevn.planwork.frames import frames_of
from jevn.publishing.datapackage import _without_contacts, write_datapackage
from jevn.publishing.dossier import Dossier
from jevn.tables import table_from_rows

# https://datapackage.org/standard/data-resource/ and /standard/table-schema/
NAME = re.compile(r"^[a-z0-9][a-z0-9._-]*$")
FORMS = {
    "string": re.compile(r".*", re.DOTALL),
    "number": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "integer": re.compile(r"-?\d+"),
    "year": re.compile(r"\d{4}"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}


@pytest.fixture(scope="module")
def folder(
    elvebyen: Dossier, elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    to = tmp_path_factory.mktemp("package") / "data"
    write_datapackage(elvebyen, frames_of(read_folder(elvebyen_folder)), to)
    return to


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text("utf-8")))


def tables(folder: Path, package: dict[str, Any]) -> list[tuple[dict[str, Any], list[list[str]]]]:
    found = []
    for resource in package["resources"]:
        if resource["format"] == "csv":
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
                found.append((resource, list(csv.reader(file))))
    return found


def private_names(folder: Path) -> set[str]:
    """Names of senders who are persons, and of those who took part in workshops."""
    names: set[str] = set()
    for name in ("hearing.csv", "ideas.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names |= {r["sender"] for r in rows if r["sender_type"] == "person" and r["sender"]}
    return names


def test_the_package_says_what_it_is(package: dict[str, Any], elvebyen: Dossier) -> None:
    assert package["$schema"].startswith("https://datapackage.org/profiles/2.0/")
    assert NAME.match(package["name"])
    assert package["title"] == elvebyen.cover.plan_title
    assert "oppdiktet" in package["description"]
    assert package["created"] == "2027-03-01T00:00:00Z"
    assert [x["name"] for x in package["licenses"]] == ["CC-BY-4.0"]
    assert len(package["sources"]) == len(elvebyen.origins)
    assert all(x["title"] for x in package["sources"])


def test_every_file_is_named_once_and_nothing_else_is_there(
    folder: Path, package: dict[str, Any]
) -> None:
    names = [r["name"] for r in package["resources"]]
    assert len(names) == len(set(names))
    assert all(NAME.match(name) for name in names)
    paths = [r["path"] for r in package["resources"]]
    assert len(paths) == len(set(paths))
    assert {p.name for p in folder.iterdir()} == {*paths, "datapackage.json", "dcat.jsonld"}


def test_sizes_and_hashes_are_those_of_the_files(folder: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_tables_have_the_columns_their_schema_names(folder: Path, package: dict[str, Any]) -> None:
    every = tables(folder, package)
    assert len(every) >= 12
    for resource, (header, *rows) in every:
        assert [f["name"] for f in resource["schema"]["fields"]] == header, resource["name"]
        assert all(f["description"] for f in resource["schema"]["fields"])
        assert rows
        assert resource["type"] == "table"


def test_every_cell_is_of_the_type_its_schema_says(folder: Path, package: dict[str, Any]) -> None:
    for resource, (_, *rows) in tables(folder, package):
        forms = [FORMS[f["type"]] for f in resource["schema"]["fields"]]
        for row in rows:
            for form, cell in zip(forms, row, strict=True):
                assert not cell or form.fullmatch(cell), (resource["name"], cell)


def test_primary_keys_are_unique_and_never_empty(folder: Path, package: dict[str, Any]) -> None:
    keyed = 0
    for resource, (header, *rows) in tables(folder, package):
        key = resource["schema"].get("primaryKey")
        if key is None:
            continue
        at = [header.index(name) for name in key]
        values = [tuple(row[i] for i in at) for row in rows]
        assert all(all(value) for value in values), resource["name"]
        assert len(values) == len(set(values)), resource["name"]
        keyed += 1
    assert keyed >= 6


def test_observations_are_those_after_protection(folder: Path, elvebyen_folder: Path) -> None:
    hidden_in = (elvebyen_folder / "observations.csv").read_text("utf-8").count("hidden")
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hidden = [r for r in rows if r["flag"] == "hidden"]
    assert len(hidden) > hidden_in
    assert all(not r["value"] and not r.get("numerator") for r in hidden)


def test_parquet_holds_the_same_observations_as_csv(folder: Path) -> None:
    import polars as pl

    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = pl.read_parquet(folder / "observations.parquet")
    assert "_row" not in frame.columns
    assert frame["value"].to_list() == [float(r["value"]) if r["value"] else None for r in rows]


def test_no_private_name_and_no_sender_stands_in_any_file(
    folder: Path, package: dict[str, Any], elvebyen_folder: Path
) -> None:
    names = private_names(elvebyen_folder)
    assert len(names) >= 3
    for path in folder.iterdir():
        data = path.read_bytes()
        assert not [name for name in names if name.encode() in data], path.name
    for resource, (header, *_) in tables(folder, package):
        hidden = {"sender", "address", "age_group"}
        if resource["name"].startswith("hearing_answers"):  # only organisations are named there
            hidden = hidden - {"sender"}
        assert not hidden & set(header), resource["name"]


def test_those_who_took_part_in_a_workshop_are_not_listed(folder: Path, elvebyen: Dossier) -> None:
    assert elvebyen.voices is not None
    took_part = {p.name for r in elvebyen.voices.reports for p in r.participants}
    assert took_part
    result = json.loads((folder / "result-voices.json").read_text("utf-8"))
    assert [r["participants"] for r in result["reports"]] == [[]] * len(elvebyen.voices.reports)
    assert any(r.participants for r in elvebyen.voices.reports)  # what was put in is not changed


def test_results_can_be_read_by_others(folder: Path, elvebyen: Dossier) -> None:
    proposal = json.loads((folder / "result-proposal.json").read_text("utf-8"))
    assert elvebyen.proposal is not None
    assert [t["element"] for t in proposal["threads"]] == [
        t.element for t in elvebyen.proposal.threads
    ]
    need = json.loads((folder / "result-need-effort.json").read_text("utf-8"))
    assert len(need) == len(elvebyen.need_effort)


def test_the_same_dossier_gives_the_same_bytes(
    folder: Path, elvebyen: Dossier, elvebyen_folder: Path, tmp_path: Path
) -> None:
    write_datapackage(elvebyen, frames_of(read_folder(elvebyen_folder)), tmp_path / "again")
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_origin_used_is_among_the_sources(
    package: dict[str, Any], elvebyen_folder: Path
) -> None:
    origins = yaml.safe_load((elvebyen_folder / "origins.yaml").read_text("utf-8"))
    titles = " ".join(x["title"] for x in package["sources"])
    assert all(o["title"] in titles for o in origins)


def test_the_tables_of_the_knowledge_base_hold_what_the_steps_found(
    folder: Path, elvebyen: Dossier
) -> None:
    import polars as pl

    profile, effort = elvebyen.challenges, elvebyen.effort
    assert profile is not None
    assert effort is not None
    status = pl.read_csv(folder / "knowledge_status.csv")
    assert status["indicator"].to_list() == [s.indicator.id for s in profile.indicators]
    levels = [s.level.value if s.level else None for s in profile.indicators]
    assert status["level"].to_list() == pytest.approx(levels)
    money = pl.read_csv(folder / "knowledge_effort.csv")
    assert money["net_nok"].sum() == pytest.approx(effort.reconciliation.allocated_nok)
    functions = pl.read_csv(folder / "knowledge_functions.csv", infer_schema_length=None)
    whole = float((functions["allocated_nok"] + functions["residual_nok"]).sum())
    assert whole == pytest.approx(effort.reconciliation.net_nok)
    signs = pl.read_csv(folder / "knowledge_signs.csv")
    assert signs.height == sum(len(a.signs) for a in profile.areas)


def test_every_table_stands_as_csv_and_as_parquet_with_the_same_cells(
    folder: Path, package: dict[str, Any]
) -> None:
    import polars as pl

    for resource, (header, *rows) in tables(folder, package):
        frame = pl.read_parquet(folder / resource["path"].replace(".csv", ".parquet"))
        assert frame.height == len(rows), resource["name"]
        assert set(header) <= set(frame.columns)


def test_every_table_of_the_knowledge_base_names_a_command_there_is(
    folder: Path, package: dict[str, Any], repository: Path
) -> None:
    reference = (repository / "docs/reference/cli.md").read_text("utf-8")
    own = [r for r in package["resources"] if r["path"].startswith("knowledge_")]
    assert len(own) >= 20
    for resource in own:
        words = [w for w in resource["command"].split() if not w.isupper()]
        assert f"## `{' '.join(words)}`" in reference, resource["command"]


def test_hidden_figures_have_no_value_in_any_table(folder: Path) -> None:
    found = 0
    for name in ("knowledge_groups", "knowledge_zones"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("flag") == "hidden":
                    found += 1
                    assert not row["value"]
                    assert not row["lower"]
    assert found


def test_catalogues_can_read_what_it_is(
    folder: Path, package: dict[str, Any], elvebyen: Dossier
) -> None:
    described = json.loads((folder / "dcat.jsonld").read_text("utf-8"))
    assert described["@type"] == "dcat:Dataset"
    for name in ("dct:title", "dct:description", "dct:publisher", "dcat:theme"):
        assert described[name]
    every = described["dcat:distribution"]
    assert {d["dcat:downloadURL"]["@id"] for d in every} == {
        r["path"] for r in package["resources"]
    }
    sizes = {d["dcat:downloadURL"]["@id"]: d["dcat:byteSize"] for d in every}
    assert all((folder / name).stat().st_size == size for name, size in sizes.items())
    assert described["dct:publisher"]["foaf:name"] == elvebyen.cover.municipality


def test_answers_and_votes_are_open_tables(folder: Path) -> None:
    with (folder / "hearing_answers.csv").open(encoding="utf-8") as file:
        answers = list(csv.DictReader(file))
    assert len({(a["statement"], a["point"]) for a in answers}) == 44
    assert {a["sender"] for a in answers if a["sender_type"] == "person"} == {"Privatperson"}
    with (folder / "opinion_votes.csv").open(encoding="utf-8") as file:
        votes = list(csv.DictReader(file))
    assert {v["group"] for v in votes} == {"all", "A", "B", "C"}
    assert min(int(v["votes"]) for v in votes) >= 5


def test_addresses_and_numbers_in_texts_are_not_published() -> None:
    frame = table_from_rows(
        HEARING,
        [
            {"id": "H-1", "sender_type": "person", "sender": "Ola Nes",
             "text": "Lys, takk. Ring 922 33 444. Hilsen Ola Nes"},
            {"id": "H-2", "sender_type": "organisation", "sender": "Nes vel",
             "text": "Skriv til vel@nes.example. Nes vel"},
        ],
    )  # fmt: skip
    texts = _without_contacts(frame)["text"].to_list()
    assert texts == ["Lys, takk. Ring […]. Hilsen […]", "Skriv til […]. Nes vel"]


def test_who_has_spoken_is_published_with_small_numbers_hidden(folder: Path) -> None:
    assert json.loads((folder / "result-voices.json").read_text("utf-8"))["spoken"] == []
    found = json.loads((folder / "result-represented.json").read_text("utf-8"))
    counts = [g["spoken"] for d in found["dimensions"] for g in d["groups"]]
    assert None in counts
    assert not [n for n in counts if n is not None and 0 < n < 5]
