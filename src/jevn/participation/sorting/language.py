"""Which written language a document is in: bokmål, nynorsk, or unsure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DocumentLanguage = Literal["nb", "nn", "unsure"]

LEAST_WORDS = 5
"""Texts shorter than this are too short to tell."""
LEAST_PROBABILITY = 0.8
"""Least probability of one written form against the other for it to be named."""
_WRITTEN: dict[str, DocumentLanguage] = {"no": "nb", "nn": "nn"}


def language_of(text: str) -> DocumentLanguage:
    """The written language of a whole document: a report, a letter, an idea.

    Short points of a longer document are not asked about one by one: they have the
    document's language. ``unsure`` for short texts, for other languages, and where bokmål
    and nynorsk are close.

    >>> language_of("Eg ønskjer meg fleire stader der vi kan møtast utan at det kostar noko.")
    'nn'
    >>> language_of("Bedre buss")
    'unsure'
    """
    if len(text.split()) < LEAST_WORDS:
        return "unsure"
    ranked = [(label, float(p)) for label, p in _identifier().rank(text[:20_000])]
    if ranked[0][0] not in _WRITTEN:
        return "unsure"
    found = dict(ranked)
    whole = sum(found[label] for label in _WRITTEN)
    for label, written in _WRITTEN.items():
        if found[label] >= LEAST_PROBABILITY * whole:
            return written
    return "unsure"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["no", "nn", "da", "sv", "en"])
    return identifier
