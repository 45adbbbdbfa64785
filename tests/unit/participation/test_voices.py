"""Everything said, from every channel: ids, names kept private, silence and answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from pydantic import TypeAdapter

from jevn.challenges.schemas import PLACES, POPULATION
from jevn.participation import read_answers, read_report, voices
from jevn.participation.results import Voices
from jevn.participation.schemas import HEARING, IDEAS, RANKED_ITEMS
from jevn.tables import empty_table, table_from_rows
from jevn.terms import EffortArea, InputRefused

REPORT = """\
# Rapport fra politisk verksted 1. mars 2027

# Hva savner du?

- Flere møteplasser for ungdom

## Bolig

- Flere utleieboliger

# Hva er viktigst?

## Gruppe 1

- Trygg skolevei
- Leksehjelp
"""

IDEA_ROWS: list[dict[str, Any]] = [
    {
        "id": "I-1",
        "date": date(2027, 2, 1),
        "sender_type": "person",
        "sender": "Kari Nes",
        "place": "1-1",
        "heading": "Biblioteket",
        "text": "Åpent på kveldstid slik at flere kan komme dit etter jobb",
        "support": 7,
    },
    {
        "id": "I-2",
        "channel": "letter",
        "sender_type": "organisation",
        "sender": "Velforeningen",
        "text": "Slik vi ser det, er det lite å gjøre om kvelden.",
        "areas": ["fritid", "Nærmiljø"],
    },
    {"id": "I-3", "sender": "Ola Vik", "text": "Takk for sist", "place": "1"},
]
HEARING_ROWS: list[dict[str, Any]] = [
    {"id": "H-1", "sender_type": "council", "sender": "Eldrerådet", "text": "Flere omsorgsboliger"},
    {
        "id": "H-2",
        "sender_type": "person",
        "sender": "Ida Lund",
        "paragraph": "4.2",
        "text": "Fastlegen må ha bedre tid",
    },
]
PLACE_ROWS: list[dict[str, Any]] = [
    {"place": "1", "name": "Byen", "kind": "municipality", "population": 1000.0},
    {"place": "1-1", "name": "Øst", "kind": "zone", "parent": "1", "population": 250.0},
    {"place": "1-2", "name": "Vest", "kind": "zone", "parent": "1", "population": 750.0},
    {"place": "2-1", "name": "Naboen", "kind": "zone", "parent": "2", "population": 99.0},
]


def heard(**changes: Any) -> Voices:
    given: dict[str, Any] = {
        "reports": [read_report(REPORT, "verksted")],
        "ideas": table_from_rows(IDEAS, IDEA_ROWS),
        "hearing": table_from_rows(HEARING, HEARING_ROWS),
        "answers": (),
        "ranked_items": empty_table(RANKED_ITEMS),
        "places": table_from_rows(PLACES, PLACE_ROWS),
        "population": empty_table(POPULATION),
        "municipality": "1",
    }
    return voices(**{**given, **changes})


def test_ids_count_over_the_whole_report() -> None:
    ids = [c.id for c in heard().contributions]
    assert ids == [
        "verksted/1/1",
        "verksted/1/2",
        "verksted/2/1/1",
        "verksted/2/1/2",
        "I-1",
        "I-2",
        "I-3",
        "H-1",
        "H-2",
    ]


def test_workshop_points_say_where_they_come_from() -> None:
    point = heard().contribution("verksted/2/1/2")
    assert point is not None
    assert (point.text, point.sender, point.heading) == (
        "Leksehjelp",
        "Gruppe 1",
        "Hva er viktigst?",
    )
    assert (point.channel, point.event, point.date) == ("workshop", "verksted", "2027-03-01")
    assert point.sender_type == "politician"
    assert point.areas == (EffortArea.OPPVEKST,)


def test_private_names_are_not_published() -> None:
    senders = {c.id: c.sender for c in heard().contributions}
    assert senders["I-1"] is None
    assert senders["H-2"] is None
    assert senders["I-3"] is None, "nobody knows that this is not a private person"
    assert senders["I-2"] == "Velforeningen"
    assert senders["H-1"] == "Eldrerådet"
    text = TypeAdapter(Voices).dump_json(heard()).decode()
    assert "Kari Nes" not in text
    assert "Ida Lund" not in text


def test_a_persons_areas_go_before_the_word_lists() -> None:
    given = heard().contribution("I-2")
    assert given is not None
    assert given.areas == (EffortArea.FRITID, EffortArea.NAERMILJO)
    assert given.sorted_by == "person"
    by_list = heard().contribution("I-1")
    assert by_list is not None
    assert by_list.sorted_by == "word_list"
    assert by_list.areas[0] is EffortArea.FRITID
    nothing = heard().contribution("I-3")
    assert nothing is not None
    assert (nothing.areas, nothing.sorted_by) == ((), "none")


def test_silence_is_seen() -> None:
    spoken = heard().spoken
    zones = [
        (s.group, s.contributions, s.population_share) for s in spoken if s.dimension == "zone"
    ]
    assert zones == [("1-1", 1, 0.25), ("1-2", 0, 0.75)]
    channels = {s.group: s.contributions for s in spoken if s.dimension == "channel"}
    assert channels == {"workshop": 4, "idea": 2, "letter": 1, "hearing": 2}
    senders = {s.group: s.contributions for s in spoken if s.dimension == "sender_type"}
    assert senders == {"politician": 4, "person": 2, "organisation": 1, "unknown": 1, "council": 1}


def test_zones_are_counted_from_the_population_where_places_have_none() -> None:
    places = table_from_rows(PLACES, [{**row, "population": None} for row in PLACE_ROWS])
    counted = [("1-1", "women", 10.0), ("1-1", "men", 10.0), ("1-2", "women", 50.0)]
    rows = [
        {"place": "1-1", "year": 2025, "sex": "women", "persons": 1.0},
        *({"place": z, "year": 2026, "sex": s, "persons": p} for z, s, p in counted),
        {"place": "1-2", "year": 2026, "sex": "men", "persons": 10.0},
        {"place": "1-1", "year": 2026, "education": "basic", "persons": 8.0},
    ]
    found = heard(places=places, population=table_from_rows(POPULATION, rows)).spoken
    shares = [s.population_share for s in found if s.dimension == "zone"]
    assert shares == [20 / 80, 60 / 80]


def test_statements_without_an_answer_are_named() -> None:
    assert heard().unanswered == ("H-1", "H-2")
    answers = read_answers(
        [{"statement": "H-2", "summary": "S", "comment": "K", "decision": "outside"}],
        "answers.yaml",
    )
    assert heard(answers=answers).unanswered == ("H-1",)


def test_areas_that_do_not_exist_are_refused_with_their_line() -> None:
    rows = [{**IDEA_ROWS[0], "areas": ["skole", "bolig"]}]
    with pytest.raises(InputRefused) as refused:
        heard(ideas=table_from_rows(IDEAS, rows))
    (problem,) = refused.value.problems
    assert (problem.id, problem.file, problem.row, problem.column) == (
        "participation_unknown_area",
        "ideas.csv",
        2,
        "areas",
    )


def test_an_idea_and_a_statement_cannot_share_an_id() -> None:
    rows = [{**HEARING_ROWS[0], "id": "I-1"}]
    with pytest.raises(InputRefused) as refused:
        heard(hearing=table_from_rows(HEARING, rows))
    assert [p.id for p in refused.value.problems] == ["participation_same_id"]


def test_nothing_said_is_an_empty_result() -> None:
    empty = heard(
        reports=(),
        ideas=empty_table(IDEAS),
        hearing=empty_table(HEARING),
        places=empty_table(PLACES),
    )
    assert empty.contributions == ()
    assert empty.spoken == ()
    assert empty.rankings == ()


def test_tables_are_not_changed_and_the_same_input_gives_the_same_result() -> None:
    ideas = table_from_rows(IDEAS, IDEA_ROWS)
    before = ideas.clone()
    first = heard(ideas=ideas)
    assert ideas.equals(before)
    assert heard(ideas=ideas) == first
    assert heard(ideas=ideas.drop("_row", strict=False)) == first
    assert TypeAdapter(Voices).validate_json(TypeAdapter(Voices).dump_json(first)) == first


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"summary": "S", "comment": "K", "decision": "outside"}, "yaml_missing"),
        ({"statement": "H-1", "summary": "S", "comment": "K", "decision": "maybe"}, "yaml_choice"),
        (
            {"statement": "H-1", "summary": "S", "comment": "K", "decision": "outside", "x": 1},
            "yaml_unknown",
        ),
    ],
)
def test_faulty_answers_are_refused(entry: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_answers([entry], "answers.yaml")
    assert refused.value.id == problem


def test_a_point_cannot_be_answered_twice() -> None:
    entry = {"statement": "H-1", "summary": "S", "comment": "K", "decision": "partly"}
    with pytest.raises(InputRefused) as refused:
        read_answers([entry, {**entry, "point": 2}, entry], "answers.yaml")
    assert [p.id for p in refused.value.problems] == ["participation_answered_twice"]
    assert read_answers(None, "answers.yaml") == ()
    (answer,) = read_answers([entry], "answers.yaml")
    assert (answer.point, answer.consequence) == (1, None)


def test_columns_of_tables_stay_as_documented() -> None:
    assert IDEAS.names[:2] == ("id", "channel")
    assert HEARING.required == ("id", "sender_type", "text")
    frame = empty_table(RANKED_ITEMS)
    assert isinstance(frame, pl.DataFrame)
    assert frame.schema["rank"] == pl.Int64()
