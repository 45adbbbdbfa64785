"""The rows of the open tables of what people have said: answers, and votes on statements."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.participation.answering import answers_table
from jevn.participation.opinions.summary import Shares
from jevn.publishing.dossier import Dossier
from jevn.publishing.knowledge_rows import Row

EVERYBODY = "all"


def hearing_answers(dossier: Dossier) -> Iterator[Row]:
    """Every point of every hearing statement with its answers; private persons unnamed."""
    if dossier.voices is not None:
        table = answers_table(dossier.voices.chain, dossier.cover.language)
        yield from table.iter_rows(named=True)


def opinion_votes(dossier: Dossier) -> Iterator[Row]:
    """Shares of votes on each statement of each conversation, of everybody and of each group."""
    for talk in dossier.voices.opinions if dossier.voices else ():
        for statement in talk.statements:
            own = {"conversation": talk.id, "statement": statement.id, "text": statement.text}
            if statement.shares is not None:
                yield {**own, "group": EVERYBODY, **_shares(statement.shares)}
            for group, shares in zip(talk.groups, statement.groups, strict=False):
                yield {**own, "group": chr(ord("A") + group.id), **_shares(shares)}


def _shares(shares: Shares) -> Row:
    return {
        "votes": shares.seen,
        "agree": shares.agree,
        "disagree": shares.disagree,
        "passed": shares.passed,
    }
