"""The catalogue loaded, with a municipality's own evidence added where there is any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jevn.evidence.assembling import assemble
from jevn.evidence.checks import all_faults
from jevn.evidence.entries import EvidenceCatalogue
from jevn.evidence.reading import ReadFile, read_packaged, read_thoroughly, refuse
from jevn.terms import AREAS, InputRefused, Problem

CATALOGUE = Path(__file__).parent / "catalogue"
"""Folder of the reviewed text files."""

PARTS: tuple[str, ...] = (
    *(f"{area.value}.yaml" for area in AREAS),
    "principles.yaml",
    "sources.yaml",
    "effect_sizes.yaml",
    "reviews.yaml",
)
"""Files of the catalogue, in the order they are read."""

LOCAL_FOLDER = "evidence"
"""Folder inside a plan folder that holds a municipality's own evidence."""


def load_catalogue(extra: Path | None = None) -> EvidenceCatalogue:
    """The evidence catalogue.

    Args:
        extra: a plan folder; every ``evidence/*.yaml`` in it is added, in order of name. A
            folder without such files gives the catalogue as it is.

    Returns:
        The same object every time when ``extra`` is ``None``.

    Raises:
        InputRefused: every fault found, with file, line, entry, field and remedy; then
            nothing is added.
    """
    if extra is None:
        return _packaged()
    paths = sorted((extra / LOCAL_FOLDER).glob("*.yaml"))
    if not paths:
        return _packaged()
    local: list[ReadFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            name = f"{LOCAL_FOLDER}/{path.name}"
            local.append(read_thoroughly(path, name=name, local=True))
        except InputRefused as refused:
            problems += refused.problems
    if problems:
        raise InputRefused(problems)
    return _checked([*_packaged_files(), *local])


@cache
def _packaged_files() -> tuple[ReadFile, ...]:
    return _files(CATALOGUE)


@cache
def _packaged() -> EvidenceCatalogue:
    return _checked(list(_packaged_files()))


def load_folder(folder: Path) -> EvidenceCatalogue:
    """The catalogue from a folder that holds all of :data:`PARTS`.

    Raises:
        InputRefused: every fault found, with file, line, entry and field.
    """
    return _checked(list(_files(folder)))


def _files(folder: Path) -> tuple[ReadFile, ...]:
    files: list[ReadFile] = []
    problems: list[Problem] = []
    for part in PARTS:
        try:
            files.append(read_packaged(folder / part))
        except InputRefused as refused:
            problems += refused.problems
    if problems:
        raise InputRefused(problems)
    return tuple(files)


def _checked(files: list[ReadFile]) -> EvidenceCatalogue:
    refuse(all_faults(files))
    return assemble(files)
