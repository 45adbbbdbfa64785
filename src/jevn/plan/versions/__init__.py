"""Versions of a plan: frozen with stable anchors, compared word by word, every change with why.

* :func:`freeze` makes a version of the plan as it stands; :func:`save_version` keeps it;
* :func:`read_versions` reads them, and refuses one that was touched afterwards;
* :func:`compare` says what is changed in text, goals, actions and money, and what lacks a reason.
"""

from jevn.plan.versions.comparing import Differences, Piece, PlanChange, compare, words
from jevn.plan.versions.freezing import anchored, digest_of, freeze, paragraphs_of, version_text
from jevn.plan.versions.model import (
    KINDS,
    ChangeReason,
    FrozenElement,
    FrozenTarget,
    Paragraph,
    PlanVersion,
    VersionKind,
)
from jevn.plan.versions.reading import (
    FOLDER,
    REASONS,
    read_reasons,
    read_versions,
    save_version,
    version_kind,
)

__all__ = [
    "FOLDER",
    "KINDS",
    "REASONS",
    "ChangeReason",
    "Differences",
    "FrozenElement",
    "FrozenTarget",
    "Paragraph",
    "Piece",
    "PlanChange",
    "PlanVersion",
    "VersionKind",
    "anchored",
    "compare",
    "digest_of",
    "freeze",
    "paragraphs_of",
    "read_reasons",
    "read_versions",
    "save_version",
    "version_kind",
    "version_text",
    "words",
]
