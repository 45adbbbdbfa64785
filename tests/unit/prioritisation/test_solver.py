"""The solver against trying every set."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

from jevn.prioritisation.lists import fits
from jevn.prioritisation.results import Frame
from jevn.prioritisation.solver import best, problem


def brute_force(
    changes: Sequence[Any], gains: dict[str, float], frame: Frame, forced: frozenset[str]
) -> frozenset[str] | None:
    """Every set tried: most value, then fewest kroner, then the first ids in."""
    by_id = {c.id: c for c in changes}
    ids = sorted(by_id)
    found: tuple[Any, ...] | None = None
    for bits in product((1, 0), repeat=len(ids)):
        chosen = [id for id, x in zip(ids, bits, strict=True) if x]
        if not forced <= set(chosen) or not fits(chosen, by_id, frame):
            continue
        if any(r in by_id and r not in chosen for c in chosen for r in by_id[c].requires):
            continue
        value = sum(round(gains[c] * 1e6) for c in chosen)
        key = (value, -sum(by_id[c].nok_per_year for c in chosen), bits)
        if found is None or key > found[0]:
            found = (key, frozenset(chosen))
    return None if found is None else found[1]


@pytest.mark.parametrize("seed", range(60))
def test_the_best_package_equals_trying_every_set(change: Any, seed: int) -> None:
    draw = random.Random(seed)
    ids = [f"t{i}" for i in range(9)]
    changes = []
    for i, id in enumerate(ids):
        others = [x for x in ids[:i] if draw.random() < 0.12]
        requires = others[:1] if draw.random() < 0.5 else []
        changes.append(
            change(
                id,
                # Few distinct amounts, some of them negative: many ties and released money.
                draw.choice([-2e6, -1e6, 0.0, 1e6, 1e6, 2e6, 3e6, 1234567.89]),
                posts=draw.choice([0.0, 0.5, 1.0, 2.0]),
                requires=tuple(requires),
                excludes=tuple(x for x in others if x not in requires),
            )
        )
    gains = {id: draw.choice([-0.2, -0.1, 0.0, 0.1, 0.1, 0.2, 0.123456]) for id in ids}
    frame = Frame(draw.choice([0.0, 2e6, 4e6, -1e6]), draw.choice([None, 3.0]))
    asked = problem(changes, gains, frame)
    assert best(asked) == brute_force(changes, gains, frame, frozenset())
    forced = frozenset({draw.choice(ids)})
    expected = brute_force(changes, gains, frame, forced)
    found = best(asked, forced)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert sum(round(gains[c] * 1e6) for c in found) == sum(
            round(gains[c] * 1e6) for c in expected
        )


def test_the_answer_does_not_depend_on_the_order_of_the_changes(change: Any) -> None:
    changes = [change(f"t{i}", 1e6) for i in range(8)]
    gains = dict.fromkeys((c.id for c in changes), 0.1)
    expected = frozenset({"t0", "t1", "t2"})
    assert best(problem(changes, gains, Frame(3e6))) == expected
    assert best(problem(changes[::-1], gains, Frame(3e6))) == expected


def test_equal_value_goes_to_fewer_kroner(change: Any) -> None:
    changes = [change("a", 3e6), change("b", 2e6)]
    assert best(problem(changes, {"a": 0.2, "b": 0.2}, Frame(3e6))) == {"b"}


def test_the_frame_holds_to_the_ore(change: Any) -> None:
    changes = [change("a", 1e9), change("b", 0.01)]
    gains = {"a": 0.3, "b": 0.2}
    assert best(problem(changes, gains, Frame(1e9))) == {"a"}
    assert best(problem(changes, gains, Frame(1e9 + 0.01))) == {"a", "b"}


def test_the_solver_is_silent(change: Any, capfd: pytest.CaptureFixture[str]) -> None:
    changes = [change(f"t{i}", 1e6 * (i + 1)) for i in range(12)]
    best(problem(changes, {c.id: 0.01 * i for i, c in enumerate(changes)}, Frame(20e6)))
    assert capfd.readouterr() == ("", "")
