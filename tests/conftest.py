"""What all tests share: real material beside the repository, and the browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from jevn.publishing.dossier import Dossier

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = "jevn_web.project.settings"


def find_chromium() -> str | None:
    """The browser on this machine, if there is one."""
    chosen = os.environ.get("JEVN_CHROMIUM")
    if chosen:
        return chosen
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


# Property tests look for wrong answers, not slow ones: speed belongs in benchmarks/.
hypothesis.settings.register_profile("jevn", deadline=None, derandomize=True)
hypothesis.settings.load_profile("jevn")


def pytest_configure(config: pytest.Config) -> None:
    # What the web application keeps beside its database must not land in the repository.
    os.environ.setdefault("JEVN_DATA", tempfile.mkdtemp(prefix="jevn-test-"))
    # Set here and not in pyproject.toml, so that tests of the library need no web application.
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        try:
            present = find_spec(SETTINGS) is not None
        except ModuleNotFoundError:
            present = False
        if present:
            os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if not browser_tests:
        return
    # Playwright keeps an event loop in the thread where Django's test database is used.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if find_chromium() or os.environ.get("JEVN_REQUIRE_BROWSER") == "1":
        return
    skip = pytest.mark.skip(
        reason="Chromium is not installed; install it, or name it in JEVN_CHROMIUM"
    )
    for item in browser_tests:
        item.add_marker(skip)


@pytest.fixture(autouse=True)
def _bokmaal() -> None:
    """Commands begin in bokmål, whatever language an earlier test has asked for."""
    from jevn.cli.common import use_language

    use_language("nb")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of Chromium; start it with ``executable_path=…, args=["--no-sandbox"]``."""
    path = find_chromium()
    if path is None:
        pytest.fail("JEVN_REQUIRE_BROWSER=1, but Chromium is not installed")
    return path


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real material that is not part of the project; skips the test where it is missing."""
    path = Path(os.environ.get("JEVN_SHARED") or ROOT.parent / "shared")
    if not path.is_dir():
        pytest.skip("real material is not here; JEVN_SHARED=DIR says where it lies")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium without a window, one for all tests: Playwright runs only once in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def elvebyen_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan folder of Elvebyen, made once. Copy it before changing anything."""
    from jevn.demo import write_elvebyen

    folder = tmp_path_factory.mktemp("elvebyen") / "plan"
    write_elvebyen(folder)
    return folder


@pytest.fixture(scope="session")
def small_folder(elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Elvebyen with few rows in the large tables: quick to read again and again."""
    folder = tmp_path_factory.mktemp("small") / "plan"
    shutil.copytree(elvebyen_folder, folder)
    for name, most in (("observations.csv", 80), ("accounts.csv", 60)):
        lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:most]), "utf-8")
    # Half a table of people is refused, so those of one place and year are kept whole.
    header, *rows = (folder / "population.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith("9901,2026,")]
    (folder / "population.csv").write_text("".join((header, *kept)), "utf-8")
    model = folder / "model.yaml"
    model.write_text(model.read_text("utf-8").replace("draws: 128", "draws: 16"), "utf-8")
    return folder


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


@pytest.fixture(scope="session")
def elvebyen(elvebyen_folder: Path) -> Dossier:
    """All results of Elvebyen."""
    from jevn.planwork import read_folder, results

    return results(read_folder(elvebyen_folder))
