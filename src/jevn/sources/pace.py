"""Politeness: no provider is asked more often than it allows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many calls in so many seconds."""

    calls: int
    seconds: float


class Pace:
    """Calls to one provider: waits before a call that would be one too many.

    The provider's own headers rule (``x-ratelimit-policy: 40;w=60s``,
    ``x-ratelimit-remaining``); before the first answer, the limit it is known to have.

    Args:
        limit: limit known beforehand; ``None`` for none.
        clock: seconds that only grow.
        pause: waits some seconds.
    """

    def __init__(
        self, limit: Limit | None, *, clock: Callable[[], float], pause: Callable[[float], None]
    ) -> None:
        self._limit = limit
        self._clock = clock
        self._pause = pause
        self._calls: deque[float] = deque()
        self._not_before = 0.0

    def wait(self) -> None:
        """Wait until a call is allowed, and count it."""
        while (seconds := self._seconds()) > 0:
            self._pause(seconds)
        self._calls.append(self._clock())

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take over what the headers of an answer say of the limit."""
        limit = policy(headers.get("x-ratelimit-policy") or headers.get("ratelimit-policy"))
        if limit is not None:
            self._limit = limit
        remaining = headers.get("x-ratelimit-remaining") or headers.get("ratelimit-remaining")
        if remaining is not None and remaining.strip() == "0":
            wait = retry_after(headers)
            if wait is None:
                wait = self._limit.seconds if self._limit is not None else 1.0
            self._not_before = self._clock() + wait

    def _seconds(self) -> float:
        now = self._clock()
        first = max(0.0, self._not_before - now)
        if self._limit is None:
            return first
        while self._calls and self._calls[0] <= now - self._limit.seconds:
            self._calls.popleft()
        if len(self._calls) < self._limit.calls:
            return first
        return max(first, self._calls[-self._limit.calls] + self._limit.seconds - now)


def policy(text: str | None) -> Limit | None:
    """A limit as headers write it, ``40;w=60s``; ``None`` if there is none, or it is 0."""
    found = re.match(r"\s*(\d+)\s*;\s*w=(\d+(?:\.\d+)?)\s*(s|m|h)?", text or "")
    if found is None or int(found[1]) == 0 or float(found[2]) == 0:
        return None
    return Limit(int(found[1]), float(found[2]) * {"m": 60, "h": 3600}.get(found[3] or "s", 1))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the provider asks to wait; ``None`` if it says nothing that can be read."""
    for name in ("retry-after", "x-ratelimit-reset", "ratelimit-reset"):
        text = (headers.get(name) or "").strip().rstrip("s")
        try:
            seconds = float(text)
        except ValueError:
            continue
        if 0 <= seconds <= 3600:
            return seconds
    return None
