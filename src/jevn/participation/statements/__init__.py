"""Hearing statements read from letters, e-mails and documents, and split into points."""

from jevn.participation.statements.adding import Added, add_statement
from jevn.participation.statements.reading import read_statement
from jevn.participation.statements.results import (
    DoubtfulLine,
    LeftOut,
    Statement,
    StatementPoint,
)
from jevn.participation.statements.senders import sender_type_of

__all__ = [
    "Added",
    "DoubtfulLine",
    "LeftOut",
    "Statement",
    "StatementPoint",
    "add_statement",
    "read_statement",
    "sender_type_of",
]
