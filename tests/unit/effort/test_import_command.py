"""``jevn effort import`` of KOSTRA tables and registers, and ``jevn effort shares``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jevn.cli.effort import app
from jevn.effort.schemas import ACCOUNTS, COMPARISON_ACCOUNTS, SERVICE_USERS, SERVICES, SHARES
from jevn.planwork import read_folder
from jevn.tables import read_table
from jevn.terms import UserError

run = CliRunner().invoke
KOSTRA = (
    "12362: Utgifter til tjenesteområdene\n"
    "region;funksjon;art;Beløp (1000 kr) 2025;Beløp per innbygger (kr) 2025\n"
    "3301 Drammen;202 Grunnskole;AGD2 Netto driftsutgifter;1000;9800\n"
    "EKG11 Kostragruppe 11;202 Grunnskole;AGD2 Netto driftsutgifter;..;10500\n"
)
REGISTER = (
    "Tiltak;Område;Funksjon;Innretning;Netto (1000 kr);Brukere i sone Nordbyen\n"
    "Turgruppe;Levevaner;233;Universell;1,3;40\n"
)


@pytest.fixture
def kostra(tmp_path: Path) -> Path:
    path = tmp_path / "12362.csv"
    path.write_text(KOSTRA, "utf-8")
    return path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "tiltak.csv"
    path.write_text(REGISTER, "utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "ut"
    folder.mkdir()
    return folder


def invoke(*arguments: object) -> Any:
    return run(app, [str(a) for a in arguments])


def test_a_kostra_table_is_written_as_two_tables(kostra: Path, out: Path) -> None:
    result = invoke("import", kostra, "--kind", "kostra", "--municipality", 3301, "--out", out)
    assert result.exit_code == 0, result.output
    assert read_table(out / "accounts.csv", ACCOUNTS)["amount"].to_list() == [1_000_000.0]
    there = read_table(out / "comparison_accounts.csv", COMPARISON_ACCOUNTS)
    assert there["place"].to_list() == ["KG11"]
    assert "ssb-12362" in result.stdout


def test_only_one_table_leaves_the_municipalitys_own_accounts(kostra: Path, out: Path) -> None:
    (out / "accounts.csv").write_text("year,function,amount\n2025,202,7\n", "utf-8")
    options = ("--kind", "kostra", "--municipality", 3301, "--only", "comparison_accounts")
    assert invoke("import", kostra, *options, "--out", out).exit_code == 0
    assert read_table(out / "accounts.csv", ACCOUNTS)["amount"].to_list() == [7.0]
    assert (out / "comparison_accounts.csv").exists()


def test_accounts_into_a_folder_are_added_to_or_replaced_when_asked(
    tmp_path: Path, out: Path
) -> None:
    path = tmp_path / "eksport.csv"
    path.write_text("Regnskap 2026\nFunksjon;Art;Beløp\n202;010;7\n", "utf-8")
    assert invoke("import", path, "--out", out).exit_code == 0
    refused = invoke("import", path, "--out", out)
    assert isinstance(refused.exception, UserError)
    path.write_text("Regnskap 2025\nFunksjon;Art;Beløp\n202;010;5\n", "utf-8")
    assert invoke("import", path, "--out", out, "--add").exit_code == 0
    assert read_table(out / "accounts.csv", ACCOUNTS)["amount"].to_list() == [7.0, 5.0]


def test_a_plan_folder_gets_the_origin_and_can_be_read_after(
    kostra: Path, small_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(small_folder, folder)
    options = ("--kind", "kostra", "--folder", folder, "--only", "comparison_accounts")
    result = invoke("import", kostra, *options, "--out", folder, "--replace")
    assert result.exit_code == 0, result.exception
    assert "ssb-12362" in {o.id for o in read_folder(folder).origins}
    again = invoke("import", kostra, *options, "--out", folder, "--replace")
    assert again.exit_code == 0
    assert (folder / "origins.yaml").read_text("utf-8").count("id: ssb-12362") == 1


def test_without_out_nothing_is_written(kostra: Path, out: Path) -> None:
    found = invoke("import", kostra, "--kind", "kostra", "--municipality", 3301, "--json")
    tables = json.loads(found.stdout)["tables"]
    assert tables["comparison_accounts"][0]["net_nok_per_inhabitant"] == 10_500
    assert list(out.iterdir()) == []


def test_a_register_is_read_with_the_places_of_the_folder(
    register: Path, out: Path, small_folder: Path
) -> None:
    options = ("--kind", "actions", "--folder", small_folder, "--year", 2026, "--out", out)
    result = invoke("import", register, *options)
    assert result.exit_code == 0, result.exception
    services = read_table(out / "services.csv", SERVICES)
    assert services.select("kind", "net_nok").row(0) == ("action", 1300.0)
    users = read_table(out / "service_users.csv", SERVICE_USERS)
    assert users.select("dimension", "group", "users").row(0) == ("zone", "9901-05", 40.0)


def test_what_is_there_is_never_written_over_unasked(
    register: Path, out: Path, small_folder: Path
) -> None:
    shutil.copyfile(small_folder / "services.csv", out / "services.csv")
    before = (out / "services.csv").read_bytes()
    options = ("--kind", "actions", "--folder", small_folder, "--year", 2026, "--out", out)
    refused = invoke("import", register, *options)
    assert isinstance(refused.exception, UserError)
    assert refused.exception.id == "effort_import_there"
    assert (out / "services.csv").read_bytes() == before
    assert not (out / "service_users.csv").exists()
    old = read_table(out / "services.csv", SERVICES)
    assert invoke("import", register, *options, "--add").exit_code == 0
    added = read_table(out / "services.csv", SERVICES)
    assert added.height == old.height + 1
    assert added.head(old.height).drop("_row").equals(old.drop("_row"))
    again = invoke("import", register, *options, "--add")
    assert isinstance(again.exception, UserError)
    assert invoke("import", register, *options, "--replace").exit_code == 0
    assert read_table(out / "services.csv", SERVICES).height == 1


@pytest.mark.parametrize(
    ("options", "id"),
    [
        (("--kind", "budget"), "effort_import_option"),
        (("--kind", "kostra", "--scope", "C"), "effort_import_option"),
        (("--kind", "kostra"), "effort_kostra_municipality"),
        (("--kind", "kostra", "--only", "services"), "effort_import_option"),
        (("--kind", "actions", "--year", "2026"), "effort_not_number"),
    ],
)
def test_wrong_choices_and_files_are_the_users_errors(
    tmp_path: Path, options: tuple[str, ...], id: str
) -> None:
    path = tmp_path / "tiltak.csv"
    path.write_text(REGISTER.replace("1,3", "litt"), "utf-8")
    result = invoke("import", path, *options)
    assert isinstance(result.exception, UserError)
    assert result.exception.id == id


def test_shares_are_written_to_be_edited_and_own_lines_kept(
    small_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(small_folder, folder)
    own = read_table(folder / "shares.csv", SHARES).drop("_row")
    result = invoke("shares", folder)
    assert result.exit_code == 0, result.exception
    found = read_table(folder / "shares.csv", SHARES).drop("_row")
    assert found.height > own.height
    kept = found.filter(found["basis"] != "default").sort("function", "area", "reach")
    assert kept.equals(own.sort("function", "area", "reach"))
    assert invoke("shares", folder, "--json").exit_code == 0
