"""Invented reports of very different shape are read as a person would read them.

Each report lies in the folder reports beside the outline that it should give.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.participation.report import read_report
from jevn.participation.results import WorkshopReport

FOLDER = Path(__file__).parent / "reports"
REPORTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def outline(report: WorkshopReport) -> str:
    """A report as lines: = title, [part], ? question, ~ summary, # heading, - bullet, @ group,
    ranked points with their place, ! participant, x doubt."""
    lines = [f"= {report.title} | {report.date or '-'}"]
    for part in report.parts:
        lines += [f"[{part.title}]"] if part.title else []
        for question in part.questions:
            lines.append(f"? {question.title}")
            lines += [f"~ {' | '.join(question.summary)}"] if question.summary else []
            for section in question.sections:
                if section.bullets:
                    lines.append(f"# {section.heading or '-'}")
                lines += [f"- {bullet}" for bullet in section.bullets]
            for group in question.groups:
                lines.append(f"@ {group.name}")
                lines += [f"{rank} {point}" for rank, point in enumerate(group.ranked, start=1)]
    for person in report.participants:
        lines.append(f"! {person.name} | {person.role or '-'} | {person.municipality or '-'}")
    lines += [f"x {doubt.line} {doubt.reason}" for doubt in report.doubtful]
    return "\n".join(lines)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_read_as_its_outline_says(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text("utf-8").strip()
    assert outline(read_report(path, "r")) == expected
