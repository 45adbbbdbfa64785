"""Building everything from a plan folder: pages, documents and data, with progress."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from jevn.planwork.frames import frames_of
from jevn.planwork.model import PlanWork
from jevn.planwork.reader import read_folder
from jevn.planwork.steps import results
from jevn.publishing.dossier import Dossier
from jevn.terms import LANGUAGES, Language, UserError

PARTS: tuple[str, ...] = ("site", "plan", "knowledge", "data", "exchange")
"""What can be built: web pages, the plan's documents, the knowledge base with its summary, the
data package, and tables for other planning systems."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the dossier, and the files beside ``out``."""

    dossier: Dossier
    out: Path
    files: tuple[str, ...]


def build(
    folder: Path,
    out: Path,
    *,
    only: Iterable[str] = PARTS,
    languages: tuple[Language, ...] = LANGUAGES,
    progress: Progress = lambda key: None,
) -> Built:
    """Read a plan folder, run the steps and write what was asked for.

    Everything is made in a folder beside ``out`` and moved in place at the end, so a build
    that fails leaves what was there before.

    Args:
        folder: the plan folder.
        out: where ``site/``, ``plan.pdf``, ``plan.docx``, ``knowledge-base.pdf``, ``summary.pdf``
            and ``data/`` go.
        only: parts to make, of :data:`PARTS`.
        languages: languages of the web pages besides the municipality's own.
        progress: told with a text key what begins.

    Raises:
        InputRefused: if the plan folder has faults.
        UserError: ``build_part`` for an unknown part, ``build_out`` if ``out`` cannot be
            written or is a file.
    """
    wanted = tuple(only)
    for part in wanted:
        if part not in PARTS:
            raise UserError("build_part", given=part, choices=", ".join(PARTS))
    progress("build.reading")
    work = read_folder(folder)
    dossier = results(work, progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".jevn-", dir=out))
    except OSError as error:
        raise UserError("build_out", folder=str(out), why=str(error.strerror)) from None
    try:
        _make(work, dossier, beside, wanted, languages, progress)
        files = _move(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Built(dossier, out, files)


def _make(
    work: PlanWork,
    dossier: Dossier,
    to: Path,
    wanted: tuple[str, ...],
    languages: tuple[Language, ...],
    progress: Progress,
) -> None:
    if "knowledge" in wanted:
        from jevn.publishing.documents import write_knowledge_base, write_summary

        progress("build.knowledge")
        write_knowledge_base(dossier, to)
        write_summary(dossier, to)
    if "plan" in wanted:
        from jevn.publishing.documents import write_hearing, write_plan

        progress("build.plan")
        write_plan(dossier, to)
        write_hearing(dossier, to)
    if "data" in wanted:
        from jevn.publishing.datapackage import write_datapackage

        progress("build.data")
        write_datapackage(dossier, frames_of(work), to / "data")
    if "exchange" in wanted:
        from jevn.publishing.exchange import write_exchange

        progress("build.exchange")
        write_exchange(dossier, to / "exchange")
    if "site" in wanted:
        from jevn.publishing.documents import NAMES
        from jevn.publishing.site import publish_site

        progress("build.site")
        own = dossier.cover.language
        ordered = (own, *(lang for lang in languages if lang != own))
        made = tuple(name for name in NAMES if (to / name).is_file())
        cover = replace(dossier.cover, documents=made)
        shown = replace(dossier, cover=cover)
        publish_site(shown, to / "site", ordered, documents=to)
    manifest = {
        "municipality": dossier.cover.municipality,
        "as_of": dossier.cover.as_of,
        "inputs": dict(dossier.hashes),
    }
    (to / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
        "utf-8",
    )


def _move(made: Path, out: Path) -> tuple[str, ...]:
    """Put each finished piece in place of the earlier one."""
    names = sorted(p.name for p in made.iterdir())
    for name in names:
        target = out / name
        earlier = made.parent / f".{name}.earlier"
        if earlier.exists():
            shutil.rmtree(earlier) if earlier.is_dir() else earlier.unlink()
        if target.exists():
            target.rename(earlier)
        (made / name).rename(target)
        if earlier.exists():
            shutil.rmtree(earlier) if earlier.is_dir() else earlier.unlink()
    return tuple(names)
