"""Which statement a person should be shown next."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jevn.participation.opinions.conversation import Conversation
from jevn.participation.opinions.plane import Floats
from jevn.participation.opinions.results import OpinionGroups
from jevn.participation.opinions.statistics import share


def priority(
    agree: npt.ArrayLike, disagree: npt.ArrayLike, seen: npt.ArrayLike, extremity: npt.ArrayLike
) -> Floats:
    """How much a statement should be shown next.

    ``[(1 - p_pass)(1 + extremity) p_agree (1 + 8·2^(-S/5))]²`` with S votes and
    p = (count + 1) / (S + 2): statements that few have seen, that people take a stand on,
    and that tell people apart go first.

    Args:
        agree: persons who agree.
        disagree: persons who disagree.
        seen: persons who voted, passes with them.
        extremity: how far agreement puts a person from the middle.

    Source: Small et al. (2021), Recerca 26(2); pol.is.

    >>> round(float(priority(0, 0, 0, 0.0)), 4)
    5.0625
    """
    votes = np.asarray(seen, dtype=np.float64)
    passes = votes - np.asarray(agree) - np.asarray(disagree)
    stand = (1 - share(passes, votes)) * (1 + np.asarray(extremity)) * share(agree, votes)
    result: Floats = (stand * (1 + 8 * np.exp2(-votes / 5))) ** 2
    return result


def next_statement(
    talk: Conversation,
    found: OpinionGroups,
    person: str,
    *,
    seed: int = 0,
    weighted: bool = False,
) -> str | None:
    """The statement to show a person next: never one rejected or already voted on.

    Args:
        talk: the conversation.
        found: its results.
        person: id of the person; one who is not known has voted on nothing.
        seed: decides between equal priorities, and the draw.
        weighted: draw with chances in proportion to the priorities (so that not everybody
            gets the same statement), in place of taking the highest.

    Returns:
        Id of the statement; ``None`` if there is none left.
    """
    place = talk.place_of(person)
    done = set() if place is None else set(talk.statement[talk.person == place].tolist())
    voted = {talk.statements[i].id for i in done}
    left = [entry for entry in found.priorities if entry.statement not in voted]
    if not left:
        return None
    rng = np.random.default_rng([seed, len(voted)])
    values = np.array([entry.value for entry in left])
    if weighted:
        return left[int(rng.choice(len(left), p=values / values.sum()))].statement
    first = np.flatnonzero(values >= values.max() * (1 - 1e-12))
    return left[int(rng.choice(first))].statement
