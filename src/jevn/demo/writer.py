"""Writing Elvebyen as a plan folder: whole or not at all, the same bytes for the same seed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from jevn.demo.accounts import (
    account_rows,
    comparison_account_rows,
    net_targets,
    share_rows,
)
from jevn.demo.conversations import TALKS, about, conversation_files, planted
from jevn.demo.election import ID as ELECTION
from jevn.demo.election import election_text
from jevn.demo.geography import zones_geojson
from jevn.demo.meeting import NAME as MEETING
from jevn.demo.meeting import write_meeting
from jevn.demo.observations import Row, indicator_rows, observation_rows
from jevn.demo.origins import origin_entries
from jevn.demo.plan_file import plan_document
from jevn.demo.population import People, make_people, place_rows, population_rows
from jevn.demo.rates import Rate, TrueValues, read_rates
from jevn.demo.rows import csv_text
from jevn.demo.services import service_rows, service_user_rows, zone_user_rows
from jevn.demo.truth import truth_document
from jevn.demo.versions import write_versions
from jevn.terms import UserError

_SETTINGS = """\
[municipality]
name = "Elvebyen"
number = "9901"
country = "NO"
fictional = true
language = "nb"
contact = "folkehelse@elvebyen.example"

[work]
as_of = 2027-03-01
year = 2026
comparison = ["0", "KG11"]
version = "hearing-1"
status = "hearing"
notice = "Elvebyen er en oppdiktet kommune. Tall, navn og innspill er laget for å vise Jevn."
"""

_STATIC = (
    "alternatives.yaml",
    "assessments.yaml",
    "judgements.yaml",
    "model.yaml",
    "priorities.yaml",
    "process.yaml",
    "followup.csv",
)


_VOICES = (
    "mandate.md",
    "ideas.csv",
    "hearing.csv",
    "hearing_points.csv",
    "answers.yaml",
    "ranked_items.csv",
    "merged.csv",
    "corrections.csv",
)


@dataclass(frozen=True, slots=True)
class Generated:
    """Everything drawn from the seed."""

    people: People
    rates: tuple[Rate, ...]
    truths: dict[str, TrueValues]
    observations: list[Row]
    targets: dict[tuple[int, str], int]


def _rng(seed: int, topic: str) -> np.random.Generator:
    """A random stream of its own per topic, so that topics do not disturb each other."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode())])


def generate(seed: int = 2026) -> Generated:
    """Draw Elvebyen: people, figures and accounts.

    Args:
        seed: 0 or more; the same seed gives the same municipality.
    """
    people = make_people(_rng(seed, "people"))
    rates = read_rates()
    truths: dict[str, TrueValues] = {}
    observations: list[Row] = []
    for rate in rates:
        truth, rows = observation_rows(rate, people, _rng(seed, f"indicator {rate.id}"))
        truths[rate.id] = truth
        observations += rows
    return Generated(people, rates, truths, observations, net_targets(_rng(seed, "accounts")))


def write_elvebyen(folder: Path, seed: int = 2026) -> None:
    """Write the complete plan folder of Elvebyen, and ``truth.json`` with what was put in.

    The folder is made beside its place and renamed, so it is there whole or not at all.

    Args:
        folder: a folder that does not exist yet, or is empty.
        seed: 0 or more; the same seed gives the same bytes.

    Raises:
        UserError: ``demo_folder_not_empty`` if the folder holds anything already,
            ``demo_seed`` if the seed is negative.
    """
    if seed < 0:
        raise UserError("demo_seed", seed=str(seed))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("demo_folder_not_empty", folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".elvebyen-", dir=folder.parent))
    try:
        _write(beside, seed)
        beside.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(to: Path, seed: int) -> None:
    drawn = generate(seed)
    people = drawn.people
    (to / "jevn.toml").write_text(_SETTINGS, "utf-8")
    (to / "zones.geojson").write_text(zones_geojson(), "utf-8")
    tables: dict[str, Iterable[Mapping[str, object]]] = {
        "places": place_rows(people),
        "population": population_rows(people),
        "indicators": indicator_rows(drawn.rates),
        "observations": drawn.observations,
        "accounts": account_rows(drawn.targets, _rng(seed, "amounts")),
        "comparison_accounts": comparison_account_rows(drawn.targets, people),
        "shares": share_rows(),
        "services": service_rows(),
        "service_users": chain(
            service_user_rows(people, _rng(seed, "users")),
            zone_user_rows(people, _rng(seed, "users by zone")),
        ),
    }
    for name, rows in tables.items():
        (to / f"{name}.csv").write_text(csv_text(rows), "utf-8")
    (to / "origins.yaml").write_text(_yaml(origin_entries()), "utf-8")
    (to / "plan.yaml").write_text(_yaml(plan_document()), "utf-8")
    plan = files("jevn.demo").joinpath("data", "plan")
    mandate = files("jevn.demo").joinpath("texts", "mandate.md").read_text("utf-8")
    write_versions(to, mandate, _yaml)
    for name in _STATIC:
        (to / name).write_text(plan.joinpath(name).read_text("utf-8"), "utf-8")
    counted = _write_voices(to)
    counted["conversations"] = _write_conversations(to, seed)
    (to / "budgets").mkdir()
    votes = election_text(_rng(seed, "shared budget"))
    (to / "budgets" / f"{ELECTION}.pb").write_text(votes, "utf-8")
    document = truth_document(drawn.people, drawn.rates, drawn.truths, drawn.targets, counted)
    document["seed"] = seed
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (to / "truth.json").write_text(text, "utf-8")


def _write_voices(to: Path) -> dict[str, Any]:
    """Copy the written texts of step 4 and the mandate; how many of each there are."""
    texts = files("jevn.demo").joinpath("texts")
    for name in _VOICES:
        (to / name).write_text(texts.joinpath(name).read_text("utf-8"), "utf-8")
    reports = [p for p in texts.iterdir() if p.name.endswith(".txt")]
    (to / "reports").mkdir()
    write_meeting(to / "reports" / f"{MEETING}.docx")
    for report in sorted(reports, key=lambda p: p.name):
        (to / "reports" / report.name).write_text(report.read_text("utf-8"), "utf-8")
    counted: dict[str, Any] = {}
    for name in ("ideas", "hearing"):
        if (to / f"{name}.csv").is_file():
            rows = list(csv.DictReader((to / f"{name}.csv").read_text("utf-8").splitlines()))
            counted[name] = len(rows)
            given = Counter(a for row in rows for a in (row.get("areas") or "").split(";") if a)
            counted[f"{name}_by_given_area"] = dict(sorted(given.items()))
    return counted


def _write_conversations(to: Path, seed: int) -> dict[str, Any]:
    """Write the conversations; persons of each planted group by conversation."""
    counted = {}
    for talk in TALKS:
        folder = to / "conversations" / talk.id
        folder.mkdir(parents=True)
        (folder / "conversation.yaml").write_text(_yaml(about(talk)), "utf-8")
        for name, text in conversation_files(talk, _rng(seed, f"conversation {talk.id}")).items():
            (folder / name).write_text(text, "utf-8")
        counted[talk.id] = {"groups": list(talk.people), "group_of": planted(talk).tolist()}
    return counted


class _Dumper(yaml.SafeDumper):
    """Plain YAML with indented lists and without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out, so that no anchor appears."""
        return True


def _yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
