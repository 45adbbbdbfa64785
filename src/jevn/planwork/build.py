"""Building everything from a plan folder: pages, documents and data, with progress."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jevn.planwork.frames import frames_of
from jevn.planwork.model import PlanWork
from jevn.planwork.reader import read_folder
from jevn.planwork.reuse import MANIFEST, fingerprint, read_manifest, still_good, sums
from jevn.planwork.steps import results
from jevn.publishing.dossier import Dossier
from jevn.terms import LANGUAGES, Language, UserError

PARTS: tuple[str, ...] = ("site", "plan", "knowledge", "data", "exchange")
"""What can be built: web pages, the plan's documents, the knowledge base with its summary, the
data package, and tables for other planning systems."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        dossier: the results; ``None`` where every part was still good.
        out: where it is.
        files: files and folders in ``out`` of the parts asked for.
        reused: parts that were still good.
    """

    dossier: Dossier | None
    out: Path
    files: tuple[str, ...]
    reused: tuple[str, ...] = ()


def build(
    folder: Path,
    out: Path,
    *,
    only: Iterable[str] = PARTS,
    languages: tuple[Language, ...] = LANGUAGES,
    progress: Progress = lambda key: None,
    fresh: bool = False,
) -> Built:
    """Read a plan folder, run the steps and write what was asked for.

    Everything is made in a folder beside ``out`` and moved in place at the end, so a build
    that fails leaves what was there before. Parts that an earlier build made from the same files
    with the same Jevn, and that nobody has touched since, are left as they are.

    Args:
        folder: the plan folder.
        out: where ``site/``, ``plan.pdf``, ``plan.docx``, ``knowledge-base.pdf``, ``summary.pdf``
            and ``data/`` go.
        only: parts to make, of :data:`PARTS`.
        languages: languages of the web pages besides the municipality's own.
        progress: told with a text key what begins.
        fresh: make everything again.

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
    earlier = {} if fresh else read_manifest(out)
    prints = _prints(folder, out, wanted, languages)
    good = tuple(p for p in wanted if p in prints and still_good(out, earlier, p, prints[p]))
    if wanted and good == wanted:
        progress("build.unchanged")
        return Built(None, out, _names(earlier, wanted), good)
    work = read_folder(folder)
    dossier = results(work, progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".jevn-", dir=out))
    except OSError as error:
        raise UserError("build_out", folder=str(out), why=str(error.strerror)) from None
    try:
        todo = tuple(p for p in wanted if p not in good)
        made = _make(work, dossier, beside, todo, languages, progress, out if good else None)
        parts = {p: entry for p, entry in earlier.get("parts", {}).items() if p not in todo}
        parts |= {
            p: {"fingerprint": prints[p], "files": sums(beside, names)} for p, names in made.items()
        }
        manifest = {
            "municipality": dossier.cover.municipality,
            "as_of": dossier.cover.as_of,
            "inputs": dict(dossier.hashes),
            "parts": parts,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (beside / MANIFEST).write_text(text, "utf-8")
        _move(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Built(dossier, out, _names(manifest, wanted), good)


def _prints(
    folder: Path, out: Path, parts: Iterable[str], languages: tuple[Language, ...]
) -> dict[str, str]:
    """What each part is made from, as a fingerprint; none where there is no folder."""
    if not folder.is_dir():
        return {}
    plain = fingerprint(folder, out)
    pages = fingerprint(folder, out, languages) if "site" in parts else plain
    return {p: pages if p == "site" else plain for p in parts}


def _names(manifest: Mapping[str, Any], parts: Iterable[str]) -> tuple[str, ...]:
    """Files and folders of some parts, and the manifest."""
    entries = (manifest.get("parts", {}).get(p, {}) for p in parts)
    names = {name.partition("/")[0] for e in entries for name in e.get("files", {})}
    return tuple(sorted({*names, MANIFEST}))


def _make(
    work: PlanWork,
    dossier: Dossier,
    to: Path,
    wanted: tuple[str, ...],
    languages: tuple[Language, ...],
    progress: Progress,
    earlier: Path | None,
) -> dict[str, tuple[str, ...]]:
    """Make the parts; names of the pieces of each."""
    made: dict[str, tuple[str, ...]] = {}

    def note(part: str) -> None:
        known = {name for names in made.values() for name in names}
        made[part] = tuple(sorted(p.name for p in to.iterdir() if p.name not in known))

    for part in ("knowledge", "plan"):
        if part in wanted:
            from jevn.publishing.documents import DOCUMENTS, KNOWLEDGE, write_document

            progress(f"build.{part}")
            for name in DOCUMENTS:
                if (name in KNOWLEDGE) is (part == "knowledge"):
                    write_document(name, dossier, to)
            note(part)
    if "data" in wanted:
        from jevn.publishing.datapackage import write_datapackage

        progress("build.data")
        write_datapackage(dossier, frames_of(work), to / "data")
        note("data")
    if "exchange" in wanted:
        from jevn.publishing.exchange import write_exchange

        progress("build.exchange")
        write_exchange(dossier, to / "exchange")
        note("exchange")
    if "site" in wanted:
        from jevn.publishing.documents import NAMES
        from jevn.publishing.site import publish_site

        progress("build.site")
        own = dossier.cover.language
        ordered = (own, *(lang for lang in languages if lang != own))
        for name in NAMES:  # documents that are still good are offered for download too
            if earlier and not (to / name).is_file() and (earlier / name).is_file():
                shutil.copyfile(earlier / name, to / name)
        offered = tuple(name for name in NAMES if (to / name).is_file())
        cover = replace(dossier.cover, documents=offered)
        shown = replace(dossier, cover=cover)
        publish_site(shown, to / "site", ordered, documents=to)
        made["site"] = ("site",)
    return made


def _move(made: Path, out: Path) -> None:
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
