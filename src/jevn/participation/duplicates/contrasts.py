"""What makes two texts different although they share most words."""

from __future__ import annotations

from jevn.participation.duplicates.lexicon import lexicon
from jevn.participation.duplicates.reading import Read

_SHORT = 12
_MOST_OPPOSED = 0.3


def differ(a: Read, b: Read) -> bool:
    """Whether the texts wish opposite ways, or name different things of one kind.

    Different kinds: numbers, names of places, groups of people, what is to be done (keep,
    build, better, move), and things set apart in ``contrasts.yaml``, such as bus and train. Texts
    differ when each names some and they have none in common.
    """
    return (
        _apart(a.numbers, b.numbers)
        or _apart(a.names, b.names)
        or _apart(a.groups, b.groups)
        or _apart(a.acts, b.acts)
        or _opposed(a, b)
        or _other_service(a, b)
    )


def penalty(a: Read, b: Read) -> float:
    """Factor on the score for what is not a contradiction but makes the same less likely."""
    only_a = [c for c in a.weight if c not in b.weight]
    only_b = [c for c in b.weight if c not in a.weight]
    heavy = max(_heaviest(a), _heaviest(b))
    factor = 1.0 if heavy >= 0.7 else 0.7
    if min(len(a.weight), len(b.weight)) > _SHORT:
        return factor
    if any(a.weight[c] >= 0.7 for c in only_a) and any(b.weight[c] >= 0.7 for c in only_b):
        factor *= 0.85
    for one, other in ((a.groups, b.groups), (a.names, b.names), (a.numbers, b.numbers)):
        if one != other:
            factor *= 0.85
    return factor


def _heaviest(text: Read) -> float:
    return max(text.weight.values(), default=0.0)


def _apart(one: set[str], other: set[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _opposed(a: Read, b: Read) -> bool:
    shared = [c for c in a.weight if c in b.weight]
    whole = sum(a.weight[c] for c in shared)
    opposed = sum(a.weight[c] for c in shared if (c in a.down) != (c in b.down))
    return opposed > _MOST_OPPOSED * whole


def _other_service(a: Read, b: Read) -> bool:
    apart = lexicon().apart
    only_a = [c for c in a.weight if c not in b.weight and c in apart]
    only_b = [c for c in b.weight if c not in a.weight and c in apart]
    in_a = {n for c in only_a for n in apart[c]}
    in_b = {n for c in only_b for n in apart[c]}
    return bool(in_a & in_b)
