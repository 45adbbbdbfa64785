"""Standard errors of 0 where no, or every, respondent is a case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jevn.indices import GroupedData, sii_linear, stacked
from jevn.indices.errors import with_errors_at_bounds
from jevn.terms import Scale

DATA = GroupedData(
    estimates=(10.0, 4.0, 0.0),
    populations=(100.0, 100.0, 100.0),
    standard_errors=(3.0, 2.0, 0.0),
    orders=(1, 2, 3),
    scale=Scale.PERCENT,
    samples=(100.0, 96.0, 46.0),
)


def test_a_sample_without_cases_is_as_uncertain_as_half_a_case_in_one_more():
    groups, changed = with_errors_at_bounds(stacked([DATA]))
    # 0.5 of 47 is .010638; sqrt(.010638 * .989362 / 47) = .014964.
    assert groups.errors[0].tolist() == pytest.approx([3.0, 2.0, 1.4964], abs=1e-4)
    assert changed.tolist() == [True]
    assert sii_linear(groups).se[0] > sii_linear(DATA).se


def test_all_cases_are_as_uncertain_as_none():
    full = replace(DATA, estimates=(10.0, 4.0, 100.0))
    groups, _ = with_errors_at_bounds(stacked([full]))
    none, _ = with_errors_at_bounds(stacked([DATA]))
    np.testing.assert_array_equal(groups.errors, none.errors)


@pytest.mark.parametrize(
    "data",
    [
        replace(DATA, samples=None),
        replace(DATA, scale=None),
        replace(DATA, estimates=(10.0, 4.0, 2.0)),
        replace(DATA, standard_errors=(3.0, 2.0, 0.1)),
    ],
)
def test_other_errors_stay_as_they_are(data):
    groups, changed = with_errors_at_bounds(stacked([data]))
    np.testing.assert_array_equal(groups.errors, stacked([data]).errors)
    assert changed.tolist() == [False]
