"""Why a project is paid for, or not, as messages."""

from __future__ import annotations

from collections.abc import Sequence

from jevn.prioritisation.shared_budget.election import ORE
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.steps import Refusal, Step
from jevn.terms import Message

_KEY = "prioritisation.budget"


def reason_in(prepared: Prepared, step: Step, place: int, left: int) -> Message:
    """Why a project is paid for.

    Args:
        prepared: the election.
        step: the step that took it.
        place: its place in the order, from 1.
        left: øre left of the budget just before.
    """
    rule = prepared.counting.rule
    if step.price is None:
        kind = "completion" if step.stage == "completion" else rule.replace("-", "_")
        return Message(
            f"{_KEY}.in.{kind}",
            {
                "place": place,
                "votes_exact": votes(prepared, step.project),
                "cost_nok": prepared.costs[step.project] / ORE,
                "left_nok": left / ORE,
            },
        )
    kind = rule.replace("-", "_")
    if rule == "equal-shares":
        kind += "_part" if step.part_payers else ""
        kind += "" if prepared.uniform else "_points"
    scale = prepared.election.point_scale if rule == "equal-shares" else 1
    return Message(
        f"{_KEY}.in.{kind}",
        {
            "n": step.payers,
            "part": step.part_payers,
            "price_exact": round(float(step.price) * scale / ORE, 2),
        },
    )


def reason_out(prepared: Prepared, refusal: Refusal) -> Message:
    """Why a project is not paid for."""
    kind: str = refusal.why
    if kind == "support" and refusal.left is not None:
        kind = "support_completion"
    elif kind == "support" and refusal.paid_for:
        kind = "support_paid"
    cap = prepared.caps.limits[refusal.cap][0] if refusal.cap is not None else None
    return Message(
        f"{_KEY}.out.{kind}",
        {
            "n": len(prepared.supporters[refusal.project]),
            "cost_nok": prepared.costs[refusal.project] / ORE,
            "had_nok": _kroner(refusal.had),
            "missing_nok": _kroner(refusal.missing),
            "left_nok": _kroner(refusal.left),
            "cap": cap,
            "projects": _named(prepared, refusal.paid_for),
        },
    )


def votes(prepared: Prepared, project: int) -> float:
    """Sum of a project's points."""
    return prepared.totals[project] / prepared.election.point_scale


def _kroner(ore: int | None) -> float | None:
    return None if ore is None else ore / ORE


def _named(prepared: Prepared, projects: Sequence[int]) -> str:
    return ", ".join(f"«{prepared.election.projects[p].name}»" for p in projects)
