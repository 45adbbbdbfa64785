"""Commands the web application adds to ``jevn``: ``serve``.

Nothing of Django is imported before it is known to be there, so that the library's command
line works without the extra ``web``; and nothing of the command line, which imports this.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from jevn.terms import InputRefused, Problem, UserError

NEEDED = ("django", "csp", "django_htmx", "dj_database_url", "uvicorn", "whitenoise", "jinja2")
"""Packages of the extra ``web`` that pages are served with."""

_NEAR = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # only to be recognised


def register(app: typer.Typer) -> None:
    """Add the commands to a command."""
    if app.registered_callback is None:  # Typer takes the name of an only command for an argument
        app.callback()(_with_others)
    app.command("serve")(serve)


def _with_others() -> None:
    """Commands of the web application."""


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
    for package in NEEDED:
        if find_spec(package) is None:
            raise UserError("web_extra", package=package)
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    if not (folder / "jevn.toml").is_file():  # leave no trace in what is no plan folder
        raise InputRefused([Problem("toml_missing", "jevn.toml", params={"folder": folder.name})])
    _prepare(folder, host)
    _load(folder)
    if not load_only:
        _serve(host, port)


def _prepare(folder: Path, host: str) -> None:
    """Set Django up and bring the database up to date."""
    os.environ.setdefault("JEVN_DATA", str(folder / ".jevn"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jevn_web.project.settings")
    if host not in _NEAR:
        os.environ.setdefault("JEVN_HOSTS", ",".join(names_of(host)))
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import Error

    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("web_data", folder=str(settings.DATA), why=str(error.strerror)) from None
    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Error as error:
        raise UserError("web_database", why=str(error).strip()) from None


def _load(folder: Path) -> None:
    from jevn.cli.common import console, current_say, err
    from jevn_web.work.services import load_folder

    say = current_say()
    with err().status(say("web.serve.loading")) as status:
        loaded = load_folder(folder, progress=lambda key: status.update(say(key)))
    key = "web.serve.loaded" if loaded.fresh else "web.serve.unchanged"
    console().print(say(key, name=loaded.name), markup=False)


def _serve(host: str, port: int) -> None:
    import uvicorn
    from django.conf import settings

    from jevn.cli.common import console, current_say
    from jevn_web.project.sockets import listen
    from jevn_web.project.warming import Warming

    say, out = current_say(), console()
    with listen(host, port) as socket:
        free = socket.getsockname()[1]
        if free != port:
            out.print(say("web.serve.taken", port=str(port), free=str(free)), markup=False)
        config = uvicorn.Config(
            "jevn_web.project.asgi:application",
            log_level="warning",
            server_header=False,
            lifespan="off",
        )
        with Warming() as warming:
            warming.first()
            shown = "localhost" if host in (*_NEAR[:2], *_EVERYWHERE) else host
            out.print(say("web.serve.ready", address=_address(shown, free)), soft_wrap=True)
            if host in _EVERYWHERE:
                for name in names_of(host)[3:]:
                    out.print(say("web.serve.also", address=_address(name, free)), soft_wrap=True)
            if settings.WARM:
                warming.start()
            with suppress(KeyboardInterrupt):  # how uvicorn ends after Ctrl+C
                uvicorn.Server(config).run(sockets=[socket])
    out.print(say("web.serve.stopped"), markup=False)


def names_of(host: str) -> tuple[str, ...]:
    """Names under which pages may be asked for: this machine's own, and where it listens."""
    import socket

    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in _EVERYWHERE:
        own = socket.gethostname()
        names += [own, socket.getfqdn()]
        with suppress(OSError):  # the name may be in no register; then its addresses are not known
            names += socket.gethostbyname_ex(own)[2]
    else:
        names.append(f"[{host}]" if ":" in host else host)
    return tuple(dict.fromkeys(names))


def _address(host: str, port: int) -> str:
    bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{bracketed}:{port}/"
