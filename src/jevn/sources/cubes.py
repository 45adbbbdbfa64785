"""A question of PxWeb or its like from the choice to the cube: parts, limits, origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jevn.sources.asking import Wanted, ask_all, joined, origin_of, read_cube
from jevn.sources.choosing import in_parts
from jevn.sources.provider import Fetched, ProviderInfo, TableInfo
from jevn.sources.request import Answer, Request
from jevn.sources.transport import Transport
from jevn.terms import UserError

MOST_PARTS: Final = 200
"""A question that would need more parts than this is refused."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Most cells of an answer, and most codes named in a question; ``None``: no limit known."""

    cells: int | None = None
    values: int | None = None

    def below(self, other: Limits) -> bool:
        """Whether these limits are stricter in some way."""
        pairs = ((self.cells, other.cells), (self.values, other.values))
        return any(mine is not None and (its is None or mine < its) for mine, its in pairs)


def ask_in_parts(
    transport: Transport,
    wanted: Wanted,
    limits: Limits,
    request_of: Callable[[Wanted], Request],
    now: Callable[[], Limits] | None = None,
) -> list[Answer]:
    """The answers that together hold every cell wanted.

    Args:
        transport: how it is asked.
        wanted: codes by variable.
        limits: what the provider is known to allow.
        request_of: makes the question of one part.
        now: asks the provider what it allows, where it refuses a part as too large.

    Raises:
        UserError: ``sources_too_large`` for more than :data:`MOST_PARTS` parts; what
            :func:`jevn.sources.asking.ask_all` raises.
    """
    parts = in_parts(wanted, limits.cells, limits.values)
    requests = [request_of(part) for part in parts]
    if len(requests) > MOST_PARTS:
        raise UserError("sources_too_large", address=requests[0].url)
    try:
        return ask_all(transport, requests)
    except UserError as fault:
        told = now() if now is not None and _too_many(fault) else None
        if told is None or not told.below(limits):
            raise
    return ask_in_parts(transport, wanted, told, request_of)


def _too_many(fault: UserError) -> bool:
    reason = str(fault.problems[0].params.get("reason", "")).casefold()
    status = fault.problems[0].params.get("status")
    return "too many" in reason or "for mange" in reason or status in ("403", "413")


def fetched_of(
    info: ProviderInfo, about: TableInfo, answers: Sequence[Answer], order: Wanted
) -> Fetched:
    """Answers in JSON-stat as one cube, with where it comes from.

    Args:
        info: the provider.
        about: the table as described; its title, source and notes fill what answers leave out.
        answers: the parts.
        order: codes by variable in the order they should have.

    Raises:
        UserError: ``sources_not_jsonstat``.
    """
    whole = joined([read_cube(a, about.id) for a in answers], order)
    dataset = replace(
        whole,
        label=whole.label or about.title,
        source=whole.source or about.source or info.name("nb"),
        updated=whole.updated or about.updated,
        notes=tuple(dict.fromkeys([*whole.notes, *about.notes])),
    )
    return Fetched(
        dataset,
        origin_of(info, about.id, dataset, answers, about.link),
        tuple(a.request for a in answers),
        any(a.stale for a in answers),
    )
