"""What an opened document holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.participation.opening.lines import Line

DocumentKind = Literal["text", "markdown", "docx", "pdf", "email"]


@dataclass(frozen=True, slots=True)
class NotOpened:
    """An attachment that could not be opened.

    Attributes:
        name: its file name as the e-mail gives it, without folders.
        problem: id of the reason (text ``problem.<id>``).
    """

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as lines with layout hints, and what the file says of itself.

    Attributes:
        name: the file's name.
        kind: what it is, told by its content.
        lines: its lines. In a PDF they carry their page; in Word each paragraph is a line. Of
            an e-mail quoted letters and signatures are marked (``Line.aside``).
        title: title in the file's own description, if it has one.
        date: date of the e-mail, or in the file's description (ISO), if there is one.
        encoding: how the letters of a text were stored; empty for other kinds. The ending
            ``+utf-8`` says that letters stored twice (*Ã¸* for *ø*) were put right.
        subject: subject of an e-mail.
        sender: sender's name in an e-mail, else the address.
        address: sender's address in an e-mail.
        attachments: names of all attachments of an e-mail, in its order.
        documents: those of the attachments that could be opened.
        not_opened: those that could not, with the reason.
    """

    name: str
    kind: DocumentKind
    lines: tuple[Line, ...]
    title: str | None = None
    date: str | None = None
    encoding: str = ""
    subject: str | None = None
    sender: str | None = None
    address: str | None = None
    attachments: tuple[str, ...] = ()
    documents: tuple[Opened, ...] = ()
    not_opened: tuple[NotOpened, ...] = ()

    @property
    def text(self) -> str:
        """All text, line by line, without what stands aside (quoted letters, signatures)."""
        rows = (" | ".join(x.cells) if x.cells else x.text for x in self.lines if not x.aside)
        return "\n".join(rows).strip()
