"""Dates as plans write them: a day, or only a month or a year."""

from __future__ import annotations

import calendar
from datetime import date

from jevn.terms import UserError


def first_day(text: str) -> date:
    """The first day a text can mean: ``2028`` is 1 January 2028.

    Raises:
        UserError: ``followup_date`` if it is no date.
    """
    return _parts(text)[0]


def last_day(text: str) -> date:
    """The last day a text can mean: ``2028-02`` is 29 February 2028.

    Raises:
        UserError: ``followup_date`` if it is no date.
    """
    return _parts(text)[1]


def _parts(text: str) -> tuple[date, date]:
    parts = text.strip().split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(parts[0]) != 4:
            raise ValueError(text)
        match numbers:
            case [year]:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return date(year, month, 1), date(year, month, last)
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        pass
    raise UserError("followup_date", given=text)
