"""Every uncertain number of the model, under a name of its own, shared by all alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jevn.evidence.entries import EffectSize
from jevn.impact.alternatives import EffectUse, ProfileChange
from jevn.impact.outcome import default_causal_share
from jevn.impact.projection.arrays import Floats
from jevn.impact.projection.graph import Arrow, Determinant
from jevn.impact.uncertainty import Parameter
from jevn.terms import Message

RATIOS = ("RR", "HR", "IRR", "OR")
CONCENTRATION = 20.0
"""What fidelity and transfer are known as well as: so many observations."""
CAUSAL_CONCENTRATION = 10.0
"""The same for the causal share of an association."""
UPTAKE = 1.0
"""Half the width of the 95 % interval of the uptake gradient (log-odds, bottom to top)."""
GRADIENT = 0.2
"""The same for the effect gradient."""
COST_FACTOR = 1.25
"""Unit cost: 95 % limits by this factor."""
TIME_FACTOR = 2.0
"""Years an effect holds, and time constant of fading: 95 % limits by this factor."""
LAG_FACTOR = 1.5
"""Delay of an arrow: 95 % limits by this factor."""


LATER = "@"
"""Between the id of a change and the year of one begun later; no id of a plan folder holds it."""


@dataclass(frozen=True, slots=True)
class UsedChange:
    """A change that can be computed: with its effect, and the effect size it rests on."""

    change: ProfileChange
    use: EffectUse
    size: EffectSize

    @property
    def draws_id(self) -> str:
        """Id that names its uncertain numbers: one begun later shares those of the change."""
        return self.change.id.partition(LATER)[0]


@dataclass(frozen=True, slots=True)
class UsedArrow:
    """An arrow with the effect size it rests on, limits filled in."""

    arrow: Arrow
    size: EffectSize


@dataclass(frozen=True)
class Values:
    """Values of every parameter in every draw, by name."""

    names: Mapping[str, int]
    draws: Floats

    def of(self, name: str, otherwise: float | None = None) -> Floats:
        """One parameter's draws, (W,).

        Raises:
            KeyError: if there is no such parameter and no other value is given: a name that
                matches nothing must not be silently without effect.
        """
        if name in self.names:
            return np.asarray(self.draws[:, self.names[name]])
        if otherwise is None:
            raise KeyError(name)
        return np.full(len(self.draws), otherwise)


def parameters_of(
    changes: Sequence[UsedChange],
    arrows: Sequence[UsedArrow],
    determinants: Sequence[Determinant],
    names: Mapping[str, str],
) -> tuple[Parameter, ...]:
    """Every uncertain number, each once.

    ``names`` are those of the determinants' indicators, for the texts.
    Numbers that several changes or arrows share (an effect size) are one parameter, so that a
    draw means the same thing everywhere.
    """
    found: dict[str, Parameter] = {}
    for change in changes:
        for parameter in _of_change(change):
            found.setdefault(parameter.id, parameter)
    for arrow in arrows:
        for parameter in _of_arrow(arrow, names):
            found.setdefault(parameter.id, parameter)
    for determinant in determinants:
        for parameter in _of_determinant(determinant, names):
            found.setdefault(parameter.id, parameter)
    return tuple(found.values())


def _name(kind: str, about: str) -> Message:
    return Message(f"impact.parameter.{kind}", {"about": about})


def _effect(id: str, size: EffectSize, name: Message) -> Parameter:
    assert size.value is not None
    family = "lognormal" if size.scale in RATIOS else "normal"
    if size.lower is None or size.upper is None:
        return Parameter(id, "fixed", size.value, None, None, name)
    if family == "lognormal":
        return Parameter(id, "lognormal", size.value, size.lower, size.upper, name)
    return Parameter(id, "normal", size.value, size.lower, size.upper, name)


def _spread(id: str, value: float, factor: float, name: Message) -> Parameter:
    if value <= 0 or factor <= 1:
        return Parameter(id, "fixed", value, None, None, name)
    return Parameter(id, "lognormal", value, value / factor, value * factor, name)


def _share(id: str, value: float, concentration: float, name: Message) -> Parameter:
    if value in (0.0, 1.0):
        return Parameter(id, "fixed", value, None, None, name)
    return Parameter(id, "beta", value, None, None, name, concentration=concentration)


def _of_change(used: UsedChange) -> Iterator[Parameter]:
    id, use, title = used.draws_id, used.use, used.change.title
    about = used.size.about.nb
    yield _effect(f"effect:{used.size.id}", used.size, _name("effect", about))
    yield _share(f"fidelity:{id}", use.fidelity, CONCENTRATION, _name("fidelity", title))
    yield _share(f"transfer:{id}", use.transfer, CONCENTRATION, _name("transfer", title))
    for kind, value, half in (
        ("uptake", use.uptake_gradient, UPTAKE),
        ("gradient", use.effect_gradient, GRADIENT),
    ):
        yield Parameter(
            f"{kind}:{id}", "normal", value, value - half, value + half, _name(kind, title)
        )
    yield _spread(f"unit_cost:{id}", use.unit_cost_nok, COST_FACTOR, _name("unit_cost", title))
    yield _spread(f"hold:{id}", use.hold_years, TIME_FACTOR, _name("hold", title))
    if use.fade_years is not None:
        yield _spread(f"fade:{id}", use.fade_years, TIME_FACTOR, _name("fade", title))


def _of_arrow(used: UsedArrow, names: Mapping[str, str]) -> Iterator[Parameter]:
    arrow, size = used.arrow, used.size
    yield _effect(f"effect:{size.id}", size, _name("effect", size.about.nb))
    given = arrow.causal_share
    mean = default_causal_share(size.design) if given is None else given
    known = arrow.child in names
    ends = f"{names[arrow.parent]} → {names[arrow.child]}" if known else names[arrow.parent]
    ending = "" if known else "_mortality"
    yield _share(f"causal:{arrow.id}", mean, CAUSAL_CONCENTRATION, _name(f"causal{ending}", ends))
    if arrow.lag_years > 0:
        yield _spread(f"lag:{arrow.id}", arrow.lag_years, LAG_FACTOR, _name(f"lag{ending}", ends))


def _of_determinant(determinant: Determinant, names: Mapping[str, str]) -> Iterator[Parameter]:
    name = determinant.indicator
    weight = determinant.disability
    if weight is not None and weight.value > 0:
        yield Parameter(
            f"weight:{name}",
            "lognormal",
            weight.value,
            weight.low,
            weight.high,
            _name("weight", names[name]),
        )
    if determinant.costs is not None:
        label = _name("saving", names[name])
        yield _spread(f"saving:{name}", 1.0, determinant.costs.spread, label)
