"""Indices on published figures of England and WHO."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from jevn.indices import (
    GroupedData,
    difference,
    proportion,
    ratio,
    relative_concentration_index,
    sii_linear,
    stacked,
)
from jevn.terms import Polarity, Scale


@pytest.fixture(scope="module")
def reference(shared_data):
    return shared_data / "data" / "inequality-reference"


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_limits_of_obesity_in_england_equal_the_published(reference):
    rows = rows_of(reference / "england-childhood-obesity-by-decile.csv")
    assert len(rows) > 200
    for row in rows:
        found = proportion(float(row["Count"]), float(row["Measured"])).times(100)
        assert found.estimate == pytest.approx(float(row["Rate"]), abs=1e-9)
        assert found.lower == pytest.approx(float(row["LCL"]), abs=1e-6)
        assert found.upper == pytest.approx(float(row["UCL"]), abs=1e-6)


def deciles(reference):
    """Each period and school year: ten deciles, 1 the most deprived."""
    settings = {}
    for row in rows_of(reference / "england-childhood-obesity-by-decile.csv"):
        settings.setdefault((row["Period"], row["SchoolYear"]), []).append(row)
    return {
        key: GroupedData(
            tuple(float(r["Rate"]) for r in rows),
            tuple(float(r["Measured"]) for r in rows),
            tuple(float(r["SE"]) for r in rows),
            tuple(float(r["Decile"]) for r in rows),
            Scale.PERCENT,
            Polarity.ADVERSE,
        )
        for key, rows in settings.items()
    }


def test_the_slope_of_obesity_in_england_is_that_of_least_squares(reference):
    settings = deciles(reference)
    together = sii_linear(stacked(list(settings.values())))
    for at, data in enumerate(settings.values()):
        y, w = np.array(data.estimates), np.array(data.populations)
        rank = (np.cumsum(w) - w / 2) / w.sum()
        design = np.column_stack([np.ones_like(rank), rank])
        root = np.sqrt(w)
        (_, slope), *_ = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)
        assert together.estimate[at] == pytest.approx(slope, rel=1e-9)
        assert together.upper[at] < 0, "the poorest tenth is surely heavier, every year"


def test_attended_births_of_the_sample_by_hand(reference):
    rows = rows_of(reference / "who-hidr-orderedsample.csv")
    data = GroupedData(
        tuple(float(r["estimate"]) for r in rows),
        tuple(float(r["population"]) for r in rows),
        tuple(float(r["se"]) for r in rows),
        tuple(float(r["subgroup_order"]) for r in rows),
        Scale.PERCENT,
        Polarity.FAVOURABLE,
    )
    assert difference(data).estimate == pytest.approx(99.22405242919922 - 75.60530090332031)
    assert ratio(data).estimate == pytest.approx(99.22405242919922 / 75.60530090332031)
    y, w = np.array(data.estimates), np.array(data.populations)
    p = w / w.sum()
    rank = np.cumsum(p) - p / 2
    mean = float(p @ y)
    # The file's own average is that of its subgroups, to the rounding of its weights.
    assert mean == pytest.approx(float(rows[0]["setting_average"]), abs=0.2)
    covariance = float(p @ ((y - mean) * (rank - 0.5)))
    assert relative_concentration_index(data).estimate == pytest.approx(2 * covariance / mean)
