"""Reading and writing conversations: real exports, ugly files, and the way back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from jevn.participation.opinions import (
    Conversation,
    opinion_groups,
    read_conversation,
    write_conversation,
)
from jevn.terms import InputRefused, UserError

REAL = (
    "15-per-hour-seattle",
    "canadian-electoral-reform",
    "vtaiwan.uberx",
    "american-assembly.bowling-green",
)
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "1500000000000,x,0,7,1,0,1,Flere benker i parken\n"
    '1500000000001,x,1,8,0,1,0,"Lys i lysløypa,\nhele vinteren"\n'
    "1500000000002,x,2,7,0,0,-1,Sludder\n"
    "1500000000003,x,3,9,0,0,1,Ingen har sett denne\n"
)
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote\n"
    "1500000001000,x,0,7,1\n"
    "1500000003000,x,1,8,-1\n"
    "1500000002000,x,1,8,1\n"
    "1500000002000,x,0,8,0\n"
    "1500000002000,x,2,9,0\n"
)
MATRIX = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3\n"
    "7,,2,1,1,0,1,,,\n8,,1,2,0,1,0,-1,,\n9,,1,1,0,0,,,0,\n10,,0,0,0,0,,,,\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "comments.csv").write_text(COMMENTS, "utf-8")
    (folder / "votes.csv").write_text(VOTES, "utf-8")
    return folder


def votes_of(talk: Conversation) -> dict[tuple[str, str], int]:
    return {
        (talk.people[p], talk.statements[s].id): int(v)
        for p, s, v in zip(talk.person, talk.statement, talk.vote, strict=True)
    }


def assert_same(one: Conversation, other: Conversation) -> None:
    assert one.people == other.people
    assert one.statements == other.statements
    for mine, yours in (
        (one.person, other.person),
        (one.statement, other.statement),
        (one.vote, other.vote),
    ):
        assert np.array_equal(mine, yours)


def refused(path: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(UserError) as caught:
        read_conversation(path)
    for lang in ("nb", "nn", "en"):
        assert caught.value.render(lang)  # type: ignore[arg-type]
    return [(p.id, p.row) for p in caught.value.problems]


def test_the_latest_vote_counts_whatever_the_order_of_rows(export: Path) -> None:
    talk = read_conversation(export)
    assert votes_of(talk) == {("7", "0"): 1, ("8", "1"): -1, ("8", "0"): 0, ("9", "2"): 0}
    assert [s.id for s in talk.statements] == ["0", "1", "2", "3"]
    assert talk.statements[1].text == "Lys i lysløypa,\nhele vinteren"
    assert [s.rejected for s in talk.statements] == [False, False, True, False]
    assert talk.statements[0].author == "7"


def test_of_votes_at_the_same_time_the_last_row_counts(export: Path) -> None:
    rows = "timestamp,comment-id,voter-id,vote\n5,0,7,1\n5,0,7,-1\n4,0,7,0\n"
    (export / "votes.csv").write_text(rows, "utf-8")
    assert votes_of(read_conversation(export)) == {("7", "0"): -1}


def test_without_times_the_last_row_counts(tmp_path: Path) -> None:
    path = tmp_path / "stemmer.csv"
    path.write_text("Deltaker;Påstand;Stemme\nA;s1;1\nA;s1;-1\nB;s1;+1\n", "utf-8")
    assert votes_of(read_conversation(path)) == {("A", "s1"): -1, ("B", "s1"): 1}


def test_people_without_votes_come_from_the_matrix_beside(export: Path) -> None:
    assert read_conversation(export).people == ("7", "8", "9")
    (export / "participants-votes.csv").write_text(MATRIX, "utf-8")
    assert read_conversation(export).people == ("7", "8", "9", "10")


def test_a_matrix_gives_the_same_votes(export: Path) -> None:
    expected = votes_of(read_conversation(export))
    (export / "votes.csv").unlink()
    (export / "participants-votes.csv").write_text(MATRIX, "utf-8")
    assert votes_of(read_conversation(export)) == expected
    alone = read_conversation(export / "participants-votes.csv")
    assert votes_of(alone) == expected
    assert not any(s.rejected for s in alone.statements)


def test_a_folder_without_votes_has_statements_only(export: Path) -> None:
    (export / "votes.csv").unlink()
    talk = read_conversation(export)
    assert talk.people == ()
    assert len(talk.statements) == 4
    assert opinion_groups(talk).groups == ()


def test_exports_whose_files_have_longer_names(export: Path) -> None:
    (export / "votes.csv").rename(export / "2024-05-01-abc-votes.csv")
    (export / "comments.csv").rename(export / "2024-05-01-abc-comments.csv")
    (export / "2024-05-01-abc-participant-votes.csv").write_text(MATRIX, "utf-8")
    assert len(read_conversation(export).people) == 4
    (export / "other-votes.csv").write_text(VOTES, "utf-8")
    assert refused(export)[0][0] == "opinions_several"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ending: str) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "votes.csv").write_bytes(VOTES.replace("\n", ending).encode(encoding))
    (folder / "comments.csv").write_bytes(COMMENTS.replace("\n", ending).encode(encoding))
    talk = read_conversation(folder)
    assert len(talk.vote) == 4
    assert talk.statements[1].text == "Lys i lysløypa,\nhele vinteren"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_separators_and_written_votes(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "m.csv"
    text = "person,a,b\nP1,1.0,−1\nP2, 0 ,\n\nP3,,+1\n"
    path.write_text(text.replace(",", separator), "utf-8")
    expected = {("P1", "a"): 1, ("P1", "b"): -1, ("P2", "a"): 0, ("P3", "b"): 1}
    assert votes_of(read_conversation(path)) == expected


@pytest.mark.parametrize("bad", ["2", "-2", "agree", "0.5", "300", "ja", "1e400", ""])
def test_a_vote_that_is_none_is_refused_with_its_row(export: Path, bad: str) -> None:
    (export / "votes.csv").write_text(f"{VOTES}1500000004000,x,0,9,{bad}\n", "utf-8")
    assert refused(export) == [("opinions_vote", 7)]


@pytest.mark.parametrize("bad", ["2", "x", "0.5", "-7", "true", "130"])
def test_a_cell_of_a_matrix_that_is_no_vote_is_refused(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"participant,0,1\n1,1,\n2,0,{bad}\n3,,1\n", "utf-8")
    assert refused(path) == [("opinions_vote", 3)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("1,x,0,,1", "opinions_no_id"),
        ("1,x,,9,1", "opinions_no_id"),
        ("when,x,0,9,1", "opinions_time"),
        (",x,0,9,1", "opinions_time"),
        ("1,x,0,9,1,5,6", "opinions_cells"),
    ],
)
def test_faults_of_votes(export: Path, row: str, problem: str) -> None:
    (export / "votes.csv").write_text(f"{VOTES}{row}\n", "utf-8")
    assert problem in [id for id, _ in refused(export)]


def test_votes_on_a_statement_whose_text_the_export_left_out_are_kept(export: Path) -> None:
    (export / "votes.csv").write_text(f"{VOTES}1,x,77,9,1\n", "utf-8")
    talk = read_conversation(export)
    assert votes_of(talk)["9", "77"] == 1
    assert (talk.statements[-1].id, talk.statements[-1].text) == ("77", None)


def test_votes_of_another_conversation_are_refused(export: Path) -> None:
    rows = "".join(f"1,x,{n},9,1\n" for n in range(70, 80))
    (export / "votes.csv").write_text(f"{VOTES}{rows}", "utf-8")
    assert "opinions_unknown_statement" in [id for id, _ in refused(export)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("1,x,0,7,1,0,1,En til", ("opinions_same_statement", 7)),
        ("1,x,,7,1,0,1,Uten id", ("opinions_no_id", 7)),
        ("1,x,9,7,1,0,5,Feil", ("opinions_moderated", 7)),
        ("1,x,9,7,1,0", ("opinions_cells", 7)),
        ('1,x,9,7,1,0,1,"Uten slutt', ("opinions_cells", 7)),
    ],
)
def test_faults_of_statements(export: Path, row: str, problem: tuple[str, int]) -> None:
    (export / "comments.csv").write_text(f"{COMMENTS}{row}\n", "utf-8")
    assert problem in refused(export)


def test_faults_of_a_matrix(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("participant,0,1\n1,1,\n1,0,1\n,1,1\n", "utf-8")
    ids = refused(path)
    assert ("opinions_same_person", 2) in ids
    assert ("opinions_no_id", 4) in ids
    path.write_text("participant,0,1\n1,1,1\n2,1\n3,0,1\n", "utf-8")
    assert refused(path) == [("opinions_cells", 3)]
    path.write_text('participant,"a, b",1\n1,1,1\n\n2,"1"\n3,0,1\n', "utf-8")
    assert refused(path) == [("opinions_cells", 4)]
    path.write_text('participant,"a, b",1\n1,1,1\n2,"1,0\n', "utf-8")
    assert refused(path)[0][0] == "opinions_cells"
    path.write_text("participant,0,1\n1,1,1,0\n2,1\n", "utf-8")
    assert refused(path) == [("opinions_cells", 2)]
    path.write_text("participant,0,0\n1,1,1\n", "utf-8")
    assert refused(path) == [("opinions_same_column", 1)]
    path.write_text("participant,group-id\n1,1\n", "utf-8")
    assert refused(path)[0][0] == "opinions_format"


def test_files_that_are_no_conversation(tmp_path: Path) -> None:
    assert refused(tmp_path / "none")[0][0] == "opinions_missing"
    assert refused(tmp_path)[0][0] == "opinions_no_files"
    path = tmp_path / "x.csv"
    for data, problem in (
        (b"", "table_empty_file"),
        (b"PK\x03\x04 more", "table_other_format"),
        (b"just one line", "opinions_format"),
        (COMMENTS.encode(), "opinions_format"),
    ):
        path.write_bytes(data)
        assert refused(path)[0][0] == problem


def test_what_spreadsheets_and_programs_add_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\nparticipant;0;1\n1.0;1.0;\n2.0;;-1.0\n", "utf-8")
    assert votes_of(read_conversation(path)) == {("1", "0"): 1, ("2", "1"): -1}
    path.write_text("sep=;\nparticipant;0;1\n1;1;\n2;;x\n", "utf-8")
    assert refused(path) == [("opinions_vote", 4)]
    path.write_text("comment-id,voter-id,vote\n1.0,7.0,1.0\n2.0,8.0,-1\n", "utf-8")
    assert votes_of(read_conversation(path)) == {("7", "1"): 1, ("8", "2"): -1}
    path.write_text("sep=,\ncomment-id,comment-body\n", "utf-8")
    assert refused(path)[0][0] == "opinions_format"


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text(MATRIX, "utf-8")
    monkeypatch.setattr(
        "jevn.participation.opinions.files._MOST_BYTES", {"participants-votes.csv": 10}
    )
    assert refused(path)[0][0] == "opinions_too_large"


def test_a_large_file_is_read_where_it_lies(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = votes_of(read_conversation(export))
    monkeypatch.setattr("jevn.participation.opinions.files._HEAD", 131)
    assert votes_of(read_conversation(export)) == expected
    text = (export / "votes.csv").read_text("utf-8").replace(",x,", ",kl. ø,")
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        (export / "votes.csv").write_bytes(text.encode(encoding))
        assert votes_of(read_conversation(export)) == expected
    (export / "votes.csv").write_bytes(text.replace("\n", "\r").encode())
    assert votes_of(read_conversation(export)) == expected


@pytest.mark.parametrize("name", REAL)
def test_real_exports_are_read_and_come_back(name: str, shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "data" / "polis" / name
    talk = read_conversation(folder)
    written = write_conversation(talk, tmp_path / "back")
    assert [p.name for p in written] == ["comments.csv", "votes.csv", "participants-votes.csv"]
    back = read_conversation(tmp_path / "back")
    assert_same(back, talk)
    if talk.time is not None:
        assert np.array_equal(back.time, talk.time)  # type: ignore[arg-type]
    (tmp_path / "back" / "votes.csv").unlink()
    assert_same(read_conversation(tmp_path / "back"), talk)


def test_a_matrix_and_its_votes_agree_in_real_exports(shared_data: Path) -> None:
    for name in REAL[:3]:
        folder = shared_data / "data" / "polis" / name
        matrix = read_conversation(folder / "participants-votes.csv")
        votes = read_conversation(folder / "votes.csv")
        assert votes_of(matrix) == votes_of(votes)


def test_what_is_written_has_the_columns_of_the_export(export: Path, tmp_path: Path) -> None:
    talk = read_conversation(export)
    write_conversation(talk, tmp_path / "back")
    for name, text in (("comments.csv", COMMENTS), ("votes.csv", VOTES)):
        head = (tmp_path / "back" / name).read_text("utf-8").splitlines()[0]
        assert head == text.splitlines()[0]
    matrix = (tmp_path / "back" / "participants-votes.csv").read_text("utf-8").splitlines()
    assert matrix[0] == MATRIX.splitlines()[0]
    assert matrix[1:] == MATRIX.splitlines()[1:4]
    assert ",Fri Jul 14 02:40:01 UTC 2017,0,7,1" in (tmp_path / "back" / "votes.csv").read_text()


def test_nothing_is_written_over(export: Path, tmp_path: Path) -> None:
    talk = read_conversation(export)
    before = (export / "votes.csv").read_bytes()
    with pytest.raises(UserError) as caught:
        write_conversation(talk, export)
    assert caught.value.id == "opinions_exists"
    assert (export / "votes.csv").read_bytes() == before
    assert sorted(p.name for p in export.iterdir()) == ["comments.csv", "votes.csv"]
    taken = tmp_path / "file"
    taken.write_text("x")
    with pytest.raises(UserError) as caught:
        write_conversation(talk, taken)
    assert caught.value.id == "opinions_folder"


def test_groups_are_written_with_the_people(shared_data: Path, tmp_path: Path) -> None:
    talk = read_conversation(shared_data / "data" / "polis" / REAL[0])
    found = opinion_groups(talk, firmness=False)
    write_conversation(talk, tmp_path / "x", found)
    lines = (tmp_path / "x" / "participants-votes.csv").read_text("utf-8").splitlines()[1:]
    written = {line.split(",")[0]: line.split(",")[1] for line in lines}
    for group in found.groups:
        assert all(written[m] == str(group.id) for m in group.members)
    assert sum(g == "" for g in written.values()) == found.people - found.clustered


def test_all_faults_are_told_at_once(export: Path) -> None:
    rows = "".join(f"1,x,0,{i},{v}\n" for i, v in enumerate((5, 1, 7, 9)))
    (export / "votes.csv").write_text(VOTES + rows, "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_conversation(export)
    assert [p.row for p in caught.value.problems] == [7, 9, 10]
