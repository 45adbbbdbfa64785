"""Loading and reading on PostgreSQL: a server named in DATABASE_URL_TEST, or one made for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest

READ = """
import django
django.setup()
from django.test import Client
from jevn_web.people.selectors import newest_acts
from jevn_web.work.selectors import dossier_of, newest_work
from django.db import connection
work = newest_work()
page = Client(headers={"Host": "localhost"}).get("/en/")
name, act = dossier_of(work).cover.municipality, newest_acts()[0].act
print(connection.vendor, name, act, page.status_code)
"""


def as_server_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def none_here(why: str) -> NoReturn:
    """Skip with the reason, or fail where PostgreSQL is required."""
    if os.environ.get("JEVN_REQUIRE_POSTGRES") == "1":
        pytest.fail(why)
    pytest.skip(why)


def program(name: str) -> str | None:
    """A program of the server; Debian keeps them outside the search path."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(kept[-1]) if kept else None)


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    named = os.environ.get("DATABASE_URL_TEST")
    if named:
        yield named
        return
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if not initdb or not pg_ctl or (os.geteuid() == 0 and not shutil.which("runuser")):
        none_here("no PostgreSQL here; DATABASE_URL_TEST names a database for tests")
    place = Path(tempfile.mkdtemp(prefix="jevn-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(place, "postgres")
        data = str(place / "data")
        made = as_server_user(initdb, "-D", data, "-U", "jevn", "-A", "trust", "-N", "-E", "UTF8")
        subprocess.run(made, check=True, capture_output=True, cwd=place)
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        start = as_server_user(pg_ctl, "-D", data, "-w", "-l", str(place / "log"), "-o", options)
        subprocess.run([*start, "start"], check=True, cwd=place, stdout=subprocess.DEVNULL)
        try:
            yield f"postgres://jevn@{quote(str(place), safe='')}/postgres"
        finally:
            stop = as_server_user(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
            subprocess.run(stop, check=False, cwd=place, stdout=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, LookupError) as error:
        none_here(f"PostgreSQL does not start here ({error}); DATABASE_URL_TEST names another")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_a_folder_is_loaded_and_read_on_postgresql(bare_folder: Path, database_url: str) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "jevn_web.project.settings",
        "JEVN_DATA": str(bare_folder / ".jevn"),
        "PYTHONWARNINGS": "ignore",
    }

    def run(*args: str) -> str:
        command = [sys.executable, *args]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    load = ("-c", "from jevn.cli import main; main()", "serve", str(bare_folder), "--load-only")
    assert run(*load) == "Tomvik er lastet."
    assert run("-c", READ) == "postgresql Tomvik loaded 200"
    assert "ingenting er endret" in run(*load)
    assert not (bare_folder / ".jevn" / "jevn.sqlite3").exists()
