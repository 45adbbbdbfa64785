"""Templates: one environment for the static site and for a web application's own shell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jevn.publishing.chart import Cell
from jevn.publishing.links import Links
from jevn.publishing.words import iso_date
from jevn.terms import Language, Say

STYLESHEETS = (
    "vendor/css/designsystemet.css",
    "vendor/css/designsystemet-theme.css",
    "vendor/css/inter.css",
    "jevn.css",
)
SCRIPTS = ("jevn.js",)

NAVIGATION = (
    "evidence",
    "burns",
    "effort",
    "voices",
    "alternatives",
    "priorities",
    "plan",
    "followup",
    "about",
)
"""Pages of the menu, in the order of the planning work."""

_UNDER = {
    "evidence_area": "evidence",
    "sources": "evidence",
    "area": "burns",
    "indicator": "burns",
    "all_voices": "voices",
    "answers": "voices",
    "ranked_lists": "voices",
    "who_spoke": "voices",
    "opinions": "voices",
    "ahead": "alternatives",
    "change": "alternatives",
    "process": "plan",
    "versions": "plan",
    "shared_budget": "priorities",
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the menu."""

    name: str
    text: str
    url: str
    current: str


def environment(say: Say, links: Links) -> Environment:
    """A Jinja2 environment with autoescape and all that the templates use.

    Args:
        say: texts, numbers and dates in one language.
        links: where pages, assets and chart files are.

    Returns:
        An environment that a web application may add its own loader and shell to.
    """
    made = _make()
    made.globals.update(shared(say, links))
    return made


def shared(say: Say, links: Links) -> dict[str, Any]:
    """Names every template may use beside ``page``."""
    return {
        "t": say,
        "say": say,
        "lang": say.lang,
        "links": links,
        "url": links.url,
        "asset": links.asset,
        "document": links.document,
        "chart_file": links.chart_file,
        "stylesheets": STYLESHEETS,
        "scripts": SCRIPTS,
        "navigation": lambda name: _navigation(say, links, name),
        "languages": lambda: _languages(say, links),
        "cell_text": lambda cell: cell_text(cell, say),
        "day": lambda text: iso_date(text, say),
    }


def render_page(
    name: str,
    page: Any,
    *,
    say: Say,
    links: Links,
    shell: str = "layout.html",
    extra: dict[str, Any] | None = None,
) -> str:
    """Render a page with the template of its name.

    Args:
        name: one of ``pages.PAGE_NAMES``.
        page: its context, from ``pages.make_page``.
        say: language.
        links: where things are, seen from this page.
        shell: template the page is put into.
        extra: more names for the shell.

    Returns:
        The whole page as HTML.
    """
    context = shared(say, links) | {"page": page, "shell": shell} | (extra or {})
    return str(_cached().get_template(f"{name}.html").render(context))


def _make() -> Environment:
    made = Environment(
        loader=PackageLoader("jevn.publishing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["picture"] = Markup
    made.filters["paragraphs"] = paragraphs
    return made


@cache
def _cached() -> Environment:
    return _make()


def paragraphs(text: str) -> tuple[str, ...]:
    """A text at its empty lines."""
    return tuple(p.strip() for p in text.split("\n\n") if p.strip())


def cell_text(cell: Cell, say: Say) -> str:
    """A cell of a chart's table in the reader's number format."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        text = f"{cell:.3f}".rstrip("0").rstrip(".")
        return say.number(cell, max(1, len(text.partition(".")[2])))
    if isinstance(cell, int):
        return say.number(cell, 0)
    return cell


def _navigation(say: Say, links: Links, name: str) -> tuple[NavItem, ...]:
    here = _UNDER.get(name, name)
    return tuple(
        NavItem(
            n,
            say(f"publishing.nav.{n}"),
            links.url(n),
            "page" if n == name else "true" if n == here else "",
        )
        for n in NAVIGATION
    )


def _languages(say: Say, links: Links) -> tuple[tuple[Language, str, str, bool], ...]:
    return tuple(
        (lang, Say(lang)("publishing.language.own"), links.language(lang), lang == say.lang)
        for lang in links.langs
    )
