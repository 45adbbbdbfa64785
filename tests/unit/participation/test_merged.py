"""Merging what says the same: the first author is kept, and nobody's voice is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jevn.challenges.schemas import PLACES, POPULATION
from jevn.participation import read_report, voices
from jevn.participation.duplicates import Merge, read_merged
from jevn.participation.results import Voices
from jevn.participation.schemas import HEARING, IDEAS, MERGED, RANKED_ITEMS
from jevn.tables import empty_table, table_from_rows
from jevn.terms import InputRefused

REPORT = """\
# Rapport fra verksted 1. mars 2027

# Hva savner du?

- Flere møteplasser for ungdom
"""
ROWS: list[dict[str, Any]] = [
    {"id": "I-1", "date": date(2027, 2, 9), "text": "Gratis buss for unge", "support": 3},
    {"id": "I-2", "date": date(2027, 2, 1), "text": "Buss utan eigendel for ungdom", "support": 4},
    {"id": "I-3", "text": "La ungdom ta bussen gratis"},
    {"id": "I-4", "date": date(2027, 4, 1), "text": "Ungdom trenger flere steder å møtes"},
]


def heard(*pairs: tuple[str, str]) -> Voices:
    rows = [{"kept": k, "merged": m, "date": date(2027, 5, 1)} for k, m in pairs]
    return voices(
        reports=[read_report(REPORT, "verksted")],
        ideas=table_from_rows(IDEAS, ROWS),
        hearing=table_from_rows(
            HEARING, [{"id": "H-1", "sender_type": "person", "text": "Buss gratis for unge"}]
        ),
        answers=(),
        ranked_items=empty_table(RANKED_ITEMS),
        places=empty_table(PLACES),
        population=empty_table(POPULATION),
        municipality="1",
        merged=table_from_rows(MERGED, rows),
    )


def refused(*pairs: tuple[str, str]) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputRefused) as caught:
        heard(*pairs)
    assert {p.file for p in caught.value.problems} == {"merged.csv"}
    for p in caught.value.problems:
        assert all(p.what(lang) and p.remedy(lang) for lang in ("nb", "nn", "en"))
    return [(p.id, p.row, p.column) for p in caught.value.problems]


def test_the_kept_one_carries_the_others_and_their_support() -> None:
    found = heard(("I-2", "I-1"), ("I-2", "I-3"))
    kept = found.contribution("I-2")
    assert kept is not None
    assert (kept.also, kept.support, kept.merged_into) == (("I-1", "I-3"), 7, None)
    assert kept.voices == 3


def test_nothing_is_lost_from_counts_and_links_lead_to_the_kept_one() -> None:
    before, after = heard(), heard(("I-2", "I-1"))
    assert [c.id for c in after.contributions] == [c.id for c in before.contributions]
    assert after.spoken == before.spoken
    merged, kept = after.contribution("I-1"), after.kept("I-1")
    assert merged is not None
    assert kept is not None
    assert (merged.merged_into, merged.text, kept.id) == ("I-2", "Gratis buss for unge", "I-2")
    assert after.kept("I-2") == kept
    assert after.kept("I-99") is None
    assert sum(c.voices for c in after.contributions if not c.merged_into) == len(
        after.contributions
    )


def test_channels_may_differ() -> None:
    found = heard(("verksted/1/1", "I-4"), ("I-1", "H-1"))
    kept = found.kept("I-4")
    assert kept is not None
    assert (kept.id, kept.channel, kept.support) == ("verksted/1/1", "workshop", None)


def test_a_statement_that_is_merged_must_still_be_answered() -> None:
    assert heard(("I-1", "H-1")).unanswered == ("H-1",)


def test_the_first_author_is_kept() -> None:
    assert refused(("I-1", "I-2")) == [("merged_not_first", 2, "kept")]
    assert refused(("I-3", "I-1")) == [("merged_not_first", 2, "kept")], "no date: order of file"


def test_chains_and_circles_are_refused() -> None:
    assert refused(("I-2", "I-1"), ("I-1", "I-3")) == [("merged_chain", 2, "merged")]
    assert [p[0] for p in refused(("I-2", "I-1"), ("I-1", "I-2"))] == ["merged_chain"] * 2


def test_unknown_self_and_twice_are_refused_all_at_once() -> None:
    faults = refused(("I-2", "X-9"), ("I-3", "I-3"), ("I-2", "I-1"), ("verksted/1/1", "I-1"))
    assert faults == [
        ("merged_unknown", 2, "merged"),
        ("merged_self", 3, "merged"),
        ("merged_twice", 4, "merged"),
        ("merged_twice", 5, "merged"),
    ]


def test_decisions_are_read_with_their_date() -> None:
    frame = table_from_rows(MERGED, [{"kept": "a", "merged": "b", "date": date(2027, 5, 1)}])
    assert read_merged(frame) == (Merge("a", "b", "2027-05-01", 2),)
    assert read_merged(empty_table(MERGED)) == ()
