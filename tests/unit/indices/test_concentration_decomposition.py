"""Decomposition of concentration indices by determinants."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import Bootstrap, decompose_concentration_index
from jevn.terms import LANGUAGES, Say

VARIANTS = ("relative", "generalised", "erreygers", "wagstaff")


def persons(seed=1, n=400):
    rng = np.random.default_rng(seed)
    income = np.round(rng.lognormal(3, 0.5, n), 1)
    school = np.where(income + rng.normal(0, 8, n) > 20, "high", "low").astype(object)
    school[income < 9] = "none"
    age = rng.uniform(20, 80, n)
    ill = np.clip(0.7 - 0.008 * income + 0.004 * age + 0.1 * rng.normal(size=n), 0, 1)
    return ill, income, {"age": age, "school": school}, rng.uniform(0.5, 3, n)


def slow_rank(w, order):
    """Share of persons below, and half of those level."""
    return np.array([(w[order < o].sum() + w[order == o].sum() / 2) / w.sum() for o in order])


def slow_concentration(w, x, order):
    rank = slow_rank(w, order)
    mean = (w * x).sum() / w.sum()
    mean_rank = (w * rank).sum() / w.sum()
    return 2 * (w * (x - mean) * (rank - mean_rank)).sum() / w.sum() / mean


def test_contributions_are_elasticity_times_concentration():
    y, order, determinants, w = persons()
    found = decompose_concentration_index(y, order, determinants, weights=w)
    dummies = {name: (determinants["school"] == name).astype(float) for name in ("low", "none")}
    columns = {"age": determinants["age"], **dummies}
    design = np.column_stack([np.ones(len(y)), *columns.values()])
    root = np.sqrt(w)
    beta = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0]
    mean = (w * y).sum() / w.sum()
    total = 0.0
    for (name, x), slope in zip(columns.items(), beta[1:], strict=True):
        label = "age" if name == "age" else "school"
        category = "" if name == "age" else name
        column = next(d for d in found.determinants if (d.label, d.name) == (label, category))
        share = (w * x).sum() / w.sum()
        c = slow_concentration(w, x, order)
        assert column.coefficient == pytest.approx(slope)
        assert column.elasticity == pytest.approx(slope * share / mean)
        assert column.concentration == pytest.approx(c)
        part = found.part("determinant", label, category)
        assert part.estimate == pytest.approx(slope * share / mean * c)
        total += part.estimate
    assert found.index == pytest.approx(slow_concentration(w, y, order))
    assert found.part("residual").estimate == pytest.approx(found.index - total)
    # The residual is the generalised concentration of what the line leaves, over the mean.
    rest = y - design @ beta
    rank = slow_rank(w, order)
    left = 2 * (w * rest * (rank - 0.5)).sum() / w.sum() / mean
    assert found.part("residual").estimate == pytest.approx(left)


def test_the_categories_of_a_determinant_are_summed():
    y, order, determinants, w = persons()
    found = decompose_concentration_index(y, order, determinants, weights=w)
    names = ("high", "low", "none")
    parts = [found.part("determinant", "school", name).estimate for name in names]
    assert parts[0] == 0.0
    assert found.part("determinant", "school").estimate == pytest.approx(sum(parts))
    percents = [
        found.part("determinant", "age").percent,
        found.part("determinant", "school").percent,
        found.part("residual").percent,
    ]
    assert sum(percents) == pytest.approx(100)


def test_the_sum_of_categories_does_not_depend_on_the_one_left_out():
    y, order, determinants, w = persons()
    renamed = {
        **determinants,
        "school": [{"high": "z", "low": "b", "none": "a"}[s] for s in determinants["school"]],
    }
    one = decompose_concentration_index(y, order, determinants, weights=w)
    other = decompose_concentration_index(y, order, renamed, weights=w)
    assert other.part("determinant", "school").estimate == pytest.approx(
        one.part("determinant", "school").estimate
    )
    assert other.part("determinant", "age").estimate == pytest.approx(
        one.part("determinant", "age").estimate
    )


@given(st.integers(0, 10_000), st.floats(1.0, 5.0), st.integers(20, 60))
def test_percentages_are_the_same_in_all_variants(seed, high, n):
    y, order, determinants, w = persons(seed, n)
    found = [
        decompose_concentration_index(
            y, order, {"age": determinants["age"]}, weights=w, variant=v, bounds=(-0.5, high + 0.1)
        )
        for v in VARIANTS
    ]
    for one in found[1:]:
        for mine, first in zip(one.parts, found[0].parts, strict=True):
            assert mine.percent == pytest.approx(first.percent, rel=1e-9)


def test_variants_have_the_factors_of_their_definitions():
    y, order, determinants, w = persons()
    mean = (w * y).sum() / w.sum()
    c = slow_concentration(w, y, order)
    a, b = -0.5, 2.0
    expected = {
        "relative": c,
        "generalised": mean * c,
        "erreygers": 4 * mean * c / (b - a),
        "wagstaff": mean * (b - a) * c / ((b - mean) * (mean - a)),
    }
    for variant, value in expected.items():
        found = decompose_concentration_index(
            y, order, determinants, weights=w, variant=variant, bounds=(a, b)
        )
        assert found.index == pytest.approx(value)


def test_row_order_and_ties_do_not_matter():
    y, order, determinants, w = persons()
    order = np.round(order, -1)
    mixed = np.random.default_rng(3).permutation(len(y))
    one = decompose_concentration_index(y, order, determinants, weights=w)
    other = decompose_concentration_index(
        y[mixed],
        order[mixed],
        {label: np.asarray(v)[mixed] for label, v in determinants.items()},
        weights=w[mixed],
    )
    for mine, its in zip(one.parts, other.parts, strict=True):
        assert mine.estimate == pytest.approx(its.estimate, abs=1e-12)


def test_a_weight_of_two_is_a_person_twice():
    y, order, determinants, _ = persons(n=60)
    times = np.random.default_rng(2).integers(1, 4, 60)
    one = decompose_concentration_index(y, order, determinants, weights=times)
    other = decompose_concentration_index(
        np.repeat(y, times),
        np.repeat(order, times),
        {label: np.repeat(v, times) for label, v in determinants.items()},
    )
    for mine, its in zip(one.parts, other.parts, strict=True):
        assert mine.estimate == pytest.approx(its.estimate, abs=1e-12)


def test_persons_lacking_something_are_left_out_with_a_note():
    y, order, determinants, w = persons(n=50)
    school = determinants["school"].copy()
    y[3], order[7], w[9], school[11], school[12] = np.nan, np.nan, 0.0, None, ""
    found = decompose_concentration_index(y, order, {"school": school}, weights=w)
    assert found.persons == 45
    assert found.note == "indices.note.left_out"
    kept = [at for at in range(50) if at not in (3, 7, 9, 11, 12)]
    alone = decompose_concentration_index(
        y[kept], order[kept], {"school": school[kept]}, weights=w[kept]
    )
    assert alone.index == pytest.approx(found.index)


def test_limits_come_from_a_seed_and_hold_the_estimate():
    y, order, determinants, w = persons()

    def limits(**choices):
        found = decompose_concentration_index(
            y, order, determinants, weights=w, bootstrap=Bootstrap(times=200, **choices)
        )
        return found.part("determinant", "age"), found

    one, found = limits(seed=4)
    assert (found.method, found.level) == ("bootstrap", 0.95)
    assert limits(seed=4)[0] == one
    assert limits(seed=5)[0] != one
    for part in found.parts:
        assert part.lower <= part.estimate <= part.upper
    narrow = limits(seed=4, level=0.5)[0]
    assert one.lower < narrow.lower < narrow.upper < one.upper
    assert found.parts[0].percent_lower == pytest.approx(100)


def test_the_bootstrap_agrees_with_drawing_rows():
    y, order, determinants, w = persons(n=120)
    age = {"age": determinants["age"]}
    rng = np.random.default_rng(8)
    drawn = []
    for _ in range(400):
        at = rng.integers(0, 120, 120)
        one = decompose_concentration_index(
            y[at], order[at], {"age": age["age"][at]}, weights=w[at]
        )
        drawn.append(one.part("determinant", "age").estimate)
    found = decompose_concentration_index(
        y, order, age, weights=w, bootstrap=Bootstrap(times=400, seed=1)
    )
    assert found.part("determinant", "age").se == pytest.approx(np.std(drawn), rel=0.15)


def test_clusters_are_drawn_whole():
    y, order, determinants, w = persons(n=100)
    twice = {label: np.tile(v, 5) for label, v in determinants.items()}
    clusters = np.tile(np.arange(100), 5)

    def error(bootstrap):
        found = decompose_concentration_index(
            np.tile(y, 5), np.tile(order, 5), twice, weights=np.tile(w, 5), bootstrap=bootstrap
        )
        return found.parts[0].se

    # Five copies of everyone say no more than one; drawn as persons they seem to.
    ratio = error(Bootstrap(times=300, clusters=clusters)) / error(Bootstrap(times=300))
    assert ratio == pytest.approx(np.sqrt(5), rel=0.2)


def test_no_inequality_has_no_percentages():
    found = decompose_concentration_index([1.0] * 6, range(6), {"x": [1, 0, 1, 1, 0, 0]})
    assert found.index == 0
    assert found.note == "indices.note.zero_index"
    assert {part.percent for part in found.parts} == {None}


def test_a_mean_of_zero_has_a_note():
    y = [-1.0, 1.0, -1.0, 1.0]
    found = decompose_concentration_index(y, range(4), {"x": [0, 1, 1, 0]})
    assert found.index is None
    assert found.note == "indices.note.zero_mean"
    absolute = decompose_concentration_index(
        y, range(4), {"x": [0, 1, 1, 0]}, variant="generalised"
    )
    assert absolute.index == pytest.approx(0.25)


GOOD = {"outcome": [0.1, 0.4, 0.3, 0.2], "rank": [1, 2, 3, 4], "determinants": {"x": [1, 2, 2, 5]}}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"rank": [1, 2]}, "ranks"),
        ({"outcome": [[1, 2]]}, "outcome"),
        ({"determinants": {}}, "no determinants"),
        ({"determinants": {"x": [1, 2]}}, "x: shape"),
        ({"determinants": {"x": [1, 1, 1, 1]}}, "same for all"),
        ({"determinants": {"x": [1, 2, 2, 5], "z": [2, 4, 4, 10]}}, "follows from"),
        ({"weights": [1, 1, -1, 1]}, "negative"),
        ({"weights": [0, 0, 0, 0]}, "no persons"),
        ({"variant": "other"}, "no variant"),
        ({"variant": "erreygers"}, "bounds"),
        ({"variant": "wagstaff", "bounds": (0.2, 1.0)}, "outside"),
        ({"bootstrap": Bootstrap(times=5, clusters=[1, 2])}, "clusters"),
    ],
)
def test_faults_of_the_call_are_refused(change, word):
    with pytest.raises(ValueError, match=word):
        decompose_concentration_index(**{**GOOD, **change})


def test_impossible_bootstraps_are_refused():
    with pytest.raises(ValueError, match="times"):
        Bootstrap(times=1)
    with pytest.raises(ValueError, match="level"):
        Bootstrap(level=1)


def test_inputs_are_not_changed():
    y, order, determinants, w = persons(n=50)
    copies = [v.copy() for v in (y, order, w, *determinants.values())]
    decompose_concentration_index(y, order, determinants, weights=w, bootstrap=Bootstrap(times=3))
    for before, after in zip(copies, (y, order, w, *determinants.values()), strict=True):
        np.testing.assert_array_equal(before, after)


def test_notes_have_texts():
    for name in ("left_out", "zero_index", "zero_mean"):
        assert all(Say(lang)(f"indices.note.{name}") for lang in LANGUAGES)


def table(shared_data, name):
    path = shared_data / "data" / name
    if not path.exists():
        pytest.skip("the data are not here")
    return pl.read_csv(path, infer_schema_length=None)


def test_chronic_conditions_of_the_elderly(shared_data):
    rows = table(shared_data, "individual-health/meps-2003-elderly.csv")
    y, income = rows["totchr"].to_numpy(), rows["income"].to_numpy()
    given_ = {name: rows[name].to_numpy() for name in ("age", "female", "educyr", "black")}
    found = decompose_concentration_index(y, income, given_, bootstrap=Bootstrap(times=50))
    assert found.index < 0  # more conditions among the poor
    assert found.part("index").upper < 0
    rest = [p.percent for p in found.parts[1:]]
    assert sum(rest) == pytest.approx(100)
    assert found.part("determinant", "female").percent > 0


def test_the_sample_where_another_package_disagrees_with_itself(shared_data):
    rows = table(shared_data, "r-package-samples/rineq_housing.csv")
    y, income = rows["high.bmi"].to_numpy(), rows["income"].to_numpy()
    given_ = {name: rows[name].to_list() for name in ("sex", "tenure", "place")}
    given_["age"] = rows["age"].to_list()
    found = [
        decompose_concentration_index(y, income, given_, variant=v, bounds=(0, 1)) for v in VARIANTS
    ]
    for one in found:
        assert [p.percent for p in one.parts] == pytest.approx([p.percent for p in found[0].parts])
    assert found[0].index == pytest.approx(
        slow_concentration(np.ones(len(y)), y.astype(float), income)
    )
