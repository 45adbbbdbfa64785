"""Addresses of pages: in the municipality's language at the root, others below their code."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from jevn.terms import LANGUAGES
from jevn_web.design.links import route
from jevn_web.design.reading import read_only
from jevn_web.work.pages import chart, show


class _LanguageConverter(StringConverter):
    regex = "|".join(LANGUAGES)


class _EndingConverter(StringConverter):
    regex = "svg|csv"


register_converter(_LanguageConverter, "lang")
register_converter(_EndingConverter, "ending")


def addresses(names: Iterable[str]) -> list[URLPattern]:
    """Address patterns of pages and of the charts on them."""
    patterns = []
    for name in names:
        own = route(name)
        below = f"{name}/<str:id>" if "<str:id>" in own else name
        for lead in ("", "<lang:lang>/"):
            patterns.append(path(f"{lead}{own}", _page(name), name=name))
            file = f"{lead}chart/{below}/<str:chart_name>.<ending:ending>"
            patterns.append(path(file, _chart(name)))
    return patterns


def _page(name: str) -> Callable[..., HttpResponse]:
    @read_only
    def view(request: HttpRequest, lang: str = "", id: str | None = None) -> HttpResponse:
        return show(name, lang, id)

    return view


def _chart(name: str) -> Callable[..., HttpResponse]:
    @read_only
    def view(
        request: HttpRequest, chart_name: str, ending: str, lang: str = "", id: str | None = None
    ) -> HttpResponse:
        return chart(name, chart_name, ending, lang, id)

    return view
