"""STEP 5. What follows from each alternative, and for whom?

* :func:`read_alternatives`, :func:`read_judgements`: what people have put in;
* :func:`assess`: every change through the chain kroner → people reached → determinant →
  outcome, by education group, where evidence allows; structured judgement where not;
* :func:`need_effort`, :func:`zone_need`: where it burns held against what is spent today, by
  area and by zone; :func:`effort_gaps`: what to talk about there.
"""

from jevn.impact.alternatives import (
    Alternative,
    CriterionJudgement,
    EffectUse,
    Judgement,
    ProfileChange,
)
from jevn.impact.assess import assess
from jevn.impact.gaps import effort_gaps
from jevn.impact.need_effort import need_effort
from jevn.impact.reading import read_alternatives, read_judgements, zero_alternative
from jevn.impact.results import (
    AlternativeAssessment,
    Assessment,
    ChangeAssessment,
    ComputedEffect,
    CriterionResult,
    GroupEffect,
    Interval,
)
from jevn.impact.zone_need import zone_need

__all__ = [
    "Alternative",
    "AlternativeAssessment",
    "Assessment",
    "ChangeAssessment",
    "ComputedEffect",
    "CriterionJudgement",
    "CriterionResult",
    "EffectUse",
    "GroupEffect",
    "Interval",
    "Judgement",
    "ProfileChange",
    "assess",
    "effort_gaps",
    "need_effort",
    "read_alternatives",
    "read_judgements",
    "zero_alternative",
    "zone_need",
]
