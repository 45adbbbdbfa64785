"""Read a workshop report from a file or from its text."""

from __future__ import annotations

import re
from pathlib import Path

from jevn.participation.opening.lines import Line, lines_of
from jevn.participation.report.blocks import blocks_of
from jevn.participation.report.contents import without_contents
from jevn.participation.report.structure import Builder
from jevn.participation.results import WorkshopReport
from jevn.terms import InputRefused, Problem

FORMATS: tuple[str, ...] = (".txt", ".md", ".markdown")
"""Endings of the files that can be read."""

_ID = re.compile(r"[\w.-]+")
_NOT_ID = re.compile(r"[^\w.-]+")


def read_report(source: str | Path, id: str | None = None) -> WorkshopReport:
    """Read a workshop report: parts, questions, summaries, points, ranked lists, participants.

    The same text always gives the same report. No line is placed by a silent guess: a line
    that may belong elsewhere, or that could not be placed, comes back in ``doubtful`` with
    its number and the id of the reason (text ``participation.doubt.<reason>``).

    Args:
        source: a ``.txt`` or ``.md`` file (a ``Path``), or the text itself (a ``str``).
        id: id of the report, which its points' ids begin with; the file's name without
            ending if it is not given.

    Raises:
        InputRefused: ``report_format`` (another kind of file), ``report_read`` (cannot be
            read), ``report_empty``, ``report_without_questions``, or ``report_id``.
    """
    name = source.name if isinstance(source, Path) else id
    if id is None:
        id = _NOT_ID.sub("-", source.stem) if isinstance(source, Path) else "report"
    if not _ID.fullmatch(id):
        raise InputRefused([Problem("report_id", file=name, params={"given": id})])
    text = _text(source) if isinstance(source, Path) else source
    if not text.strip():
        raise InputRefused([Problem("report_empty", file=name)])
    report = from_lines(lines_of(text), id)
    if not any(part.questions for part in report.parts):
        raise InputRefused([Problem("report_without_questions", file=name)])
    return report


def from_lines(lines: tuple[Line, ...], id: str) -> WorkshopReport:
    """The report that lines with layout hints make, whatever format they came from."""
    body, contents = without_contents(lines)
    blocks, doubts = blocks_of(body, contents.entries)
    return Builder(blocks, contents, doubts).report(id)


def _text(path: Path) -> str:
    """Text of a file in UTF-8, or in Windows' Western code page if it is not UTF-8."""
    if path.suffix.lower() not in FORMATS:
        raise InputRefused(
            [Problem("report_format", file=path.name, params={"ending": path.suffix or "–"})]
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputRefused([Problem("report_read", file=path.name)]) from error
    if b"\x00" in raw:
        if raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise InputRefused([Problem("report_read", file=path.name)])
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
