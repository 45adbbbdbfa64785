"""Near-duplicates: what is suggested, what never is, why, and how often it is right."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from jevn.cli import app
from jevn.participation.duplicates import Text, find_duplicates
from jevn.participation.duplicates.lexicon import lexicon

PAIRS: dict[str, list[list[str]]] = yaml.safe_load(
    Path(__file__).with_name("duplicate_pairs.yaml").read_text("utf-8")
)


def score(a: str, b: str) -> float:
    found = find_duplicates([Text("a", a), Text("b", b)], least=0.01).pairs
    return found[0].score if found else 0.0


def rates(part: int) -> tuple[float, float]:
    """Precision (one more special than the other counts as wrong) and recall of a half."""
    suggested = {
        label: [score(a, b) >= 0.8 for a, b in pairs[part::2]]
        for label, pairs in PAIRS.items()
        if label in ("same", "near", "not")
    }
    right = sum(suggested["same"])
    return right / sum(map(sum, suggested.values())), right / len(suggested["same"])


def test_there_are_at_least_150_pairs_of_three_kinds() -> None:
    assert set(PAIRS) == {"same", "near", "not", "more_same", "more_not"}
    assert sum(map(len, PAIRS.values())) >= 200


@pytest.mark.parametrize("part", [0, 1], ids=["built-by", "held-back"])
def test_suggestions_are_right_nine_times_in_ten_or_more(part: int) -> None:
    precision, recall = rates(part)
    assert precision >= 0.95
    assert recall >= 0.55


def test_pairs_of_longer_sentences() -> None:
    right = [score(a, b) >= 0.8 for a, b in PAIRS["more_same"]]
    assert sum(right) / len(right) >= 0.6
    assert not [(a, b) for a, b in PAIRS["more_not"] if score(a, b) >= 0.8]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Gratis buss for ungdom", "Buss utan eigendel for unge"),
        ("Leksehjelp på skolen", "Hjelp med leksene på skulen"),
        ("Ungdomsklubb på kvelden", "fritidsklub på kveldstid"),
        ("Flere møteplasser for eldre", "Eldre: flere møteplasser!"),
        ("Behold svømmehallen", "Ikke legg ned svømmehallen"),
        ("GRATIS SFO", "Gratis SFO."),
        ("Fleire helsesjukepleiarar i skulen", "Flere helsesykepleiere i skolen"),
    ],
)
def test_order_inflection_synonyms_spelling_and_written_form_do_not_matter(a: str, b: str) -> None:
    assert score(a, b) >= 0.8
    assert score(b, a) == score(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mer støtte til idrettslag", "Mindre støtte til idrettslag"),
        ("Bygg svømmehall", "Riv svømmehallen"),
        ("Legg ned skolen", "Ikke legg ned skolen"),
        ("Aktiviteter for barn", "Aktiviteter for eldre"),
        ("Ungdomsklubb på Fjell", "Ungdomsklubb på Konnerud"),
        ("Tre nye lekeplasser", "To nye lekeplasser"),
        ("Buss hvert kvarter til sentrum", "Tog hvert kvarter til sentrum"),
        ("Gratis buss", "Gratis buss for ungdom i helgene"),
        ("Skole uten mobil", "Skole med mobil"),
        ("", ""),
        ("?", "!"),
    ],
)
def test_opposites_and_other_groups_places_numbers_services_are_not_suggested(
    a: str, b: str
) -> None:
    assert score(a, b) < 0.8


def test_places_known_beforehand_are_told_apart_also_in_small_letters() -> None:
    texts = [
        Text("1", "lekeplass i åskollen med husker"),
        Text("2", "lekeplass i skoger med husker"),
    ]
    assert find_duplicates(texts, names=["Åskollen", "Skoger"]).pairs == ()


def test_the_words_behind_a_suggestion_are_shown_as_written() -> None:
    texts = [
        Text("1", "Gratis kulturskole for alle barn i kommunen"),
        Text("2", "Kulturskulen bør vere gratis for barn"),
    ]
    (pair,) = find_duplicates(texts).pairs
    assert pair.shared == ("Gratis", "kulturskole", "barn")
    assert (pair.only_a, pair.only_b) == (("kommunen",), ())
    assert pair.differing == ("kommunen",)


def test_long_letters_that_are_nearly_copies_are_found_and_others_are_not() -> None:
    letter = (
        "Vi bor i Bergstien og opplever at trafikken har økt mye. Barna våre går til skolen uten "
        "fortau, og om vinteren blir det smalt når snøen ikke ryddes. Vi ber om at kommunen "
        "bygger fortau fra krysset til butikken, og at farten settes ned til tretti kilometer."
    )
    copy = "Hei! " + letter.replace("Vi bor", "Familien vår bor").replace("mye", "kraftig")
    other = (
        letter.replace("fortau", "parkeringsplass")
        .replace("Barna", "Kundene")
        .replace("skolen", "butikken")
    )
    found = find_duplicates([Text("1", letter), Text("2", copy), Text("3", other)])
    assert [(p.a, p.b) for p in found.pairs] == [("1", "2")]


def test_all_of_a_cluster_pair_with_each_other() -> None:
    texts = [
        Text("1", "Gratis buss for unge"),
        Text("2", "Leksehjelp"),
        Text("3", "Buss uten egenandel for ungdom"),
        Text("4", "Hjelp med lekser"),
        Text("5", "Kollektivtransport gratis for ungdommer"),
        Text("6", "Ny bru"),
    ]
    found = find_duplicates(texts)
    assert [c.ids for c in found.clusters] == [("1", "3", "5"), ("2", "4")]
    pairs = {(p.a, p.b) for p in found.pairs}
    assert pairs == {("1", "3"), ("1", "5"), ("3", "5"), ("2", "4")}


def test_many_equal_texts_do_not_give_all_their_pairs() -> None:
    found = find_duplicates([Text(str(i), "Gratis buss") for i in range(300)])
    assert len(found.pairs) == 299
    assert len(found.clusters[0].ids) == 300


def test_headings_speak_for_texts_too_short_to_stand_alone() -> None:
    one, other = Text("1", "Mer av dette!", "Leksehjelp"), Text("2", "Flere", "Svømmehall")
    assert find_duplicates([one, other]).pairs == ()
    assert find_duplicates([one, Text("2", "Meir", "Hjelp med lekser")]).pairs[0].score >= 0.8


def test_pairs_are_those_of_comparing_two_by_two_in_small_collections() -> None:
    said = [t for label in ("same", "near", "not") for p in PAIRS[label][:6] for t in p]
    texts = [Text(str(i), t) for i, t in enumerate(dict.fromkeys(said))]
    alone = {
        (a.id, b.id)
        for n, a in enumerate(texts)
        for b in texts[n + 1 :]
        if score(a.text, b.text) >= 0.8
    }
    assert {(p.a, p.b) for p in find_duplicates(texts).pairs} == alone


@given(st.lists(st.text(max_size=40), max_size=6))
def test_anything_can_be_said(said: list[str]) -> None:
    texts = [Text(str(i), t) for i, t in enumerate(said)]
    found = find_duplicates(texts, least=0.3)
    assert all(0.3 <= p.score <= 1 for p in found.pairs)
    assert found == find_duplicates(texts, least=0.3)


def test_the_order_of_texts_does_not_matter() -> None:
    texts = [Text(a, a) for a, _ in PAIRS["same"]] + [Text(b, b) for _, b in PAIRS["same"]]
    shuffled = random.Random(4).sample(texts, len(texts))
    pairs = {frozenset((p.a, p.b)): p.score for p in find_duplicates(texts).pairs}
    assert {frozenset((p.a, p.b)): p.score for p in find_duplicates(shuffled).pairs} == pairs


def test_faults_of_the_caller() -> None:
    with pytest.raises(ValueError, match="least"):
        find_duplicates([], least=0)
    with pytest.raises(ValueError, match="twice"):
        find_duplicates([Text("1", "a"), Text("1", "b")])
    assert find_duplicates([]).pairs == ()


def test_word_files_have_no_word_that_wishes_both_ways() -> None:
    lex = lexicon()
    assert not lex.up & lex.down
    assert not (lex.up | lex.down) & lex.negations


def test_the_command_prints_pairs_and_clusters(tmp_path: Path) -> None:
    file = tmp_path / "ideer.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "text"])
        writer.writerows([["a", "Gratis buss for unge"], ["b", "Buss, utan eigendel, for unge"]])
    result = CliRunner().invoke(app, ["participation", "duplicates", str(file), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["texts"] == 2
    assert found["pairs"][0] | {"shared": []} == {
        "a": "a",
        "b": "b",
        "score": 1.0,
        "shared": [],
        "differing": [],
        "only_a": [],
        "only_b": [],
    }
    assert found["clusters"] == [{"ids": ["a", "b"], "score": 1.0}]
    shown = CliRunner().invoke(app, ["participation", "duplicates", str(file)])
    assert "merged.csv" in shown.stdout
    wrong = CliRunner().invoke(app, ["participation", "duplicates", str(file), "--least", "2"])
    assert wrong.exit_code != 0
