"""Documentation names only files, modules and pages that exist."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

FOLDERS = "src|docs|tests|examples|benchmarks|requirements|\\.ci"
PATH = re.compile(rf"`(?:\./)?((?:{FOLDERS})/[\w./-]*[\w/])`")
LINK = re.compile(r"\]\(([^)#\s]+?)(?:#[^)\s]*)?\)")
NAME = re.compile(r"`(jevn(?:_web)?(?:\.\w+)+)(?:\(\))?`")
NOT_MODULES = {"jevn.toml", "jevn.commands"}
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.M | re.S)


def pages(repository: Path) -> list[Path]:
    return sorted([*repository.glob("*.md"), *(repository / "docs").rglob("*.md")])


def test_paths_named_in_documents_exist(repository: Path) -> None:
    missing = [
        f"{page.relative_to(repository)}: {name}"
        for page in pages(repository)
        for name in PATH.findall(page.read_text("utf-8"))
        if not (repository / name).exists()
    ]
    assert missing == []


def test_links_between_documents_lead_somewhere(repository: Path) -> None:
    missing = []
    for page in pages(repository):
        for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            if not (page.parent / target).exists():
                missing.append(f"{page.relative_to(repository)}: {target}")
    assert missing == []


def exists(dotted: str) -> bool:
    """Is this a module, or a name in one?"""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            if importlib.util.find_spec(".".join(parts[:cut])) is None:
                continue
        except (ModuleNotFoundError, ValueError):
            continue
        if cut == len(parts):
            return True
        thing: object = importlib.import_module(".".join(parts[:cut]))
        for part in parts[cut:]:
            if not hasattr(thing, part):
                fields = getattr(thing, "__dataclass_fields__", {})
                return part in fields
            thing = getattr(thing, part)
        return True
    return False


def test_modules_named_in_documents_exist(repository: Path) -> None:
    missing = [
        f"{page.relative_to(repository)}: {name}"
        for page in pages(repository)
        for name in NAME.findall(page.read_text("utf-8"))
        if name not in NOT_MODULES and not exists(name)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("jevn.terms", True),
        ("jevn.terms.UserError", True),
        ("jevn.termz", False),
        ("jevn.x.y", False),
    ],
)
def test_a_name_that_does_not_exist_is_found(name: str, there: bool) -> None:
    assert exists(name) is there
