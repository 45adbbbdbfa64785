"""Making any page of the stored work: its context, its HTML, its charts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse

from jevn.publishing.chart import Chart
from jevn.publishing.pages import make_page, page_list
from jevn.publishing.rendering import chart_csv, render_page
from jevn.terms import LANGUAGES, Language, Say
from jevn_web.design.links import WebLinks, slug
from jevn_web.work.selectors import dossier_of, newest_work


def show(page: str, lang: str = "", id: str | None = None) -> HttpResponse:
    """Answer with a page of the newest stored work.

    Raises:
        Http404: if nothing is loaded, or there is no such page.
    """
    work, language, own_id = _find(page, lang, id)
    return HttpResponse(_html(work, language, page, own_id))


def chart(page: str, name: str, ending: str, lang: str = "", id: str | None = None) -> HttpResponse:
    """Answer with a chart of a page as SVG, or its table as CSV.

    Raises:
        Http404: if the page has no such chart.
    """
    work, language, own_id = _find(page, lang, id)
    found = next((c for c in _charts(work, language, page, own_id) if c.id == name), None)
    if found is None:
        raise Http404(name)
    if ending == "svg":
        return HttpResponse(found.svg, content_type="image/svg+xml; charset=utf-8")
    answer = HttpResponse(chart_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _find(page: str, lang: str, id: str | None) -> tuple[int, Language, str | None]:
    work = newest_work()
    if work is None:
        raise Http404("nothing loaded")
    main = dossier_of(work).cover.language
    language = next((known for known in LANGUAGES if known == (lang or main)), None)
    if language is None or lang == main:
        raise Http404(lang)
    known_ids = _ids(work)
    if (page, id or "") not in known_ids:
        raise Http404(f"{page} {id}")
    return work, language, known_ids[(page, id or "")]


@lru_cache(maxsize=4)
def _ids(work: int) -> dict[tuple[str, str], str | None]:
    """Ids of all pages by page name and the id as it stands in addresses."""
    return {(name, slug(id) if id else ""): id for name, id in page_list(dossier_of(work))}


@lru_cache(maxsize=512)
def _context(work: int, lang: Language, page: str, id: str | None) -> Any:
    dossier = dossier_of(work)
    return make_page(page, dossier, Say(lang), WebLinks(dossier, lang, page, id), id)


@lru_cache(maxsize=512)
def _html(work: int, lang: Language, page: str, id: str | None) -> str:
    dossier = dossier_of(work)
    return render_page(
        page,
        _context(work, lang, page, id),
        say=Say(lang),
        links=WebLinks(dossier, lang, page, id),
    )


def _charts(work: int, lang: Language, page: str, id: str | None) -> tuple[Chart, ...]:
    return tuple(_walk(_context(work, lang, page, id)))


def _walk(value: Any) -> list[Chart]:
    """Every chart anywhere in a page's context."""
    if isinstance(value, Chart):
        return [value]
    if isinstance(value, tuple | list):
        return [c for part in value for c in _walk(part)]
    if is_dataclass(value) and not isinstance(value, type):
        return [c for f in fields(value) for c in _walk(getattr(value, f.name))]
    return []
