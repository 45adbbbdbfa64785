"""A made-up conversation and a made-up hearing for the tests of pages."""

from __future__ import annotations

from jevn.participation.answering import (
    Answer,
    AnswerChain,
    AnsweredPoint,
    AnsweredStatement,
    HearingPoint,
)
from jevn.participation.opinions.summary import (
    GroupSummary,
    OpinionSummary,
    Shares,
    StatementSummary,
)
from jevn.participation.representation.results import (
    Attendance,
    ChannelHeard,
    ConversationHeard,
    GroupHeard,
    Heard,
    Represented,
)
from jevn.terms import EffortArea, Message


def conversation(*, split: bool) -> OpinionSummary:
    """Two statements; with a split, two groups that see the second one differently."""
    everybody = Shares(40, 0.5, 0.25, 0.25)
    parts = (Shares(25, 0.8, 0.1, 0.1), Shares(15, 0.1, 0.8, 0.1))
    groups = (
        GroupSummary(0, 25, 0.9, (("samtale/2", "agree"),)),
        GroupSummary(1, 15, 0.5, (("samtale/2", "disagree"),)),
    )
    statements = (
        StatementSummary("samtale/1", "Gratis <badebuss>", (EffortArea.FRITID,), everybody, ()),
        StatementSummary("samtale/2", "Steng gata", (), everybody, parts if split else ()),
        StatementSummary("samtale/3", "Lite stemt på", (), None, ()),
    )
    key = "firm" if split else "weak"
    return OpinionSummary(
        id="samtale",
        title="Hva bør gjøres?",
        question="Hva bør kommunen gjøre først?",
        about="",
        opened="2026-03-01",
        closed="2026-04-15",
        people=44,
        votes=120,
        clustered=40,
        split=split,
        groups=groups if split else (),
        statements=statements,
        agreed=("samtale/1",),
        disagreed=(),
        dividing=("samtale/2",) if split else (),
        message=Message(f"participation.opinions.message.{key}", {"clustered": 40, "n": 2}),
    )


def point(statement: str, number: int, said: str, *answers: Answer, **more: str) -> AnsweredPoint:
    own = HearingPoint(statement, number, more.get("paragraph"), said)
    state = "answered" if answers else "unassessed"
    return AnsweredPoint(own, state, answers, (), more.get("shared"))


def chain() -> AnswerChain:
    """An organisation with two points, one shared; a resident who waits."""
    first = Answer(
        "H-1",
        1,
        "Los",
        "Vi er enige.",
        "taken_in",
        "Tiltak T1 er nytt.",
        "T1",
        changed="Los på skolen",
    )
    second = Answer("H-1", 2, "Bru", "Saken hører til vegplanen.", "outside", reason="Egen plan.")
    return AnswerChain(
        (
            AnsweredStatement(
                "H-1",
                "2027-02-03",
                "organisation",
                "Røde Kors",
                None,
                "Los og bru",
                (
                    point("H-1", 1, "Vi vil ha los", first, paragraph="M1.2"),
                    point("H-1", 2, "Vi vil ha bru", second, shared="H-7/1"),
                ),
            ),
            AnsweredStatement(
                "H-2",
                None,
                "person",
                None,
                None,
                "Hva med oss?",
                (point("H-2", 1, "Hva med oss?"),),
            ),
        )
    )


def represented() -> Represented:
    """Two zones, one of them silent; a hidden age; a workshop and a conversation."""
    zones = Heard(
        "zone",
        60,
        40,
        20,
        (
            GroupHeard("Z2", 0, 600.0, 0.6, 24.0, 0.0, 0.0, 0.1, 0.001, "fewer"),
            GroupHeard("Z1", 40, 400.0, 0.4, 16.0, 2.5, 2.0, 2.6, 0.001, "more"),
        ),
        0.6,
        0.1,
        0.001,
        Message("participation.who.zone.few", {"known": 40, "of": 60, "least": 20}),
    )
    ages = Heard(
        "age",
        60,
        None,
        None,
        (GroupHeard("13-19", None, None, None, None, None, None, None, None, "not_told"),),
        None,
        None,
        None,
        Message("participation.who.age.none", {"of": 60}),
    )
    return Represented(
        70,
        60,
        (zones, ages),
        (ChannelHeard("idea", 70, 1.0, 40, 1),),
        (ChannelHeard("person", 70, 1.0, 40, 1),),
        (Attendance("verksted", "Verksted", 12, ((None, 12),), (("Leder", 7), (None, 5)), 10),),
        (ConversationHeard("samtale", "Hva bør gjøres?", 44),),
        Message("participation.who.message", {"n": 70}),
    )
