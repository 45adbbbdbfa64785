"""Areas of effort (*innsatsområder*): the fields in which a municipality can act on the causes."""

from enum import StrEnum


class EffortArea(StrEnum):
    """The ten areas of the mandate case, and ``samordning`` for how services work together.

    Ids are fixed: they stand in plan folders, links and open data. Names in three
    languages are the texts ``area.<id>``; short names are ``area.<id>.short``.
    """

    OPPVEKST = "oppvekst"
    ARBEID = "arbeid"
    FRITID = "fritid"
    FATTIGDOM = "fattigdom"
    BOLIG = "bolig"
    NAERMILJO = "naermiljo"
    LEVEVANER = "levevaner"
    HELSETJENESTER = "helsetjenester"
    UTSATTE = "utsatte"
    DELTAKELSE = "deltakelse"
    SAMORDNING = "samordning"


AREAS: tuple[EffortArea, ...] = tuple(EffortArea)
"""All areas in the order of the mandate case."""
