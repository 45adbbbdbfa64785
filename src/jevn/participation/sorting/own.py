"""The municipality's own words: ``words/<area>.yaml`` of a plan folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jevn.participation.sorting.wordlists import KINDS, Word, is_pattern
from jevn.tables.yamlfile import YamlDocument, load_yaml
from jevn.terms import AREAS, EffortArea, InputRefused, Problem, UserError


def read_own_words(folder: Path) -> tuple[Word, ...]:
    """Words that a municipality adds to the package's lists, area by area.

    Args:
        folder: the plan folder; it need not have own words.

    Raises:
        InputRefused: a file not named after an area, an unknown field, or something that is not
            a word, each with file and line.
    """
    own = folder / "words"
    found: list[Word] = []
    problems: list[Problem] = []
    for path in sorted(own.glob("*.yaml")) if own.is_dir() else ():
        name = f"words/{path.name}"
        if path.stem not in {area.value for area in AREAS}:
            known = ", ".join(area.value for area in AREAS)
            params = {"given": path.stem, "known": known}
            problems.append(Problem("participation_words_area", name, params=params))
            continue
        try:
            found += _read(load_yaml(path, name=name), EffortArea(path.stem))
        except UserError as error:
            problems += error.problems
    if problems:
        raise InputRefused(problems)
    return tuple(dict.fromkeys(found))


def own_words_data(words: tuple[Word, ...]) -> Mapping[str, dict[str, list[str]]]:
    """Own words as they are written: per area, per kind."""
    found: dict[str, dict[str, list[str]]] = {}
    for word in words:
        found.setdefault(word.area.value, {}).setdefault(word.kind, []).append(word.text)
    return found


def _read(document: YamlDocument, area: EffortArea) -> list[Word]:
    content: Any = document.data if document.data is not None else {}
    if not isinstance(content, dict):
        raise InputRefused([Problem("participation_words_shape", document.file)])
    found: list[Word] = []
    problems: list[Problem] = []
    for key in content:
        if key not in KINDS:
            params = {"given": str(key), "known": ", ".join(KINDS)}
            problems.append(
                Problem(
                    "participation_words_field",
                    document.file,
                    document.line((key,)),
                    str(key),
                    params,
                )
            )
    for kind in KINDS:
        entries = content.get(kind) or []
        if not isinstance(entries, list):
            line = document.line((kind,))
            problems.append(Problem("participation_words_shape", document.file, line, kind))
            continue
        for i, entry in enumerate(entries):
            if is_pattern(entry):
                found.append(Word(area, kind, " ".join(entry.lower().split())))
            else:
                line, params = document.line((kind, i)), {"given": str(entry)}
                problems.append(
                    Problem("participation_words_entry", document.file, line, kind, params)
                )
    if problems:
        raise InputRefused(problems)
    return found
