"""What a text asks for: its concepts with weights, in which direction, for whom, and where."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from jevn.participation.duplicates.lexicon import Lexicon, base_of, key_of, lexicon
from jevn.participation.duplicates.stems import known, parts_of

FULL, LIGHT, PART = 1.0, 0.35, 0.75
"""Weight of a word, of one that says little, and of a part of a compound."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)?\+?", re.UNICODE)
_CLAUSE = re.compile(
    r"[.!?;:,\n•–—]|\s-\s|\s(?:og|men|slik|fordi|heller|i stedet)\s", re.IGNORECASE
)
_REACH = 3
"""Words after *ikke*, *uten* … that it denies."""
_SPACE = re.compile(r"\s+")
_NUMBERS = {
    "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "sju": "7", "syv": "7",
    "åtte": "8", "ni": "9", "ti": "10", "elleve": "11", "tolv": "12",
}  # fmt: skip


@dataclass(slots=True)
class Read:
    """A text as read.

    Attributes:
        plain: its words in lower case, to tell texts that are word for word the same.
        weight: weight of each concept.
        word: each concept as written.
        down: concepts that less of is wished for.
        names: proper names (places).
        numbers: numbers.
        groups: groups of people.
        acts: what is to be done.
    """

    plain: str
    weight: dict[str, float] = field(default_factory=dict)
    word: dict[str, str] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    word: str
    name: bool = False
    number: bool = False
    start: int = 0


def words_in(text: str) -> list[re.Match[str]]:
    """Words and numbers of a text."""
    return list(_WORD.finditer(text))


def proper_names(texts: Collection[str]) -> frozenset[str]:
    """Words that are written with a capital inside a sentence, at least as often as without."""
    large: dict[str, int] = {}
    small: dict[str, int] = {}
    for text in texts:
        if text.upper() == text:
            continue
        for match in words_in(text):
            word = match.group()
            if word.islower():
                small[word] = small.get(word, 0) + 1
            elif _is_name(text, match):
                low = word.lower()
                large[low] = large.get(low, 0) + 1
    return frozenset(w for w, n in large.items() if n >= small.get(w, 0))


def read_text(text: str, names: Collection[str] = frozenset()) -> Read:
    """Read a text.

    Args:
        text: what was said.
        names: words (lower case) known to be names of places, also where written small.
    """
    lex = lexicon()
    found = Read(_SPACE.sub(" ", " ".join(m.group().lower() for m in words_in(text))))
    cuts = [m.start() for m in _CLAUSE.finditer(text)]
    clauses: dict[int, list[_Token]] = {}
    for token in _tokens(text, lex, names):
        clauses.setdefault(sum(cut <= token.start for cut in cuts), []).append(token)
    for clause in clauses.values():
        _add_clause(found, _with_phrases(clause, lex), lex)
    found.down -= lex.bad
    return found


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Written with a capital though no sentence begins here."""
    word = match.group()
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    before = text[: match.start()].rstrip(" \t\"'«(")
    return bool(before) and before[-1] not in ".!?:•-–—\n"


def _tokens(text: str, lex: Lexicon, names: Collection[str]) -> list[_Token]:
    shouted = text.upper() == text
    found = []
    for match in words_in(text):
        word = match.group()
        low = word.lower()
        if low[0].isdigit() or low in _NUMBERS:
            number = _NUMBERS.get(low, low.rstrip("+").replace(",", "."))
            found.append(_Token(f"#{number}", word, number=True, start=match.start()))
            continue
        name = (not shouted and _is_name(text, match)) or (
            low in names and (word[0].isupper() or not known(low))
        )
        if name and low not in lex.stop:
            key = low.removesuffix("s") if len(low) > 4 and low.removesuffix("s") in names else low
            found.append(_Token(f"@{key}", word, name=True, start=match.start()))
        elif low not in lex.empty and base_of(low) not in lex.empty:
            found.append(_Token(key_of(low), word, start=match.start()))
    return found


def _with_phrases(tokens: list[_Token], lex: Lexicon) -> list[_Token]:
    """Phrases and synonyms read as their concept; words that say nothing left out."""
    found: list[_Token] = []
    i = 0
    while i < len(tokens):
        for words, concept in lex.phrases.get(tokens[i].key, ()):
            end = i + len(words)
            if tuple(t.key for t in tokens[i:end]) == words:
                written = " ".join(t.word for t in tokens[i:end])
                found += [_Token(c, written) for c in concept]
                i = end
                break
        else:
            if not _is_empty(tokens[i], lex):
                found.append(tokens[i])
            i += 1
    return found


def _is_empty(token: _Token, lex: Lexicon) -> bool:
    low = token.word.lower()
    spoken = token.name or token.number or token.key in lex.negations
    return not spoken and (low in lex.stop or base_of(low) in lex.stop)


def _add_clause(found: Read, tokens: list[_Token], lex: Lexicon) -> None:
    directions = _directions(tokens, lex)
    for token, down in zip(tokens, directions, strict=True):
        act = lex.acts.get(token.key)
        if act is not None:
            # not to move a thing is to keep it
            found.acts.add("keep" if down and act == "move" else act)
        if token.key in lex.up or token.key in lex.down or token.key in lex.negations:
            continue
        for concept, weight in _concepts(token, lex):
            found.weight[concept] = max(weight, found.weight.get(concept, 0.0))
            found.word.setdefault(concept, token.word)
            if down:
                found.down.add(concept)
            if token.name:
                found.names.add(concept)
            if token.number:
                found.numbers.add(concept)
            if concept in lex.groups:
                found.groups.add(concept)


def _concepts(token: _Token, lex: Lexicon) -> list[tuple[str, float]]:
    if token.name or token.number:
        return [(token.key, FULL)]
    if token.key in lex.light:
        return [(token.key, LIGHT)]
    if token.key in lex.whole:
        return [(token.key, FULL)]
    # a phrase's concept has no place of its own in the text, and is whole
    low = base_of(token.word.lower()) if " " not in token.word else token.key
    parts = parts_of(low) if key_of(low) == token.key else (token.key,)
    if len(parts) == 1:
        return [(token.key, FULL)]
    units: list[tuple[str, float]] = []
    for part in parts:
        key = key_of(part)
        for words, concept in lex.phrases.get(key, ()):
            if words == (key,):
                units += [(c, PART) for c in concept]
                break
        else:
            if key not in lex.stop and part not in lex.stop:
                units.append((key, LIGHT if key in lex.light else PART))
    return units or [(token.key, FULL)]


def _directions(tokens: list[_Token], lex: Lexicon) -> list[bool]:
    """For each word of a clause, whether less of it is wished for."""
    marks: list[tuple[int, bool]] = []
    denied: set[int] = set()
    pending = -9
    for i, token in enumerate(tokens):
        if token.key in lex.negations:
            pending = i
        elif token.key in lex.down or token.key in lex.up:
            down = token.key in lex.down
            if i - pending <= 3 and pending >= 0:
                denied -= set(range(pending, i))
                down, pending = not down, -9
            marks.append((i, down))
        elif pending >= 0 and i - pending <= _REACH:
            denied.add(i)
            if token.key in lex.bad:
                pending = -9
    result = []
    for i in range(len(tokens)):
        before = [m for m in marks if m[0] <= i]
        # "Parkeringen må fjernes": the only wish of the clause
        wish = before[-1] if before else marks[0] if marks else (0, False)
        result.append(wish[1] or i in denied)
    return result
