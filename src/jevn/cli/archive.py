"""Commands of the archive package: made whole, and verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json

app = typer.Typer(help="The archive package: everything, with checksums.", no_args_is_help=True)


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    to: Annotated[Path, typer.Option("--to", help="The package: a new folder or a new .zip.")],
    public: Annotated[
        bool,
        typer.Option("--public", help="Leave out the plan folder, which may hold senders' names."),
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Build everything and pack it with checksums and metadata."""
    from jevn.cli.work import Steps
    from jevn.planwork.archive import make_archive

    with Steps() as steps:
        found = make_archive(folder, to, public=public, progress=steps)
    if json:
        print_json(found)
        return
    size = current_say().number(found.size / 1e6, 1)
    told = current_say()("archive.made", file=str(to), n=found.files, size=size)
    console().print(told, markup=False, soft_wrap=True)


@app.command()
def verify(
    package: Annotated[Path, typer.Argument(help="The package: a folder or a .zip.")],
    json: JsonFlag = False,
) -> None:
    """See that every file is there, unchanged, and that nothing else is."""
    from jevn.planwork.archive import verify_archive

    found, say = verify_archive(package), current_say()
    if json:
        print_json(found)
    elif not found.faults:
        size = say.number(found.size / 1e6, 1)
        console().print(say("archive.whole", n=found.files, size=size))
    else:
        console().print(say("archive.broken", n=len(found.faults)))
        for fault in found.faults:
            console().print(
                f"  • {say(f'archive.fault.{fault.kind}')}: {fault.path}",
                markup=False,
                soft_wrap=True,
            )
    if found.faults:
        raise typer.Exit(1)
