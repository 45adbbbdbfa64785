"""The answer chain: points, states, what is missing, shared answers, and the gate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from jevn.cli.participation import app
from jevn.participation.answering import (
    Answer,
    AnswerChain,
    answer_chain,
    answers_table,
    can_close,
    chain_problems,
    close_hearing,
    notice_text,
    notices,
    statements_table,
    table_csv,
)
from jevn.participation.answers import answers_data, read_answers
from jevn.participation.privacy import published
from jevn.participation.schemas import HEARING, HEARING_POINTS
from jevn.planwork import read_folder
from jevn.tables import table_from_rows
from jevn.terms import LANGUAGES, InputRefused, Say


def hearing(*rows: dict[str, Any]) -> pl.DataFrame:
    base = {"sender_type": "organisation", "sender": "Velforeningen", "text": "Noe."}
    return table_from_rows(HEARING, [base | row for row in rows])


def split(*rows: tuple[str, int, str]) -> pl.DataFrame:
    names = ("statement", "point", "text")
    return table_from_rows(HEARING_POINTS, [dict(zip(names, r, strict=True)) for r in rows])


def answer(statement: str, point: int = 1, decision: str = "not_taken_in", **more: Any) -> Answer:
    entry = {"statement": statement, "point": point or "all", "summary": "S", "comment": "K"}
    return read_answers([entry | {"decision": decision} | more], "answers.yaml")[0]


def states(chain: AnswerChain) -> dict[str, str]:
    return {p.point.id: p.state for p in chain.points}


def test_a_statement_without_points_is_one_point_its_whole_text() -> None:
    chain = answer_chain(hearing({"id": "H-1", "text": "A. B."}), None, ())
    assert [(p.point.id, p.point.text, p.state, p.missing) for p in chain.points] == [
        ("H-1/1", "A. B.", "unassessed", ("answer",))
    ]


def test_each_point_needs_its_own_answer() -> None:
    points = split(("H-1", 2, "B"), ("H-1", 1, "A"))
    chain = answer_chain(hearing({"id": "H-1"}), points, [answer("H-1", 1)])
    assert states(chain) == {"H-1/1": "answered", "H-1/2": "unassessed"}
    assert chain.unanswered == ("H-1",)
    assert chain.unanswered_points == ("H-1/2",)
    assert chain.statements[0].state == "assessed"


def test_an_answer_to_all_of_a_statement_holds_where_there_is_no_other() -> None:
    points = split(("H-1", 1, "A"), ("H-1", 2, "B"))
    given = [answer("H-1", 0, "outside"), answer("H-1", 2, "not_taken_in")]
    chain = answer_chain(hearing({"id": "H-1"}), points, given)
    assert [p.answers[0].decision for p in chain.points] == ["outside", "not_taken_in"]
    assert can_close(chain)


def test_one_answer_may_be_to_several_points() -> None:
    entry = {
        "points": ["H-1/2", "H-2", "H-3/all"],
        "summary": "S",
        "comment": "K",
        "decision": "outside",
    }
    found = read_answers([entry], "answers.yaml")
    assert [(a.statement, a.point) for a in found] == [("H-1", 2), ("H-2", 0), ("H-3", 0)]


def test_points_split_only_in_the_answers_are_known_by_them() -> None:
    given = [answer("H-1", 1, summary="Første"), answer("H-1", 2, summary="Andre")]
    chain = answer_chain(hearing({"id": "H-1"}), None, given)
    assert [p.point.text for p in chain.points] == ["Første", "Andre"]
    assert can_close(chain)


def test_an_assessment_is_not_an_answer() -> None:
    entry = {"statement": "H-1", "summary": "S", "assessment": "Må utredes."}
    chain = answer_chain(hearing({"id": "H-1"}), None, read_answers([entry], "answers.yaml"))
    assert (states(chain), can_close(chain)) == ({"H-1/1": "assessed"}, False)
    with pytest.raises(InputRefused) as refused:
        close_hearing(chain)
    assert refused.value.id == "participation_undecided"


@pytest.mark.parametrize(
    ("decision", "more", "missing"),
    [
        ("taken_in", {}, ("consequence", "link")),
        ("partly", {"consequence": "T1 er endret."}, ("link",)),
        ("partly", {"element": "T1"}, ("consequence",)),
        ("taken_in", {"consequence": "Endret.", "paragraph": "T1", "version": "draft-2"}, ()),
        ("taken_in", {"consequence": "Endret.", "element": "T1"}, ()),
        ("not_taken_in", {}, ()),
        ("outside", {}, ()),
    ],
)
def test_what_changes_the_plan_must_say_how_and_where(
    decision: str, more: dict[str, str], missing: tuple[str, ...]
) -> None:
    chain = answer_chain(hearing({"id": "H-1"}), None, [answer("H-1", 1, decision, **more)])
    assert chain.points[0].missing == missing
    assert can_close(chain) == (not missing)


def test_the_gate_names_every_point_in_the_way() -> None:
    rows = hearing({"id": "H-1"}, {"id": "H-2"}, {"id": "H-3"})
    points = split(("H-1", 1, "A"), ("H-1", 2, "B"))
    chain = answer_chain(rows, points, [answer("H-1", 1), answer("H-3", 1, "taken_in")])
    with pytest.raises(InputRefused) as refused:
        close_hearing(chain)
    told = [(p.id, p.params["id"], p.params["point"]) for p in refused.value.problems]
    assert told == [
        ("participation_unanswered", "H-1", 2),
        ("participation_unanswered", "H-2", 1),
        ("participation_incomplete", "H-3", 1),
        ("participation_incomplete", "H-3", 1),
    ]
    for lang in LANGUAGES:
        assert "H-2" in refused.value.render(lang)


def test_a_closed_hearing_says_what_was_decided() -> None:
    chain = answer_chain(
        hearing({"id": "H-1"}, {"id": "H-2"}), None, [answer("H-1"), answer("H-2", 1, "outside")]
    )
    closed = close_hearing(chain)
    assert (closed.statements, closed.points) == (2, 2)
    assert dict(closed.decisions) == {
        "taken_in": 0,
        "partly": 0,
        "not_taken_in": 1,
        "outside": 1,
    }


@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    answered=st.sets(st.tuples(st.integers(0, 4), st.integers(1, 4))),
)
def test_a_hearing_closes_exactly_when_every_point_is_answered(
    sizes: list[int], answered: set[tuple[int, int]]
) -> None:
    rows = hearing(*({"id": f"H-{i}"} for i in range(len(sizes))))
    points = split(
        *((f"H-{i}", n, "P") for i, size in enumerate(sizes) for n in range(1, size + 1))
    )
    there = {(i, n) for i, size in enumerate(sizes) for n in range(1, size + 1)}
    given_answers = [answer(f"H-{i}", n) for i, n in sorted(answered & there)]
    chain = answer_chain(rows, points, given_answers)
    assert can_close(chain) == (there <= answered)
    assert set(chain.unanswered_points) == {f"H-{i}/{n}" for i, n in there - answered}
    assert sum(n for _, n in chain.states) == len(there)


@pytest.mark.parametrize(
    ("pair", "shared"),
    [(("H-1", "H-2"), "H-1"), (("H-1/1", "H-2/1"), "H-1/1"), (("H-1/1", "H-2"), "H-1/1")],
)
def test_those_who_said_the_same_share_an_answer(pair: tuple[str, str], shared: str) -> None:
    rows = hearing({"id": "H-1"}, {"id": "H-2"})
    chain = answer_chain(rows, None, [answer("H-1")], merged=[pair])
    assert states(chain) == {"H-1/1": "answered", "H-2/1": "answered"}
    assert chain.points[1].shared_with == shared
    assert chain.points[0].shared_with is None


def test_a_shared_answer_reaches_through_several_merges_and_stops_in_a_ring() -> None:
    rows = hearing({"id": "H-1"}, {"id": "H-2"}, {"id": "H-3"})
    line = [("H-1", "H-2"), ("H-2", "H-3")]
    assert can_close(answer_chain(rows, None, [answer("H-1")], merged=line))
    ring = [("H-1", "H-2"), ("H-2", "H-1")]
    assert not can_close(answer_chain(rows, None, [answer("H-3")], merged=ring))


def test_what_is_merged_into_a_statement_with_an_open_point_stays_open() -> None:
    points = split(("H-1", 1, "A"), ("H-1", 2, "B"))
    rows = hearing({"id": "H-1"}, {"id": "H-2"})
    chain = answer_chain(rows, points, [answer("H-1", 1)], merged=[("H-1", "H-2")])
    assert states(chain)["H-2/1"] == "assessed"


def problem_ids(*args: Any, **more: Any) -> list[str]:
    return [p.id for p in chain_problems(*args, **more)]


def test_answers_that_lead_nowhere_are_refused() -> None:
    rows, points = hearing({"id": "H-1"}), split(("H-1", 1, "A"))
    assert problem_ids(rows, points, [answer("H-9")]) == ["unknown_statement"]
    assert problem_ids(rows, points, [answer("H-1", 2)]) == ["participation_no_such_point"]
    assert problem_ids(rows, None, [answer("H-1", 2)]) == ["participation_no_such_point"]
    assert problem_ids(rows, points, [answer("H-1", element="T9")], elements={"T1"}) == [
        "participation_no_element"
    ]
    assert problem_ids(rows, points, [answer("H-1", paragraph="T9")], paragraphs={"T1"}) == [
        "participation_no_paragraph"
    ]
    assert problem_ids(rows, points, [answer("H-1", element="T9")]) == []


def test_points_of_nothing_and_gaps_in_the_numbers_are_refused_with_their_line() -> None:
    found = chain_problems(hearing({"id": "H-1"}), split(("H-1", 1, "A"), ("H-1", 3, "C")), ())
    assert [(p.id, p.file, p.row) for p in found] == [
        ("participation_point_numbers", "hearing_points.csv", 3)
    ]
    found = chain_problems(hearing({"id": "H-1"}), split(("H-7", 1, "A")), ())
    assert [(p.id, p.row) for p in found] == [("participation_point_of_nothing", 2)]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"statement": "H-1", "summary": "S", "decision": "outside"}, "participation_no_reason"),
        ({"statement": "H-1", "summary": "S"}, "yaml_missing"),
        (
            {
                "statement": "H-1",
                "points": ["H-2"],
                "summary": "S",
                "comment": "K",
                "decision": "outside",
            },
            "participation_answer_to_two",
        ),
        ({"points": [], "summary": "S", "comment": "K", "decision": "outside"}, "yaml_value"),
    ],
)
def test_a_faulty_answer_is_refused(entry: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_answers([entry], "answers.yaml")
    assert refused.value.id == problem


def test_two_answers_to_one_point_are_refused_also_by_way_of_several_points() -> None:
    one = {"statement": "H-1", "summary": "S", "comment": "K", "decision": "outside"}
    several = {"points": ["H-1/1"], "summary": "S", "comment": "K", "decision": "outside"}
    with pytest.raises(InputRefused) as refused:
        read_answers([one, several], "answers.yaml")
    assert refused.value.id == "participation_answered_twice"


def test_answers_written_read_back_the_same() -> None:
    given = (
        answer("H-1", 0, "outside", reason="R"),
        answer("H-2", 3, "partly", consequence="C", paragraph="T1", version="v2", changed="Ny"),
    )
    assert read_answers(answers_data(given), "answers.yaml") == given


PRIVATE = {
    "id": "H-10",
    "sender_type": "person",
    "sender": "Kari Nordby",
    "text": "Ring meg på 922 33 444 eller kari@nett.no.\nHilsen Kari",
}


def test_published_tables_hold_no_private_names_or_contact_details() -> None:
    rows = hearing(PRIVATE, {"id": "H-2", "sender_type": "business", "sender": "Bygg AS"})
    chain = answer_chain(rows, None, [answer("H-10")])
    table = statements_table(chain)
    assert table["statement"].to_list() == ["H-2", "H-10"]
    assert table["sender"].to_list() == ["Bygg AS", "Privatperson"]
    text = table_csv(table) + table_csv(answers_table(chain, "en"))
    for secret in ("Kari", "Nordby", "922", "kari@"):
        assert secret not in text
    assert answers_table(chain)["decision"].to_list() == [None, "not_taken_in"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    chain = answer_chain(hearing({"id": "H-1", "text": "=HYPERLINK(1)"}), None, ())
    assert "'=HYPERLINK(1)" in table_csv(statements_table(chain))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mob. 47 90 12 34 56", "Mob. […]"),
        ("tlf: 33 12 34 56.", "tlf: […]."),
        ("+47 912 34 567", "[…]"),
        ("Ring 91234567!", "Ring […]!"),
        ("fødselsnummer 010190 12345", "fødselsnummer […]"),
        ("ola.nes+plan@post.kommune.no", "[…]"),
        ("Det koster 25000000 kroner", "Det koster 25000000 kroner"),
        ("Fra 2027 til 2031 har 34 av 500 flyttet", "Fra 2027 til 2031 har 34 av 500 flyttet"),
        ("Vedtak 12.05.2026, sak 26/01234-5", "Vedtak 12.05.2026, sak 26/01234-5"),
        ("Budsjett 12 500 000 kr", "Budsjett 12 500 000 kr"),
    ],
)
def test_contact_details_are_taken_out_and_figures_left(text: str, shown: str) -> None:
    assert published(text) == shown


def test_the_command_writes_table_and_letters_and_refuses_to_close(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "jevn.toml").write_text(
        '[municipality]\nname = "Elvebyen"\nnumber = "1"\n'
        "[work]\nas_of = 2027-03-01\nyear = 2026\n",
        "utf-8",
    )
    (plan / "hearing.csv").write_text(
        "id,sender_type,sender,text,address\nH-1,person,Kari Nes,Lys,k@x.no\nH-2,person,,Buss,\n",
        "utf-8",
    )
    (plan / "answers.yaml").write_text(
        "- {statement: H-1, summary: Lys, comment: Nei, decision: outside}\n", "utf-8"
    )
    table, letters = tmp_path / "svar.csv", tmp_path / "brev"
    options = ["--csv", str(table), "--notices", str(letters), "--json", "--close"]
    result = CliRunner().invoke(app, ["answers", str(plan), *options])
    assert isinstance(result.exception, InputRefused)
    assert [p.params["id"] for p in result.exception.problems] == ["H-2"]
    shown = json.loads(result.stdout)
    assert (shown["can_close"], shown["unanswered"]) == (False, ["H-2"])
    assert "Kari" not in table.read_text("utf-8")
    assert [p.name for p in letters.iterdir()] == ["H-1.txt"]
    assert (letters / "H-1.txt").read_text("utf-8").startswith("k@x.no\n")


def test_a_plan_past_its_hearing_is_refused_with_open_points(tmp_path: Path) -> None:
    (tmp_path / "jevn.toml").write_text(
        '[municipality]\nname = "Elvebyen"\nnumber = "1"\n'
        '[work]\nas_of = 2027-03-01\nyear = 2026\nstatus = "adopted"\n',
        "utf-8",
    )
    (tmp_path / "hearing.csv").write_text("id,sender_type,text\nH-1,person,Lys\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_folder(tmp_path)
    assert refused.value.id == "participation_unanswered"


def test_a_very_long_word_is_read_at_once() -> None:
    assert published("a" * 300_000 + " b@c.no") == "a" * 300_000 + " […]"


def test_a_private_name_is_taken_out_where_it_signs_and_not_as_a_word() -> None:
    text = "Per i dag er det mørkt. Jeg, Per Dal, vil ha lys.\nMvh Per"
    assert published(text, "Per Dal") == "Per i dag er det mørkt. Jeg, […], vil ha lys.\nMvh […]"


def test_everyone_with_an_address_is_told_what_became_of_each_point() -> None:
    rows = hearing({"id": "H-1"}, {"id": "H-2"})
    points = split(("H-1", 1, "A"), ("H-1", 2, "B"))
    given = [answer("H-1", 1, "taken_in", summary="Lys", consequence="Lys er inn.", element="T1")]
    chain = answer_chain(rows, points, given)
    found = notices(chain, {"H-1": "vel@x.no"}, title="Folkehelseplan", sender="Elvebyen")
    assert [(n.statement, n.address) for n in found] == [("H-1", "vel@x.no")]
    text = notice_text(found[0], Say("nb"))
    assert "Punkt 1: Lys\nTatt inn. K\nDette er endret: Lys er inn." in text
    assert "Punkt 2 er ikke besvart ennå." in text
    assert all(notice_text(found[0], Say(lang)) for lang in LANGUAGES)
