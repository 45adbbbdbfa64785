"""Tables of step 4: ideas and letters, hearing statements, and points that mean the same."""

from __future__ import annotations

from typing import Final

from jevn.tables import Column, TableSchema
from jevn.terms import AREAS

CHANNELS: Final = ("idea", "dialogue", "letter", "council")
"""Channels an idea may come by (workshops and hearings have files of their own)."""

SENDER_TYPES: Final = (
    "person",
    "organisation",
    "council",
    "business",
    "public_body",
    "politician",
)

_ID = Column("id", "id", "id of the contribution, kept for good", True, aliases=("nr", "nummer"))
_PLACE = Column(
    "place", "id", "place it is about or from", aliases=("sted", "stad", "sone", "bydel")
)
_AREAS = Column(
    "areas",
    "list",
    "areas of effort given by a person, best first; empty = sorted by word list",
    aliases=("områder", "område", "innsatsområder", "innsatsområde"),
)
_TEXT = Column("text", "text", "what was said", True, aliases=("tekst", "innspill", "innspel"))
_AGE_GROUP = Column(
    "age_group",
    "text",
    "ages the sender belongs to (`13-19`, `67+`); only counted, never shown with the text",
    aliases=("aldersgruppe", "alder"),
)
_RECORDER = Column(
    "recorder",
    "text",
    "role of the member of staff who wrote it down for the sender",
    aliases=("ført av", "skrive ned av"),
)
_ADDRESS = Column(
    "address",
    "text",
    "address that the answer is sent to; never published",
    aliases=("adresse", "e-post", "epost", "e-postadresse"),
)
_SENDER = Column(
    "sender", "text", "who said it; never published for persons", aliases=("avsender",)
)

IDEAS: Final = TableSchema(
    "ideas",
    "An idea, a letter, or a point from a dialogue meeting or a council.",
    (
        _ID,
        Column("channel", "choice", "how it came in", choices=CHANNELS, aliases=("kanal",)),
        Column("date", "date", "date it came in", aliases=("dato",)),
        Column(
            "sender_type",
            "choice",
            "kind of sender",
            choices=SENDER_TYPES,
            aliases=("avsendertype", "avsendartype"),
        ),
        _SENDER,
        _PLACE,
        Column("heading", "text", "heading given by the sender", aliases=("overskrift", "tittel")),
        _TEXT,
        _AREAS,
        Column(
            "support",
            "integer",
            "persons who have said that they agree",
            aliases=("støtte", "enige", "samde"),
            at_least=0,
        ),
        _AGE_GROUP,
        _RECORDER,
        _ADDRESS,
    ),
    key=("id",),
)

HEARING: Final = TableSchema(
    "hearing",
    "A statement in the hearing of the draft plan.",
    (
        _ID,
        Column("date", "date", "date it came in", aliases=("dato",)),
        Column(
            "sender_type",
            "choice",
            "kind of sender",
            True,
            SENDER_TYPES,
            ("avsendertype", "avsendartype"),
        ),
        _SENDER,
        _PLACE,
        Column("paragraph", "text", "part of the draft it is about", aliases=("avsnitt", "punkt")),
        _TEXT,
        _AREAS,
        _AGE_GROUP,
        _RECORDER,
        _ADDRESS,
    ),
    key=("id",),
)

HEARING_POINTS: Final = TableSchema(
    "hearing_points",
    "A point of a hearing statement. A statement without rows is one point, its whole text.",
    (
        Column(
            "statement",
            "id",
            "id of the statement in `hearing.csv`",
            True,
            aliases=("uttalelse", "fråsegn"),
        ),
        Column(
            "point",
            "integer",
            "number of the point in the statement, from 1",
            True,
            (),
            ("punkt", "nr", "nummer"),
            1,
        ),
        Column("paragraph", "text", "anchor of the draft it is about", aliases=("avsnitt",)),
        _TEXT,
        _AREAS,
    ),
    key=("statement", "point"),
)

RANKED_ITEMS: Final = TableSchema(
    "ranked_items",
    "A group's ranked point, and the item it is merged into with points that mean the same.",
    (
        Column("report", "id", "id of the report", True, aliases=("rapport",)),
        Column(
            "theme",
            "text",
            "question of the report, or a unique part of it",
            True,
            aliases=("tema",),
        ),
        Column("group", "text", "the group's name in the report", True, aliases=("gruppe",)),
        Column(
            "rank",
            "integer",
            "place of the point in the group's list",
            True,
            (),
            ("rang", "plass"),
            1,
        ),
        Column("item", "id", "item shared by points that mean the same", True, aliases=("punkt",)),
        Column("label", "text", "the item in words", True, aliases=("navn", "namn", "tekst")),
        Column(
            "area",
            "choice",
            "area of effort",
            choices=tuple(a.value for a in AREAS),
            aliases=("område", "innsatsområde"),
        ),
    ),
    key=("report", "theme", "group", "rank"),
)

TO_SORT: Final = TableSchema(
    "to_sort",
    "A text to be sorted into areas of effort.",
    (
        Column("id", "text", "id of the text", True, aliases=("nr", "nummer")),
        Column("text", "text", "what was said", True, aliases=("tekst", "innspill", "innspel")),
        Column("heading", "text", "heading it stands under", aliases=("overskrift", "tittel")),
    ),
    key=("id",),
)

CORRECTIONS: Final = TableSchema(
    "corrections",
    "Areas of effort of a contribution, confirmed or corrected by a person.",
    (
        Column(
            "contribution", "text", "id of the contribution", True, aliases=("innspill", "innspel")
        ),
        Column(
            "areas",
            "list",
            "its areas of effort, best first; empty = it belongs to none",
            aliases=_AREAS.aliases,
        ),
        Column("date", "date", "date it was confirmed", aliases=("dato",)),
        Column("role", "text", "role of who confirmed it, never a name", aliases=("rolle",)),
    ),
    key=("contribution", "date"),
)

MERGED: Final = TableSchema(
    "merged",
    "A contribution that a person has found to say the same as an earlier one.",
    (
        Column("kept", "id", "id of the one kept, by the first author", True, aliases=("beholdt",)),
        Column("merged", "id", "id of the one merged into it", True, aliases=("slått sammen",)),
        Column("date", "date", "date of the decision", aliases=("dato",)),
    ),
    key=("kept", "merged"),
)
