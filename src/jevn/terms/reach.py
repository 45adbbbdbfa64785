"""Reach of an action: whom it is meant for."""

from enum import StrEnum


class Reach(StrEnum):
    """Universal (all), proportionate (all, scaled to need) or targeted (a defined group)."""

    UNIVERSAL = "universal"
    PROPORTIONATE = "proportionate"
    TARGETED = "targeted"
