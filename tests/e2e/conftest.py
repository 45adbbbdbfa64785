"""Elvebyen served by the real command, and a browser that reports every fault of a page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

WATCH = """
window.faults = [];
document.addEventListener("securitypolicyviolation",
  (e) => window.faults.push(`${e.violatedDirective}: ${e.blockedURI} ${e.sample}`));
"""


@pytest.fixture(scope="session")
def server(elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of Elvebyen, served by ``jevn serve``."""
    place = tmp_path_factory.mktemp("served")
    folder, said = place / "elvebyen", place / "said.txt"
    shutil.copytree(elvebyen_folder, folder)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JEVN_", "DATABASE_"))}
    with said.open("w") as out:
        running = subprocess.Popen(
            [sys.executable, "-c", "from jevn.cli import main; main()", "serve", str(folder)],
            env={**kept, "PYTHONUNBUFFERED": "1", "COLUMNS": "200", "JEVN_WARM": "0"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address, until = None, time.monotonic() + 120
        while address is None and time.monotonic() < until and running.poll() is None:
            time.sleep(0.1)
            address = re.search(r"(http://\S+)/", said.read_text())
        assert address, said.read_text()
        yield address[1]
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(timeout=30)
        except subprocess.TimeoutExpired:
            running.kill()
    assert "Traceback" not in said.read_text(), said.read_text()


@pytest.fixture(scope="session")
def screenshots(repository: Path) -> Path:
    folder = repository / ".build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(reduced_motion="reduce")
    made.add_init_script(WATCH)
    yield made
    assert made.cookies() == [], "a page set a cookie"
    made.close()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complains of while a test runs: console, scripts, policy, other hosts."""
    return []


@pytest.fixture
def page(context: BrowserContext, server: str, faults: list[str]) -> Iterator[Page]:
    opened = context.new_page()
    opened.on(
        "console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda r: faults.append(f"asks {r.url}") if not r.url.startswith(server) else None,
    )
    yield opened
    opened.close()
