"""Every kind of page in every language, and how the server answers odd questions."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from jevn.publishing.dossier import Dossier
from jevn.publishing.pages import PAGE_NAMES, page_list
from jevn.terms import LANGUAGES, Language
from jevn_web.design.links import WebLinks
from jevn_web.work.services import load_folder
from web.crawling import Site

pytestmark = pytest.mark.django_db

LANGS = pytest.mark.parametrize("lang", LANGUAGES)
KINDS = pytest.mark.parametrize("kind", PAGE_NAMES)
ODD = (
    "/finnes-ikke/",
    "/omrade/finnes-ikke/",
    "/nn/omrade/finnes-ikke/",
    "/en/chart/front/none.svg",
    "/chart/area/bolig/none.csv",
    "/chart/front/x.png",
    "/sv/plan/",
    "/tall/%00/",
    "/%00",
    "/tall/../../etc/passwd/",
    "/tall/%2e%2e%2f%2e%2e%2fetc%2fpasswd/",
    "/tall/<script>/",
    "/data/hashes.json",
    "/data/people.json",
    "/static/jevn/none.css",
    "/static/jevn/../../project/settings.py",
    f"/{'a' * 8000}/",
)


def first_of(dossier: Dossier, kind: str, lang: Language) -> str:
    """Address of the first page of a kind."""
    id = next(id for name, id in page_list(dossier) if name == kind)
    return WebLinks(dossier, lang, kind, id).language(lang)


@LANGS
@KINDS
def test_every_kind_of_page_answers(
    site: Site, elvebyen: Dossier, kind: str, lang: Language
) -> None:
    page = site.page(first_of(elvebyen, kind, lang))
    assert page.tree.get("lang") == lang
    [heading] = page.tree.xpath("//h1")
    assert heading.text_content().strip()
    assert "Elvebyen" in page.tree.xpath("//title")[0].text, "title does not say whose page it is"
    assert len(page.ids) == len(page.tree.xpath("//@id")), "an id stands twice"


@KINDS
def test_nothing_is_inline_or_from_elsewhere(site: Site, elvebyen: Dossier, kind: str) -> None:
    page = site.page(first_of(elvebyen, kind, "nb"))
    assert page.tree.xpath("//script[not(@src)] | //style | //@style") == []
    handlers = page.tree.xpath("//@*[starts-with(name(), 'on')]")
    assert handlers == []
    loaded = page.tree.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/static/jevn/") for address in loaded)


@LANGS
def test_the_language_switch_keeps_the_page(site: Site, elvebyen: Dossier, lang: Language) -> None:
    for kind in PAGE_NAMES:
        page = site.page(first_of(elvebyen, kind, lang))
        switch = page.tree.xpath("//ul[@class='languages']//a")
        assert [(a.get("hreflang"), a.get("href")) for a in switch] == [
            (other, first_of(elvebyen, kind, other)) for other in LANGUAGES
        ]
        [current] = [a for a in switch if a.get("aria-current")]
        assert current.get("hreflang") == lang


def test_the_language_of_the_browser_is_not_guessed(client: Client) -> None:
    plain = client.get("/plan/")
    guessed = client.get("/plan/", headers={"Accept-Language": "en"})
    assert plain.content == guessed.content
    assert "Accept-Language" not in plain.headers.get("Vary", "")


def test_a_language_that_stands_at_the_root_leads_there(client: Client) -> None:
    answer = client.get("/nb/tall/ensomhet/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/tall/ensomhet/"
    assert client.get("/nb/").headers["Location"] == "/"


def test_an_address_without_its_last_slash_leads_on(client: Client) -> None:
    answer = client.get("/nn/plan")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/nn/plan/"


@KINDS
def test_headers_of_every_kind(client: Client, elvebyen: Dossier, kind: str) -> None:
    answer = client.get(first_of(elvebyen, kind, "nb"))
    rules = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    assert rules["default-src"] == "'none'"
    assert {rules[f"{what}-src"] for what in ("script", "style", "img", "font")} == {"'self'"}
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "data:" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/", "/data/", "/nb/", "/finnes-ikke/", "/static/jevn/jevn.css"])
def test_no_cookie_is_set(client: Client, path: str) -> None:
    assert not client.get(path).cookies
    assert not client.cookies


@pytest.mark.parametrize("path", ["/plan/", "/data/voices.json", "/static/jevn/jevn.css"])
def test_an_unchanged_answer_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/plan/", "/data/voices.json", "/static/jevn/jevn.css"])
def test_answers_are_compressed(client: Client, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize("path", ["/plan/", "/static/jevn/jevn.css", "/data/"])
def test_head_answers_without_a_body(client: Client, path: str) -> None:
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["Content-Length"]) == len(client.get(path).content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path", ["/", "/plan/", "/en/tall/ensomhet/", "/data/", "/data/voices.json"]
)
def test_nothing_can_be_sent_in(method: str, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = getattr(strict, method)(path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_are_not_found(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Security-Policy" in answer.headers
    assert b"<script>/" not in answer.content


@pytest.mark.parametrize(
    ("path", "lang", "says"),
    [
        ("/finnes-ikke/", "nb", "Vi fant ikke siden"),
        ("/nn/omrade/finnes-ikke/", "nn", "Vi fann ikkje sida"),
        ("/en/chart/front/none.svg", "en", "We did not find the page"),
    ],
)
def test_a_page_that_is_missing_says_so_in_the_reader_s_language(
    client: Client, path: str, lang: str, says: str
) -> None:
    tree = html.document_fromstring(client.get(path).content.decode())
    assert tree.get("lang") == lang
    assert tree.xpath("//h1")[0].text_content().strip() == says
    home = "/" if lang == "nb" else f"/{lang}/"
    assert tree.xpath("//main//a/@href") == [home]
    assert len(tree.xpath("//nav")) >= 1


@pytest.mark.parametrize(
    ("path", "lang", "says"),
    [("/plan/", "nb", "Noe gikk galt"), ("/en/plan/", "en", "Something went wrong")],
)
def test_a_fault_in_the_program_is_told_without_details(
    monkeypatch: pytest.MonkeyPatch, path: str, lang: str, says: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("jevn_web.work.pages.newest_work", fail)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 500
    page = answer.content.decode()
    assert says in page
    assert f'lang="{lang}"' in page
    assert "secret" not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers


def test_a_host_that_is_not_ours_is_refused() -> None:
    answer = Client(headers={"Host": "evil.example"}).get("/plan/")
    assert answer.status_code == 400
    assert "Vi forsto ikke adressen" in answer.content.decode()


def test_without_a_stored_work_the_page_says_how_to_load_one(client: Client) -> None:
    from jevn_web.work.models import StoredWork

    StoredWork.objects.all().delete()
    for path, says in (("/", "jevn serve MAPPE"), ("/en/", "jevn serve FOLDER")):
        answer = client.get(path)
        assert answer.status_code == 404
        assert says in answer.content.decode()
    assert client.get("/data/").status_code == 404
    assert client.get("/data/voices.json").status_code == 404


def test_a_work_loaded_while_serving_is_shown_at_once(client: Client, bare_folder: Path) -> None:
    assert "Elvebyen" in client.get("/").content.decode()
    load_folder(bare_folder)
    front = client.get("/").content.decode()
    assert "Tomvik" in front
    assert "Elvebyen" not in front


@pytest.mark.parametrize(
    "kind",
    [
        k
        for k in PAGE_NAMES
        if k not in ("indicator", "change", "opinions", "ahead", "shared_budget")
    ],
)
def test_a_work_where_nothing_is_begun_has_every_page(
    client: Client, bare_folder: Path, kind: str
) -> None:
    from jevn_web.work.selectors import dossier_of, newest_work

    load_folder(bare_folder)
    work = newest_work()
    assert work is not None
    for lang in LANGUAGES:
        path = first_of(dossier_of(work), kind, lang)
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert f'lang="{lang}"' in answer.content.decode()
    assert client.get("/").content.decode().startswith('<!doctype html>\n<html lang="nn"')


def test_files_with_a_fingerprint_are_kept_for_long(client: Client, site: Site) -> None:
    page = site.page("/")
    for address in page.tree.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
        assert "?" in address
        assert "immutable" in client.get(address).headers["Cache-Control"]
    plain = client.get("/static/jevn/vendor/fonts/inter-latin-wght-normal.woff2")
    assert plain.status_code == 200
    assert plain.headers["Content-Type"] == "font/woff2"
    assert plain.headers["Cache-Control"] == "max-age=3600, public"
