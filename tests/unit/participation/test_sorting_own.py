"""A municipality's own words, and learning from what it has confirmed."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from jevn.participation.correcting import corrected
from jevn.participation.results import Contribution
from jevn.participation.sorting import (
    Example,
    Word,
    learn,
    own_words_data,
    read_own_words,
    sort_learnt,
    sort_text,
    word_lists,
)
from jevn.participation.sorting.learning import LEAST_EXAMPLES
from jevn.terms import EffortArea, InputRefused

BOLIG, FRITID = EffortArea.BOLIG, EffortArea.FRITID


def write(folder: Path, name: str, text: str) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, encoding="utf-8")
    return folder


def test_own_words_are_used_beside_the_lists(tmp_path: Path) -> None:
    own = read_own_words(write(tmp_path, "fritid.yaml", "names: [Knatten, låne .. på låven]\n"))
    lists = word_lists(own)
    assert sort_text("Åpne Knatten igjen").areas == ()
    assert sort_text("Åpne Knatten igjen", lists=lists).areas == (FRITID,)
    assert sort_text("Vi vil låne noe gammelt på låven", lists=lists).areas == (FRITID,)
    assert sort_text("Flere startlån", lists=lists) == sort_text("Flere startlån")


def test_own_words_can_take_away_a_word_of_the_package(tmp_path: Path) -> None:
    own = read_own_words(write(tmp_path, "bolig.yaml", "not: [startlån*]\n"))
    assert sort_text("Startlån").areas == (BOLIG,)
    assert sort_text("Startlån", lists=word_lists(own)).areas == ()
    assert own_words_data(own) == {"bolig": {"not": ["startlån*"]}}


def test_a_folder_without_own_words_has_none(tmp_path: Path) -> None:
    assert read_own_words(tmp_path) == ()


@pytest.mark.parametrize(
    ("name", "text", "id", "row"),
    [
        ("helse.yaml", "names: [x]\n", "participation_words_area", None),
        ("bolig.yaml", "names: [hus]\nord: [y]\n", "participation_words_field", 2),
        ("bolig.yaml", "names:\n  - hus\n  - 12\n", "participation_words_entry", 3),
        ("bolig.yaml", 'names: ["**"]\n', "participation_words_entry", 1),
        ("bolig.yaml", 'names: [".. hus"]\n', "participation_words_entry", 1),
        ("bolig.yaml", "names: hus\n", "participation_words_shape", 1),
        ("bolig.yaml", "- hus\n", "participation_words_shape", None),
    ],
)
def test_faults_in_own_words_are_refused_with_file_and_line(
    tmp_path: Path, name: str, text: str, id: str, row: int | None
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_own_words(write(tmp_path, name, text))
    (problem,) = refused.value.problems
    assert (problem.id, problem.file, problem.row) == (id, f"words/{name}", row)


def local(n: int, about_housing: bool) -> Example:
    """A text where a local name says what the package cannot know."""
    text = f"Mer til {'Furulund' if about_housing else 'Bekkelund'} nummer {n}"
    return Example(text, (), (BOLIG,) if about_housing else (FRITID,))


def test_a_local_name_is_learnt_from_enough_confirmed_texts() -> None:
    examples = [local(n, n % 2 == 0) for n in range(4 * LEAST_EXAMPLES)]
    learnt = learn(examples)
    assert {a.area for a in learnt.used} == {BOLIG, FRITID}
    text = "Hva skjer med Furulund?"
    found = sort_learnt(text, sort_text(text), learnt)
    assert found.areas == (BOLIG,)
    assert found.words == ((BOLIG, ("Furulund",)),)
    assert 0.5 <= found.confidence[0][1] < 1


def test_the_order_of_the_texts_does_not_matter() -> None:
    examples = [local(n, n % 2 == 0) for n in range(4 * LEAST_EXAMPLES)]
    shuffled = random.Random(1).sample(examples, len(examples))
    assert learn(shuffled) == learn(examples)


def test_too_few_confirmed_texts_teach_nothing() -> None:
    learnt = learn([local(n, n % 2 == 0) for n in range(2 * (LEAST_EXAMPLES - 1))])
    assert learnt.used == ()
    assert all(a.wrong_learnt is None for a in learnt.areas)


def test_what_is_not_better_than_the_list_is_not_used() -> None:
    rng = random.Random(7)
    examples = []
    for n in range(120):
        area = (BOLIG,) if n % 2 else ()
        noise = " ".join(rng.choice(["alfa", "beta", "gamma", "delta"]) for _ in range(4))
        examples.append(Example(f"{noise} {n}", area, area))
    learnt = learn(examples)
    assert learnt.used == ()
    text = "Startlån til flere"
    assert sort_learnt(text, sort_text(text), learnt) == sort_text(text)


def test_a_text_without_learnt_words_is_left_as_the_list_has_it() -> None:
    learnt = learn([local(n, n % 2 == 0) for n in range(4 * LEAST_EXAMPLES)])
    assert sort_learnt("Takk for i dag", sort_text("Takk for i dag"), learnt).areas == ()


def said(id: str, text: str) -> Contribution:
    found = sort_text(text)
    return Contribution(
        id=id,
        channel="idea",
        text=text,
        heading=None,
        date=None,
        sender_type="unknown",
        sender=None,
        place=None,
        areas=found.areas,
        words=found.words,
        sorted_by="word_list" if found.areas else "none",
        language="unsure",
    )


def table(rows: list[tuple[str, list[str], str]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={"contribution": pl.String, "areas": pl.List(pl.String), "date": pl.String},
        orient="row",
    )


def test_a_persons_areas_always_win_and_the_latest_counts() -> None:
    contributions = [said("a", "Flere startlån"), said("b", "Flere startlån"), said("c", "Hei")]
    rows = [
        ("a", ["fritid"], "2026-02-01"),
        ("a", ["bolig"], "2026-01-01"),
        ("b", [], "2026-01-01"),
    ]
    a, b, c = corrected(contributions, table(rows))
    assert (a.areas, a.sorted_by, a.words) == ((FRITID,), "person", ())
    assert (b.areas, b.sorted_by) == ((), "person")
    assert c == contributions[2]


def test_what_was_confirmed_is_used_on_the_rest() -> None:
    confirmed = [local(n, n % 2 == 0) for n in range(4 * LEAST_EXAMPLES)]
    contributions = [said(str(n), e.text) for n, e in enumerate(confirmed)]
    rows = [(str(n), [e.areas[0].value], "2026-01-01") for n, e in enumerate(confirmed)]
    *_, last = corrected([*contributions, said("new", "Ny vei til Bekkelund")], table(rows))
    assert last.sorted_by == "learnt"
    assert FRITID in last.areas
    assert "Bekkelund" in dict(last.words)[FRITID]


def test_unknown_contributions_and_areas_are_refused_together() -> None:
    with pytest.raises(InputRefused) as refused:
        corrected([said("a", "x")], table([("z", ["bolig"], ""), ("a", ["bil"], "")]))
    assert [(p.id, p.row) for p in refused.value.problems] == [
        ("participation_unknown_area", 3),
        ("participation_unknown_contribution", 2),
    ]


def test_a_word_keeps_its_kind_and_area() -> None:
    assert Word(BOLIG, "names", "startlån*") in word_lists().words
