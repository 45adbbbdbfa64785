"""The frame of a letter: letterhead, greeting and signature told from what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jevn.participation.opening import Line
from jevn.participation.report.dates import find_date
from jevn.participation.report.people import is_name
from jevn.participation.statements import marks
from jevn.participation.statements.results import DoubtfulLine, LeftOut
from jevn.participation.statements.senders import sender_type_of

_HEAD_WITHIN = 30
_SIGNATURE_WITHIN = 14
_SHORT = 70
_LONGEST_IN_SIGNATURE = 100
_SENDER_LABELS = {"organisasjon": 100, "avsender": 92, "avsendar": 92, "fra": 90, "frå": 90}
_NAME_LABELS = {"navn": 55, "namn": 55, "kontaktperson": 40}
_OFFICE = re.compile(
    r"(?:på vegne(?:r)? av|for|(?:styre|nest)?(?:leder|leiar)|sekretær|daglig leder|dagleg leiar|medlem|v/)"  # noqa: E501
    r"(?:\s+(?:i|for|av))?\s+",
    re.IGNORECASE,
)
_FROM_SUBJECT = re.compile(r"\b(?i:fra|frå)\s+(?P<who>[A-ZÆØÅ].{2,80})$")


@dataclass
class Frame:
    """What the frame of a letter tells. Grows while the letter is read.

    Attributes:
        body: lines that say something, and blank lines between them.
        left_out: lines of the frame.
        doubtful: lines whose place is not certain.
        senders: candidates for the sender with how sure they are.
        date: ISO date.
        subject: what the letter says it is.
        case: case number.
        address: e-mail address of the sender.
    """

    body: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubtful: list[DoubtfulLine] = field(default_factory=list)
    senders: list[tuple[int, str]] = field(default_factory=list)
    date: str | None = None
    subject: str | None = None
    case: str | None = None
    address: str | None = None

    def leave(self, line: Line, reason: str) -> None:
        """Leave a line out of the points."""
        self.left_out.append(LeftOut(line.number, words_of(line), reason))

    def doubt(self, line: Line, reason: str) -> None:
        """Note that a line may have been read wrongly."""
        self.doubtful.append(DoubtfulLine(line.number, words_of(line), reason))

    def offer(self, sure: int, name: str) -> None:
        """Note a candidate for the sender."""
        name = re.sub(r"\s*<[^>]*>", "", name).strip(" \"'.,;:")
        kind = sender_type_of(name) if name else "unknown"
        if not name or "@" in name or len(name) > 100:
            return
        if kind == "public_body" and re.search(r"kommun[ea]n?\b", name, re.IGNORECASE):
            sure -= 45  # mostly the one that the letter is sent to
        elif kind not in ("person", "unknown"):
            sure += 20
        self.senders.append((sure, name))

    def sender(self) -> str | None:
        """The likeliest sender."""
        best = max(self.senders, key=lambda s: s[0], default=None)
        return best[1] if best else None


def words_of(line: Line) -> str:
    """The text of a line or of a row in a table."""
    return " | ".join(c for c in line.cells if c.strip()) if line.cells else line.text


def frame_of(lines: Sequence[Line], known: str | None = None) -> Frame:
    """Part the frame of a letter from its body.

    Args:
        lines: the lines of the letter.
        known: name that the e-mail gives its sender.
    """
    frame = Frame()
    if known:
        frame.offer(45, known)
    kept = list(_without_asides(lines, frame))
    start = _head(kept, frame)
    end = _tail(kept, start, frame)
    frame.body = kept[start:end]
    return frame


def _without_asides(lines: Sequence[Line], frame: Frame) -> Iterator[Line]:
    signature: list[Line] = []
    for line in lines:
        if line.kind == "blank" or not words_of(line).strip():
            yield line
        elif line.aside == "quote":
            frame.leave(line, "quoted")
        elif line.aside == "signature":
            signature.append(line)
        elif line.kind in ("furniture", "contents"):
            frame.leave(line, "page" if line.kind == "furniture" else "contents")
        else:
            yield line
    for line in signature:
        _signed(line, frame)


def _head(lines: Sequence[Line], frame: Frame) -> int:
    """Take the lines of the letterhead; where the body begins."""
    taken: list[tuple[int, str]] = []
    sure = -1
    seen = 0
    for i, line in enumerate(lines):
        if line.kind == "blank" or not words_of(line).strip():
            continue
        seen += 1
        reason = _head_reason(line, i, lines) if seen <= _HEAD_WITHIN else None
        if reason is None:
            break
        taken.append((i, reason))
        if reason != "perhaps":
            sure = len(taken)
            if reason == "greeting":
                break
    first_typed = bool(taken) and taken[0][1] == "perhaps" and _is_typed(lines[taken[0][0]])
    if sure < 1 and first_typed:
        frame.doubt(lines[taken[0][0]], "perhaps_heading")
        sure = 1
    for place, (i, reason) in enumerate(taken[: max(sure, 0)]):
        _heading_line(lines[i], reason, place, frame)
    return taken[sure - 1][0] + 1 if sure > 0 else 0


def _head_reason(line: Line, at: int, lines: Sequence[Line]) -> str | None:
    """Why a line belongs to the letterhead; ``perhaps`` if only its neighbours can tell."""
    text = words_of(line).strip()
    if line.kind in ("bullet", "numbered") or marks.reference(text):
        return None
    if marks.is_greeting(text):
        return "greeting"
    if (marks.label(text) and len(text) <= 160) or marks.is_address(text) or marks.is_date(text):
        return "letterhead"
    if marks.is_subject(text):
        return "subject"
    if len(text) <= _SHORT and marks.case_of(text):
        return "letterhead"
    if len(text) > _SHORT or text.endswith((".", "?", "!", ":")) or marks.says_something(text):
        return None
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None and following.goes_on:
        return None
    return "perhaps"


def _heading_line(line: Line, reason: str, place: int, frame: Frame) -> None:
    text = words_of(line).strip()
    named = marks.label(text)
    frame.case = frame.case or marks.case_of(text)
    if named:
        _labelled(*named, frame)
    elif reason == "subject":
        frame.subject = frame.subject or text
        if found := _FROM_SUBJECT.search(text):
            frame.offer(85, found["who"])
    elif marks.is_date(text):
        frame.date = frame.date or find_date(text)
    elif reason == "perhaps" and not text.lower().startswith("til "):
        frame.offer(70 - min(place, 9), text) if _is_typed(line) else None
    frame.leave(line, "letterhead" if reason == "perhaps" else reason)


def _labelled(label: str, value: str, frame: Frame) -> None:
    if sure := _SENDER_LABELS.get(label) or _NAME_LABELS.get(label):
        frame.offer(sure, value)
        if found := re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", value):
            frame.address = frame.address or found[0]
    elif "dato" in label or label in ("date", "sendt"):
        frame.date = frame.date or find_date(value)
    elif label in ("emne", "gjelder", "gjeld", "sak"):
        frame.subject = frame.subject or value or None
    elif "ref" in label:
        frame.date = frame.date or find_date(value)
    elif label.startswith(("e-post", "epost")) and "@" in value:
        frame.address = frame.address or value


def _is_typed(line: Line) -> bool:
    return sender_type_of(words_of(line)) not in ("person", "unknown")


def _tail(lines: Sequence[Line], start: int, frame: Frame) -> int:
    """Take the signature and what stands below it; where the body ends."""
    written = [i for i in range(start, len(lines)) if words_of(lines[i]).strip()]
    closes = next(
        (
            i
            for i in reversed(written[-_SIGNATURE_WITHIN:])
            if _closes(lines, i) and len(written) > 1
        ),
        None,
    )
    if closes is None:
        return _bare_signature(lines, written, frame)
    below = [i for i in written if i >= closes]
    if any(len(words_of(lines[i])) > _LONGEST_IN_SIGNATURE for i in below):
        frame.doubt(lines[closes], "perhaps_signature")
        return len(lines)
    for i in below:
        _signed(lines[i], frame)
    return closes


def _closes(lines: Sequence[Line], at: int) -> bool:
    text = words_of(lines[at])
    if marks.closing(text) is None or marks.says_something(text):
        return False
    following = next((x for x in lines[at + 1 :] if words_of(x).strip()), None)
    below = words_of(following) if following is not None else ""
    return not below[:1].islower() or _OFFICE.match(below) is not None


def _bare_signature(lines: Sequence[Line], written: Sequence[int], frame: Frame) -> int:
    """Names, dates and addresses at the very end, without words that close."""
    end = len(lines)
    taken: list[int] = []
    for i in reversed(written[1:][-6:]):
        text = words_of(lines[i]).strip()
        if lines[i].kind in ("bullet", "numbered"):
            break
        above = words_of(lines[i - 1]).strip() if i else ""
        parted = not above or marks.is_date(above) or is_name(above)
        typed = len(text) <= 60 and not text.endswith((".", "?", "!")) and _is_typed(lines[i])
        name = is_name(text.rstrip(",")) and len(text) <= 60
        first_name = any(text.casefold() in s.casefold().split() for _, s in frame.senders)
        known = marks.is_attachment(text) or marks.is_date(text) or marks.is_address(text)
        office = marks.is_office(text) or marks.has_contact(text)
        if not (known or name or first_name or office or (typed and (parted or taken))):
            break
        if marks.says_something(text):
            break
        taken.append(i)
        end = i
    for i in reversed(taken):
        _signed(lines[i], frame)
        if not marks.is_attachment(words_of(lines[i])):
            frame.doubt(lines[i], "perhaps_signature")
    return end


def _signed(line: Line, frame: Frame) -> None:
    text = words_of(line).strip()
    if marks.is_attachment(text):
        frame.leave(line, "attachment")
        return
    frame.leave(line, "signature")
    if marks.is_date(text):
        frame.date = frame.date or find_date(text)
    rest = marks.closing(text)
    office = _OFFICE.match(text)
    if rest is not None and not office:
        text = rest
    for piece in re.split(r"\s*[,|]\s*|\s+[–-]\s+", text):
        name = _OFFICE.sub("", piece, count=1)
        if sender_type_of(name) not in ("person", "unknown"):
            frame.offer(80, name)
        elif is_name(name) or (rest and name.istitle()):
            frame.offer(50, name)
