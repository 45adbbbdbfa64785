"""Examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from jevn.indices import Index

LIBRARY = Path(__file__).resolve().parents[2] / "src"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def modules_with_examples() -> list[str]:
    """Modules of the library whose source has a ``>>>``."""
    found = []
    for path in sorted((LIBRARY / "jevn").rglob("*.py")):
        if ">>> " in path.read_text("utf-8"):
            parts = path.relative_to(LIBRARY).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, optionflags=FLAGS)
    # Examples of indices are run with the names of their package by the contract of all indices.
    indices = [v for v in vars(module).values() if isinstance(v, Index)]
    assert outcome.attempted > 0 or indices
    assert outcome.failed == 0, "see the captured output"
