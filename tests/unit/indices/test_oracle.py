"""Indices against values computed with base R and PHEindicatormethods (outside this project)."""

from __future__ import annotations

import csv
import json
import math

import pytest

from jevn.indices import (
    GroupedData,
    absolute_concentration_index,
    proportion,
    rate,
    relative_concentration_index,
    rii_linear,
    sii_linear,
)

REFERENCE = {
    "sii_wls": lambda d: sii_linear(d, variance="classical"),
    "sii_wls_hc1": lambda d: sii_linear(d, variance="hc1"),
    "sii_wls_delta": sii_linear,
    "rii_wls_ratio": rii_linear,
    "rci_cov": relative_concentration_index,
    "aci_cov": absolute_concentration_index,
}


def close(found, expected):
    return math.isclose(found, expected, rel_tol=1e-8, abs_tol=1e-8)


@pytest.fixture(scope="module")
def oracle(shared_data):
    return shared_data / "oracles" / "inequality"


@pytest.fixture(scope="module")
def expected(oracle):
    return json.loads((oracle / "expected.json").read_text("utf-8"))


def settings_of(path, setting="setting"):
    found = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row[setting], []).append(row)
    return {
        name: GroupedData(
            estimates=tuple(float(r["estimate"]) for r in rows),
            populations=tuple(float(r["population"]) for r in rows),
            standard_errors=tuple(float(r["se"]) for r in rows),
            orders=tuple(float(r["subgroup_order"]) for r in rows),
        )
        for name, rows in found.items()
    }


@pytest.mark.parametrize("name", REFERENCE)
def test_index_equals_the_reference_in_r(name, oracle, expected):
    rows = [r for r in expected["reference"] if r["measure"] == name]
    assert rows
    for row in rows:
        data = settings_of(oracle / f"{row['dataset']}.csv")[row["group"]]
        result = REFERENCE[name](data)
        assert close(result.estimate, row["estimate"])
        for part in ("se", "lower", "upper"):
            if row[part] is not None:
                assert close(getattr(result, part), row[part]), (row["group"], part)


@pytest.mark.parametrize(
    ("id", "function", "factor"),
    [("phe_proportion_wilson", proportion, 100), ("phe_rate_byars", rate, 100_000)],
)
def test_limits_equal_those_of_phe_indicator_methods(id, function, factor, expected):
    rows = next(p["rows"] for p in expected["phe"] if p["id"] == id)
    assert len(rows) > 50
    for row in rows:
        for level, name in ((0.95, "95_0cl"), (0.998, "99_8cl")):
            found = function(row["x"], row["n"], level=level).times(factor)
            assert close(found.estimate, row["value"])
            assert close(found.lower, row[f"lower{name}"]), row
            assert close(found.upper, row[f"upper{name}"]), row
