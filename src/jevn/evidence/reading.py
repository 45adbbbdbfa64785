"""Evidence files read and checked one by one, with faults that name file, entry and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from jevn.evidence.forms import EvidenceFile
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

Loc = tuple[int | str, ...]
"""Path of an entry in a file, e.g. ``("sources", 3, "url")``."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORM: TypeAdapter[EvidenceFile] = TypeAdapter(EvidenceFile)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has the right form. ``local``: the municipality's own evidence."""

    path: Path
    name: str
    form: EvidenceFile
    local: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a file, with the path of the entry, e.g. ``("sources", 3, "url")``."""

    file: ReadFile
    loc: Loc
    id: str
    params: Mapping[str, Param] = field(default_factory=dict)


def read_packaged(path: Path) -> ReadFile:
    """Read a file of the catalogue by the fast road; the thorough one only to explain a fault.

    Raises:
        InputRefused: as :func:`read_thoroughly`.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader
        return ReadFile(path, path.name, _FORM.validate_python(data), local=False)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        return read_thoroughly(path, name=path.name, local=False)


def read_thoroughly(path: Path, *, name: str, local: bool) -> ReadFile:
    """Read a file with line numbers.

    Raises:
        InputRefused: every fault of form, with file, line, entry and field.
    """
    from jevn.tables.yamlfile import load_yaml, parse

    document = load_yaml(path, name=name)
    try:
        return ReadFile(path, name, parse(document, _FORM), local)
    except InputRefused as refused:
        raise InputRefused(
            replace(p, column=_entry(_loc(p.column), document.data)) for p in refused.problems
        ) from None


def refuse(faults: list[Fault]) -> None:
    """Raise all faults with the lines of their files; nothing happens if there are none.

    Raises:
        InputRefused: if there is any fault.
    """
    if not faults:
        return
    from jevn.tables.yamlfile import load_yaml

    documents = {f.file.path: load_yaml(f.file.path, name=f.file.name) for f in faults}
    problems = []
    for fault in faults:
        document = documents[fault.file.path]
        column = _entry(fault.loc, document.data)
        problems.append(
            Problem(fault.id, fault.file.name, document.line(fault.loc), column, fault.params)
        )
    raise InputRefused(problems)


def _loc(column: str | None) -> Loc:
    parts = (column or "").split(".")
    return tuple(int(p) if p.isdigit() else p for p in parts)


def _entry(loc: Loc, data: Any) -> str:
    """The path with the id of an entry in place of its number."""
    named = []
    for part in loc:
        if isinstance(part, int) and isinstance(data, list) and part < len(data):
            data = data[part]
            known = data.get("id") if isinstance(data, dict) else None
            named.append(str(known or part + 1))
            continue
        data = data.get(part) if isinstance(data, dict) else None
        named.append(str(part))
    return ".".join(named)
