"""Opinion groups of made-up conversations: planted groups, chance, and what changes nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.participation.opinions import (
    OpinionGroups,
    Statement,
    conversation,
    conversation_of,
    next_statement,
    opinion_groups,
)
from jevn.participation.opinions.firmness import adjusted_rand
from jevn.terms import Say


def planted(
    camps: int, people: int = 150, statements: int = 40, fill: float = 0.5, seed: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Votes of camps with views of their own, and the camp of each person."""
    rng = np.random.default_rng(seed)
    camp = np.arange(people) % camps
    lean = rng.choice([-0.85, 0.85], (camps, statements))
    agree = rng.random((people, statements)) < (1 + lean[camp]) / 2
    votes = np.where(rng.random((people, statements)) < 0.1, 0.0, np.where(agree, 1.0, -1.0))
    return np.where(rng.random((people, statements)) < fill, votes, math.nan), camp


def noise(people: int, statements: int, fill: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    votes = rng.choice([-1.0, 0.0, 1.0], (people, statements), p=[0.3, 0.2, 0.5])
    return np.where(rng.random((people, statements)) < fill, votes, math.nan)


@pytest.mark.parametrize("camps", [2, 3])
def test_planted_groups_are_recovered(camps: int) -> None:
    matrix, camp = planted(camps)
    found = opinion_groups(conversation_of(matrix))
    assert len(found.groups) == camps
    assert found.split
    assert found.message.key.endswith(".firm")
    there = found.labels >= 0
    assert adjusted_rand(found.labels[there], camp[there]) > 0.95
    assert found.agreement is not None
    assert found.agreement > 0.9
    assert all(g.stability is not None and g.stability > 0.9 for g in found.groups)


@pytest.mark.parametrize(
    ("people", "statements", "fill"), [(200, 30, 0.5), (60, 20, 1.0), (400, 60, 0.2), (90, 8, 1.0)]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_votes_by_chance_are_no_split(people: int, statements: int, fill: float, seed: int) -> None:
    found = opinion_groups(conversation_of(noise(people, statements, fill, seed)))
    assert not found.split
    assert found.groups
    assert found.message.key.rsplit(".", 1)[1] in ("weak", "chance")
    assert "skille" in Say("nb").message(found.message)


@pytest.mark.parametrize("people", [0, 1, 4, 9])
def test_too_few_people_give_no_groups(people: int) -> None:
    found = opinion_groups(conversation_of(noise(people, 10, 1.0, 3).reshape(people, 10)))
    assert found.groups == ()
    assert not found.split
    assert found.silhouette is None
    said = Say("en").message(found.message)
    assert said.startswith(f"Only {people} " if people else "Nobody has voted")


def test_no_group_is_smaller_than_five() -> None:
    one = np.array([[1.0] * 12] * 30 + [[-1.0] * 12] * 3)
    found = opinion_groups(conversation_of(one))
    assert all(g.size >= 5 for g in found.groups)
    assert found.groups == ()
    assert found.message.key.endswith(".small")


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(10, 40), st.integers(2, 10))
def test_groups_have_five_and_members_once(seed: int, people: int, statements: int) -> None:
    found = opinion_groups(conversation_of(noise(people, statements, 0.8, seed)), firmness=False)
    members = [m for g in found.groups for m in g.members]
    assert len(members) == len(set(members)) == (found.clustered if found.groups else 0)
    assert all(g.size == len(g.members) >= 5 for g in found.groups)


def test_all_alike_is_no_split() -> None:
    found = opinion_groups(conversation_of(np.ones((40, 10))))
    assert found.groups == ()
    assert not found.split
    assert [a.statement for a in found.consensus_agree] == ["0", "1", "2", "3", "4"]
    assert np.array_equal(found.points, np.zeros((40, 2)))


def test_one_statement_has_one_axis() -> None:
    found = opinion_groups(conversation_of(np.array([[1.0]] * 20 + [[-1.0]] * 10)))
    assert [g.size for g in found.groups] == [20, 10]
    assert np.all(found.points[:, 1] == 0)


def alike(one: OpinionGroups, other: OpinionGroups) -> None:
    assert one.silhouette == other.silhouette
    assert one.groups == other.groups
    assert one.consensus_agree == other.consensus_agree
    assert one.group_aware_consensus == other.group_aware_consensus
    assert one.priorities == other.priorities
    assert one.message == other.message


assert_alike = alike


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_people_statements_and_votes_changes_nothing(random: object) -> None:
    matrix, _ = planted(2, people=40, statements=12)
    people = [str(i) for i in range(40)]
    ids = [str(i) for i in range(12)]
    first = opinion_groups(conversation_of(matrix, people=people, statements=ids))
    rows, columns = list(range(40)), list(range(12))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    mixed = conversation_of(
        matrix[np.ix_(rows, columns)],
        people=[people[i] for i in rows],
        statements=[ids[i] for i in columns],
    )
    assert_alike(opinion_groups(mixed), first)


def test_people_without_votes_and_statements_nobody_saw_change_nothing() -> None:
    matrix, _ = planted(2, people=40, statements=12)
    first = opinion_groups(conversation_of(matrix))
    more = np.full((45, 14), math.nan)
    more[:40, :12] = matrix
    found = opinion_groups(conversation_of(more))
    assert found.people == 45
    assert found.statements == 14
    assert found.groups == first.groups
    assert found.silhouette == first.silhouette
    assert found.consensus_agree == first.consensus_agree
    assert {e.statement for e in found.priorities} - {e.statement for e in first.priorities} == {
        "12",
        "13",
    }
    assert found.counts[12].seen == 0


def test_the_same_seed_gives_the_same_result_and_inputs_are_left_alone() -> None:
    talk = conversation_of(planted(3)[0])
    before = (talk.person.copy(), talk.statement.copy(), talk.vote.copy())
    assert_alike(opinion_groups(talk, seed=4), opinion_groups(talk, seed=4))
    for part, kept in zip((talk.person, talk.statement, talk.vote), before, strict=True):
        assert np.array_equal(part, kept)
    with pytest.raises(ValueError, match="read-only"):
        talk.vote[0] = 1


def test_rejected_statements_are_never_shown() -> None:
    matrix, _ = planted(2, statements=15)
    rejected = {"0", "3", "7"}
    found = opinion_groups(conversation_of(matrix, rejected=rejected))
    shown = {e.statement for e in found.priorities} | {c.statement for c in found.counts}
    shown |= {e.statement for e in found.group_aware_consensus}
    shown |= {r.statement for g in found.groups for r in g.representative}
    shown |= {a.statement for a in found.consensus_agree + found.consensus_disagree}
    shown |= {d.statement for d in found.dividing}
    assert shown.isdisjoint(rejected)
    assert found.rejected == 3


def test_what_is_voted_on_rejected_statements_does_not_move_the_others() -> None:
    """A rejected statement counts as filled in for everybody, whatever was voted on it."""
    matrix, _ = planted(2, statements=15, fill=1.0)
    one = opinion_groups(conversation_of(matrix, rejected={"4"}), firmness=False)
    other = matrix.copy()
    other[:, 4] = -matrix[:, 4]
    two = opinion_groups(conversation_of(other, rejected={"4"}), firmness=False)
    assert np.allclose(one.points, two.points)


class TestNextStatement:
    def test_never_one_voted_on_or_rejected(self) -> None:
        matrix, _ = planted(2, people=30, statements=10)
        talk = conversation_of(matrix, rejected={"2"})
        found = opinion_groups(talk, firmness=False)
        for i, person in enumerate(talk.people):
            for weighted in (False, True):
                chosen = next_statement(talk, found, person, seed=i, weighted=weighted)
                left = {str(c) for c in range(10) if math.isnan(matrix[i, c]) and c != 2}
                assert (chosen in left) if left else chosen is None

    def test_the_highest_priority_first_and_ties_by_seed(self) -> None:
        matrix = np.array([[1.0, math.nan, math.nan, math.nan]] * 3)
        talk = conversation_of(matrix)
        found = opinion_groups(talk, firmness=False)
        chosen = {next_statement(talk, found, "0", seed=s) for s in range(40)}
        assert chosen == {"1", "2", "3"}
        assert next_statement(talk, found, "0", seed=7) == next_statement(talk, found, "0", seed=7)

    def test_a_newcomer_may_be_shown_any(self) -> None:
        talk = conversation_of(np.array([[1.0, -1.0]] * 9))
        found = opinion_groups(talk, firmness=False)
        assert next_statement(talk, found, "somebody new") == found.priorities[0].statement


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        (([0, 0], [0, 0], [1, 1]), "two votes"),
        (([0], [0], [2]), "-1, 0 or 1"),
        (([1], [0], [1]), "outside"),
        (([0], [0, 1], [1]), "one person"),
    ],
)
def test_wrong_parts_are_refused(votes: tuple[list[int], list[int], list[int]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        conversation(["a"], [Statement("s")], votes)


def test_ids_that_stand_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        conversation(["a", "a"], [], ([], [], []))
    with pytest.raises(ValueError, match="rows"):
        conversation_of([1.0, 0.0])
