"""Sampling errors under a survey's design, against slow loops and the jackknife of clusters."""

from __future__ import annotations

import csv
import math
from collections import defaultdict

import numpy as np
import pytest

from jevn.indices import (
    INDICES,
    INDIVIDUAL_INDICES,
    IndexOptions,
    IndividualData,
    group_persons,
    individual_indices,
)
from jevn.terms import Polarity, Scale

OPTIONS = IndexOptions(bounds=(0.0, 1.0), aversion=3.0, sensitivity=1.7)


def made_up(seed=4, strata=6, clusters=12, persons=9):
    """Persons in clusters that resemble each other, clusters in strata of unlike wealth."""
    rng = np.random.default_rng(seed)
    stratum = np.repeat(np.arange(strata), clusters * persons)
    cluster = np.repeat(np.arange(strata * clusters), persons) % clusters
    wealth = np.repeat(rng.normal(size=strata * clusters), persons) + stratum / 3
    ranker = np.round(wealth + rng.normal(size=len(wealth)), 1)
    risk = 1 / (1 + np.exp(0.5 + 0.6 * wealth))
    outcome = (rng.uniform(size=len(wealth)) < risk).astype(float)
    return outcome, ranker, rng.uniform(0.3, 2, len(wealth)), cluster, stratum


def slow_groups(outcome, group, weights, clusters, strata):
    """Mean and standard error of each group, by the textbook, with loops only."""
    found = {}
    design = defaultdict(set)
    for c, s in zip(clusters, strata, strict=True):
        design[s].add(c)
    for name in sorted({g for g in group if g is not None}):
        members = [
            (y, w, c, s)
            for y, g, w, c, s in zip(outcome, group, weights, clusters, strata, strict=True)
            if g == name and not math.isnan(y)
        ]
        total = sum(w for _, w, _, _ in members)
        mean = sum(y * w for y, w, _, _ in members) / total
        sums = defaultdict(float)
        for y, w, c, s in members:
            sums[s, c] += w * (y - mean) / total
        variance = 0.0
        for s, own in design.items():
            values = [sums[s, c] for c in own]
            centre = sum(values) / len(values)
            spread = sum((v - centre) ** 2 for v in values)
            variance += len(values) / (len(values) - 1) * spread
        found[name] = (mean, math.sqrt(variance), total, len(members))
    return found


def test_groups_have_the_errors_of_the_textbook():
    outcome, ranker, weights, clusters, strata = made_up()
    group = np.digitize(ranker, [0.0, 1.0, 2.0]).astype(float)
    outcome[:40] = np.nan
    expected = slow_groups(outcome, group.tolist(), weights, clusters, strata)
    found = group_persons(outcome, group, weights, clusters=clusters, strata=strata, factor=100)
    assert found.groups == tuple(expected)
    for at, (mean, error, total, persons) in enumerate(expected.values()):
        assert found.estimates[at] == pytest.approx(100 * mean)
        assert found.standard_errors[at] == pytest.approx(100 * error)
        assert found.populations[at] == pytest.approx(total)
        assert found.samples[at] == persons
        assert found.covariances[at][at] == pytest.approx((100 * error) ** 2)
    assert found.left_out == 40


def test_groups_of_persons_drawn_alone_are_those_with_each_a_cluster():
    outcome, ranker, weights, _, strata = made_up()
    group = np.where(ranker > 1, "high", "low")
    alone = group_persons(outcome, group, weights, strata=strata)
    each = group_persons(
        outcome, group, weights, strata=strata, clusters=np.arange(len(outcome)).astype(str)
    )
    assert alone.groups == ("high", "low")
    np.testing.assert_allclose(alone.covariances, each.covariances, rtol=1e-9, atol=1e-15)
    assert alone.standard_errors == pytest.approx(each.standard_errors)


def test_the_who_sample_gives_groups_ready_for_the_indices(shared_data):
    path = shared_data / "data" / "inequality-reference" / "who-hidr-individualsample.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    def column(name):
        return np.array([float(row[name]) if row[name] else np.nan for row in rows])

    for outcome in ("sba", "dtp3"):
        parts = [column(c) for c in (outcome, "subgroup_order", "weight", "psu", "strata")]
        y, group, weights, clusters, strata = parts
        expected = slow_groups(y, group.tolist(), weights, clusters.tolist(), strata.tolist())
        found = group_persons(y, group, weights, clusters=clusters, strata=strata, factor=100)
        for at, (mean, error, total, persons) in enumerate(expected.values()):
            assert found.estimates[at] == pytest.approx(100 * mean)
            assert found.standard_errors[at] == pytest.approx(100 * error)
            assert found.populations[at] == pytest.approx(total)
            assert found.samples[at] == persons
        data = found.data(orders=found.groups, scale=Scale.PERCENT, polarity=Polarity.FAVOURABLE)
        slope = INDICES["sii_linear"](data)
        assert slope.estimate > 0
        assert slope.lower < slope.estimate < slope.upper


@pytest.mark.parametrize("name", list(INDIVIDUAL_INDICES))
def test_errors_of_indices_agree_with_the_jackknife_of_clusters(name):
    outcome, ranker, weights, clusters, strata = made_up()
    whole = individual_indices(
        IndividualData(outcome, ranker, weights, clusters, strata), [name], options=OPTIONS
    )[0]
    turn = np.log if name == "rii_linear" else np.asarray
    squares = 0.0
    for s in np.unique(strata):
        own = np.unique(clusters[strata == s])
        estimates = []
        for c in own:
            gone = (strata == s) & (clusters == c)
            weight = np.where(strata == s, len(own) / (len(own) - 1), 1.0) * weights
            data = IndividualData(outcome[~gone], ranker[~gone], weight[~gone])
            estimates.append(individual_indices(data, [name], options=OPTIONS)[0].estimate)
        away = turn(np.array(estimates)) - turn(whole.estimate)
        squares += (len(own) - 1) / len(own) * (away**2).sum()
    expected = math.sqrt(squares) * (whole.estimate if name == "rii_linear" else 1)
    assert whole.se == pytest.approx(expected, rel=0.03)
    assert (whole.clusters, whole.strata) == (72, 6)


def test_errors_hold_their_level_over_repeated_samples_of_clusters():
    rng = np.random.default_rng(7)
    population = 4000
    wealth = rng.normal(size=population)
    hit, estimates, errors = 0, [], []
    people = 12

    def persons(chosen):
        place = np.repeat(wealth[chosen], people) + rng.normal(size=people * len(chosen)) / 2
        sick = rng.uniform(size=len(place)) < 1 / (1 + np.exp(1 + place))
        return sick.astype(float), place

    truth = individual_indices(IndividualData(*persons(np.arange(population))))[0].estimate
    for _ in range(500):
        chosen = rng.integers(0, population, 50)
        data = IndividualData(*persons(chosen), clusters=np.repeat(np.arange(50), people))
        found = individual_indices(data)[0]
        hit += found.lower <= truth <= found.upper
        estimates.append(found.estimate)
        errors.append(found.se)
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.12)
    assert 0.93 <= hit / 500 <= 0.98


def test_each_person_a_cluster_is_no_clusters():
    outcome, ranker, weights, _, _ = made_up()
    alone = individual_indices(IndividualData(outcome, ranker, weights))[0]
    each = individual_indices(IndividualData(outcome, ranker, weights, np.arange(len(outcome))))[0]
    assert each.se == pytest.approx(alone.se, rel=1e-10)


def test_clusters_of_one_name_in_two_strata_are_two():
    outcome, ranker, weights, clusters, strata = made_up()
    named = np.array([f"{s}-{c}" for s, c in zip(strata, clusters, strict=True)])
    same = individual_indices(IndividualData(outcome, ranker, weights, clusters, strata))[0]
    other = individual_indices(IndividualData(outcome, ranker, weights, named, strata))[0]
    assert same.se == pytest.approx(other.se, rel=1e-12)
    assert same.clusters == other.clusters == 72


def test_a_stratum_of_one_cluster_counts_by_the_rule_stated():
    outcome, ranker, weights, clusters, strata = made_up(strata=3, clusters=5)
    strata = np.where((strata == 0) & (clusters == 0), 9, strata)
    data = IndividualData(outcome, ranker, weights, clusters, strata)
    centred = individual_indices(data)[0]
    certain = individual_indices(data, lone="certainty")[0]
    assert centred.se > certain.se > 0
    assert centred.notes == ("indices.note.lone_clusters",)
    group = np.zeros(len(outcome))
    parts = {"weights": weights, "clusters": clusters, "strata": strata}
    assert group_persons(outcome, group, **parts).lone_strata == 1


def test_no_stratum_with_two_clusters_gives_no_error():
    outcome, ranker, weights, _, strata = made_up(strata=3)
    found = individual_indices(IndividualData(outcome, ranker, weights, strata, strata))[0]
    assert found.estimate is not None
    assert found.se is None
    assert found.lower is None
    assert found.notes == ("indices.note.no_sampling_error",)


def test_persons_without_cluster_are_left_out():
    outcome, ranker, weights, clusters, strata = made_up()
    named = np.array([str(c) for c in clusters], dtype=object)
    named[:5] = [None, "", None, float("nan"), None]
    found = individual_indices(IndividualData(outcome, ranker, weights, named, strata))[0]
    assert found.left_out == 5


def test_a_group_of_one_person_has_no_error():
    found = group_persons(np.array([1.0, 0, 1, 1]), np.array(["a", "a", "a", "b"]))
    assert found.standard_errors[1] is None
    assert found.estimates == pytest.approx((2 / 3, 1.0))


def test_groups_refuse_what_cannot_be():
    with pytest.raises(ValueError, match="shape"):
        group_persons(np.ones(3), np.ones(2))
    with pytest.raises(ValueError, match="negative"):
        group_persons(np.ones(2), np.ones(2), np.array([1.0, -1.0]))
