"""Subfolders of a plan folder: reports, conversations, elections, own words, frozen versions."""

from __future__ import annotations

from jevn.participation import read_report
from jevn.participation.opening import open_bytes
from jevn.participation.opinions import Conversation, read_conversation_folder
from jevn.participation.results import WorkshopReport
from jevn.participation.sorting import Word, read_own_words
from jevn.plan.versions import FOLDER as VERSIONS
from jevn.plan.versions import PlanVersion, read_versions
from jevn.planwork.filing import FolderReader
from jevn.prioritisation.shared_budget import Election, read_pabulib
from jevn.terms import Problem, UserError

_REPORTS = (".txt", ".md", ".docx", ".pdf", ".doc", ".docm", ".odt", ".rtf")


def reports_of(reader: FolderReader) -> list[tuple[WorkshopReport, tuple[str, bytes]]]:
    """Each report with its file name and bytes, in the order of the names."""
    folder = reader.folder / "reports"
    found: list[tuple[WorkshopReport, tuple[str, bytes]]] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"reports/{path.name}"
        if path.suffix.lower() not in _REPORTS or path.name.startswith("."):
            continue
        if reader.path(name) is None:
            continue
        if path.stem in seen:
            names = f"{seen[path.stem]}, {path.name}"
            reader.problems.append(Problem("folder_twice", name, params={"names": names}))
            continue
        seen[path.stem] = path.name
        data = path.read_bytes()
        try:
            found.append((read_report(open_bytes(data, name), path.stem), (path.name, data)))
        except UserError as error:
            reader.problems += error.problems
    return found


def conversations_of(reader: FolderReader) -> tuple[Conversation, ...]:
    """Each folder of ``conversations/``, in the order of the names, its files noted."""
    folder = reader.folder / "conversations"
    found: list[Conversation] = []
    for own in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not own.is_dir() or own.name.startswith("."):
            continue
        for path in sorted(own.iterdir()):
            reader.path(f"conversations/{own.name}/{path.name}")
        try:
            found.append(read_conversation_folder(own))
        except UserError as error:
            reader.problems += error.problems
    return tuple(found)


def elections_of(reader: FolderReader) -> tuple[tuple[str, Election], ...]:
    """Each election of ``budgets/``, in the order of the names, its file noted."""
    folder = reader.folder / "budgets"
    found: list[tuple[str, Election]] = []
    for path in sorted(folder.glob("*.pb")) if folder.is_dir() else ():
        reader.path(f"budgets/{path.name}")
        try:
            found.append((path.stem, read_pabulib(path)))
        except UserError as error:
            reader.problems += error.problems
    return tuple(found)


def own_words_of(reader: FolderReader) -> tuple[Word, ...]:
    """The municipality's own words, their files noted."""
    own = reader.folder / "words"
    for path in sorted(own.glob("*.yaml")) if own.is_dir() else ():
        reader.path(f"words/{path.name}")
    return reader.attempt(lambda: read_own_words(reader.folder), ())


def versions_of(reader: FolderReader) -> tuple[PlanVersion, ...]:
    """Every frozen version, its files noted."""
    own = reader.folder / VERSIONS
    for path in sorted(own.glob("*.json")) if own.is_dir() else ():
        reader.path(f"{VERSIONS}/{path.name}")
    return reader.attempt(lambda: read_versions(reader.folder), ())
