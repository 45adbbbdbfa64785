"""Making a new plan folder: settings, an empty file of each kind, and how to fill them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jevn.evidence.loading import CATALOGUE
from jevn.evidence.queries import packaged_queries, suggested
from jevn.planwork.reader import TABLES
from jevn.sources.municipalities import KnownMunicipality, municipalities, packaged_history
from jevn.terms import Language, Say, UserError

QUERIES: Final = "queries.yaml"
"""File with the queries of a plan folder."""


def new_folder(
    folder: Path,
    *,
    name: str,
    number: str,
    as_of: date,
    language: Language = "nb",
    peers: Sequence[KnownMunicipality] = (),
    group: str | None = None,
) -> tuple[str, ...]:
    """Make a plan folder to start from.

    Each table gets a file with its header row, so that a planner sees what to fill in;
    ``README.md`` says what each file is for. The folder reads as a work with nothing begun.
    For a Norwegian municipality it also holds its county and the places to compare with, the
    indicators whose figures can be fetched, and the queries that fetch them.

    Args:
        folder: a folder that does not exist yet, or is empty.
        name: the municipality's name.
        number: its number; also its id in ``places.csv``.
        as_of: date the documents are made for.
        language: language of the pages.
        peers: municipalities to compare with.
        group: number of its KOSTRA group, e.g. ``11``.

    Returns:
        Names of the files made.

    Raises:
        UserError: ``folder_not_empty`` if the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("folder_not_empty", folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".jevn-", dir=folder.parent))
    try:
        start = _Start(name, number, as_of, language, tuple(peers), group)
        _fill(beside, start)
        names = tuple(sorted(p.name for p in beside.iterdir()))
        if folder.exists():
            folder.rmdir()
        beside.chmod(0o755)
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return names


@dataclass(frozen=True, slots=True)
class _Start:
    """What a new work begins with."""

    name: str
    number: str
    as_of: date
    language: Language
    peers: tuple[KnownMunicipality, ...]
    group: str | None

    @property
    def known(self) -> KnownMunicipality | None:
        """The municipality, if it is a Norwegian one."""
        return municipalities().get(self.number)

    @property
    def places(self) -> list[dict[str, str]]:
        """Rows of ``places.csv``; those after the municipality are compared with."""
        say, known = Say(self.language), self.known
        parent = known.county if known else "0"
        rows = [_place(self.number, self.name, "municipality", parent)]
        rows.append(_place("0", say("new.country"), "country"))
        if known is not None:
            rows.append(_place(known.county, known.county_name, "region", "0"))
        if self.group is not None:
            title = say("new.group", number=self.group)
            rows.append(_place(f"KG{self.group}", title, "group", "0"))
        by_id = {r["place"]: r for r in rows}
        for peer in self.peers:
            row = _place(peer.number, peer.name, "municipality", peer.county)
            by_id.setdefault(peer.number, row)
        for change in packaged_history().only([self.number]).changes:
            name = say("new.former", code=change.old, year=str(change.last_year))
            by_id.setdefault(change.old, _place(change.old, name, "former", self.number))
        return list(by_id.values())


def _place(place: str, name: str, kind: str, parent: str = "") -> dict[str, str]:
    return {"place": place, "name": name, "kind": kind, "parent": parent}


def _fill(folder: Path, start: _Start) -> None:
    say = Say(start.language)
    compared = [r["place"] for r in start.places[1:] if r["kind"] != "former"]
    settings = "\n".join(
        [
            "[municipality]",
            f"name = {json.dumps(start.name, ensure_ascii=False)}",
            f"number = {json.dumps(start.number, ensure_ascii=False)}",
            f"language = {json.dumps(start.language)}",
            "",
            "[work]",
            f"as_of = {start.as_of.isoformat()}",
            f"year = {start.as_of.year - 1}",
            f"comparison = {json.dumps(compared)}",
            "",
        ]
    )
    (folder / "jevn.toml").write_text(settings, "utf-8")
    rows: dict[str, list[dict[str, str]]] = {"places": start.places}
    if start.known is not None:
        rows["indicators"] = _indicators()
        known = packaged_history().only(
            r["place"] for r in start.places if r["kind"] == "municipality"
        )
        rows["code_history"] = [
            {
                "old": c.old,
                "new": c.new,
                "first_year": str(c.first_year),
                "last_year": str(c.last_year),
                "weight": f"{c.weight:g}",
            }
            for c in known.changes
        ]
        queries = (CATALOGUE / "queries.yaml").read_text("utf-8")
        (folder / QUERIES).write_text(queries, "utf-8")
    for schema in TABLES:
        with (folder / f"{schema.name}.csv").open("w", encoding="utf-8", newline="") as file:
            names = [c.name for c in schema.columns]
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(schema.name, []))
    (folder / "reports").mkdir()
    (folder / "README.md").write_text(_readme(start, say), "utf-8")


def _readme(start: _Start, say: Say) -> str:
    lines = [f"# {say('new.title', name=start.name)}", "", say("new.about"), ""]
    lines += [f"- `{schema.name}.csv`: {say('new.file.' + schema.name)}" for schema in TABLES]
    if start.known is not None:
        runs = sum(q.runs for q in packaged_queries())
        lines.append(f"- `{QUERIES}`: {say('new.file.queries', n=runs)}")
        lines += ["", say("new.fetch")]
        if start.group is None:
            lines += ["", say("new.no_group")]
    return "\n".join([*lines, "", say("new.next"), ""])


def _indicators() -> list[dict[str, str]]:
    """Rows of ``indicators.csv``: the suggested indicators whose figures can be fetched."""
    asked = {q.indicator for q in packaged_queries() if q.runs}
    return [
        {
            "indicator": i.id,
            "area": i.area.value,
            "name": i.name("nb"),
            "name_nn": i.name("nn"),
            "name_en": i.name("en"),
            "scale": i.scale.value if i.scale else "",
            "polarity": i.polarity.value if i.polarity else "",
            "note": i.note("nb") if i.note else "",
        }
        for i in suggested()
        if i.id in asked
    ]
