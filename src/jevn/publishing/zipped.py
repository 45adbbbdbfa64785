"""Office files are zip archives with the clock in them: the same file without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_FIRST = "[Content_Types].xml"


def same_bytes(
    data: bytes, edit: Callable[[str, bytes], bytes] = lambda name, content: content
) -> bytes:
    """The same archive with fixed dates and order, so that the same content gives the same bytes.

    Args:
        data: the archive.
        edit: given name and content of each part, gives the content to keep.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n != _FIRST, n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, edit(name, old.read(name)))
    return out.getvalue()
