"""Opinion groups: people who agree, disagree or pass on short statements."""

from jevn.participation.opinions.conversation import (
    About,
    Conversation,
    Statement,
    conversation,
    conversation_of,
)
from jevn.participation.opinions.groups import opinion_groups
from jevn.participation.opinions.priority import next_statement
from jevn.participation.opinions.results import OpinionGroup, OpinionGroups

__all__ = [
    "About",
    "Conversation",
    "OpinionGroup",
    "OpinionGroups",
    "Statement",
    "conversation",
    "conversation_of",
    "next_statement",
    "opinion_groups",
]
