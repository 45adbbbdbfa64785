"""Answers that are no answers: a page instead of figures, half a body, a fault with code 200."""

from __future__ import annotations

import json
from typing import Any, Final

from jevn.sources.request import Answer
from jevn.terms import UserError

_FAULT_KEYS: Final = frozenset(
    {"error", "message", "Message", "title", "status", "type", "detail", "traceId", "errors"}
)


def check_intact(answer: Answer) -> None:
    """Refuse an answer that must not be kept.

    What begins as JSON must be whole; nothing at all or a web page is no answer; nor is an object
    that holds nothing but a fault. Other text is left to those who read it.

    Raises:
        UserError: ``sources_not_json``, ``sources_refused``.
    """
    start = answer.body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"":
        raise odd_answer(answer, "empty")
    if start == b"<":
        raise odd_answer(answer, "a page, not figures")
    if start not in (b"{", b"["):
        return
    try:
        found: Any = json.loads(answer.text)
    except ValueError as fault:
        raise odd_answer(answer, str(fault)) from fault
    if isinstance(found, dict) and found and found.keys() <= _FAULT_KEYS:
        words = [found[k] for k in ("detail", "title", "error", "message", "Message") if k in found]
        raise UserError(
            "sources_refused",
            host=answer.request.host,
            status=str(found.get("status", 200)),
            reason=str(words[0]) if words else answer.text[:200],
            address=answer.request.address[:300],
        )


def odd_answer(answer: Answer, reason: str) -> UserError:
    """The fault of an answer that has not the form it should; it is forgotten."""
    answer.discard()
    start = " ".join(answer.text[:80].split())
    return UserError("sources_not_json", host=answer.request.host, reason=reason, start=start)
