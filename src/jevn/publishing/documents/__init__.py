"""Documents from one model: PDF (tagged, PDF/UA-1) and DOCX (real styles)."""

from __future__ import annotations

from pathlib import Path

from jevn.publishing.documents.case import case_paper
from jevn.publishing.documents.hearing import hearing_note
from jevn.publishing.documents.knowledge import knowledge_base
from jevn.publishing.documents.model import Document
from jevn.publishing.documents.proposal import plan_document
from jevn.publishing.documents.status import status_report
from jevn.publishing.documents.summary import summary
from jevn.publishing.documents.typeset import write_pdf
from jevn.publishing.documents.word import write_docx
from jevn.publishing.dossier import Dossier

NAMES: tuple[str, ...] = (
    "plan.pdf",
    "plan.docx",
    "hearing.pdf",
    "hearing.docx",
    "summary.pdf",
    "summary.docx",
    "knowledge-base.pdf",
    "knowledge-base.docx",
    "case-paper.pdf",
    "case-paper.docx",
    "status-report.pdf",
    "status-report.docx",
)
"""Files that the functions below write."""


def write_knowledge_base(dossier: Dossier, folder: Path) -> None:
    """Write ``knowledge-base.pdf`` and ``knowledge-base.docx`` into a folder."""
    _write(knowledge_base(dossier), folder)


def write_summary(dossier: Dossier, folder: Path) -> None:
    """Write ``summary.pdf`` and ``summary.docx``, four pages, into a folder."""
    _write(summary(dossier), folder)


def write_hearing(dossier: Dossier, folder: Path) -> None:
    """Write ``hearing.pdf`` and ``hearing.docx``, statements with answers, into a folder."""
    _write(hearing_note(dossier), folder)


def write_case_paper(dossier: Dossier, folder: Path) -> None:
    """Write ``case-paper.pdf`` and ``case-paper.docx``, for the next decision, into a folder."""
    _write(case_paper(dossier), folder)


def write_status_report(dossier: Dossier, folder: Path) -> None:
    """Write ``status-report.pdf`` and ``status-report.docx`` into a folder."""
    _write(status_report(dossier), folder)


def write_plan(dossier: Dossier, folder: Path) -> None:
    """Write ``plan.pdf`` and ``plan.docx`` into a folder."""
    _write(plan_document(dossier), folder)


def _write(document: Document, folder: Path) -> None:
    write_pdf(document, folder / f"{document.name}.pdf")
    write_docx(document, folder / f"{document.name}.docx")


__all__ = [
    "NAMES",
    "case_paper",
    "hearing_note",
    "knowledge_base",
    "plan_document",
    "status_report",
    "summary",
    "write_case_paper",
    "write_hearing",
    "write_knowledge_base",
    "write_plan",
    "write_status_report",
    "write_summary",
]
