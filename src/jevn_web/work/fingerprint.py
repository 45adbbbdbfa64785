"""One hash of everything a stored work is made from: the plan folder's files and the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import jevn

INPUTS = (".toml", ".csv", ".parquet", ".xlsx", ".yaml", ".yml", ".md", ".txt", ".geojson")
"""Endings of files a plan folder may hold."""

PROGRAM = (".py", ".yaml", ".csv", ".json", ".md")
"""Endings of files that decide what the library makes of them."""


def fingerprint(folder: Path) -> str:
    """SHA-256 over the folder's input files (names and bytes) and over the library's own.

    Hidden files and folders and what ``jevn build`` makes (``build/``) do not count.
    """
    digest = hashlib.sha256(_program().encode())
    return _add(digest, folder, sorted(_inputs(folder))).hexdigest()


def _inputs(folder: Path) -> Iterable[Path]:
    for place in (folder, folder / "reports"):
        for path in place.iterdir() if place.is_dir() else ():
            if path.suffix.lower() in INPUTS and not path.name.startswith(".") and path.is_file():
                yield path


@cache
def _program() -> str:
    library = Path(jevn.__file__).parent
    files = sorted(path for path in library.rglob("*") if path.suffix in PROGRAM)
    return _add(hashlib.sha256(jevn.__version__.encode()), library, files).hexdigest()


def _add(digest: hashlib._Hash, root: Path, files: Iterable[Path]) -> hashlib._Hash:
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest
