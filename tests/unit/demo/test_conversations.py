"""Elvebyen's conversations: what was planted is found, and what was not planted is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from jevn.demo.conversations import TALKS, statements_of
from jevn.participation.opinions import OpinionGroups, opinion_groups, read_conversation


@pytest.fixture(scope="module")
def found(elvebyen_folder: Path) -> dict[str, OpinionGroups]:
    return {
        talk.id: opinion_groups(read_conversation(elvebyen_folder / "conversations" / talk.id))
        for talk in TALKS
    }


def test_the_three_planted_groups_are_found(
    elvebyen_folder: Path, found: dict[str, OpinionGroups]
) -> None:
    truth = json.loads((elvebyen_folder / "truth.json").read_text("utf-8"))["voices"]
    planted = truth["conversations"]["idedugnad-2026"]["group_of"]
    talk = read_conversation(elvebyen_folder / "conversations" / "idedugnad-2026")
    groups = found["idedugnad-2026"]
    assert groups.split
    pairs = Counter(
        (planted[int(person)], int(label))
        for person, label in zip(talk.people, groups.labels, strict=True)
        if label >= 0
    )
    right = sum(max(n for (p, _), n in pairs.items() if p == group) for group in range(3))
    assert len(groups.groups) == 3
    assert right / sum(pairs.values()) > 0.95


def test_one_crowd_is_not_split(found: dict[str, OpinionGroups]) -> None:
    assert not found["sentrum-2026"].split


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.id)
def test_statements_are_short_and_say_how_each_group_sees_them(talk) -> None:  # type: ignore[no-untyped-def]
    rows = statements_of(talk)
    assert len({row["text"] for row in rows}) == len(rows) >= 12
    for row in rows:
        assert len(row["text"]) <= 140
        assert {int(row["abc"[g]]) for g in range(len(talk.people))} <= {-2, -1, 0, 1, 2}
