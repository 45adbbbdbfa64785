"""What the words of a line say about its place in a letter."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,2}(?:\.\d{1,3}){0,4}"
_REF_WORD = (
    r"(?:punkt(?:et)?|pkt\.?|pkt|kapittel(?:et)?|kapitel|kap\.?|avsnitt(?:et)?|del|mål(?:et)?|delmål(?:et)?"
    r"|hovedmål|hovudmål|tiltak(?:et)?|strategi(?:en)?|satsing(?:a|en)?|innsatsområde|tema|side|sida|s\.|§)"
)
_REF = rf"(?:{_REF_WORD}\s*(?:nr\.?\s*)?(?:{_NUMBER}|[A-ZÆØÅ]{{1,2}}-?{_NUMBER})|[A-ZÆØÅ]{{1,2}}{_NUMBER}|{_NUMBER})"  # noqa: E501
_LEAD = (
    r"(?:(?:kommentar(?:er|ar)?|merknad(?:er|ar)?|innspill?|innspel|fråsegn|uttalelse|synspunkt(?:er)?)\s+)?"
    r"(?:til|ad|vedr\.?|vedrørende|vedrørande|angående|gjelder|gjeld|om|under|på)?\s*:?\s*"
)
_POINT_REF = re.compile(
    rf"{_LEAD}(?P<ref>{_REF})(?P<rest>\s*[:.–—-](?!\d)\s*.*|(?-i:\s+[A-ZÆØÅ«(]).*|\s*)$",
    re.IGNORECASE,
)
_HAS_WORD = re.compile(
    rf"(?:{_LEAD})?{_REF_WORD}\s*(?:nr\.?\s*)?(?:[A-ZÆØÅ]{{0,2}}-?\d)"
    r"|(?:kommentar\w*|merknad\w*|innspill?|innspel)?\s*(?:til|ad|vedr\.?|angående|vedrørende)\s+"
    r"(?:[A-ZÆØÅ]{0,2}\d)",
    re.IGNORECASE,
)
_BARE_ID = re.compile(
    rf"(?P<ref>[A-ZÆØÅ]{{1,2}}{_NUMBER})\s*[:–—-]\s*\S.*|(?P<alone>[A-ZÆØÅ]{{1,2}}{_NUMBER})"
)
_LEVELS = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÆØÅ«]")
_IN_TEXT = re.compile(
    rf"\b(?:punkt|pkt\.?|kapittel|kap\.?|avsnitt|mål|delmål|tiltak|strategi|satsing|§)\s*"
    rf"(?P<ref>[A-ZÆØÅ]{{0,2}}{_NUMBER})\b|\((?P<id>[A-ZÆØÅ]{{1,2}}{_NUMBER})\)",
    re.IGNORECASE,
)
_ID_OF_REF = re.compile(
    rf"(?P<word>[^\d§]*?(?:nr\.?\s*)?)(?P<id>§?\s*[A-ZÆØÅ]{{0,2}}-?{_NUMBER})$", re.IGNORECASE
)

_GREETING = re.compile(
    r"(?:hei|heisann|hallo|god(?:e)? (?:dag|morgen|kveld)|kjære|til (?:den|de|dei|dem|rette)\b)"
    r"(?:[\s,]+[\wæøåÆØÅ.\- ]{0,50})?[!,.]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:mvh\.?|vh\.?|hilsen|helsing|hilsning|(?:med|beste|vennlig|vennleg|venleg|hjertelig|hjarteleg|mange)"
    r"(?: (?:vennlig|vennleg|venleg|beste|hjertelig|hjarteleg|gode))*"
    r" (?:hilsen|hilsning|hilsener|helsing|helsingar)|på vegne av|på vegner av|for styret|rett utskrift|rett avskrift|takk på forhånd"  # noqa: E501
    r"|takk på førehand|best regards|kind regards|regards)\b[\s,.:]*(?P<rest>.{0,80})",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:(?:emne|sak|gjelder|gjeld|vedr\.?|vedrørende|subject)\s*:\s*)?(?P<text>.*\b(?:hørings?\w*|høyrings?\w*"
    r"|uttalelse\w*|fråsegn\w*|innspill?\w*|innspel\w*|merknad\w*|svar)\b.*)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\b(?:vi|me|jeg|eg|har|er|ikke|ikkje|ingen|inga)\b", re.IGNORECASE)
_WITH_TEXT = re.compile(
    r"(?:innspill?|innspel|merknad(?:er|ar)?|kommentar(?:er|ar)?|svar|uttalelse|fråsegn)\s*:\s*\S",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<label>fra|frå|til|kopi|cc|møtedato|vår dato|deres dato|dykkar dato|dato|date|sendt|emne|sak|saksnr|sak nr|saksnummer|arkivsak(?:snr)?|vår ref"  # noqa: E501
    r"|vår referanse|deres ref|deres referanse|dykkar ref|ref|saksbehandler|saksbehandlar|avsender|avsendar"  # noqa: E501
    r"|navn|namn|organisasjon|org\.? ?nr|organisasjonsnummer|adresse|e-?post(?:adresse)?|tlf|telefon|mob(?:il)?"  # noqa: E501
    r"|gjelder|gjeld|postadresse|besøksadresse|kontaktperson|vedlegg)\.?\s*[:\t]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\d{4}\s+[A-ZÆØÅ][\wÆØÅæøå .-]{1,40}|(?:postboks|pb\.?|boks)\s+\d+.*"
    r"|[A-ZÆØÅ][\wæøå. -]{2,40}\s\d{1,4}\s?[A-Za-z]?(?:,\s*\d{4}\s+[A-ZÆØÅ][\wæøå ]+)?"
    r"|(?:org\.?\s?(?:nr|nummer)?\.?:?\s*)?(?:NO\s?)?\d{3}\s?\d{3}\s?\d{3}(?:\s?MVA)?"
    r"|(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+",
)
_DATE_LINE = re.compile(
    r"(?:[A-ZÆØÅ][\wæøåÆØÅ -]{1,30},?\s+)?(?:den\s+)?(?:\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{4}-\d{2}-\d{2}"  # noqa: E501
    r"|\d{1,2}\.?\s*(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)\w*\.?\s+\d{4})\.?",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"(?:sak(?:s)?(?:nr|nummer|\s?nr)?|arkivsak\w*|deres ref\w*|dykkar ref\w*|ref)\.?\s*:?\s*(?P<case>\d{2,4}\s?/\s?\d{1,6}(?:\s?-\s?\d{1,4})?)",  # noqa: E501
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:leder|leiar|sekretær|rådgiver|rådgivar|koordinator|direktør|saksbehandler|saksbehandlar"
    r"|kommunalsjef|rektor|ordfører|ordførar|medlem|kontaktperson|formann|kasserer)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)(?:\+47\s?)?[2-9]\d(?:\s?\d\d){3}(?!\d)"
    r"|(?<!\d)[49]\d\d\s\d\d\s?\d\d\d(?!\d)"
)
_ATTACHED = re.compile(
    r"(?:vedlegg|kopi(?: til)?|cc)\s*(?:\(\d+\))?\s*[:.]?.{0,100}", re.IGNORECASE
)
_COURTESY = re.compile(
    r"(?:(?:vi|jeg|eg|vårt? \w+|det)\s+)?(?:\S+\s+){0,6}?(?:viser|syner|refererer|takkar|takker|takk)\b.*"  # noqa: E501
    r"(?:høring|høyring|uttal|uttale|invit|brev|oversend|muligheten|høvet|anledning|planforslag|temaplan)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r".*\b(?:følgende|følgjande|fylgjande|slik)\b.{0,40}(?:uttal|innspill?|innspel|merknad|kommentar"
    r"|synspunkt|fråsegn)\w*:",
    re.IGNORECASE | re.DOTALL,
)
_INLINE_CLOSING = re.compile(
    r".*[.!?]\s+(?i:hilsen|helsing|mvh\.?|(?:vennlig|venleg|beste) (?:hilsen|helsing))[\s,]+"
    r"(?P<who>[A-ZÆØÅ][\wæøå-]+(?: [A-ZÆØÅ][\wæøå.-]*){0,3})[.!]?",
    re.DOTALL,
)
_ASKS = re.compile(
    r"\b(?:ber(?! om unnskyldning)|ønsker|ønskjer|ynskjer|foreslår|føreslår|mener|meiner|bør|må|skal|savner|saknar|krever"  # noqa: E501
    r"|krev|støtter|støttar|anbefaler|tilrår|forventer|forventar|uenig|usamd|enig|samd|positiv\w*|negativ\w*"
    r"|bekymre\w*|uroa|understreker|understrekar|etterlyser|etterlyse|etterlys|vil(?:le)? (?:ha|at)|trenger|treng|mangler|manglar)\b",  # noqa: E501
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:ber om|ønsker|ønskjer|foreslår|føreslår|mener|meiner|savner|saknar|krever|krev|anbefaler|tilrår|bør|må)\b",  # noqa: E501
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:i tillegg|videre|vidare|dessuten|for det andre|for det tredje|også|til slutt|vi (?:vil|ber|ønsker|mener|savner|foreslår) (?:også|òg|videre))\b",  # noqa: E501
    re.IGNORECASE,
)


def reference(text: str) -> tuple[str, bool] | None:
    """The part of the draft that a line opens with, and whether the line holds nothing more.

    >>> reference("Til punkt 3.2:"), reference("Ad kapittel 4 – Bolig")
    (('3.2', True), ('4', True))
    >>> reference("Punkt 3.2: Vi mener at dette må endres."), reference("Til dere alle")
    (('3.2', False), None)
    """
    bare = _BARE_ID.fullmatch(text.strip())
    if bare:
        return bare["ref"] or bare["alone"], bare["alone"] is not None
    text = text.strip()
    found = _POINT_REF.fullmatch(text)
    if not found or not (_HAS_WORD.match(text) or _LEVELS.match(text)):
        return None
    rest = found["rest"].strip(" :.–—-")
    heading = (
        len(rest.split()) <= 8 and not text.endswith((".", "?", "!")) and not _ASKS.search(rest)
    )
    if rest.startswith("(") and rest.endswith(")"):
        heading = True
    return anchor(found["ref"]), heading


def has_title(text: str) -> bool:
    """Whether a line that opens with a reference holds more than the reference.

    >>> has_title("Til punkt 4.1: Bolig"), has_title("Til punkt 4.1:")
    (True, False)
    """
    found = _POINT_REF.fullmatch(text.strip())
    return bool(found and found["rest"].strip(" :.–—-"))


def anchor(ref: str) -> str:
    """A reference without the word in front, apart from pages: ``punkt 3.2`` is ``3.2``.

    >>> anchor("tiltak t4"), anchor("side 12"), anchor("§ 5")
    ('T4', 'side 12', '§ 5')
    """
    ref = " ".join(ref.split())
    if re.match(r"(?:side|sida|s\.)", ref, re.IGNORECASE):
        return "side " + re.sub(r"\D+", "", ref)
    found = _ID_OF_REF.fullmatch(ref)
    return found["id"].strip().upper() if found else ref


def named_in(text: str) -> str | None:
    """The one part of the draft that a text names; ``None`` if none or several."""
    found = {(hit["ref"] or hit["id"]).upper() for hit in _IN_TEXT.finditer(text)}
    return found.pop() if len(found) == 1 else None


def is_greeting(text: str) -> bool:
    """Whether a line greets: *Hei,*, *Kjære kommune!*."""
    if len(text.split()) > 6 or _ASKS.search(text):
        return False
    return _GREETING.fullmatch(text.strip()) is not None


def closing(text: str) -> str | None:
    """What follows the closing words of a letter on the same line; ``None`` if it does not close."""  # noqa: E501
    found = _CLOSING.fullmatch(text.strip())
    return found["rest"].strip(" ,.:") if found and not text.rstrip().endswith((".", "?")) else None


def signed_within(text: str) -> str | None:
    """The name that signs at the end of a paragraph: *… vær så snill. Hilsen Nora*."""
    found = _INLINE_CLOSING.fullmatch(text.strip())
    return found["who"] if found else None


def label(text: str) -> tuple[str, str] | None:
    """Label and value of a line such as *Dato: 3. mars*."""
    found = _LABEL.fullmatch(text.strip())
    return (found["label"].lower().rstrip("."), found["value"].strip()) if found else None


def case_of(text: str) -> str | None:
    """The case number that a line gives: *Saksnr. 26/1234*."""
    found = _CASE.search(text)
    return re.sub(r"\s", "", found["case"]) if found else None


def is_address(text: str) -> bool:
    """Whether a line is nothing but an address, a number of an organisation or a web site."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a line is nothing but a date, perhaps with a place."""
    return _DATE_LINE.fullmatch(text.strip()) is not None


def is_subject(text: str) -> bool:
    """Whether a short line says what the letter is: a statement in a hearing."""
    text = text.strip()
    if len(text) > 140 or text.endswith((".", "!", "?", ":")) or _ASKS.search(text):
        return False
    if _TELLS.search(text) or _WITH_TEXT.match(text):
        return False
    return _SUBJECT.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Whether a short line is nothing but an office: *styreleder*, *avdelingsleder*."""
    return len(text.split()) <= 4 and _OFFICE.search(text) is not None


def has_contact(text: str) -> bool:
    """Whether a line of a letter holds an e-mail address or a telephone number."""
    return len(text) <= 140 and _CONTACT.search(text) is not None


def is_attachment(text: str) -> bool:
    """Whether a line lists what is attached, or who gets a copy."""
    return _ATTACHED.fullmatch(text.strip()) is not None


def is_courtesy(text: str) -> bool:
    """Whether a paragraph only refers to the hearing and thanks, without saying anything."""
    if len(text) > 400 or _ASKS.search(text):
        return False
    return bool(_COURTESY.match(text) or _FOLLOWING.fullmatch(text))


def perhaps_several(text: str) -> bool:
    """Whether a paragraph may hold several points: sentences that ask, after words of addition."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    asking = [s for s in sentences if _REQUEST.search(s)]
    return len(asking) > 1 and any(_ALSO.search(s) for s in asking[1:])


def says_something(text: str) -> bool:
    """Whether a text asks for, supports or opposes something."""
    return _ASKS.search(text) is not None
