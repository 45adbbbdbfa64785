"""Suggestions from sentence vectors, with a tiny made-up model."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from jevn.participation.sorting.vectors import load_vectors, suggest_areas
from jevn.terms import EffortArea, UserError

ABOUT = {EffortArea.BOLIG: "hus leie", EffortArea.FRITID: "klubb ball"}


class Counts:
    """Counts five words; a text without them is the zero vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        words = ["hus", "leie", "klubb", "ball", "annet"]
        return np.array([[t.split().count(w) for w in words] for t in texts], dtype=float)


def test_the_nearest_area_is_suggested_with_its_cosine() -> None:
    house, ball, other, empty = suggest_areas(["hus", "ball klubb", "annet", ""], ABOUT, Counts())
    assert house is not None
    assert ball is not None
    assert (house.area, house.nearness) == (EffortArea.BOLIG, pytest.approx(0.707, abs=1e-3))
    assert (ball.area, ball.nearness) == (EffortArea.FRITID, 1.0)
    assert other is None
    assert empty is None


def test_no_texts_give_no_suggestions() -> None:
    assert suggest_areas([], ABOUT, Counts()) == []


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_vectors(tmp_path)
    assert refused.value.problems[0].id == "vectors_folder"


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(UserError) as refused:
        load_vectors(tmp_path)
    assert refused.value.problems[0].id == "vectors_extra"
