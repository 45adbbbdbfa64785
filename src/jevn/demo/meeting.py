"""The report of a dialogue meeting as a Word file, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

NAME: Final = "dialogmote-brusvika-2026"
_DAY: Final = (1980, 1, 1, 0, 0, 0)


def write_meeting(to: Path) -> None:
    """Write the report: questions as headings, bullets, and tables' numbered lists."""
    from docx import Document

    text = files("jevn.demo").joinpath("texts", f"{NAME}.yaml").read_text("utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    document = Document()
    document.core_properties.author = "Elvebyen kommune"
    document.core_properties.title = told["title"]
    for moment in ("created", "modified"):
        setattr(document.core_properties, moment, _moment())
    document.add_heading(told["title"], 0)
    document.add_paragraph(told["lead"])
    for question in told["questions"]:
        document.add_heading(question["title"], 1)
        for bullet in question.get("bullets", ()):
            document.add_paragraph(bullet, style="List Bullet")
        for name, points in question.get("tables", {}).items():
            document.add_heading(name, 2)
            for number, point in enumerate(points, start=1):
                document.add_paragraph(f"{number}. {point}")
    out = io.BytesIO()
    document.save(out)
    to.write_bytes(_same_bytes(out.getvalue()))


def _moment() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 9, 9, 8, 0, tzinfo=UTC)


def _same_bytes(data: bytes) -> bytes:
    """The archive with its parts in order and without the clock."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
