"""Services and actions of Elvebyen, and who uses them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from jevn.demo.population import EDUCATION, INCOME, YEAR, People

_WAGE_PER_YEAR = 880_000  # kroner a year of one full-time post with overheads
_STAFF_SHARE = {"201": 0.45, "281": 0.04, "252": 0.15, "380": 0.05, "385": 0.05, "381": 0.25}
_NO_USERS = {"", "0"}


@cache
def _register() -> tuple[dict[str, str], ...]:
    text = files("jevn.demo").joinpath("data", "services.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def service_rows() -> Iterator[dict[str, object]]:
    """Rows of ``services.csv`` for the latest accounting year."""
    for row in _register():
        net = round(float(row["million"]) * 1e6)
        staff = _STAFF_SHARE.get(row["function"], 0.72)
        yield {
            "service": row["service"],
            "name": row["name"],
            "kind": row["kind"],
            "area": row["area"],
            "year": YEAR,
            "unit": row["unit"],
            "function": row["function"],
            "reach": row["reach"],
            "target_group": row["target_group"],
            "places": row["places"],
            "gross_nok": round(net * 1.09 / 1000) * 1000,
            "net_nok": net,
            "fte": round(net * 1.09 * staff / _WAGE_PER_YEAR, 1),
            "users": row["users"] or None,
            "basis": row["basis"],
            "certainty": row["certainty"],
            "intervention": row["intervention"] or None,
            "origin": "gen-services",
        }


def true_use(row_uptake: float, persons: np.ndarray) -> np.ndarray:
    """True share of users per group: head count times exp(uptake x mid-rank).

    ``row_uptake`` above 0: used most by those with the highest position.
    """
    share = persons / persons.sum()
    rank = np.cumsum(share) - share / 2
    weight = share * np.exp(row_uptake * (rank - 0.5))
    return np.asarray(weight / weight.sum())


def service_user_rows(people: People, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Rows of ``service_users.csv``: users drawn over education and income groups."""
    education = people.by_education((0, 120)).sum(axis=0).astype(np.float64)
    income = people.by_income((0, 120)).astype(np.float64)
    for row in _register():
        if row["users"] in _NO_USERS or row["certainty"] == "low":
            continue
        for dimension, names, persons in (
            ("education", EDUCATION, education),
            ("income", INCOME, income),
        ):
            if dimension == "income" and row["certainty"] != "high":
                continue
            shares = true_use(float(row["uptake"]), persons)
            drawn = rng.multinomial(int(row["users"]), shares)
            for group, users in zip(names, drawn, strict=True):
                yield {
                    "service": row["service"],
                    "year": YEAR,
                    "dimension": dimension,
                    "group": group,
                    "users": int(users),
                }


def uptake_by_service() -> dict[str, float]:
    """The uptake that was put in, by service."""
    return {row["service"]: float(row["uptake"]) for row in _register()}
