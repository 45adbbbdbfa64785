"""The cover that a document of a dossier has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from jevn.publishing.documents.common import ACCENT, Desk, cover_status
from jevn.publishing.documents.fitting import first_that_fits
from jevn.publishing.documents.model import Block, Document

_ROOM, _NOTICE_ROOM = 90, 170
"""Characters that subtitle and notice have on a sheet."""


def document_of(
    desk: Desk,
    name: str,
    title: str,
    blocks: Iterable[Block],
    *,
    subtitle: str = "",
    otherwise: str = "",
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
        otherwise: where the plan has no title, or one too long for a sheet.
        status: else that of the plan.
        form: report, paper or sheets.
    """
    say, cover = desk.say, desk.dossier.cover
    other = otherwise or say("document.plan.title")
    return Document(
        name=name,
        title=title,
        subtitle=first_that_fits(_ROOM, subtitle or cover.plan_title, other)
        if form == "sheets"
        else subtitle or cover.plan_title or other,
        author=cover.municipality,
        status=status or cover_status(desk),
        date=cover.as_of,
        language=cover.language,
        notice=first_that_fits(_NOTICE_ROOM, cover.notice, say("document.summary.fictional"))
        if cover.notice and form == "sheets"
        else cover.notice,
        colour=cover.colour or ACCENT,
        blocks=tuple(blocks),
        form=form,
    )
