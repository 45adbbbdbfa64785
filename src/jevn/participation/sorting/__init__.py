"""Sorting what people say into areas of effort, openly: the words that led there are shown.

The word lists are plain files in ``words/``, one per area, meant to be read and edited. They
are made from the areas' meaning: the evidence catalogue, the glossary and KOSTRA's names of
functions.
"""

from jevn.participation.sorting.language import language_of
from jevn.participation.sorting.learning import Example, Learnt, learn, sort_learnt
from jevn.participation.sorting.own import own_words_data, read_own_words
from jevn.participation.sorting.sorter import Sorted, sort_text
from jevn.participation.sorting.wordlists import Word, WordLists, word_lists

__all__ = [
    "Example",
    "Learnt",
    "Sorted",
    "Word",
    "WordLists",
    "language_of",
    "learn",
    "own_words_data",
    "read_own_words",
    "sort_learnt",
    "sort_text",
    "word_lists",
]
