"""Answers kept on disk: by question, with date and checksum, older ones beside the newest."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from jevn.sources.request import Answer, Request

KEPT_HEADERS: Final = ("content-type", "last-modified", "etag", "x-ratelimit-policy")


class Kept:
    """A folder of answers.

    Each answer is two files: ``<key>.body`` and ``<key>.json`` (question, date, headers,
    checksum). An answer that differs from the one kept moves the old one to
    ``<key>.<date>.body``: a vintage is never lost. Files are written whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, request: Request) -> Answer | None:
        """The newest answer to a question; ``None`` if there is none, or its body was changed."""
        try:
            about = json.loads(self._path(request, "json").read_text("utf-8"))
            body = self._path(request, "body").read_bytes()
        except (OSError, ValueError):
            return None
        if about.get("sha256") != hashlib.sha256(body).hexdigest():
            return None
        headers = tuple((str(k), str(v)) for k, v in about.get("headers", {}).items())
        return Answer(request, body, str(about.get("fetched", "")), headers, kept=True)

    def put(self, answer: Answer) -> None:
        """Keep an answer as the newest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        before = self.get(answer.request)
        if before is not None and before.body != answer.body:
            stamp = "".join(c for c in before.fetched if c.isalnum())
            self._write(self.folder / f"{answer.request.key}.{stamp}.body", before.body)
        about = {
            "address": answer.request.address,
            "asked": answer.request.body,
            "fetched": answer.fetched,
            "headers": {k: v for k, v in answer.headers if k in KEPT_HEADERS},
            "sha256": hashlib.sha256(answer.body).hexdigest(),
        }
        self._write(self._path(answer.request, "body"), answer.body)
        text = json.dumps(about, ensure_ascii=False, indent=1)
        self._write(self._path(answer.request, "json"), text.encode("utf-8"))

    def drop(self, request: Request) -> None:
        """Forget the newest answer to a question; the one before it, if any, counts again."""
        body = self._path(request, "body")
        older = sorted(self.folder.glob(f"{request.key}.*.body"))
        if not older:
            body.unlink(missing_ok=True)
            self._path(request, "json").unlink(missing_ok=True)
            return
        digits = "".join(c for c in older[-1].name.split(".")[1] if c.isdigit())
        day, hour = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", digits[8:14]
        fetched = f"{day}T{hour[:2]}:{hour[2:4]}:{hour[4:]}Z"
        before = older[-1].read_bytes()
        body.unlink(missing_ok=True)
        older[-1].unlink()
        self.put(Answer(request, before, fetched))

    def _path(self, request: Request, ending: str) -> Path:
        return self.folder / f"{request.key}.{ending}"

    @staticmethod
    def _write(path: Path, body: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
