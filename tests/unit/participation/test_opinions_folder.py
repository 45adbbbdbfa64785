"""Conversations of the plan folder: read, refused, published without persons, written back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from jevn.cli import app
from jevn.participation import Voices
from jevn.participation.conversing import from_conversation
from jevn.participation.opinions import (
    About,
    Conversation,
    Statement,
    conversation,
    opinion_groups,
    read_conversation,
    summary_of,
    write_conversation,
)
from jevn.planwork import read_folder, voices_of, write_folder
from jevn.terms import AREAS, InputRefused

TEXTS = (
    "Fritidskortet bør gjelde alle barn",
    "Kommunen bør bygge flere kommunale boliger",
    "Helsestasjonen bør ha åpent om kvelden",
    "Skolemat skal være gratis",
    "Eiendomsskatten bør opp",
    "Bussen må gå oftere",
    "Dette er avvist",
    "Flere læreplasser i kommunen",
    "Svømmehallen skal være gratis om sommeren",
    "Skolen skal ha leksehjelp hver dag",
    "Det bør bli flere benker langs turstien",
    "Frivillige lag skal få låne lokaler gratis",
    "Sykkelveien må brøytes først",
    "Ungdomsklubben må ha åpent i helgene",
)


def talk_of(people: int = 60, seed: int = 2) -> Conversation:
    """Two camps that differ on some statements, with one statement rejected."""
    rng = np.random.default_rng(seed)
    lean = np.array([[0.95] * len(TEXTS), [0.95, *[-0.95] * (len(TEXTS) - 1)]])
    agree = rng.random((people, len(TEXTS))) < (1 + lean[np.arange(people) % 2]) / 2
    person, statement = np.nonzero(rng.random((people, len(TEXTS))) < 0.95)
    votes = np.where(agree, 1, -1)[person, statement]
    return conversation(
        [f"p{i:03}" for i in range(people)],
        [
            Statement(str(i), text, -1 if i == 6 else 1, f"p{i:03}", 1_750_000_000_000 + i)
            for i, text in enumerate(TEXTS)
        ],
        (person, statement, votes),
        time=1_750_000_000_000 + np.arange(len(person)),
        about=About("oppvekst", "Oppvekst", "Hva er viktig?", "2026-09-01", "2026-10-01", "Kort."),
    )


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """A plan folder with one conversation."""
    target = tmp_path / "plan"
    shutil.copytree(small_folder, target)
    shutil.rmtree(target / "conversations", ignore_errors=True)
    own = target / "conversations" / "oppvekst"
    write_conversation(talk_of(), own, matrix=False)
    (own / "conversation.yaml").write_text(
        "title: Oppvekst\nquestion: Hva er viktig?\nopened: 2026-09-01\nclosed: 2026-10-01\n"
        "about: Kort.\n",
        "utf-8",
    )
    return target


def test_a_conversation_is_read_with_the_folder_and_written_back(
    folder: Path, tmp_path: Path
) -> None:
    work = read_folder(folder)
    assert [t.about for t in work.conversations] == [talk_of().about]
    assert "conversations/oppvekst/votes.csv" in dict(work.hashes)
    write_folder(work, tmp_path / "back")
    again = read_folder(tmp_path / "back")
    for one, other in zip(again.conversations, work.conversations, strict=True):
        assert one.about == other.about
        assert one.people == other.people
        assert one.statements == other.statements
        assert np.array_equal(one.vote, other.vote)


def test_statements_are_voices_with_areas_and_support(folder: Path) -> None:
    heard = voices_of(read_folder(folder))
    assert heard is not None
    said = [c for c in heard.contributions if c.channel == "conversation"]
    assert [c.id for c in said] == [f"oppvekst/{i}" for i in range(14) if i != 6]
    areas = {c.id: [a.value for a in c.areas] for c in said}
    assert "bolig" in areas["oppvekst/1"]
    assert "arbeid" in areas["oppvekst/7"]
    assert all(c.sender is None and c.sender_type == "unknown" for c in said)
    assert said[0].support is not None
    assert said[0].support > 40
    assert said[0].date == "2025-06-15"
    assert {a for c in said for a in c.areas} <= set(AREAS)
    own = heard.opinions[0]
    assert own.split
    assert [g.size for g in own.groups] == [30, 30]
    assert own.agreed[0] == "oppvekst/0"
    assert own.statements[0].id == "oppvekst/0"


def test_a_conversation_alone_is_a_voice(tmp_path: Path) -> None:
    talk = talk_of()
    assert [c.id for c in from_conversation(talk)][:2] == ["oppvekst/0", "oppvekst/1"]


def test_nothing_published_points_to_a_person(folder: Path) -> None:
    heard = voices_of(read_folder(folder))
    data = TypeAdapter(Voices).dump_python(heard, mode="json")
    text = json.dumps(data["opinions"]) + json.dumps(data["contributions"])
    assert '"oppvekst"' in text
    assert not any(f"p{i:03}" in text for i in range(60))
    assert "Dette er avvist" not in text
    assert "members" not in text
    assert "points" not in text


def test_shares_rest_on_five_votes_and_none_is_found_from_the_others() -> None:
    matrix = talk_of()
    kept = ~((matrix.statement == 4) & (matrix.person % 2 == 1) & (matrix.person > 6))
    kept &= ~((matrix.statement == 5) & (matrix.person > 3))
    talk = conversation(
        matrix.people,
        matrix.statements,
        (matrix.person[kept], matrix.statement[kept], matrix.vote[kept]),
        about=matrix.about,
    )
    told = summary_of(talk, opinion_groups(talk, firmness=False))
    rows = {s.id: s for s in told.statements}
    assert rows["oppvekst/4"].groups == ()
    assert rows["oppvekst/4"].shares is not None
    assert rows["oppvekst/5"].shares is None
    assert len(rows["oppvekst/0"].groups) == 2
    for row in told.statements:
        for part in (*row.groups, *([row.shares] if row.shares else [])):
            assert part.seen >= 5
            assert part.agree + part.disagree + part.passed == pytest.approx(1, abs=0.011)


def test_no_mark_of_the_map_is_under_five(shared_data: Path) -> None:
    talk = read_conversation(shared_data / "data" / "polis" / "vtaiwan.uberx")
    found = opinion_groups(talk, firmness=False)
    cells = summary_of(talk, found).map
    assert all(cell.people >= 5 for cell in cells)
    assert 0.8 * found.clustered < sum(cell.people for cell in cells) <= found.clustered
    assert all(0 < cell.x < 1 and 0 < cell.y < 1 for cell in cells)
    assert {cell.group for cell in cells} == {0, 1}


def test_without_a_real_split_no_group_is_published() -> None:
    rng = np.random.default_rng(3)
    person, statement = np.nonzero(np.ones((80, 8)))
    talk = conversation(
        [str(i) for i in range(80)],
        [Statement(str(i), text) for i, text in enumerate(TEXTS)],
        (person, statement, rng.choice([-1, 0, 1], 640)),
    )
    told = summary_of(talk, opinion_groups(talk))
    assert not told.split
    assert told.groups == ()
    assert told.dividing == ()
    assert all(s.groups == () for s in told.statements)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("conversation.yaml", None, "opinions_part_missing"),
        ("comments.csv", None, "opinions_part_missing"),
        ("conversation.yaml", "title: Oppvekst\n", "yaml_missing"),
        ("conversation.yaml", "title: A\nquestion: B\nopened: i går\n", "yaml_value"),
        ("conversation.yaml", "title: A\nquestion: B\nowner: C\n", "yaml_unknown"),
        (
            "conversation.yaml",
            "title: A\nquestion: B\nopened: 2026-02-01\nclosed: 2026-01-01\n",
            "opinions_dates",
        ),
        ("votes.csv", "comment-id,voter-id,vote\n0,a,3\n", "opinions_vote"),
    ],
)
def test_faults_are_told_with_their_file(
    folder: Path, name: str, text: str | None, problem: str
) -> None:
    path = folder / "conversations" / "oppvekst" / name
    path.unlink()
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    told = [p for p in caught.value.problems if p.id == problem]
    assert [p.file for p in told] == [f"conversations/oppvekst/{name}"]


def test_a_name_that_cannot_be_an_id_is_refused(folder: Path) -> None:
    own = folder / "conversations"
    (own / "oppvekst").rename(own / "opp vekst!")
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    assert caught.value.problems[0].id == "opinions_id"


def run(*args: str) -> Any:
    return CliRunner().invoke(app, ["participation", "opinions", *args])


def test_the_command_prints_the_open_form(tmp_path: Path) -> None:
    write_conversation(talk_of(), tmp_path / "x")
    result = run(str(tmp_path / "x"), "--json", "--write", str(tmp_path / "out"))
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    wanted = {
        "people", "statements", "votes", "clustered", "silhouette", "groups", "representative",
        "consensus", "group_aware_consensus", "points",
    }  # fmt: skip
    assert wanted <= data.keys()
    assert data["people"] == len(data["points"]) == 60
    assert [g["size"] for g in data["groups"]] == [len(g["members"]) for g in data["groups"]]
    assert set(data["representative"]) == {str(g["id"]) for g in data["groups"]}
    assert data["consensus"]["agree"][0]["tid"] == 0
    assert data["consensus"]["agree"][0]["text"] == TEXTS[0]
    assert data["split"] is True
    assert "Dette er avvist" not in result.stdout
    back = read_conversation(tmp_path / "out")
    assert back.people == talk_of().people


def test_the_command_says_in_words_what_was_found(tmp_path: Path) -> None:
    write_conversation(talk_of(), tmp_path / "x")
    shown = run(str(tmp_path / "x"), "--seed", "3").stdout
    assert "deler seg i 2 grupper" in shown
    assert "Gruppe A: 30 personer" in shown
    assert "De fleste er enige i" in shown
    assert "1 påstand er avvist" in shown


def test_the_command_says_that_there_is_no_split(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    rows = "".join(f"{i},{','.join(map(str, rng.choice([-1, 0, 1], 9)))}\n" for i in range(60))
    (tmp_path / "m.csv").write_text(f"participant,{','.join('012345678')}\n{rows}", "utf-8")
    shown = run(str(tmp_path / "m.csv")).stdout
    assert "ikke noe" in shown
    assert "Gruppe A" not in shown


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none"))
    assert result.exit_code != 0
