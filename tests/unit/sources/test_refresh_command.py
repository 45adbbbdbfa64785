"""`jevn sources refresh` against a provider on this machine: from an empty folder to figures."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib import util
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.planwork import challenges_of, new_folder, read_folder
from jevn.sources.fhi import FHI, Fhi

QUERIES = """
- indicator: lavinntekt_barn
  provider: fhi
  table: nokkel/403
  places: {variable: GEO, municipality: "{code}", region: "{code}", country: "0"}
  period: AAR
  select: {AAR: "*", INNVKAT: "0"}
  figures: {variable: MEASURE_TYPE, codes: {RATE: value}}
  basis: share
- {indicator: mobbing, status: unknown}
"""


def fake():
    path = Path(__file__).parent / "fakes" / "fhi.py"
    spec = util.spec_from_file_location("refresh_fhi", path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path, provider, monkeypatch):
    """A folder for Drammen whose only provider answers on this machine."""
    made = tmp_path / "plan"
    new_folder(made, name="Drammen", number="3301", as_of=date(2026, 11, 1))
    (made / "queries.yaml").write_text(QUERIES, "utf-8")
    site, reply = fake(), type(provider.replies[0])
    provider.broken = False

    def route(method, path, body):
        if provider.broken:
            return reply(status=404, body=b'{"title": "Not Found"}')
        status, found = site.route(provider.url, method, path, body)
        return reply(status=status, body=found)

    provider.route = route
    info = replace(FHI, base=provider.url)
    monkeypatch.setattr("jevn.planwork.sources.provider", lambda _, transport: Fhi(transport, info))
    monkeypatch.setenv("JEVN_ANSWERS", str(tmp_path / "answers"))
    return made


def run(*words):
    return CliRunner().invoke(app, ["sources", "refresh", *map(str, words)])


def test_a_refresh_fills_the_folder_and_the_steps_can_be_taken(folder) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert "lavinntekt_barn" in done.output
    assert "1 hentet med noe nytt" in done.output
    assert "for 1 er tabellen ikke kjent" in done.output
    work = read_folder(folder)
    assert set(work.observations["place"]) == {"0", "33", "3301"}
    assert work.origin(work.observations["origin"][0]).producer.startswith("Folkehelseinstituttet")
    profile = challenges_of(work)
    assert profile.indicator("lavinntekt_barn").level.period == "2022–2024"


def test_a_second_refresh_says_that_nothing_is_new(folder) -> None:
    run(folder)
    found = json.loads(run(folder, "--json").stdout)
    assert [o["kind"] for o in found["outcomes"]] == ["same", "unknown"]
    assert found["outcomes"][0]["change"]["changed"] == 0


def test_a_provider_that_is_gone_leaves_what_was_fetched(folder, provider) -> None:
    run(folder)
    before = {p.name: p.read_bytes() for p in (folder / "fetched").iterdir()}
    provider.broken = True
    done = run(folder, "--json")
    found = json.loads(done.stdout)["outcomes"][0]
    assert found["stale"] or found["kind"] == "failed"
    assert {p.name: p.read_bytes() for p in (folder / "fetched").iterdir()} == before


def test_offline_gives_the_same_from_what_is_kept(folder) -> None:
    run(folder)
    before = (folder / "fetched/lavinntekt_barn.parquet").read_bytes()
    for path in (folder / "fetched").iterdir():
        path.unlink()
    done = run(folder, "--offline")
    assert done.exit_code == 0, done.output
    assert (folder / "fetched/lavinntekt_barn.parquet").read_bytes() == before


def test_a_fault_ends_with_code_1_and_says_what_to_do(folder) -> None:
    text = QUERIES.replace("variable: GEO", "variable: STED")
    (folder / "queries.yaml").write_text(text, "utf-8")
    done = run(folder)
    assert done.exit_code == 1
    assert "STED" in done.output
    assert "GEO, AAR" in done.output
    assert "i kommandoen eller i queries.yaml" in " ".join(done.output.split())


def test_a_folder_without_queries_is_told_how_to_get_them(folder) -> None:
    (folder / "queries.yaml").unlink()
    done = run(folder)
    assert done.exception is not None
    assert "queries.yaml" in str(done.exception)
