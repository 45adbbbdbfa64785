"""The answer chain of a hearing: statement, points, assessment, answer, consequence.

Every point of every statement gets an answer with a decision and its reasons, and, where the
plan is changed, the consequence and a link to what was changed. `close_hearing` refuses as
long as a point lacks this.
"""

from jevn.participation.answering.chain import answer_chain, chain_problems, unanswered
from jevn.participation.answering.gate import can_close, close_hearing, closing_problems
from jevn.participation.answering.notices import Notice, notice_text, notices
from jevn.participation.answering.results import (
    Answer,
    AnswerChain,
    AnsweredPoint,
    AnsweredStatement,
    ClosedHearing,
    HearingPoint,
)
from jevn.participation.answering.tables import answers_table, statements_table, table_csv

__all__ = [
    "Answer",
    "AnswerChain",
    "AnsweredPoint",
    "AnsweredStatement",
    "ClosedHearing",
    "HearingPoint",
    "Notice",
    "answer_chain",
    "answers_table",
    "can_close",
    "chain_problems",
    "close_hearing",
    "closing_problems",
    "notice_text",
    "notices",
    "statements_table",
    "table_csv",
    "unanswered",
]
