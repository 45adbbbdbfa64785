"""Weighing options by criteria: value functions, weights, acceptability, regret."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.prioritisation import rank_order_centroid
from jevn.prioritisation.weighing import (
    Amount,
    Choice,
    Option,
    ValueScale,
    WeightRules,
    base_weights,
    draw_weights,
    weigh,
)
from jevn.terms import InputRefused


def scales(count: int) -> tuple[ValueScale, ...]:
    return tuple(ValueScale(f"k{i}", f"K{i}", ((0.0, 0.0), (1.0, 1.0))) for i in range(count))


def choice(rows: list[list[float]], rules: WeightRules | None = None) -> Choice:
    options = tuple(
        Option(f"o{i}", f"O{i}", tuple(Amount.sure(x) for x in row)) for i, row in enumerate(rows)
    )
    return Choice("", scales(len(rows[0])), options, rules or WeightRules())


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    criteria = draw(st.integers(1, 4))
    share = st.integers(0, 4).map(lambda x: x / 4)
    amount = st.lists(share, min_size=3, max_size=3).map(
        lambda x: Amount(sorted(x)[1], min(x), max(x))
    )
    options = draw(
        st.lists(
            st.lists(share.map(Amount.sure) | amount, min_size=criteria, max_size=criteria),
            min_size=1,
            max_size=5,
        )
    )
    ids = [f"k{i}" for i in range(criteria)]
    rules = draw(
        st.sampled_from(
            [
                WeightRules(),
                WeightRules(order=tuple((id,) for id in ids)),
                WeightRules(order=(tuple(ids),)),
                WeightRules(swing=tuple((id, 100.0 - 10 * i) for i, id in enumerate(ids))),
                WeightRules(limits=((ids[0], (0.1 if criteria > 1 else 0.5, 1.0)),)),
            ]
        )
    )
    made = tuple(Option(f"o{i}", f"O{i}", tuple(row)) for i, row in enumerate(options))
    return Choice("", scales(criteria), made, rules)


@given(choices(), st.integers(0, 3))
def test_shares_sum_to_one_and_information_is_never_worth_less_than_nothing(
    choice: Choice, seed: int
) -> None:
    found = weigh(choice, draws=60, seed=seed)
    count = len(choice.options)
    table = np.array([o.acceptability for o in found.options])
    assert table.shape == (count, count)
    assert table.sum(axis=1) == pytest.approx(np.ones(count))
    assert table.sum(axis=0) == pytest.approx(np.ones(count))
    winning = np.array(found.winning)
    assert winning + winning.T == pytest.approx(np.ones((count, count)))
    assert found.perfect_information >= 0
    assert min(o.regret for o in found.options) == pytest.approx(found.perfect_information)
    assert sum(c.weight for c in found.criteria) == pytest.approx(1)
    assert all(0 <= c.low <= c.weight <= c.high <= 1 for c in found.criteria)
    for option in found.options:
        assert 0 <= option.value <= 1 + 1e-12
        assert sum(option.parts) == pytest.approx(option.value)
        assert (option.central_weights is None) == (option.standing == "never")
        assert (option.confidence is None) == (option.standing == "never")
        if option.central_weights is not None:
            assert sum(option.central_weights) == pytest.approx(1)
    assert [o.place for o in found.options] == sorted(o.place for o in found.options)


@given(choices())
def test_the_same_seed_gives_the_same_result(choice: Choice) -> None:
    assert weigh(choice, draws=20, seed=3) == weigh(choice, draws=20, seed=3)


def test_acceptability_agrees_with_the_recorded_case(shared_data: Path) -> None:
    """Five telephones by four criteria, 100 000 uniform weights, drawn by another program."""
    recorded = json.loads((shared_data / "oracles/ranking.json").read_text())["mcda"]
    case = recorded["case"]
    table = np.array(case["matrix"])
    key = next(k for k in recorded if k.startswith("numpy_smaa2"))
    criteria = tuple(
        ValueScale(f"k{i}", "", tuple(zip(ends, (0.0, 1.0), strict=True)))
        for i, column in enumerate(table.T)
        for ends in [sorted(column[[column.argmin(), column.argmax()]].tolist(),
                            reverse=case["objectives"][i] == "min")]
    )  # fmt: skip
    options = tuple(
        Option(str(i), "", tuple(Amount.sure(x) for x in row)) for i, row in enumerate(table)
    )
    found = weigh(Choice("", criteria, options), draws=100_000, seed=2)
    of = {o.id: o for o in found.options}
    shares = np.array([of[str(i)].acceptability for i in range(len(options))])
    assert np.abs(shares - np.array(recorded[key]["acceptability"])).max() < 0.006
    values = [of[str(i)].value for i in range(len(options))]
    assert values == pytest.approx(recorded["pymcdm_weighted_sum_minmax"]["scores"], abs=1e-6)


def test_two_criteria_are_reckoned_by_hand() -> None:
    """A is worth w, B is worth 1 - w, C always 0.6: A first above 0.6, B below 0.4."""
    found = weigh(choice([[1, 0], [0, 1], [0.6, 0.6]]), draws=40_000, seed=1)
    of = {o.id: o for o in found.options}
    assert of["o0"].acceptability == pytest.approx((0.4, 0.1, 0.5), abs=0.01)
    assert of["o1"].acceptability == pytest.approx((0.4, 0.1, 0.5), abs=0.01)
    assert of["o2"].acceptability == pytest.approx((0.2, 0.8, 0.0), abs=0.01)
    assert of["o0"].central_weights == pytest.approx((0.8, 0.2), abs=0.01)
    # E max = 2 * integral of w from 0.6 to 1 + 0.2 * 0.6; the best on average is C with 0.6.
    assert found.perfect_information == pytest.approx(2 * (1 - 0.36) / 2 + 0.12 - 0.6, abs=0.005)
    assert of["o2"].regret == pytest.approx(found.perfect_information)
    assert of["o2"].most_regret == pytest.approx(0.4, abs=0.01)
    first = found.criteria[0]
    assert (first.weight, first.low, first.high) == pytest.approx((0.5, 0.4, 0.6))


def test_a_dominated_option_is_never_first_and_a_dominating_one_always() -> None:
    found = weigh(choice([[0.2, 0.1], [0.9, 0.8], [0.3, 0.8]]), draws=500)
    assert [(o.id, o.standing) for o in found.options] == [
        ("o1", "always"),
        ("o2", "never"),
        ("o0", "never"),
    ]
    assert found.perfect_information == 0


def test_equal_options_share_their_places() -> None:
    found = weigh(choice([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]]), draws=100)
    assert [o.acceptability for o in found.options] == [
        pytest.approx((0.5, 0.5, 0)),
        pytest.approx((0.5, 0.5, 0)),
        pytest.approx((0, 0, 1)),
    ]
    assert [o.place for o in found.options] == [1, 1, 3]
    assert found.winning[0] == pytest.approx((0.5, 0.5, 1))


def test_a_third_option_never_turns_two_others() -> None:
    two = weigh(choice([[0.7, 0.2], [0.3, 0.5]]), draws=400, seed=5)
    three = weigh(choice([[0.7, 0.2], [0.3, 0.5], [1, 0]]), draws=400, seed=5)
    of = {o.id: i for i, o in enumerate(three.options)}
    by = {o.id: i for i, o in enumerate(two.options)}
    assert three.winning[of["o0"]][of["o1"]] == two.winning[by["o0"]][by["o1"]]


def test_an_order_gives_the_rank_order_centroid() -> None:
    rules = WeightRules(order=(("k2",), ("k0",), ("k1",)))
    found = base_weights(choice([[0, 0, 0]], rules))
    one, two, three = rank_order_centroid(3)
    assert found.tolist() == pytest.approx([two, three, one])


def test_a_tier_shares_its_places_and_swing_points_their_sum() -> None:
    tiers = WeightRules(order=(("k1",), ("k0", "k2")))
    one, two, three = rank_order_centroid(3)
    expected = [(two + three) / 2, one, (two + three) / 2]
    assert base_weights(choice([[0, 0, 0]], tiers)).tolist() == pytest.approx(expected)
    swing = WeightRules(swing=(("k0", 100.0), ("k1", 60.0), ("k2", 40.0)))
    assert base_weights(choice([[0, 0, 0]], swing)).tolist() == pytest.approx([0.5, 0.3, 0.2])
    even = base_weights(choice([[0, 0, 0]]))
    assert even.tolist() == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("order", list(permutations(("k0", "k1", "k2"))))
def test_draws_keep_an_order_and_their_mean_is_its_centroid(order: tuple[str, ...]) -> None:
    made = choice([[0, 0, 0]], WeightRules(order=tuple((id,) for id in order)))
    drawn = draw_weights(made, 20_000, np.random.default_rng(4))
    columns = [int(id[1]) for id in order]
    assert (np.diff(drawn[:, columns], axis=1) <= 0).all()
    assert drawn.sum(axis=1) == pytest.approx(np.ones(20_000))
    assert drawn.mean(axis=0) == pytest.approx(base_weights(made), abs=0.005)


@pytest.mark.parametrize("narrow", [False, True])
def test_draws_keep_limits_evenly(narrow: bool) -> None:
    """The first weight of two lies evenly between its limits, also where few draws keep them."""
    low, high = (0.301, 0.302) if narrow else (0.2, 0.6)
    made = choice([[0, 0]], WeightRules(limits=(("k0", (low, high)),)))
    first = np.sort(draw_weights(made, 4000, np.random.default_rng(4))[:, 0])
    assert first[0] >= low - 1e-12
    assert first[-1] <= high + 1e-12
    even = np.linspace(low, high, 4000)
    assert np.abs(first - even).max() < 0.05 * (high - low)


def test_walks_agree_with_draws_that_keep_the_limits() -> None:
    """Narrow limits on three of five weights, against a slow draw that throws the rest away."""
    limits = (("k0", (0.30, 0.36)), ("k1", (0.10, 0.14)), ("k4", (0.2, 0.25)))
    made = choice([[0] * 5], WeightRules(limits=limits))
    found = draw_weights(made, 6000, np.random.default_rng(1))
    plain = np.random.default_rng(2).dirichlet(np.ones(5), size=4_000_000)
    for id, (low, high) in limits:
        column = int(id[1])
        plain = plain[(plain[:, column] >= low) & (plain[:, column] <= high)]
    assert len(plain) > 1000
    assert found.mean(axis=0) == pytest.approx(plain.mean(axis=0), abs=0.004)
    assert found.std(axis=0) == pytest.approx(plain.std(axis=0), abs=0.004)


def test_walks_keep_an_order_within_limits() -> None:
    rules = WeightRules(
        order=(("k2",), ("k0", "k1"), ("k3",)), limits=(("k2", (0.4, 0.41)), ("k3", (0.02, 0.2)))
    )
    found = draw_weights(choice([[0] * 4], rules), 5000, np.random.default_rng(1))
    plain = np.random.default_rng(2).dirichlet(np.ones(4), size=2_000_000)
    keeps = (plain[:, 2] >= 0.4) & (plain[:, 2] <= 0.41) & (plain[:, 3] >= 0.02)
    keeps &= (plain[:, 3] <= plain[:, :2].min(axis=1)) & (plain[:, 3] <= 0.2)
    plain = plain[keeps & (plain[:, 2] >= plain[:, :2].max(axis=1))]
    assert len(plain) > 1000
    assert (found[:, 2] >= found[:, :2].max(axis=1) - 1e-9).all()
    assert (found[:, 3] <= found[:, :2].min(axis=1) + 1e-9).all()
    assert found.mean(axis=0) == pytest.approx(plain.mean(axis=0), abs=0.006)
    assert found.std(axis=0) == pytest.approx(plain.std(axis=0), abs=0.006)


@pytest.mark.parametrize(
    "rules",
    [
        WeightRules(limits=(("k0", (0.6, 0.8)), ("k1", (0.5, 0.9)))),
        WeightRules(limits=(("k0", (0.0, 0.2)), ("k1", (0.0, 0.2)), ("k2", (0.0, 0.2)))),
        WeightRules(order=(("k0",), ("k1",), ("k2",)), limits=(("k0", (0.0, 0.2)),)),
    ],
)
def test_limits_that_no_weights_keep_are_refused(rules: WeightRules) -> None:
    with pytest.raises(InputRefused) as refused:
        weigh(choice([[0, 0, 0]], rules), draws=10)
    assert refused.value.id == "weighing_limits"


def test_unsure_amounts_make_a_sure_winner_unsure() -> None:
    """B's one amount is even between 0.2 and 0.8 around 0.5: A with 0.5 wins half the draws."""
    options = (
        Option("a", "A", (Amount.sure(0.5),)),
        Option("b", "B", (Amount(0.5, 0.2, 0.8),)),
    )
    found = weigh(Choice("", scales(1), options), draws=20_000, seed=1)
    assert found.winning[0][1] == pytest.approx(0.5, abs=0.02)
    # Mean of a triangular lead over 0.5, half the time: (0.8 - 0.5) / 3 / 2.
    assert found.perfect_information == pytest.approx(0.05, abs=0.005)
    assert all(o.confidence == pytest.approx(0.5, abs=0.02) for o in found.options)


def test_values_between_worst_and_best_follow_the_points() -> None:
    scale = ValueScale("a", "A", ((200.0, 0.0), (100.0, 0.8), (0.0, 1.0)))
    assert (scale.worst, scale.best) == (200, 0)
    assert scale.value([200, 150, 100, 50, 0]).tolist() == pytest.approx([0, 0.4, 0.8, 0.9, 1])
    assert scale.value([300, -5]).tolist() == [0, 1]


FAULTY: dict[str, Any] = {
    "one point": lambda: ValueScale("a", "A", ((0.0, 0.0),)),
    "falls": lambda: ValueScale("a", "A", ((0.0, 0.0), (1.0, 0.9), (2.0, 0.5), (3.0, 1.0))),
    "turns": lambda: ValueScale("a", "A", ((0.0, 0.0), (2.0, 0.5), (1.0, 1.0))),
    "not 0-1": lambda: ValueScale("a", "A", ((0.0, 0.1), (1.0, 1.0))),
    "amount": lambda: Amount(2.0, 3.0, 4.0),
    "no options": lambda: Choice("", scales(1), ()),
    "short row": lambda: Choice("", scales(2), (Option("a", "A", (Amount.sure(0.0),)),)),
    "half an order": lambda: choice([[0, 0]], WeightRules(order=(("k0",),))),
    "unknown": lambda: choice([[0, 0]], WeightRules(swing=(("k9", 1.0),))),
    "no draws": lambda: weigh(choice([[0, 0]]), draws=0),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_what_cannot_be_is_refused(fault: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        FAULTY[fault]()
