"""Sorting what people say into areas of effort, openly: the words that led there are shown.

The word lists are plain files in ``words/``, one per area, meant to be read and edited. They
are made from the areas' meaning: the evidence catalogue, the glossary and KOSTRA's names of
functions.
"""

from jevn.participation.sorting.language import language_of
from jevn.participation.sorting.sorter import Sorted, sort_text

__all__ = ["Sorted", "language_of", "sort_text"]
