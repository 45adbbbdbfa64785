"""Which language a document is in: bokmål, nynorsk, a neighbouring language, or unsure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DocumentLanguage = Literal["nb", "nn", "sv", "da", "en", "se", "unsure"]

LEAST_WORDS = 5
"""Texts shorter than this are too short to tell."""
LEAST_PROBABILITY = 0.8
"""Least probability of one written form against the other for it to be named."""
LEAST_WORDS_OF_OTHERS = 8
"""Least words of a text for another language than Norwegian to be named."""
LEAST_PROBABILITY_OF_OTHERS = 0.95
"""Least probability of another language for it to be named."""
_WRITTEN: dict[str, DocumentLanguage] = {"no": "nb", "nn": "nn"}
_OTHERS: dict[str, DocumentLanguage] = {"sv": "sv", "da": "da", "en": "en", "se": "se"}


def language_of(text: str) -> DocumentLanguage:
    """The language of a whole document: a report, a letter, an idea.

    Short points of a longer document are not asked about one by one: they have the
    document's language. ``unsure`` for short texts, for languages other than Norwegian, Swedish,
    Danish, English and Northern Sami, and where two are close.

    >>> language_of("Eg ønskjer meg fleire stader der vi kan møtast utan at det kostar noko.")
    'nn'
    >>> language_of("Bedre buss")
    'unsure'
    """
    words = len(text.split())
    if words < LEAST_WORDS:
        return "unsure"
    ranked = [(label, float(p)) for label, p in _identifier().rank(text[:20_000])]
    first, probability = ranked[0]
    if first in _OTHERS:
        certain = probability >= LEAST_PROBABILITY_OF_OTHERS and words >= LEAST_WORDS_OF_OTHERS
        return _OTHERS[first] if certain else "unsure"
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
    identifier.set_languages([*_WRITTEN, *_OTHERS])
    return identifier
