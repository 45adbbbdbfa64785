"""How much each place on the social ladder counts in an index of persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal


@dataclass(frozen=True, slots=True)
class RankCurve:
    r"""A weight $\phi(r)$ of every rank $r$ from 0 to 1, whose mean over the ladder is 0.

    ``extended``: $\phi(r) = 1 - \nu (1 - r)^{\nu - 1}$ (Wagstaff 2002); $\nu = 2$ is $2r - 1$,
    the weight of the usual concentration index. ``symmetric``:
    $\phi(r) = \beta 2^{\beta - 2} |r - \tfrac12|^{\beta - 1} \operatorname{sgn}(r - \tfrac12)$
    (Erreygers, Clarke & Van Ourti 2012).

    Written with plain arithmetic, so that ranks may be arrays or columns of a database.

    Attributes:
        kind: which of the two.
        parameter: $\nu$ (at least 1) or $\beta$ (above 1).
    """

    kind: Literal["extended", "symmetric"] = "extended"
    parameter: float = 2.0

    def __post_init__(self) -> None:
        """Check the parameter.

        Raises:
            ValueError: if it is not possible.
        """
        least = 1.0 if self.kind == "extended" else 1.0 + 1e-9
        if not least <= self.parameter < float("inf"):
            name = "aversion" if self.kind == "extended" else "sensitivity"
            raise ValueError(f"{name}: {self.parameter} is too low or not finite")

    @property
    def straight(self) -> bool:
        """Whether it is the usual one, $2r - 1$."""
        return self.parameter == 2

    def at(self, rank: Any) -> Any:
        """The weight of a rank."""
        if self.straight:
            return 2 * rank - 1
        power = self.parameter
        if self.kind == "extended":
            return 1 - power * _positive(1 - rank) ** (power - 1)
        over = _positive(rank - 0.5) ** (power - 1) - _positive(0.5 - rank) ** (power - 1)
        return power * 2 ** (power - 2) * over

    def mean(self, lower: Any, upper: Any) -> Any:
        """Mean weight over a range of ranks, which is what persons tied on it all get."""
        if self.straight:
            return lower + upper - 1
        return (self._upto(upper) - self._upto(lower)) / (upper - lower)

    def _upto(self, rank: Any) -> Any:
        """An antiderivative of the weight."""
        power = self.parameter
        if self.kind == "extended":
            return rank + _positive(1 - rank) ** power
        return 2 ** (power - 2) * ((rank - 0.5) ** 2) ** (power / 2)


STRAIGHT: Final = RankCurve()
"""The curve of the concentration index: 2r - 1."""


def _positive(number: Any) -> Any:
    """The number where it is above 0, else 0; rounding must not give roots of less than 0."""
    return (number + (number**2) ** 0.5) / 2
