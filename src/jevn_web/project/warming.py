"""Making pages ahead of their readers, in a thread beside the server."""

from __future__ import annotations

import logging
from threading import Event, Thread

from django.db import connection

from jevn_web.work.documents import made
from jevn_web.work.pages import show, warm
from jevn_web.work.selectors import newest_work

_LOG = logging.getLogger(__name__)


class Warming:
    """Makes every page of the newest work in the municipality's language, then the documents."""

    def __init__(self) -> None:
        self._stop = Event()
        self._thread = Thread(target=self._run, name="warming", daemon=True)

    def __enter__(self) -> Warming:
        """Nothing is made yet."""
        return self

    def first(self) -> None:
        """Make the front page now."""
        show("front")

    def start(self) -> None:
        """Begin with the others."""
        self._thread.start()

    def _run(self) -> None:
        try:
            for _ in warm():
                if self._stop.wait(0.01):  # lets a reader who is waiting go first
                    return
            work = newest_work()
            if work is not None:
                made(work)
        except Exception:  # the reader of that page gets to know; others are not disturbed
            _LOG.exception("a page could not be made ahead")
        finally:
            connection.close()

    def __exit__(self, *_: object) -> None:
        """Stop after the page that is being made."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
