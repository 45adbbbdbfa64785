"""Making a new plan folder: settings, an empty file of each kind, and how to fill them."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

from jevn.planwork.reader import TABLES
from jevn.terms import Language, Say, UserError


def new_folder(
    folder: Path, *, name: str, number: str, as_of: date, language: Language = "nb"
) -> tuple[str, ...]:
    """Make a plan folder to start from.

    Each table gets a file with its header row, so that a planner sees what to fill in;
    ``README.md`` says what each file is for. The folder reads as a work with nothing begun.

    Args:
        folder: a folder that does not exist yet, or is empty.
        name: the municipality's name.
        number: its number; also its id in ``places.csv``.
        as_of: date the documents are made for.
        language: language of the pages.

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
        _fill(beside, name, number, as_of, language)
        names = tuple(sorted(p.name for p in beside.iterdir()))
        if folder.exists():
            folder.rmdir()
        beside.chmod(0o755)
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return names


def _fill(folder: Path, name: str, number: str, as_of: date, language: Language) -> None:
    say = Say(language)
    settings = "\n".join(
        [
            "[municipality]",
            f"name = {json.dumps(name, ensure_ascii=False)}",
            f"number = {json.dumps(number, ensure_ascii=False)}",
            f"language = {json.dumps(language)}",
            "",
            "[work]",
            f"as_of = {as_of.isoformat()}",
            f"year = {as_of.year - 1}",
            'comparison = ["0"]',
            "",
        ]
    )
    (folder / "jevn.toml").write_text(settings, "utf-8")
    for schema in TABLES:
        header = ",".join(column.name for column in schema.columns) + "\n"
        if schema.name == "places":
            quoted = '"' + name.replace('"', '""') + '"'
            blank = {c.name: "" for c in schema.columns}
            rows = (
                {
                    **blank,
                    "place": number,
                    "name": quoted,
                    "kind": "municipality",
                    "parent": "0",
                },
                {**blank, "place": "0", "name": say("new.country"), "kind": "country"},
            )
            header += "".join(",".join(row[c.name] for c in schema.columns) + "\n" for row in rows)
        (folder / f"{schema.name}.csv").write_text(header, "utf-8")
    (folder / "reports").mkdir()
    lines = [f"# {say('new.title', name=name)}", "", say("new.about"), ""]
    lines += [f"- `{schema.name}.csv`: {say('new.file.' + schema.name)}" for schema in TABLES]
    lines += ["", say("new.next"), ""]
    (folder / "README.md").write_text("\n".join(lines), "utf-8")
