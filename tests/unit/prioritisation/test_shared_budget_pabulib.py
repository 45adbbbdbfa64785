"""Elections in Pabulib's format, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.prioritisation.shared_budget import (
    Counting,
    Election,
    pabulib_text,
    read_pabulib,
    share_budget,
    write_pabulib,
)
from jevn.terms import LANGUAGES, InputRefused, Say

GOOD = """META
key;value
description;Nærmiljø; Porsgrunn
num_projects;2
num_votes;3
budget;1000,50
vote_type;{kind}
PROJECTS
project_id;cost;name;selected
p1;600;"Lys; i parken";1
p2;450.25;Benker;0
VOTES
voter_id;vote;age{points}
{votes}
"""


def text_of(kind: str = "approval", votes: str = "1;p1,p2;30\n2;p2;41\n3;;50") -> str:
    points = ";points" if kind in ("cumulative", "scoring") else ""
    return GOOD.format(kind=kind, votes=votes, points=points)


def read(folder: Path, text: str, encoding: str = "utf-8") -> Election:
    path = folder / "vote.pb"
    path.write_text(text, encoding)
    return read_pabulib(path)


def test_a_file_is_read_with_its_metadata(tmp_path: Path) -> None:
    vote = read(tmp_path, text_of())
    assert vote.budget == 100_050
    assert [(p.id, p.cost, p.name) for p in vote.projects] == [
        ("p1", 60_000, "Lys; i parken"),
        ("p2", 45_025, "Benker"),
    ]
    assert [vote.ballot(i) for i in range(3)] == [("p1", "p2"), ("p2",), ()]
    assert vote.about == (("age", ("30", "41", "50")),)
    assert vote.said("description") == "Nærmiljø; Porsgrunn"
    assert vote.official == ("p1",)


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t])
def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(
    tmp_path: Path, change: object
) -> None:
    assert callable(change)
    path = tmp_path / "vote.pb"
    path.write_bytes(change(text_of()).encode("utf-8"))
    assert pabulib_text(read_pabulib(path)) == pabulib_text(read(tmp_path, text_of()))


def test_a_comma_too_many_changes_nothing(tmp_path: Path) -> None:
    vote = read(tmp_path, text_of(votes="1;p1,p2,;30\n2;,p2;41\n3;;50"))
    assert [vote.ballot(i) for i in range(3)] == [("p1", "p2"), ("p2",), ()]


@pytest.mark.parametrize(
    ("kind", "votes", "points"),
    [
        ("ordinal", "1;p2,p1;30\n2;p1;41\n3;;50", [2, 1, 1]),
        ("cumulative", "1;p1,p2;30;7,3\n2;p2;41;10\n3;;50;", [7, 3, 10]),
        ("scoring", "1;p1,p2;30;1.5,-2\n2;p2;41;3\n3;;50;", [15, -20, 30]),
        ("choose-1", "1;p1;30\n2;p2;41\n3;p2;50", [1, 1, 1]),
    ],
)
def test_every_kind_of_ballot_is_read(
    tmp_path: Path, kind: str, votes: str, points: list[int]
) -> None:
    vote = read(tmp_path, text_of(kind, votes))
    assert vote.points.tolist() == points
    assert vote.point_scale == (10 if kind == "scoring" else 1)
    again = tmp_path / "again.pb"
    write_pabulib(vote, again)
    assert pabulib_text(read_pabulib(again)) == pabulib_text(vote)


def test_a_first_place_is_worth_the_same_on_short_and_long_lists(tmp_path: Path) -> None:
    text = text_of("ordinal", "1;p2,p1;30\n2;p1;41\n3;;50")
    vote = read(tmp_path, text.replace("budget;", "max_length;3\nbudget;"))
    assert vote.points.tolist() == [3, 2, 3]
    again = tmp_path / "again.pb"
    write_pabulib(vote, again)
    assert read_pabulib(again).points.tolist() == [3, 2, 3]


def test_points_decide_in_every_rule(tmp_path: Path) -> None:
    """p2 has 13 points against 7; only one of them fits within 1000.50."""
    vote = read(tmp_path, text_of("cumulative", "1;p1,p2;30;7,3\n2;p2;41;10\n3;;50;"))
    for rule in ("greedy", "greedy-per-cost"):
        assert share_budget(vote, Counting(rule)).selected == ("p2",)  # type: ignore[arg-type]


FAULTS = {
    "unknown": (text_of(votes="1;p1;30\n2;p9;41\n3;;50"), "pabulib_unknown", 15),
    "repeated": (text_of(votes="1;p1;30\n2;p2,p2;41\n3;;50"), "pabulib_repeat", 15),
    "voter twice": (text_of(votes="1;p1;30\n1;p2;41\n3;;50"), "pabulib_voter_twice", 15),
    "zero cost": (text_of().replace("p1;600", "p1;0"), "pabulib_cost", 10),
    "negative cost": (text_of().replace("p1;600", "p1;-5"), "pabulib_cost", 10),
    "no cost": (text_of().replace("p1;600", "p1;mye"), "pabulib_cost", 10),
    "part of an øre": (text_of().replace("p1;600", "p1;6.001"), "pabulib_cost", 10),
    "project twice": (text_of().replace("p2;450.25", "p1;450.25"), "pabulib_project_twice", 11),
    "id with comma": (text_of().replace("p2;450.25", "a,b;450.25"), "pabulib_id", 11),
    "endless cost": (text_of().replace("p1;600", "p1;" + "9" * 400), "pabulib_cost", 10),
    "budget 0": (text_of().replace("1000,50", "0"), "pabulib_budget", 6),
    "no number": (text_of().replace("1000,50", "mye"), "pabulib_budget", 6),
    "no budget": (text_of().replace("budget;1000,50\n", ""), "pabulib_meta", None),
    "kind": (text_of().replace("approval", "magi"), "pabulib_kind", 7),
    "no votes": (text_of(votes=""), "pabulib_empty", None),
    "cut short": (text_of(votes="1;p1;30"), "pabulib_count", None),
    "too wide": (text_of(votes="1;p1;30;5;6\n2;p2;41\n3;;50"), "pabulib_cells", 14),
    "no section": (text_of().replace("PROJECTS\n", ""), "pabulib_section", None),
    "not the format": ("navn;alder\nKari;40\n", "pabulib_section", 1),
    "empty file": ("", "pabulib_section", None),
    "no column": (text_of().replace("voter_id;vote", "voter_id;ballot"), "pabulib_column", None),
    "two votes": (
        text_of("choose-1", "1;p1,p2;30\n2;p2;41\n3;p2;50"),
        "pabulib_one",
        14,
    ),
    "points lack": (
        text_of("scoring", "1;p1,p2;30;4\n2;p2;41;3\n3;;50;"),
        "pabulib_points",
        14,
    ),
    "points infinite": (
        text_of("scoring", "1;p1;30;inf\n2;p2;41;3\n3;;50;"),
        "pabulib_points",
        14,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_row_and_remedy(tmp_path: Path, fault: str) -> None:
    text, id, row = FAULTS[fault]
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, text)
    problem = next(p for p in refused.value.problems if p.id == id)
    assert problem.file == "vote.pb"
    assert problem.row == row
    for language in LANGUAGES:
        assert problem.what(language)
        assert problem.remedy(language) != problem.what(language)
        assert Say(language).has(f"problem.{id}.remedy")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = text_of(votes="1;p1;30\n1;p9;41\n3;p2,p2;50").replace("p1;600", "p1;0")
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, text)
    assert [(p.id, p.row) for p in refused.value.problems] == [
        ("pabulib_cost", 10),
        ("pabulib_voter_twice", 15),
        ("pabulib_unknown", 15),
        ("pabulib_repeat", 16),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "vote.pb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_pabulib(path)
    assert refused.value.id == "pabulib_read"


cell = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8
).map(str.strip)


@given(
    names=st.lists(cell, min_size=1, max_size=4),
    ballots=st.lists(st.lists(st.integers(0, 3), unique=True), min_size=1, max_size=4),
)
def test_what_is_written_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], ballots: list[list[int]]
) -> None:
    costs = {f"p{i}": i + 1.25 for i in range(len(names))}
    lists = [[f"p{i}" for i in ballot if i < len(names)] for ballot in ballots]
    named = {f"p{i}": name for i, name in enumerate(names)}
    vote = Election.of(costs, lists, 12.5, "ordinal", named)
    path = tmp_path_factory.mktemp("pb") / "vote.pb"
    write_pabulib(vote, path)
    found = read_pabulib(path)
    assert found.projects == vote.projects
    assert [found.ballot(i) for i in range(len(lists))] == [tuple(b) for b in lists]
    assert (found.points == vote.points).all()
    assert (found.budget, found.kind, found.voters) == (vote.budget, vote.kind, vote.voters)


@pytest.mark.parametrize(
    ("name", "projects", "voters", "budget"),
    [
        ("Netherlands_Amsterdam_252", 85, 8_520, 500_000),
        ("Netherlands_Assen_2024", 14, 84, 100_000),
        ("Poland_Warszawa_2024_Praga-Polnoc", 52, 2_601, 2_637_105),
        ("Poland_Warszawa_2026", 83, 61_668, 24_186_815),
        ("Poland_Wieliczka_2023_Green_Budget", 64, 6_586, 1_000_000),
    ],
)
def test_real_elections_are_read_whole_and_written_again(
    shared_data: Path, tmp_path: Path, name: str, projects: int, voters: int, budget: int
) -> None:
    vote = read_pabulib(shared_data / f"data/pabulib/{name}.pb")
    assert (len(vote.projects), len(vote.voters), vote.budget) == (projects, voters, budget * 100)
    if name in ("Poland_Warszawa_2026", "Poland_Wieliczka_2023_Green_Budget"):
        counted = {v.project: v.votes for v in share_budget(vote, Counting("greedy")).verdicts}
        assert counted == {p.id: float(p.detail("votes")) for p in vote.projects}
    path = tmp_path / "again.pb"
    write_pabulib(vote, path)
    assert pabulib_text(read_pabulib(path)) == pabulib_text(vote)
