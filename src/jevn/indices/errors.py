"""Standard errors that are not falsely certain where no, or every, respondent is a case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jevn.indices.settings import Flags, GroupedSettings


def with_errors_at_bounds(groups: GroupedSettings) -> tuple[GroupedSettings, Flags]:
    r"""Replace standard errors of 0 of shares by those of two cases and two non-cases more.

    $$ se = U \sqrt{\tilde p (1 - \tilde p) / (n + 4)}, \qquad \tilde p = (n p + 2) / (n + 4) $$

    A sample without cases says that they are few, not that there are none: its usual standard
    error of 0 is no knowledge. Only errors of 0 of groups where none or all are cases, and whose
    number of respondents is known, are replaced; values stay as they are.

    Args:
        groups: the settings, with ``samples``.

    Returns:
        The same settings with such errors replaced, and the settings where one was (note
        ``zero_error``), shape ``(s,)``.

    Source: Agresti & Coull 1998, Am Stat 52: 119-126.

    >>> data = GroupedData((0.0,), standard_errors=(0.0,), samples=(96.0,), bounds=(0.0, 1.0))
    >>> groups, changed = with_errors_at_bounds(replace(stacked([data]), units=np.array([1.0])))
    >>> round(float(groups.errors[0, 0]), 3), changed.tolist()
    (0.014, [True])
    """
    units = groups.units[:, None]
    at_bound = (groups.values == 0) | (groups.values == units)
    chosen = at_bound & (groups.errors == 0) & (groups.samples > 0) & ~np.isnan(units)
    more = np.where(chosen, groups.samples, 1.0) + 4
    share = 2 / more
    errors = np.where(chosen, units * np.sqrt(share * (1 - share) / more), groups.errors)
    return replace(groups, errors=errors), np.asarray(chosen.any(axis=1), dtype=bool)
