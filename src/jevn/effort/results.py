"""Results of step 3: what the municipality does today, area by area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import EffortArea, LocalText, Message, Reach, SocialDimension

Basis = Literal["counted", "estimated", "default"]


def basis_of(given: object) -> Basis:
    """How a figure was found; ``estimated`` where a local table does not say."""
    return "counted" if given == "counted" else "default" if given == "default" else "estimated"


@dataclass(frozen=True, slots=True)
class GroupUse:
    """Users of one service along one dimension; ``hidden`` if a group has too few."""

    dimension: SocialDimension
    users: tuple[tuple[str, float], ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A row of the profile: a service or action within one area, function and year.

    Attributes:
        id: its id in the register.
        name: its name.
        kind: ordinary service, or action.
        area: area of effort.
        year: accounting year.
        unit: organisational unit.
        function: KOSTRA function, three digits.
        reach: whom it is meant for.
        target_group: whom it is for, in words.
        places: place ids served; none = the whole municipality.
        gross_nok: gross running cost, kroner.
        net_nok: net running cost, kroner.
        fte: full-time equivalents.
        users: users in the year.
        intervention: intervention type of the evidence catalogue, if it is one.
        basis: how the figures were found.
        certainty: how sure they are.
        origin: id of their origin.
        ages: first and last age of those it is for.
        situation: what they have in common, in words.
        function_share: part (0-1) of the function's net cost that goes to it; ``None`` where
            either is not known.
        strength: strength of evidence of the intervention (A-U); ``none`` without link.
        users_by: users by social group and zone, where counted.
    """

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
    ages: tuple[int, int] | None = None
    situation: str | None = None
    function_share: float | None = None
    strength: str = "none"
    users_by: tuple[GroupUse, ...] = ()


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
class ComparedPlace:
    """What another place spends in an area: (year, net kroner per inhabitant), nominal."""

    place: str
    years: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class ZoneEffort:
    """Effort that reaches one zone.

    Attributes:
        place: the zone.
        inhabitants: persons living there, if known.
        nok: net kroner of the registered services that can be placed there.
        per_inhabitant: the same per inhabitant.
        users: users living there, summed over services that count users by zone; a person
            who uses two services counts twice. ``None`` where no service counts them.
        users_per_1000: the same per 1000 inhabitants.
        areas: net kroner per area, largest first.
        services: ids of the services placed there.
        by_reach: net kroner per reach.
    """

    place: str
    inhabitants: float | None
    nok: float
    per_inhabitant: float | None
    users: float | None
    users_per_1000: float | None
    areas: tuple[tuple[EffortArea, float], ...]
    services: tuple[str, ...]
    by_reach: tuple[tuple[Reach, float], ...] = ()


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
        years_per_inhabitant: (year, net kroner per inhabitant) for the years whose
            population is known; kroner of each year, not adjusted for prices.
        compared: every place with figures, by the same shares, over the years.
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
    years_per_inhabitant: tuple[tuple[int, float], ...] = ()
    compared: tuple[ComparedPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class EffortProfile:
    """Step 3: the effort profile of one municipality.

    Attributes:
        municipality: its place id.
        year: accounting year.
        inhabitants: persons living there, if known.
        areas: effort in every area, in their fixed order.
        reconciliation: the money against the accounts.
        origins: ids of the origins used.
        notes: what the whole profile leaves out or rests on.
        zones: effort that reaches each zone; none where no zones are known.
        unplaced_nok: net kroner of registered services that cannot be placed in zones.
    """

    municipality: str
    year: int
    inhabitants: float | None
    areas: tuple[AreaEffort, ...]
    reconciliation: Reconciliation
    origins: tuple[str, ...]
    notes: tuple[Message, ...] = ()
    zones: tuple[ZoneEffort, ...] = ()
    unplaced_nok: float = 0.0

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


@dataclass(frozen=True, slots=True)
class ZonePoint:
    """Need and effort of one zone, side by side.

    Attributes:
        place: the zone.
        name: its name.
        need: share (0-1) of the indicators known there that are surely worse than in the
            municipality; ``None`` where none is known.
        worse: number of indicators surely worse.
        known: number of indicators known there.
        per_inhabitant: net kroner per inhabitant of services that can be placed.
        users_per_1000: users per 1000 inhabitants, where counted by zone.
        corner: as of :class:`NeedEffortPoint`. Need is high where more indicators are worse
            than chance would give; effort is high from the mean of all zones.
        message: the same in words.
        areas: (area, worse, known, net kroner per inhabitant) where either is known.
    """

    place: str
    name: str
    need: float | None
    worse: int
    known: int
    per_inhabitant: float | None
    users_per_1000: float | None
    corner: str
    message: Message
    areas: tuple[tuple[EffortArea, int, int, float | None], ...] = ()


GapKind = Literal["area", "zone", "evidence", "without_effect", "no_link"]


@dataclass(frozen=True, slots=True)
class EffortGap:
    """Something to talk about in the effort of today.

    Attributes:
        kind: ``area`` or ``zone`` with high need and low effort; ``evidence``: an
            intervention of strength A or B that is not run; ``without_effect``: money on an
            action that was tested and did not work; ``no_link``: an action without link to
            the evidence catalogue.
        ref: id of the area, zone, intervention or service.
        title: its name, where it has one of its own.
        area: area of effort, if it belongs to one.
        nok: net kroner it is about, if known.
        message: what it is, in words.
    """

    kind: GapKind
    ref: str
    title: LocalText | None
    area: EffortArea | None
    nok: float | None
    message: Message
