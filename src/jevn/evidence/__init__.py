"""Step 1: which areas of effort do research-based recommendations point to?

The catalogue is reviewed text files in the folder ``catalogue``. :func:`load_catalogue`
reads and checks them, and adds a municipality's own evidence; :func:`search` finds entries.
"""

from jevn.evidence.entries import (
    AreaEvidence,
    CatalogueIndicator,
    Direction,
    Effect,
    EffectSize,
    EvidenceCatalogue,
    Intervention,
    Principle,
    Source,
)
from jevn.evidence.loading import load_catalogue
from jevn.evidence.rules import (
    SourcedList,
    assessment_criteria,
    overview_themes,
    suppression_rules,
)
from jevn.evidence.searching import Hit, search
from jevn.evidence.vocabulary import Term, vocabulary

__all__ = [
    "AreaEvidence",
    "CatalogueIndicator",
    "Direction",
    "Effect",
    "EffectSize",
    "EvidenceCatalogue",
    "Hit",
    "Intervention",
    "Principle",
    "Source",
    "SourcedList",
    "Term",
    "assessment_criteria",
    "load_catalogue",
    "overview_themes",
    "search",
    "suppression_rules",
    "vocabulary",
]
