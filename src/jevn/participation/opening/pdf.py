"""PDF files: letters at places become lines with size, weight and indent."""

from __future__ import annotations

import io
import re
from statistics import median
from typing import Any

import pdfplumber

from jevn.participation.opening.limits import MOST_PAGES, refusal
from jevn.participation.opening.lines import Line
from jevn.participation.opening.pdf_columns import in_reading_order
from jevn.participation.opening.pdf_lines import lines_of_pages
from jevn.participation.opening.pdf_page import Page, Row
from jevn.participation.opening.pdf_tables import table_rows, within

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|extrabold|medi(?!um)", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|wingding|webding|dingbat", re.IGNORECASE)
_UNKNOWN = re.compile(r"\(cid:\d+\)")


def read(data: bytes) -> tuple[tuple[Line, ...], str | None, str | None]:
    """Lines of a PDF, its title and the date it was made (ISO), if it says so.

    Raises:
        InputRefused: ``document_encrypted``, ``document_pages``, ``document_scanned``,
            ``document_letters``.
    """
    try:
        opened = pdfplumber.open(io.BytesIO(data))
    except Exception as error:
        if "password" in repr(error).lower() or "encrypt" in repr(error).lower():
            raise refusal("encrypted", "") from error
        raise
    with opened:
        if len(opened.pages) > MOST_PAGES:
            raise refusal("pages", "", most=MOST_PAGES, n=len(opened.pages))
        pages = []
        for number, page in enumerate(opened.pages, start=1):
            pages.append(_page(page, number))
            page.close()
        described = {k: v for k, v in (opened.metadata or {}).items() if isinstance(v, str)}
    _refuse_unreadable(pages)
    title = described.get("Title", "").strip() or None
    return lines_of_pages(pages), title, _made(described.get("CreationDate", ""))


def _refuse_unreadable(pages: list[Page]) -> None:
    text = "".join(row.text + "".join(row.cells) for page in pages for row in page.rows)
    letters = sum(letter.isalpha() for letter in _UNKNOWN.sub("", text))
    unknown = len(_UNKNOWN.findall(text)) + text.count("\ufffd")
    if letters < 15 * len(pages) and sum(p.pictured for p in pages) * 2 >= len(pages):
        raise refusal("scanned", "")
    if not letters and not unknown:
        raise refusal("scanned" if any(p.pictured for p in pages) else "empty", "")
    if unknown > 0.2 * max(letters, 1):
        raise refusal("letters", "")


def _page(page: Any, number: int) -> Page:
    pictured = any(
        (i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) > 0.25 * page.width * page.height
        for i in page.images
    )
    words = page.extract_words(
        x_tolerance_ratio=0.16, y_tolerance=2, extra_attrs=["fontname", "size", "upright"]
    )
    words = [_word(word) for word in words if word["upright"]]
    words += _drawn_bullets(page, words)
    tables = table_rows(page, number, words)
    rows = [row for _, found in tables for row in found]
    loose = [w for w in words if not any(within(w, box) for box, _ in tables)]
    ordered = in_reading_order(loose, float(page.width))
    for column, chunk in ordered:
        rows += [_row(line, number, column) for line in _by_line(chunk)]
    if tables and all(column == 0 for column, _ in ordered):
        rows.sort(key=lambda row: row.top)
    return Page(number, float(page.width), float(page.height), rows, pictured)


def _drawn_bullets(page: Any, words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bullets that are drawn, not written, as browsers do: a small mark left of a word."""
    marks = [m for m in (*page.curves, *page.rects, *page.images) if _is_mark(m)]
    if not marks or len(marks) > 5000:
        return []
    found: dict[int, dict[str, Any]] = {}
    for mark in marks:
        middle = (mark["top"] + mark["bottom"]) / 2
        right = [
            word
            for word in words
            if word["top"] <= middle <= word["bottom"] and 0 < word["x0"] - mark["x1"] < 30
        ]
        first = min(right, key=lambda word: word["x0"], default=None)
        if first is not None and first["text"] != "•":
            found[id(first)] = {**first, "text": "•", "x0": mark["x0"], "x1": mark["x1"]}
    return list(found.values())


def _is_mark(drawn: dict[str, Any]) -> bool:
    wide, high = drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]
    return bool(1.5 < wide < 9 and 1.5 < high < 9 and 0.6 < wide / high < 1.7)


def _word(word: dict[str, Any]) -> dict[str, Any]:
    text = word["text"]
    if _SYMBOLS.search(word["fontname"]) and len(text) <= 2:
        text = "•"
    elif _UNKNOWN.fullmatch(text):
        text = "•" if len(text) <= 9 else text
    return {**word, "text": text}


def _by_line(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words on the same height, from the left; raised letters stay with their line."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        size = max(word["size"], 1.0)
        if lines:
            last = median(w["bottom"] for w in lines[-1])
            if abs(word["bottom"] - last) < 0.45 * size:
                lines[-1].append(word)
                continue
        lines.append([word])
    return [sorted(line, key=lambda w: w["x0"]) for line in lines]


def _row(words: list[dict[str, Any]], page: int, column: int) -> Row:
    sizes: dict[float, int] = {}
    text = ""
    for i, word in enumerate(words):
        size = round(word["size"] * 2) / 2
        sizes[size] = sizes.get(size, 0) + len(word["text"])
        space = i > 0 and word["x0"] - words[i - 1]["x1"] > 0.12 * word["size"]
        text += f" {word['text']}" if space else word["text"]
    plainly = [w for w in words if any(c.isalnum() for c in w["text"])]
    bold = bool(plainly) and all(_BOLD.search(w["fontname"]) for w in plainly)
    return Row(
        text,
        words[0]["x0"],
        words[-1]["x1"],
        min(w["top"] for w in words),
        max(w["bottom"] for w in words),
        max(sizes, key=lambda s: sizes[s]),
        bold,
        page,
        column,
        tuple(w["x0"] for w in words),
        tuple(w["x1"] for w in words),
    )


def _made(stamp: str) -> str | None:
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", stamp)
    return "-".join(found.groups()) if found else None
