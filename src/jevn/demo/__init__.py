"""Elvebyen: a fictional municipality from a seeded generator.

What the generator puts in is written to ``truth.json``, so that tests can hold what the
engine recovers (gaps, gradients, sums) against it.
"""

from jevn.demo.writer import write_elvebyen

__all__ = ["write_elvebyen"]
