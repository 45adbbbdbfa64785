"""Read a workshop report from a file or from its text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from jevn.participation.opening import Line, Opened, lines_of, open_document
from jevn.participation.report.blocks import blocks_of
from jevn.participation.report.contents import without_contents
from jevn.participation.report.inline import with_inline_groups
from jevn.participation.report.structure import Builder
from jevn.participation.report.tables import without_tables
from jevn.participation.results import WorkshopReport
from jevn.terms import InputRefused, Problem

_ID = re.compile(r"[\w.-]+")
_NOT_ID = re.compile(r"[^\w.-]+")


def read_report(source: str | Path | Opened, id: str | None = None) -> WorkshopReport:
    """Read a workshop report: parts, questions, summaries, points, ranked lists, participants.

    The same text always gives the same report. No line is placed by a silent guess: a line
    that may belong elsewhere, or that could not be placed, comes back in ``doubtful`` with
    its number and the id of the reason (text ``participation.doubt.<reason>``).

    Args:
        source: a text, Markdown, Word or PDF file (a ``Path``), the text itself (a ``str``), or
            a document that is opened already.
        id: id of the report, which its points' ids begin with; the file's name without
            ending if it is not given.

    Raises:
        InputRefused: ``report_empty``, ``report_without_questions``, ``report_id``, and for a
            file that cannot be read the ``document_`` problems of `open_document`.
    """
    name = source.name if isinstance(source, Path | Opened) else id
    if id is None:
        file = "" if isinstance(source, str) else source.name
        id = _NOT_ID.sub("-", Path(file).stem) or "report"
    if not _ID.fullmatch(id):
        raise InputRefused([Problem("report_id", file=name, params={"given": id})])
    if isinstance(source, str) and not source.strip():
        raise InputRefused([Problem("report_empty", file=name)])
    opened = open_document(source) if isinstance(source, Path) else source
    lines = lines_of(opened) if isinstance(opened, str) else opened.lines
    report = from_lines(tuple(line for line in lines if not line.aside), id)
    if not any(part.questions for part in report.parts):
        raise InputRefused([Problem("report_without_questions", file=name)])
    return report


def from_lines(lines: tuple[Line, ...], id: str) -> WorkshopReport:
    """The report that lines with layout hints make, whatever format they came from."""
    body, contents = without_contents(without_tables(lines))
    blocks, doubts = blocks_of(body, contents.entries)
    report = Builder(with_inline_groups(blocks), contents, doubts).report(id)
    pages = {line.number: line.page for line in lines}
    paged = tuple(replace(doubt, page=pages.get(doubt.line)) for doubt in report.doubtful)
    return replace(report, doubtful=paged)
