"""Fetching: what is kept first, politely, with retries, and never losing what was fetched."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import stamina

from jevn.sources.intact import check_intact
from jevn.sources.keeping import Kept
from jevn.sources.pace import Limit, Pace, retry_after
from jevn.sources.request import Answer, Request
from jevn.terms import UserError

# Retries are told by what the commands print, not as lines of a log among their words.
stamina.instrumentation.set_on_retry_hooks(())

AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be asked once more."""
MOST_BYTES: Final = 400_000_000
"""An answer larger than this is refused."""


class _AskAgain(Exception):
    """The provider could not answer now."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(str(response.status_code))
        self.response = response


class Transport:
    """The way to the providers.

    Args:
        folder: where answers are kept; ``None``: nothing is kept.
        offline: only what is kept; nothing is asked.
        renew: ask even where an answer is kept.
        limits: limits known beforehand, by host.
        attempts: how often a question is asked at most.
        client: HTTP client; given in tests.
        pause: waits some seconds; given in tests.
        clock: seconds that only grow; given in tests.
        now: the time now in UTC; given in tests.
    """

    def __init__(  # noqa: PLR0913  (each has a default; tests replace the last four)
        self,
        folder: Path | None,
        *,
        offline: bool = False,
        renew: bool = False,
        limits: Mapping[str, Limit] | None = None,
        attempts: int = 5,
        client: httpx.Client | None = None,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._kept = Kept(folder) if folder is not None else None
        self._offline = offline
        self._renew = renew
        self._limits = dict(limits or {})
        self._attempts = attempts
        self._client = client
        self._pause, self._clock, self._now = pause, clock, now
        self._paces: dict[str, Pace] = {}
        self._asked: set[str] = set()

    def fetch(self, request: Request) -> Answer:
        """The answer to a question.

        What is kept is given without asking, unless ``renew``. Where asking fails and an answer
        is kept, that one is given, marked ``stale``.

        Raises:
            UserError: ``sources_offline`` (nothing kept, and nothing may be asked),
                ``sources_unreachable`` (no contact), ``sources_refused`` (the provider says
                no; its own words are in the message), ``sources_not_json`` (a page or half an
            answer; it is not kept), ``sources_too_large``.
        """
        kept = self._kept.get(request) if self._kept is not None else None
        renew = self._renew and request.key not in self._asked
        if kept is not None and (self._offline or not renew):
            return kept if self._offline else self._discardable(kept)
        if self._offline:
            raise UserError("sources_offline", address=request.address)
        try:
            answer = self._ask(request)
        except UserError:
            if kept is None:
                raise
            return Answer(request, kept.body, kept.fetched, kept.headers, kept=True, stale=True)
        self._asked.add(request.key)
        if self._kept is not None:
            self._kept.put(answer)
        return self._discardable(answer)

    def _discardable(self, answer: Answer) -> Answer:
        kept = self._kept
        if kept is None:
            return answer
        return replace(answer, discard=lambda: kept.drop(answer.request))

    def _ask(self, request: Request) -> Answer:
        pace = self._pace(request.host)
        tries = stamina.retry_context(
            on=_wait_before_retry, attempts=self._attempts, timeout=None, wait_initial=0.5,
            wait_max=60.0, wait_jitter=0.5,
        )  # fmt: skip
        try:
            for attempt in tries:
                with attempt:
                    pace.wait()
                    response = self._send(request)
                    pace.heed(_headers(response))
                    if response.status_code in AGAIN:
                        raise _AskAgain(response)
        except _AskAgain as fault:
            raise _refused(request, fault.response) from fault
        except httpx.HTTPError as fault:
            reason = str(fault) or type(fault).__name__
            raise UserError("sources_unreachable", host=request.host, reason=reason) from fault
        if response.status_code != httpx.codes.OK:
            raise _refused(request, response)
        stamp = self._now().strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = Answer(request, response.content, stamp, tuple(_headers(response).items()))
        check_intact(answer)
        return answer

    def _send(self, request: Request) -> httpx.Response:
        if self._client is None:
            self._client = httpx.Client(
                timeout=httpx.Timeout(60.0, connect=15.0),
                follow_redirects=True,
                headers={"User-Agent": "jevn (open software for municipal public health)"},
            )
        content = None if request.body is None else request.body.encode("utf-8")
        headers = {} if content is None else {"Content-Type": "application/json"}
        method = "GET" if content is None else "POST"
        with self._client.stream(
            method, request.address, content=content, headers=headers
        ) as response:
            parts, size = [], 0
            for part in response.iter_bytes():
                size += len(part)
                if size > MOST_BYTES:
                    raise UserError("sources_too_large", address=request.address)
                parts.append(part)
        return httpx.Response(
            response.status_code, headers=_headers(response), content=b"".join(parts)
        )

    def _pace(self, host: str) -> Pace:
        if host not in self._paces:
            limit = self._limits.get(host)
            self._paces[host] = Pace(limit, clock=self._clock, pause=self._pause)
        return self._paces[host]


def _wait_before_retry(fault: Exception) -> bool | float:
    """Whether to ask again, and after how many seconds where the provider says so."""
    if isinstance(fault, _AskAgain):
        seconds = retry_after(_headers(fault.response))
        return True if seconds is None else seconds
    return isinstance(fault, httpx.TransportError)


def _headers(response: httpx.Response) -> dict[str, str]:
    dropped = ("content-encoding", "transfer-encoding", "content-length")
    return {k.lower(): v for k, v in response.headers.items() if k.lower() not in dropped}


def _refused(request: Request, response: httpx.Response) -> UserError:
    return UserError(
        "sources_refused",
        host=request.host,
        status=str(response.status_code),
        reason=_words(response),
        address=request.address[:300],
    )


def _words(response: httpx.Response) -> str:
    """What the provider says in a refusal: the fields that services use, else the text."""
    try:
        found: Any = response.json()
    except ValueError:
        found = None
    if isinstance(found, dict):
        for name in ("detail", "title", "error", "message", "Message"):
            if isinstance(found.get(name), str) and found[name]:
                return str(found[name])
    text = " ".join(response.text.split())
    return text[:200] if text and "<" not in text[:1] else response.reason_phrase or "–"
