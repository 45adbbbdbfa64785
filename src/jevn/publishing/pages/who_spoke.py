"""Who has spoken, against who lives here."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Row, Table


@dataclass(frozen=True, slots=True)
class WhoSpokePage:
    """Tables of who has spoken."""

    head: Head
    tables: tuple[Table, ...]


def who_spoke_page(desk: Desk) -> WhoSpokePage:
    """The page of who has spoken; without tables where nobody has."""
    say = desk.say
    return WhoSpokePage(
        desk.head(
            "who_spoke", say("publishing.voices.spoken"), say("publishing.voices.spoken.intro")
        ),
        _spoken(desk),
    )


def _spoken(desk: Desk) -> tuple[Table, ...]:
    voices, say = desk.dossier.voices, desk.say
    tables = []
    for dimension in ("zone", "sender_type", "channel"):
        rows = [s for s in (voices.spoken if voices else ()) if s.dimension == dimension]
        if not rows:
            continue
        total = sum(s.contributions for s in rows) or 1
        shares = any(s.population_share is not None for s in rows)
        heads = [
            Heading(say(f"publishing.spoken.{dimension}")),
            Heading(say("publishing.table.contributions"), numeric=True),
            Heading(say("publishing.table.share"), numeric=True),
        ]
        if shares:
            heads.append(Heading(say("publishing.table.population_share"), numeric=True))
        tables.append(
            Table(
                say(f"publishing.spoken.{dimension}.caption"),
                tuple(heads),
                tuple(
                    Row(
                        (
                            Cell(_group(desk, dimension, s.group)),
                            Cell(say.number(s.contributions, 0), sort=s.contributions),
                            Cell(say.percent(s.contributions / total), sort=s.contributions),
                            *(
                                (Cell(say.percent(s.population_share), sort=s.population_share),)
                                if shares
                                else ()
                            ),
                        )
                    )
                    for s in rows
                ),
                sortable=True,
            )
        )
    return tuple(tables)


def _group(desk: Desk, dimension: str, group: str) -> str:
    if dimension == "zone":
        return desk.dossier.place_name(group) if group else desk.say("word.unknown")
    key = f"publishing.{'sender' if dimension == 'sender_type' else 'channels'}.{group}"
    return desk.say(key) if desk.say.has(key) else group
