"""What is taken out of texts before they are published: contact details, and private names."""

from __future__ import annotations

import re
from typing import Final

REMOVED: Final = "[…]"
"""Stands where something was taken out."""

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}(?:@|\s?[\[(]\s?(?:at|krøllalfa)\s?[\])]\s?)"
    r"[\w-]{1,63}(?:\.[\w-]{1,63})+",
    re.IGNORECASE,
)
_NATIONAL_NUMBER = re.compile(r"(?<![\d.,])\d{6}[ ]?\d{5}(?![\d])")
_PHONE = re.compile(
    r"""(?<![\w.,/–-])(?:
        (?:\+|00)\d{1,3}[ .]?(?:\(0\)[ ]?)?\d(?:[ .-]?\d){5,11}   # with country code
      | [2-9]\d(?:[ .]\d\d){3}                             # 22 33 44 55
      | [489]\d\d[ .]\d\d[ .]\d\d\d                         # 922 33 444
      | [2-9]\d{7}                                         # 92233444
      | [489]\d\d[ ]\d{5}
    )(?!\w|[.,/–-]\d|\s?(?:kr\b|kroner|mill|prosent|%|innbygg|persona?e?r))""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(tlf|tel|telefon|telefonnummer|mob|mobil|mobilnummer|mobilnr|phone)\b"
    r"([.:]?\s*(?:nr\.?|er)?\s*[:.]?\s*)(\+?\d[\d .]{5,16}\d)",
    re.IGNORECASE,
)
_LAST_LINES: Final = 3


def published(text: str, private_name: str | None = None) -> str:
    """A text as it may be published.

    E-mail addresses, telephone numbers and national identity numbers are taken out. A
    private person's full name is taken out wherever it stands, and its first or last name
    where it stands alone at the end, as a signature.

    Args:
        text: what was written.
        private_name: name of the private person who wrote it, if known.

    >>> published("Ring 922 33 444 eller ola@nett.no. Hilsen Ola", "Ola Nes")
    'Ring […] eller […]. Hilsen […]'
    """
    text = _EMAIL.sub(REMOVED, text)
    text = _LABELLED.sub(rf"\1\2{REMOVED}", text)
    text = _NATIONAL_NUMBER.sub(REMOVED, text)
    text = _PHONE.sub(REMOVED, text)
    return _without_name(text, private_name) if private_name and private_name.strip() else text


def _without_name(text: str, name: str) -> str:
    parts = [re.escape(p) for p in name.split()]
    whole = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
    text = re.sub(whole, REMOVED, text, flags=re.IGNORECASE)
    lines = text.split("\n")
    ordered = sorted({p.removesuffix(r"\.") for p in parts}, key=len, reverse=True)
    name_word = "(?:" + "|".join(ordered) + r")\.?"
    alone = re.compile(
        r"^(?P<before>|.*\b(?:hilsen|helsing|mvh|vh|regards)\b[\s.,:]*)"
        + name_word
        + r"(?:\s+"
        + name_word
        + r")*\s*[.!]?$",
        re.IGNORECASE,
    )
    written = [i for i, line in enumerate(lines) if line.strip()]
    for i in written[-_LAST_LINES:]:
        if found := alone.match(lines[i].strip()):
            lines[i] = found["before"] + REMOVED
    return "\n".join(lines)
