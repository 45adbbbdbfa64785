"""Opinion groups: people who agree, disagree or pass on short statements."""

from jevn.participation.opinions.conversation import (
    About,
    Conversation,
    Statement,
    conversation,
    conversation_of,
)
from jevn.participation.opinions.folder import read_conversation_folder
from jevn.participation.opinions.groups import opinion_groups
from jevn.participation.opinions.priority import next_statement
from jevn.participation.opinions.reading import read_conversation
from jevn.participation.opinions.results import OpinionGroup, OpinionGroups
from jevn.participation.opinions.summary import OpinionSummary, summary_of
from jevn.participation.opinions.writing import write_conversation

__all__ = [
    "About",
    "Conversation",
    "OpinionGroup",
    "OpinionGroups",
    "OpinionSummary",
    "Statement",
    "conversation",
    "conversation_of",
    "next_statement",
    "opinion_groups",
    "read_conversation",
    "read_conversation_folder",
    "summary_of",
    "write_conversation",
]
