"""Rows as CSV text, the same bytes everywhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping


def csv_text(rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV text: comma, line feed, columns in order of first appearance, empty for none."""
    every = list(rows)
    columns = list(dict.fromkeys(name for row in every for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in every:
        writer.writerow({k: "" if v is None else v for k, v in row.items()})
    return out.getvalue()
