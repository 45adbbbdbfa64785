"""Open data: the results as they were stored, without names of private persons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from pydantic_core import to_jsonable_python

from jevn.publishing.datapackage import STEPS
from jevn.publishing.documents import NAMES as NAMES_OF_DOCUMENTS
from jevn.publishing.dossier import Dossier
from jevn.publishing.links import DOCUMENTS
from jevn_web.design.links import WebLinks
from jevn_web.work.services import load_folder

pytestmark = pytest.mark.django_db
NAMES = ("Gudbrand Elvestrand-Prøve", "Åsne Kjekshus-Prøve", "Torvald Ukjent-Prøve")


def test_the_list_names_every_result(client: Client) -> None:
    answer = client.get("/data/")
    assert answer.headers["Content-Type"].startswith("application/json")
    listed = json.loads(answer.content)["results"]
    assert list(listed) == list(STEPS)
    for address in listed.values():
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("part", STEPS)
def test_a_result_is_the_one_that_was_stored(client: Client, elvebyen: Dossier, part: str) -> None:
    answer = client.get(f"/data/{part}.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content) == to_jsonable_python(getattr(elvebyen, part))


IDEAS = f"""id,channel,date,sender_type,sender,place,heading,text
X-1,idea,2026-02-01,person,{NAMES[0]},9998,Benker,Flere benker langs elva.
X-2,idea,2026-02-02,,{NAMES[1]},9998,Lys,Mer lys på stien.
X-3,idea,2026-02-03,organisation,Tomvik velforening,9998,Buss,Bussen må gå om kvelden.
"""
HEARING = f"""id,date,sender_type,sender,place,text
Y-1,2026-02-04,person,{NAMES[2]},9998,Planen er god.
"""


def test_names_of_private_persons_are_nowhere(client: Client, bare_folder: Path) -> None:
    (bare_folder / "ideas.csv").write_text(IDEAS, "utf-8")
    (bare_folder / "hearing.csv").write_text(HEARING, "utf-8")
    load_folder(bare_folder)
    from jevn_web.work.selectors import dossier_of, newest_work

    work = newest_work()
    assert work is not None
    dossier = dossier_of(work)
    stored = json.dumps(to_jsonable_python(dossier), ensure_ascii=False)
    served = [client.get(f"/data/{part}.json").content.decode() for part in STEPS]
    for kind in ("all_voices", "voices", "plan"):
        path = WebLinks(dossier, "nn", kind).language("nn")
        served.append(client.get(path).content.decode())
    assert "Flere benker langs elva." in stored, "what they said is there"
    assert "Tomvik velforening" in stored, "organisations are named"
    for name in NAMES:
        assert name not in stored
        assert all(name not in text for text in served)


START = {".pdf": b"%PDF-", ".docx": b"PK"}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES_OF_DOCUMENTS)
def test_every_document_can_be_fetched(client: Client, bare_folder: Path, name: str) -> None:
    load_folder(bare_folder)
    answer = client.get(f"/{DOCUMENTS}/{name}")
    assert answer.status_code == 200
    assert answer.content.startswith(START[Path(name).suffix])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("name", ["none.pdf", "plan.exe", "..%2Fjevn.sqlite3", "%00.pdf"])
def test_other_files_cannot_be_fetched(client: Client, name: str) -> None:
    assert client.get(f"/{DOCUMENTS}/{name}").status_code == 404
