"""The catalogue against the collected facts it was built from."""

import re
from pathlib import Path
from typing import Any

import pytest

from jevn.evidence import (
    EvidenceCatalogue,
    assessment_criteria,
    overview_themes,
    suppression_rules,
    vocabulary,
)

RENAMED = {
    "seed000": "drammen_mandatsak",
    "seed001": "drammen_verksted2018",
    "seed002": "drammen_idedugnader",
    "seed003": "norden_partnerskap",
    "seed004": "drammen_temaplaner",
}

ADDED: dict[str, set[str]] = {
    "indicators": {
        "grunnskolepoeng",
        "hoy_gjeld",
        "levealder",
        "dodelighet",
        "hjerte_kar_primar",
        "muskel_skjelett_primar",
    },
    "interventions": set(),
}
"""Entries that came later, with tables of the Institute of Public Health's open statistics."""


def _renamed(ids: list[str]) -> set[str]:
    return {RENAMED.get(id, id) for id in ids}


def test_every_area_of_the_collection_is_there_and_coordination_besides(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    areas = [a.area.value for a in catalogue.areas]
    assert areas == [*(a["id"] for a in collected["areas"]), "samordning"]
    assert all(a.rationale.nb for a in catalogue.areas)


@pytest.mark.parametrize("part", ["interventions", "indicators"])
def test_every_entry_is_there_once(
    catalogue: EvidenceCatalogue, collected: dict[str, Any], part: str
) -> None:
    wanted = [x["id"] for a in collected["areas"] for x in a[part]]
    found = [x.id for a in catalogue.areas for x in getattr(a, part)]
    assert sorted(found) == sorted([*wanted, *ADDED[part]])


def test_every_source_principle_and_review_is_there(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    wanted = _renamed([s["id"] for s in collected["sources"]])
    assert {s.id for s in catalogue.sources} == wanted | {"fhi_statistikk_api"}
    assert {p.id for p in catalogue.principles} == {p["id"] for p in collected["principles"]}
    coded = collected["review_coverage"]
    assert [id for id, _ in catalogue.reviews] == [r["id"] for r in coded["reviews"]]
    assert {a.value: [n for _, n in row] for a, row in catalogue.coverage} == coded["matrix"]


def test_every_direction_rule_theme_criterion_and_term_is_there(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    directions = {d.text.nb for a in catalogue.areas for d in a.directions}
    for area in collected["areas"]:
        assert {d["text_nb"] for d in area["recommended_directions"]} <= directions
    assert len(suppression_rules().items) == len(collected["suppression_rules"]["rules"])
    assert len(overview_themes().items) == len(collected["overview_requirements"]["themes"])
    wanted = [c["nb"] for c in collected["prioritisation_criteria"]["criteria"]]
    assert [name.nb for _, name in assessment_criteria().items] == wanted
    assert {t["term_nb"] for t in collected["vocabulary"]} <= {t.name.nb for t in vocabulary()}


def test_grades_judgements_and_sources_of_interventions_are_unchanged(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    for area in collected["areas"]:
        for fact in area["interventions"]:
            found = catalogue.intervention(fact["id"])
            assert found is not None
            assert found.strength == fact["evidence"]["strength"]
            assert found.reach == fact["reach"]
            assert found.equity == fact["equity"]["impact"]
            assert found.cost == fact["cost"]["order"]
            assert found.lead_time == fact["lead_time"]
            assert set(found.sources) == _renamed(fact.get("sources", []))
            assert list(found.kostra_functions) == fact.get("kostra_functions", [])
            assert found.area == area["id"] or area["id"] in found.also_areas
            assert (found.note is None) == ("note" not in fact)


def test_every_reported_number_and_interval_is_unchanged(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    numbers = 0
    for fact in (i for a in collected["areas"] for i in a["interventions"]):
        found = catalogue.intervention(fact["id"])
        assert found is not None
        assert len(found.effects) == len(fact.get("effects", []))
        for effect, wanted in zip(found.effects, fact.get("effects", []), strict=True):
            assert effect.source == RENAMED.get(wanted["source"], wanted["source"])
            assert [effect.lower, effect.upper] == wanted.get("ci95", [None, None])
            if isinstance(wanted["estimate"], str):
                digits = re.findall(r"\d+", wanted["estimate"])
                assert effect.value is None
                assert effect.finding is not None
                assert re.findall(r"\d+", effect.finding.nb) == digits
            else:
                assert effect.value == wanted["estimate"]
                numbers += 1
    assert numbers > 40


def test_indicators_keep_unit_direction_origin_and_verification(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    direction = {"favourable": "good_high", "adverse": "bad_high", None: "context"}
    for fact in (x for a in collected["areas"] for x in a["indicators"]):
        found = catalogue.indicator(fact["id"])
        assert found is not None
        assert direction[found.polarity and found.polarity.value] == fact["direction"]
        assert found.verified == fact["data"]["verified"]
        assert (found.table is None) == (fact["data"]["table"] == "unknown")
        assert (found.source or "") == RENAMED.get(fact["data"]["source"], fact["data"]["source"])
        assert dict(found.strata) == fact["strata"]
        assert len(found.levels) == len(fact["data"]["levels"])
        if fact["unit"].startswith("per cent"):
            assert found.scale == "percent"


def test_what_was_not_verified_is_said_in_words(
    catalogue: EvidenceCatalogue, collected: dict[str, Any]
) -> None:
    for fact in (i for a in collected["areas"] for i in a["interventions"]):
        if "unverified" in str(fact.get("note")):
            found = catalogue.intervention(fact["id"])
            assert found is not None
            assert found.note is not None
            assert "kontrollert" in found.note.nb
            assert "checked" in (found.note.en or "")


def _rows(shared_data: Path) -> dict[int, list[str]]:
    text = (shared_data / "data" / "evidence" / "effect-sizes.md").read_text("utf-8")
    cells = ([c.strip() for c in line.strip("|").split("|")] for line in text.splitlines())
    return {int(c[0]): c for c in cells if c[0].isdigit()}


def test_every_row_of_effect_sizes_is_there(
    catalogue: EvidenceCatalogue, shared_data: Path
) -> None:
    rows = _rows(shared_data)
    assert sorted(rows) == list(range(1, 46))
    assert {int(e.id[2:4]) for e in catalogue.effect_sizes} == set(rows)


def test_effect_sizes_have_the_numbers_intervals_and_links_of_their_row(
    catalogue: EvidenceCatalogue, shared_data: Path
) -> None:
    rows = _rows(shared_data)
    compared = 0
    for size in catalogue.effect_sizes:
        row = " ".join(rows[int(size.id[2:4])]).replace(",", "")
        numbers = [abs(float(n)) for n in re.findall(r"\d+(?:\.\d+)?", row)]
        for link in (size.link, *size.more_links):
            assert link is None or link in row
        if size.value is None:
            continue
        derived = "regnet ut" in (size.caution.nb if size.caution else "")
        if not derived and size.id != "es42":  # 1 krone per 4 is written as 0.25
            assert abs(size.value) in numbers, size.id
            compared += 1
        for limit in (size.lower, size.upper):
            assert limit is None or abs(limit) in numbers, size.id
    assert compared > 60


@pytest.mark.parametrize(
    ("id", "higher", "lower"),
    [
        ("es16a", 16.9, 4.1),
        ("es16b", 14.2, 3.2),
        ("es22a", 35.7, 75.7),
        ("es22b", 33.4, 68.0),
        ("es33b", 59.4, 36.6),
        ("es36a", 36.6, 27.1),
        ("es36b", 37.4, 27.1),
    ],
)
def test_differences_that_were_computed_are_the_difference_of_the_published_shares(
    catalogue: EvidenceCatalogue, id: str, higher: float, lower: float
) -> None:
    size = catalogue.effect_size(id)
    assert size is not None
    assert size.scale == "RD"
    assert size.value == pytest.approx(higher - lower)
    assert size.caution is not None
    assert "regnet ut" in size.caution.nb
