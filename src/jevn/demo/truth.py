"""What the generator put in, so that what the engine recovers can be held against it."""

from __future__ import annotations

from typing import Any

import numpy as np

from jevn.demo.population import BACKGROUND, EDUCATION, INCOME, SEX, YEAR, ZONES, People
from jevn.demo.rates import Rate, TrueValues, slope_index
from jevn.demo.services import uptake_by_service


def _indicator(rate: Rate, truth: TrueValues, people: People) -> dict[str, Any]:
    persons = truth.persons.sum(axis=0)
    found: dict[str, Any] = {
        "area": rate.area.value,
        "scale": rate.scale.value,
        "polarity": rate.polarity.value,
        "period": rate.years[-1],
        "total": truth.total,
        "trend_log_odds_per_year": None if rate.kind == "mean" else rate.trend,
        "trend_per_year": rate.trend if rate.kind == "mean" else None,
    }
    if truth.education:
        found["education"] = dict(zip(EDUCATION, truth.education, strict=True))
        found["sii_education"] = slope_index(truth.education, persons)
    if truth.zones:
        found["zones"] = {z.id: v for z, v in zip(ZONES, truth.zones, strict=True)}
        found["zone_effect"] = rate.zone
    if truth.income:
        found["income"] = dict(zip(INCOME, truth.income, strict=True))
        weights = people.by_income(rate.ages).astype(np.float64)
        found["sii_income"] = slope_index(truth.income, weights)
    if truth.background:
        found["background"] = dict(zip(BACKGROUND, truth.background, strict=True))
    if truth.sex:
        found["sex"] = dict(zip(SEX, truth.sex, strict=True))
    return found


def truth_document(
    people: People,
    rates: tuple[Rate, ...],
    truths: dict[str, TrueValues],
    targets: dict[tuple[int, str], int],
    voices: dict[str, Any],
) -> dict[str, Any]:
    """``truth.json``: true values on each indicator's own scale, money in kroner."""
    functions = {f: nok for (year, f), nok in targets.items() if year == YEAR}
    return {
        "about": "Elvebyen is fictional. These are the values the generator put in.",
        "population": {
            "total": people.total,
            "zones": {
                z.id: int(n) for z, n in zip(ZONES, people.cells.sum((1, 2, 3)), strict=True)
            },
            "education": dict(zip(EDUCATION, people.cells.sum((0, 1, 2)).tolist(), strict=True)),
        },
        "indicators": {r.id: _indicator(r, truths[r.id], people) for r in rates},
        "net_nok": {"year": YEAR, "functions": functions, "total": sum(functions.values())},
        "uptake_by_service": uptake_by_service(),
        "voices": voices,
    }
