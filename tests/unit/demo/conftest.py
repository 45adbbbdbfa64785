"""One Elvebyen for all tests of the demo: drawn once, written once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jevn.demo import write_elvebyen
from jevn.demo.writer import Generated, generate


@pytest.fixture(scope="session")
def drawn() -> Generated:
    return generate(2026)


@pytest.fixture(scope="session")
def elvebyen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "elvebyen"
    write_elvebyen(folder)
    return folder


@pytest.fixture(scope="session")
def truth(elvebyen: Path) -> Any:
    return json.loads((elvebyen / "truth.json").read_text("utf-8"))
