"""Charts say what they show, in words and numbers, and are drawn the same each time."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from jevn.challenges.overview_results import AreaRank, AreaRanking, ImportanceLine, PlaceShares
from jevn.challenges.results import Sign, StandardisedLevel, ZoneStanding
from jevn.publishing.chart import Chart
from jevn.publishing.charts import (
    Studio,
    before_after_chart,
    comparison_chart,
    gradient_chart,
    helped_chart,
    mini_gradient,
    money_chart,
    need_effort_chart,
    png,
    ranking_chart,
    reach_chart,
    render,
    support_chart,
    trend_chart,
    voices_chart,
    zone_chart,
    zone_map,
)
from jevn.publishing.charts.needeffort import place_labels
from jevn.publishing.charts.style import REACH_COLOURS, SIGN_COLOURS
from jevn.terms import EffortArea, Language, Message, Say
from unit.publishing import fixture_dossier as made


def studio(lang: Language = "nb") -> Studio:
    return Studio.of(made.dossier(), Say(lang))


def all_charts(lang: Language = "nb") -> list[Chart]:
    at, status, d = studio(lang), made.indicator_status(), made.dossier()
    assert d.effort
    assert d.voices
    assert d.assessment
    assert d.prioritisation
    change = d.assessment.alternatives[1].changes[0]
    charts = [
        gradient_chart(at, status, status.gradients[0]),
        gradient_chart(at, status, status.gradients[1]),
        trend_chart(at, status),
        comparison_chart(at, status),
        zone_chart(at, status),
        zone_map(at, status, d.zones_geojson),
        need_effort_chart(at, d.need_effort, d.effort),
        reach_chart(at, d.effort),
        helped_chart(at, change),
        before_after_chart(at, change, "Fullført"),
        support_chart(at, d.prioritisation),
        voices_chart(at, d.voices),
        money_chart(at, "money", ((2028, 1e6), (2029, 2e6)), title="T", subtitle="S", source="K"),
        mini_gradient(at, status, status.gradients[0]),
    ]
    assert all(c is not None for c in charts)
    return [c for c in charts if c is not None]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_chart_has_finding_summary_source_and_table(lang: Language) -> None:
    for chart in all_charts(lang):
        assert chart.title, chart.id
        assert chart.subtitle, chart.id
        assert chart.source, chart.id
        assert chart.summary, chart.id
        assert chart.table.rows, chart.id
        assert {len(r) for r in chart.table.rows} == {len(chart.table.headings)}, chart.id
        assert len(chart.table.numeric) == len(chart.table.headings), chart.id


def test_every_picture_is_well_formed_named_and_without_styles() -> None:
    for chart in all_charts():
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert chart.summary in (root.get("aria-label") or ""), chart.id
        assert root.get("viewBox") == f"0 0 {chart.width} {chart.height}"
        for node in root.iter():
            assert node.get("style") is None, chart.id
            if id := node.get("id"):
                assert id.startswith(chart.id), id


def test_charts_are_narrow_enough_for_a_phone_and_letters_large_enough() -> None:
    for chart in all_charts():
        assert chart.width <= 480, (chart.id, chart.width)
        sizes = [float(x) for x in re.findall(r'font-size="([\d.]+)', chart.svg)]
        assert min(sizes) >= 12, chart.id


def test_the_same_chart_is_the_same_bytes() -> None:
    render._converted.cache_clear()
    first = [c.svg for c in all_charts()]
    render._converted.cache_clear()
    assert first == [c.svg for c in all_charts()]


def test_specifications_hold_against_the_schema_of_altair(monkeypatch: pytest.MonkeyPatch) -> None:
    import altair

    specs: list[dict[str, Any]] = []
    original = render.svg

    def kept(spec: dict[str, Any], *rest: Any) -> Any:
        specs.append(spec)
        return original(spec, *rest)

    monkeypatch.setattr("jevn.publishing.charts.context.svg", kept)
    all_charts()
    assert len(specs) == 13
    for spec in specs:
        altair.LayerChart.from_dict(spec, validate=True)


def test_numbers_follow_the_language() -> None:
    status = made.indicator_status()
    norwegian = gradient_chart(studio("nb"), status, status.gradients[0])
    english = gradient_chart(studio("en"), status, status.gradients[0])
    assert norwegian
    assert "61,2\xa0%" in norwegian.svg
    assert english
    assert "61.2%" in english.svg


def test_a_gradient_told_apart_names_the_group_worst_off_and_says_overlap() -> None:
    status = made.indicator_status()
    chart = gradient_chart(studio(), status, status.gradients[0])
    assert chart
    assert chart.title == "Fullført videregående: gruppa «grunnskole» kommer dårligst ut"
    # 90.3 (79.9-91.2) overlaps 78.5 (77.0-80.0)
    assert "overlappende intervaller" in chart.summary
    assert "+40,4 prosentpoeng" in chart.summary
    assert "37,0–43,8" in chart.summary


def test_a_gradient_that_cannot_be_told_is_not_called_a_difference() -> None:
    status = made.indicator_status()
    chart = gradient_chart(studio(), status, replace(status.gradients[0], sign=Sign.SAME))
    assert chart
    assert "ingen sikker forskjell" in chart.title
    assert "kan ikke si sikkert" in chart.summary


def test_an_estimate_is_called_an_estimate_and_drawn_hollow() -> None:
    status = made.indicator_status()
    chart = gradient_chart(studio(), status, status.gradients[1])
    assert chart
    assert "Anslått fra nasjonale forskjeller, ikke målt her" in chart.subtitle
    assert 'fill="#ffffff"' in chart.svg


def test_hidden_groups_and_zones_have_no_number_anywhere() -> None:
    status = made.indicator_status()
    gradient = gradient_chart(studio(), status, status.gradients[1])
    zones = zone_chart(studio(), status)
    assert gradient
    assert gradient.table.rows[-1][1:] == (None, None, None, None)
    assert zones
    assert zones.table.rows[-1][1:5] == (None, None, None, None)
    assert "skjult" in str(zones.table.rows[-1][5])
    assert "1 sone er skjult" in zones.summary


def test_zones_not_told_apart_are_hollow_in_the_ranking_and_striped_on_the_map() -> None:
    status = made.indicator_status()
    ranking, mapped = zone_chart(studio(), status), zone_map(studio(), status, made.geojson())
    assert ranking
    assert "Furulia er sikkert dårligere stilt" in ranking.title
    assert mapped
    assert f"url(#{mapped.id}-hatch)" in mapped.svg
    assert f'<pattern id="{mapped.id}-hatch"' in mapped.svg
    all_same = replace(
        status,
        spread=replace(
            status.spread,  # type: ignore[type-var]
            zones=tuple(
                replace(z, sign=Sign.SAME)
                for z in status.spread.zones  # type: ignore[union-attr]
            ),
        ),
    )
    none = zone_chart(studio(), all_same)
    assert none
    assert "ingen soner er sikkert dårligere" in none.title


def test_charts_without_numbers_are_left_out() -> None:
    at, bare = studio(), made.bare_status()
    assert trend_chart(at, bare) is None
    assert comparison_chart(at, bare) is None
    assert zone_chart(at, bare) is None
    assert zone_map(at, bare, made.geojson()) is None
    assert zone_map(at, made.indicator_status(), None) is None
    assert need_effort_chart(at, (), None) is None
    assert money_chart(at, "m", ((2028, 1.0),), title="", subtitle="", source="") is None
    change = made.assessment().alternatives[1].changes[1]
    assert helped_chart(at, change) is None


def test_labels_of_crowded_points_do_not_overlap() -> None:
    points = [(f"Område {n}", 150.0 + 7 * (n % 3), 120.0 + 6 * (n // 3)) for n in range(9)]
    placed = place_labels(points)
    boxes = []
    for text, x, y, align in placed:
        size = 7.2 * len(text)
        left = {"left": x, "right": x - size, "center": x - size / 2}[align]
        boxes.append((left, y - 7, left + size, y + 7))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_dots_stand_out_from_paper_by_three_to_one() -> None:
    for sign, colour in SIGN_COLOURS.items():
        if sign is not Sign.UNKNOWN:  # shown as a hollow ring with a word
            assert 1.05 / (luminance(colour) + 0.05) >= 3, sign
    ordered = sorted(luminance(c) for c in REACH_COLOURS.values())
    assert all(b - a > 0.1 for a, b in itertools.pairwise(ordered))


def test_a_chart_as_png_is_a_png() -> None:
    chart = all_charts()[0]
    assert png(chart.svg)[:8] == b"\x89PNG\r\n\x1a\n"


def _rank(area: str, place: int, top: float, before: float | None) -> AreaRank:
    shares = PlaceShares((top, 1 - top), place, 2, top / 2, top)
    return AreaRank(EffortArea(area), place, (("level", 2.0),), 2.0, 0.5, shares, shares, before)


def _ranking() -> AreaRanking:
    areas = (_rank("oppvekst", 1, 0.96, 0.7), _rank("bolig", 2, 0.4, None))
    line = ImportanceLine(2.0, "Barn først", "Formannskapet", "2027-02-10", sign="level")
    message = Message("challenges.ranking.sure.1", {"area1_key": "area.oppvekst.short"})
    return AreaRanking(areas, (EffortArea("fritid"),), 2000, message, (line,))


def test_the_ranking_says_what_can_be_told_and_shows_places_and_shares() -> None:
    chart = ranking_chart(studio(), _ranking())
    assert chart
    assert chart.title.startswith("Sikkert blant de tre første: Oppvekst")
    assert [row[0] for row in chart.table.rows] == ["Oppvekst", "Bolig"]
    assert chart.table.rows[0][2] == "1–2"
    assert "96" in str(chart.table.rows[0][4])
    assert "Ett område har for få tall" in chart.summary
    assert ranking_chart(studio(), None) is None


def test_zones_with_ranks_show_damped_values_places_and_chances() -> None:
    status = made.indicator_status()
    spread = status.spread
    assert spread
    standings = tuple(
        ZoneStanding(z, v, v - 3, v + 3, 0.8, n, n, 3, 0.9, p)
        for n, (z, v, p) in enumerate((("Z2", 70.0, 0.7), ("Z1", 71.0, 0.3), ("Z3", 86.0, 0.0)), 1)
    )
    ranked = replace(status, spread=replace(spread, standings=standings, method="beta_binomial"))
    chart = zone_chart(studio(), ranked)
    assert chart
    # By rank, not by the figures as they are; the hidden zone last and without any number.
    assert [row[0] for row in chart.table.rows] == [
        "Sentrum & havna", "Furulia", "Øvre Dalen", "Skogheim",
    ]  # fmt: skip
    assert chart.table.rows[0][6:10] == (70.0, "67,0–73,0", 1, "1–3")
    assert set(chart.table.rows[-1][6:]) == {None}
    assert "nr. 1–3" in chart.svg
    assert "Trolig blant den femdelen av sonene som er dårligst stilt: Sentrum" in chart.summary


def test_a_small_chart_of_zones_draws_the_ends_and_tells_of_all() -> None:
    status = made.indicator_status()
    spread = status.spread
    assert spread
    zones = tuple(
        replace(spread.zones[0], place=f"Z{n}", name=f"Sone {n}", value=60.0 + n, hidden=False)
        for n in range(1, 14)
    )
    many = replace(status, spread=replace(spread, zones=zones, standings=()))
    whole, small = zone_chart(studio(), many), zone_chart(studio(), many, 6)
    assert whole
    assert small
    assert small.height < 0.7 * whole.height
    assert small.table == whole.table
    drawn = [n for n in range(1, 14) if f">{n}  Sone {n}<" in small.svg]
    assert drawn == [1, 2, 3, 4, 12, 13]


def test_standardised_places_are_never_drawn_beside_a_crude_series() -> None:
    status = made.indicator_status()
    one = status.comparisons[0]
    assert status.level
    adjusted = replace(
        one,
        here=replace(one.here, value=50.0),
        there=replace(one.there, value=40.0),
        basis="standardised",
        crude=replace(one.difference, value=status.level.value - 33.0),
    )
    found = replace(
        status,
        comparisons=(adjusted,),
        standardised=StandardisedLevel(
            adjusted.here, status.level, "standardised", "country", ("0–17", "18+")
        ),
    )
    compared, trend = comparison_chart(studio(), found), trend_chart(studio(), found)
    assert compared
    assert trend
    assert "standardisert for alder" in compared.subtitle
    assert "Uten standardisering er tallet her" in compared.summary
    assert {row[2] for row in compared.table.rows} == {50.0, 40.0}
    assert "33,0" in trend.summary
    assert "40,0" not in trend.summary


def test_zones_too_small_for_their_numbers_are_enlarged_below_the_map() -> None:
    def at(x: float, y: float, wide: float) -> list[list[float]]:
        return [[x, y], [x + wide, y], [x + wide, y + wide], [x, y + wide], [x, y]]

    def shape(place: str, *square: float) -> dict[str, Any]:
        x, y, wide = square
        geometry = {"type": "Polygon", "coordinates": [at(x, y, wide)]}
        return {"type": "Feature", "properties": {"place": place}, "geometry": geometry}

    # On the equator, so that degrees are alike both ways.
    near = [shape("Z1", 0, 0, 0.1), shape("Z2", 0.1, 0, 0.1), shape("Z3", 1, 0, 4)]
    apart = [shape("Z1", 0, 0, 2), shape("Z2", 2, 0, 2), shape("Z3", 0, 2, 2)]
    status = made.indicator_status()
    drawn = []
    for features in (near, apart):
        geojson = json.dumps({"type": "FeatureCollection", "features": features})
        chart = zone_map(studio(), status, geojson)
        assert chart
        drawn.append(chart)
    enlarged, plain = drawn
    assert "Rammen er forstørret nederst." in enlarged.subtitle
    assert "forstørret" not in plain.subtitle
    assert enlarged.height > plain.height
    for chart in drawn:  # each number once
        assert sorted(re.findall(r">(\d)</text>", chart.svg)) == ["1", "2", "3"]
