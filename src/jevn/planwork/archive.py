"""An archive package: documents, data and the plan folder in a bag with checksums (RFC 8493).

A BagIt bag is a folder (or zip) with everything under ``data/``, a SHA-256 of every file, and
tags that describe it. Any BagIt tool can verify it. ``metadata.json`` describes each document
with the fields that a records system asks for; Jevn is no archive core itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from jevn.planwork.build import PARTS, build
from jevn.publishing.dossier import Dossier
from jevn.terms import UserError

_BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGS = ("bagit.txt", "bag-info.txt", "metadata.json", "manifest-sha256.txt")
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".csv": "text/csv",
    ".html": "text/html",
}
_HEX = 64
_MOST_BYTES = 20_000_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a package.

    Attributes:
        kind: ``missing``, ``changed``, ``extra``, ``manifest`` or ``size``.
        path: the file it is about.
    """

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A package that was looked through.

    Attributes:
        files: how many files it holds.
        size: bytes of them.
        faults: what is wrong; empty if nothing is.
        metadata: what the package says of itself.
    """

    files: int
    size: int
    faults: tuple[Fault, ...]
    metadata: Mapping[str, Any]


def make_archive(
    folder: Path,
    to: Path,
    *,
    public: bool = False,
    only: Iterable[str] = PARTS,
    progress: Callable[[str], None] = lambda key: None,
) -> Verified:
    """Build everything from a plan folder and pack it, whole or not at all.

    Args:
        folder: the plan folder.
        to: the package: a new folder, or a new ``.zip``.
        public: leave out the plan folder itself, which may hold names of those who sent
            something in.
        only: parts to build, of :data:`~jevn.planwork.build.PARTS`.
        progress: told with a text key what begins.

    Raises:
        UserError: ``archive_exists`` if the place is taken, ``archive_out`` if it cannot be
            written; those of :func:`~jevn.planwork.build.build`.
    """
    if to.exists():
        raise UserError("archive_exists", file=str(to))
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".jevn-archive-", dir=to.parent))
    except OSError as error:
        raise UserError("archive_out", file=str(to), why=str(error.strerror)) from None
    try:
        bag = beside / to.stem
        payload = bag / "data"
        payload.mkdir(parents=True)
        built = build(folder, payload / "built", only=only, progress=progress, fresh=True)
        if not public:
            shutil.copytree(
                folder, payload / "plan-folder", ignore=shutil.ignore_patterns("build", ".*")
            )
        assert built.dossier is not None  # a fresh build has its results
        _seal(bag, built.dossier, public)
        if to.suffix == ".zip":
            _zipped(bag, beside / to.name)
            (beside / to.name).rename(to)
        else:
            bag.rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return verify_archive(to)


def _seal(bag: Path, dossier: Dossier, public: bool) -> None:
    files = sorted(p for p in (bag / "data").rglob("*") if p.is_file())
    sums = {p.relative_to(bag).as_posix(): _sha(p.read_bytes()) for p in files}
    size = sum(p.stat().st_size for p in files)
    manifest = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    cover, proposal = dossier.cover, dossier.proposal
    info = {
        "Source-Organization": f"{cover.municipality} ({cover.number})",
        "External-Description": cover.plan_title or cover.municipality,
        "Bagging-Date": cover.as_of or "",
        "Payload-Oxum": f"{size}.{len(files)}",
        "Bag-Software-Agent": "Jevn",
    }
    (bag / "bagit.txt").write_text(_BAGIT, "utf-8")
    (bag / "bag-info.txt").write_text("".join(f"{k}: {v}\n" for k, v in info.items()), "utf-8")
    (bag / "manifest-sha256.txt").write_text(manifest, "utf-8")
    decisions = [
        {"id": m.id, "title": m.title, "date": m.date, "case": m.decision}
        for m in (proposal.timeline if proposal else ())
        if m.decision
    ]
    metadata = {
        "municipality": cover.municipality,
        "number": cover.number,
        "title": cover.plan_title,
        "version": proposal.version if proposal else None,
        "status": proposal.status if proposal else None,
        "as_of": cover.as_of,
        "language": cover.language,
        "access": "public" if public else "internal",
        "decisions": decisions,
        "versions": [
            {"id": v.id, "kind": v.kind, "date": v.date, "sha256": v.digest}
            for v in dossier.versions
        ],
        "documents": [_described(p, bag, sums) for p in files if p.suffix in _TYPES],
        "inputs": dict(dossier.hashes),
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    (bag / "metadata.json").write_text(text, "utf-8")
    tags = "".join(f"{_sha((bag / name).read_bytes())}  {name}\n" for name in sorted(_TAGS))
    (bag / "tagmanifest-sha256.txt").write_text(tags, "utf-8")


def _described(path: Path, bag: Path, sums: Mapping[str, str]) -> dict[str, Any]:
    name = path.relative_to(bag).as_posix()
    return {
        "path": name,
        "type": _TYPES[path.suffix],
        "bytes": path.stat().st_size,
        "sha256": sums[name],
    }


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _zipped(bag: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in bag.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(bag.parent).as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def verify_archive(path: Path) -> Verified:
    """Look a package through: every file there, unchanged, and nothing else.

    Raises:
        UserError: ``archive_none`` if there is no such package, ``archive_no_bag`` if it is none.
    """
    if not path.exists():
        raise UserError("archive_none", file=str(path))
    try:
        files = dict(_files(path))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise UserError("archive_no_bag", file=path.name) from None
    if "bagit.txt" not in files or "manifest-sha256.txt" not in files:
        raise UserError("archive_no_bag", file=path.name)
    listed, faults = _listed(files)
    size = count = 0
    for name, read in files.items():
        if name == "tagmanifest-sha256.txt":
            continue
        data = read()
        if name.startswith("data/"):
            size, count = size + len(data), count + 1
        if name not in listed:
            faults.append(Fault("extra", name))
        elif _sha(data) != listed[name]:
            faults.append(Fault("changed", name))
    faults += [Fault("missing", name) for name in listed if name not in files]
    said = _oxum(files)
    if said is not None and said != (size, count):
        faults.append(Fault("size", "bag-info.txt"))
    try:
        metadata = json.loads(files["metadata.json"]())
    except (KeyError, ValueError):
        metadata = {}
    return Verified(count, size, tuple(faults), metadata)


def _listed(
    files: Mapping[str, Callable[[], bytes]],
) -> tuple[dict[str, str], list[Fault]]:
    """Checksum of every file that the manifests list, and lines that cannot be read."""
    listed: dict[str, str] = {}
    faults = []
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in files.get(name, lambda: b"")().decode("utf-8", "replace").splitlines():
            digest, _, about = line.partition("  ")
            if len(digest) != _HEX or not about:
                faults.append(Fault("manifest", name))
            else:
                listed[about] = digest
    return listed, faults


def _files(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Names within the bag, with how each is read."""
    if path.is_dir():
        for p in sorted(x for x in path.rglob("*") if x.is_file()):
            yield p.relative_to(path).as_posix(), p.read_bytes
        return
    archive = zipfile.ZipFile(path)
    entries = [e for e in archive.infolist() if not e.is_dir()]
    if sum(e.file_size for e in entries) > _MOST_BYTES:
        raise ValueError("too large")
    for e in entries:
        parts = PurePosixPath(e.filename).parts
        yield "/".join(parts[1:]), partial(_unpacked, archive, e)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Content of an entry; of one that cannot be unpacked, something no checksum matches."""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError):
        return b"\0"


def _oxum(files: Mapping[str, Callable[[], bytes]]) -> tuple[int, int] | None:
    """Size and number of files as the bag says; ``None`` where it does not."""
    if "bag-info.txt" not in files:
        return None
    for line in files["bag-info.txt"]().decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(": ")
        size, _, count = value.partition(".")
        if key == "Payload-Oxum" and size.isdigit() and count.isdigit():
            return int(size), int(count)
    return None
