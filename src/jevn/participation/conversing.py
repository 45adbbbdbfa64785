"""Statements of a conversation as contributions, beside what came by other channels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from jevn.participation.opinions.conversation import Conversation
from jevn.participation.opinions.summary import LEAST_SHOWN, contribution_id
from jevn.participation.results import Contribution
from jevn.participation.sorting import language_of, sort_text


def from_conversation(talk: Conversation) -> Iterator[Contribution]:
    """Statements of a conversation as contributions; rejected ones are left out.

    ``support`` is the number who agree, where at least five have voted.
    """
    size = len(talk.statements)
    seen = np.bincount(talk.statement, minlength=size)
    agree = np.bincount(talk.statement[talk.vote == 1], minlength=size)
    language = language_of("\n".join(s.text or "" for s in talk.statements))
    for place, statement in enumerate(talk.statements):
        text = " ".join((statement.text or "").split())
        if statement.rejected or not text:
            continue
        found = sort_text(text, talk.about.question or None)
        yield Contribution(
            id=contribution_id(talk, statement.id),
            channel="conversation",
            text=text,
            heading=talk.about.title or None,
            date=_day(statement.time) or talk.about.opened,
            sender_type="unknown",
            sender=None,
            place=None,
            areas=found.areas,
            words=found.words,
            sorted_by="word_list" if found.areas else "none",
            language=language,
            support=int(agree[place]) if seen[place] >= LEAST_SHOWN else None,
            event=talk.about.id,
        )


def _day(time: int | None) -> str | None:
    if time is None:
        return None
    try:
        return datetime.fromtimestamp(time / 1000, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None
