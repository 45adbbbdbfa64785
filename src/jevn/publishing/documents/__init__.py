"""Documents from one model: PDF (tagged, PDF/UA-1) and DOCX (real styles)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jevn.publishing.documents.brief import brief
from jevn.publishing.documents.case import case_paper
from jevn.publishing.documents.hearing import hearing_note
from jevn.publishing.documents.knowledge import knowledge_base
from jevn.publishing.documents.model import Document
from jevn.publishing.documents.parts import effort_profile, impact_assessment, workshops
from jevn.publishing.documents.proposal import plan_document
from jevn.publishing.documents.status import status_report
from jevn.publishing.documents.summary import summary
from jevn.publishing.documents.typeset import write_pdf
from jevn.publishing.documents.word import write_docx
from jevn.publishing.dossier import Dossier

DOCUMENTS: Mapping[str, Callable[[Dossier], Document]] = {
    "plan": plan_document,
    "brief": brief,
    "case-paper": case_paper,
    "hearing": hearing_note,
    "summary": summary,
    "knowledge-base": knowledge_base,
    "effort-profile": effort_profile,
    "impact-assessment": impact_assessment,
    "workshops": workshops,
    "status-report": status_report,
}
"""Every document by name, in the order they are offered."""

NAMES: tuple[str, ...] = tuple(f"{name}.{end}" for name in DOCUMENTS for end in ("pdf", "docx"))
"""Files of all documents."""

KNOWLEDGE: tuple[str, ...] = ("knowledge-base", "summary", "effort-profile", "workshops")
"""Documents of the knowledge base; the others belong to the plan."""


def write_document(name: str, dossier: Dossier, folder: Path) -> None:
    """Write a document as ``<name>.pdf`` and ``<name>.docx`` into a folder.

    Raises:
        KeyError: if there is no such document.
    """
    document = DOCUMENTS[name](dossier)
    write_pdf(document, folder / f"{name}.pdf")
    write_docx(document, folder / f"{name}.docx")


def write_knowledge_base(dossier: Dossier, folder: Path) -> None:
    """Write ``knowledge-base.pdf`` and ``knowledge-base.docx`` into a folder."""
    write_document("knowledge-base", dossier, folder)


def write_summary(dossier: Dossier, folder: Path) -> None:
    """Write ``summary.pdf`` and ``summary.docx``, four pages, into a folder."""
    write_document("summary", dossier, folder)


def write_plan(dossier: Dossier, folder: Path) -> None:
    """Write ``plan.pdf`` and ``plan.docx`` into a folder."""
    write_document("plan", dossier, folder)


__all__ = [
    "DOCUMENTS",
    "KNOWLEDGE",
    "NAMES",
    "brief",
    "case_paper",
    "effort_profile",
    "hearing_note",
    "impact_assessment",
    "knowledge_base",
    "plan_document",
    "status_report",
    "summary",
    "workshops",
    "write_document",
    "write_knowledge_base",
    "write_plan",
    "write_summary",
]
