"""Accounts of Elvebyen in the shape of KOSTRA: function, type, responsibility and year."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from jevn.demo.population import COUNTRY, GROUP, YEAR, People, persons_in

FIRST = 2022
YEARS = tuple(range(FIRST, YEAR + 1))
_GROWTH = 0.043  # nominal growth of municipal costs a year

# Kroner per krone of gross cost by type, in the kinds of function; 590 is depreciation.
_COST: dict[str, dict[str, float]] = {
    "staff": {"010": 0.58, "020": 0.04, "030": 0.02, "090": 0.09, "099": 0.10, "120": 0.04,
              "195": 0.02, "200": 0.02, "240": 0.03, "270": 0.02, "429": 0.04},
    "school": {"010": 0.60, "020": 0.06, "030": 0.02, "090": 0.09, "099": 0.11, "105": 0.03,
               "120": 0.02, "200": 0.02, "240": 0.01, "350": 0.02, "429": 0.02},
    "kindergarten": {"010": 0.29, "020": 0.04, "030": 0.01, "090": 0.05, "099": 0.05,
                     "105": 0.01, "115": 0.01, "370": 0.52, "429": 0.02},
    "care": {"010": 0.46, "020": 0.08, "030": 0.05, "040": 0.01, "090": 0.08, "099": 0.09,
             "114": 0.02, "115": 0.02, "120": 0.03, "200": 0.01, "370": 0.12, "429": 0.03},
    "health": {"010": 0.34, "020": 0.03, "090": 0.05, "099": 0.06, "114": 0.02, "120": 0.03,
               "350": 0.05, "370": 0.39, "429": 0.03},
    "purchase": {"010": 0.18, "090": 0.02, "099": 0.03, "270": 0.05, "300": 0.06, "350": 0.12,
                 "370": 0.44, "380": 0.04, "429": 0.06},
    "property": {"010": 0.16, "090": 0.02, "099": 0.03, "180": 0.19, "190": 0.06, "230": 0.17,
                 "250": 0.05, "429": 0.08, "590": 0.24},
    "benefit": {"010": 0.05, "090": 0.01, "099": 0.01, "470": 0.93},
    "grants": {"010": 0.12, "090": 0.02, "099": 0.02, "120": 0.03, "470": 0.81},
    "fees": {"010": 0.33, "090": 0.05, "099": 0.05, "120": 0.06, "180": 0.06, "230": 0.13,
             "270": 0.05, "350": 0.05, "429": 0.06, "590": 0.16},
    "rent": {"010": 0.09, "090": 0.01, "099": 0.02, "180": 0.18, "190": 0.12, "230": 0.27,
             "429": 0.07, "590": 0.24},
}  # fmt: skip

# Income per krone of gross cost: 600 fees, 630 rent, 700 state, 710 sick pay, 729 VAT.
_INCOME: dict[str, dict[str, float]] = {
    "staff": {"650": 0.01, "700": 0.05, "710": 0.025, "729": 0.04},
    "school": {"650": 0.01, "700": 0.03, "710": 0.03, "729": 0.02, "750": 0.01},
    "kindergarten": {"600": 0.07, "700": 0.02, "710": 0.025, "729": 0.02},
    "care": {"600": 0.06, "700": 0.05, "710": 0.035, "729": 0.03},
    "health": {"600": 0.03, "700": 0.08, "710": 0.02, "729": 0.03},
    "purchase": {"700": 0.08, "710": 0.01, "729": 0.06},
    "property": {"630": 0.04, "710": 0.01, "729": 0.08},
    "benefit": {"700": 0.06, "729": 0.0},
    "grants": {"650": 0.02, "729": 0.01},
    "fees": {"710": 0.01, "729": 0.06},
    "rent": {"630": 0.62, "700": 0.02, "729": 0.07},
}
_FEES = "640"  # fees within the cost-price principle: closes the books of fee-financed functions


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """One function as the generator knows it (``data/accounts.csv``).

    ``group_ratio`` and ``country_ratio``: net cost per inhabitant there over Elvebyen's.
    """

    function: str
    units: tuple[str, ...]
    net_million: float
    profile: str
    group_ratio: float
    country_ratio: float


@cache
def function_plans() -> tuple[FunctionPlan, ...]:
    """Every function with money, in order of number."""
    text = files("jevn.demo").joinpath("data", "accounts.csv").read_text("utf-8")
    return tuple(
        FunctionPlan(
            function=row["function"],
            units=tuple(row["units"].split(";")),
            net_million=float(row["net_million"]),
            profile=row["profile"],
            group_ratio=float(row["group_ratio"]),
            country_ratio=float(row["country_ratio"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def net_targets(rng: np.random.Generator) -> dict[tuple[int, str], int]:
    """Net running cost in whole kroner by year and function: what the amounts must sum to."""
    targets = {}
    for plan in function_plans():
        for year in YEARS:
            drift = 1.0 if year == YEAR else 1 + 0.012 * float(rng.standard_normal())
            nominal = plan.net_million * 1e6 / (1 + _GROWTH) ** (YEAR - year) * drift
            targets[year, plan.function] = round(nominal)
    return targets


def _gross_nok(plan: FunctionPlan, net: int) -> float:
    if plan.profile == "fees":
        return abs(net) * 3.2
    income = sum(_INCOME[plan.profile].values())
    return net / (1 - income)


def account_rows(
    targets: dict[tuple[int, str], int], rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    """Rows of ``accounts.csv``; the amounts of a function and year sum to its target exactly."""
    for year in YEARS:
        for plan in function_plans():
            net = targets[year, plan.function]
            gross = _gross_nok(plan, net)
            amounts: list[tuple[str, str, int]] = []
            share = 1 / len(plan.units)
            for unit in plan.units:
                for sign, table in ((1, _COST[plan.profile]), (-1, _INCOME[plan.profile])):
                    for kind, part in table.items():
                        noise = float(np.exp(0.03 * rng.standard_normal()))
                        amount = sign * round(gross * share * part * noise / 1000) * 1000
                        if amount:
                            amounts.append((unit, kind, amount))
            rest = net - sum(amount for _, _, amount in amounts)
            if plan.profile == "fees":
                amounts.append((plan.units[0], _FEES, rest))
            else:
                unit, kind, amount = amounts[0]
                amounts[0] = (unit, kind, amount + rest)
            for unit, kind, amount in amounts:
                yield {
                    "year": year,
                    "function": plan.function,
                    "type": kind,
                    "responsibility": unit,
                    "amount": amount,
                }
        yield from _financing(year, sum(targets[year, p.function] for p in function_plans()))


def _financing(year: int, net: int) -> Iterator[dict[str, object]]:
    """Tax, block grant and interest, which pay for the services, and an internal sale."""
    for function, kind, amount in (
        ("800", "870", -round(0.56 * net, -3)),
        ("840", "800", -round(0.47 * net, -3)),
        ("870", "500", round(0.045 * net, -3)),
        ("120", "290", 4_000_000),
        ("120", "790", -4_000_000),
    ):
        yield {
            "year": year,
            "function": function,
            "type": kind,
            "responsibility": "Stab og støtte",
            "amount": int(amount),
        }


def comparison_account_rows(
    targets: dict[tuple[int, str], int], people: People
) -> Iterator[dict[str, object]]:
    """Rows of ``comparison_accounts.csv``: the comparison group and the country."""
    for year in YEARS:
        inhabitants = persons_in(people, None, year)
        for plan in function_plans():
            here = targets[year, plan.function] / inhabitants
            for place, ratio in ((COUNTRY, plan.country_ratio), (GROUP, plan.group_ratio)):
                yield {
                    "place": place,
                    "year": year,
                    "function": plan.function,
                    "net_nok_per_inhabitant": round(here * ratio, 1),
                    "origin": "gen-accounts",
                }


def share_rows() -> list[dict[str, str]]:
    """Rows of ``shares.csv``, as in ``data/shares.csv``."""
    text = files("jevn.demo").joinpath("data", "shares.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
