"""Where answers are kept on this machine, and a transport that uses it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jevn.sources.registry import paces
from jevn.sources.transport import Transport


def answers_folder() -> Path:
    """The user's own folder of answers.

    The environment variable ``JEVN_ANSWERS`` names it; otherwise it is ``jevn/answers`` in the
    user's cache folder (``~/.cache``, ``~/Library/Caches`` or ``%LOCALAPPDATA%``).
    """
    chosen = os.environ.get("JEVN_ANSWERS")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "jevn" / "answers"


def transport(
    cache: Path | None = None,
    *,
    offline: bool = False,
    renew: bool = False,
    attempts: int = 5,
    waiting: Callable[[float], None] = lambda _: None,
) -> Transport:
    """The way to the providers, with answers kept and each host's pace held.

    Args:
        cache: folder of answers; the user's own if ``None``.
        offline: only what is kept; nothing is asked.
        renew: ask even where an answer is kept.
        attempts: how often a question is asked at most.
        waiting: told the seconds before each wait that a provider's pace asks for.
    """

    def pause(seconds: float) -> None:
        waiting(seconds)
        time.sleep(seconds)

    folder = cache or answers_folder()
    return Transport(
        folder, offline=offline, renew=renew, attempts=attempts, limits=paces(), pause=pause
    )
