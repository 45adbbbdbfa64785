"""What is asked of a provider, and what it answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a provider.

    Attributes:
        url: address without parameters.
        params: parameters in the address, in order; a name may occur more than once.
        body: JSON body as text; with one the question is a POST.
    """

    url: str
    params: tuple[tuple[str, str], ...] = ()
    body: str | None = None

    @staticmethod
    def posting(url: str, body: Any) -> Request:
        """A question whose body is sent as JSON."""
        return Request(url, body=json.dumps(body, ensure_ascii=False, sort_keys=True))

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.url}?{urlencode(self.params)}" if self.params else self.url

    @property
    def host(self) -> str:
        """The machine that is asked."""
        return urlsplit(self.url).netloc

    @property
    def key(self) -> str:
        """A name of the question: the same question always has the same."""
        text = json.dumps([self.address, self.body], ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered.

    Attributes:
        request: the question.
        body: the answer as it came.
        fetched: when it was fetched, ISO 8601 in UTC.
        headers: headers of interest, in small letters.
        kept: whether it comes from what was kept, not from the provider now.
        stale: whether the provider was asked now and failed, so that what was kept is given.
        discard: forgets what was kept of this answer: called when it cannot be read, so that the
            next try asks anew and an earlier answer counts again.
    """

    request: Request
    body: bytes
    fetched: str
    headers: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    stale: bool = False
    discard: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The body as text: UTF-8, else Latin-1; without byte-order mark."""
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.body.decode("latin-1")

    def header(self, name: str) -> str | None:
        """A header by its name in small letters."""
        return dict(self.headers).get(name)
