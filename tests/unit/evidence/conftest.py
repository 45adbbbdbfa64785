import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from jevn.evidence import EvidenceCatalogue, load_catalogue
from jevn.evidence.loading import CATALOGUE


@pytest.fixture(scope="session")
def catalogue() -> EvidenceCatalogue:
    return load_catalogue()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the catalogue's files that a test may break."""
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    return folder


@pytest.fixture(scope="session")
def collected(shared_data: Path) -> dict[str, Any]:
    """The collected facts the catalogue was built from."""
    path = shared_data / "data" / "evidence" / "evidence.yaml"
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return loaded
