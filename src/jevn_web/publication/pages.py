"""Pages of this app, by their names in ``jevn.publishing.pages``."""

from __future__ import annotations

NAMES: tuple[str, ...] = (
    "plan",
    "process",
    "versions",
    "followup",
    "sources",
    "about",
)
