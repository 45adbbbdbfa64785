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
"""Least probability for a language to be named."""


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
    label, probability = _identifier().rank(text[:20_000])[0]
    if float(probability) < LEAST_PROBABILITY:
        return "unsure"
    if label == "nn":
        return "nn"
    return "nb" if label == "no" else "unsure"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["no", "nn", "da", "sv", "en"])
    return identifier
