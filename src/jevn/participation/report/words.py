"""What the words of a heading say about its role in a report, in Norwegian, Swedish and Danish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_CONTENTS = re.compile(
    r"inn?hald|innhold(s(fortegnelse|oversikt|liste))?|innhaldsliste|contents"
    r"|innehåll(sförteckning)?|indhold(sfortegnelse)?",
    re.I,
)
_PART = re.compile(
    r"(del|bolk|økt|sesjon|runde|part|pass|session)\s+(\d{1,2}|[ivx]{1,4}|[a-h])\b(?![.]\d)(\s*[:.–—-].*)?",
    re.I,
)
_GROUP_WORD = (
    r"(?:(?:arbeids|bord|diskusjons|diskussions)?grupp[ae]?|gruppa|gr\.?|bord(?:et)?|rundbord|lag|team"
    r"|group|table|tabell)"
)
_GROUP = re.compile(
    r"(?:(?:svara?|innspill?|innspel|prioritering\w*|forslag|resultat\w*)\s+(?:fra|frå|från)\s+)?"
    rf"(?P<name>{_GROUP_WORD}\s*(?:nr\.?\s*|nummer\s*)?"
    r"(?:\d{1,2}|[ivx]{1,4}|[a-zæøå])\b(?:\s*(?:og|&|\+)\s*\d{1,2}\b)?)"
    r"(?:s|\s+sine|\s+sin)?(?:\s+(?:svara?|prioritering\w*|forslag|punkt\w*|innspill?|innspel))?"
    r"\s*(?P<within>\(.*\))?\s*(?P<rest>[:–—,-].*)?[.:]?",
    re.I,
)
_NAMED_GROUP = re.compile(
    r"(?i:(?:arbeids|bord)?grupp[ae]|bord|lag|team)\s*[:–-]?\s*[«\"]?(?P<name>[A-ZÆØÅÄÖa-zæøåäö][\wæøåäö/-]+"
    r"(?:(?:,|\s+og|\s+och|\s)\s*[\wæøåäö/-]+){0,4})[»\"]?[.:]?"
    r"|(?:Ungdom|Elde|Eldre|Foreldre|Politiker|Politikar|Barne|Lærer|Lærar|Bruker|Brukar|Innbygger|Innbyggjar"
    r"|Administrasjons|Frivillig\w*|Nærings\w*|Blanda |Blandet )[\w-]*grupp[ae][.:]?"
)
_ASKING = re.compile(
    r"(spørsm[åa]l|spm\.?|sp\.|oppg[åa]ve|opgave|uppgift|fråga|spørgsmål|tema)\s*(nr\.?\s*)?\d+\b"
    r"|(hva|hvilke[nt]?|hvordan|hvem|hvor|hvorfor|når|kva|kva for|korleis|kven|kor|kvifor)\b"
    r"|(vad|vilk[ae]n?|vilket|hur|vem|varför|hvad|hvilke[nt]?|hvornår)\b"
    r"|(nevn|nemn|nämn|prioritera|rangordna|rangér|formuler|foreslå|føreslå|föreslå|beskriv"
    r"|skriv ned|pek på|peik på"
    r"|prioriter|ranger|velg|vel ut|sett opp|list opp|gi (inntil|oss)|kom med)\b",
    re.I,
)
_NUMBERED_QUESTION = re.compile(
    r"(spørsm[åa]l|spm\.?|oppg[åa]ve|opgave|uppgift|fråga|spørgsmål)\s*(nr\.?\s*)?\d{1,2}\s*([:.–—-]\s*\S|$)",
    re.I,
)
_THEME = re.compile(r"(tema|temaområde|område|theme)\s*(\d{1,2}|[a-h])?\s*[:.–—-]\s*\S", re.I)
_PEOPLE = re.compile(
    r"delta[kg](er|ar)(e|ar|ne|ane|na|liste)?\b|närvarande|deltog|deltakerliste|deltok|til\s?stede|til\s?stades|frammøt|fremmøt|oppmøt"
    r"|folkevalgt|folkevald|prosjektgruppe|arbeidsgruppe|styringsgruppe|prosjektleiing|prosjektledelse"
    r"|referent|møteleder|møteleiar|ordstyrer|ordstyrar|ansvarlig|ansvarleg|medvirkende|medverkande",
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
    r"delta[kg](er|ar)|deltok|deltog|närvarande|til\s?stede|til\s?stades|møtt|møtte|oppmøte|frammøte",
    re.I,
)
_TITLES = (
    re.compile(r"rapport|referat|oppsummering|sammanfattning|opsamling|resultat", re.I),
    re.compile(r"verksted|verkstad|workshop|idédugnad|dialogmøte|folkemøte|møte|værksted", re.I),
)
_NUMBER_ONLY = re.compile(
    r"(?P<number>(?:spørsm[åa]l|spm\.?|oppg[åa]ve|opgave|uppgift|fråga|spørgsmål)\s*(?:nr\.?\s*)?\d{1,2})"
    r"\s*[:.]?(?:\s+(?P<rest>[A-ZÆØÅÄÖ].*)|$)",
    re.I,
)
_HEADS_PEOPLE = re.compile(
    r"delta[kg](er|ar)(e|ar|ne|ane|na|liste)?|til\s?ste?de|til\s?stades|frammøtte?|fremmøtte?|oppmøte"
    r"|närvarande|prosjektgrupp[ae]|arbeidsgrupp[ae]|styringsgrupp[ae]|folkevalgte|folkevalde",
    re.I,
)
_NOTHING = re.compile(
    r"[-–—]|(gruppa |gruppen )?(leverte ikke|leverte ikkje|ikke svart|ikkje svart|svarte ikke"
    r"|svarte ikkje|ingen svar|ingen punkter|ingen punkt|ingen innspill|ingen innspel|blank|tom)",
    re.I,
)
_LETTER = re.compile(r"(hei|kjære|god dag|hej)\b", re.I)
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
    if found.start("name") or not (found["rest"] or found["within"]):
        return found["name"][:1].upper() + found["name"][1:]
    return text.strip().rstrip(":.").rstrip()


def named_group(text: str) -> str | None:
    """The group's name if a line may name a group without a number (*Gruppe Ungdom*)."""
    text = text.strip()
    found = _NAMED_GROUP.fullmatch(text)
    if not found or len(text) > 50 or is_people(text) or asks(text):
        return None
    return text.rstrip(":.").rstrip()


def is_theme(text: str) -> bool:
    """Whether a heading says that it is a theme (*Tema 2: Arbeid*), of a part or a question."""
    return _THEME.match(text.strip()) is not None


def asks(text: str) -> bool:
    """Whether a heading asks something: a question mark, or a word that opens a question."""
    return text.rstrip().endswith("?") or _ASKING.match(text) is not None


def is_numbered_question(text: str) -> bool:
    """Whether a line says that it is a question: *Spørsmål 2: Hva nå?*."""
    return _NUMBERED_QUESTION.match(text.strip()) is not None


def is_people(text: str) -> bool:
    """Whether a heading opens a list of people."""
    return not text.rstrip().endswith("?") and _PEOPLE.search(text) is not None


def is_only_number(text: str) -> bool:
    """Whether a question's title is only its number (*Spørsmål 2*): the question comes below."""
    found = _NUMBER_ONLY.match(text.strip())
    return found is not None and not found["rest"]


def numbered_title(text: str) -> str:
    """A question's title with a colon after its number, where the two stood on lines of their own.

    >>> numbered_title("Spørsmål 2 Hva nå?"), numbered_title("Spørsmål 2: Hva nå?")
    ('Spørsmål 2: Hva nå?', 'Spørsmål 2: Hva nå?')
    """
    found = _NUMBER_ONLY.match(text.strip())
    if found is None or not found["rest"] or not asks(found["rest"]):
        return text
    return f"{found['number']}: {found['rest']}"


def heads_people(text: str) -> bool:
    """Whether a short line does nothing but head a list of people (*DELTAKERE*, *Til stede:*)."""
    return len(text.split()) <= 3 and _HEADS_PEOPLE.fullmatch(text.strip(" :")) is not None


def says_nothing(text: str) -> bool:
    """Whether a text says that a group gave no points."""
    return _NOTHING.fullmatch(text.strip(" ().")) is not None


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
            if pattern.search(text) and not _LETTER.match(text):
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
