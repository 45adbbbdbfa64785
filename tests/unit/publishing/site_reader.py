"""Reads a produced site: pages, their links, anchors and headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VOID = {"meta", "link", "br", "img", "input", "hr", "circle", "path", "rect", "line"}


@dataclass
class ReadPage:
    """What a test asks of a page."""

    lang: str = ""
    title: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    figures: int = 0
    tables_in_figures: int = 0
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = ReadPage()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        page = self.page
        if tag == "html":
            page.lang = given.get("lang", "")
        if "id" in given:
            page.ids.append(given["id"])
        page.links += [given[k] for k in ("href", "src") if k in given]
        if "style" in given or any(k.startswith("on") for k in given):
            page.inline.append(self.get_starttag_text() or tag)
        if tag == "style" or (tag == "script" and "src" not in given):
            page.inline.append(tag)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            page.headings.append(int(tag[1]))
        if tag == "svg" and given.get("role") == "img":
            page.pictures.append(given.get("aria-label", ""))
        page.figures += tag == "figure"
        page.tables_in_figures += tag == "table" and "figure" in self._open
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.page.title += data
        self.page.text += data


def read_page(path: Path) -> ReadPage:
    """Read one page."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.page


def read_site(folder: Path) -> dict[Path, ReadPage]:
    """Every page of a site by its resolved path."""
    return {path.resolve(): read_page(path) for path in sorted(folder.rglob("*.html"))}


def broken_links(folder: Path) -> list[str]:
    """Links and sources that lead nowhere within the site: missing file, or missing anchor."""
    pages = read_site(folder)
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            inside = target.is_relative_to(folder.resolve())
            fragment = unquote(parts.fragment)
            anchor_missing = fragment and (target not in pages or fragment not in pages[target].ids)
            if not inside or not target.is_file() or anchor_missing:
                broken.append(f"{path.relative_to(folder.resolve())}: {link}")
    return broken
