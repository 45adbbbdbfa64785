"""Who sends a hearing statement: kinds of sender by the words of their names."""

from __future__ import annotations

import re
from typing import Final

from jevn.participation.report.people import is_name

_WORDS: Final = (
    (
        "council",
        r"(?:eldre|senior|ungdoms|innvandrer|innvandrar|integrerings|medvirknings|medverknads)råd(?:et)?\b"
        r"|barne- og ungdomsråd(?:et)?\b|ungdommens (?:kommunestyre|bystyre)"
        r"|råd(?:et)? for (?:personer|personar|menneske[r]?|folk|funksjons|eldre|ungdom)"
        r"|kommunalt råd|brukerutvalg|brukarutval"
        r"|\b(?:nær|grende|grende?|lokal|bydels|krets)utval(?:g)?(?:et)?\b|bydelsråd",
    ),
    (
        "politician",
        r"\b(?:arbeiderparti|høyre|senterparti|fremskrittsparti|framstegsparti|venstre|raudt|rødt"
        r"|sosialistisk venstreparti|kristelig folkeparti|kristeleg folkeparti|miljøpartiet"
        r"|industri- og næringspartiet|pensjonistpartiet)(?:et)?(?:s|s gruppe)?\b"
        r"|(?:bystyre|kommunestyre|høyre|venstre)gruppe",
    ),
    (
        "public_body",
        r"kommun[ea](?:n|ens|direktør\w*)?\b|fylkeskommun|statsforvalt|\bnav\b|helseforetak|helseføretak"
        r"|\bHF\b|direktorat|departement|sykehus|sjukehus|politi(?:et|distrikt|stasjon)|universitet"
        r"|høgskole|høgskule|høyskole|husbanken|mattilsyn|arbeidstilsyn|vegvesen|kartverk|bufetat"
        r"|fellesråd|folkehelseinstitutt|helsetilsyn|forsvar|riksantikvar|vassdrags|nve\b"
        r"|\b\w*(?:skole|skule|barnehage|sykehjem|sjukeheim|bibliotek)\b(?!.*\bfau\b)"
        r"|seksjon|etaten|enheten|virksomhet|avdeling for|tjenesten?\b",
    ),
    (
        "organisation",
        r"foren(?:ing|ingen|inger)|forein|forbund|organisasjon|\w*lag(?:et)?\b|\bvel\b|velforen|idrettsråd"
        r"|klubb|\bfau\b|foreldreutval|foreldreråd|menighet|kyrkjelyd|moské|moske\b|kirke|kyrkje"
        r"|stiftelse|røde kors|raude kors|frivillig|\blo\b|redd barna|kirkens|caritas|amnesty"
        r"|sanitet|speider|speidar|musikkorps|\bkor\b|aksjon|nettverk|miljøråd|\bråd(?:et)?\b|råd\b"
        r"|samarbeidsutval|allianse|bevegelse|mental helse|kultursenter|ungdomshus|union"
        r"|utdanningsforbund|fagforbund|tillitsvalgt|\bffo\b|\bsafo\b|\bnhf\b|\bnff\b|seniornett",
    ),
    (
        "business",
        r"nærings(?:foren|forein|råd|liv|hage|klynge)|handelsstand"
        r"|bedrift|utleier|treningssenter|eiendom|eigedom|entreprenør|utbygg|butikk|hotell|kafé"
        r"|\bNHO\b|virke\b|gårdeier|sentrum\w*foren|bank\b|sparebank|bonde\w*lag|arkitekt",
    ),
)
_FIRST: Final = (
    ("organisation", r"\bfau\b|foreldreutval|foreldreråd|utdanningsforbund|fagforbund|tillitsval"),
    (
        "business",
        r"nærings(?:foren|forein|råd|hage)|utleierforen|utleigarforein"
        r"|gårdeierforen|handelsstand|\bNHO\b|treningssenter",
    ),
    ("public_body", r"fylkeskommun|statsforvalt|\bnav\b|helseforetak|direktorat|nabokommun"),
    ("organisation", r"nærmiljøutvalg i borettslag|miljøråd|idrettsråd|musikkråd|kulturråd"),
)
_ABBREVIATIONS: Final = (
    ("business", r"\b(?:AS|ASA|ANS|DA|ENK|BA|SA|NUF)\b"),
    ("politician", r"\b(?:SV|KrF|FrP|Frp|MDG|Ap|AP|Sp|SP|INP)\b"),
)


def sender_type_of(name: str) -> str:
    """The kind of sender that a name tells of, or ``unknown``.

    >>> sender_type_of("Eldrerådet"), sender_type_of("Fabrikken velforening")
    ('council', 'organisation')
    >>> sender_type_of("Dal Bygg AS"), sender_type_of("Kari Nes"), sender_type_of("???")
    ('business', 'person', 'unknown')
    """
    name = " ".join(name.split())
    for kind, pattern in _ABBREVIATIONS:
        if re.search(pattern, name):
            return kind
    for kind, pattern in (_WORDS[0], *_FIRST, *_WORDS[1:]):
        if re.search(pattern, name, re.IGNORECASE):
            return kind
    return "person" if is_name(name) else "unknown"
