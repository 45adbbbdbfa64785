"""References between things: the ends of every red-thread link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefKind(StrEnum):
    """What a reference points to."""

    EVIDENCE = "evidence"  # an intervention type of the evidence catalogue
    SOURCE = "source"  # a publication of the evidence catalogue
    FIGURE = "figure"  # an indicator's status here
    SERVICE = "service"  # a row of the effort profile
    VOICE = "voice"  # a contribution: idea, statement, workshop point
    ASSESSMENT = "assessment"  # the assessment of one profile change: <alternative>/<change>
    PRIORITY = "priority"  # a package that holds the change: <package>/<change>
    DECISION = "decision"  # a dated decision of the process
    ELEMENT = "element"  # an element of the plan
    MONEY = "money"  # a budget line
    INDICATOR = "indicator"  # the indicator an element is followed up by


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A typed reference, written ``kind:id`` in files.

    >>> Ref.parse("evidence:barnehage_universell")
    Ref(kind=<RefKind.EVIDENCE: 'evidence'>, id='barnehage_universell')
    >>> str(Ref(RefKind.VOICE, "I-014"))
    'voice:I-014'
    """

    kind: RefKind
    id: str

    def __str__(self) -> str:
        """The reference as written in files."""
        return f"{self.kind.value}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read ``kind:id``.

        Raises:
            ValueError: if the text has no colon, an unknown kind or an empty id.
        """
        kind, colon, ident = text.strip().partition(":")
        if not colon or not ident:
            raise ValueError(text)
        return cls(RefKind(kind), ident)
