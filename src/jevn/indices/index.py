"""What an index is: a formula with a name, known to everyone who lists or computes indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Concatenate, Final, Generic, ParamSpec, cast, overload

import numpy as np

from jevn.indices.grouped import GroupedData
from jevn.indices.result import IndexResult, IndexResults, critical, inverted, negated
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, stacked
from jevn.terms import Polarity

P = ParamSpec("P")


class Family(StrEnum):
    """The families of indices, in the order in which they are shown."""

    SIMPLE = "simple"
    REGRESSION = "regression"
    RANK = "rank"
    DISPROPORTIONALITY = "disproportionality"
    IMPACT = "impact"


class Sign(StrEnum):
    """What the sign of an index says, and how it is turned to *burden positive*.

    ``difference``: above 0 when the top has more; ``ratio``: above 1 when the top has more;
    ``size``: never negative, more is more inequality whatever the polarity; ``level``: not an
    index of inequality by itself (equally distributed equivalent).
    """

    DIFFERENCE = "difference"
    RATIO = "ratio"
    SIZE = "size"
    LEVEL = "level"


class Unit(StrEnum):
    """The unit of an index: that of the values, none, or a power of it."""

    VALUE = "value"
    SQUARED = "squared"
    NONE = "none"
    PERCENT = "percent"
    PER_1000 = "per_1000"


@dataclass(frozen=True, slots=True)
class Estimates:
    """What a formula gives for ``s`` settings.

    Attributes:
        estimate: the index, shape ``(s,)``; not-a-number where it is not defined.
        se: standard error, shape ``(s,)``; ``None``: there is none.
        lower: lower limits; ``None``: normal limits about the estimate.
        upper: upper limits; given together with ``lower``.
        method: name of the method of the limits; for a mixture, pairs of settings and name.
        notes: where something is to be said, most important first: settings and the note's
            name (text ``indices.note.<name>``).
    """

    estimate: Floats
    se: Floats | None = None
    lower: Floats | None = None
    upper: Floats | None = None
    method: str | Sequence[tuple[Flags, str]] = "delta"
    notes: Sequence[tuple[Flags, str]] = field(default=())


@dataclass(frozen=True)
class Index(Generic[P]):
    """An index of grouped data: its formula and what is to be known about it.

    Calling it with :class:`GroupedData` gives one :class:`IndexResult`; with
    :class:`GroupedSettings` it gives :class:`IndexResults` for all settings at once. Every
    index takes ``level``; some have options of their own.

    Attributes:
        name: short name, as in results and on the command line.
        family: where it belongs.
        sign: what its sign says.
        unit: unit of the estimate.
        ordered: whether the groups must have a social order.
        formula: the function on arrays.
        least: fewest groups it is defined for.
    """

    name: str
    family: Family
    sign: Sign
    unit: Unit
    ordered: bool
    formula: Callable[Concatenate[GroupedSettings, P], Estimates]
    least: int = 2

    @property
    def documentation(self) -> str:
        """Docstring of the formula."""
        return self.formula.__doc__ or ""

    @overload
    def __call__(self, data: GroupedData, *args: P.args, **kwargs: P.kwargs) -> IndexResult: ...

    @overload
    def __call__(
        self, data: GroupedSettings, *args: P.args, **kwargs: P.kwargs
    ) -> IndexResults: ...

    def __call__(
        self, data: GroupedData | GroupedSettings, *args: P.args, **kwargs: P.kwargs
    ) -> IndexResult | IndexResults:
        """The index of one setting or of many.

        Raises:
            ValueError: if an option is not possible.
        """
        if isinstance(data, GroupedSettings):
            return self._many(data, *args, **kwargs)
        results = self._many(stacked([data]), *args, **kwargs)
        return results.row(0, scale=data.scale, reference=data.reference, polarity=data.polarity)

    def _many(self, groups: GroupedSettings, *args: P.args, **kwargs: P.kwargs) -> IndexResults:
        level = cast(float, kwargs.get("level", 0.95))
        z = critical(level)
        with np.errstate(all="ignore"):
            found = self.formula(groups, *args, **kwargs)
        few, loose = groups.groups < self.least, self.ordered & ~groups.ordered
        estimate = np.where(few | loose | ~np.isfinite(found.estimate), np.nan, found.estimate)
        gone = np.isnan(estimate)
        unknown = np.full(len(groups), np.nan)
        se = unknown if found.se is None else np.where(gone, np.nan, found.se)
        if found.lower is None or found.upper is None:
            lower, upper = estimate - z * se, estimate + z * se
        else:
            lower = np.where(gone, np.nan, found.lower)
            upper = np.where(gone, np.nan, found.upper)
        limited = ~(np.isnan(lower) | np.isnan(upper))
        everywhere = np.ones(len(groups), dtype=bool)
        given = found.method
        chosen = [(everywhere, given)] if isinstance(given, str) else given
        methods, method = _codes("none", [(m & limited, name) for m, name in chosen])
        notes, note = _codes(
            "",
            [
                (loose, "no_order"),
                (few, "too_few_groups"),
                *found.notes,
                (gone, "not_defined"),
                ((groups.groups < groups.values.shape[1]), "missing_group"),
                (~groups.weighted, "equal_weights"),
            ],
        )
        return IndexResults(
            index=self.name,
            estimate=estimate,
            se=np.where(np.isfinite(se), se, np.nan),
            lower=np.where(limited, lower, np.nan),
            upper=np.where(limited, upper, np.nan),
            level=level,
            methods=methods,
            method=method,
            weighted=groups.weighted,
            groups=groups.groups,
            notes=notes,
            note=note,
            ordered=groups.ordered,
        )


_REGISTERED: Final[dict[str, Index[...]]] = {}
INDICES: Final[Mapping[str, Index[...]]] = MappingProxyType(_REGISTERED)
"""Every index of grouped data by name. Filled when :mod:`jevn.indices` is imported."""


def index(
    name: str,
    family: Family,
    *,
    sign: Sign,
    unit: Unit,
    ordered: bool = False,
    least: int = 2,
) -> Callable[[Callable[Concatenate[GroupedSettings, P], Estimates]], Index[P]]:
    """Make an index of a formula on arrays, and register it under its name.

    The formula takes :class:`GroupedSettings` and keyword options, among them ``level``. It may
    divide by zero and give what it likes where the index is not defined: such settings become
    not-a-number with a note.

    Raises:
        ValueError: if the name is taken.
    """

    def made(formula: Callable[Concatenate[GroupedSettings, P], Estimates]) -> Index[P]:
        if name in _REGISTERED:
            raise ValueError(f"two indices called {name}")
        found = Index(name, family, sign, unit, ordered, formula, least)
        object.__setattr__(found, "__doc__", formula.__doc__)
        _REGISTERED[name] = found
        return found

    return made


def burden_positive(result: IndexResult) -> IndexResult:
    """The same index turned so that a greater value is a heavier burden of the low positions.

    Where high values are good, low positions are worse off when the native sign is positive
    already; where high values are bad, differences change sign and ratios are inverted. Indices
    of size (never negative), and simple comparisons of groups without order, which are made from
    the better to the worse already, stay as they are.

    Raises:
        ValueError: if the polarity is not known.
    """
    if result.polarity is None:
        raise ValueError("polarity is not known")
    sign = INDICES[result.index].sign
    if result.polarity is Polarity.FAVOURABLE or result.estimate is None:
        return result
    fixed = not result.ordered and INDICES[result.index].family is not Family.IMPACT
    if sign in (Sign.SIZE, Sign.LEVEL) or fixed:
        return result
    return inverted(result) if sign is Sign.RATIO else negated(result)


def _codes(
    otherwise: str, chosen: Sequence[tuple[Flags, str]]
) -> tuple[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """Names in order of precedence as codes: the first whose settings hold; else code 0."""
    names = list(dict.fromkeys([otherwise, *(name for _, name in chosen)]))
    code = np.zeros(len(chosen[0][0]), dtype=np.int8)
    for settings, name in reversed(chosen):
        code[settings] = names.index(name)
    return tuple(names), code
