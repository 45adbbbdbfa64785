"""Step 4: which ideas, proposals and wishes are there for a changed effort?

Anyone's word gets in by the channel that suits them (workshop reports, ideas, letters,
hearing statements), is sorted openly into areas of effort, is weighed, and is answered.
"""

from jevn.participation.answering import answer_chain, can_close, close_hearing
from jevn.participation.answers import read_answers, unanswered
from jevn.participation.combining import combine_rankings
from jevn.participation.report import read_report
from jevn.participation.results import Voices, WorkshopReport
from jevn.participation.sorting import Sorted, language_of, sort_text
from jevn.participation.voices import voices

__all__ = [
    "Sorted",
    "Voices",
    "WorkshopReport",
    "answer_chain",
    "can_close",
    "close_hearing",
    "combine_rankings",
    "language_of",
    "read_answers",
    "read_report",
    "sort_text",
    "unanswered",
    "voices",
]
