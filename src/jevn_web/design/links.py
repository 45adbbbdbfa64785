"""Where pages are in the web application: the static site's places, as plain addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jevn.publishing.dossier import Dossier
from jevn.publishing.links import DOCUMENTS, PAGES, StaticLinks, page_of_ref, slug
from jevn.terms import LANGUAGES, Language, Ref
from jevn_web.design.assets import asset


def route(page: str) -> str:
    """Address of a kind of page below the language, e.g. ``omrade/<str:id>/``.

    >>> route("front"), route("area")
    ('', 'omrade/<str:id>/')
    """
    return address(PAGES[page][0]).replace("{id}", "<str:id>")


def address(file: str) -> str:
    """Address of a page of the static site: without ``index.html`` and ``.html``.

    >>> address("index.html"), address("tall/radon.html")
    ('', 'tall/radon/')
    """
    if file == "index.html":
        return ""
    return file.removesuffix(".html") + "/"


def prefix(lang: Language, main: Language) -> str:
    """What addresses in a language begin with; the municipality's own stands at the root."""
    return "/" if lang == main else f"/{lang}/"


@dataclass(frozen=True)
class WebLinks:
    """Links of the web application. Satisfies :class:`jevn.publishing.links.Links`.

    Attributes:
        dossier: to find which page an intervention is on.
        lang: language of the page.
        page: name of this page.
        id: its id, if it has one.
        langs: languages the pages come in.
    """

    dossier: Dossier
    lang: Language
    page: str = "front"
    id: str | None = None
    langs: tuple[Language, ...] = LANGUAGES

    @cached_property
    def _places(self) -> StaticLinks:
        return StaticLinks(self.dossier, self.lang)

    @property
    def _main(self) -> Language:
        return self.dossier.cover.language

    def url(self, page: str, id: str | None = None) -> str:
        """Address of a page or anchor."""
        file, anchor = self._places.path(page, id)
        base = prefix(self.lang, self._main) + address(file)
        return f"{base}#{anchor}" if anchor else base

    def ref_url(self, ref: Ref) -> str:
        """Address of what a reference points to."""
        return self.url(*page_of_ref(ref))

    def asset(self, name: str) -> str:
        """Address of a file of the shared assets."""
        return asset(name)

    def document(self, name: str) -> str:
        """Address of a document."""
        return f"/{DOCUMENTS}/{name}"

    def chart_file(self, chart: str, ending: str) -> str:
        """Address of a chart's file: below the page it stands on, which makes it when asked."""
        own = f"{self.page}/{slug(self.id)}" if self.id else self.page
        return f"{prefix(self.lang, self._main)}chart/{own}/{chart}.{ending}"

    def language(self, lang: Language) -> str:
        """This page in another language."""
        file, _ = self._places.path(self.page, self.id)
        return prefix(lang, self._main) + address(file)
