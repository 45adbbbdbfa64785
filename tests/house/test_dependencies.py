"""What the code imports is declared, and what is declared is used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

# Used without being imported by name.
INDIRECT = {
    "psycopg": "chosen by DATABASE_URL",
    "uvicorn": "serves the web application",
    "whitenoise": "named in the settings",
    "django-csp": "named in the settings",
    "django-htmx": "named in the settings",
    "jevn": "extras that stand on other extras",
}
# Declared for rooms that are being built; struck from here when first imported.
AWAITED = {
    "pyarrow": "tables from and to other tools",
    "pypdf": "reports as PDF",
}
# Parts of a package that come as a distribution of their own, in step with it.
PARTS = {"pydantic_core": "pydantic"}
# Extras that `all` leaves out, since few have a use for them: not in the lock.
BESIDE = {"spark", "vectors"}
OWN = {"jevn", "jevn_web"}
OWNERS = packages_distributions()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(repository: Path, without: set[str] | None = None) -> set[str]:
    """Distributions named in pyproject.toml for run time, in other extras than ``without``."""
    left_out = {"dev"} | (without or set())
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    chosen = (ls for extra, ls in extras.items() if extra not in left_out)
    lines = [*project["dependencies"], *(x for ls in chosen for x in ls)]
    names = (re.match(r"[\w.-]+", line) for line in lines)
    return {canonical(name.group(0)) for name in names if name}


def imported(repository: Path) -> dict[str, str]:
    """Top-level packages the code imports, each with one file that does."""
    found: dict[str, str] = {}
    for path in sorted((repository / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], str(path.relative_to(repository)))
    return {n: p for n, p in found.items() if n not in sys.stdlib_module_names | OWN}


def distributions_of(package: str) -> set[str]:
    package = PARTS.get(package, package)
    return {canonical(name) for name in OWNERS.get(package, [package])}


def test_what_is_declared_is_locked(repository: Path) -> None:
    lock = (repository / "requirements" / "lock.txt").read_text("utf-8")
    locked = {canonical(name) for name in re.findall(r"^([\w.-]+)==", lock, re.M)}
    assert sorted(declared(repository, BESIDE) - locked - OWN) == []
    assert "--hash=sha256:" in lock


def test_what_the_code_imports_is_declared(repository: Path) -> None:
    known = declared(repository)
    missing = {
        package: path
        for package, path in imported(repository).items()
        if not distributions_of(package) & known
    }
    assert missing == {}


def test_what_is_declared_is_used_or_awaited(repository: Path) -> None:
    used = {name for package in imported(repository) for name in distributions_of(package)}
    assert sorted(declared(repository) - used - INDIRECT.keys() - AWAITED.keys()) == []
    assert sorted(used & AWAITED.keys()) == [], "no longer awaited: strike it from the list"
