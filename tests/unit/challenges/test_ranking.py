"""The ranking of areas: the open rule, importance, and how sure the order is."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from jevn.challenges import Choices, Sign
from jevn.challenges.importance import indicator_weight, kind_weight
from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.ranking import rank_areas
from jevn.challenges.results import Comparison, Figure, Indicator, IndicatorStatus, Trend
from jevn.terms import AREAS, LANGUAGES, EffortArea, LocalText, Polarity, Say, Scale
from unit.challenges.small import COUNTRY, profile, row

ARBEID, BOLIG, FRITID, OPPVEKST = (EffortArea(a) for a in ("arbeid", "bolig", "fritid", "oppvekst"))


def judged(z):
    return Sign.SAME if abs(z) < 1.96 else Sign.WORSE if z > 0 else Sign.BETTER


def status(area, id, level=None, trend=None, polarity=Polarity.ADVERSE):
    """An indicator whose level or change is ``z`` standard errors for the worse."""
    turn = 1 if polarity is Polarity.ADVERSE else -1

    def figure(z):
        return Figure(turn * z, turn * z - 1.959964, turn * z + 1.959964)

    indicator = Indicator(id, area, LocalText(id), Scale.PERCENT, polarity)
    comparisons = ()
    if level is not None:
        some = Figure(10.0)
        comparisons = (Comparison("0", "Norge", some, some, figure(level), judged(level)),)
    over_time = None if trend is None else Trend((), figure(trend), judged(trend))
    return IndicatorStatus(indicator, None, comparisons, (), None, over_time, None, (), ())


def ranked(*statuses, lines=(), draws=4000):
    by_area = {a: [s for s in statuses if s.indicator.area is a] for a in AREAS}
    return rank_areas(by_area, lines, draws)


def line(weight, **more):
    return ImportanceLine(weight, "fordi", "rådet", **more)


def test_more_kinds_of_sign_go_first_then_the_share_then_the_mandate():
    found = ranked(
        status(FRITID, "a", level=9, trend=9),
        status(BOLIG, "b", level=9, trend=0),
        status(ARBEID, "c", level=9),
        status(ARBEID, "d", level=0),
        status(OPPVEKST, "e", level=9, trend=0),
    )
    # Two kinds; then one kind with shares 1/2, 1/2, 1/2: in the order of the mandate.
    assert [a.area for a in found.areas] == [FRITID, OPPVEKST, ARBEID, BOLIG]
    first = found.areas[0]
    assert (first.weight, first.share, first.place) == (2.0, 1.0, 1)
    assert first.worse == (("level", 1.0), ("trend", 1.0))
    assert len(found.unranked) == len(AREAS) - 4


def test_an_area_without_known_signs_is_not_ranked():
    found = ranked(status(BOLIG, "b", level=9))
    assert [a.area for a in found.areas] == [BOLIG]
    assert FRITID in found.unranked
    assert ranked().areas == ()
    assert ranked().message.key == "challenges.ranking.none"


def test_a_sign_just_at_its_limit_is_worse_in_half_of_the_draws():
    found = ranked(status(BOLIG, "b", level=1.959965), status(FRITID, "f", level=-9))
    one = found.of(BOLIG)
    # Worse half of the time; else neither area has anything worse and lot decides.
    assert one.figures.first == pytest.approx(0.75, abs=0.02)


def test_sure_signs_give_sure_places():
    found = ranked(
        status(BOLIG, "b", level=20, trend=20),
        status(FRITID, "f", level=20, trend=-20),
        status(ARBEID, "a", level=-20, trend=-20),
    )
    assert [(a.figures.lower, a.figures.upper) for a in found.areas] == [(1, 1), (2, 2), (3, 3)]
    assert all(sum(a.figures.places) == pytest.approx(1) for a in found.areas)


def test_ties_are_broken_by_lot_so_that_no_area_is_put_first_by_its_name():
    found = ranked(*(status(a, a.value, level=20) for a in AREAS[:4]))
    assert all(a.figures.first == pytest.approx(0.25, abs=0.03) for a in found.areas)
    assert found.message.key == "challenges.ranking.sure.0"


def test_the_distribution_of_places_is_that_of_a_slow_simulation():
    """Two areas, two signs each, drawn one by one with Python's own generator."""
    import random

    here = {BOLIG: (2.5, 1.0), FRITID: (1.5, 2.2)}
    rng, wins, number = random.Random(5), 0.0, 40_000
    for _ in range(number):
        score = {}
        for area, zs in here.items():
            worse = sum(rng.gauss(z, 1) > 1.959964 for z in zs)
            score[area] = (worse, worse / 2)
        if score[BOLIG] > score[FRITID]:
            wins += 1
        elif score[BOLIG] == score[FRITID]:
            wins += 0.5
    found = ranked(
        *(status(a, a.value, level=z[0], trend=z[1]) for a, z in here.items()), draws=20_000
    )
    assert found.of(BOLIG).figures.first == pytest.approx(wins / number, abs=0.012)


def test_a_favourable_indicator_that_is_low_is_worse():
    found = ranked(
        status(BOLIG, "b", level=9, polarity=Polarity.FAVOURABLE), status(FRITID, "f", level=-9)
    )
    assert found.areas[0].area is BOLIG
    assert found.areas[0].figures.first == 1.0


def test_importance_changes_the_order_and_shows_what_it_did():
    statuses = (status(BOLIG, "b", level=9, trend=-9), status(FRITID, "f", level=-9, trend=9))
    assert ranked(*statuses).areas[0].area is FRITID  # tied: the mandate's order
    found = ranked(*statuses, lines=(line(3, sign="level"),))
    assert found.areas[0].area is BOLIG
    assert found.areas[0].worse == (("level", 3.0),)
    assert found.areas[0].share == pytest.approx(3 / 4)
    nothing = ranked(*statuses, lines=(line(0, area=BOLIG),))
    assert nothing.of(BOLIG).weight == 0.0


def test_an_important_indicator_decides_the_cell_of_its_area():
    rows = [row(indicator=i, cases=c, of=1000) for i, c in (("i", 500), ("j", 100), ("k", 100))]
    rows += [row(COUNTRY, indicator=i, cases=3000, of=10_000) for i in "ijk"]
    several = [{"indicator": i} for i in "jk"]
    plain = profile(rows, several=several).area(ARBEID)
    assert plain.sign("level").sign is Sign.BETTER
    chosen = Choices(importance=(line(5, indicator="i"),))
    found = profile(rows, several=several, choices=chosen)
    assert found.area(ARBEID).sign("level").sign is Sign.WORSE
    assert found.order_reason.key == "challenges.order.weighed"
    assert found.ranking.of(ARBEID).worse == (("level", 1.0),)
    assert found.ranking.of(ARBEID).share == pytest.approx(5 / 7)


def test_lines_that_hold_for_the_same_are_multiplied():
    lines = (
        line(2, sign="level"),
        line(3, area=BOLIG),
        line(5, area=BOLIG, sign="level"),
        line(7, indicator="b"),
        line(11, indicator="b", sign="trend"),
    )
    assert kind_weight(lines, BOLIG, "level") == 30
    assert kind_weight(lines, BOLIG, "trend") == 3
    assert kind_weight(lines, FRITID, "trend") == 1
    assert indicator_weight(lines, BOLIG, "level", "b") == 7
    assert indicator_weight(lines, BOLIG, "trend", "b") == 77
    assert indicator_weight(lines, BOLIG, "trend", "c") == 1


def test_importance_varied_moves_places_that_figures_leave_alone():
    found = ranked(
        status(BOLIG, "b", level=20, trend=-20),
        status(FRITID, "f", level=-20, trend=20),
        lines=(line(1.2, sign="level"),),
    )
    assert found.areas[0].figures.first == 1.0
    assert 0.5 < found.areas[0].importance.first < 0.9


def test_the_words_say_which_areas_surely_come_first_and_whether_their_order_is_told():
    others = [status(a, a.value, level=-20) for a in AREAS if a not in (BOLIG, FRITID)]
    ordered = ranked(
        status(BOLIG, "b", level=20, trend=20), status(FRITID, "f", level=20, trend=-20), *others
    )
    assert ordered.message.key == "challenges.ranking.sure.2.ordered"
    tied = ranked(status(BOLIG, "b", level=20), status(FRITID, "f", level=20), *others)
    assert tied.message.key == "challenges.ranking.sure.2"
    for lang in LANGUAGES:
        assert Say(lang)("area.bolig.short") in Say(lang).message(tied.message)


zs = st.floats(-6, 6)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(AREAS), zs, zs), min_size=1, max_size=12), st.floats(0.1, 50)
)
def test_weighing_everything_alike_changes_nothing(given_signs, weight):
    statuses = [status(a, f"i{n}", level=x, trend=y) for n, (a, x, y) in enumerate(given_signs)]
    lines = tuple(line(weight, area=a) for a in AREAS)
    plain, weighed = ranked(*statuses, draws=200), ranked(*statuses, lines=lines, draws=200)
    assert [a.area for a in plain.areas] == [a.area for a in weighed.areas]
    assert [a.figures for a in plain.areas] == [a.figures for a in weighed.areas]
    assert ranked(*statuses, draws=200) == plain
    assert {*plain.unranked} == {*AREAS} - {s.indicator.area for s in statuses}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(AREAS), zs, zs), min_size=2, max_size=12))
def test_an_area_never_falls_when_one_of_its_figures_gets_worse(given_signs):
    statuses = [status(a, f"i{n}", level=x, trend=y) for n, (a, x, y) in enumerate(given_signs)]
    area, x, y = given_signs[0]
    worse = [status(area, "i0", level=x + 5, trend=y), *statuses[1:]]
    before, after = ranked(*statuses, draws=200).of(area), ranked(*worse, draws=200).of(area)
    assert after.place <= before.place
    assert replace(after, place=1).share >= before.share
