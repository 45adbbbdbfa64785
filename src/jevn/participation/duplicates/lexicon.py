"""The open word files: what means the same, what says little, what makes texts different."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from jevn.participation.duplicates.stems import base_form, stem

# Phrases where the word that is left when empty ones are taken away says it all.
_SHORT_ENOUGH = frozenset(("gratis for alle",))
_FILES = "jevn.participation.duplicates"


@dataclass(frozen=True)
class Lexicon:
    """The word files, ready for use; words stand as stems.

    Attributes:
        phrases: by first stem: phrases (stems) with the concepts they are read as, longest first.
        stop: words that say nothing.
        empty: words that say nothing in a phrase either.
        light: words that say little.
        whole: words that are not parted.
        up: words that wish for more.
        down: words that wish for less.
        negations: words that turn a wish.
        not_negations: phrases with such a word that turn nothing.
        bad: things that nobody wishes for.
        groups: groups of people.
        acts: what is to be done (``keep``, ``new``, ``better``, ``move``), by word.
        apart: by concept, the sets of things that are not the same it belongs to.
    """

    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    stop: frozenset[str]
    empty: frozenset[str]
    light: frozenset[str]
    whole: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]
    negations: frozenset[str]
    not_negations: tuple[tuple[str, ...], ...]
    bad: frozenset[str]
    groups: frozenset[str]
    acts: dict[str, str]
    apart: dict[str, frozenset[int]]


@cache
def variants() -> dict[str, str]:
    """Nynorsk, dialect and old forms, each with its dictionary form in bokmål."""
    return {str(k): str(v) for k, v in _load("variants").items()}


@lru_cache(maxsize=200_000)
def base_of(word: str) -> str:
    """Dictionary form of a word in bokmål."""
    return base_form(word, variants())


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """The stem by which a word is looked up."""
    return stem(base_of(word))


@cache
def lexicon() -> Lexicon:
    """The word files of the package."""
    light, contrasts = _load("light"), _load("contrasts")
    stop = frozenset(word.lower() for word in light["stop"])
    in_phrases = frozenset(light["in_phrases"])
    empty = stop - in_phrases
    phrases, whole = _same(empty)
    whole |= {key_of(word) for word in light["whole"]}
    down: list[str] = contrasts["down"]
    for wish in down:
        several = tuple(key_of(w) for w in wish.lower().split() if w not in empty)
        if len(several) > 1:
            phrases.setdefault(several[0], {})[several] = (key_of("fjerne"),)
    apart: dict[str, set[int]] = {}
    for number, line in enumerate(contrasts["apart"]):
        for word in line:
            for read_as in _concepts(key_of(word), phrases):
                apart.setdefault(read_as, set()).add(number)
    return Lexicon(
        phrases={
            first: tuple(sorted(found.items(), key=lambda p: (-len(p[0]), p[0])))
            for first, found in phrases.items()
        },
        stop=stop,
        empty=empty,
        light=frozenset(key_of(word) for word in light["light"]),
        whole=frozenset(whole),
        up=_keys(contrasts["up"]),
        down=_keys(w for w in down if " " not in w),
        negations=_keys(contrasts["not"]),
        not_negations=tuple(tuple(p.split()) for p in contrasts["not_phrases"]),
        bad=frozenset(c for w in contrasts["bad"] for c in _concepts(key_of(w), phrases)),
        groups=frozenset(c for w in contrasts["groups"] for c in _concepts(key_of(w), phrases)),
        acts={key_of(w): act for act, words in contrasts["acts"].items() for w in words},
        apart={concept: frozenset(sets) for concept, sets in apart.items()},
    )


_Phrases = dict[str, dict[tuple[str, ...], tuple[str, ...]]]


def _same(empty: frozenset[str]) -> tuple[_Phrases, set[str]]:
    """Phrases that mean the same by their first word, and the words among them."""
    phrases: _Phrases = {}
    whole: set[str] = set()
    for entry in _load("same"):
        concept = tuple(key_of(word) for word in entry[0].split())
        if len(concept) == 1:
            whole.add(concept[0])
        for phrase in entry:
            words = tuple(key_of(w) for w in phrase.lower().split() if w not in empty)
            if len(words) == 1 and " " in phrase and phrase not in _SHORT_ENOUGH:
                continue
            if words and words != concept:
                phrases.setdefault(words[0], {})[words] = concept
            if len(words) == 1:
                whole.add(words[0])
    for own in phrases.values():
        for words, concept in list(own.items()):
            own[words] = tuple(part for c in concept for part in phrases.get(c, {}).get((c,), (c,)))
    return phrases, whole


def _concepts(key: str, phrases: _Phrases) -> tuple[str, ...]:
    return phrases.get(key, {}).get((key,), (key,))


def _keys(words: Any) -> frozenset[str]:
    return frozenset(key_of(word) for word in words)


def _load(name: str) -> Any:
    text = files(_FILES).joinpath("words", f"{name}.yaml").read_text("utf-8")
    return yaml.safe_load(text)
