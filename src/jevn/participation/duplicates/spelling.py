"""Words that no dictionary knows are read as a much used word spelt nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from jevn.participation.duplicates.lexicon import lexicon
from jevn.participation.duplicates.reading import Read
from jevn.participation.duplicates.stems import known

_LEAST_LETTERS = 5
_LEAST_RATIO = 0.84


def with_spelling(read: Sequence[Read]) -> list[Read]:
    """The texts with misspelt words read as the word meant.

    Only a word that stands in no dictionary is changed, and only to one that does, or is more
    used, and is spelt nearly alike (ratio of matching letters 0.84). Names and numbers stay.
    """
    used = Counter(concept for text in read for concept in text.weight)
    lex = lexicon()
    own = lex.whole | lex.light | lex.groups
    sure = {c for c in {*used, *own} if c[0] not in "@#" and (c in own or _is_known(c))}
    by_start: dict[str, list[str]] = {}
    for concept in sorted(sure):
        by_start.setdefault(concept[:1], []).append(concept)
    meant: dict[str, str] = {}
    for concept in used:
        if concept in sure or concept[0] in "@#" or len(concept) < _LEAST_LETTERS:
            continue
        best = _nearest(concept, by_start.get(concept[:1], ()))
        if best is not None:
            meant[concept] = best
    return [_renamed(text, meant) if meant else text for text in read]


def _is_known(concept: str) -> bool:
    return known(concept) or known(concept + "e")


def _nearest(concept: str, among: Sequence[str]) -> str | None:
    best, ratio = None, _LEAST_RATIO
    matcher = SequenceMatcher(b=concept, autojunk=False)
    for other in among:
        if abs(len(other) - len(concept)) > 2:
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > ratio and matcher.quick_ratio() > ratio:
            found = matcher.ratio()
            if found > ratio:
                best, ratio = other, found
    return best


def _renamed(text: Read, meant: dict[str, str]) -> Read:
    if not meant.keys() & text.weight.keys():
        return text
    weight: dict[str, float] = {}
    word: dict[str, str] = {}
    lex = lexicon()
    for concept, value in text.weight.items():
        target = meant.get(concept, concept)
        concepts = next(
            (to for words, to in lex.phrases.get(target, ()) if words == (target,)), (target,)
        )
        for to in concepts:
            weight[to] = max(value, weight.get(to, 0.0))
            word.setdefault(to, text.word[concept])
            if to in lex.groups:
                text.groups.add(to)
            if concept in text.down:
                text.down.add(to)
    text.weight, text.word = weight, word
    return text
