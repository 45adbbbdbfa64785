"""Conversations of the plan folder: ``conversations/<id>/``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from jevn.participation.opinions.conversation import About, Conversation
from jevn.participation.opinions.files import COMMENTS
from jevn.participation.opinions.reading import read_conversation
from jevn.tables.yamlfile import load_yaml, parse
from jevn.terms import InputRefused, Problem

ABOUT: Final = "conversation.yaml"
_ID: Final = re.compile(r"[A-Za-z0-9æøåÆØÅ][\w.-]{0,63}")
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _About(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: _Text
    question: _Text
    opened: date | None = None
    closed: date | None = None
    about: str = ""


def read_conversation_folder(folder: Path) -> Conversation:
    """A conversation of the plan folder: ``conversation.yaml``, ``comments.csv``, ``votes.csv``.

    Args:
        folder: the folder of the conversation; its name is the id.

    Raises:
        InputRefused: ``opinions_id``, ``opinions_part_missing``, ``opinions_dates``, and
            what reading the files may refuse.
    """
    name = f"conversations/{folder.name}"
    if not _ID.fullmatch(folder.name):
        raise InputRefused([Problem("opinions_id", name, params={"given": folder.name})])
    missing = [part for part in (ABOUT, COMMENTS) if not (folder / part).is_file()]
    if missing:
        raise InputRefused(
            Problem("opinions_part_missing", f"{name}/{part}", params={"name": part})
            for part in missing
        )
    document = load_yaml(folder / ABOUT, name=f"{name}/{ABOUT}")
    form = parse(document, TypeAdapter(_About))
    if form.opened and form.closed and form.closed < form.opened:
        line = document.line(("closed",))
        raise InputRefused([Problem("opinions_dates", document.file, line, "closed")])
    about = About(
        id=folder.name,
        title=form.title,
        question=form.question,
        opened=form.opened.isoformat() if form.opened else None,
        closed=form.closed.isoformat() if form.closed else None,
        about=form.about.strip(),
    )
    return replace(read_conversation(folder, name=name), about=about)


def about_data(about: About) -> dict[str, Any]:
    """What ``conversation.yaml`` holds."""
    pairs: dict[str, Any] = {"title": about.title, "question": about.question}
    for key, day in (("opened", about.opened), ("closed", about.closed)):
        if day:
            pairs[key] = date.fromisoformat(day)
    return pairs | ({"about": about.about} if about.about else {})
