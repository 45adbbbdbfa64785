"""The cover that a document of a dossier has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from jevn.publishing.documents.common import ACCENT, Desk, cover_status
from jevn.publishing.documents.model import Block, Document


def document_of(
    desk: Desk,
    name: str,
    title: str,
    blocks: Iterable[Block],
    *,
    subtitle: str = "",
    status: str = "",
    form: Literal["report", "paper", "sheets"] = "report",
) -> Document:
    """A document with the cover of the dossier, in the municipality's language.

    Args:
        desk: where it is made.
        name: name of its files.
        title: its title.
        blocks: the content.
        subtitle: else the plan's title.
        status: else that of the plan.
        form: report, paper or sheets.
    """
    say, cover = desk.say, desk.dossier.cover
    return Document(
        name=name,
        title=title,
        subtitle=subtitle or cover.plan_title or say("document.plan.title"),
        author=cover.municipality,
        status=status or cover_status(desk),
        date=cover.as_of,
        language=cover.language,
        notice=cover.notice,
        colour=cover.colour or ACCENT,
        blocks=tuple(blocks),
        form=form,
    )
