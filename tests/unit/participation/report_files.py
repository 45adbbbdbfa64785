"""Reports laid out as Word files and PDFs in several ways, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jevn.participation.opening import Line, lines_of

Look = Literal["styles", "bold", "typed"]


@dataclass(frozen=True)
class PdfLook:
    """How a PDF is set."""

    size: float = 11
    margin: float = 2.5
    justify: bool = False
    leading: float = 0.65
    head: bool = True
    columns: int = 1
    tight: bool = True


def word_file(text: str, path: Path, look: Look = "styles") -> Path:
    """The report as a Word file: with styles, with bold lines, or with marks as typed."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Granvik kommune"
    for line in lines_of(text):
        _paragraph(document, line, look)
    document.save(str(path))
    return path


def _paragraph(document: Any, line: Line, look: Look) -> None:
    if line.kind in ("blank", "furniture"):
        return
    if line.kind == "heading" and look != "bold":
        document.add_heading(line.text, line.level)
    elif line.kind == "heading":
        document.add_paragraph().add_run(line.text).bold = True
    elif line.kind == "contents":
        document.add_paragraph(f"{line.text}\t4")
    elif line.kind in ("bullet", "numbered") and look != "typed":
        style = "List Bullet" if line.kind == "bullet" else "List Number"
        document.add_paragraph(line.text, style=style)
    elif line.kind in ("bullet", "numbered"):
        document.add_paragraph(f"{line.mark}\t{line.text}")
    else:
        document.add_paragraph().add_run(line.text).bold = line.bold


def pdf_file(text: str, path: Path, look: PdfLook | None = None) -> Path:
    """The report as a PDF set by Typst."""
    import typst

    look = look or PdfLook()
    source = path.with_suffix(".typ")
    source.write_text(_typst(text, look), "utf-8")
    typst.compile(str(source), output=str(path))
    return path


def _typst(text: str, look: PdfLook) -> str:
    head = "[Granvik kommune #h(1fr) Rapport]" if look.head else "none"
    numbers = '"1"' if look.head else "none"
    justify = "true" if look.justify else "false"
    rows = [
        f"#set page(margin: {look.margin}cm, numbering: {numbers}, header: {head},"
        f" columns: {look.columns})",
        f'#set text(size: {look.size}pt, lang: "nb", hyphenate: {justify})',
        f"#set par(justify: {justify}, leading: {look.leading}em)",
    ]
    if not look.tight:
        rows.append("#set list(tight: false)\n#set enum(tight: false)")
    for line in lines_of(text):
        if line.kind in ("blank", "furniture"):
            rows.append("")
            continue
        body = f"#{quoted(line.text)}"
        if line.kind == "heading":
            rows.append(f"\n{'=' * line.level} {body}\n")
        elif line.kind == "contents":
            rows.append(f"{body} #box(width: 1fr, repeat[.]) 4\n")
        elif line.kind == "bullet":
            rows.append(f"- {body}")
        elif line.kind == "numbered":
            rows.append(f"{line.rank}. {body}")
        else:
            rows.append(f"\n*{body}*\n" if line.bold else f"\n{body}\n")
    return "\n".join(rows)


def quoted(text: str) -> str:
    """A text as Typst writes it in code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
