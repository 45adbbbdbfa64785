"""An alternative as a whole: people helped without double counting, mean scores, verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jevn.impact.alternatives import Confidence, ProfileChange
from jevn.impact.explain import exact
from jevn.impact.population import GROUPS
from jevn.impact.results import (
    ChangeAssessment,
    ComputedEffect,
    CriterionResult,
    GapVerdict,
    GroupEffect,
    Interval,
)
from jevn.terms import CRITERIA, Message

_ORDER: tuple[Confidence, ...] = ("low", "medium", "high")


def helped_in_all(
    effects: Sequence[tuple[ProfileChange, ComputedEffect]],
) -> tuple[Interval | None, tuple[tuple[str, float], ...]]:
    """People helped by all computed changes together, in all and by group.

    Two changes of the same determinant cannot help the same person twice: with A the badly
    off of a group (of the widest change) and h_j helped by change j alone, together they
    help A (1 - Π (1 - h_j / A)) (impact model, section 1.4). Different determinants are added.

    Returns:
        ``(None, ())`` if nothing is computed.
    """
    if not effects:
        return None, ()
    central = _by_group(effects, lambda i: i.value)
    lower = _by_group(effects, lambda i: i.lower)
    upper = _by_group(effects, lambda i: i.upper)
    assert central is not None
    total = Interval(
        sum(central.values()),
        None if lower is None else sum(lower.values()),
        None if upper is None else sum(upper.values()),
    )
    return total, tuple(central.items())


def _by_group(
    effects: Sequence[tuple[ProfileChange, ComputedEffect]],
    pick: Callable[[Interval], float | None],
) -> dict[str, float] | None:
    found = dict.fromkeys(GROUPS, 0.0)
    for determinant in dict.fromkeys(e.determinant for _, e in effects):
        same = [e for _, e in effects if e.determinant == determinant]
        for i, group in enumerate(GROUPS):
            parts = [pick(e.groups[i].helped) for e in same]
            known = [p for p in parts if p is not None]
            if len(known) < len(parts):
                return None
            found[group] += _together(known, max(_room(e.groups[i]) for e in same))
    return found


def _room(group: GroupEffect) -> float:
    """Persons in the group who could be helped: at most as many as the adverse state has."""
    before, after = group.determinant_before, group.determinant_after.value
    helped = group.helped.value
    # The adverse share falls when people are helped, whichever way the indicator counts.
    falls = (after < before) == (helped > 0) if helped else True
    return group.population * (before if falls else 1.0 - before)


def _together(parts: Sequence[float], room: float) -> float:
    if len(parts) == 1 or room <= 0:
        return sum(parts)
    left = 1.0
    for part in parts:
        left *= 1.0 - part / room
    return room * (1.0 - left)


def combined_verdict(verdicts: Sequence[GapVerdict], changes: int) -> GapVerdict:
    """The verdict on an alternative from those of its computed changes.

    All alike: that one. Some narrow and some widen: cannot tell. Otherwise the least sure.
    """
    if changes == 0:
        return "no_change"
    moving = {v for v in verdicts if v != "no_change"}
    if not verdicts:
        return "not_known"
    if not moving:
        return "no_change" if len(verdicts) == changes else "not_known"
    if len(moving) == 1:
        return next(iter(moving))
    return "not_known" if "not_known" in moving else "cannot_tell"


def alternative_criteria(changes: Sequence[ChangeAssessment]) -> tuple[CriterionResult, ...]:
    """Mean score per criterion over the changes, weighted by kroner (absolute).

    Changes without a score are left out and counted in the reason. The zero alternative has
    score 0 on all by definition.
    """
    return tuple(_mean(changes, i) for i in range(len(CRITERIA)))


def _mean(changes: Sequence[ChangeAssessment], index: int) -> CriterionResult:
    criterion = CRITERIA[index]
    if not changes:
        return CriterionResult(
            criterion, 0.0, "computed", Message("impact.reason.zero"), None, "high"
        )
    known = [(c, r) for c in changes if (r := c.criteria[index]).score is not None]
    params = {"known": len(known), "n": len(changes)}
    if not known:
        reason = Message("impact.reason.alternative_missing", params)
        return CriterionResult(criterion, None, "missing", reason, None, None)
    weights = [abs(c.change.nok_per_year) for c, _ in known]
    if sum(weights) <= 0:
        weights = [1.0] * len(known)
    scores = [r.score for _, r in known if r.score is not None]
    score = sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights)
    every = all(r.basis == "computed" for _, r in known)
    confidences = [r.confidence for _, r in known if r.confidence is not None]
    return CriterionResult(
        criterion,
        score,
        "computed" if every else "judged",
        Message("impact.reason.alternative", {**params, **exact("score", round(score, 1))}),
        None,
        min(confidences, key=_ORDER.index, default=None),
    )
