"""The command ``jevn serve``, as it is started."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

JEVN = (sys.executable, "-c", "from jevn.cli import main; main()")
NO_DJANGO = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "csp", "uvicorn", "whitenoise", "jinja2"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *a: None if name == "django" else found(name, *a)
from jevn.cli import main
sys.argv = ["jevn", *sys.argv[1:]]
main()
"""


def environment(**more: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("JEVN_", "DJANGO_", "DATABASE"))
    }
    return {**kept, "COLUMNS": "200", **more}


def jevn(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*JEVN, *args],
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def works(database: Path) -> list[tuple[str]]:
    with sqlite3.connect(database) as connection:
        return connection.execute("select name from work_storedwork order by id").fetchall()


def test_a_folder_is_loaded_into_its_own_database(bare_folder: Path) -> None:
    first = jevn("serve", str(bare_folder), "--load-only")
    assert (first.returncode, first.stdout.strip()) == (0, "Tomvik er lastet.")
    again = jevn("serve", str(bare_folder), "--load-only")
    assert again.returncode == 0
    assert "ingenting er endret" in again.stdout
    assert works(bare_folder / ".jevn" / "jevn.sqlite3") == [("Tomvik",)]


def test_a_faulty_folder_is_refused_and_nothing_is_stored(bare_folder: Path) -> None:
    (bare_folder / "ideas.csv").write_text("id,text,date\nI-1,Hei,i går\nI-1,Hei,2026-01-01\n")
    done = jevn("serve", str(bare_folder), "--load-only")
    assert done.returncode == 2
    assert "ideas.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert works(bare_folder / ".jevn" / "jevn.sqlite3") == []


@pytest.mark.parametrize("there", [True, False])
def test_what_is_no_plan_folder_is_refused_without_a_trace(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "annet"
    if there:
        folder.mkdir()
    done = jevn("--lang", "en", "serve", str(folder))
    assert done.returncode == 2
    assert ("toml_missing" if there else "folder_missing") in done.stderr
    assert not (folder / ".jevn").exists()


def test_a_database_that_does_not_answer_is_told(bare_folder: Path) -> None:
    url = "postgres://nobody@127.0.0.1:9/none"
    done = jevn("serve", str(bare_folder), "--load-only", DATABASE_URL=url)
    assert done.returncode == 2
    assert "[web_database]" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_hold_the_database_is_told(bare_folder: Path) -> None:
    (bare_folder / ".jevn").write_text("a file")
    done = jevn("serve", str(bare_folder), "--load-only")
    assert done.returncode == 2
    assert "[web_data]" in done.stderr


def test_an_address_that_is_not_ours_is_told(bare_folder: Path) -> None:
    done = jevn("serve", str(bare_folder), "--host", "192.0.2.1")  # RFC 5737: no one's
    assert done.returncode == 2
    assert "[web_host]" in done.stderr


def test_without_django_the_command_names_the_extra(bare_folder: Path) -> None:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", NO_DJANGO, *args]
        return subprocess.run(
            command, env=environment(), capture_output=True, text=True, timeout=60, check=False
        )

    helped = run("--help")
    assert helped.returncode == 0, helped.stderr
    assert "serve" in helped.stdout
    done = run("serve", str(bare_folder))
    assert done.returncode == 2, done.stderr
    assert "jevn[web]" in done.stderr
    assert not (bare_folder / ".jevn").exists()


def test_serving_takes_the_next_free_port_and_ends_on_ctrl_c(
    bare_folder: Path, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = tmp_path / "said.txt"
        with said.open("w") as out:
            server = subprocess.Popen(
                [*JEVN, "serve", str(bare_folder), "--port", str(port)],
                env=environment(PYTHONUNBUFFERED="1"),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            address = None
            until = time.monotonic() + 60
            while address is None and time.monotonic() < until and server.poll() is None:
                time.sleep(0.1)
                address = re.search(r"http://\S+", said.read_text())
            assert address, said.read_text()
            assert f"Port {port} er i bruk" in said.read_text()
            assert f":{port}/" not in address[0]
            with urlopen(address[0], timeout=20) as answer:
                assert "Tomvik" in answer.read().decode()
                assert "server" not in answer.headers
                assert "set-cookie" not in answer.headers
            with urlopen(f"{address[0]}static/jevn/jevn.css", timeout=20) as answer:
                assert answer.headers["content-type"].startswith("text/css")
            with pytest.raises(HTTPError) as missing:
                urlopen(f"{address[0]}tall/%00/", timeout=20)
            assert missing.value.code == 404
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                raise
    assert server.returncode == 0
    assert "Stoppet." in said.read_text()
    assert "Traceback" not in said.read_text()
    assert "Warning" not in said.read_text()
