"""jevn sources list, search, describe, fetch: against a small fake of Statistics Norway."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.sources import pxweb_sites
from jevn.sources.answers import answers_folder
from jevn.sources.pace import Limit
from jevn.terms import UserError

FAKES = Path(__file__).parent.parent / "sources" / "fakes"


@pytest.fixture
def ssb(monkeypatch, tmp_path):
    """Statistics Norway on this machine; the number of questions it has had."""
    spec = spec_from_file_location("played_ssb", FAKES / "pxweb_v2.py")
    fake = module_from_spec(spec)
    spec.loader.exec_module(fake)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            size = int(self.headers.get("Content-Length") or 0)
            status, body = fake.route("", self.command, self.path, self.rfile.read(size))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    info = replace(pxweb_sites.SSB, base=f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(
        "jevn.sources.registry.provider", lambda id, way: pxweb_sites.ssb(way, info)
    )
    monkeypatch.setenv("JEVN_ANSWERS", str(tmp_path / "answers"))
    yield fake
    server.shutdown()
    server.server_close()


def run(*args, code=0):
    found = CliRunner().invoke(app, ["sources", *args], env={"COLUMNS": "120"})
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == code, found.output
    return found.stdout


def test_all_providers_are_listed_with_their_terms():
    text = run("list")
    assert "ssb" in text
    assert "CC BY 4.0" in text
    assert "statbank_dk" in text
    found = {p["id"]: p for p in json.loads(run("list", "--json"))}
    assert found["fhi"]["base"].startswith("https://")
    assert found["ssb"]["most_cells"] == 800_000


def test_a_search_shows_number_title_and_place_in_the_tree(ssb):
    text = run("search", "ssb", "befolkning")
    assert "07459" in text
    assert "01222" in text
    assert "1986–2025" in text
    assert "Ingen tabeller" in run("search", "ssb", "zzz")
    (one,) = json.loads(run("search", "ssb", "utgifter", "--limit", "1", "--json"))
    assert one["id"] == "12362"


def test_a_table_is_described_with_values_and_code_lists(ssb):
    text = run("describe", "ssb", "07459")
    assert "3301 Drammen" in text
    assert "@agg_KommSummer" in text
    assert "Tall per 1. januar." in text
    every = run("describe", "ssb", "07459", "--variable", "region")
    assert "Kongsberg" in every
    assert json.loads(run("describe", "ssb", "07459", "--json"))["updated"].startswith("2025")
    one = json.loads(run("describe", "ssb", "07459", "--variable", "Tid", "--json"))
    assert one["role"] == "time"


def test_the_values_of_a_code_list_and_what_they_are_made_of(ssb):
    text = run("describe", "ssb", "07459", "--variable", "region@agg_KommSummer")
    assert "0602, 0625, 0711, 3005, 3301" in text
    shown = ("describe", "ssb", "07459", "--variable", "Region@agg_KommSummer", "--json")
    assert json.loads(run(*shown))["members"]["K-0301"] == ["0301"]
    with pytest.raises(UserError) as fault:
        run("describe", "ssb", "07459", "--variable", "Tid@agg_x")
    assert fault.value.id == "sources_unknown_code_list"


def test_the_kostra_group_of_a_municipality_is_asked_of_klass(monkeypatch, tmp_path):
    groups = {"3301": "EKG11"}
    monkeypatch.setattr("jevn.sources.klass.kostra_groups", lambda way, day: groups)
    folder = tmp_path / "drammen"
    found = CliRunner().invoke(app, ["new", str(folder), "--municipality", "Drammen"])
    assert found.exit_code == 0, found.output
    assert "KG11" in (folder / "places.csv").read_text("utf-8")


SELECT = ("--select", "Region=3301,3303", "--select", "Kjonn=*", "--select", "Tid=top(2)")


def test_figures_are_shown_with_where_they_come_from(ssb):
    text = run("fetch", "ssb", "07459", *SELECT)
    assert "3301" in text
    assert ".." in text
    assert "CC BY 4.0" in text
    assert "publisert 2025-02-19" in text
    assert "Drammen" in run("fetch", "ssb", "07459", *SELECT, "--labels")
    whole = run("fetch", "ssb", "07459", "--select", "Region=*")
    assert "De første 20 av 24 celler" in whole


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_figures_are_written_with_a_file_that_says_what_they_are(ssb, tmp_path, ending):
    out = tmp_path / "new" / f"folk.{ending}"
    text = run("fetch", "ssb", "07459", *SELECT, "--out", str(out))
    assert "8 celler" in text
    table = pl.read_parquet(out) if ending == "parquet" else pl.read_csv(out, infer_schema=False)
    assert table.height == 8
    assert {"Region", "Kjonn", "Tid", "value", "flag"} <= set(table.columns)
    assert set(table["Region"].to_list()) == {"3301", "3303"}
    about = json.loads(out.with_name(f"{out.name}.json").read_text("utf-8"))
    assert about["origin"]["id"] == "ssb_07459"
    assert about["origin"]["licence"] == "CC BY 4.0"
    assert about["flags"] == {"..": 1}
    assert about["notes"] == ["Tall per 1. januar."]
    (request,) = about["requests"]
    assert "valueCodes" in request["address"]
    assert about["extension"] == {"px": {"tableid": "07459"}}


def test_names_instead_of_codes(ssb, tmp_path):
    out = tmp_path / "folk.csv"
    run("fetch", "ssb", "07459", *SELECT, "--out", str(out), "--labels")
    table = pl.read_csv(out, infer_schema=False)
    assert table.columns == ["region", "kjonn", "contentscode", "tid", "value", "flag"]
    assert set(table["region"]) == {"Drammen", "Kongsberg"}


def test_what_was_fetched_comes_again_without_asking(ssb, tmp_path):
    before = json.loads(run("fetch", "ssb", "07459", *SELECT, "--json"))
    calls = len(ssb.asked)
    again = json.loads(run("fetch", "ssb", "07459", *SELECT, "--json", "--offline"))
    assert again == before
    assert len(before["cells"]) == 8
    assert len(ssb.asked) == calls
    run("fetch", "ssb", "07459", *SELECT, "--json", "--renew")
    assert len(ssb.asked) == calls + 2
    with pytest.raises(UserError) as fault:
        run("describe", "ssb", "07459", "--offline", "--cache", str(tmp_path / "other"))
    assert fault.value.id == "sources_offline"


@pytest.mark.parametrize(
    ("args", "id"),
    [
        (("--select", "Region"), "sources_selection"),
        (("--select", "Fylke=33"), "sources_unknown_variable"),
        (("--select", "Region=9999"), "sources_unknown_value"),
        (("--out", "folk.xlsx"), "sources_file_out"),
    ],
)
def test_what_cannot_be_fetched_is_told(ssb, args, id):
    with pytest.raises(UserError) as fault:
        run("fetch", "ssb", "07459", *args)
    assert fault.value.id == id


def test_a_wait_that_a_provider_asks_for_is_told(ssb, monkeypatch):
    host = ssb_host(run("fetch", "ssb", "07459", *SELECT, "--json"))
    monkeypatch.setattr("jevn.sources.answers.paces", lambda: {host: Limit(1, 30)})
    waits = []

    def sleep(seconds):
        waits.append(round(seconds))
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    found = CliRunner().invoke(app, ["sources", "fetch", "ssb", "07459", "--renew"])
    assert found.exit_code != 0
    assert waits == [30]
    assert "30 sekunder" in found.stderr


def ssb_host(printed):
    return urlsplit(json.loads(printed)["requests"][0]["address"]).netloc


def test_the_folder_of_answers_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.delenv("JEVN_ANSWERS", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert answers_folder() == tmp_path / "jevn" / "answers"
    monkeypatch.setenv("JEVN_ANSWERS", str(tmp_path / "mine"))
    assert answers_folder() == tmp_path / "mine"
