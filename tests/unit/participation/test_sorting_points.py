"""Sorting of short points made up for this test, labelled by their meaning."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jevn.participation.sorting import sort_text
from jevn.terms import AREAS

POINTS = Path(__file__).parent / "sorting_points.csv"


def points() -> list[tuple[set[str], str | None, str]]:
    with POINTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(set(r["areas"].split()), r["heading"] or None, r["text"]) for r in rows]


def f1(right: int, given: int, wanted: int) -> float:
    return 2 * right / (given + wanted) if given + wanted else 1.0


def test_points_of_every_area_are_found_and_few_others() -> None:
    labelled = points()
    found = [{a.value for a in sort_text(text, heading).areas} for _, heading, text in labelled]
    scores = {
        area.value: f1(
            sum(
                area.value in got and area.value in want
                for got, (want, _, _) in zip(found, labelled, strict=True)
            ),
            sum(area.value in got for got in found),
            sum(area.value in want for want, _, _ in labelled),
        )
        for area in AREAS
    }
    assert len(labelled) > 400
    assert min(scores.values()) > 0.85, scores


def test_points_about_nothing_in_particular_get_no_area() -> None:
    empty = [(heading, text) for want, heading, text in points() if not want]
    assert len(empty) > 20
    assert [text for heading, text in empty if sort_text(text, heading).areas] == []


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        # A compound is what its last part says.
        ("Ungdomshelsestasjon", ["helsetjenester"]),
        ("Kommunepsykologen", ["helsetjenester"]),
        # Whom it is for decides only where nothing else is said.
        ("Noe for barn", ["oppvekst"]),
        ("Svømmekurs og idrettslag for barn", ["fritid"]),
        # How the work is done, likewise.
        ("Mer kompetanse", ["samordning"]),
        ("Mer kompetanse om startlån", ["bolig"]),
        # With whom one works together makes the difference.
        ("Tettere samarbeid mellom etatene", ["samordning"]),
        ("Tettere samarbeid med frivillige lag", ["deltakelse"]),
        ("Tettere samarbeid med bedriftene", ["arbeid"]),
        # A phrase does not go on past a stop.
        ("Det er dårlig. Råd fra eldrerådet", ["deltakelse"]),
        # Swedish and Danish.
        ("Fler arbetsplatser", ["arbeid"]),
        ("Flere pædagoger i børnehaven", ["oppvekst"]),
    ],
)
def test_rules_of_sorting(text: str, areas: list[str]) -> None:
    found = [area.value for area in sort_text(text).areas]
    assert [area for area in areas if area not in found] == []
    if text != "Ungdomshelsestasjon":
        assert found == areas


def test_a_heading_supports_but_brings_nothing_where_the_text_names_an_area() -> None:
    found = sort_text("Flere startlån", "Friskliv")
    assert [a.value for a in found.areas] == ["bolig"]
    assert [a.value for a in sort_text("God nok kapasitet", "Friskliv").areas] == ["levevaner"]


def test_of_equals_the_area_that_is_spoken_of_first_stands_first() -> None:
    found = [a.value for a in sort_text("Startlån og fastlege").areas]
    assert found == ["bolig", "helsetjenester"]
    assert [a.value for a in sort_text("Fastlege og startlån").areas] == found[::-1]


@pytest.mark.parametrize("text", ["a" * 20_000, "skole " * 5_000, "\u200b" * 50, "… – ! * ..", "é̂"])
def test_strange_texts_are_sorted_without_fault(text: str) -> None:
    assert len(sort_text(text, text).areas) <= 1
