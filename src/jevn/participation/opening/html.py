"""Text of the web pages that e-mail programs write letters as."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = {
    "p", "div", "br", "tr", "table", "ul", "ol", "section", "article", "hr", "center",
}  # fmt: skip
_SILENT: Final = {"script", "style", "head", "title", "template", "noscript", "object"}
_MANY_LINES = re.compile(r"\n{3,}")


def text_of_html(page: str) -> str:
    r"""The page as text: headings with ``#``, list items with ``-`` or numbers, quotes with ``>``.

    >>> text_of_html("<p>Hei!</p><ul><li>Lys i parken</li></ul>")
    'Hei!\n\n- Lys i parken'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = [" ".join(line.split()) if line.strip() else "" for line in reader.text().split("\n")]
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._silent = 0
        self._lists: list[int | None] = []
        self._quotes = 0

    def text(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "blockquote":
            self._quotes += 1
            self._pieces.append("\n\n")
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._pieces.append("\n\n" + "#" * int(tag[1]) + " ")
        elif tag in _BLOCKS:
            self._pieces.append("\n" if tag in ("br", "div", "tr") else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._pieces.append("\n")
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
            self._pieces.append("\n\n")
        elif tag in ("p", "table") or (len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()):
            self._pieces.append("\n\n")
        elif tag == "div":
            self._pieces.append("\n")
        elif tag in ("td", "th"):
            self._pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        text = " ".join(data.split()) if data.strip() else (" " if data else "")
        if data[:1].isspace() and text.strip():
            text = f" {text}"
        if data[-1:].isspace() and text.strip():
            text = f"{text} "
        if self._quotes and text.strip():
            text = f"> {text.lstrip()}" if self._at_start() else text
        self._pieces.append(text)

    def _at_start(self) -> bool:
        return not self._pieces or self._pieces[-1].endswith("\n")

    def _item(self) -> None:
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._pieces.append(f"\n{self._lists[-1]}. ")
        else:
            self._pieces.append("\n- ")
