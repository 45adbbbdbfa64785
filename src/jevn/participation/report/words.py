"""What the words of a heading say about its role in a report, in bokmål and nynorsk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_CONTENTS = re.compile(
    r"inn?hald|innhold(s(fortegnelse|oversikt|liste))?|innhaldsliste|contents", re.I
)
_PART = re.compile(
    r"(del|bolk|økt|sesjon|runde|part)\s+(\d{1,2}|[ivx]{1,4}|[a-h])\b(?![.]\d)(\s*[:.–—-].*)?", re.I
)
_GROUP = re.compile(
    r"((arbeids|bord|diskusjons)?gruppe|gruppa|bord|lag|team|group|table)\s*(nr\.?\s*)?"
    r"(\d{1,2}|[ivx]{1,4}|[a-zæøå])\b\s*(\(.*\))?\s*(?P<rest>[:–—,-].*)?[.:]?",
    re.I,
)
_ASKING = re.compile(
    r"(spørsm[åa]l|oppg[åa]ve|tema)\s*\d+\b"
    r"|(hva|hvilke[nt]?|hvordan|hvem|hvor|hvorfor|når|kva|kva for|korleis|kven|kor|kvifor)\b"
    r"|(nevn|nemn|formuler|foreslå|føreslå|beskriv|skriv ned|pek på|peik på"
    r"|prioriter|ranger|velg|vel ut|sett opp|list opp|gi (inntil|oss)|kom med)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"deltak(er|ar)(e|ar|ne|ane|liste)?\b|deltakerliste|deltok|til\s?stede|tilstades|frammøt|fremmøt|oppmøt"
    r"|folkevalgt|folkevald|prosjektgruppe|arbeidsgruppe|styringsgruppe|prosjektleiing|prosjektledelse"
    r"|ansvarlig|ansvarleg|medvirkende|medverkande",
    re.I,
)
_ROLE = re.compile(
    r"medlem|utval|komit|leder|leiar|fagperson|fagfolk|tillitsval|tillitsvald|verneombud|verneombod|råd|styre|stem"
    r"|ansatt|tilsett|administrasjon|direktør|prosjekt|gruppe|politiker|politikar|folkeval|gjest|sekretær|sekretariat"
    r"|observatør|referent|fasilitator|prosess|parti|høyre|venstre|rødt|ordfører|ordførar|organisasjon|forening"
    r"|foreining|frivillig|ungdom|eldre|bruker|brukar|representant|innbygger|innbyggjar|koordinator|vara|nemnd|lag\b",
    re.I,
)
_GENERAL = re.compile(
    r"deltak(er|ar)|deltok|til\s?stede|tilstades|møtt|møtte|oppmøte|frammøte", re.I
)
_TITLES = (
    re.compile(r"rapport|referat|oppsummering", re.I),
    re.compile(r"verksted|verkstad|workshop|idédugnad|møte", re.I),
)
_APART = re.compile(r"[^\wæøå]+")


def key(text: str) -> str:
    """Letters and digits in lower case, to compare headings that are written a little apart."""
    return _APART.sub(" ", text.lower()).strip()


def is_contents(text: str) -> bool:
    """Whether a heading opens a list of contents."""
    return _CONTENTS.fullmatch(text.strip(" :")) is not None


def is_part(text: str) -> bool:
    """Whether a heading opens a part (*Del 1*, *Bolk 2: Framover*)."""
    return _PART.fullmatch(text.strip()) is not None


def group_name(text: str) -> str | None:
    """The group's name if a line names a group (*Gruppe 1*, *Bord A:*), else ``None``."""
    found = _GROUP.fullmatch(text.strip())
    if not found or len(text) > 60 or (found["rest"] or "").endswith("?"):
        return None
    return text.strip().rstrip(":.").rstrip()


def asks(text: str) -> bool:
    """Whether a heading asks something: a question mark, or a word that opens a question."""
    return text.rstrip().endswith("?") or _ASKING.match(text) is not None


def is_people(text: str) -> bool:
    """Whether a heading opens a list of people."""
    return not text.rstrip().endswith("?") and _PEOPLE.search(text) is not None


def is_role(text: str) -> bool:
    """Whether a heading in a list of people names a role, not a municipality."""
    return _ROLE.search(text) is not None


def is_general(text: str) -> bool:
    """Whether a heading only says that people took part, without a role."""
    return _GENERAL.search(text) is not None


def best_title(texts: Sequence[str]) -> int | None:
    """Which of the texts at the front is most like a report's title, or ``None``."""
    for pattern in _TITLES:
        for i, text in enumerate(texts):
            if pattern.search(text):
                return i
    return None


def same_heading(first: str, second: str) -> bool:
    """Whether two headings are the same but for small differences in writing."""
    a, b = key(first), key(second)
    if a == b:
        return True
    if min(len(a), len(b)) < 12:
        return False
    return SequenceMatcher(None, a, b).ratio() >= 0.93
