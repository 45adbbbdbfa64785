"""Services and actions of Elvebyen, and who uses them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from jevn.demo.population import EDUCATION, INCOME, YEAR, ZONES, People

_WAGE_PER_YEAR = 880_000  # kroner a year of one full-time post with overheads
_STAFF_SHARE = {"201": 0.45, "281": 0.04, "252": 0.15, "380": 0.05, "385": 0.05, "381": 0.25}
_NO_USERS = {"", "0"}
_AGES = re.compile(r"(\d+)(?:–(\d+))? år")
_SITUATION = {
    "kjernetid_i_dag": "Lav inntekt",
    "moderasjon": "Lav inntekt",
    "iko_varsling": "Høyt skolefravær",
    "familie_forste": "Sammensatte behov",
    "barnevern": "Bekymring for barnet",
    "jobbspesialister": "Psykiske lidelser",
    "sysselsetting": "Mottar sosialhjelp",
    "kvalifisering": "Nedsatt arbeidsevne",
    "familiekoordinator": "Vedvarende lav inntekt",
    "startlaan": "Lav inntekt",
    "fact": "Alvorlig psykisk lidelse",
    "feltpleie": "Aktiv rusbruk",
}
_ZONE_TILT = -0.28  # how much an uptake along income also follows the zones' deprivation


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
            **_ages(row["target_group"]),
            "situation": _SITUATION.get(row["service"]),
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


def _ages(target_group: str) -> dict[str, int | None]:
    """First and last age named in the words of a target group."""
    found = _AGES.search(target_group)
    if not found or found[2] is None:
        return {"from_age": None, "to_age": None}
    return {"from_age": int(found[1]), "to_age": int(found[2])}


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


def zone_user_rows(people: People, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Rows of ``service_users.csv`` by zone, for services that count where users live."""
    persons = people.by_education((0, 120)).sum(axis=1).astype(np.float64)
    tilt = np.array([z.deprivation for z in ZONES])
    for row in _register():
        if row["users"] in _NO_USERS or row["certainty"] != "high":
            continue
        named = set(row["places"].split(";")) - {""}
        here = np.array([not named or z.id in named for z in ZONES], dtype=np.float64)
        weight = here * persons * np.exp(_ZONE_TILT * float(row["uptake"]) * tilt)
        drawn = rng.multinomial(int(row["users"]), weight / weight.sum())
        for zone, users in zip(ZONES, drawn, strict=True):
            if not named or zone.id in named:
                yield {
                    "service": row["service"],
                    "year": YEAR,
                    "dimension": "zone",
                    "group": zone.id,
                    "users": int(users),
                }


def uptake_by_service() -> dict[str, float]:
    """The uptake that was put in, by service."""
    return {row["service"]: float(row["uptake"]) for row in _register()}
