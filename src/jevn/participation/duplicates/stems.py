"""From a word as written to a stem shared by its forms, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_INFLECTIONS = ("ane", "ene", "ar", "er", "en", "et")
_AGENTS = ("arane", "erne", "arar", "ere")
_DERIVATIONS = (
    "leiken",
    "leik",
    "heten",
    "heita",
    "het",
    "heit",
    "ning",
    "inga",
    "ingen",
    "ing",
    "else",
)
# Nynorsk inside words, also in compounds that no dictionary has.
_WRITTEN = (
    ("skule", "skole"), ("sjuke", "syke"), ("sjuk", "syk"), ("teneste", "tjeneste"),
    ("heim", "hjem"), ("pleiar", "pleier"), ("bustad", "bolig"), ("tilbod", "tilbud"),
    ("tryggleik", "trygghet"), ("sommar", "sommer"), ("lærar", "lærer"),
    ("nedsetjing", "nedsettelse"),
    ("tettleik", "tetthet"), ("arbeidar", "arbeider"), ("symje", "svømme"), ("leike", "leke"),
)  # fmt: skip
_LINKS = ("", "s", "e")
_PREFIXES = frozenset(
    (
        "an", "av", "be", "bi", "etter", "for", "fore", "fram", "frem", "gjen", "hel", "hen",
        "hoved", "inn", "inne", "med", "mis", "mot", "ned", "om", "opp", "over", "på", "sam", "til",
        "tilbake", "under", "ut", "ute", "van", "ved",
    )
)  # fmt: skip
_LEAST_PARTED = 8


@lru_cache(maxsize=200_000)
def known(word: str) -> bool:
    """Whether a word stands in a dictionary of bokmål or nynorsk."""
    import simplemma

    return simplemma.is_known(word, lang="nb") or simplemma.is_known(word, lang="nn")


@lru_cache(maxsize=200_000)
def lemma_of(word: str) -> str:
    """Dictionary form of a word in lower case, by bokmål if it knows the word."""
    import simplemma

    for lang in ("nb", "nn"):
        if simplemma.is_known(word, lang=lang):
            return str(simplemma.lemmatize(word, lang=lang)).lower()
    return word


def base_form(word: str, variants: Mapping[str, str]) -> str:
    """Dictionary form in bokmål, by way of the variants."""
    if word in variants:
        return variants[word]
    if word in _KEPT:
        return _KEPT[word]
    lemma = lemma_of(word)
    if lemma in variants:
        return variants[lemma]
    if len(lemma) >= 6:
        written = lemma
        for nynorsk, bokmaal in _WRITTEN:
            written = written.replace(nynorsk, bokmaal)
        if written.endswith("veg"):
            written = written.removesuffix("veg") + "vei"
        if written != lemma:
            return variants.get(written, lemma_of(written))
    if lemma == word:
        for end in _INFLECTIONS:
            bare = word.removesuffix(end)
            if bare != word and len(bare) >= 3:
                for candidate in (bare, bare + "e"):
                    if candidate in variants:
                        return variants[candidate]
    return _uninflected(lemma)


def _uninflected(word: str) -> str:
    """A form that the dictionary leaves as it is, without its ending, if that is a word."""
    for end in _AGENTS:
        if word.endswith(end) and len(word) > len(end) + 5 and not known(word):
            return word.removesuffix(end) + "er"
    for end in _INFLECTIONS:
        bare = word.removesuffix(end)
        agent = end == "er" and not word.endswith("sjoner") and known(word + "e")
        if bare != word and len(bare) >= 4 and known(bare) and not agent:
            others = [bare + other for other in ("en", "et", "a", "t") if other != end]
            if any(known(other) for other in others):
                return bare
    bare = word.removesuffix("t")
    return bare if bare != word and len(bare) >= 4 and known(bare) and known(bare + "e") else word


# Forms that the dictionary leads to a word of another meaning.
_KEPT = {
    "flere": "flere",
    "fler": "flere",
    "eldre": "eldre",
    "bedre": "bedre",
    "mer": "mer",
    "mindre": "mindre",
    "færre": "færre",
    "unge": "unge",
    "lavere": "lavere",
    "kortere": "kort",
    "verre": "verre",
    "barn": "barn",
    "ingen": "ingen",
    "nei": "nei",
    "for": "for",
    "leie": "leie",
    "stengt": "stenge",
    "steng": "stenge",
    "kutt": "kutte",
    "riv": "rive",
    "rives": "rive",
    "rive": "rive",
    "ned": "ned",
    "møtes": "møtes",
    "treffes": "treffes",
    "samles": "samles",
    "jobber": "jobb",
    "støtt": "støtte",
    "jobbene": "jobb",
    "vanskeligere": "vanskeligere",
    "nye": "ny",
    "nytt": "ny",
    "jobb": "jobb",
    "lærere": "lærer",
    "lærerne": "lærer",
    "avganger": "avgang",
    "penger": "penger",
    "ansatte": "ansatt",
    "innvandrere": "innvandrer",
    "helga": "helg",
    "bussen": "buss",
    "bussene": "buss",
    "senteret": "senter",
    "sentra": "senter",
}


@lru_cache(maxsize=200_000)
def stem(lemma: str) -> str:
    """What is left of a dictionary form without endings that make it a verb or a noun.

    >>> stem("bygge") == stem("bygging")
    True
    """
    for end in _DERIVATIONS:
        bare = lemma.removesuffix(end)
        if bare != lemma and (len(bare) >= 4 or (len(bare) == 3 and known(bare + "e"))):
            return bare
    if not known(lemma):
        for end in _INFLECTIONS:
            bare = lemma.removesuffix(end)
            if bare != lemma and len(bare) >= 4:
                return bare.removesuffix("e")
    if len(lemma) >= 5 and lemma.endswith("a") and known(lemma[:-1] + "e"):
        return lemma[:-1]
    return lemma.removesuffix("e") if len(lemma) >= 4 else lemma


@lru_cache(maxsize=200_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound (two or more), or the word itself.

    The last part must stand in a dictionary, and so must the first, with or without a linking
    *s* or *e*. The longest last part is taken, so that the first is parted no further.

    >>> parts_of("bussavgang")
    ('buss', 'avgang')
    """
    if "-" in word.strip("-"):
        return tuple(part for part in word.split("-") if part)
    if len(word) < _LEAST_PARTED:
        return (word,)
    for cut in range(3, len(word) - 2):
        first, last = word[:cut], word[cut:]
        if first in _PREFIXES or not _is_last(first, last):
            continue
        # "besøk|svenn" is "besøks|venn"
        if last[0] == "s" and _is_last(first, last[1:]) and first not in _PREFIXES and known(first):
            return (first, last[1:])
        for link in _LINKS:
            bare = first.removesuffix(link) if link else first
            linked = not link or bare != first
            if linked and len(bare) >= 3 and bare not in _PREFIXES and known(bare):
                return (bare, last)
    return (word,)


def _is_last(first: str, last: str) -> bool:
    return len(last) >= (3 if len(first) >= 5 else 4) and known(last)
