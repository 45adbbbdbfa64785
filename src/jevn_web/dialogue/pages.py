"""Pages of this app, by their names in ``jevn.publishing.pages``."""

from __future__ import annotations

NAMES: tuple[str, ...] = (
    "voices",
    "all_voices",
    "ranked_lists",
    "who_spoke",
    "answers",
    "opinions",
)
