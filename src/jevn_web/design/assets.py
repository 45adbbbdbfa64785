"""Stylesheets, scripts and fonts, with addresses that change when the files do."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import jevn.publishing

ASSETS = Path(jevn.publishing.__file__).parent / "assets"
"""Served below ``/static/jevn/``."""


def asset(name: str) -> str:
    """Address of a file of the assets; as it changes with the file, browsers may keep it long."""
    return f"/static/jevn/{name}?{_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
