"""What kind of file it is, told by its content."""

from __future__ import annotations

import re
from typing import Final

from jevn.participation.opening.limits import refusal
from jevn.participation.opening.opened import DocumentKind

_IMAGES: Final = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_OTHERS: Final = {
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"ID3": "MP3",
    b"RIFF": "RIFF",
    b"\xdb\xa5": "Word 2",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS: Final = (
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("__substg1.0_", ".msg"),
)
_MARKUP = re.compile(rb"\s*<(!doctype html|html\b|\?xml|\?mso)", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]")
_MAIL_HEADERS: Final = {b"message-id", b"mime-version", b"received", b"return-path"}


def kind_of(data: bytes, name: str) -> DocumentKind:
    """The kind of a file, from its first bytes and then its name.

    Raises:
        InputRefused: for what cannot be read: ``document_encrypted``, ``document_old_format``,
            ``document_image``, ``document_other_format``, ``document_damaged``.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return "docx"
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    for magic, format in _IMAGES.items():
        if data.startswith(magic):
            raise refusal("image", name, format=format)
    if data[4:8] == b"ftyp":
        raise refusal("image", name, format="HEIC/MP4")
    for magic, format in _OTHERS.items():
        if data.startswith(magic):
            raise refusal("other_format", name, format=format)
    if markup := _MARKUP.match(data[:2000].removeprefix(b"\xef\xbb\xbf")):
        format = "HTML" if b"html" in markup[1].lower() else "XML"
        raise refusal("other_format", name, format=format)
    ending = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    if ending == "eml" or _is_mail(data):
        return "email"
    if ending in ("docx", "pdf", "docm", "dotx"):
        raise refusal("damaged", name, ending=f".{ending}")
    return "markdown" if ending in ("md", "markdown") else "text"


def _refuse_ole(data: bytes, name: str) -> None:
    """Refuse a file in the container that old and encrypted Office files share."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal("encrypted", name)
    for stream, ending in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            raise refusal("old_format", name, format=ending)
    raise refusal("old_format", name, format="Office 97–2003")


def _is_mail(data: bytes) -> bool:
    """Whether a text begins with the headers that only a stored e-mail has."""
    names: set[bytes] = set()
    for line in data[:20_000].splitlines():
        if line[:1] in (b" ", b"\t") and names:
            continue
        found = _HEADER.match(line)
        if not found:
            break
        names.add(found[1].lower())
    return b"from" in names and bool(names & _MAIL_HEADERS)
