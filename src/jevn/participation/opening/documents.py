"""Open a document: size and kind are checked, and the right reader is asked."""

from __future__ import annotations

from pathlib import Path

from jevn.participation.opening import archive, mail
from jevn.participation.opening.deadline import read_apart
from jevn.participation.opening.encoding import text_of
from jevn.participation.opening.limits import LARGEST_FILE, MOST_LINES, refusal
from jevn.participation.opening.lines import lines_of
from jevn.participation.opening.opened import Opened
from jevn.participation.opening.sniffing import kind_of


def open_document(path: Path) -> Opened:
    """Open a text, Markdown, Word, PDF or e-mail file.

    Args:
        path: the file. Its name only counts where its content does not tell what it is.

    Returns:
        Its lines, with what it says of itself.

    Raises:
        InputRefused: ``document_missing``, ``document_read`` (the file cannot be opened),
            ``document_large`` (over 50 MB), ``document_empty``, ``document_binary``,
            ``document_encoding``, ``document_old_format`` (.doc, .xls, .odt …),
            ``document_other_format``, ``document_image``, ``document_encrypted`` (password),
            ``document_macros``, ``document_unpacked`` (too large when unpacked),
            ``document_entities`` (XML that holds definitions), ``document_damaged``,
            ``document_pages`` (too many), ``document_long``, ``document_scanned``,
            ``document_letters`` (a PDF whose letters cannot be told), ``document_slow``.
    """
    name = path.name
    try:
        if path.is_dir():
            raise refusal("missing", name)
        if path.stat().st_size > LARGEST_FILE:
            raise refusal("large", name, most=LARGEST_FILE // 1024**2)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refusal("missing", name) from error
    except OSError as error:
        raise refusal("read", name, reason=error.strerror or "?") from error
    return open_bytes(data, name)


def open_bytes(data: bytes, name: str, *, inside: int = 0) -> Opened:
    """Open a document from its bytes; ``name`` is its file name.

    Args:
        data: the whole file.
        name: its file name.
        inside: number of e-mails it was attached to, one inside the other.

    Raises:
        InputRefused: as `open_document`.
    """
    if len(data) > LARGEST_FILE:
        raise refusal("large", name, most=LARGEST_FILE // 1024**2)
    if not data.strip():
        raise refusal("empty", name)
    kind = kind_of(data, name)
    if kind == "email":
        opened = mail.opened(data, name, inside, open_bytes)
    elif kind in ("docx", "pdf"):
        if kind == "docx":
            archive.check(data, name)
        opened = read_apart(data, name, kind)
    else:
        text, encoding = text_of(data, name)
        opened = Opened(name, kind, lines_of(text), encoding=encoding)
    if len(opened.lines) > MOST_LINES:
        raise refusal("long", name, most=MOST_LINES)
    if not opened.documents and not any(line.text or line.cells for line in opened.lines):
        raise refusal("empty", name)
    return opened
