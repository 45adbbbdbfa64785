"""What a raised generation passes on: by hand, and between its two lines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from jevn.impact.inheritance import passed_on

HUNDRED = np.full(512, 100.0)


def test_by_hand() -> None:
    """100 complete; 0.72 children each; 17.8 points between parents; half of it cause."""
    found = passed_on(HUNDRED, seed=1, kappa=0.5, children=0.72, gradient=0.178)
    first, second = found.generations
    assert first.extra.mean == pytest.approx(100 * 0.72 * 0.178 * 0.5, rel=0.01)
    assert first.all == pytest.approx(100 * 0.72 * 0.178)
    assert second.all == pytest.approx(100 * (0.72 * 0.178) ** 2)
    assert first.none == second.none == 0
    assert found.completers.mean == 100


def test_the_lines_enclose_the_draws_and_gains_fall_by_generation() -> None:
    found = passed_on(HUNDRED, seed=1, generations=4)
    for g in found.generations:
        assert g.none <= g.extra.lower <= g.extra.median <= g.extra.upper <= g.all
    means = [found.completers.mean, *(g.extra.mean for g in found.generations)]
    assert all(a > b > 0 for a, b in itertools.pairwise(means))


@pytest.mark.parametrize(("kappa", "part"), [(0.0, 0.0), (1.0, 1.0)])
def test_nothing_or_all_as_cause_gives_the_lines(kappa: float, part: float) -> None:
    found = passed_on(HUNDRED, seed=1, kappa=kappa)
    for g in found.generations:
        assert g.extra.mean == pytest.approx(part * g.all)
        assert g.extra.lower == pytest.approx(g.extra.upper)


def test_more_cause_passes_on_more() -> None:
    extra = [
        passed_on(HUNDRED, seed=1, kappa=k).generations[0].extra.mean for k in (0.1, 0.2, 0.4, 0.8)
    ]
    assert extra == sorted(extra)
    assert extra[3] == pytest.approx(8 * extra[0], rel=0.05)


def test_a_loss_is_passed_on_too() -> None:
    lost = passed_on(-HUNDRED, seed=1).generations[0]
    gained = passed_on(HUNDRED, seed=1).generations[0]
    assert lost.extra.mean == pytest.approx(-gained.extra.mean)
    assert lost.all == pytest.approx(-gained.all)


@pytest.mark.parametrize(
    "wrong",
    [{"kappa": 1.1}, {"kappa": -0.1}, {"gradient": 2.0}, {"children": -1.0}, {"generations": -1}],
)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|negative"):
        passed_on(HUNDRED, seed=1, **wrong)  # type: ignore[arg-type]
