"""Tests test something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

# Calls that fail by themselves when what they look for is not there.
CHECKING = ("assert", "expect", "check_", "fail")


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def name_of(call: ast.expr) -> str:
    return call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "")


def asserts(function: ast.AST) -> bool:
    """Has the function an assert, an expected error, or a call that checks by its name?"""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            if name in {"raises", "warns"} or name.startswith(CHECKING):
                return True
    return False


def silent_tests(source: str) -> list[str]:
    return [
        function.name
        for function in functions(ast.parse(source))
        if function.name.startswith("test_") and not asserts(function)
    ]


def test_every_test_asserts_something(repository: Path) -> None:
    silent = [
        f"{path.relative_to(repository)}::{name}"
        for path in sorted((repository / "tests").rglob("test_*.py"))
        for name in silent_tests(path.read_text("utf-8"))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("body", "silent"),
    [
        ("print(1)", ["test_x"]),
        ("assert 1", []),
        ("with pytest.raises(ValueError): int('x')", []),
        ("expect(page).to_have_title('x')", []),
    ],
)
def test_a_test_without_assertion_is_found(body: str, silent: list[str]) -> None:
    assert silent_tests(f"def test_x():\n    {body}\n") == silent
