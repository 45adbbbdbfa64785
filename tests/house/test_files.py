"""Files of the repository: not too long, and nothing in them that belongs to one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

LONGEST = 400
REASON = re.compile(r"^\s*(#|//|/\*|\{#|<!--) long because: \S", re.M)
CODE = {".py", ".js", ".css", ".html", ".jinja", ".typ"}

HOME = re.compile(r"(?<![\w.~/-])/(home|root|Users)/\w+")
ADDRESS = re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b")
REGISTRY = re.compile(r"(?i)(--(extra-)?index-url|--find-links|\"resolved\"\s*:)")
BINARY = {".png", ".ico", ".woff2", ".ttf", ".parquet", ".xlsx", ".docx", ".pdf", ".gz", ".zip"}


def tracked(repository: Path) -> list[Path]:
    """The files git knows; where there is no git, those of the source folders."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=False
    )
    if done.returncode == 0:
        names = [repository / name for name in done.stdout.decode().split("\0") if name]
    else:
        folders = (repository / name for name in ("src", "tests", "docs"))
        names = [path for folder in folders for path in folder.rglob("*")]
    return [path for path in names if path.is_file()]


def test_no_source_file_is_long_without_a_reason(repository: Path) -> None:
    long = {}
    for path in tracked(repository):
        if (repository / "src") in path.parents and path.suffix in CODE:
            text = path.read_text("utf-8")
            if text.count("\n") > LONGEST and not REASON.search(text):
                long[str(path.relative_to(repository))] = text.count("\n")
    assert long == {}


def test_no_file_names_a_machine(repository: Path) -> None:
    found = []
    for path in tracked(repository):
        if path.suffix in BINARY or path == Path(__file__):
            continue
        text = path.read_text("utf-8", errors="replace")
        # Figures and hashes may look like addresses; only text that people write is searched.
        patterns = [HOME] if path.suffix in {".json", ".csv", ".geojson"} else [HOME, ADDRESS]
        if path.name in {"lock.txt", "package-lock.json"}:
            patterns = [HOME, REGISTRY]
        patterns.append(re.compile(re.escape(str(repository))))
        for pattern in patterns:
            hit = pattern.search(text)
            if hit:
                found.append(f"{path.relative_to(repository)}: {hit.group(0)}")
    assert found == []


@pytest.mark.parametrize("text", ["/home/kari/jevn", "'/Users/ola", "(/root/x)"])
def test_a_home_folder_is_recognised(text: str) -> None:
    assert HOME.search(text)


@pytest.mark.parametrize("text", ["docs/root/x", "https://example.org/home/x", "~/home/x"])
def test_a_path_that_belongs_to_no_machine_is_left_alone(text: str) -> None:
    assert not HOME.search(text)
