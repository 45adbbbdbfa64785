"""Step 2 on real published figures: national life expectancy, and the zones of Skien."""

from __future__ import annotations

import csv

import pytest

from jevn.challenges import (
    INDICATORS,
    OBSERVATIONS,
    PLACES,
    POPULATION,
    Sign,
    challenge_profile,
    read_indicators,
)
from jevn.indices import proportion
from jevn.tables import table_from_rows
from jevn.tables.reading import empty_table
from jevn.terms import EffortArea, Say, SocialDimension

GROUPS = {"grunnskole": "basic", "videregående": "upper_secondary"}


@pytest.fixture(scope="module")
def life_expectancy(shared_data):
    path = shared_data / "data" / "fhi-extracts" / "life-expectancy-by-education-7yr.csv"
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for r in csv.DictReader(file):
            if (r["Geografi"], r["Kjønn"], r["Alder"]) != ("Hele landet", "kjønn samlet", "30 år"):
                continue
            level = r["Utdanningsnivå"]
            group = None
            if level != "alle utdanningsnivåer":
                group = GROUPS.get(level) or ("higher" if level.startswith("univ") else "")
            start, end = r["År"].split("-")
            if group == "" or r["value"] == "-":
                continue
            rows.append(
                {
                    "indicator": "levealder",
                    "place": "0",
                    "period_start": int(start),
                    "period_end": int(end),
                    "dimension": "education" if group else None,
                    "group": group,
                    "value": float(r["value"]),
                    "basis": "mean",
                }
            )
    assert rows
    return profile_of(rows, "years", "favourable", municipality="0", comparison=())


def profile_of(rows, scale, polarity, *, municipality, comparison, places=None, name="x"):
    indicators = table_from_rows(
        INDICATORS,
        [
            {
                "indicator": rows[0]["indicator"],
                "area": "helsetjenester",
                "name": name,
                "scale": scale,
                "polarity": polarity,
            }
        ],
    )
    places = places or [{"place": "0", "name": "Norge", "kind": "country"}]
    return challenge_profile(
        indicators=read_indicators(indicators),
        observations=table_from_rows(OBSERVATIONS, rows),
        places=table_from_rows(PLACES, places),
        population=empty_table(POPULATION),
        municipality=municipality,
        comparison=comparison,
    )


def test_life_expectancy_differs_by_6_7_years_between_longest_and_shortest_education(
    life_expectancy,
):
    gradient = life_expectancy.indicator("levealder").gradient(SocialDimension.EDUCATION)
    assert gradient.period == "2018–2024"
    assert [g.group for g in gradient.groups] == ["basic", "upper_secondary", "higher"]
    assert gradient.groups[0].value == pytest.approx(80.187, abs=5e-4)
    assert gradient.groups[-1].value == pytest.approx(86.885, abs=5e-4)
    assert gradient.gap.value == pytest.approx(6.7, abs=0.005)


def test_a_gradient_without_intervals_or_sizes_is_shown_but_not_judged(life_expectancy):
    gradient = life_expectancy.indicator("levealder").gradient(SocialDimension.EDUCATION)
    assert gradient.sign is Sign.UNKNOWN
    assert gradient.note.key == "challenges.note.equal_weights"
    # Equal groups: ridits 1/6, 1/2, 5/6, so the slope is the gap over 2/3.
    assert gradient.sii.value == pytest.approx(gradient.gap.value / (2 / 3))


def test_the_trend_of_moving_means_rests_on_periods_that_do_not_overlap(life_expectancy):
    trend = life_expectancy.indicator("levealder").trend
    assert len(trend.points) > 5
    # 2018-2024 and 2011-2017 (2009-2015 is the first): two points without errors tell no slope.
    assert trend.slope_per_year is None
    assert trend.sign is Sign.UNKNOWN


@pytest.fixture(scope="module")
def skien_rows(shared_data):
    folder = shared_data / "data" / "fhus-telemark-2025"

    def read(name):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return [
                r
                for r in csv.DictReader(file, delimiter=";")
                if r["Kommunenummer"] == "4003" and r.get("Variabel") == "trivsel"
            ]

    return read("zones-2025.csv"), read("municipalities-2025.csv")


@pytest.fixture(scope="module")
def skien(skien_rows):
    zones, whole = skien_rows

    def row(place, share, count):
        return {
            "indicator": "trivsel",
            "place": place,
            "period_start": 2025,
            "value": 100 * share,
            "n": round(count / share),
            "basis": "share",
        }

    rows = [row(z["Levekårssone"], float(z["Andel"]), int(z["Antall"])) for z in zones]
    rows.append(row("4003", float(whole[0]["Andel_vektet"]), int(whole[0]["Antall_original"])))
    places = [{"place": "4003", "name": "Skien", "kind": "municipality"}] + [
        {
            "place": z["Levekårssone"],
            "name": z["Levekårssone navn"],
            "kind": "zone",
            "parent": "4003",
        }
        for z in zones
    ]
    return profile_of(
        rows,
        "percent",
        "favourable",
        municipality="4003",
        comparison=("0",),
        places=places,
        name="Trives i nærmiljøet",
    )


def test_all_thirteen_zones_of_skien_stand_worst_first(skien, skien_rows):
    spread = skien.indicator("trivsel").spread
    assert len(spread.zones) == 13
    values = [z.value for z in spread.zones]
    assert values == sorted(values)
    shares = {z["Levekårssone navn"]: float(z["Andel"]) for z in skien_rows[0]}
    assert spread.zones[0].name == min(shares, key=shares.get)
    assert spread.range == pytest.approx(100 * (max(shares.values()) - min(shares.values())))
    assert spread.overall == pytest.approx(69.68)


def test_zones_stand_out_by_limits_that_allow_for_thirteen_comparisons(skien, skien_rows):
    """Slow reference: Wilson limits at 1 - 0.05/13 for each zone, held against 69.68 %."""
    spread = skien.indicator("trivsel").spread
    signs = {z.place: z.sign for z in spread.zones}
    for zone in skien_rows[0]:
        share, count = float(zone["Andel"]), int(zone["Antall"])
        n = round(count / share)
        limits = proportion(share * n, n, level=1 - 0.05 / 13)
        expected = Sign.SAME
        if limits.upper < 0.6968:
            expected = Sign.WORSE
        elif limits.lower > 0.6968:
            expected = Sign.BETTER
        assert signs[zone["Levekårssone"]] is expected
    assert spread.worse == sum(s is Sign.WORSE for s in signs.values()) > 0
    assert spread.sign is Sign.WORSE


def test_the_headline_says_the_finding_with_its_figures(skien):
    area = skien.area(EffortArea.HELSETJENESTER)
    worst = skien.indicator("trivsel").spread.zones[0]
    sentence = Say("nb").message(area.headline)
    assert worst.name in sentence
    assert Say("nb").number(worst.value, 1) in sentence
    assert "69,7" in sentence
