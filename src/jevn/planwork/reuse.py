"""Reuse of an earlier build: parts are made again only where something has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "manifest.json"
_CODE = (".py", ".yaml", ".html", ".css", ".js", ".csv", ".json")


def fingerprint(folder: Path, out: Path, more: Iterable[str] = ()) -> str:
    """SHA-256 of everything a part is made from: the plan folder's files, and Jevn itself.

    Args:
        folder: the plan folder; hidden files and what lies in ``out`` are left out.
        out: where builds go.
        more: what else decides, e.g. languages.
    """
    found = hashlib.sha256(_own_code().encode())
    for text in more:
        found.update(f"\0{text}".encode())
    inside = out.resolve()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or inside in path.resolve().parents:
            continue
        found.update(f"\0{name.as_posix()}\0".encode())
        found.update(_sum(path).encode())
    return found.hexdigest()


def _sum(path: Path) -> str:
    """SHA-256 of a file of any size; of one that cannot be read, nothing that a file has."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return str(error.strerror)


@cache
def _own_code() -> str:
    """SHA-256 of Jevn's own code, texts, templates and data."""
    found = hashlib.sha256()

    def walk(at: Traversable, name: str) -> None:
        for child in sorted(at.iterdir(), key=lambda c: c.name):
            if child.is_dir():
                if child.name not in ("__pycache__", "vendor"):
                    walk(child, f"{name}/{child.name}")
            elif child.name.endswith(_CODE):
                found.update(f"{name}/{child.name}\0".encode())
                found.update(child.read_bytes())

    walk(files("jevn"), "jevn")
    return found.hexdigest()


def sums(out: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every file of some pieces (files or folders) in ``out``."""
    found = {}
    for name in sorted(names):
        piece = out / name
        every = [piece] if piece.is_file() else sorted(piece.rglob("*"))
        for path in every:
            if path.is_file():
                found[path.relative_to(out).as_posix()] = _sum(path)
    return found


def read_manifest(out: Path) -> dict[str, Any]:
    """What the earlier build wrote of itself; empty if there is none, or it cannot be read."""
    try:
        found = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def still_good(out: Path, manifest: Mapping[str, Any], part: str, print_: str) -> bool:
    """Whether a part was made from the same, and is untouched since."""
    made = manifest.get("parts", {})
    entry = made.get(part) if isinstance(made, dict) else None
    if not isinstance(entry, dict) or entry.get("fingerprint") != print_:
        return False
    kept = entry.get("files")
    if not isinstance(kept, dict):
        return False
    return sums(out, {name.partition("/")[0] for name in kept}) == kept
