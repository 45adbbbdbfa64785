"""Write a report's structure as Markdown that is read back to the same structure."""

from __future__ import annotations

import re

from jevn.participation.report import words
from jevn.participation.report.dates import find_date
from jevn.participation.results import Participant, Question, WorkshopReport

_MARKUP = re.compile(r"([\\*_`|<>])")
_OPENING = re.compile(r"^([-–—−•+#]|\(?\d{1,2}[.)]|[a-hA-H][.)]|(?:nr|prio)\w*)", re.IGNORECASE)


def report_text(report: WorkshopReport) -> str:
    """The report as Markdown: one line per point, lists of contents for what does not ask.

    Reading the text gives the same title, date, parts, questions, points, groups and people
    (`read_report`), for reports whose texts are each on one line.
    """
    lines = [f"# {_plain(report.title)}", ""] if report.title else []
    if report.date and find_date(report.title) != report.date:
        lines += [f"Dato: {report.date}", ""]
    lines += _contents(report)
    for part in report.parts:
        if part.title:
            lines += [f"# {_plain(part.title)}", ""]
        for question in part.questions:
            lines += _question(question)
    lines += _people(report.participants)
    return "\n".join(lines).rstrip() + "\n"


def _contents(report: WorkshopReport) -> list[str]:
    """Questions that do not ask are known from a list of contents."""
    titles = [q.title for part in report.parts for q in part.questions]
    if all(words.asks(title) for title in titles):
        return []
    return ["## Innhold", "", *(f"{_plain(t)} ...... {i}" for i, t in enumerate(titles, 1)), ""]


def _question(question: Question) -> list[str]:
    lines = [f"## {_plain(question.title)}", ""]
    if question.summary:
        lines += [" – ".join(map(_plain, question.summary)), ""]
    for section in question.sections:
        if section.heading:
            lines += [f"### {_plain(section.heading)}", ""]
        lines += [*(f"- {_plain(bullet)}" for bullet in section.bullets), ""]
    for group in question.groups:
        lines += [f"### {_plain(group.name)}", ""]
        lines += [*(f"{i}. {_plain(p)}" for i, p in enumerate(group.ranked, 1)), ""]
    return lines


def _people(people: tuple[Participant, ...]) -> list[str]:
    """Tables of people, one for each heading they were listed under."""
    lines: list[str] = []
    heading: str | None = ""
    for person in people:
        if person.listed_under != heading:
            heading = person.listed_under
            title = _plain(heading or "Deltakere")
            lines += ["", f"## {title}", "", "| Navn | Rolle | Kommune |", "|---|---|---|"]
        cells = (person.name, person.role or "", person.municipality or "")
        lines.append("| " + " | ".join(map(_plain, cells)) + " |")
    return lines


def _plain(text: str) -> str:
    """A text with the signs that Markdown gives a meaning put in as they are."""
    text = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^([-+#])", r"\\\1", text)
