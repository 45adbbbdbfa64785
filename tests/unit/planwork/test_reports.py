"""Workshop reports in a plan folder may be Word files and PDFs, and are kept as they came."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jevn.planwork import read_folder, write_folder
from jevn.terms import InputRefused
from unit.participation.report_files import pdf_file, word_file

REPORT = "# Rapport 1. mars 2027\n\n## Hva nå?\n\n### Gruppe 1\n\n- Lys i parken\n- Buss\n"


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "plan"
    shutil.copytree(small_folder, copy)
    (copy / "reports").mkdir(exist_ok=True)
    return copy


def test_word_and_pdf_reports_are_read_and_kept_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    word_file(REPORT, folder / "reports" / "torg.docx")
    pdf_file(REPORT, folder / "reports" / "hall.pdf")
    (folder / "reports" / "eldre.txt").write_bytes(REPORT.encode("cp1252"))
    work = read_folder(folder)
    reports = {report.id: report for report in work.reports}
    groups = [reports[id].parts[0].questions[0].groups for id in ("torg", "hall", "eldre")]
    assert groups[0] == groups[1] == groups[2]
    assert groups[0][0].ranked == ("Lys i parken", "Buss")

    write_folder(work, tmp_path / "again")
    for path in (folder / "reports").glob("*.*"):
        if path.suffix in (".docx", ".pdf", ".txt"):
            assert (tmp_path / "again" / "reports" / path.name).read_bytes() == path.read_bytes()


def test_reports_that_cannot_be_read_are_named_with_their_folder(folder: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    (folder / "reports" / "gammel.doc").write_bytes(old)
    (folder / "reports" / "tom.txt").write_bytes(b"")
    with pytest.raises(InputRefused) as refused:
        read_folder(folder)
    found = {(problem.file, problem.id) for problem in refused.value.problems}
    assert ("reports/gammel.doc", "document_old_format") in found
    assert ("reports/tom.txt", "document_empty") in found


def test_the_same_report_in_two_formats_is_refused(folder: Path) -> None:
    word_file(REPORT, folder / "reports" / "torg.docx")
    (folder / "reports" / "torg.md").write_text(REPORT, "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_folder(folder)
    assert refused.value.problems[0].id == "folder_twice"
