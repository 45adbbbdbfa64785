"""Elvebyen's shared budget: projects residents asked for, and votes drawn by where people live."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Final

import numpy as np

from jevn.demo.population import ZONES

ID: Final = "nabolag-2026"
BUDGET: Final = 1_500_000
VOTERS: Final = 640
MOST: Final = 5
_OWN, _OTHER, _EVERYWHERE = 0.75, 0.07, 0.33
"""Chance of voting for what is in one's own zone, in another, and for everyone; times liking."""


def projects() -> list[dict[str, str]]:
    """Rows of the projects: id, cost, name, category, zone (empty: for all), how much liked."""
    data = files("jevn.demo").joinpath("data", "plan", "budget.csv").read_text("utf-8")
    return list(csv.DictReader(data.splitlines()))


def election_text(rng: np.random.Generator) -> str:
    """The election as a Pabulib file.

    More vote where people are better off, as in most such votes; ages are 13 and over.

    Args:
        rng: source of chance; the same state gives the same file.
    """
    rows = projects()
    weight = np.array([z.persons * np.exp(-0.35 * z.deprivation) for z in ZONES])
    zones = rng.choice(len(ZONES), VOTERS, p=weight / weight.sum())
    ages = np.clip(13 + rng.gamma(3.0, 11.0, VOTERS), 13, 90).astype(int)
    women = rng.random(VOTERS) < 0.56
    votes = []
    for i in range(VOTERS):
        own = ZONES[zones[i]].name
        wants = np.array(
            [
                float(r["liked"])
                * (_EVERYWHERE if not r["zone"] else _OWN if r["zone"] == own else _OTHER)
                for r in rows
            ]
        )
        chosen = [k for k in np.argsort(-wants * rng.random(len(rows))) if rng.random() < wants[k]]
        ballot = [rows[k]["project_id"] for k in chosen[:MOST]]
        if not ballot:
            ballot = [rows[int(np.argmax(wants * rng.random(len(rows))))]["project_id"]]
        sex = "F" if women[i] else "M"
        votes.append(f"{i + 1};{','.join(ballot)};{ages[i]};{sex};{own}")
    head = {
        "description": "Felles budsjett for nabolagene 2026",
        "country": "Norge (oppdiktet)",
        "unit": "Elvebyen",
        "instance": "2026",
        "num_projects": str(len(rows)),
        "num_votes": str(VOTERS),
        "budget": str(BUDGET),
        "vote_type": "approval",
        "rule": "equalshares/add1",
        "max_length": str(MOST),
    }
    lines = ["META", "key;value", *(f"{k};{v}" for k, v in head.items())]
    lines += ["PROJECTS", "project_id;cost;name;category"]
    lines += [f"{r['project_id']};{r['cost']};{r['name']};{r['category']}" for r in rows]
    lines += ["VOTES", "voter_id;vote;age;sex;neighborhood", *votes]
    return "\n".join(lines) + "\n"
