"""Files beside the pages: the charts of a page, and a chart's numbers as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from jevn.publishing.chart import Chart


def charts_in(value: Any) -> Iterator[Chart]:
    """Every chart in a page context, in order."""
    if isinstance(value, Chart):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from charts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from charts_in(getattr(value, field.name))


def chart_csv(chart: Chart) -> str:
    """The numbers of a chart as CSV: comma, decimal point, empty cells for missing values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(chart.table.headings)
    writer.writerows(["" if cell is None else cell for cell in row] for row in chart.table.rows)
    return out.getvalue()
