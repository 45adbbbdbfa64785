"""What is wrong in a plan folder, and what is missing before the next step can be taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jevn.planwork.reader import read_folder
from jevn.planwork.steps import results
from jevn.publishing.dossier import Dossier
from jevn.terms import InputRefused, Message, Problem

# Draws of the projection when its inputs are checked: its figures are not shown.
_FEW = 4


@dataclass(frozen=True, slots=True)
class StepState:
    """State of one step: begun or not, and what is missing in words."""

    step: str
    begun: bool
    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What :func:`check_folder` found.

    Attributes:
        problems: faults that stop the folder from being read, or a step from being taken;
            empty if there are none.
        steps: the state of each step; empty if there are faults.
    """

    problems: tuple[Problem, ...]
    steps: tuple[StepState, ...]

    @property
    def readable(self) -> bool:
        """Whether the folder can be read whole, and its steps taken."""
        return not self.problems


def check_folder(folder: Path) -> Checked:
    """Check a plan folder: faults with file and line, and what each step still lacks.

    Raises:
        UserError: ``folder_missing`` if there is no such folder.
    """
    try:
        work = read_folder(folder)
        return Checked((), _steps(results(work, draws=_FEW), work.zone_gaps))
    except InputRefused as refused:
        return Checked(refused.problems, ())


def _steps(dossier: Dossier, zone_gaps: tuple[Message, ...] = ()) -> tuple[StepState, ...]:
    def state(step: str, begun: bool, missing: list[Message]) -> StepState:
        if not begun:
            missing = [Message(f"check.{step}.not_begun")]
        return StepState(step, begun, tuple(missing))

    challenges, effort, heard = dossier.challenges, dossier.effort, dossier.voices
    assessment, chosen, proposal = (
        dossier.assessment,
        dossier.prioritisation,
        dossier.proposal,
    )
    return (
        state("evidence", True, []),
        state(
            "challenges",
            challenges is not None,
            [
                Message("check.challenges.area", {"area_key": f"area.{a.area.value}.short"})
                for a in (challenges.areas if challenges else ())
                if not a.indicators
            ]
            + list(zone_gaps),
        ),
        state(
            "effort",
            effort is not None,
            [
                Message(
                    "check.effort.defaults",
                    {
                        "part_share": effort.reconciliation.default_nok
                        / effort.reconciliation.allocated_nok
                    },
                )
            ]
            if effort
            and effort.reconciliation.allocated_nok
            and effort.reconciliation.default_nok > 0
            else [],
        ),
        state(
            "voices",
            heard is not None,
            [Message("check.voices.unanswered", {"n": len(heard.unanswered)})]
            if heard and heard.unanswered
            else [],
        ),
        state(
            "assessment",
            assessment is not None,
            [
                Message(
                    "check.assessment.criterion",
                    {
                        "title": c.change.title,
                        "criterion_key": f"criterion.{r.criterion.value}",
                    },
                )
                for a in (assessment.alternatives if assessment else ())
                for c in a.changes
                for r in c.criteria
                if r.basis == "missing"
            ],
        ),
        state(
            "prioritisation",
            chosen is not None,
            [Message("check.prioritisation.proposed")] if chosen and not chosen.proposed else [],
        ),
        state("plan", proposal is not None, list(proposal.missing) if proposal else []),
    )
