"""Who has spoken, held against who lives here, and what can be said from it."""

from jevn.participation.representation.comparing import who_is_heard
from jevn.participation.representation.results import (
    Attendance,
    ChannelHeard,
    ConversationHeard,
    GroupHeard,
    Heard,
    Represented,
)

__all__ = [
    "Attendance",
    "ChannelHeard",
    "ConversationHeard",
    "GroupHeard",
    "Heard",
    "Represented",
    "who_is_heard",
]
