"""How sure a package is, and why an action is in or out: held against trying every package."""

from __future__ import annotations

import numpy as np
import pytest

from jevn.prioritisation.portfolio import best_package, robustness, why
from jevn.prioritisation.portfolio.choices import Option
from jevn.terms import InputRefused
from unit.prioritisation.portfolios import drawn_case, every_package, frame, option


def _drawn(option: Option, *factors: float) -> Option:
    from dataclasses import replace

    gains = np.array([w.gain for w in option.ways])
    return replace(option, draws=gains[:, :, None] * np.array(factors))


@pytest.mark.parametrize("seed", [1, 3, 4, 6, 9])
def test_robustness_is_that_of_trying_every_package_in_every_draw(seed: int) -> None:
    options, demands = drawn_case(seed, 6, draws=24)
    allowed = list(every_package(options, demands))
    if not allowed:
        pytest.skip("no package keeps to these demands")
    found = robustness(options, demands)
    value = np.array([[_in_draw(p, options, demands, d) for d in range(24)] for p in allowed])
    best = value.max(axis=0)
    assert found.perfect == pytest.approx(best.mean() - value.mean(axis=1).max(), abs=1e-4)
    expected = best_package(options, demands)
    held = np.array([_in_draw(expected, options, demands, d) for d in range(24)])
    assert found.regret == pytest.approx((best - held).mean(), abs=1e-4)
    assert found.worst_regret == pytest.approx((best - held).max(), abs=1e-4)
    assert found.best_share == pytest.approx((best - held < 1e-4).mean())
    for standing in found.options:
        at_best = [
            [p for p, v in zip(allowed, value[:, d], strict=True) if v > best[d] - 1e-6]
            for d in range(24)
        ]
        surely = sum(all(p.level(standing.id) > 0 for p in some) for some in at_best) / 24
        maybe = sum(any(p.level(standing.id) > 0 for p in some) for some in at_best) / 24
        assert surely - 1e-9 <= standing.share_in <= maybe + 1e-9


def _in_draw(package, options, demands, draw: int) -> float:  # type: ignore[no-untyped-def]
    total = 0.0
    for o in options:
        for w, way in enumerate(o.ways):
            chosen = next((c for c in package.chosen if c.id == o.id), None)
            if chosen and (chosen.level, chosen.start) == (way.level, way.start):
                total += float(o.draws[w, :, draw].sum())
    inside = {c.id for c in package.chosen}
    return total + sum(sum(s.gain) for s in demands.synergies if {s.one, s.other} <= inside)


@pytest.mark.parametrize("seed", range(8))
def test_knowing_is_never_worth_less_than_nothing(seed: int) -> None:
    options, demands = drawn_case(seed, 6, draws=12)
    found = robustness(options, demands, equity_weight=1.0)
    assert found.perfect >= 0
    assert found.regret >= found.perfect - 1e-6, "the best as expected may lose more, never less"
    assert 0 <= found.best_share <= 1
    assert found == robustness(options, demands, equity_weight=1.0), (
        "the same draws, the same answer"
    )


def test_always_sometimes_never() -> None:
    sure = _drawn(option("sure", (1.0, 1.0, (9.0, 9.0))), 1, 1, 1, 1)
    swing = _drawn(option("swing", (1.0, 1.0, (3.0, 3.0))), 2, 2, 0, 0)
    other = _drawn(option("other", (1.0, 1.0, (2.0, 2.0))), 1, 1, 1, 1)
    bad = _drawn(option("bad", (1.0, 1.0, (-1.0, -1.0))), 1, 1, 1, 1)
    found = robustness([sure, swing, other, bad], frame(2.0))
    assert {o.id: (o.share_in, o.standing) for o in found.options} == {
        "sure": (1.0, "always"),
        "swing": (0.5, "sometimes"),
        "other": (0.5, "sometimes"),
        "bad": (0.0, "never"),
    }
    # swing is chosen as expected: 6 against 4; in the two draws where it gives 0, 4 are lost.
    assert (found.regret, found.worst_regret, found.best_share) == (2.0, 4.0, 0.5)
    assert found.perfect == 2.0
    told: list[tuple[int, int]] = []
    few = robustness(
        [sure, swing, other, bad],
        frame(2.0),
        draws=2,
        progress=lambda done, all_: told.append((done, all_)),
    )
    assert few.draws == 2
    assert told == [(1, 2), (2, 2)]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    options, demands = drawn_case(2, 8, draws=3)
    package = best_package(options, demands)
    robustness(options, demands, package)
    why(options, demands, package, "o1")
    assert capfd.readouterr() == ("", "")


def test_robustness_without_draws_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="draws"):
        robustness([option("a", (1.0, 1.0, (1.0,)))], frame(1.0))


@pytest.mark.parametrize("seed", range(12))
def test_forcing_an_action_the_other_way_gives_the_best_without_or_with_it(seed: int) -> None:
    options, demands = drawn_case(seed, 6)
    allowed = list(every_package(options, demands))
    if not allowed:
        pytest.skip("no package keeps to these demands")
    package = best_package(options, demands)
    for o in options:
        found = why(options, demands, package, o.id)
        assert found.inside == (package.level(o.id) > 0)
        if o.id in demands.locked():
            assert found.forced is None
            assert found.reasons[0].key.startswith("portfolio.why.locked")
            continue
        assert found.forced is not None
        assert (found.forced.level(o.id) > 0) != found.inside
        others = [p for p in allowed if (p.level(o.id) > 0) != found.inside]
        if others:
            best = max(p.total for p in others)
            assert found.total == pytest.approx(best - package.total, abs=1e-4)
            assert found.total <= 1e-6, "forcing the best package never makes it better"
        else:
            assert found.forced.loosened, "what must give is named"
        assert found.reasons


def test_what_it_would_take() -> None:
    options = [
        option("big", (1.0, 3.0, (6.0, 9.0))),
        option("small", (1.0, 2.0, (5.0, 4.0))),
        option("tiny", (0.5, 0.5, (1.0, 1.0)), (1.0, 1.0, (1.5, 1.5))),
    ]
    demands = frame(4.0)
    package = best_package(options, demands)
    assert [(c.id, c.level) for c in package.chosen] == [("big", 1.0), ("tiny", 1.0)]
    out = why(options, demands, package, "small")
    assert (out.inside, out.pushes_out, out.brings_in) == (False, ("big",), ())
    assert (out.total, out.worst_off) == (pytest.approx(-6.0), pytest.approx(-1.0))
    assert (out.room_nok, out.binding) == (200_000_000, ("frame",))
    assert [m.key for m in out.reasons] == [
        "portfolio.why.out",
        "portfolio.why.out.pushes",
        "portfolio.why.room",
    ]
    inside = why(options, demands, package, "big")
    assert (inside.pushes_out, inside.brings_in) == ((), ("small",))
    assert inside.total == pytest.approx(-6.0)
    assert inside.room_nok is None


@pytest.mark.parametrize(
    ("demands", "binding", "said"),
    [
        (frame(9.0, excludes=(("a", "b"),)), ("excludes",), "portfolio.why.meets.excludes"),
        (frame(9.0, posts=((2029, 1000),)), ("posts",), "portfolio.why.meets.posts"),
        (frame(2.0, excludes=(("a", "b"),)), ("frame", "excludes"), "portfolio.why.meets.frame"),
    ],
)
def test_limits_that_money_does_not_move_are_named(demands, binding, said) -> None:  # type: ignore[no-untyped-def]
    options = [
        option("a", (1.0, 2.0, (5.0,)), posts=1000),
        option("b", (1.0, 1.0, (2.0,)), posts=1000),
    ]
    found = why(options, demands, best_package(options, demands), "b")
    assert found.binding == binding
    assert found.room_nok is None
    assert said in [m.key for m in found.reasons]


def test_an_action_that_gives_nothing_is_told_apart_from_one_there_is_no_room_for() -> None:
    options = [option("a", (1.0, 1.0, (5.0,))), option("b", (1.0, 1.0, (-2.0,)))]
    found = why(options, frame(9.0), best_package(options, frame(9.0)), "b")
    assert (found.binding, found.room_nok) == ((), None)
    assert "portfolio.why.no_gain" in [m.key for m in found.reasons]


def test_asking_about_an_action_that_is_not_there() -> None:
    options = [option("a", (1.0, 1.0, (5.0,)))]
    with pytest.raises(InputRefused) as refused:
        why(options, frame(1.0), best_package(options, frame(1.0)), "x")
    assert refused.value.problems[0].id == "portfolio_unknown"
