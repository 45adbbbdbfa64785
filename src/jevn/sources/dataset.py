"""Statistics as fetched: a cube of cells with the words its producer says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl


class Role(StrEnum):
    """What a dimension is: time, place, or which figure."""

    TIME = "time"
    GEO = "geo"
    METRIC = "metric"


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a dimension.

    Attributes:
        code: code of the producer.
        label: its name.
        unit: unit of the figures, for categories that say which figure.
        decimals: decimals that the producer publishes.
        notes: notes of the producer.
    """

    code: str
    label: str
    unit: str | None = None
    decimals: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a cube.

    Attributes:
        code: code of the producer.
        label: its name.
        categories: its values, in the producer's order.
        role: time, place or figure, where the producer says so.
        notes: notes of the producer.
        extension: what else the producer says (reference period, price type …).
    """

    code: str
    label: str
    categories: tuple[Category, ...]
    role: Role | None = None
    notes: tuple[str, ...] = ()
    extension: dict[str, Any] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Codes of the values."""
        return [c.code for c in self.categories]

    def label_of(self, code: str) -> str:
        """Name of a value; the code itself where there is none."""
        return next((c.label for c in self.categories if c.code == code), code)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A cube as one tidy table.

    Attributes:
        label: title of the table.
        source: producer, in its own words.
        updated: when the producer published it (ISO date or time), if said.
        dimensions: the dimensions, in the order of the columns.
        table: a row per cell: the code of each dimension (``Enum`` columns in the producer's
            order), ``value`` and ``flag`` (the producer's sign where there is no plain value).
        notes: notes on the whole table.
        extension: what else the producer says.
    """

    label: str
    source: str | None
    updated: str | None
    dimensions: tuple[Dimension, ...]
    table: pl.DataFrame
    notes: tuple[str, ...] = ()
    extension: dict[str, Any] = field(default_factory=dict)

    def dimension(self, code: str) -> Dimension:
        """One dimension.

        Raises:
            KeyError: if there is no such dimension.
        """
        for one in self.dimensions:
            if one.code == code:
                return one
        raise KeyError(code)

    def role(self, role: Role) -> Dimension | None:
        """The dimension with a role, if there is one."""
        return next((d for d in self.dimensions if d.role is role), None)

    def labelled(self) -> pl.DataFrame:
        """The table with names instead of codes, under the dimensions' names.

        Where two dimensions have one name, or a name is that of another column, the code stands.
        """
        names = [d.label for d in self.dimensions] + ["value", "flag", *self.table.columns]
        columns = [
            pl.col(d.code)
            .cast(pl.String)
            .replace({c.code: c.label for c in d.categories})
            .alias(d.label if names.count(d.label) == 1 + (d.label == d.code) else d.code)
            for d in self.dimensions
        ]
        return self.table.select(*columns, "value", "flag")
