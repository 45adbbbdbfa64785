"""One observed figure with its interval, from whatever the row of the table gives."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from jevn.challenges.results import Figure, Sign
from jevn.indices import Interval, critical, proportion, rate
from jevn.terms import Message, Polarity, Scale

LEVEL: Final = 0.95
_SHARES: Final = (Scale.PERCENT, Scale.PROPORTION)
_NO_FIGURE: Final = ("hidden", "missing", "not_possible")


@dataclass(frozen=True, slots=True)
class Observed:
    """A row of ``observations.csv`` as the formulas use it.

    ``chance`` says where the interval comes from: limits of the row (``own``), a share of
    ``size`` persons (``share``, Wilson), ``cases`` events (``rate``, exact or Byar), or none.
    """

    place: str
    start: int
    end: int
    dimension: str | None
    group: str | None
    value: float | None
    chance: Literal["own", "share", "rate", "none"]
    cases: float | None
    size: float | None
    own: tuple[float, float] | None
    persons: float | None
    respondents: float | None
    basis: str | None
    origin: str | None
    hidden: bool
    estimated: bool
    scale: Scale

    @property
    def period(self) -> str:
        """Years as text: ``2024`` or ``2018–2024``."""
        return str(self.start) if self.start == self.end else f"{self.start}–{self.end}"

    @property
    def span(self) -> tuple[int, int]:
        """First and last year."""
        return self.start, self.end

    @property
    def years(self) -> int:
        """Length of the period."""
        return self.end - self.start + 1

    @property
    def middle(self) -> float:
        """Mid-point of the period in years."""
        return (self.start + self.end) / 2

    def interval(self, level: float = LEVEL) -> Interval | None:
        """Value with limits of a level; ``None`` without value or anything to judge chance by."""
        if self.value is None or self.chance == "none":
            return None
        if self.own is not None:
            widen = critical(level) / critical(LEVEL)
            lower, upper = self.own
            return Interval(
                self.value,
                self.value - widen * (self.value - lower),
                self.value + widen * (upper - self.value),
                "own",
            )
        if self.cases is None or self.size is None:
            return None
        if self.chance == "share":
            found = proportion(self.cases, self.size, level=level)
        else:
            found = rate(self.cases, self.size, level=level)
        # A standardised or weighted value keeps the relative width of the crude one.
        crude = found.estimate
        factor = self.value / crude if crude > 0 else self.scale.info.factor or 1.0
        return found.times(factor)

    @property
    def error(self) -> float | None:
        """Standard error of the value."""
        interval = self.interval()
        if interval is None or self.value is None:
            return None
        if self.cases and self.size:
            if self.chance == "rate":
                return self.value / math.sqrt(self.cases)
            if self.chance == "share" and self.cases < self.size:
                return self.value * math.sqrt((1 - self.cases / self.size) / self.cases)
        return (interval.upper - interval.lower) / (2 * critical(LEVEL))

    def figure(self, note: Message | None = None) -> Figure:
        """The value as a result.

        Raises:
            ValueError: if there is no value.
        """
        if self.value is None:
            raise ValueError("no value")
        interval = self.interval()
        if note is None and self.estimated:
            note = Message("challenges.note.estimated")
        return Figure(
            self.value,
            None if interval is None else interval.lower,
            None if interval is None else interval.upper,
            self.period,
            self.origin,
            note,
        )


def observe(row: Mapping[str, Any], scale: Scale) -> Observed:
    """The figure of a row. A value that is missing is made from cases and persons.

    For shares the interval rests on respondents (``n``) if given, else on ``denominator``;
    for rates on ``numerator`` events. Limits of the row itself go before both.
    """
    factor = scale.info.factor
    flag = row.get("flag")
    value, cases, persons = row["value"], row["numerator"], row["denominator"]
    if flag in _NO_FIGURE:
        value = cases = None
    elif value is None and cases is not None and persons and factor:
        value = factor * cases / persons
    chance: Literal["own", "share", "rate", "none"] = "none"
    size = None
    own = None
    lower, upper = row["lower"], row["upper"]
    if value is None:
        cases = None
    elif lower is not None and upper is not None and lower <= value <= upper:
        chance, own = "own", (lower, upper)
    elif factor and scale in _SHARES:
        size = row["n"] or persons
        share = value / factor
        if size and 0 <= share <= 1:
            chance, cases = "share", share * size
    elif factor and persons and value >= 0:
        size = persons
        chance, cases = "rate", value * persons / factor if cases is None else cases
    start = row["period_start"]
    return Observed(
        place=row["place"],
        start=start,
        end=start if row.get("period_end") is None else row["period_end"],
        dimension=row.get("dimension"),
        group=row.get("group"),
        value=value,
        chance=chance,
        cases=cases,
        size=size,
        own=own,
        persons=persons,
        respondents=row.get("n"),
        basis=row.get("basis"),
        origin=row.get("origin"),
        hidden=flag == "hidden",
        estimated=flag == "estimated",
        scale=scale,
    )


def judge(difference: float | None, limits: Interval | None, polarity: Polarity) -> Sign:
    """The sign of a difference or change: surely one way, the other, or not told apart."""
    if difference is None or limits is None:
        return Sign.UNKNOWN
    if limits.lower <= 0 <= limits.upper:
        return Sign.SAME
    return Sign.BETTER if (difference > 0) == (polarity is Polarity.FAVOURABLE) else Sign.WORSE
