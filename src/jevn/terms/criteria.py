"""The four assessment criteria of NOU 2025:8: benefit, cost, distribution, autonomy."""

from enum import StrEnum


class Criterion(StrEnum):
    """What every alternative is assessed on (names: text ``criterion.<id>``)."""

    BENEFIT = "benefit"
    COST = "cost"
    DISTRIBUTION = "distribution"
    AUTONOMY = "autonomy"


CRITERIA: tuple[Criterion, ...] = tuple(Criterion)
"""All criteria in the order of NOU 2025:8."""
