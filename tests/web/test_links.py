"""Every link of every page leads somewhere, and every chart can be fetched."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from jevn.publishing.dossier import Dossier
from jevn.publishing.pages import PAGE_NAMES, page_list
from jevn.terms import Language
from jevn_web.design.links import WebLinks
from web.crawling import HOST, Site, internal, place

pytestmark = pytest.mark.django_db
EXAMPLES = {"change": "housing_first"}
OTHERS = ("/nn/", "/en/", "/data/")


@pytest.mark.slow
def test_every_page_is_reached_by_links_from_the_front_page(site: Site, elvebyen: Dossier) -> None:
    reached = {page.url for page in site.crawl("/", OTHERS)}
    all_pages = {
        WebLinks(elvebyen, "nb", name, id).language("nb") for name, id in page_list(elvebyen)
    }
    assert reached == all_pages


@pytest.mark.slow
def test_every_link_and_fragment_leads_somewhere(site: Site) -> None:
    pages = {page.url: page for page in site.crawl("/", OTHERS)}
    faults: list[str] = []
    files: dict[str, str] = {}
    for page in pages.values():
        for address in page.links():
            if not internal(address):
                if not address.startswith(("https://", "http://", "mailto:")):
                    faults.append(f"{page.url}: {address}")
                continue
            path, fragment = place(address)
            target = pages.get(path)
            if fragment and (target is None or fragment not in target.ids):
                faults.append(f"{page.url}: #{fragment} is not on {path}")
            elif target is None and "/chart/" not in path:
                files[path] = page.url
    for path, on in files.items():
        if path.startswith(OTHERS[:2]):  # the same pages in another language
            if path[3:] not in pages:
                faults.append(f"{on}: {path} has no counterpart")
        elif site.client.get(path).status_code != 200:
            faults.append(f"{on}: {path} does not answer")
    assert faults == []


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("kind", PAGE_NAMES)
def test_charts_of_every_kind_of_page(
    site: Site, elvebyen: Dossier, kind: str, lang: Language
) -> None:
    id = EXAMPLES.get(kind) or next(id for name, id in page_list(elvebyen) if name == kind)
    page = site.page(WebLinks(elvebyen, lang, kind, id).language(lang))
    files = [place(a)[0] for a in page.links() if "/chart/" in a]
    if kind in ("effort", "area", "indicator", "voices", "change", "plan", "priorities"):
        assert files
    for path in files:
        answer = site.client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        if path.endswith(".svg"):
            assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
            root = ElementTree.fromstring(text)
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
            assert root.get("aria-label")
            assert " style=" not in text
        else:
            assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
            assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
            rows = list(csv.reader(io.StringIO(text)))
            assert len(rows) > 1
            assert {len(row) for row in rows} == {len(rows[0])}


def test_a_link_that_leads_nowhere_would_be_found(site: Site) -> None:
    page = site.page("/plan/")
    assert "e-T1" in page.ids
    assert "e-finnes-ikke" not in page.ids
    assert HOST + "/" in page.links()
