"""Every command, option, setting and indicator has its place in the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def commands(command: Any, name: str = "jevn") -> Iterator[tuple[str, list[str]]]:
    """Each command with the long names of its options; hidden ones are left out."""
    options = [
        option
        for parameter in command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "hidden", False)
        for option in (max(parameter.opts, key=len), *parameter.secondary_opts)
    ]
    yield name, [option for option in options if option != "--help"]
    for child, inner in sorted(getattr(command, "commands", {}).items()):
        if not inner.hidden:
            yield from commands(inner, f"{name} {child}")


def sections(text: str) -> dict[str, str]:
    """What stands under each heading that is a command: ``## `jevn check```."""
    parts = re.split(r"^#+ +`?(jevn[^`\n]*?)`? *$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def undocumented(tree: Iterator[tuple[str, list[str]]], text: str) -> list[str]:
    written = sections(text)
    faults = []
    for name, options in tree:
        if name not in written:
            faults.append(name)
            continue
        faults += [f"{name} {o}" for o in options if not re.search(rf"{o}(?![\w-])", written[name])]
    return faults


def test_every_command_and_option_is_in_the_reference(repository: Path) -> None:
    typer_main = pytest.importorskip("typer.main")
    try:
        from jevn.cli import app
    except ImportError as error:
        pytest.skip(f"the command line is not complete yet: {error}")
    page = repository / "docs" / "reference" / "cli.md"
    text = page.read_text("utf-8") if page.exists() else ""
    assert undocumented(commands(typer_main.get_command(app)), text) == []


def test_a_missing_option_is_found() -> None:
    tree = [("jevn", []), ("jevn check", ["--json", "--strict"]), ("jevn new", [])]
    text = "# jevn\n\n## `jevn check`\n\n`--strict-not` `--json`\n"
    assert undocumented(iter(tree), text) == ["jevn check --strict", "jevn new"]


def keys(model: Any, prefix: str = "") -> Iterator[str]:
    """Each key of a settings model, with its table in front."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if hasattr(inner, "model_fields"):
            yield f"[{name}]"
            yield from keys(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_every_key_of_the_settings_file_is_in_the_reference(repository: Path) -> None:
    settings = pytest.importorskip("jevn.planwork.settings", exc_type=ImportError)
    text = (repository / "docs" / "reference" / "plan-folder.md").read_text("utf-8")
    missing = [
        key
        for key in keys(settings.SettingsFile)
        if not re.search(rf"(?<![\w-]){re.escape(key.rpartition('.')[2])}(?![\w-])", text)
    ]
    assert missing == []


def test_every_indicator_of_the_catalogue_is_in_the_reference(repository: Path) -> None:
    from jevn.evidence import load_catalogue

    text = (repository / "docs" / "reference" / "indicators.md").read_text("utf-8")
    indicators = [i for area in load_catalogue().areas for i in area.indicators]
    assert indicators
    assert [i.id for i in indicators if f"`{i.id}`" not in text] == []
