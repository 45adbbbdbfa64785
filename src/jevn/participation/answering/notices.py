"""What is told to those who gave an address: what became of each point of their statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jevn.participation.answering.results import AnswerChain, AnsweredPoint
from jevn.terms import Message, Say
from jevn.terms.language import Param


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to the sender of a statement. Sending it is not done here.

    Attributes:
        statement: id of the statement.
        address: where it is to be sent. Never published.
        subject: its subject.
        lines: its paragraphs.
    """

    statement: str
    address: str
    subject: Message
    lines: tuple[Message, ...]


def notices(
    chain: AnswerChain, addresses: Mapping[str, str], *, title: str, sender: str
) -> tuple[Notice, ...]:
    """A notice per statement whose sender gave an address.

    Args:
        chain: the answers.
        addresses: address by id of statement.
        title: title of the plan.
        sender: name of the municipality.
    """
    return tuple(
        Notice(
            statement.id,
            addresses[statement.id],
            Message("participation.notice.subject", {"title": title}),
            (
                Message("participation.notice.thanks", {"title": title, "id": statement.id}),
                *(line for point in statement.points for line in _lines(point)),
                Message("participation.notice.end", {"sender": sender}),
            ),
        )
        for statement in chain.statements
        if addresses.get(statement.id)
    )


def notice_text(notice: Notice, say: Say) -> str:
    """The body of a notice in one language, a blank line between paragraphs."""
    return "\n\n".join(say.message(line) for line in notice.lines) + "\n"


def _lines(found: AnsweredPoint) -> tuple[Message, ...]:
    number = found.point.point
    decided = [a for a in found.answers if a.decided]
    if not decided:
        return (Message("participation.notice.waiting", {"point": number}),)
    lines = []
    for answer in decided:
        params: dict[str, Param] = {
            "point": number,
            "summary": answer.summary,
            "decision_key": f"participation.decision.{answer.decision}",
            "comment": answer.comment,
        }
        if answer.consequence:
            params["consequence"] = answer.consequence
            lines.append(Message("participation.notice.changed", params))
        else:
            lines.append(Message("participation.notice.answer", params))
    return tuple(lines)
