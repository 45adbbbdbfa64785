"""Excess cases: persons who would be spared, or helped, if all had the figure of one group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.indices.comparison import Against
from jevn.indices.population_impact import population_attributable_risk
from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


@dataclass(frozen=True, eq=False)
class ExcessCases:
    """Persons in excess in each setting; arrays of shape ``(s,)``.

    Attributes:
        cases: persons (cases, deaths) too many where high values are bad, too few where they
            are good, compared with all having the figure of one group; below 0: that group is
            worse off than the whole. Not-a-number where it is not defined (the note says why).
        se: standard error, persons.
        lower: lower limit, persons.
        upper: upper limit, persons.
        persons: persons in the groups with a value.
        level: level of the limits.
        notes: the notes that occur, as keys of texts; the first is empty.
        note: position of each setting's note in ``notes``.
    """

    cases: Floats
    se: Floats
    lower: Floats
    upper: Floats
    persons: Floats
    level: float
    notes: tuple[str, ...]
    note: NDArray[np.int8]

    def __len__(self) -> int:
        """Number of settings."""
        return len(self.cases)


def excess_cases(
    groups: GroupedSettings, *, level: float = 0.95, against: Against = "best"
) -> ExcessCases:
    r"""Excess cases (or deaths) if all groups had the figure of one group.

    $$ E = N\,\frac{\mu - y_\text{one}}{u} $$

    with N persons, and u what the value would be if all were cases (100 for per cent). Where
    high values are good the sign is turned: persons who would have had it, and do not. Populations
    are taken as known without error. Over several years, give person-years as populations.

    Args:
        groups: the settings; needs ``populations``, ``units`` and ``polarities``.
        level: level of the limits.
        against: the group of which all would have the figure: ``best``, ``median`` or
            ``reference`` (see :func:`compared_with`).

    Returns:
        Persons with limits: those of the population attributable risk, times N / u.

    Raises:
        ValueError: if the level or the choice of group is not possible.

    Source: the population attributable risk (see ``par``) in persons.

    >>> from jevn.indices import GroupedData, stacked
    >>> from jevn.terms import Polarity, Scale
    >>> data = GroupedData(
    ...     (30.0, 20.0, 10.0), (200.0, 300.0, 500.0), (3.0, 2.0, 1.0),
    ...     scale=Scale.PERCENT, polarity=Polarity.ADVERSE,
    ... )
    >>> excess_cases(stacked([data])).cases.round(6).tolist()
    [70.0]
    """
    risk = population_attributable_risk(groups, level=level, against=against)
    persons = np.where(groups.known & groups.weighted[:, None], groups.sizes, 0.0).sum(axis=1)
    persons = np.where(groups.weighted, persons, np.nan)
    sign = groups.polarities.astype(np.float64)
    factor = np.where(sign == 0, np.nan, persons / groups.units)
    ends = sign * factor * np.array([risk.lower, risk.upper])
    lost = np.isnan(risk.estimate)
    reasons = {
        "no_persons": ~groups.weighted,
        "no_unit": np.isnan(groups.units),
        "no_polarity": sign == 0,
    }
    notes = list(risk.notes) + [name for name in reasons if name not in risk.notes]
    note = risk.note.copy()
    for name, where in reversed(reasons.items()):
        note[where & ~lost | where & (name == "no_polarity")] = notes.index(name)
    return ExcessCases(
        cases=sign * factor * risk.estimate + 0.0,
        se=factor * risk.se,
        lower=ends.min(axis=0) + 0.0,
        upper=ends.max(axis=0) + 0.0,
        persons=persons,
        level=level,
        notes=tuple(NOTES + name if name else "" for name in notes),
        note=note,
    )
