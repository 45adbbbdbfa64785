"""What a table declares of its values: scale, polarity and yes/no, in words or numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from jevn.terms import Polarity, Scale

_WORDS: Final = {
    "percent": 100.0,
    "per cent": 100.0,
    "prosent": 100.0,
    "%": 100.0,
    "proportion": 1.0,
    "share": 1.0,
    "andel": 1.0,
    "del": 1.0,
}
_MEANS: Final = frozenset({"mean", "gjennomsnitt", "gjennomsnittet", "snitt"})
_PER: Final = re.compile(r"(?:(?:rate )?per )?(\d[\d   ]*(?:\.0+)?)")
_YES: Final = frozenset({"1", "1.0", "true", "yes", "ja"})
_NO: Final = frozenset({"0", "0.0", "false", "no", "nei"})
_GOOD: Final = frozenset({"favourable", "favorable", "gunstig", "god", "bra"})
_BAD: Final = frozenset({"adverse", "ugunstig", "ugunstug", "dårlig", "dårleg"})


@dataclass(frozen=True, slots=True)
class DeclaredScale:
    """A scale as a table declares it.

    Attributes:
        name: ``proportion``, ``percent``, ``per N`` or ``mean``.
        unit: the value if all were cases; not-a-number for means.
        floor: least possible value; not-a-number: none.
        ceiling: greatest possible value; not-a-number: none.
    """

    name: str
    unit: float
    floor: float
    ceiling: float


def declared_scale(given: object) -> DeclaredScale | None:
    """The scale that a word or number means; ``None`` if it means none.

    Args:
        given: ``percent``, ``proportion``, ``mean``, a :class:`jevn.terms.Scale`, or N (also as
            text, also ``per N``) for rates per N; 100 is per cent and 1 a proportion.

    >>> declared_scale("per 100 000")
    DeclaredScale(name='per 100000', unit=100000.0, floor=0.0, ceiling=nan)
    >>> declared_scale(100).name
    'percent'
    """
    if isinstance(given, bool) or given is None:
        return None
    if isinstance(given, int | float):
        return _of_unit(float(given))
    text = " ".join(str(given).casefold().replace("_", " ").split())
    if text in _WORDS:
        return _of_unit(_WORDS[text])
    if text in _MEANS:
        return DeclaredScale("mean", math.nan, math.nan, math.nan)
    number = _PER.fullmatch(text)
    if number:
        return _of_unit(float(re.sub(r"[   ]", "", number.group(1))))
    try:
        info = Scale(text.replace(" ", "_").replace("per_100_000", "per_100000")).info
    except ValueError:
        return None
    if info.factor is not None:
        return _of_unit(info.factor)
    ends = (math.nan if end is None else end for end in (info.lower, info.upper))
    return DeclaredScale("mean", math.nan, *ends)


def _of_unit(unit: float) -> DeclaredScale | None:
    if not (math.isfinite(unit) and unit > 0):
        return None
    names = {1.0: "proportion", 100.0: "percent"}
    name = names.get(unit, f"per {unit:.0f}" if unit == round(unit) else f"per {unit:g}")
    return DeclaredScale(name, unit, 0.0, unit if unit in names else math.nan)


def declared_flag(given: object) -> int | None:
    """1 for yes, 0 for no; ``None`` if it is neither.

    >>> declared_flag("Ja"), declared_flag(0.0), declared_flag("perhaps")
    (1, 0, None)
    """
    text = str(given).strip().casefold()
    return 1 if text in _YES else 0 if text in _NO else None


def declared_polarity(given: object) -> int | None:
    """1 where high values are good, -1 where bad; ``None`` if it says neither.

    Args:
        given: ``favourable`` or ``adverse``, or yes/no to *favourable*.

    >>> declared_polarity(Polarity.ADVERSE), declared_polarity(1)
    (-1, 1)
    """
    text = given.value if isinstance(given, Polarity) else str(given).strip().casefold()
    if text in _GOOD or text in _BAD:
        return 1 if text in _GOOD else -1
    flag = declared_flag(text)
    return None if flag is None else 2 * flag - 1
