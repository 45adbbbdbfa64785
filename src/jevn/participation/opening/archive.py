"""Packed Office files: what they are, and whether they are safe to unpack."""

from __future__ import annotations

import io
import zipfile

from jevn.participation.opening.limits import (
    LARGEST_PART,
    LARGEST_UNPACKED,
    MOST_PARTS,
    refusal,
)

_TEXT_PARTS = (".xml", ".rels")


def check(data: bytes, name: str) -> None:
    """Refuse a packed file that is not a Word document, or not safe to read.

    Nothing is unpacked before its size is known. A document with macros is refused, also
    where only its text would be read: it would be kept and passed on with them. XML parts must
    not define entities, which no word processor writes.

    Raises:
        InputRefused: ``document_damaged``, ``document_encrypted``, ``document_old_format``,
            ``document_other_format``, ``document_macros``, ``document_unpacked``,
            ``document_entities``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise refusal("unpacked", name, most=LARGEST_UNPACKED // 1024**2)
            if any(part.flag_bits & 1 for part in parts):
                raise refusal("encrypted", name)
            _check_kind(packed, {part.filename for part in parts}, name)
            for part in parts:
                if part.filename.lower().endswith(_TEXT_PARTS):
                    _check_part(packed, part, name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise refusal("damaged", name, ending=".docx") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise refusal("damaged", name, ending=".docx") from error


def _check_kind(packed: zipfile.ZipFile, names: set[str], name: str) -> None:
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise refusal("macros", name)
    if "word/document.xml" in names:
        return
    if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
        return
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise refusal("other_format", name, format="Excel")
    if "ppt/presentation.xml" in names:
        raise refusal("other_format", name, format="PowerPoint")
    if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        kind = packed.read("mimetype").decode("ascii", "replace")
        if "opendocument" in kind:
            ending = ".odt" if "text" in kind else ".ods" if "spreadsheet" in kind else ".odp"
            raise refusal("old_format", name, format=ending)
        raise refusal("other_format", name, format=kind[:40])
    if any(n.startswith("Index/") for n in names):
        raise refusal("other_format", name, format="Pages")
    raise refusal("other_format", name, format="ZIP")


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    if part.file_size > LARGEST_PART:
        raise refusal("unpacked", name, most=LARGEST_PART // 1024**2)
    text = packed.read(part).replace(b"\x00", b"")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise refusal("entities", name)
    if part.filename == "[Content_Types].xml" and b"macroEnabled" in text:
        raise refusal("macros", name)
