"""The people carried on as today: every table given back, every death counted, published gaps."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from jevn.impact.baseline import build_strata, project
from jevn.impact.baseline.facts import EXPECTANCY, HEALTHY, INCOME_GAP
from jevn.impact.baseline.gradients import income_target, split_deaths, split_rate
from jevn.impact.baseline.model import AGES, Baseline, Strata
from jevn.impact.baseline.projecting import Future, transition_of
from jevn.impact.baseline.schedule import SEXES, default_schedule, expectancy, years_left
from jevn.impact.population import GROUPS
from jevn.terms import InputRefused

BANDS = ("0-17", "18-24", "25-34", "35-66", "67+")


def table(**extra: object) -> pl.DataFrame:
    """One municipality: persons by sex, age band and education; a table by income beside."""
    rows = [
        {
            "place": "1",
            "year": 2026,
            "sex": sex,
            "age": band,
            "education": group,
            "income": None,
            "background": None,
            "persons": 1000.0 + 100 * i + 37 * j + 11 * k,
        }
        for i, sex in enumerate(SEXES)
        for j, band in enumerate(BANDS)
        for k, group in enumerate(GROUPS)
    ]
    whole = sum(float(str(r["persons"])) for r in rows)
    rows += [
        {**rows[0], "sex": None, "age": None, "education": None, "income": f"q{q}"}
        | {"persons": whole * share}
        for q, share in enumerate((0.1, 0.15, 0.2, 0.25, 0.3), start=1)
    ]
    return pl.DataFrame([{**r, **extra} for r in rows], infer_schema_length=None)


@pytest.fixture(scope="module")
def strata() -> Strata:
    return build_strata(table(), municipality="1")


@pytest.fixture(scope="module")
def baseline(strata: Strata) -> Baseline:
    return project(strata, steps=12)


def test_every_table_is_given_back(strata: Strata) -> None:
    assert strata.dimensions == ("sex", "education", "income")
    assert strata.persons.shape == (30, AGES)
    education, sex = np.array(strata.label("education")), np.array(strata.label("sex"))
    for row in table().filter(pl.col("sex").is_not_null()).iter_rows(named=True):
        first, _, last = str(row["age"]).replace("+", "-100").partition("-")
        ages = slice(int(first), int(last) + 1)
        here = (education == row["education"]) & (sex == row["sex"])
        assert strata.persons[here, ages].sum() == pytest.approx(row["persons"], rel=1e-9)
    income = np.array(strata.label("income"))
    assert strata.persons[income == "q5"].sum() / strata.persons.sum() == pytest.approx(0.3)


def test_what_no_table_joins_is_taken_as_independent_and_said(strata: Strata) -> None:
    income = np.array(strata.label("income"))
    education = np.array(strata.label("education"))
    for group in GROUPS:
        here = education == group
        share = strata.persons[here & (income == "q1")].sum() / strata.persons[here].sum()
        assert share == pytest.approx(0.1, abs=1e-6)
    assert "impact.assumption.strata_independent" in {m.key for m in strata.assumptions}


def test_a_dimension_without_figures_is_left_out_and_said() -> None:
    few = table().filter(pl.col("income").is_null())
    found = build_strata(few, municipality="1")
    assert found.dimensions == ("sex", "education")
    assert "impact.assumption.no_dimension" in {m.key for m in found.assumptions}


def test_persons_of_an_open_band_die_off_with_age(strata: Strata) -> None:
    old = strata.persons[:, 67:].sum(axis=0)
    assert (np.diff(old[:-1]) < 0).all()
    young = strata.persons[:, :18].sum(axis=0)
    assert young == pytest.approx(np.full(18, young[0]))


def test_tables_by_background_and_other_years_are_not_counted_twice() -> None:
    more = pl.concat(
        [table(), table(background="immigrant"), table(year=2020)], how="diagonal_relaxed"
    )
    assert build_strata(more, municipality="1").persons.sum() == pytest.approx(
        build_strata(table(), municipality="1").persons.sum()
    )


def test_coarser_strata_hold_the_same_people(strata: Strata) -> None:
    coarse, into = strata.aggregate(("education",))
    assert coarse.cells == (("basic",), ("upper_secondary",), ("higher",))
    assert coarse.persons.sum(axis=0) == pytest.approx(strata.persons.sum(axis=0))
    assert [coarse.cells[i][0] for i in into] == list(strata.label("education"))
    with pytest.raises(ValueError, match="zone"):
        strata.aggregate(("zone",))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (pl.col("persons") * -1, "baseline_negative"),
        (pl.lit("gammel").alias("age"), "baseline_age"),
        (pl.lit("2").alias("place"), "baseline_no_population"),
    ],
)
def test_faulty_figures_are_refused(change: pl.Expr, problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        build_strata(table().with_columns(change), municipality="1")
    assert refused.value.problems[0].id == problem


def test_half_a_table_is_refused_with_the_group_that_lacks() -> None:
    half = table().filter(pl.col("sex").is_null() | (pl.col("sex") == "women"))
    with pytest.raises(InputRefused) as refused:
        build_strata(half, municipality="1")
    problem = refused.value.problems[0]
    assert (problem.id, problem.column, problem.params["group"]) == (
        "baseline_missing_stratum",
        "sex",
        "men",
    )


def test_the_schedule_gives_the_published_life_expectancy() -> None:
    schedule = default_schedule()
    for i, sex in enumerate(schedule.sexes):
        for known in EXPECTANCY[sex]:
            assert expectancy(schedule.mortality[i], known.age) == pytest.approx(
                known.everyone, abs=0.01
            )
    healthy = years_left(schedule.mortality, 1 - schedule.disability).mean(axis=0)
    assert healthy[0] == pytest.approx(HEALTHY["birth"], abs=0.01)
    assert healthy[60] == pytest.approx(HEALTHY["at_60"], abs=0.01)


@pytest.mark.parametrize("sex", SEXES)
def test_the_gaps_by_education_are_the_published_ones(baseline: Baseline, sex: str) -> None:
    """SSB/FHI 2018-2024, ages 30 and 65; the first year of the projection."""
    strata = baseline.strata
    here = np.array(strata.label("sex")) == sex
    for known in EXPECTANCY[sex]:
        if known.by_education is None:
            continue
        found = []
        for group in GROUPS:
            rows = here & (np.array(strata.label("education")) == group)
            rate = baseline.deaths[0, rows].sum(axis=0) / strata.persons[rows].sum(axis=0)
            found.append(expectancy(-np.log1p(-rate), known.age))
        gaps = [known.by_education[2] - x for x in known.by_education]
        assert [found[2] - x for x in found] == pytest.approx(gaps, abs=0.05)


@pytest.mark.parametrize("sex", SEXES)
def test_the_income_line_gives_the_published_gap_between_its_ends(sex: str) -> None:
    """Kinge et al. 2019: 13.8 years (men) and 8.4 (women) at 40, top and bottom 1 per cent."""
    curve = default_schedule().mortality[SEXES.index(sex)]
    slope, fifths = income_target(sex, tuple(curve.tolist()))
    ranks = (np.arange(100) + 0.5) / 100 - 0.5
    fading = np.where(
        np.arange(AGES) < 25, 0.0, slope * (1 - np.clip((np.arange(AGES) - 30) / 70, 0, 1))
    )
    rates = split_deaths(curve, np.ones((100, AGES)), np.exp(-np.outer(ranks, fading)))
    left = years_left(rates)[:, 40]
    assert left[-1] - left[0] == pytest.approx(INCOME_GAP[sex], abs=0.05)
    assert 0 < fifths < INCOME_GAP[sex]


def test_deaths_add_up_to_the_total_in_every_year_sex_and_age(baseline: Baseline) -> None:
    schedule = default_schedule()
    for i, sex in enumerate(schedule.sexes):
        here = np.array(baseline.strata.label("sex")) == sex
        for t in range(baseline.steps):
            total = schedule.mortality[i] * np.exp(schedule.trend[i] * t)
            wanted = baseline.population[t, here].sum(axis=0) * (1 - np.exp(-total))
            assert baseline.deaths[t, here].sum(axis=0) == pytest.approx(wanted, rel=1e-9)


def test_the_years_follow_from_each_other_as_a_slow_loop_does(strata: Strata) -> None:
    moving = {sex: np.linspace(-2, 5, AGES) for sex in SEXES}
    found = project(strata, steps=4, future=Future(migration=moving))
    many = len(strata.cells)
    people = strata.persons.copy()
    for t in range(found.steps):
        ahead = np.zeros_like(people)
        for s in range(many):
            for a in range(AGES):
                dead = people[s, a] * (1 - np.exp(-found.mortality[t, s, a]))
                assert found.deaths[t, s, a] == pytest.approx(dead, rel=1e-12, abs=1e-12)
                assert found.person_years[t, s, a] == pytest.approx(people[s, a] - dead / 2)
                alive = people[s, a] - dead
                if a + 1 == found.transition_age:
                    for to in range(many):
                        ahead[to, a + 1] += alive * found.transition[s, to]
                else:
                    ahead[s, min(a + 1, AGES - 1)] += alive
        ahead[:, 0] = found.births[t]
        people = ahead + found.migration[t]
        assert found.population[t + 1] == pytest.approx(people, rel=1e-10, abs=1e-10)


def test_births_follow_fertility_and_the_share_of_boys(strata: Strata) -> None:
    one = project(strata, steps=1)
    two = project(strata, steps=1, future=Future(fertility=2.88))
    assert two.births.sum() == pytest.approx(2 * one.births.sum())
    men = np.array(strata.label("sex")) == "men"
    assert one.births[0, men].sum() / one.births.sum() == pytest.approx(0.514)
    fertile = strata.persons[~men, 15:50].sum()
    assert 0.01 < one.births.sum() / fertile < 0.1


def test_a_projected_total_is_reached(strata: Strata) -> None:
    wanted = strata.persons.sum() * 1.08
    found = project(strata, steps=10, future=Future(total=(2034, wanted)))
    assert found.population[8].sum() == pytest.approx(wanted, rel=1e-5)
    with pytest.raises(ValueError, match="2050"):
        project(strata, steps=10, future=Future(total=(2050, wanted)))
    with pytest.raises(ValueError, match="one year"):
        project(strata, steps=0)


def test_those_who_get_an_education_end_up_like_todays_young_adults(strata: Strata) -> None:
    transition = transition_of(strata)
    assert transition.sum(axis=1) == pytest.approx(np.ones(len(strata.cells)))
    education, sex = np.array(strata.label("education")), np.array(strata.label("sex"))
    for name in SEXES:
        young = np.where(sex == name, strata.persons[:, 18:25].sum(axis=1), 0.0)
        there = young @ transition
        assert there[sex != name].sum() == 0, "sex does not change"
        shares = [there[education == g].sum() / there.sum() for g in GROUPS]
        adult = [
            strata.persons[(education == g) & (sex == name), 25:35].sum()
            / strata.persons[sex == name, 25:35].sum()
            for g in GROUPS
        ]
        assert shares == pytest.approx(adult, abs=1e-6)
    [basic] = [i for i, c in enumerate(strata.cells) if c == ("women", "basic", "q1")]
    [higher] = [i for i, c in enumerate(strata.cells) if c == ("women", "higher", "q1")]
    assert transition[basic, basic] > transition[higher, basic]


def test_empty_strata_give_no_nan() -> None:
    few = table().with_columns(
        pl.when((pl.col("education") == "basic") & (pl.col("age") == "0-17"))
        .then(0.0)
        .otherwise(pl.col("persons"))
        .alias("persons")
    )
    few = few.filter(pl.col("income").is_null())
    found = project(build_strata(few, municipality="1"), steps=3)
    for part in (found.population, found.mortality, found.deaths, found.births, found.transition):
        assert np.isfinite(part).all()
    assert (found.population >= 0).all()


def test_a_rate_is_parted_so_that_the_cases_add_up() -> None:
    persons = np.array([[100.0, 0.0], [300.0, 0.0]])
    ratio = np.array([[2.0, 2.0], [1.0, 1.0]])
    rate = split_rate(np.array([0.1, 0.2]), persons, ratio)
    assert rate[:, 0] == pytest.approx([0.16, 0.08]), "40 cases: 16 of 100 and 24 of 300"
    assert np.isfinite(rate).all()


def test_all_of_elvebyen_is_given_back(elvebyen_folder: object) -> None:
    from pathlib import Path

    from jevn.planwork import read_folder

    work = read_folder(Path(str(elvebyen_folder)))
    zones = sorted(work.places.filter(pl.col("kind") == "zone")["place"].to_list())
    found = build_strata(work.population, municipality="9901", zones=zones)
    assert len(found.cells) == 2 * 3 * 5 * len(zones)
    latest = work.population.filter((pl.col("year") == found.year) & pl.col("background").is_null())
    zone, education = np.array(found.label("zone")), np.array(found.label("education"))
    for name in zones:
        for group in GROUPS:
            there = latest.filter(
                (pl.col("place") == name)
                & (pl.col("education") == group)
                & pl.col("income").is_null()
                & pl.col("sex").is_not_null()
            )["persons"].sum()
            persons = found.persons[(zone == name) & (education == group)].sum()
            assert persons == pytest.approx(there, rel=1e-3)
