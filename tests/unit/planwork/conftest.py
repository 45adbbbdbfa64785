"""A plan folder that is quick to run through all steps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def quick_folder(
    small_folder: Path, elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Elvebyen with few figures, few inhabitants and the accounts of the latest year alone."""
    folder = tmp_path_factory.mktemp("quick") / "plan"
    shutil.copytree(small_folder, folder)
    header, *rows = (elvebyen_folder / "accounts.csv").read_text("utf-8").splitlines(keepends=True)
    latest = (row for row in rows if row.startswith("2026,"))
    (folder / "accounts.csv").write_text("".join((header, *latest)), "utf-8")
    return folder
