"""Periods as providers write them: years, spans, school years, quarters, months."""

from __future__ import annotations

import re
from typing import Final

_SPAN: Final = re.compile(r"^\D*?(\d{4})\s*(?:[_\-–—/]|til|to)\s*(\d{4})\b")
_SCHOOL: Final = re.compile(r"^(\d{4})/(\d{2})(?:\s*[-–_]\s*(\d{4})/(\d{2}))?$")
_YEAR: Final = re.compile(r"^(\d{4})(?:[KMUQT]\d{1,2}|[-./]\d{2}(?:[-./]\d{2})?)?$")


def read_period(text: str, span: int | None = None) -> tuple[int, int] | None:
    """First and last year of a period; ``None`` if it is none.

    Understood are ``2024``, ``2022_2024``, ``2018 - 2024``, school years ``2022/23`` and
    ``2014/15-2016/17``, quarters ``2024K1`` and months ``2024M05`` (their year).

    Args:
        text: the period as written.
        span: years it covers, where only the last is written.

    >>> read_period("2018_2024"), read_period("2022/23"), read_period("2024", span=3)
    ((2018, 2024), (2022, 2023), (2022, 2024))
    """
    given = text.strip()
    school = _SCHOOL.match(given)
    if school is not None:
        first, last = int(school[1]), int(school[3] or school[1]) + 1
        ending = int(school[4] or school[2])
        return (first, last) if last % 100 == ending and last > first else None
    both = _SPAN.match(given)
    if both is not None:
        first, last = int(both[1]), int(both[2])
        return (first, last) if _sound(first) and first <= last <= first + 60 else None
    one = _YEAR.match(given)
    if one is None or not _sound(int(one[1])):
        return None
    last = int(one[1])
    return (last - span + 1 if span else last), last


def _sound(year: int) -> bool:
    return 1800 <= year <= 2200
