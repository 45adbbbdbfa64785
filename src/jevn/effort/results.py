"""Results of step 3: what the municipality does today, area by area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import EffortArea, Message, Reach, SocialDimension

Basis = Literal["counted", "estimated", "default"]


def basis_of(given: object) -> Basis:
    """How a figure was found; ``estimated`` where a local table does not say."""
    return "counted" if given == "counted" else "default" if given == "default" else "estimated"


@dataclass(frozen=True, slots=True)
class Service:
    """A service or action as registered (``services.csv``), within one area and function."""

    id: str
    name: str
    kind: Literal["service", "action"]
    area: EffortArea
    year: int
    unit: str | None
    function: str
    reach: Reach
    target_group: str | None
    places: tuple[str, ...]
    gross_nok: float | None
    net_nok: float | None
    fte: float | None
    users: float | None
    intervention: str | None
    basis: Basis
    certainty: Literal["low", "medium", "high"]
    origin: str | None


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """One KOSTRA function reconciled: every krone is either in an area or in the residual.

    ``allocated_nok + residual_nok == net_nok`` to the øre.
    """

    function: str
    name: str
    gross_nok: float
    net_nok: float
    shares: tuple[tuple[EffortArea, float, Reach, Basis], ...]
    allocated_nok: float
    residual_nok: float
    registered_nok: float
    outside: bool


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Accounts against profile for one year, with the residual always shown."""

    year: int
    lines: tuple[FunctionLine, ...]
    net_nok: float
    allocated_nok: float
    residual_nok: float
    default_nok: float


@dataclass(frozen=True, slots=True)
class UseGradient:
    """Who gets it: use of services in an area by social group.

    ``concentration``: concentration index of use, -1 to 1; negative = used most by those
    with the lowest position. ``lower`` and ``upper`` are its 95 % limits.
    """

    dimension: SocialDimension
    users: tuple[tuple[str, float], ...]
    population: tuple[tuple[str, float], ...]
    concentration: float | None
    note: Message | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class AreaEffort:
    """Effort in one area in the latest year.

    Attributes:
        net_nok: net kroner allocated to the area.
        per_inhabitant: net kroner per inhabitant.
        comparison_per_inhabitant: the same for the comparison municipalities by the same
            shares, if known.
        by_reach: net kroner per reach.
        by_strength: registered net kroner per evidence strength (A-U), ``none`` without link.
        default_share: share of the money whose allocation is still a default.
        per_place: net kroner of registered services per place, where places are named.
        years: (year, net kroner) for every year with accounts.
        missing_interventions: catalogue interventions of strength A or B not registered here.
        gross_nok: gross kroner by the same shares, for functions whose income hides the cost.
        comparison: the place or places compared with.
        notes: what a reader must know about these figures.
    """

    area: EffortArea
    year: int
    net_nok: float
    per_inhabitant: float | None
    comparison_per_inhabitant: float | None
    by_reach: tuple[tuple[Reach, float], ...]
    by_strength: tuple[tuple[str, float], ...]
    default_share: float
    fte: float | None
    services: tuple[Service, ...]
    use: tuple[UseGradient, ...]
    per_place: tuple[tuple[str, float], ...]
    years: tuple[tuple[int, float], ...]
    missing_interventions: tuple[str, ...]
    gross_nok: float = 0.0
    comparison: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class EffortProfile:
    """Step 3: the effort profile of one municipality.

    ``notes`` says what the whole profile leaves out or rests on.
    """

    municipality: str
    year: int
    inhabitants: float | None
    areas: tuple[AreaEffort, ...]
    reconciliation: Reconciliation
    origins: tuple[str, ...]
    notes: tuple[Message, ...] = ()

    def area(self, area: EffortArea) -> AreaEffort:
        """Effort in one area."""
        return next(a for a in self.areas if a.area == area)


@dataclass(frozen=True, slots=True)
class NeedEffortPoint:
    """One area in the need-effort chart.

    ``need``: share (0-1) of the area's known signs that are worse. ``effort``: net kroner per
    inhabitant over the comparison's (1 = alike); ``None`` if there is no comparison.
    ``corner``: ``high_need_low_effort``, ``high_need_high_effort``, ``low_need_low_effort``,
    ``low_need_high_effort`` or ``unknown``.
    """

    area: EffortArea
    need: float | None
    effort: float | None
    per_inhabitant: float | None
    corner: str
    message: Message
