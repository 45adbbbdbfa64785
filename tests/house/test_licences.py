"""What is needed at run time is free for everyone, in public and private service alike."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

# Solvers that need a paid licence for real use.
PROPRIETARY = {"coptpy", "cplex", "docplex", "gurobipy", "mosek", "xpress"}
# LGPL is accepted where the package is only called, unchanged, and can be exchanged.
ACCEPTED = {
    "psycopg": "LGPL-3.0; called as it is, and only by those who choose PostgreSQL",
    "psycopg-binary": "LGPL-3.0; the same, compiled",
}
COPYLEFT = re.compile(r"\b(?:A|L)?GPL|General Public License|\bSSPL|\bBUSL|Proprietary", re.I)


def run_time_distributions() -> dict[str, Distribution]:
    """Everything that jevn with all its extras but ``dev`` needs and that is installed here."""
    extras = set(distribution("jevn").metadata.get_all("Provides-Extra") or ()) - {"dev"}
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [("jevn", frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, wanted = step = waiting.pop()
        if step in seen:
            continue
        seen.add(step)
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of an extra that is not installed, or of another system
            continue
        for line in found[name].requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in {"", *wanted}):
                key = re.sub(r"[-_.]+", "-", requirement.name).lower()
                waiting.append((key, frozenset(requirement.extras)))
    return found


def licence(package: Distribution) -> str:
    """The licence a package names; its expression before its classifiers before its text."""
    fields = package.metadata
    classifiers = [c for c in fields.get_all("Classifier") or () if c.startswith("License ::")]
    return fields.get("License-Expression") or "; ".join(classifiers) or fields.get("License") or ""


@pytest.fixture(scope="module")
def packages() -> dict[str, Distribution]:
    return run_time_distributions()


def test_the_walk_reaches_the_extras(packages: dict[str, Distribution]) -> None:
    assert {"polars", "highspy", "django", "typst", "duckdb", "numba"} <= packages.keys()


def test_every_package_names_its_licence(packages: dict[str, Distribution]) -> None:
    assert [name for name, package in packages.items() if not licence(package)] == []


def test_no_copyleft_at_run_time(packages: dict[str, Distribution]) -> None:
    found = {name: licence(package) for name, package in packages.items()}
    faults = {n: text for n, text in found.items() if n not in ACCEPTED and COPYLEFT.search(text)}
    assert faults == {}


def test_no_proprietary_solver_at_run_time(packages: dict[str, Distribution]) -> None:
    assert PROPRIETARY.isdisjoint(packages)


@pytest.mark.parametrize(
    "text",
    ["GPL-3.0-or-later", "AGPL-3.0-only", "License :: OSI Approved :: GNU General Public License"],
)
def test_copyleft_is_recognised(text: str) -> None:
    assert COPYLEFT.search(text)
