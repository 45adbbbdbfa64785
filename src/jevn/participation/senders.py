"""Which kind of sender stands behind what was said, by the sender's own name."""

from __future__ import annotations

import re

from jevn.participation.results import SenderType

_GREETING = re.compile(
    r"(?:^|\n)\W*(?:med\s+)?(?:vennlig|venleg|beste|mange|kjær)?\s*(?:hilsen|helsing|mvh)\b[\s,:–-]*(.{0,200})\Z",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_MOST_NAMES = 4
_INITIAL = 2

# The first kind whose words stand in the sender's name is taken, so the narrow ones come first.
_KINDS: tuple[tuple[SenderType, re.Pattern[str]], ...] = (
    (
        "council",
        re.compile(
            r"(?:ungdoms|eldre|senior|innvandrer|innvandrar|bruker|brukar|student|pasient)r[åa]d"
            r"|\br[åa]d(?:et)? for |\bnærutval|\bbydelsutval|\bgrendeutval|\bgrendelag"
            r"|(?:elev|foreldre)r[åa]d|\bfau\b|ungdommens kommunestyre|samarbeidsutvalg",
            re.IGNORECASE,
        ),
    ),
    (
        "politician",
        re.compile(
            r"\b(?:Ap|H|Høyre|Høgre|FrP|SV|Sp|KrF|MDG|Rødt|Raudt|Venstre|Arbeiderpartiet|Arbeidarpartiet"
            r"|Senterpartiet|Fremskrittspartiet|Framstegspartiet|Kristelig Folkeparti"
            r"|Miljøpartiet De Grønne|Industri- og Næringspartiet|INP)\b"
            r"|(?i:ordfører|ordførar|varaordfør|kommunestyregruppe|bystyregruppe|gruppeleder|gruppeleiar"
            r"|kommunestyremedlem|kommunestyrerepresentant|partilag|stortingsrep)",
        ),
    ),
    (
        "business",
        re.compile(
            r"\b(?:as|asa|ans|enk|ba|da)\b\.?(?=\s*(?:$|,|\n|v/))|næringsforening|næringsforeining"
            r"|\beiendom\b|\bentreprenør|\bbank\b|\bhandelsstand",
            re.IGNORECASE,
        ),
    ),
    (
        "organisation",
        re.compile(
            r"foren(?:ing|inga|ingen|ingar)|forein(?:ing|inga)|idrettslag|\bil\b|\w*lag(?:et)?\b"
            r"|organisasjon|forbund|røde kors|raude kross|sanitetsfor|frelsesarm|kirkens|kyrkja"
            r"|menighet|moské|stiftelse|frivilligsentral|klubb|korps|kreftfor|amnesty|nettverk|aksjonsgruppe"
            r"|turistfor|speider|speidar|\bvel\b|borettslag|sameie|redd barna|mental helse",
            re.IGNORECASE,
        ),
    ),
    (
        "public_body",
        re.compile(
            r"\bkommune\b|fylkeskommune|statsforvalt|direktorat|departement|\bnav\b|helseforetak|sykehuset"
            r"|sjukehuset|\bhf\b|\bpoliti(?:et|distrikt)|universitet|høgskole|høgskule|høyskole|etat(?:en)?\b"
            r"|\bskole\b|\bskule\b|barnehage\b|statens|tilsyn|avdeling|\bvirksomhet|helsestasjon|legekontor"
            r"|bufetat|husbanken|vegvesen",
            re.IGNORECASE,
        ),
    ),
)


def recognise_sender(sender: str | None, text: str = "") -> SenderType:
    """Kind of sender by the sender's name, or else by the signature at the end of a letter.

    Two to four words that all begin with a capital, and say nothing of an organisation, are a
    person. A signature is not used to find persons: only what follows a greeting is read, and
    only for bodies. Doubt gives ``unknown``.

    Args:
        sender: the sender's name, as given.
        text: what was said.

    >>> recognise_sender("Eldrerådet i Elvebyen")
    'council'
    >>> recognise_sender("Kari Nordmann")
    'person'
    >>> recognise_sender(None, "Vi trenger lys. Hilsen Solås velforening")
    'unknown'
    """
    name = (sender or "").strip()
    if name:
        return _by_name(name) or ("person" if _like_a_person(name) else "unknown")
    signed = _GREETING.search(text)
    return (_by_name(signed.group(1)) if signed else None) or "unknown"


def _by_name(name: str) -> SenderType | None:
    return next((kind for kind, words in _KINDS if words.search(name)), None)


def _like_a_person(name: str) -> bool:
    parts = name.split()
    if not 2 <= len(parts) <= _MOST_NAMES:
        return False
    return all(
        _NAME.fullmatch(p) and p[0].isupper() and (len(p) <= _INITIAL or not p.isupper())
        for p in parts
    )
