"""Zones with chance damped, their ranks, and which of them are neighbours."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from jevn.challenges import Choices, neighbours
from jevn.challenges.shrinking import moran
from unit.challenges.small import HOME, profile, row, zone_rows


def spread_of(zones, **more):
    places, rows = zone_rows(zones)
    total = (sum(c for c, _ in zones.values()), sum(n for _, n in zones.values()))
    rows += [row(cases=total[0], of=total[1])]
    return profile(rows, places=places, **more).indicator("i").spread


def test_small_zones_are_drawn_towards_the_mean_more_than_large_ones():
    spread = spread_of(
        {
            "small": (12, 30),
            "large": (800, 2000),
            "a": (200, 1000),
            "b": (180, 1000),
            "c": (230, 1000),
        }
    )
    small, large = spread.standing("small"), spread.standing("large")
    # Both are observed at 40 %.
    assert small.value < large.value < 40.0
    assert small.own_weight < 0.6 < large.own_weight
    assert small.upper - small.lower > large.upper - large.lower
    assert large.worse > 0.99
    assert spread.method == "beta_binomial"


def test_zones_that_are_alike_may_have_any_place():
    spread = spread_of(dict.fromkeys("abcdef", (100, 1000)))
    assert {(s.rank_lower, s.rank_upper) for s in spread.standings} == {(1, 6)}
    assert all(s.worst_fifth == pytest.approx(2 / 6, abs=0.05) for s in spread.standings)


def test_zones_far_apart_have_sure_places():
    spread = spread_of({"a": (500, 1000), "b": (300, 1000), "c": (100, 1000)})
    assert [(s.place, s.rank_lower, s.rank_upper) for s in spread.standings] == [
        ("a", 1, 1), ("b", 2, 2), ("c", 3, 3),
    ]  # fmt: skip
    assert spread.standings[0].worst_fifth == 1.0


def test_hidden_zones_have_no_standing_and_disturb_no_other():
    zones = {"a": (500, 1000), "b": (300, 1000), "c": (100, 1000)}
    places, rows = zone_rows(zones)
    rows[1] |= {"flag": "hidden", "value": None, "numerator": None}
    spread = profile(rows, places=places).indicator("i").spread
    assert [(s.place, s.rank) for s in spread.standings] == [("a", 1), ("c", 2)]


def test_figures_without_chance_have_no_standings():
    places, _ = zone_rows({"a": (1, 1), "b": (1, 1)})
    rows = [row("a", value=10.0), row("b", value=20.0)]
    spread = profile(rows, places=places, indicators={"scale": "points"}).indicator("i").spread
    assert spread.standings == ()
    assert spread.method == ""


def test_the_same_figures_give_the_same_draws():
    zones = {z: (100 + 9 * n, 1000) for n, z in enumerate("abcdef")}
    assert spread_of(zones) == spread_of(zones)


def test_neighbours_are_used_where_they_resemble_each_other():
    names = [f"z{n:02}" for n in range(16)]
    pairs = tuple((names[n], names[n + 1]) for n in range(15))
    smooth = {z: (60 + 15 * n, 1000) for n, z in enumerate(names)}
    jagged = {z: (60 + 15 * ((n * 7) % 16), 1000) for n, z in enumerate(names)}
    assert spread_of(smooth, choices=Choices(neighbours=pairs)).method == "neighbours"
    assert spread_of(jagged, choices=Choices(neighbours=pairs)).method == "beta_binomial"
    assert spread_of(smooth).method == "beta_binomial"


def test_a_hidden_zone_is_not_guessed_from_its_neighbours():
    names = [f"z{n:02}" for n in range(16)]
    pairs = tuple((names[n], names[n + 1]) for n in range(15))
    places, rows = zone_rows({z: (60 + 15 * n, 1000) for n, z in enumerate(names)})
    rows[7] |= {"flag": "hidden", "value": None, "numerator": None}
    found = profile(rows, places=places, choices=Choices(neighbours=pairs)).indicator("i").spread
    assert found.method == "neighbours"
    assert found.standing("z07") is None
    assert sorted(s.rank for s in found.standings) == list(range(1, 16))


def test_moran_is_the_double_sum_over_neighbours():
    rng = np.random.default_rng(3)
    values = rng.normal(size=9)
    pairs = [(i, i + 1) for i in range(8)] + [(0, 4), (2, 7)]
    weights = np.zeros((9, 9))
    for a, b in pairs:
        weights[a, b] = weights[b, a] = 1
    z = values - values.mean()
    index = 9 / weights.sum() * sum(
        weights[i, j] * z[i] * z[j] for i in range(9) for j in range(9)
    ) / (z @ z)  # fmt: skip
    # Under normality every arrangement of residuals is as likely: mean and variance by drawing.
    drawn = rng.normal(size=(200_000, 9))
    drawn -= drawn.mean(axis=1, keepdims=True)
    chance = 9 / weights.sum() * ((drawn @ weights) * drawn).sum(axis=1) / (drawn**2).sum(axis=1)
    expected = (index - chance.mean()) / chance.std()
    assert moran(values, pairs) == pytest.approx(expected, abs=0.02)


def square(x, y):
    return [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]


def geojson(corners):
    features = [
        {
            "type": "Feature",
            "properties": {"place": name},
            "geometry": {"type": "Polygon", "coordinates": [square(*at)]},
        }
        for name, at in corners.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_zones_with_a_border_are_neighbours_and_a_single_corner_is_none():
    found = neighbours(geojson({"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (5, 5)}))
    assert found == (("a", "b"), ("b", "c"))
    assert neighbours(None) == ()


@pytest.fixture(scope="module")
def skien(shared_data):
    """Three answers of 2025 in the thirteen zones of Skien, with the polygons' neighbours."""
    folder = shared_data / "data" / "fhus-telemark-2025"
    wanted = {"trivsel": "favourable", "okonomi": "adverse"}
    with (folder / "zones-2025.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter=";") if r["Kommunenummer"] == "4003"]
    shapes = json.loads((folder / "zones.geojson").read_text("utf-8"))
    for feature in shapes["features"]:
        feature["properties"]["place"] = feature["properties"]["levekaarssone_aggregert"]
    return rows, wanted, neighbours(json.dumps(shapes))


def skien_spread(skien, variable, polarity):
    rows, _, pairs = skien
    own = [r for r in rows if r["Variabel"] == variable]
    names = {r["Levekårssone"]: r["Levekårssone navn"] for r in own}
    figures = [
        row(
            r["Levekårssone"],
            year=2025,
            value=100 * float(r["Andel"]),
            n=round(int(r["Antall"]) / float(r["Andel"])),
        )
        for r in own
    ]
    places = [{"place": z, "name": n, "kind": "zone", "parent": HOME} for z, n in names.items()]
    found = profile(
        figures, places=places, indicators={"polarity": polarity}, choices=Choices(neighbours=pairs)
    )
    return found.indicator("i").spread, {r["Levekårssone"]: 100 * float(r["Andel"]) for r in own}


def test_the_thirteen_zones_of_skien_are_ranked_and_never_beyond_their_figures(skien):
    spread, raw = skien_spread(skien, "trivsel", "favourable")
    assert len(spread.standings) == len(raw) == 13
    assert [s.rank for s in spread.standings] == sorted(s.rank for s in spread.standings)
    values = [s.value for s in spread.standings]
    # Damped values lie within the observed range and have a smaller spread.
    assert min(raw.values()) < min(values) < max(values) < max(raw.values())
    for standing in spread.standings:
        assert standing.lower < standing.value < standing.upper
        assert 1 <= standing.rank_lower <= standing.rank <= standing.rank_upper <= 13
    # A fifth of thirteen zones is three; their probabilities sum to that.
    assert sum(s.worst_fifth for s in spread.standings) == pytest.approx(3, abs=1e-6)


def test_the_zones_of_skien_share_borders(skien):
    pairs = [p for p in skien[2] if p[0].startswith("4003") and p[1].startswith("4003")]
    zones = {z for pair in pairs for z in pair}
    assert len(zones) == 13
    assert len(pairs) > 13
