"""Links between pages: page names, their places in the static site, and references to URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import relpath
from typing import Protocol

from jevn.publishing.dossier import Dossier
from jevn.terms import LANGUAGES, Language, Ref, RefKind

PAGES: dict[str, tuple[str, str | None]] = {
    "front": ("index.html", None),
    "timeline": ("index.html", "prosess"),
    "milestone": ("index.html", "m-{id}"),
    "burns": ("hvor-det-brenner.html", None),
    "area": ("omrade/{id}.html", None),
    "indicator": ("tall/{id}.html", None),
    "effort": ("innsats.html", None),
    "function": ("innsats.html", "f-{id}"),
    "service": ("innsats.html", "t-{id}"),
    "evidence": ("forskning.html", None),
    "evidence_area": ("forskning/{id}.html", None),
    "intervention": ("forskning/{area}.html", "i-{id}"),
    "sources": ("kilder.html", None),
    "source": ("kilder.html", "k-{id}"),
    "voices": ("innspill.html", None),
    "answers": ("svar.html", None),
    "ranked_lists": ("prioriterte-lister.html", None),
    "opinions": ("samtale/{id}.html", None),
    "who_spoke": ("hvem-har-snakket.html", None),
    "all_voices": ("innspill-alle.html", None),
    "voices_area": ("innspill-alle.html", "omrade-{id}"),
    "voice": ("innspill-alle.html", "v-{id}"),
    "alternatives": ("alternativer.html", None),
    "alternative": ("alternativer.html", "a-{id}"),
    "ahead": ("over-tid/{id}.html", None),
    "change": ("vurdering/{id}.html", None),
    "priorities": ("prioriteringer.html", None),
    "shared_budget": ("felles-budsjett/{id}.html", None),
    "package": ("prioriteringer.html", "p-{id}"),
    "choice": ("prioriteringer.html", "p-{id}"),
    "plan": ("plan.html", None),
    "element": ("plan.html", "e-{id}"),
    "paragraph": ("plan.html", "a-{id}"),
    "process": ("prosess.html", None),
    "state": ("prosess.html", "t-{id}"),
    "versions": ("utgaver.html", None),
    "differences": ("utgaver.html", "u-{id}"),
    "followup": ("oppfolging.html", None),
    "action_status": ("oppfolging.html", "u-{id}"),
    "target_status": ("oppfolging.html", "maal"),
    "about": ("om.html", None),
    "method": ("om.html", "metode"),
    "accessibility": ("om.html", "tilgjengelighet"),
    "privacy": ("om.html", "personvern"),
    "open_data": ("om.html", "data"),
    "origin": ("om.html", "o-{id}"),
}
"""Every page and anchor by name: path in the static site, and fragment."""

DOCUMENTS = "dokumenter"
"""Folder of the documents, beside the pages."""

_OF_REF: dict[RefKind, str] = {
    RefKind.EVIDENCE: "intervention",
    RefKind.SOURCE: "source",
    RefKind.FIGURE: "indicator",
    RefKind.INDICATOR: "indicator",
    RefKind.SERVICE: "service",
    RefKind.VOICE: "voice",
    RefKind.ASSESSMENT: "change",
    RefKind.PRIORITY: "choice",
    RefKind.DECISION: "milestone",
    RefKind.ELEMENT: "element",
    RefKind.MONEY: "function",
}


def slug(id: str) -> str:
    """An id as it may stand in file names, fragments and HTML ids; different ids stay different.

    >>> slug("verksted/9/1/2")
    'verksted.9.1.2'
    """
    text = id.replace("/", ".")
    return re.sub(r"[^A-Za-z0-9_.-]", lambda m: f"_{ord(m.group()):x}_", text)


def page_of_ref(ref: Ref) -> tuple[str, str]:
    """Name of the page and id that a reference of the red thread leads to."""
    page = _OF_REF[ref.kind]
    return page, ref.id.rpartition("/")[2] if page == "change" else ref.id


class Links(Protocol):
    """Where things are: relative files in the static site, routes in a web application."""

    @property
    def langs(self) -> tuple[Language, ...]:
        """Languages the pages come in."""

    def url(self, page: str, id: str | None = None) -> str:
        """Address of a page or anchor (names: :data:`PAGES`)."""

    def ref_url(self, ref: Ref) -> str:
        """Address of what a reference points to."""

    def asset(self, name: str) -> str:
        """Address of a file of ``assets/``."""

    def document(self, name: str) -> str:
        """Address of a document, e.g. ``plan.pdf``."""

    def chart_file(self, chart: str, ending: str) -> str:
        """Address of a chart's file (``svg`` or ``csv``)."""

    def language(self, lang: Language) -> str:
        """This page in another language."""


@dataclass(frozen=True)
class StaticLinks:
    """Relative links of the static site, so that it works from any folder and from ``file://``.

    Attributes:
        dossier: to find which page an intervention is on.
        lang: language of the page.
        here: path of the page within its language's folder.
        main: language that stands at the root.
        langs: languages the pages come in.
        areas: area of each intervention, worked out once.
    """

    dossier: Dossier
    lang: Language = "nb"
    here: str = "index.html"
    main: Language = "nb"
    langs: tuple[Language, ...] = LANGUAGES
    areas: dict[str, str] = field(default_factory=dict, compare=False)

    def at(self, here: str) -> StaticLinks:
        """The same links seen from another page."""
        return StaticLinks(self.dossier, self.lang, here, self.main, self.langs, self._areas)

    @cached_property
    def _areas(self) -> dict[str, str]:
        return self.areas or {
            i.id: a.area.value for a in self.dossier.evidence.areas for i in a.interventions
        }

    def path(self, page: str, id: str | None = None) -> tuple[str, str | None]:
        """Path within the language's folder, and fragment."""
        file, anchor = PAGES[page]
        name = slug(id or "")
        area = self._areas.get(id or "", "") if page == "intervention" else ""
        return file.format(id=name, area=area), anchor.format(id=name) if anchor else None

    def url(self, page: str, id: str | None = None) -> str:
        """Relative address of a page or anchor."""
        path, anchor = self.path(page, id)
        base = "" if path == self.here and anchor else self._to(path)
        return f"{base}#{anchor}" if anchor else base

    def ref_url(self, ref: Ref) -> str:
        """Relative address of what a reference points to."""
        return self.url(*page_of_ref(ref))

    def asset(self, name: str) -> str:
        """Relative address of a file of ``assets/``."""
        return self._from_root(f"assets/{name}")

    def document(self, name: str) -> str:
        """Relative address of a document."""
        return self._from_root(f"{DOCUMENTS}/{name}")

    def chart_file(self, chart: str, ending: str) -> str:
        """Relative address of a chart's file."""
        return self._to(f"charts/{chart}.{ending}")

    def language(self, lang: Language) -> str:
        """This page in another language."""
        return self._from_root(self._folder(lang) + self.here)

    def _folder(self, lang: Language) -> str:
        return "" if lang == self.main else f"{lang}/"

    def _to(self, path: str) -> str:
        return relpath(path, _parent(self.here))

    def _from_root(self, path: str) -> str:
        return relpath(path, _parent(self._folder(self.lang) + self.here))


def _parent(path: str) -> str:
    return path.rpartition("/")[0] or "."


__all__ = ["LANGUAGES", "PAGES", "Links", "StaticLinks", "page_of_ref", "slug"]
