"""The determinant graph: what leads to what, how strongly, and how much of it is cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MORTALITY = "mortality"
"""Name of the target that arrows to death go to."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A number with its 95 % limits and where it is from."""

    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Kroner a person and year in the adverse state, by who pays.

    Attributes:
        municipality: the municipality's net cost.
        state: the state's (benefits, specialist health care, lost tax).
        user: what the person pays or loses.
        spread: the 95 % limits are the value divided and multiplied by this.
        source: where the figures are from, or whose assumption they are.
    """

    municipality: float
    state: float
    user: float
    spread: float
    source: str


@dataclass(frozen=True, slots=True)
class Determinant:
    """A condition that people are in or not.

    Attributes:
        indicator: the indicator that tells how many are in it today.
        ages: first and last age at which it exists.
        counted: first and last age at which person-years of it are counted.
        set_at: age at which it is settled for life (school completion); ``None``: any age.
        disability: disability weight of the adverse state, 0-1.
        costs: what the adverse state costs.
    """

    indicator: str
    ages: tuple[int, int]
    counted: tuple[int, int]
    set_at: int | None = None
    disability: Uncertain | None = None
    costs: UnitCosts | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """One determinant's effect on another, or on mortality.

    Attributes:
        parent: indicator of the determinant it goes from.
        child: indicator it goes to, or ``mortality``.
        effect_size: id of the catalogue's effect size; a ratio (RR, HR, IRR, OR) between those in
            and not in the parent's state, or a risk difference in percentage points.
        ages: first and last age at which it works.
        causal_share: mean share of the association taken as causal; ``None``: by design.
        lag_years: mean delay from a fall in the parent to the fall in risk.
        mediated: share of the effect (of its logarithm) that goes through other arrows of this
            graph and is therefore not counted here.
        interval: own 95 % limits, where the catalogue has none.
        reason: where the own limits are from.
    """

    parent: str
    child: str
    effect_size: str
    ages: tuple[int, int] = (0, 100)
    causal_share: float | None = None
    lag_years: float = 0.0
    mediated: float = 0.0
    interval: tuple[float, float] | None = None
    reason: str | None = None

    @property
    def id(self) -> str:
        """``parent>child``."""
        return f"{self.parent}>{self.child}"


@dataclass(frozen=True, slots=True)
class ImpactModel:
    """``model.yaml``: how far ahead, what money is worth, and the determinant graph.

    Attributes:
        years: years the alternatives are followed, from the first year of any change.
        discount: yearly discount rate of kroner and healthy years (0.04: four per cent).
        healthy_year_nok: kroner that a healthy year is weighed against, for the question of
            which knowledge would change the choice, and for health forgone by spending
            (275 000: Meld. St. 34 (2015-2016)).
        draws: draws made when nothing else is asked for.
        kappa_generations: mean share of parents' schooling that is passed on causally.
        determinants: in the order of the file.
        arrows: in the order of the file.
    """

    years: int = 20
    discount: float = 0.04
    healthy_year_nok: float = 275_000.0
    draws: int = 256
    kappa_generations: float = 0.2
    determinants: tuple[Determinant, ...] = ()
    arrows: tuple[Arrow, ...] = ()

    def determinant(self, indicator: str) -> Determinant | None:
        """The determinant of an indicator, or ``None``."""
        return next((d for d in self.determinants if d.indicator == indicator), None)


def circle(arrows: Sequence[Arrow]) -> tuple[str, ...]:
    """The determinants of a circle of arrows, or empty if there is none."""
    children: dict[str, list[str]] = {}
    for arrow in arrows:
        children.setdefault(arrow.parent, []).append(arrow.child)
    done: set[str] = set()
    for start in children:
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        while stack:
            at, path = stack.pop()
            for child in children.get(at, ()):
                if child in path:
                    return path[path.index(child) :]
                if child not in done:
                    stack.append((child, (*path, child)))
        done.add(start)
    return ()


def ordered(determinants: Sequence[str], arrows: Sequence[Arrow]) -> tuple[str, ...]:
    """Determinants with every parent before its children, else in the order given.

    Raises:
        ValueError: if the arrows go in a circle.
    """
    parents: dict[str, set[str]] = {d: set() for d in determinants}
    for arrow in arrows:
        if arrow.child in parents and arrow.parent in parents:
            parents[arrow.child].add(arrow.parent)
    found: list[str] = []
    while len(found) < len(parents):
        ready = next((d for d in parents if d not in found and parents[d] <= set(found)), None)
        if ready is None:
            raise ValueError("the determinants go in a circle")
        found.append(ready)
    return tuple(found)


def unstated_paths(model: ImpactModel) -> tuple[Arrow, ...]:
    """Arrows to mortality whose effect also goes through other arrows, and do not say how much.

    A determinant with its own effect on mortality and a path to it through others would be
    counted twice unless ``mediated`` states the part that the path explains.
    """
    onwards = _reaches(model.arrows)
    return tuple(
        a
        for a in model.arrows
        if a.child == MORTALITY
        and a.mediated == 0
        and any(
            b.parent == a.parent and b.child != MORTALITY and onwards.get(b.child, False)
            for b in model.arrows
        )
    )


def _reaches(arrows: Sequence[Arrow]) -> Mapping[str, bool]:
    """Determinants from which mortality can be reached."""
    found = {a.parent for a in arrows if a.child == MORTALITY}
    while True:
        more = {a.parent for a in arrows if a.child in found} - found
        if not more:
            return dict.fromkeys(found, True)
        found |= more
