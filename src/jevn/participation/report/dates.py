"""The date of a meeting, as Norwegian, Swedish and Danish reports write it."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "januar januari jan",
            "februar februari feb",
            "mars marts",
            "april apr",
            "mai maj",
            "juni",
            "juli",
            "august augusti aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WORDS = re.compile(
    r"\b(\d{1,2})\.?(?:\s*(?:[-–]|og|och)\s*\d{1,2}\.?)?\s*("
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")\.?,?\s+(\d{4})\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\b(\d{1,2})[./]\s?(\d{1,2})[./–-]\s?(\d{4}|(?<=\.)\d{2})\b(?!\.)")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def find_date(text: str) -> str | None:
    """The first date in a text as ISO; the first day where a meeting lasted several.

    >>> find_date("Verksted 7. JUNI 2018"), find_date("den 07.06.2018"), find_date("våren 2018")
    ('2018-06-07', '2018-06-07', None)
    """
    found: list[tuple[int, int, int, int]] = []
    for hit in _WORDS.finditer(text):
        month = _MONTHS[hit[2].lower()]
        found.append((hit.start(), int(hit[3]), month, int(hit[1])))
    for hit in _DIGITS.finditer(text):
        year = int(hit[3]) + (2000 if len(hit[3]) == 2 else 0)
        found.append((hit.start(), year, int(hit[2]), int(hit[1])))
    for hit in _ISO.finditer(text):
        found.append((hit.start(), int(hit[1]), int(hit[2]), int(hit[3])))
    for _, year, month, day in sorted(found):
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None
