"""The command as a whole: help, version, language, exit codes, and how it ends when stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn import __version__
from jevn.cli import app, main
from jevn.terms import UserError

GROUPS = ("evidence", "challenges", "effort", "participation", "impact", "prioritise")
COMMANDS = ("new", "check", "build", "demo")


def jevn(*arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jevn", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@pytest.mark.parametrize("name", [*GROUPS, *COMMANDS])
def test_every_command_has_help(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "Usage" in shown.output
    assert name in CliRunner().invoke(app, ["--help"]).output


def test_the_version_is_that_of_the_package() -> None:
    shown = CliRunner().invoke(app, ["--version"])
    assert (shown.exit_code, shown.output) == (0, f"jevn {__version__}\n")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nb", "Mappen «borte» finnes ikke."),
        ("nn", "Mappa «borte» finst ikkje."),
        ("en", "The folder “borte” does not exist."),
    ],
)
def test_messages_come_in_the_language_chosen(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["jevn", "--lang", lang, "check", "borte"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    shown = CliRunner().invoke(app, ["--lang", "xx", "evidence", "list"])
    assert isinstance(shown.exception, UserError)
    assert shown.exception.id == "cli_language"
    assert "nb, nn" in shown.exception.render()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['jevn', '--help']\n"
        "from jevn.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'polars', 'altair', 'django', 'numpy', 'scipy', 'typst', 'docx', 'pydantic'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert shown.stdout.splitlines()[-1] == "HEAVY []"


def test_an_unknown_command_ends_with_two() -> None:
    shown = jevn("finnes-ikke")
    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "jevn", "evidence", "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    process.wait(60)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_with_130_and_leaves_nothing(elvebyen_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jevn", "build", str(elvebyen_folder)),
            *("--out", str(out), "--only", "knowledge"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    first = process.stderr.readline()  # the first piece is done; the next ones are under way
    assert first
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not out.exists() or not list(out.iterdir())


@pytest.mark.slow
def test_the_demonstration_makes_everything_promised(tmp_path: Path) -> None:
    before = os.times()
    shown = jevn("demo", "--no-serve", "--out", str(tmp_path / "demo"), timeout=600)
    after = os.times()
    assert shown.returncode == 0, shown.stderr
    made = tmp_path / "demo"
    for name in (
        *("elvebyen/jevn.toml", "site/index.html", "plan.pdf", "plan.docx", "knowledge-base.pdf"),
        *("data/datapackage.json", "manifest.json"),
    ):
        assert (made / name).stat().st_size > 50, name
        assert name.split("/")[0] in shown.stdout or name.startswith("elvebyen")
    inputs = json.loads((made / "manifest.json").read_text("utf-8"))["inputs"]
    assert "plan.yaml" in inputs
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    # some 60 s on two shared processors; this finds a step that has become twice as slow
    assert spent < 120, f"{spent:.0f} s of processor time"
