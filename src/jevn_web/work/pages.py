"""Making any page of the stored work: its context, its HTML, its charts.

Everything is kept by the key of the stored work, which never changes: a work loaded
while pages are served gets pages of its own. One page is made at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from threading import RLock
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from jinja2 import ChoiceLoader, PackageLoader

from jevn.publishing.environment import environment, render_page
from jevn.publishing.files import chart_csv, charts_in
from jevn.publishing.links import slug
from jevn.publishing.pages import Desk, make_page, page_list
from jevn.terms import LANGUAGES, Language, Say
from jevn_web.design.links import WebLinks
from jevn_web.work.selectors import Key, dossier_of, newest_work

_MAKING = RLock()


def show(page: str, lang: str = "", id: str | None = None) -> HttpResponse:
    """Answer with a page of the newest stored work.

    Args:
        page: name of the page, of ``jevn.publishing.pages.PAGE_NAMES``.
        lang: language named in the address; empty for the municipality's own.
        id: id as it stands in the address.

    Raises:
        Http404: if nothing is loaded, or there is no such page.
    """
    work, language, own_id = _find(page, lang, id)
    dossier = dossier_of(work)
    if lang == dossier.cover.language:  # stands at the root
        own = WebLinks(dossier, language, page, own_id)
        return HttpResponseRedirect(own.language(language))
    return HttpResponse(_html(work, language, page, own_id))


def chart(page: str, name: str, ending: str, lang: str = "", id: str | None = None) -> HttpResponse:
    """Answer with a chart of a page as SVG, or its table as CSV.

    Raises:
        Http404: if the page has no such chart.
    """
    work, language, own_id = _find(page, lang, id)
    context = _context(work, language, page, own_id)
    found = next((c for c in charts_in(context) if c.id == name), None)
    if found is None:
        raise Http404(name)
    if ending == "svg":
        return HttpResponse(found.svg, content_type="image/svg+xml; charset=utf-8")
    answer = HttpResponse(chart_csv(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def warm(lang: Language | None = None) -> Iterator[str]:
    """Make every page of the newest work ahead of its first reader, one at each step.

    Args:
        lang: language to make; ``None`` is the municipality's own.

    Yields:
        The name of each page made.
    """
    work = newest_work()
    if work is None:
        return
    language = lang or dossier_of(work).cover.language
    for page, id in sorted(page_list(dossier_of(work)), key=lambda found: found[1] is not None):
        _html(work, language, page, id)
        yield page


def not_found_page(lang: Language | None) -> str | None:
    """The page that says there is no such page, with the menu; ``None`` if nothing is loaded."""
    work = newest_work()
    if work is None:
        return None
    return _not_found(work, lang or dossier_of(work).cover.language)


@lru_cache(maxsize=6)
def _not_found(work: Key, lang: Language) -> str:
    say, links = Say(lang), WebLinks(dossier_of(work), lang)
    made = environment(say, links)
    templates = PackageLoader("jevn_web.design", "templates")
    made.loader = ChoiceLoader([templates, *([made.loader] if made.loader else [])])
    title = say("web.not_found.title")
    head = Desk(dossier_of(work), say, links).head("not_found", title, title)
    return made.get_template("not_found.html").render(page={"head": head})


def _find(page: str, lang: str, id: str | None) -> tuple[Key, Language, str | None]:
    work = newest_work()
    if work is None:
        raise Http404("nothing loaded")
    wanted = lang or dossier_of(work).cover.language
    language = next(known for known in LANGUAGES if known == wanted)
    known_ids = _ids(work)
    if (page, id or "") not in known_ids:
        raise Http404(f"{page} {id}")
    return work, language, known_ids[(page, id or "")]


@lru_cache(maxsize=4)
def _ids(work: Key) -> dict[tuple[str, str], str | None]:
    """Ids of all pages by page name and the id as it stands in addresses."""
    return {(name, slug(id) if id else ""): id for name, id in page_list(dossier_of(work))}


@lru_cache(maxsize=64)
def _context(work: Key, lang: Language, page: str, id: str | None) -> Any:
    dossier = dossier_of(work)
    with _MAKING:
        return make_page(page, dossier, Say(lang), WebLinks(dossier, lang, page, id), id)


@lru_cache(maxsize=1024)
def _html(work: Key, lang: Language, page: str, id: str | None) -> str:
    links = WebLinks(dossier_of(work), lang, page, id)
    with _MAKING:
        return render_page(page, _context(work, lang, page, id), say=Say(lang), links=links)
