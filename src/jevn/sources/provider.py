"""What every provider can do: search its tables, describe one, fetch figures from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from jevn.sources.dataset import Category, Dataset, Role
from jevn.sources.pace import Limit
from jevn.sources.request import Request
from jevn.sources.transport import Transport
from jevn.tables import Origin
from jevn.terms import LocalText, UserError


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """Who a provider is and on what terms it gives figures.

    Attributes:
        id: short id, e.g. ``ssb``.
        name: its name.
        country: two letters; ``EU`` or ``NORDIC`` for more than one country.
        about: what it has, in one plain sentence.
        base: address that questions begin with.
        home: page where people find the same figures.
        licence: licence of the figures, in its own words; ``None`` if none was seen.
        credit: how it asks to be named.
        pace: how often it may be asked; ``None`` if it does not say.
        most_cells: cells of the largest answer; ``None`` if it does not say.
        searchable: whether it can be searched by words.
    """

    id: str
    name: LocalText
    country: str
    about: LocalText
    base: str
    home: str
    licence: str | None
    credit: str
    pace: Limit | None = None
    most_cells: int | None = None
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class TableHit:
    """A table that a search found."""

    id: str
    title: str
    updated: str | None = None
    first_period: str | None = None
    last_period: str | None = None
    path: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class CodeList:
    """Another set of values for a variable: groupings and value sets."""

    id: str
    label: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a table as its producer describes it.

    ``required`` means that a question must choose values of it.
    """

    code: str
    label: str
    categories: tuple[Category, ...]
    role: Role | None = None
    required: bool = True
    code_lists: tuple[CodeList, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """Codes of the values."""
        return [c.code for c in self.categories]


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table as its producer describes it."""

    provider: str
    id: str
    title: str
    variables: tuple[Variable, ...]
    updated: str | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()
    link: str | None = None

    def variable(self, code: str) -> Variable:
        """One variable, by its code in any case.

        Raises:
            UserError: ``sources_unknown_variable``, naming those there are.
        """
        for one in self.variables:
            if one.code.casefold() == code.casefold():
                return one
        known = ", ".join(v.code for v in self.variables)
        raise UserError("sources_unknown_variable", given=code, table=self.id, known=known)


_ENDS = ("top", "bottom")
_EXPRESSION = re.compile(r"^(\*|top|bottom|from|to|range|all)\b|[*?]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which values of a variable are asked for.

    Attributes:
        variable: code of the variable.
        values: codes, or expressions: ``*`` all, ``33*`` and ``??`` wildcards, ``top(5)`` the
            newest five, ``top(5,1)`` the five before the newest, ``bottom(5)`` the oldest five,
            ``from(2015)``, ``to(2020)``, ``range(2015,2020)`` (both ends within;
            ``to(2020)`` holds ``2020M12``). A provider turns them into its own form.
        code_list: id of another set of values to choose from, if any.
    """

    variable: str
    values: tuple[str, ...]
    code_list: str | None = None

    @staticmethod
    def parse(text: str) -> Selection:
        """Read ``Region=3301,0301``, ``Region@agg_KommSummer=K-3301`` or ``Tid=top(5)``.

        Raises:
            UserError: ``sources_selection``: it is not of that form.
        """
        left, sign, right = text.partition("=")
        variable, _, code_list = left.strip().partition("@")
        values = tuple(v.strip() for v in re.split(r",(?![^(\[]*[)\]])", right) if v.strip())
        if not sign or not variable or not values:
            raise UserError("sources_selection", given=text)
        return Selection(variable, tuple(v.strip("[]") for v in values), code_list or None)

    @property
    def plain(self) -> bool:
        """Whether all values are codes, so that their number is known beforehand."""
        return not any(_EXPRESSION.search(v) for v in self.values)

    def chosen(self, codes: Sequence[str]) -> list[str]:
        """The codes meant, of the variable's codes in the producer's order (oldest first).

        Raises:
            UserError: ``sources_unknown_value`` for codes that there are not.
        """
        meant = (_meant(value, codes, self.variable) for value in self.values)
        return list(dict.fromkeys(chain.from_iterable(meant)))


def _meant(value: str, codes: Sequence[str], variable: str) -> list[str]:
    call = re.fullmatch(r"(top|bottom|from|to|range)\((.+)\)", value, re.IGNORECASE)
    if value == "*" or value.casefold() == "all":
        return list(codes)
    if call is not None:
        name, given = call[1].casefold(), [g.strip() for g in call[2].split(",")]
        if len(given) != 1 + (name == "range") and not (name in _ENDS and len(given) == 2):
            raise UserError("sources_selection", given=value)
        if name in _ENDS:
            if not all(g.isdigit() for g in given):
                raise UserError("sources_selection", given=value)
            n, skipped = int(given[0]), int(given[1]) if len(given) > 1 else 0
            ranked = list(codes) if name == "bottom" else list(reversed(codes))
            some = set(ranked[skipped : skipped + n])
            return [c for c in codes if c in some]
        if name == "from":
            return [c for c in codes if c >= given[0]]
        if name == "to":
            return [c for c in codes if c[: len(given[0])] <= given[0]]
        return [c for c in codes if given[0] <= c and c[: len(given[1])] <= given[1]]
    if "*" in value or "?" in value:
        form = re.escape(value).replace(r"\*", ".*").replace(r"\?", ".")
        return [c for c in codes if re.fullmatch(form, c)]
    if value in codes:
        return [value]
    shown = ", ".join(list(codes)[:12])
    raise UserError("sources_unknown_value", given=value, variable=variable, known=shown)


@dataclass(frozen=True, eq=False)
class Fetched:
    """Figures as fetched.

    Attributes:
        dataset: the cube.
        origin: where it comes from; ``id`` is ``<provider>_<table>`` in small letters, digits
            and ``_``; ``version`` is the producer's date of publication, ``retrieved`` the day
            of the fetch.
        requests: the questions that were asked; more than one where the answer was parted.
        stale: whether some part is what was kept before, because the provider failed now.
    """

    dataset: Dataset
    origin: Origin
    requests: tuple[Request, ...] = field(default=())
    stale: bool = False


class Provider(Protocol):
    """One provider. All have this shape, and pass one contract test."""

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        ...

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables whose title (or what the provider looks through) holds the words.

        Raises:
            UserError: ``sources_no_search`` where the provider cannot be searched; what
                :meth:`jevn.sources.transport.Transport.fetch` raises.
        """
        ...

    def describe(self, table: str) -> TableInfo:
        """Variables, values and notes of a table.

        Raises:
            UserError: ``sources_unknown_table``; what the transport raises.
        """
        ...

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table.

        Variables not chosen take all values, or are left out where the provider can add them up
        (``Variable.required`` false).
        An answer larger than the provider gives is asked for in parts and put together. A part
        that fails does not lose the others: they are kept, and the next try goes on from there.

        Raises:
            UserError: ``sources_unknown_table``, ``sources_unknown_variable``,
                ``sources_unknown_value``; ``sources_part`` when some parts came and one failed;
                what the transport raises.
        """
        ...


Maker = Callable[[Transport], Provider]
