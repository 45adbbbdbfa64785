"""Commands the web application adds to ``jevn``: ``serve``."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from jevn.cli.common import console, current_say, err
from jevn.terms import UserError

_TRIES = 50


def register(app: typer.Typer) -> None:
    """Add the commands to the main command."""
    app.command("serve")(serve)


def serve(
    folder: Annotated[Path, typer.Argument(help="The plan folder to show (holds jevn.toml).")],
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="Port; the next free one if taken.")
    ] = 8000,
    load_only: Annotated[
        bool, typer.Option("--load-only", help="Load the plan folder and stop.")
    ] = False,
) -> None:
    """Load a plan folder into the web application's database and show it in the browser.

    The database is SQLite in the folder's ``.jevn`` unless DATABASE_URL names another.
    """
    say = current_say()
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    os.environ.setdefault("JEVN_DATA", str(folder / ".jevn"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jevn_web.project.settings")
    if host not in ("127.0.0.1", "localhost", "::1"):
        os.environ.setdefault("JEVN_HOSTS", f"{host},localhost,127.0.0.1,[::1]")
    _prepare()
    from jevn_web.work.services import load_folder

    with err().status(say("web.serve.loading")) as status:
        loaded = load_folder(folder, progress=lambda key: status.update(say(key)))
    console().print(
        say("web.serve.loaded" if loaded.fresh else "web.serve.unchanged", name=loaded.name),
        markup=False,
    )
    if load_only:
        return
    free = free_port(host, port)
    if free != port:
        console().print(say("web.serve.taken", port=str(port), free=str(free)), markup=False)
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{free}/"
    console().print(say("web.serve.ready", address=address), markup=False, soft_wrap=True)
    import uvicorn

    uvicorn.run(
        "jevn_web.project.asgi:application",
        host=host,
        port=free,
        log_level="warning",
        server_header=False,
    )


def _prepare() -> None:
    """Set Django up and bring the database up to date."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def free_port(host: str, first: int) -> int:
    """The first free port from ``first`` on.

    Raises:
        UserError: ``web_port`` if none of the next fifty is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, min(first + _TRIES, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise UserError("web_port", first=str(first), last=str(first + _TRIES - 1))
