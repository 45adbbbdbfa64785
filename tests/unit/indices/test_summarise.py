"""One call for a long table: equal to single settings, in any library, faults told with place."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.indices import INDICES, GroupedData, burden_positive, summarise
from jevn.terms import LANGUAGES, InputRefused, Polarity, Say, Scale

RESULTS = [
    "index",
    "estimate",
    "se",
    "lower",
    "upper",
    "level",
    "method",
    "weights",
    "scale",
    "reference",
    "polarity",
    "groups",
    "note",
]
TABLE = pl.DataFrame(
    {
        "setting": ["b", "a", "b", "a", "a", "b", "c", "c"],
        "subgroup": ["low", "low", "mid", "mid", "high", "high", "low", "high"],
        "subgroup_order": [1, 1, 2, 2, 3, 3, 1, 2],
        "estimate": [34.0, 20.0, 27.0, 22.0, 25.0, 18.0, 40.0, None],
        "se": [1.6, 2.0, 0.9, 1.0, 1.5, 0.9, 3.0, None],
        "population": [18_900.0, 500.0, 31_400.0, 900.0, 200.0, 22_600.0, 50.0, 60.0],
        "n": [812.0, 100.0, 2140.0, 300.0, 90.0, 1733.0, 20.0, None],
        "indicator_scale": [100] * 8,
        "favourable_indicator": [0, 1, 0, 1, 1, 0, 0, 0],
        "reference_subgroup": [0, 0, 0, 1, 0, 1, 0, 0],
    }
)


def columns(row):
    """What a result row says of an index, without what the table gives it."""
    return [row[k] for k in ("estimate", "se", "lower", "upper", "method", "weights", "groups")]


def single(name):
    """The rows of one setting as grouped data, in the order of the table."""
    rows = TABLE.filter(pl.col("setting") == name)
    reference = [n for n, one in enumerate(rows["reference_subgroup"]) if one]
    return GroupedData(
        estimates=tuple(rows["estimate"]),
        populations=tuple(rows["population"]),
        standard_errors=tuple(rows["se"]),
        orders=tuple(float(v) for v in rows["subgroup_order"]),
        samples=tuple(rows["n"]),
        scale=Scale.PERCENT,
        polarity=Polarity.FAVOURABLE if rows["favourable_indicator"][0] else Polarity.ADVERSE,
        reference=reference[0] if reference else None,
    )


def same(found, expected):
    return all(
        (a is None and b is None)
        or (isinstance(a, float) and b is not None and math.isclose(a, b, rel_tol=1e-7))
        or a == b
        for a, b in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("sign", ["native", "burden"])
@pytest.mark.parametrize("name", sorted(INDICES))
def test_each_row_is_what_the_index_gives_for_the_setting_alone(name, sign):
    rows = summarise(TABLE, indices=name, sign=sign).rows(named=True)
    assert [row["setting"] for row in rows] == ["b", "a", "c"]
    for row in rows:
        result = INDICES[name](single(row["setting"]))
        if sign == "burden":
            result = burden_positive(result)
        expected = [getattr(result, k) for k in RESULTS if k in row]
        assert same(columns(row), columns(dict(zip(RESULTS, expected, strict=True)))), row
        if result.note:
            assert row["note"] == result.note.removeprefix("indices.note.")


def test_the_columns_are_the_keys_and_then_those_of_every_result():
    table = TABLE.with_columns(year=pl.lit(2024))
    assert summarise(table, by=["year", "setting"]).columns == ["year", "setting", *RESULTS]
    assert summarise(table.drop("year")).columns == ["setting", *RESULTS]
    alone = table.filter(pl.col("setting") == "a").drop("setting", "year")
    assert summarise(alone).columns == RESULTS


def test_the_facts_of_a_setting_stand_in_its_rows():
    row = summarise(TABLE, indices="d").row(0, named=True)
    facts = {k: row[k] for k in ("scale", "reference", "polarity", "level", "weights", "groups")}
    assert facts == {
        "scale": "percent",
        "reference": "high",
        "polarity": "adverse",
        "level": 0.95,
        "weights": "population",
        "groups": 3,
    }
    assert summarise(TABLE.drop("subgroup"), indices="d")["reference"].to_list() == [2, 1, None]


def test_pandas_arrow_and_lazy_tables_give_the_same_in_their_own_library():
    pandas = pytest.importorskip("pandas")
    pyarrow = pytest.importorskip("pyarrow")
    expected = summarise(TABLE).rows()
    lazy = summarise(TABLE.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect().rows() == expected
    from_arrow = summarise(TABLE.to_arrow())
    assert isinstance(from_arrow, pyarrow.Table)
    assert pl.from_arrow(from_arrow).rows() == expected
    frame = pandas.DataFrame({s.name: s.to_list() for s in TABLE}).set_index("n", drop=False)
    before = frame.copy()
    from_pandas = summarise(frame)
    assert isinstance(from_pandas, pandas.DataFrame)
    found = from_pandas.astype(object).where(from_pandas.notna(), None)
    assert list(found.itertuples(index=False, name=None)) == expected
    assert frame.equals(before)


def test_the_table_given_is_not_changed():
    before = TABLE.clone()
    summarise(TABLE)
    assert TABLE.equals(before)


@given(st.permutations(range(TABLE.height)))
@settings(max_examples=20)
def test_rows_may_stand_in_any_order(order):
    names = ["sii_linear", "rci", "d"]
    expected = summarise(TABLE, indices=names).sort("setting", "index")
    found = summarise(TABLE[list(order)], indices=names).sort("setting", "index")
    assert found.drop("estimate", "se", "lower", "upper").equals(
        expected.drop("estimate", "se", "lower", "upper")
    )
    for name in ("estimate", "se", "lower", "upper"):
        a, b = found[name].fill_null(0).to_numpy(), expected[name].fill_null(0).to_numpy()
        assert np.allclose(a, b, rtol=1e-10)


def test_many_settings_are_computed_in_parts_and_come_back_in_order(monkeypatch):
    many = pl.concat([TABLE.with_columns(place=pl.lit(n)) for n in range(40)])
    names = ["d", "sii_linear", "rci"]
    whole = summarise(many, by=["place", "setting"], indices=names)
    monkeypatch.setattr("jevn.indices.facts.CHUNK", 10)
    assert summarise(many, by=["place", "setting"], indices=names).equals(whole)
    assert whole["place"].unique(maintain_order=True).to_list() == list(range(40))


def test_indices_of_rank_are_left_out_for_groups_without_order_unless_asked_for():
    table = TABLE.with_columns(ordered_dimension=pl.lit(0))
    assert not {"sii_linear", "rci"} & set(summarise(table)["index"])
    row = summarise(table, indices="sii_linear").row(0, named=True)
    assert (row["estimate"], row["note"]) == (None, "no_order")


def test_values_are_computed_from_counts():
    table = pl.DataFrame(
        {"subgroup_order": [1, 2], "numerator": [20, 30], "denominator": [80, 100]}
    )
    row = summarise(table, indices="d", scale="percent").row(0, named=True)
    assert math.isclose(row["estimate"], 5.0)
    expected = 100 * math.sqrt(0.25 * 0.75 / 80 + 0.3 * 0.7 / 100)
    assert math.isclose(row["se"], expected)
    assert row["weights"] == "population"
    rate = summarise(table, indices="d", scale=1000).row(0, named=True)
    assert math.isclose(rate["se"], 1000 * math.sqrt(20 / 80**2 + 30 / 100**2))


def test_ties_and_gaps_in_the_order_are_answered_with_a_note():
    one = TABLE.filter(pl.col("setting") == "b")
    tied = one.with_columns(subgroup_order=pl.Series([1, 2, 2]))
    gap = one.with_columns(subgroup_order=pl.Series([1, 2, 4]))
    for table, note in ((tied, "ties"), (gap, "order_gap")):
        row = summarise(table, indices="sii_linear").row(0, named=True)
        assert row["estimate"] is not None
        assert row["note"] == note


def test_one_group_is_answered_with_a_note():
    row = summarise(TABLE.filter(pl.col("setting") == "c"), indices="d").row(0, named=True)
    assert (row["estimate"], row["note"]) == (None, "too_few_groups")


def test_every_empty_estimate_and_every_note_is_explained():
    found = summarise(TABLE)
    assert found.filter(pl.col("estimate").is_null() & pl.col("note").is_null()).is_empty()
    for note in found["note"].drop_nulls().unique():
        assert all(Say(lang)(f"indices.note.{note}") for lang in LANGUAGES)


def test_options_go_to_the_indices_that_have_them():
    one = TABLE.filter(pl.col("setting") == "b")
    found = summarise(one, indices=["d", "sii_linear"], variance="hc1")["method"].to_list()
    assert found == ["square_and_add", "hc1"]
    with pytest.raises(ValueError, match="nothing_such"):
        summarise(one, indices=["d"], nothing_such=1)


@pytest.mark.parametrize(
    ("scale", "name"),
    [
        ("percent", "percent"),
        ("Prosent", "percent"),
        (100, "percent"),
        ("proportion", "proportion"),
        (1, "proportion"),
        ("per_1000", "per 1000"),
        ("per 100 000", "per 100000"),
        ("1000", "per 1000"),
        (Scale.PER_100_000, "per 100000"),
        ("mean", "mean"),
        (Scale.YEARS, "mean"),
    ],
)
def test_a_scale_is_told_in_words_or_numbers(scale, name):
    table = pl.DataFrame({"subgroup_order": [1, 2], "estimate": [0.2, 0.3]})
    assert summarise(table, indices="d", scale=scale)["scale"].to_list() == [name]


def changed(**cells):
    """The table with the given cells of row 3 (line 5 of a file, setting a) changed."""
    return TABLE.with_columns(
        pl.Series(name, [value if n == 3 else v for n, v in enumerate(TABLE[name])], strict=False)
        for name, value in cells.items()
    )


FAULTS = {
    "no rows": (TABLE.clear(), "empty", None, None),
    "no values": (TABLE.drop("estimate"), "no_figures", None, None),
    "a text": (
        TABLE.cast({"estimate": pl.String}).with_columns(
            estimate=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("many")).otherwise("estimate")
        ),
        "not_number",
        5,
        "estimate",
    ),
    "not a number": (changed(estimate=math.nan), "not_finite", 5, "estimate"),
    "infinite": (changed(se=math.inf), "not_finite", 5, "se"),
    "negative error": (changed(se=-1.0), "negative", 5, "se"),
    "negative population": (changed(population=-1.0), "negative", 5, "population"),
    "negative order": (changed(subgroup_order=-1), "negative", 5, "subgroup_order"),
    "outside the scale": (changed(estimate=100.5), "outside", 5, "estimate"),
    "no place in the order": (changed(subgroup_order=None), "order_missing", 5, "subgroup_order"),
    "scale of several": (changed(indicator_scale=1000), "several", 5, "indicator_scale"),
    "unknown scale": (changed(indicator_scale=-3), "unknown_scale", 5, "indicator_scale"),
    "unknown polarity": (
        changed(favourable_indicator=7),
        "unknown_flag",
        5,
        "favourable_indicator",
    ),
    "unknown reference": (changed(reference_subgroup=3), "unknown_flag", 5, "reference_subgroup"),
    "two references": (
        TABLE.with_columns(reference_subgroup=1),
        "two_references",
        4,
        "reference_subgroup",
    ),
    "a group twice": (changed(subgroup="low"), "double_group", 5, "subgroup"),
    "two indicators": (
        TABLE.with_columns(indicator=pl.Series(["x", "x", "x", "y", "x", "x", "x", "x"])),
        "mixed",
        5,
        "indicator",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_is_refused_whole_with_its_place_and_remedy(fault):
    table, id, line, column = FAULTS[fault]
    with pytest.raises(InputRefused) as refused:
        summarise(table)
    problems = [p for p in refused.value.problems if p.id == f"indices_{id}"]
    assert problems
    assert (problems[0].column if column else None) == column
    if line is not None:
        assert line in [p.row for p in problems]
        told = [p for p in problems if p.row == line]
        assert "setting=" in told[0].what()
    for lang in LANGUAGES:
        assert all(p.what(lang) and p.remedy(lang) for p in problems)


def test_all_faults_are_told_at_once():
    with pytest.raises(InputRefused) as refused:
        summarise(changed(se=-1.0, population=-2.0, estimate=200.0))
    assert {p.column for p in refused.value.problems} == {"se", "population", "estimate"}


def test_many_equal_faults_are_counted():
    table = pl.DataFrame({"subgroup_order": range(1, 31), "estimate": [-1.0] * 30})
    with pytest.raises(InputRefused) as refused:
        summarise(table, scale="percent")
    assert [p.id for p in refused.value.problems] == ["indices_outside"] * 5 + ["indices_more"]
    assert refused.value.problems[-1].params["n"] == 25


def test_an_unknown_index_is_refused_with_the_nearest_name_and_the_list():
    with pytest.raises(InputRefused) as refused:
        summarise(TABLE, indices=["d", "sii-linear"])
    remedy = refused.value.problems[0].remedy("en")
    assert "“sii_linear”" in remedy
    assert "rci" in remedy


def test_an_unknown_column_is_refused_with_the_nearest_name():
    with pytest.raises(InputRefused) as refused:
        summarise(TABLE, by="seting")
    assert "“setting”" in refused.value.problems[0].remedy("en")


def test_several_indicators_without_key_are_refused_naming_the_option():
    table = TABLE.rename({"setting": "indicator"})
    with pytest.raises(InputRefused) as refused:
        summarise(table)
    assert refused.value.problems[0].column == "indicator"
    assert "--by indicator" in refused.value.problems[0].remedy()
    assert summarise(table, by="indicator", indices="d").height == 3


def test_counts_without_scale_and_unknown_words_are_refused():
    counts = pl.DataFrame({"numerator": [2, 3], "denominator": [9, 9], "subgroup_order": [1, 2]})
    with pytest.raises(InputRefused, match="--scale"):
        summarise(counts)
    with pytest.raises(InputRefused, match="parsecs"):
        summarise(TABLE, scale="parsecs")
    with pytest.raises(InputRefused, match="sideways"):
        summarise(TABLE, polarity="sideways")
    with pytest.raises(InputRefused) as refused:
        summarise(counts.with_columns(numerator=pl.Series([2, 10])), scale="percent")
    assert refused.value.problems[0].id == "indices_more_than_all"


def test_the_burden_of_values_without_polarity_is_refused():
    table = TABLE.drop("favourable_indicator")
    with pytest.raises(InputRefused) as refused:
        summarise(table, indices="sii_linear", sign="burden")
    assert refused.value.id == "indices_needs_polarity"
    found = summarise(table, indices="sii_linear", sign="burden", polarity="adverse")
    assert found["estimate"][0] > 0


@pytest.mark.parametrize("name", ["erreygers", "wagstaff", "sii_logit", "rii_logit"])
def test_an_index_that_needs_a_scale_is_refused_where_none_is_declared(name):
    if name not in INDICES:
        pytest.skip(f"no index {name} yet")
    table = TABLE.drop("indicator_scale")
    with pytest.raises(InputRefused) as refused:
        summarise(table, indices=name)
    assert refused.value.id == "indices_needs_scale"
    assert name in refused.value.problems[0].what()
    rest = summarise(table).filter(pl.col("index") == name)
    assert set(rest["note"]) <= {"no_scale", "too_few_groups"}


def test_bounds_stand_before_those_of_the_scale():
    low = summarise(TABLE, indices="erreygers", bounds=(0, 50))["estimate"][0]
    high = summarise(TABLE, indices="erreygers")["estimate"][0]
    assert math.isclose(low, 2 * high)
    with pytest.raises(InputRefused):
        summarise(TABLE, bounds=(0, 30))
    with pytest.raises(ValueError, match="bounds"):
        summarise(TABLE, bounds=(1, 1))


def test_the_samples_of_who_are_read_as_they_stand(shared_data):
    folder = shared_data / "data" / "inequality-reference"
    ordered = pl.read_csv(folder / "who-hidr-orderedsamplemultipleind.csv")
    unordered = pl.read_csv(folder / "who-hidr-nonorderedsample.csv")
    with pytest.raises(InputRefused):
        summarise(ordered)
    d = summarise(ordered, by="indicator", indices="d")
    # Quintile 5 minus quintile 1 in the file.
    assert d["scale"].to_list() == ["percent", "per 1000"]
    extremes = ordered["estimate"].to_list()
    assert np.allclose(d["estimate"], [extremes[4] - extremes[0], extremes[9] - extremes[5]])
    r = summarise(unordered, indices=["d", "r"])
    assert r["reference"].to_list() == ["aceh", "aceh"]
    assert r["groups"].to_list() == [34, 34]
    worst = unordered["estimate"].min()
    assert math.isclose(r["estimate"][0], unordered["estimate"][0] - worst, rel_tol=1e-9)


def test_settings_are_told_apart_by_missing_keys_too():
    table = TABLE.with_columns(setting=pl.col("setting").replace("c", None))
    assert summarise(table, indices="d")["setting"].to_list() == ["b", "a", None]


def test_single_settings_are_as_if_alone():
    alone = pl.concat(
        [summarise(TABLE.filter(pl.col("setting") == n), indices="rci") for n in ("b", "a", "c")],
        how="vertical_relaxed",
    )
    together = summarise(TABLE, indices="rci")
    assert alone["estimate"].to_list() == together["estimate"].to_list()


def test_an_error_of_zero_may_be_that_of_half_a_case():
    table = pl.DataFrame(
        {
            "setting": ["a"] * 3 + ["b"] * 2,
            "subgroup_order": [1, 2, 3, 1, 2],
            "estimate": [2.0, 1.0, 0.0, 20.0, 10.0],
            "se": [0.5, 0.4, 0.0, 2.0, 1.0],
            "n": [800, 700, 99, 400, 900],
            "population": [100, 200, 300, 100, 100],
        }
    )
    kept = summarise(table, indices="d", scale="percent")
    raised = summarise(table, indices="d", scale="percent", half_case=True)
    assert kept["se"].to_list()[0] == pytest.approx(0.5)
    # Half a case among a hundred: 100 sqrt(0.005 * 0.995 / 100).
    assert raised["se"].to_list()[0] == pytest.approx(
        np.hypot(0.5, 100 * np.sqrt(0.005 * 0.995 / 100))
    )
    assert raised["note"].to_list() == ["zero_error", None]
    assert raised["se"].to_list()[1] == kept["se"].to_list()[1]
