"""Need against effort: where it burns (step 2) held against what is spent (step 3)."""

from __future__ import annotations

from statistics import median

from jevn.challenges.results import ChallengeProfile, SignKind
from jevn.effort.results import AreaEffort, EffortProfile, NeedEffortPoint
from jevn.terms import AREAS, EffortArea, Message

_KINDS: tuple[SignKind, ...] = ("level", "gradient", "spread")


def need_effort(challenges: ChallengeProfile, effort: EffortProfile) -> tuple[NeedEffortPoint, ...]:
    """Need and effort of each area, and the corner it stands in.

    * need = worse / (worse + same + better), over the area's signs of level, gradient and
      spread between zones; signs that are not known are left out;
    * effort = net kroner per inhabitant over the comparison municipalities' (1 = alike).

    Need is high from the median of the areas with known need, if any sign is worse at all;
    effort is high from 1. An area without need or comparison is ``unknown``, never placed.

    Returns:
        One point per area that either step knows, in the order of the mandate case.
    """
    needs = {area.area: _signs(challenges, area.area) for area in challenges.areas}
    known = [n for n, _, _ in needs.values() if n is not None]
    middle = median(known) if known else 0.0
    efforts = {area.area: area for area in effort.areas}
    points = []
    for area in AREAS:
        if area not in needs and area not in efforts:
            continue
        need, worse, signs = needs.get(area, (None, 0, 0))
        spent = efforts.get(area)
        ratio = _ratio(spent)
        corner = corner_of(need, ratio, middle)
        points.append(
            NeedEffortPoint(
                area=area,
                need=need,
                effort=ratio,
                per_inhabitant=spent.per_inhabitant if spent else None,
                corner=corner,
                message=Message(
                    f"impact.need_effort.{corner}",
                    {
                        "area_key": f"area.{area.value}.short",
                        "worse": worse,
                        "known": signs,
                        "effort_share": ratio,
                    },
                ),
            )
        )
    return tuple(points)


def _signs(challenges: ChallengeProfile, area: EffortArea) -> tuple[float | None, int, int]:
    """Need, number of worse signs, number of known signs."""
    cells = [c for c in challenges.area(area).signs if c.kind in _KINDS]
    worse = sum(c.worse for c in cells)
    known = sum(c.worse + c.same + c.better for c in cells)
    return (worse / known if known else None), worse, known


def _ratio(area: AreaEffort | None) -> float | None:
    if area is None or area.per_inhabitant is None or not area.comparison_per_inhabitant:
        return None
    return area.per_inhabitant / area.comparison_per_inhabitant


def corner_of(need: float | None, effort: float | None, middle: float) -> str:
    """The corner of a need (0-1) and an effort (1 = like the others).

    Need is high from ``middle``, if it is above 0 at all; effort is high from 1.
    """
    if need is None or effort is None:
        return "unknown"
    high = "high" if need > 0 and need >= middle else "low"
    return f"{high}_need_{'high' if effort >= 1.0 else 'low'}_effort"
