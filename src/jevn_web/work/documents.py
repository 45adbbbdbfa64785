"""The documents of the stored work: made once, ahead of the first reader, and kept as files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import Http404, HttpResponse

from jevn.publishing.documents import DOCUMENTS, NAMES, write_document
from jevn_web.work.selectors import Key, dossier_of, newest_work

_MAKING = Lock()
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def document(name: str) -> HttpResponse:
    """Answer with a document of the newest stored work.

    Raises:
        Http404: if nothing is loaded, or there is no such document.
    """
    work = newest_work()
    if work is None or name not in NAMES:
        raise Http404(name)
    answer = HttpResponse((made(work) / name).read_bytes(), content_type=_TYPES[Path(name).suffix])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def made(work: Key) -> Path:
    """The folder with all documents of a stored work; made if it is not there yet."""
    folder: Path = settings.DATA / "documents" / work.inputs_hash
    with _MAKING:
        if _whole(folder):
            return folder
        shutil.rmtree(folder, ignore_errors=True)  # made before there were so many documents
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
        try:
            dossier = dossier_of(work)
            for name in DOCUMENTS:
                write_document(name, dossier, beside)
            os.replace(beside, folder)
        except OSError:
            if not _whole(folder):  # else another process was first
                raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return folder


def _whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NAMES)
