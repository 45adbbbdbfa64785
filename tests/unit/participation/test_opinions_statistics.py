"""Formulas of opinion groups against slow and simple versions of themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.participation.opinions import conversation_of
from jevn.participation.opinions.firmness import adjusted_rand
from jevn.participation.opinions.kmeans import k_means
from jevn.participation.opinions.plane import cells_of, extremity_of, plane_of
from jevn.participation.opinions.priority import priority
from jevn.participation.opinions.silhouette import silhouettes
from jevn.participation.opinions.statistics import (
    SIGNIFICANT,
    consensus,
    counts_of,
    dividing,
    group_aware,
    representative,
    share,
    share_test,
    two_share_test,
)

VOTES = st.sampled_from([1.0, 0.0, -1.0, math.nan])


@st.composite
def matrices(draw: st.DrawFn, people: int = 14, statements: int = 6) -> np.ndarray:
    rows = draw(st.integers(1, people))
    columns = draw(st.integers(1, statements))
    cells = draw(st.lists(VOTES, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells).reshape(rows, columns)


def made_up(seed: int, people: int = 60, statements: int = 12, fill: float = 0.7) -> np.ndarray:
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, 2, people)
    lean = rng.uniform(-0.9, 0.9, (2, statements))
    agree = rng.random((people, statements)) < (1 + lean[camp]) / 2
    votes = np.where(rng.random((people, statements)) < 0.15, 0.0, np.where(agree, 1.0, -1.0))
    return np.where(rng.random((people, statements)) < fill, votes, math.nan)


def slow_plane(matrix: np.ndarray, rejected: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Points and extremity with every missing cell filled in, by singular values."""
    seen = ~np.isnan(matrix).all(axis=0)
    filled = matrix.copy()
    filled[:, rejected] = 0
    filled = filled[:, seen]
    given = (~np.isnan(filled)).sum(axis=1)
    mean = np.array([np.nanmean(column) for column in filled.T])
    filled = np.where(np.isnan(filled), mean, filled)
    centred = filled - filled.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    points = centred @ axes[:2].T * np.sqrt(filled.shape[1] / np.maximum(1, given))[:, None]
    own = np.eye(filled.shape[1])
    alone = np.where(own > 0, 1.0, mean) - mean
    return points, np.linalg.norm(alone @ axes[:2].T, axis=1) * math.sqrt(filled.shape[1])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rejected", [[], [2, 5]])
def test_points_are_principal_components_of_the_filled_matrix(
    seed: int, rejected: list[int]
) -> None:
    matrix = made_up(seed, fill=(0.3, 0.6, 0.9, 1.0)[seed], statements=10 + 10 * seed)
    matrix[:, 3] = math.nan
    talk = conversation_of(matrix, rejected=[str(i) for i in rejected])
    cells = cells_of(talk)
    plane = plane_of(cells)
    points, far = slow_plane(matrix, rejected)
    for axis in (0, 1):
        mine, other = plane.points[:, axis], points[:, axis]
        sign = 1 if mine @ other > 0 else -1
        assert mine == pytest.approx(sign * other, abs=1e-8)
    assert extremity_of(plane, cells) == pytest.approx(far, abs=1e-8)


def test_many_statements_are_handled_without_a_square_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talk = conversation_of(made_up(1, people=80, statements=40))
    dense = plane_of(cells_of(talk))
    monkeypatch.setattr("jevn.participation.opinions.plane._MOST_DENSE", 10)
    sparse = plane_of(cells_of(talk))
    assert sparse.points == pytest.approx(dense.points, abs=1e-8)
    assert sparse.explained == pytest.approx(dense.explained)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_tests_of_shares(count: int, more: int, other: int, other_more: int) -> None:
    seen, other_seen = count + more, other + other_more
    assert share(count, seen) == pytest.approx((count + 1) / (seen + 2))
    one = 2 * math.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)
    assert share_test(count, seen) == pytest.approx(one)
    p1, p2 = (count + 1) / (seen + 1), (other + 1) / (other_seen + 1)
    both = (count + other + 2) / (seen + other_seen + 2)
    if both == 1:
        expected = 0.0
    else:
        spread = both * (1 - both) * (1 / (seen + 1) + 1 / (other_seen + 1))
        expected = (p1 - p2) / math.sqrt(spread)
    assert two_share_test(count, seen, other, other_seen) == pytest.approx(expected)


@given(matrices(), st.integers(0, 2**30))
def test_votes_are_counted_by_group(matrix: np.ndarray, seed: int) -> None:
    talk = conversation_of(matrix)
    cells = cells_of(talk)
    labels = np.random.default_rng(seed).integers(-1, 3, len(matrix))
    counts = counts_of(cells, labels, 3)
    for g in range(3):
        for c, place in enumerate(cells.statement):
            votes = [v for v, label in zip(matrix[:, place], labels, strict=True) if label == g]
            assert counts.agree[g, c] == votes.count(1.0)
            assert counts.disagree[g, c] == votes.count(-1.0)
            assert counts.seen[g, c] == sum(not math.isnan(v) for v in votes)


@pytest.mark.parametrize("seed", range(5))
def test_what_represents_a_group_is_significant_and_in_order(seed: int) -> None:
    talk = conversation_of(made_up(seed))
    cells = cells_of(talk)
    labels = np.arange(60) % 3
    counts = counts_of(cells, labels, 3)
    ids = [s.id for s in talk.statements]
    for g, told in enumerate(representative(counts, ids, range(len(ids)))):
        assert 1 <= len(told) <= 5
        assert [r.stance for r in told] == sorted(r.stance for r in told)
        assert len({r.statement for r in told}) == len(told)
        own = counts.seen[g], counts.seen.sum(axis=0) - counts.seen[g]
        for r in told:
            c = ids.index(r.statement)
            side = counts.agree if r.stance == "agree" else counts.disagree
            inside, outside = side[g, c], side[:, c].sum() - side[g, c]
            ratio = (inside + 1) / (own[0][c] + 2) / ((outside + 1) / (own[1][c] + 2))
            assert r.ratio == pytest.approx(ratio)
            if not r.best_agreed and len(told) > 1:
                assert min(r.share_test, r.ratio_test) > SIGNIFICANT


def test_a_group_that_agrees_on_nothing_still_has_a_statement() -> None:
    matrix = np.array([[1.0, -1.0]] * 5 + [[-1.0, -1.0]] * 5)
    matrix[0, 0] = matrix[1, 0] = -1
    counts = counts_of(cells_of(conversation_of(matrix)), np.repeat([0, 1], 5), 2)
    told = representative(counts, ["a", "b"], [0, 1])
    assert [len(t) for t in told] == [1, 2] or all(t for t in told)
    assert told[1][0].statement in {"a", "b"}


def test_a_group_without_any_vote_has_none() -> None:
    matrix = np.array([[1.0], [math.nan]])
    counts = counts_of(cells_of(conversation_of(matrix)), np.array([0, 1]), 2)
    assert representative(counts, ["a"], [0])[1] == ()


@given(matrices())
def test_consensus_is_more_than_half_and_at_most_five(matrix: np.ndarray) -> None:
    cells = cells_of(conversation_of(matrix))
    counts = counts_of(cells, np.zeros(len(matrix), dtype=np.int64), 1)
    ids = [str(i) for i in cells.statement]
    for stance in ("agree", "disagree"):
        found = consensus(counts, stance, ids, range(len(ids)))  # type: ignore[arg-type]
        assert len(found) <= 5
        strengths = [a.share * a.share_test for a in found]
        assert strengths == sorted(strengths, reverse=True)
        assert all(a.share > 0.5 and a.share_test > SIGNIFICANT for a in found)


def test_group_aware_consensus_is_a_product_over_groups() -> None:
    matrix = made_up(2)
    labels = np.arange(60) % 2
    counts = counts_of(cells_of(conversation_of(matrix)), labels, 2)
    for c in range(matrix.shape[1]):
        value = 1.0
        for g in (0, 1):
            votes = matrix[labels == g, c]
            value *= (np.sum(votes == 1) + 1) / (np.sum(~np.isnan(votes)) + 2)
        assert group_aware(counts)[c] == pytest.approx(value)


def test_what_divides_needs_votes_in_every_group() -> None:
    matrix = np.array([[1.0, 1.0, 1.0]] * 6 + [[-1.0, -1.0, 1.0]] * 6)
    matrix[7:, 1] = math.nan
    counts = counts_of(cells_of(conversation_of(matrix)), np.repeat([0, 1], 6), 2)
    told = dividing(counts, ["a", "b", "c"], [0, 1, 2])
    assert [d.statement for d in told] == ["a", "c"]
    assert (told[0].most, told[0].least) == (0, 1)
    assert told[0].difference == pytest.approx(7 / 8 - 1 / 8)
    assert dividing(counts_of(cells_of(conversation_of(matrix)), np.repeat(0, 12), 1), [], []) == ()


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.floats(0, 5))
def test_priority(agree: int, disagree: int, passes: int, far: float) -> None:
    seen = agree + disagree + passes
    p_agree, p_pass = (agree + 1) / (seen + 2), (passes + 1) / (seen + 2)
    expected = ((1 - p_pass) * (1 + far) * p_agree * (1 + 8 * 2 ** (-seen / 5))) ** 2
    assert priority(agree, disagree, seen, far) == pytest.approx(expected)


def slow_silhouette(points: np.ndarray, labels: np.ndarray) -> float:
    values = []
    for i, own in enumerate(labels):
        distance = np.linalg.norm(points - points[i], axis=1)
        if (labels == own).sum() == 1:
            values.append(0.0)
            continue
        a = distance[labels == own].sum() / ((labels == own).sum() - 1)
        b = min(distance[labels == g].mean() for g in set(labels.tolist()) - {own})
        values.append(0.0 if max(a, b) == 0 else (b - a) / max(a, b))
    return float(np.mean(values))


@given(st.integers(0, 2**30), st.integers(2, 40), st.integers(2, 5))
def test_silhouette(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(-3, 4, (n, 2)).astype(float)
    labels = np.concatenate([np.arange(k), rng.integers(0, k, n)])[:n]
    if len(set(labels.tolist())) < 2:
        return
    size = int(labels.max()) + 1
    assert size >= 2
    assert silhouettes(points, [labels])[0] == pytest.approx(slow_silhouette(points, labels))


def test_silhouette_of_many_points_in_blocks_and_single_precision() -> None:
    rng = np.random.default_rng(5)
    labels = rng.integers(0, 3, 6500)
    points = rng.normal(size=(6500, 2)) + np.array([[0, 0], [3, 0], [0, 4]])[labels]
    part = np.sort(rng.choice(6500, 40, replace=False))
    value = silhouettes(points, [labels, np.minimum(labels, 1)])
    values = []
    for i in part:
        distance = np.linalg.norm(points - points[i], axis=1)
        sums = np.bincount(labels, weights=distance)
        sizes = np.bincount(labels)
        a = sums[labels[i]] / (sizes[labels[i]] - 1)
        b = min(sums[g] / sizes[g] for g in range(3) if g != labels[i])
        values.append((b - a) / max(a, b))
    assert value[0] == pytest.approx(np.mean(values), abs=0.08)
    few = silhouettes(points[:5900], [labels[:5900]])[0]
    assert value[0] == pytest.approx(few, abs=0.01)
    assert value[1] < value[0]


def best_by_trying_all(points: np.ndarray, k: int) -> float:
    """Least sum of squares over every way to put few points in k groups."""
    best = math.inf
    for code in range(k ** len(points)):
        labels = np.array([code // k**i % k for i in range(len(points))])
        if len(set(labels.tolist())) < k:
            continue
        within = sum(
            ((points[labels == g] - points[labels == g].mean(axis=0)) ** 2).sum() for g in range(k)
        )
        best = min(best, float(within))
    return best


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("seed", range(6))
def test_k_means_finds_the_least_sum_of_squares_of_few_points(seed: int, k: int) -> None:
    points = np.random.default_rng(seed).normal(size=(8, 2))
    found = k_means(points, k, seed=0)
    assert found is not None
    assert found.within == pytest.approx(best_by_trying_all(points, k))
    sizes = np.bincount(found.labels)
    assert list(sizes) == sorted(sizes, reverse=True)


def test_k_means_needs_different_points() -> None:
    assert k_means(np.ones((10, 2)), 2, seed=0) is None
    with pytest.raises(ValueError, match="at least one"):
        k_means(np.ones((10, 2)), 0, seed=0)


def test_k_means_of_many_points_starts_on_some_of_them() -> None:
    rng = np.random.default_rng(8)
    camp = rng.integers(0, 3, 9000)
    points = rng.normal(size=(9000, 2)) + np.array([[0, 0], [9, 0], [0, 9]])[camp]
    found = k_means(points, 3, seed=0)
    assert found is not None
    assert adjusted_rand(found.labels, camp) > 0.99


def test_adjusted_rand_of_a_published_example() -> None:
    """Hubert & Arabie's definition on a table worked by hand: (11 - 5.4) / (12 - 5.4)."""
    one = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]
    other = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    table = np.array([[3, 1, 0], [0, 3, 0], [0, 0, 3]])
    pairs = (table * (table - 1) / 2).sum()
    rows, columns = 6 + 3 + 3, 3 + 6 + 3
    expected = (pairs - rows * columns / 45) / ((rows + columns) / 2 - rows * columns / 45)
    assert adjusted_rand(one, other) == pytest.approx(expected)
    assert adjusted_rand(one, one) == 1.0
    assert adjusted_rand([0, 0, 0], [0, 0, 0]) == 1.0
