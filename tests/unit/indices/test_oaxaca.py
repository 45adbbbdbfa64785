"""Oaxaca–Blinder decompositions."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import Bootstrap, oaxaca_blinder

REFERENCES = ("one", "other", "pooled", "pooled_with_group", "reimers", "cotton")


def persons(seed=1, n=300):
    rng = np.random.default_rng(seed)
    one = rng.random(n) < 0.4
    age = rng.uniform(20, 70, n) + 5 * one
    school = rng.choice(["a", "b", "c"], n, p=[0.3, 0.4, 0.3]).astype(object)
    # Every category in both groups, also in small samples.
    school[:6], one[:6] = ["a", "b", "c"] * 2, [True] * 3 + [False] * 3
    effect = np.select([school == "a", school == "b"], [0.0, 1.0], 2.5)
    y = 3 + 0.05 * age + effect * (1 + 0.5 * one) + one + rng.normal(0, 1, n)
    return y, one, {"age": age, "school": school}, rng.uniform(0.5, 2, n)


def slow(y, one, columns, w, reference):
    """With explicit matrices, from the textbook (Jann 2008)."""

    def line(keep, *extra):
        design = np.column_stack([np.ones(keep.sum()), columns[keep], *(e[keep] for e in extra)])
        root = np.sqrt(w[keep])
        return np.linalg.lstsq(design * root[:, None], y[keep] * root, rcond=None)[0]

    everyone = np.ones(len(y), dtype=bool)
    a, b = line(one), line(~one)
    k = len(a)
    share = w[one].sum() / w.sum()
    best = {
        "one": a,
        "other": b,
        "pooled": line(everyone),
        "pooled_with_group": line(everyone, one.astype(float))[:k],
        "reimers": (a + b) / 2,
        "cotton": share * a + (1 - share) * b,
    }[reference]
    full = np.column_stack([np.ones(len(y)), columns])
    x_a, x_b = (np.average(full[g], axis=0, weights=w[g]) for g in (one, ~one))
    return {
        "explained": ((x_a - x_b) * best)[1:],
        "unexplained": (x_a * (a - best) + x_b * (best - b)).sum() if k else 0,
        "endowments": ((x_a - x_b) * b)[1:],
        "coefficients": x_b * (a - b),
        "interaction": ((x_a - x_b) * (a - b))[1:],
    }


@pytest.mark.parametrize("reference", REFERENCES)
def test_parts_are_those_of_explicit_matrices(reference):
    y, one, determinants, w = persons()
    school = determinants["school"]
    columns = np.column_stack([determinants["age"], school == "b", school == "c"]).astype(float)
    expected = slow(y, one, columns, w, reference)
    found = oaxaca_blinder(y, one, determinants, weights=w, reference=reference, normalise=False)
    where = [("age", ""), ("school", "b"), ("school", "c")]
    for component in ("explained", "endowments", "interaction"):
        mine = [found.part(component, *at).estimate for at in where]
        np.testing.assert_allclose(mine, expected[component], atol=1e-9)
        assert found.part(component).estimate == pytest.approx(expected[component].sum())
    assert found.part("unexplained").estimate == pytest.approx(expected["unexplained"])
    mine = [found.part("coefficients", *at).estimate for at in [("(constant)", ""), *where]]
    np.testing.assert_allclose(mine, expected["coefficients"], atol=1e-9)


@given(st.integers(0, 10_000), st.sampled_from(REFERENCES), st.booleans(), st.integers(30, 80))
def test_parts_add_up_exactly(seed, reference, normalise, n):
    y, one, determinants, w = persons(seed, n)
    found = oaxaca_blinder(
        y, one, determinants, weights=w, reference=reference, normalise=normalise
    )
    difference = np.average(y[one], weights=w[one]) - np.average(y[~one], weights=w[~one])
    value = {p: found.part(p).estimate for p in ("explained", "unexplained", "endowments")}
    assert found.part("difference").estimate == pytest.approx(difference, abs=1e-10)
    assert value["explained"] + value["unexplained"] == pytest.approx(difference, abs=1e-8)
    rest = found.part("coefficients").estimate + found.part("interaction").estimate
    assert value["endowments"] + rest == pytest.approx(difference, abs=1e-8)
    for component in ("explained", "unexplained", "coefficients"):
        detail = found.part(component, "age").estimate + found.part(component, "school").estimate
        if component != "explained":
            detail += found.part(component, "(constant)").estimate
        assert detail == pytest.approx(found.part(component).estimate, abs=1e-8)


def test_normalised_parts_do_not_depend_on_the_category_left_out():
    y, one, determinants, w = persons()
    names = {"a": "z", "b": "y", "c": "x"}
    turned = {**determinants, "school": [names[s] for s in determinants["school"]]}
    for reference in REFERENCES:
        first, second = (
            oaxaca_blinder(y, one, d, weights=w, reference=reference)
            for d in (determinants, turned)
        )
        for component in ("explained", "unexplained", "coefficients"):
            for old, new in names.items():
                assert first.part(component, "school", old).estimate == pytest.approx(
                    second.part(component, "school", new).estimate, abs=1e-9
                )
    plain = [
        oaxaca_blinder(y, one, d, weights=w, normalise=False).part("unexplained", "school").estimate
        for d in (determinants, turned)
    ]
    assert abs(plain[0] - plain[1]) > 0.1


def test_normalising_leaves_the_totals():
    y, one, determinants, w = persons()
    for reference in REFERENCES:
        plain, normal = (
            oaxaca_blinder(y, one, determinants, weights=w, reference=reference, normalise=n)
            for n in (False, True)
        )
        for component in ("explained", "unexplained", "endowments", "interaction"):
            assert plain.part(component).estimate == pytest.approx(normal.part(component).estimate)


def test_the_other_way_round_the_sign_turns():
    y, one, determinants, w = persons()
    there = oaxaca_blinder(y, one, determinants, weights=w, reference="one")
    back = oaxaca_blinder(y, ~one, determinants, weights=w, reference="other")
    for component in ("difference", "explained", "unexplained"):
        assert there.part(component).estimate == pytest.approx(-back.part(component).estimate)


def test_equal_coefficients_leave_only_what_is_explained():
    _, one, determinants, w = persons()
    y = 2 + 0.3 * determinants["age"]
    found = oaxaca_blinder(y, one, {"age": determinants["age"]}, weights=w)
    assert found.part("explained").percent == pytest.approx(100)
    assert found.part("unexplained").estimate == pytest.approx(0, abs=1e-9)


def test_limits_come_from_a_seed_and_hold_the_estimate():
    y, one, determinants, w = persons()
    chosen = Bootstrap(times=150, seed=3)
    found = oaxaca_blinder(y, one, determinants, weights=w, bootstrap=chosen)
    again = oaxaca_blinder(y, one, determinants, weights=w, bootstrap=chosen)
    assert found == again
    for component in ("difference", "explained", "unexplained"):
        part = found.part(component)
        assert part.lower < part.estimate < part.upper
    # The error of a difference of two means within fixed groups.
    a, b = (
        np.average((y[g] - np.average(y[g], weights=w[g])) ** 2, weights=w[g]) for g in (one, ~one)
    )
    sizes = [w[g].sum() ** 2 / (w[g] ** 2).sum() for g in (one, ~one)]
    assert found.part("difference").se == pytest.approx(
        np.sqrt(a / sizes[0] + b / sizes[1]), rel=0.2
    )


def test_clusters_may_span_both_groups():
    y, one, determinants, w = persons()
    clusters = np.arange(len(y)) // 10
    found = oaxaca_blinder(
        y, one, determinants, weights=w, bootstrap=Bootstrap(times=50, clusters=clusters)
    )
    assert found.method == "bootstrap"
    assert found.part("explained").se > 0


def test_persons_lacking_something_are_left_out_with_a_note():
    y, one, determinants, w = persons()
    y[4] = np.nan
    found = oaxaca_blinder(y, one, determinants, weights=w)
    assert sum(found.persons) == len(y) - 1
    assert found.note == "indices.note.left_out"


def test_no_difference_has_no_percentages():
    x = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]
    found = oaxaca_blinder(x, [True] * 3 + [False] * 3, {"x": x})
    assert found.note == "indices.note.zero_difference"
    assert found.part("explained").percent is None


GOOD = {
    "outcome": [1.0, 2.0, 4.0, 1.0, 3.0, 3.0],
    "one": [True, True, True, False, False, False],
    "determinants": {"x": [1, 2, 3, 1, 2, 4]},
}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"one": [1, 1, 1, 0, 0, 0]}, "truths"),
        ({"one": [True]}, "one"),
        ({"one": [True] * 6}, "a group has no persons"),
        ({"weights": [1, 1, 1, 1, 1, -1]}, "negative"),
        ({"reference": "both"}, "no reference"),
        ({"determinants": {"x": [1, 1, 1, 1, 2, 4]}}, "same for all"),
    ],
)
def test_faults_of_the_call_are_refused(change, word):
    with pytest.raises(ValueError, match=word):
        oaxaca_blinder(**{**GOOD, **change})


def test_visits_to_the_doctor_of_women_and_men_in_germany(shared_data):
    path = shared_data / "data/individual-health/rwm5yr-germany-1984-1988.csv"
    if not path.exists():
        pytest.skip("the data are not here")
    rows = pl.read_csv(path)
    women = rows["female"].to_numpy() == 1
    given_ = {name: rows[name].to_numpy() for name in ("age", "hhninc", "outwork", "educ")}
    visits = rows["docvis"].to_numpy().astype(float)
    found = oaxaca_blinder(
        visits,
        women,
        given_,
        reference="pooled_with_group",
        bootstrap=Bootstrap(times=20, clusters=rows["id"].to_numpy()),
    )
    difference = visits[women].mean() - visits[~women].mean()
    assert found.part("difference").estimate == pytest.approx(difference)
    parts = found.part("explained").estimate + found.part("unexplained").estimate
    assert parts == pytest.approx(difference)
    assert found.part("explained", "outwork").estimate > 0
