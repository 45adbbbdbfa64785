"""Reading the served pages as a visitor does: pages, their ids, their links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.test import Client
from lxml import html

HOST = "http://testserver"


@dataclass(frozen=True)
class Page:
    """A page that answered."""

    url: str
    text: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(self.tree.xpath("//@id"))

    def part(self, id: str) -> html.HtmlElement:
        """The element with an id."""
        return self.tree.get_element_by_id(id)

    def links(self, within: html.HtmlElement | None = None) -> tuple[str, ...]:
        """Addresses of every link and file, whole, in the order of the page."""
        at = self.tree if within is None else within
        found = at.xpath(".//@href | .//@src")
        return tuple(urljoin(HOST + self.url, str(link)) for link in found)


def internal(address: str) -> bool:
    """Is it an address of this site?"""
    return address.startswith(HOST)


def place(address: str) -> tuple[str, str]:
    """Path and fragment of an internal address."""
    whole, fragment = urldefrag(address)
    parts = urlsplit(whole)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path, unquote(fragment)


class Site:
    """Pages by their path, each asked for once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.pages: dict[str, Page] = {}

    def page(self, path: str) -> Page:
        if path not in self.pages:
            answer = self.client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            self.pages[path] = Page(path, answer.content.decode())
        return self.pages[path]

    def crawl(self, start: str, below: tuple[str, ...] = ()) -> list[Page]:
        """Every page that links lead to from ``start``, but for those whose path begins with
        one of ``below``."""
        waiting, seen = [start], {start}
        found = []
        while waiting:
            page = self.page(waiting.pop(0))
            found.append(page)
            for address in page.links():
                path, _ = place(address)
                if not internal(address) or not path.endswith("/") or path.startswith(below):
                    continue
                if path not in seen:
                    seen.add(path)
                    waiting.append(path)
        return found
