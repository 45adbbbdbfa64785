"""Learning from what people have confirmed: a small model beside the word lists.

One regularised logistic regression per area, on the lemmas of a text and on what the word
list says. It is used for an area only where there are enough confirmed texts, and only where
it is wrong less often than the word list alone on texts that it has not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jevn.participation.sorting.patterns import forms, tokens
from jevn.participation.sorting.sorter import Sorted
from jevn.terms import AREAS, EffortArea

LEAST_EXAMPLES = 15
"""Least confirmed texts in an area, and least outside it, for the area to be learnt."""
FOLDS = 5
"""The texts are parted in so many; each part is tried on a model made from the others."""
LEAST_TEXTS_OF_WORD = 2
"""A word must stand in so many confirmed texts to be learnt."""
STRENGTH = 1.0
"""Inverse strength of the L2 regularisation (scikit-learn's ``C``)."""
LIST_WEIGHT = 3.0
"""Value of the word list's verdict as a feature, against 1 for a word: it is shrunk less."""
MOST_WORDS = 5
"""Most words shown for a learnt area."""
_LEAST_LETTERS = 3
_BY_LIST = "(word list)"


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose areas a person has confirmed.

    Attributes:
        text: what was said.
        by_list: areas that the word list gives it.
        areas: areas that the person gave it.
    """

    text: str
    by_list: tuple[EffortArea, ...]
    areas: tuple[EffortArea, ...]


@dataclass(frozen=True, slots=True)
class LearntArea:
    """What was learnt about one area.

    Attributes:
        area: the area.
        confirmed: confirmed texts in the area.
        others: confirmed texts outside it.
        wrong_list: texts that the word list alone places wrongly.
        wrong_learnt: texts that the model places wrongly when it has not seen them;
            ``None`` where there were too few texts to try.
        used: whether the model is used: it is wrong less often than the list.
        weights: weight of each word, the strongest first; positive speaks for the area.
        start: weight of a text with none of the words.
    """

    area: EffortArea
    confirmed: int
    others: int
    wrong_list: int
    wrong_learnt: int | None
    used: bool
    weights: tuple[tuple[str, float], ...] = ()
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt, area by area, and how many confirmed texts it was learnt from."""

    areas: tuple[LearntArea, ...]
    examples: int

    @property
    def used(self) -> tuple[LearntArea, ...]:
        """The areas where the model is used."""
        return tuple(a for a in self.areas if a.used)


def learn(examples: Iterable[Example]) -> Learnt:
    """Learn from confirmed texts. The same texts give the same model, in whatever order.

    Args:
        examples: confirmed texts.
    """
    ordered = sorted(set(examples), key=lambda e: (e.text, e.areas, e.by_list))
    words = [lemmas_of(e.text) for e in ordered]
    counts = Counter(word for found in words for word in found)
    known = tuple(sorted(w for w, n in counts.items() if n >= LEAST_TEXTS_OF_WORD))
    return Learnt(tuple(_learn_area(a, ordered, words, known) for a in AREAS), len(ordered))


def sort_learnt(text: str, by_list: Sorted, learnt: Learnt) -> Sorted:
    """What the word list found, corrected by what was learnt.

    Areas where nothing was learnt stay as the list has them. An area where the model is used is
    given where its probability is at least one half; its confidence is that probability,
    and its words are the list's, or those that spoke most for it. An area that the model
    brings stands after those of the list.
    """
    if not learnt.used:
        return by_list
    shown, confidence = dict(by_list.words), dict(by_list.confidence)
    areas = list(by_list.areas)
    written = lemmas_of(text)
    for one in learnt.used:
        weights = dict(one.weights)
        value = one.start + sum(weights.get(lemma, 0.0) for lemma in written)
        value += LIST_WEIGHT * weights.get(_BY_LIST, 0.0) * (one.area in by_list.areas)
        speaking = [
            (weights[lemma], word) for lemma, word in written.items() if weights.get(lemma, 0) > 0
        ]
        given = value >= 0 and (one.area in areas or bool(speaking))
        if not given:
            areas = [area for area in areas if area != one.area]
            continue
        if one.area not in areas:
            areas.append(one.area)
            strongest = sorted(speaking, key=lambda pair: (-pair[0], pair[1]))[:MOST_WORDS]
            shown[one.area] = tuple(word for _, word in strongest)
        confidence[one.area] = round(float(1 / (1 + np.exp(-value))), 3)
    return Sorted(
        tuple(areas),
        tuple((area, shown[area]) for area in areas),
        tuple((area, confidence[area]) for area in areas),
    )


def lemmas_of(text: str) -> Mapping[str, str]:
    """Each lemma of a text with the word it stands for, as it is first written."""
    found: dict[str, str] = {}
    for word, _, _ in tokens(text):
        if len(word) >= _LEAST_LETTERS:
            found.setdefault(min(forms(word), key=lambda f: (len(f), f)), word)
    return found


def _learn_area(
    area: EffortArea,
    examples: Sequence[Example],
    words: Sequence[Mapping[str, str]],
    known: Sequence[str],
) -> LearntArea:
    truth = np.array([area in e.areas for e in examples], dtype=bool)
    by_list = np.array([area in e.by_list for e in examples], dtype=bool)
    confirmed, others = int(truth.sum()), int((~truth).sum())
    wrong_list = int((truth != by_list).sum())
    if min(confirmed, others) < LEAST_EXAMPLES:
        return LearntArea(area, confirmed, others, wrong_list, None, False)
    table = np.array([[w in found for w in known] for found in words], dtype=float)
    table = np.column_stack([table, LIST_WEIGHT * by_list])
    wrong = _wrong_unseen(table, truth)
    if wrong >= wrong_list:
        return LearntArea(area, confirmed, others, wrong_list, wrong, False)
    model = _fit(table, truth)
    weights = zip((*known, _BY_LIST), (float(w) for w in model.coef_[0]), strict=True)
    strongest = sorted(weights, key=lambda pair: (-abs(pair[1]), pair[0]))
    start = float(model.intercept_[0])
    return LearntArea(area, confirmed, others, wrong_list, wrong, True, tuple(strongest), start)


def _wrong_unseen(table: NDArray[np.float64], truth: NDArray[np.bool_]) -> int:
    """Texts placed wrongly by models that have not seen them; each fold has its share."""
    fold = np.empty(len(truth), dtype=int)
    for value in (True, False):
        rows = np.flatnonzero(truth == value)
        fold[rows] = np.arange(len(rows)) % FOLDS
    wrong = 0
    for part in range(FOLDS):
        unseen = fold == part
        model = _fit(table[~unseen], truth[~unseen])
        wrong += int((model.predict(table[unseen]) != truth[unseen]).sum())
    return wrong


def _fit(table: NDArray[np.float64], truth: NDArray[np.bool_]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(table, truth)
