"""Social dimensions along which health and effort are distributed, with their ordered groups."""

from enum import StrEnum


class SocialDimension(StrEnum):
    """A way of dividing the population (names: text ``dimension.<id>``)."""

    EDUCATION = "education"
    INCOME = "income"
    BACKGROUND = "background"
    SEX = "sex"
    AGE = "age"
    ZONE = "zone"


DIMENSIONS: tuple[SocialDimension, ...] = tuple(SocialDimension)

_GROUPS: dict[SocialDimension, tuple[str, ...]] = {
    # 1 = lowest social position first. Own education from 25 years, the parents' below.
    SocialDimension.EDUCATION: ("basic", "upper_secondary", "higher"),
    SocialDimension.INCOME: ("q1", "q2", "q3", "q4", "q5"),
}
_UNORDERED: dict[SocialDimension, tuple[str, ...]] = {
    SocialDimension.BACKGROUND: ("immigrant", "other"),
    SocialDimension.SEX: ("women", "men"),
}


def group_order(dimension: SocialDimension) -> tuple[str, ...] | None:
    """Groups of an ordered dimension, lowest social position first; ``None`` if unordered.

    >>> group_order(SocialDimension.EDUCATION)
    ('basic', 'upper_secondary', 'higher')
    """
    return _GROUPS.get(dimension)


def known_groups(dimension: SocialDimension) -> tuple[str, ...] | None:
    """Groups a table may use for this dimension; ``None`` where any id is accepted (age, zone)."""
    return _GROUPS.get(dimension) or _UNORDERED.get(dimension)
