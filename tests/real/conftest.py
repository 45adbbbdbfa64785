"""Plan folders made from real material, once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.planwork import read_folder
from jevn.planwork.model import PlanWork
from real.drammen import build_drammen
from real.skien import build_skien


@pytest.fixture(scope="session")
def skien_folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan folder of Skien."""
    return build_skien(tmp_path_factory.mktemp("skien") / "plan", shared_data)


@pytest.fixture(scope="session")
def skien(skien_folder: Path) -> PlanWork:
    """The work of Skien."""
    return read_folder(skien_folder)


@pytest.fixture(scope="session")
def drammen(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> PlanWork:
    """The work of Drammen."""
    return read_folder(build_drammen(tmp_path_factory.mktemp("drammen") / "plan", shared_data))
