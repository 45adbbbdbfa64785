"""What the challenge profile says, on small tables whose answers are worked out by hand."""

from __future__ import annotations

import json

import polars as pl
import pytest
from pydantic import TypeAdapter

from jevn.challenges import (
    INDICATORS,
    OBSERVATIONS,
    PLACES,
    POPULATION,
    ChallengeProfile,
    Sign,
    challenge_profile,
    read_indicators,
)
from jevn.challenges.matrix import KINDS
from jevn.tables import table_from_rows
from jevn.tables.reading import empty_table
from jevn.terms import AREAS, LANGUAGES, EffortArea, Say, SocialDimension

HOME, COUNTRY = "9901", "0"
PLACE_ROWS = [
    {"place": COUNTRY, "name": "Norge", "kind": "country"},
    {"place": HOME, "name": "Elvebyen", "kind": "municipality"},
    {"place": "z1", "name": "Nord", "kind": "zone", "parent": HOME, "population": 4000},
    {"place": "z2", "name": "Sør", "kind": "zone", "parent": HOME, "population": 6000},
]


def row(place=HOME, year=2024, cases=None, of=None, indicator="i", **more):
    given = {"indicator": indicator, "place": place, "period_start": year}
    if cases is not None:
        given |= {"value": 100 * cases / of, "numerator": cases, "denominator": of}
    if "group" in more:
        more.setdefault("dimension", "education")
    return given | more


def profile(rows, population=(), indicators=None, **more):
    defaults = {"area": "arbeid", "name": "Utenfor", "scale": "percent", "polarity": "adverse"}
    listed = [defaults | {"indicator": "i"} | (indicators or {})]
    return challenge_profile(
        indicators=read_indicators(table_from_rows(INDICATORS, listed)),
        observations=table_from_rows(OBSERVATIONS, rows),
        places=table_from_rows(PLACES, PLACE_ROWS),
        population=table_from_rows(POPULATION, population),
        municipality=HOME,
        comparison=(COUNTRY,),
        **more,
    )


def status(rows, **more):
    return profile(rows, **more).indicator("i")


def gap_keys(found):
    return {m.key.removeprefix("challenges.gap.") for m in found.gaps}


def test_the_level_is_the_newest_period_with_its_wilson_interval():
    level = status([row(year=2023, cases=300, of=1000), row(cases=56, of=70)]).level
    # Newcombe 1998 (Stat Med 17: 857-872): 56/70 is 0.8000 with score limits 0.6918, 0.8769.
    assert (level.value, level.period) == (80.0, "2024")
    assert (level.lower, level.upper) == pytest.approx((69.18, 87.69), abs=0.02)


def test_a_level_surely_above_the_country_is_worse_for_an_adverse_indicator():
    rows = [row(cases=56, of=70), row(COUNTRY, cases=48, of=80)]
    one = status(rows).comparisons[0]
    # Newcombe 1998 (Stat Med 17: 873-890), example (a), method 10: 0.0524 to 0.3339.
    difference = one.difference
    assert (difference.value, difference.lower, difference.upper) == pytest.approx(
        (20.0, 5.24, 33.39), abs=5e-3
    )
    assert one.sign is Sign.WORSE
    favourable = status(rows, indicators={"polarity": "favourable"}).comparisons[0]
    assert favourable.sign is Sign.BETTER


def test_levels_that_cannot_be_told_apart_are_the_same():
    rows = [row(cases=50, of=100), row(COUNTRY, cases=480, of=1000)]
    assert status(rows).comparisons[0].sign is Sign.SAME


def test_a_level_without_interval_is_not_judged():
    found = status([row(value=12.0), row(COUNTRY, cases=480, of=1000)])
    assert found.comparisons[0].sign is Sign.UNKNOWN
    assert "no_interval" in gap_keys(found)


def test_a_country_without_interval_is_held_as_fixed_and_it_is_said():
    one = status([row(cases=56, of=70), row(COUNTRY, value=60.0)]).comparisons[0]
    assert one.sign is Sign.WORSE
    assert one.difference.note.key == "challenges.note.fixed_reference"


def test_a_gradient_is_weighted_with_the_persons_of_the_figures():
    rows = [
        row(group="basic", cases=60, of=200),
        row(group="upper_secondary", cases=60, of=300),
        row(group="higher", cases=50, of=500),
    ]
    gradient = status(rows).gradient(SocialDimension.EDUCATION)
    assert gradient.ranks == pytest.approx((0.1, 0.35, 0.75))
    # As worked out in the tests of the indices: values 30, 20, 10; b = -2.05/.07.
    assert gradient.sii.value == pytest.approx(-2.05 / 0.07)
    assert gradient.intercept == pytest.approx(17 + 0.5 * 2.05 / 0.07)
    # Binomial errors^2: .3*.7/200, .2*.8/300, .1*.9/500, times c^2 of the same test.
    variance = (0.0064 * 10.5 + 0.002025 * 16 / 3 + 0.015625 * 1.8) / 0.0049
    assert gradient.sii.upper - gradient.sii.value == pytest.approx(1.959964 * variance**0.5)
    assert gradient.gap.value == pytest.approx(-20)
    assert gradient.sign is Sign.WORSE


def test_persons_come_from_the_population_where_the_figures_have_none():
    groups = (("basic", 30.0), ("upper_secondary", 20.0), ("higher", 10.0))
    rows = [row(group=g, value=v, lower=v - 2, upper=v + 2) for g, v in groups]
    people = [
        {"place": HOME, "year": 2024, "education": g, "persons": n}
        for g, n in (("basic", 200), ("upper_secondary", 300), ("higher", 500))
    ]
    # A second table by education and sex beside the first must not be added to it.
    people += [
        {"place": HOME, "year": 2024, "education": "basic", "sex": s, "persons": 5000}
        for s in ("women", "men")
    ]
    gradient = status(rows, population=people).gradient(SocialDimension.EDUCATION)
    assert gradient.ranks == pytest.approx((0.1, 0.35, 0.75))
    assert gradient.note is None
    alone = status(rows).gradient(SocialDimension.EDUCATION)
    assert alone.ranks == pytest.approx((1 / 6, 1 / 2, 5 / 6))
    assert alone.note.key == "challenges.note.equal_weights"


def test_a_hidden_group_is_shown_as_hidden_and_keeps_its_place():
    rows = [
        row(group="basic", flag="hidden", denominator=200),
        row(group="upper_secondary", cases=60, of=300),
        row(group="higher", cases=50, of=500),
    ]
    found = status(rows)
    gradient = found.gradient(SocialDimension.EDUCATION)
    assert [g.hidden for g in gradient.groups] == [True, False, False]
    assert gradient.ranks == pytest.approx((0.1, 0.35, 0.75))
    assert gradient.gap.value == pytest.approx(-10)
    assert "hidden_cells" in gap_keys(found)


def test_background_has_a_gap_but_no_slope():
    rows = [
        row(dimension="background", group="immigrant", cases=56, of=70),
        row(dimension="background", group="other", cases=48, of=80),
    ]
    gradient = status(rows).gradient(SocialDimension.BACKGROUND)
    assert (gradient.sii, gradient.rii, gradient.intercept) == (None, None, None)
    assert (gradient.gap.value, gradient.gap.lower) == pytest.approx((-20, -33.39), abs=5e-3)
    assert gradient.sign is Sign.WORSE


def test_any_sure_difference_between_the_sexes_is_marked():
    rows = [
        row(dimension="sex", group="women", cases=48, of=80),
        row(dimension="sex", group="men", cases=56, of=70),
    ]
    assert status(rows).gradient(SocialDimension.SEX).sign is Sign.WORSE


def test_a_gradient_of_the_country_is_marked_as_not_observed_here():
    rows = [row(COUNTRY, group=g, cases=c, of=1000) for g, c in (("basic", 300), ("higher", 100))]
    found = profile(rows)
    gradient = found.indicator("i").gradient(SocialDimension.EDUCATION)
    assert (gradient.place, gradient.estimated) == (COUNTRY, True)
    assert gradient.note.key == "challenges.note.borrowed"
    area = found.area(EffortArea.ARBEID)
    assert area.headline.key == "challenges.headline.gradient.borrowed"
    assert gradient.elsewhere == area.headline.params["place"]
    assert area.sign("gradient").message.key == "challenges.cell.gradient.estimated"
    assert area.sign("certainty").sign is Sign.WORSE


def test_estimated_figures_never_count_as_observed():
    rows = [row(cases=56, of=70, flag="estimated"), row(COUNTRY, cases=48, of=80)]
    found = status(rows)
    assert found.comparisons[0].sign is Sign.UNKNOWN
    assert found.level.note.key == "challenges.note.estimated"
    assert "estimated_level" in gap_keys(found)


def test_periods_of_different_length_never_stand_in_one_series():
    rows = [row(year=y, cases=c, of=1000) for y, c in ((2021, 100), (2022, 120), (2024, 160))]
    rows += [row(year=y, period_end=y + 2, cases=900, of=1000) for y in (2019, 2020, 2022)]
    points = status(rows).trend.points
    assert [p.period for p in points] == ["2021", "2022", "2024"]


def test_the_slope_is_weighted_least_squares():
    # Two years, 10 % and 14 % of 1000: change 2 points a year over two years,
    # se = 100 sqrt(.1*.9/1000 + .14*.86/1000) / 2 = 50 * .0145052 = .725259 points.
    trend = status([row(year=2022, cases=100, of=1000), row(cases=140, of=1000)]).trend
    slope = trend.slope_per_year
    assert slope.value == pytest.approx(2.0)
    assert slope.upper - slope.value == pytest.approx(1.959964 * 0.725259, rel=1e-5)
    assert trend.sign is Sign.WORSE


def test_scatter_beyond_chance_widens_the_slope():
    rows = [
        row(year=y, cases=c, of=100_000)
        for y, c in zip(range(2019, 2025), (9000, 11000, 9000, 11000, 9500, 11500), strict=True)
    ]
    assert status(rows).trend.sign is Sign.SAME


def test_zones_are_compared_with_the_municipality():
    rows = [
        row("z1", cases=900, of=4000),
        row("z2", cases=600, of=6000),
        row(cases=1500, of=10_000),
    ]
    spread = status(rows).spread
    assert [z.place for z in spread.zones] == ["z1", "z2"]
    assert [z.sign for z in spread.zones] == [Sign.WORSE, Sign.BETTER]
    assert (spread.overall, spread.range, spread.worse) == (15.0, 12.5, 1)
    # (.4 * 7.5 + .6 * 5) / 15 = 40 %
    assert spread.index_of_disparity.value == pytest.approx(40.0)
    assert 0 < spread.index_of_disparity.lower < 40 < spread.index_of_disparity.upper


def test_a_zone_without_figure_is_named_as_unknown():
    places = [*PLACE_ROWS, {"place": "z3", "name": "Vest", "kind": "zone", "parent": HOME}]
    found = challenge_profile(
        indicators=read_indicators(
            table_from_rows(
                INDICATORS,
                [
                    {
                        "indicator": "i",
                        "area": "bolig",
                        "name": "x",
                        "scale": "percent",
                        "polarity": "adverse",
                    }
                ],
            )
        ),
        observations=table_from_rows(
            OBSERVATIONS, [row("z1", cases=900, of=4000), row("z2", cases=600, of=6000)]
        ),
        places=table_from_rows(PLACES, places),
        population=empty_table(POPULATION),
        municipality=HOME,
        comparison=(),
    )
    spread = found.indicator("i").spread
    assert spread.zones[-1].place == "z3"
    assert spread.zones[-1].sign is Sign.UNKNOWN
    assert spread.overall == pytest.approx(15.0)  # no figure of the whole: mean of the zones


def test_the_newest_edition_of_a_figure_counts():
    rows = [
        row(cases=100, of=1000, vintage="2025-06"),
        row(cases=200, of=1000, vintage="2025-03"),
    ]
    assert status(rows).level.value == 10.0


def test_crude_and_standardised_figures_are_never_mixed():
    rows = [
        row(cases=100, of=1000, basis="share"),
        row(value=30.0, basis="standardised"),
        row(COUNTRY, value=25.0, basis="standardised"),
    ]
    found = status(rows)
    assert found.level.value == 30.0
    assert "other_basis" in gap_keys(found)


def test_people_affected_are_population_times_rate():
    assert status([row(cases=56, of=70)]).people_affected == pytest.approx(56)
    good = status([row(cases=56, of=70)], indicators={"polarity": "favourable"})
    assert good.people_affected == pytest.approx(14)
    three_years = status([row(cases=60, of=300, period_end=2026)])
    assert three_years.people_affected == pytest.approx(20)
    survey = status([row(cases=56, of=70, n=70)])
    assert survey.people_affected is None


def test_rates_have_limits_of_the_number_of_events():
    rates = {"scale": "per_100000"}
    level = status([row(value=500.0, numerator=5, denominator=1000)], indicators=rates).level
    # Exact limits of 5 events: 1.6235 to 11.6683 (Garwood).
    assert (level.lower, level.upper) == pytest.approx((162.35, 1166.83), abs=0.01)


def test_all_areas_are_there_also_without_figures():
    found = profile([row(cases=56, of=70), row(COUNTRY, cases=48, of=80)])
    assert {a.area for a in found.areas} == set(AREAS)
    assert found.areas[0].area is EffortArea.ARBEID  # the only one with a sign of worse
    empty = found.area(EffortArea.BOLIG)
    assert all(empty.sign(k).sign is Sign.UNKNOWN for k in KINDS)
    assert empty.headline.key == "challenges.headline.no_figures"


def test_areas_without_any_signs_stand_in_the_order_of_the_mandate():
    assert [a.area for a in profile([]).areas] == list(AREAS)


def test_judgements_and_hidden_cells_are_carried_along():
    found = profile([], area_judgements=(("bolig", "Mange leier."),), hidden_cells=7)
    assert found.area(EffortArea.BOLIG).judgement == "Mange leier."
    assert found.hidden_cells == 7


def test_every_sentence_can_be_said_in_every_language():
    rows = [
        row(cases=56, of=70),
        row(year=2022, cases=30, of=70),
        row(COUNTRY, cases=48, of=80),
        row("z1", cases=900, of=4000),
        row("z2", flag="hidden"),
        row(group="basic", cases=60, of=200),
        row(group="higher", cases=50, of=500),
    ]
    found = profile(rows)
    for lang in LANGUAGES:
        say = Say(lang)
        sentences = [say.message(found.order_reason)]
        for area in found.areas:
            sentences.append(say.message(area.headline))
            sentences += [say.message(c.message) for c in area.signs]
        sentences += [say.message(m) for m in found.indicator("i").gaps]
        assert all(s.strip() and "{" not in s for s in sentences)
    headline = Say("nb").message(found.area(EffortArea.ARBEID).headline)
    expected = "Mellom kortest og lengst utdanning skiller det 20,0 prosentpoeng. "
    assert headline == expected + "Utenfor: 30,0 mot 10,0 prosent (2024)."


def test_the_profile_survives_json_and_is_the_same_every_time():
    rows = [row(cases=56, of=70), row(COUNTRY, cases=48, of=80), row("z1", cases=5, of=40)]
    found = profile(rows)
    adapter = TypeAdapter(ChallengeProfile)
    data = adapter.dump_json(found)
    assert adapter.validate_json(data) == found
    assert data == adapter.dump_json(profile(rows))
    assert "NaN" not in json.dumps(json.loads(data))


def test_the_input_is_not_changed():
    frame = table_from_rows(OBSERVATIONS, [row(cases=56, of=70)])
    before = frame.clone()
    places, population = table_from_rows(PLACES, PLACE_ROWS), empty_table(POPULATION)
    challenge_profile(
        indicators=(),
        observations=frame.drop("_row"),
        places=places.drop("_row"),
        population=population,
        municipality=HOME,
        comparison=(),
    )
    assert frame.equals(before)
    assert isinstance(frame, pl.DataFrame)
