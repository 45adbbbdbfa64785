"""What a Word document begins with: styles, properties, cover or title, contents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jevn.publishing.documents.model import Document
from jevn.terms import Say

_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def prepare(word: Any, document: Document) -> None:
    """Set properties, page, fonts, language and footer."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    properties = word.core_properties
    moment = datetime.fromisoformat(document.date).replace(tzinfo=UTC)
    properties.title, properties.author = document.title, document.author
    properties.subject, properties.language = document.subtitle, _LANGUAGES[document.language]
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = document.author, ""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.4)
    accent = RGBColor.from_string(document.colour.lstrip("#"))
    fonts = {"Normal": ("Calibri", 11), "Title": ("Calibri", 30), "Subtitle": ("Calibri", 14)}
    fonts |= {f"Heading {n}": ("Calibri", size) for n, size in ((1, 20), (2, 15), (3, 12), (4, 11))}
    for name, (font, size) in fonts.items():
        style = word.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        fonts_element = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts_element.set(qn(slot), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts_element.attrib.pop(qn(theme), None)
        if name not in ("Normal", "Subtitle"):
            style.font.color.rgb = accent if name == "Heading 3" else RGBColor(0x1D, 0x27, 0x33)
    language = word.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), _LANGUAGES[document.language])
    footer = section.footer.paragraphs[0]
    footer.text = f"{document.author} · {document.title}\t"
    footer.style.font.size = Pt(8.5)
    footer.add_run(Say(document.language)("document.page") + " ")
    _field(footer, "PAGE")


def masthead(word: Any, document: Document) -> None:
    """Title on the first page, without cover and contents; text and margins a little smaller."""
    from docx.shared import Cm, Pt

    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.4)
    section.footer_distance = Cm(0.7)
    for name, size, after in (
        ("Normal", 10, 4),
        ("Title", 20, 2),
        ("Subtitle", 10, 2),
        ("Heading 1", 15, 4),
        ("Heading 2", 11, 2),
        ("Heading 3", 11, 0),
        ("List Bullet", 10, 2),
        ("List Number", 10, 2),
        ("Caption", 9, 2),
    ):
        style = word.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(after)
        if name.startswith("Heading"):
            style.paragraph_format.space_before = Pt(6)
    day = Say(document.language).date(datetime.fromisoformat(document.date).date())
    word.add_paragraph(document.author).runs[0].bold = True
    word.add_paragraph(document.title, style="Title")
    line = f"{document.subtitle} · {document.status} · {day}"
    word.add_paragraph(line, style="Subtitle")
    if document.notice:
        word.add_paragraph().add_run(document.notice).font.size = Pt(8.5)


def cover(word: Any, document: Document) -> None:
    """The cover page and the table of contents."""
    from docx.shared import Pt

    say = Say(document.language)
    for _ in range(5):
        word.add_paragraph().paragraph_format.space_after = Pt(12)
    word.add_paragraph(document.author)
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.subtitle, style="Subtitle")
    day = say.date(datetime.fromisoformat(document.date).date())
    word.add_paragraph(f"{document.status} · {day}")
    if document.notice:
        word.add_paragraph(document.notice, style="Intense Quote")
    word.add_page_break()
    contents = word.add_paragraph(say("document.contents"))
    contents.runs[0].bold = True
    _field(word.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', say("document.toc_hint"))
    _update_fields(word)


def _field(paragraph: Any, instruction: str, shown: str = "1") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", None), (None, instruction), ("separate", None), (None, shown)):
        run = paragraph.add_run()
        if kind:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
        elif text == instruction:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        else:
            run.text = text
    end = OxmlElement("w:fldChar")
    end.set(qn("w:fldCharType"), "end")
    paragraph.add_run()._r.append(end)


def _update_fields(word: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    word.settings.element.append(update)
