import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.evidence import EvidenceCatalogue
from jevn.terms import UserError


def _run(*args: str) -> str:
    result = CliRunner().invoke(app, ["--lang", "nb", *args], env={"COLUMNS": "200"})
    if result.exception:
        raise result.exception
    return result.output


def _json(*args: str) -> Any:
    return json.loads(_run("evidence", *args, "--json"))


def test_list_hides_nothing(catalogue: EvidenceCatalogue) -> None:
    every = [i for a in catalogue.areas for i in a.interventions]
    assert [i["id"] for i in _json("list")] == [i.id for i in every]
    text = _run("evidence", "list")
    assert all(i.id in text for i in every if i.strength in ("E", "U"))
    assert "Prøvd uten virkning" in text
    assert "Ikke gradert" in text


def test_list_by_area_and_strength(catalogue: EvidenceCatalogue) -> None:
    found = _json("list", "--area", "bolig", "--strength", "a")
    assert {i["id"] for i in found} == {"housing_first", "isolering"}
    assert "iko" in {i["id"] for i in _json("list", "--strength", "E")}


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("bolig", ["Bolig", "housing_first", "Hvorfor", "KOSTRA-funksjoner"]),
        ("rph", ["Rask psykisk helsehjelp", "Øker forskjellen", "es33a", "knapstad2020"]),
        ("heltidskultur", ["U: Ikke gradert", "Ikke kontrollert mot en kilde"]),
        ("iko", ["E: Prøvd uten virkning"]),
        ("baxter2019", ["housing_first", "https://"]),
        ("es37", ["10,39", "2,79", "38,68", "Oddsforhold"]),
        ("es35", ["Bare retningen er kjent"]),
        ("trangt", ["Bor trangt", "11046"]),
        ("proportionate_universalism", ["behov"]),
    ],
)
def test_show_any_entry(id: str, words: list[str]) -> None:
    text = _run("evidence", "show", id)
    assert [w for w in words if w not in text] == []


def test_show_gives_json() -> None:
    shown = _json("show", "housing_first")
    assert shown["strength"] == "A"
    assert shown["effects"][0]["lower"] == 1.58


@pytest.mark.parametrize(
    ("args", "id"),
    [
        (["show", "houzing_first"], "evidence_not_found"),
        (["list", "--area", "bil"], "evidence_area_unknown"),
        (["list", "--strength", "AX"], "evidence_strength_unknown"),
    ],
)
def test_a_wrong_wish_says_what_to_do(args: list[str], id: str) -> None:
    with pytest.raises(UserError) as refused:
        _run("evidence", *args)
    assert refused.value.id == id
    assert refused.value.exit_code == 2
    assert "jevn" in refused.value.render("nb") or "Bruk" in refused.value.render("nb")


def test_an_unknown_id_gets_a_near_one() -> None:
    with pytest.raises(UserError, match="housing_first"):
        _run("evidence", "show", "houzing_first")


def test_search_shows_hits_and_says_so_when_there_are_none() -> None:
    assert "gratis_kjernetid" in _run("evidence", "search", "gratis", "kjernetid")
    assert "Ingen treff" in _run("evidence", "search", "kvantefysikk")
    assert len(_json("search", "helse", "--limit", "3")) == 3
    assert "--limit 0" in _run("evidence", "search", "helse", "--limit", "3")


def test_own_evidence_is_listed(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "eget.yaml").write_text(
        "area: bolig\n"
        "interventions:\n"
        "  - {id: egen, name: Egen, reach: universal, strength: U, grade: nei, grade_scale: nei}\n",
        "utf-8",
    )
    assert "kommunens egen oppføring" in _run("evidence", "list", "--folder", str(tmp_path))
