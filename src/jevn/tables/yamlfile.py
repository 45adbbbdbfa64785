"""YAML files of the plan folder: read with line numbers, checked, refused with a remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from jevn.terms import InputRefused, Problem

T = TypeVar("T")
Loc = tuple[int | str, ...]

_MOST_BYTES = 20_000_000
_MOST_PROBLEMS = 50


@dataclass(frozen=True)
class YamlDocument:
    """Parsed YAML with the line of every entry.

    Attributes:
        file: name shown in problems.
        data: plain values (dict, list, str, numbers, dates).
        lines: line (from 1) of each entry by its path, e.g. ``("elements", 3, "title")``.
    """

    file: str
    data: Any
    lines: dict[Loc, int]

    def line(self, loc: Loc) -> int | None:
        """Line of an entry, or of the nearest entry around it that has one."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.lines:
                return self.lines[loc[:end]]
        return None


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one where it is built


class _Loader(_Base):  # type: ignore[misc]
    """Safe loader that refuses duplicate keys and anchors."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            duplicate = key in seen
            seen.add(key)
        except TypeError:
            raise _Fault("yaml_key", key_node.start_mark.line + 1, {}) from None
        if duplicate:
            raise _Fault("yaml_duplicate", key_node.start_mark.line + 1, {"key": str(key)})
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# YAML 1.1 reads on, off, yes and no as truth values; here only true and false are.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|false|False)$"), list("tTfF")
)


class _Fault(Exception):
    def __init__(self, id: str, line: int | None, params: dict[str, str]) -> None:
        super().__init__(id)
        self.id, self.line, self.params = id, line, params


def load_yaml(path: Path, *, name: str | None = None) -> YamlDocument:
    """Read a YAML file.

    Args:
        path: the file.
        name: name to show in problems; default the file's name.

    Raises:
        InputRefused: ``yaml_syntax``, ``yaml_encoding``, ``yaml_duplicate``, ``yaml_anchor``,
            ``yaml_key``, ``yaml_size`` with file and line.
    """
    file = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputRefused(
            [Problem("file_unreadable", file, params={"why": str(error.strerror)})]
        ) from None
    if len(raw) > _MOST_BYTES:
        raise InputRefused([Problem("yaml_size", file)])
    text = decode(raw, file)
    try:
        node = _compose(text)
        lines: dict[Loc, int] = {}
        if node is not None:
            _collect(node, (), lines)
        loader = _Loader(text)
        try:
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except _Fault as fault:
        raise InputRefused([Problem(fault.id, file, fault.line, params=fault.params)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        why = error.problem or "?"
        raise InputRefused([Problem("yaml_syntax", file, line, params={"why": why})]) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputRefused([Problem("yaml_syntax", file, params={"why": why})]) from None
    return YamlDocument(file, data, lines)


def decode(raw: bytes, file: str) -> str:
    """Text of a file: UTF-8 (with or without mark) or Latin-1.

    Raises:
        InputRefused: ``yaml_encoding`` if it holds NUL bytes or is no text.
    """
    if b"\x00" in raw:
        raise InputRefused([Problem("yaml_encoding", file)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _compose(text: str) -> yaml.Node | None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Fault("yaml_anchor", line, {})
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > 30:
            raise _Fault("yaml_depth", line, {})
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _collect(node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> None:
    lines.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            lines[(*loc, name)] = key.start_mark.line + 1
            _collect(value, (*loc, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect(value, (*loc, index), lines)


_EXPECTED = {
    "string": "yaml.expected.text",
    "int": "yaml.expected.integer",
    "float": "yaml.expected.number",
    "bool": "yaml.expected.bool",
    "date": "yaml.expected.date",
    "list": "yaml.expected.list",
    "tuple": "yaml.expected.list",
    "dict": "yaml.expected.mapping",
    "model": "yaml.expected.mapping",
    "dataclass": "yaml.expected.mapping",
}


def parse(document: YamlDocument, adapter: TypeAdapter[T]) -> T:
    """Check the data of a document against a pydantic type.

    Raises:
        InputRefused: every fault with line and field: ``yaml_missing``, ``yaml_unknown``,
            ``yaml_choice``, ``yaml_value``.
    """
    try:
        return adapter.validate_python(document.data)
    except ValidationError as error:
        problems = [_problem(document, dict(fault)) for fault in error.errors(include_url=False)]
    unique = list({(p.id, p.row, p.column): p for p in problems}.values())
    raise InputRefused(unique[:_MOST_PROBLEMS])


def _problem(document: YamlDocument, fault: dict[str, Any]) -> Problem:
    # the path without the names pydantic adds for branches of a union
    loc: Loc = tuple(
        part
        for part in fault["loc"]
        if isinstance(part, int) or (isinstance(part, str) and "[" not in part)
    )
    row, field = document.line(loc), ".".join(str(p) for p in loc) or document.file
    kind: str = fault["type"]
    if kind == "missing":
        return Problem("yaml_missing", document.file, row, field, {"field": str(loc[-1])})
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return Problem("yaml_unknown", document.file, row, field, {"field": str(loc[-1])})
    given = str(fault.get("input"))[:80]
    if kind in ("enum", "literal_error"):
        expected = str(fault.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
        return Problem(
            "yaml_choice",
            document.file,
            row,
            field,
            {"given": given, "choices": expected},
        )
    key = next((v for k, v in _EXPECTED.items() if kind.startswith(k)), "yaml.expected.other")
    return Problem("yaml_value", document.file, row, field, {"given": given, "expected_key": key})
