"""Effects per action, level, group and draw: their sums are those of the whole projection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jevn.impact.projection import Inputs, project_alternatives
from jevn.impact.projection.action_effects import ActionEffects, action_effects
from jevn.planwork import inputs_of, read_folder

DRAWS = 16


@pytest.fixture(scope="module")
def inputs(elvebyen_folder: Path) -> Inputs:
    found = inputs_of(read_folder(elvebyen_folder))
    assert found is not None
    return replace(found, model=replace(found.model, years=6))


@pytest.fixture(scope="module")
def effects(inputs: Inputs) -> ActionEffects:
    found = action_effects(inputs, levels=(0.5, 1.0, 2.0), draws=DRAWS, seed=5)
    assert found is not None
    return found


def test_sums_are_those_of_the_whole_projection(inputs: Inputs, effects: ActionEffects) -> None:
    projection = project_alternatives(inputs, draws=DRAWS, seed=5)
    assert projection is not None
    for found in projection.alternatives:
        summed = effects.summed(dict.fromkeys(found.computed, 1.0))
        for outcome in found.benefit:
            assert summed[outcome.outcome].mean == pytest.approx(
                outcome.total.mean, rel=0.01, abs=1e-6
            )


def test_no_money_gives_nothing(effects: ActionEffects) -> None:
    assert not effects.at({}).any()
    assert not effects.at(dict.fromkeys(effects.changes, 0.0)).any()


def test_between_levels_effects_lie_between(effects: ActionEffects) -> None:
    for change in effects.changes:
        low, middle, high = (effects.at({change: x}).sum() for x in (1.0, 1.4, 2.0))
        assert low <= middle <= high


def test_two_actions_on_one_determinant_help_less_than_their_sum(effects: ActionEffects) -> None:
    many = np.zeros((2, 2, 5, 3, 1))
    many[:, 1] = 60.0
    twice = replace(
        effects,
        changes=("a", "b"),
        levels=(0.0, 1.0),
        outcomes=("healthy_years", "life_years", "deaths_averted", "premature", "x"),
        effects=many,
        target=np.array([4, 4]),
        room=np.full((2, 3), 100.0),
    )
    # 100 (1 - 0.4 0.4) = 84 against 120
    assert twice.at({"a": 1.0, "b": 1.0})[4, 0, 0] == pytest.approx(84.0)
    assert twice.at({"a": 1.0, "b": 1.0})[0, 0, 0] == pytest.approx(84.0)


def test_a_change_that_is_not_there_is_an_error(effects: ActionEffects) -> None:
    with pytest.raises(KeyError):
        effects.at({"skrivefeil": 1.0})
    with pytest.raises(ValueError, match="negative"):
        effects.at({effects.changes[0]: -1.0})


def test_levels_must_rise(inputs: Inputs) -> None:
    with pytest.raises(ValueError, match="rise"):
        action_effects(inputs, levels=(1.0, 0.5))
