"""Stored e-mails: the letter itself, with quoted letters and signatures marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Final

from jevn.participation.opening.encoding import once, text_of
from jevn.participation.opening.html import text_of_html
from jevn.participation.opening.limits import MOST_ATTACHMENTS
from jevn.participation.opening.lines import Line, lines_of
from jevn.participation.opening.opened import NotOpened, Opened
from jevn.terms import InputRefused

_DEEPEST: Final = 2
_QUOTE_BELOW = re.compile(
    r"-{2,}\s*(opprinnelig|opphavleg|original|videresendt|vidaresend|forwarded|oprindelig)\b.*"
    r"|_{10,}"
    r"|(den|på|on|le)\s.{5,120}\b(skrev|skreiv|wrote|skrev:|skriver|skriv)\b.*:?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(fra|frå|från|from):\*?\s+\S.*", re.IGNORECASE)
_SENT = re.compile(r"\*?(sendt|sent|skickat|dato|date|til|to|till|emne|subject):\*?\s*.*", re.I)
_GREETING = re.compile(
    r"(mvh|vh|hilsen|helsing|med (vennlig|venleg|vennleg|beste|hjertelig) (hilsen|helsing)"
    r"|(beste|vennlig|vennleg|venleg|hjertelig) (hilsen|helsing)|med vänlig hälsning|vänligen"
    r"|venlig hilsen|med venlig hilsen|best regards|kind regards|regards)\b.{0,60}",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(sendt fra|sendt frå|sent from|skickat från|hent outlook|få outlook).*", re.I
)


def opened(data: bytes, name: str, inside: int, open_bytes: Callable[..., Opened]) -> Opened:
    """An e-mail with its attachments opened in turn.

    Args:
        data: the stored e-mail.
        name: its file name.
        inside: number of e-mails it was attached to.
        open_bytes: opens an attachment from its bytes, name, and depth.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    name_of, address = _sender(message)
    documents: list[Opened] = []
    refused: list[NotOpened] = []
    names: list[str] = []
    for number, part in enumerate(_attachments(message), start=1):
        own = _file_name(part, number)
        names.append(own)
        if number > MOST_ATTACHMENTS or inside >= _DEEPEST:
            refused.append(NotOpened(own, "document_attachments"))
            continue
        try:
            documents.append(open_bytes(_payload(part), own, inside=inside + 1))
        except InputRefused as problem:
            refused.append(NotOpened(own, problem.id))
    return Opened(
        name,
        "email",
        _marked(lines_of(_body(message))),
        title=_header(message, "subject"),
        date=_date(message),
        subject=_header(message, "subject"),
        sender=name_of or address,
        address=address,
        attachments=tuple(names),
        documents=tuple(documents),
        not_opened=tuple(refused),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, TypeError, AttributeError, KeyError):
        return None  # a header that breaks the rules of e-mail
    return " ".join(once(str(value)).split()) or None if value is not None else None


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    from email.utils import parseaddr

    shown, address = parseaddr(_header(message, "from") or "")
    return shown.strip() or None, address.strip() or None


def _date(message: EmailMessage) -> str | None:
    try:
        moment = message["date"].datetime
    except (ValueError, TypeError, AttributeError, IndexError):
        return None
    return moment.date().isoformat() if isinstance(moment, datetime) else None


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    """Everything that is not the letter itself; pictures in the letter are left out."""
    if not message.is_multipart():
        return []
    body = message.get_body(("plain", "html"))
    found: list[EmailMessage] = []
    for part in message.walk():
        if part is message or part is body:
            continue
        named = part.get_filename() is not None
        if (
            part.get_content_type() == "message/rfc822"
            or part.get_content_disposition() == "attachment"
            or (named and part.get_content_maintype() in ("application", "text"))
        ):
            found.append(part)
    within = {id(p) for f in found if f.is_multipart() for p in f.walk() if p is not f}
    return [part for part in found if id(part) not in within]


def _file_name(part: EmailMessage, number: int) -> str:
    given = part.get_filename() or ""
    name = PurePosixPath(given.replace("\\", "/")).name[:120]
    ending = ".eml" if part.get_content_type() == "message/rfc822" else ""
    return name or f"{number}{ending}"


def _payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(message: EmailMessage) -> str:
    """The letter as text; from its web page where there is no text."""
    text = _part_text(message.get_body(("plain",)))
    if text.strip():
        return text
    return text_of_html(_part_text(message.get_body(("html",))))


def _part_text(part: object) -> str:
    if not isinstance(part, EmailMessage):
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload:
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text, _ = text_of(payload, "e-mail")
    return _unflowed(once(text)) if part.get_param("format") == "flowed" else once(text)


def _unflowed(text: str) -> str:
    """Lines that e-mail programs broke (a space at the end says so) put together (RFC 3676)."""
    whole: list[str] = []
    open_line = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ")
        if open_line and not line.startswith(">"):
            whole[-1] += line
        else:
            whole.append(line)
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(whole)


def _marked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark quoted letters and signatures as standing aside."""
    marked: list[Line] = []
    state = ""
    for i, line in enumerate(lines):
        text = line.text.strip()
        if state != "quote" and (_QUOTE_BELOW.fullmatch(text) or _header_block(lines, i)):
            state = "quote"
        elif not state and _signs(line, text, lines[i + 1 :]):
            state = "signature"
        if text.startswith(">") or state == "quote":
            marked.append(replace(line, aside="quote"))
        else:
            marked.append(replace(line, aside="signature") if state else line)
    return tuple(marked)


def _header_block(lines: tuple[Line, ...], i: int) -> bool:
    """Whether a quoted letter's head (*Fra: … Sendt: …*) begins at line ``i``."""
    if not _FROM.fullmatch(lines[i].text.strip()):
        return False
    below = [x.text.strip() for x in lines[i + 1 : i + 5] if x.text]
    return sum(_SENT.fullmatch(text) is not None for text in below) >= 2


def _signs(line: Line, text: str, below: tuple[Line, ...]) -> bool:
    """Whether the letter ends here: a greeting with few lines below, or the sign ``--``."""
    if _SENT_FROM.fullmatch(text):
        return True
    if line.kind == "furniture" and text == "--":
        return True
    if text in ("--", "-- ", "—"):
        return True
    if not _GREETING.fullmatch(text):
        return False
    rest = [x.text for x in below if x.text]
    quoted = next(
        (
            i
            for i, t in enumerate(rest)
            if t.startswith(">") or _FROM.fullmatch(t) or _QUOTE_BELOW.fullmatch(t)
        ),
        len(rest),
    )
    return quoted <= 12
