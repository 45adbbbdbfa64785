"""How much of a file is read, and how a file is refused."""

from __future__ import annotations

from typing import Final

from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

LARGEST_FILE: Final = 50 * 1024 * 1024
"""Bytes a file may have."""

LARGEST_UNPACKED: Final = 250 * 1024 * 1024
"""Bytes that a packed file may have when it is unpacked."""

LARGEST_PART: Final = 60 * 1024 * 1024
"""Bytes that one text part of a packed file may have."""

MOST_PARTS: Final = 5_000
"""Parts that a packed file may have."""

MOST_PAGES: Final = 500
"""Pages a PDF may have."""

MOST_LINES: Final = 200_000
"""Lines a document may have."""

MOST_ATTACHMENTS: Final = 20
"""Attachments of an e-mail that are opened."""

SECONDS: Final = 120.0
"""Time the reading of one Word file or PDF may take."""

MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of memory the reading of one Word file or PDF may take."""


def refusal(id: str, name: str, **params: Param) -> InputRefused:
    """A refusal of the file ``name`` with the problem ``document_<id>``."""
    return InputRefused([Problem(f"document_{id}", file=name, params=params)])
