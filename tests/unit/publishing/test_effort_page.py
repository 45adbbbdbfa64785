"""The effort page: others, who gets it, zones, evidence, questions to raise."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from jevn.effort.results import (
    ComparedPlace,
    EffortGap,
    EffortProfile,
    NeedEffortPoint,
    UseGradient,
    ZoneEffort,
    ZonePoint,
)
from jevn.publishing.chart import Chart
from jevn.publishing.charts import Studio, needeffort, render
from jevn.publishing.charts.spending import spending_chart, spending_years_chart
from jevn.publishing.charts.strength import strength_chart, strength_of_money
from jevn.publishing.charts.usegradient import lean, use_chart
from jevn.publishing.charts.zoneneed import zone_need_chart, zone_need_map
from jevn.publishing.dossier import Dossier, from_json, to_json
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.effort import effort_page
from jevn.terms import LANGUAGES, Language, LocalText, Message, Reach, Say, SocialDimension
from unit.publishing import fixture_dossier as made

SAID = Message("impact.zone_need.unknown", {"zone": "Furulia"})


def use(value: float, lower: float, upper: float) -> tuple[UseGradient, ...]:
    return (
        UseGradient(
            SocialDimension.EDUCATION,
            (("basic", 10.0),),
            (("basic", 20.0),),
            value,
            lower=lower,
            upper=upper,
        ),
    )


def effort() -> EffortProfile:
    base = made.effort()
    first, second = base.areas
    years = tuple((y, 6000.0 + 100 * (y - 2024)) for y in (2024, 2025, 2026))
    return replace(
        base,
        areas=(
            replace(
                first,
                comparison=("KG",),
                compared=(ComparedPlace("KG", years), ComparedPlace("0", years[1:])),
                years_per_inhabitant=years,
                use=use(-0.3, -0.35, -0.25),
                by_strength=(("A", 100.0), ("C", 50.0), ("E", 25.0), ("none", 25.0)),
            ),
            replace(
                second,
                comparison=("KG",),
                comparison_per_inhabitant=400.0,
                compared=(ComparedPlace("KG", years),),
                years_per_inhabitant=years,
                use=use(0.1, -0.05, 0.25),
            ),
        ),
        zones=tuple(
            ZoneEffort(
                z, 9000.0, 9000.0 * nok, nok, 90.0, 10.0,
                ((made.OPPVEKST, 9000.0 * nok),), ("los/1",), ((Reach.TARGETED, 9000.0 * nok),),
            )
            for z, nok in (("Z1", 10.0), ("Z2", 30.0), ("Z3", 20.0))
        ),
        unplaced_nok=2_000_000.0,
    )  # fmt: skip


def point(place: str, worse: int, nok: float, corner: str) -> ZonePoint:
    areas = ((made.OPPVEKST, worse, 10, nok),)
    return ZonePoint(place, f"Sone {place}", worse / 10, worse, 10, nok, 10.0, corner, SAID, areas)


POINTS = (
    point("Z1", 8, 10.0, "high_need_low_effort"),
    point("Z2", 2, 30.0, "low_need_high_effort"),
    point("Z3", 0, 20.0, "low_need_high_effort"),
)
GAPS = (
    EffortGap("zone", "Z1", LocalText("Sone Z1"), None, None, SAID),
    EffortGap("evidence", "bolig.forst", LocalText("Bolig først"), made.BOLIG, None, SAID),
    EffortGap("no_link", "los/1", LocalText("Loser"), made.OPPVEKST, 2_400_000.0, SAID),
)


def dossier() -> Dossier:
    return replace(made.dossier(), effort=effort(), zone_need=POINTS, effort_gaps=GAPS)


def names(id: str) -> str:
    return {"KG": "sammenlignbare kommuner", "0": "Norge"}[id]


def charts(lang: Language = "nb") -> list[Chart]:
    at, e = Studio.of(dossier(), Say(lang)), effort()
    found = [
        spending_chart(at, e, names),
        spending_years_chart(at, e, names),
        use_chart(at, e),
        strength_chart(at, e),
        zone_need_chart(at, POINTS, e),
        zone_need_map(at, POINTS, e, made.geojson()),
    ]
    assert all(c is not None for c in found)
    return [c for c in found if c is not None]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_has_finding_summary_and_table(lang: Language) -> None:
    for chart in charts(lang):
        assert chart.title, chart.id
        assert chart.subtitle, chart.id
        assert chart.summary, chart.id
        assert {len(r) for r in chart.table.rows} == {len(chart.table.headings)}, chart.id
        assert not re.search(r"[{}]", chart.title + chart.subtitle + chart.summary), chart.id


def test_pictures_fit_a_phone_with_letters_large_enough() -> None:
    for chart in charts():
        assert chart.width <= 480, (chart.id, chart.width)
        sizes = [float(x) for x in re.findall(r'font-size="([\d.]+)', chart.svg)]
        assert min(sizes) >= 12, chart.id


def test_pictures_hold_against_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    import altair

    specs: list[dict[str, Any]] = []
    original = render.svg

    def kept(spec: dict[str, Any], *rest: Any) -> Any:
        specs.append(spec)
        return original(spec, *rest)

    monkeypatch.setattr("jevn.publishing.charts.context.svg", kept)
    charts()
    assert len(specs) == 6
    for spec in specs:
        form = altair.HConcatChart if "hconcat" in spec else altair.LayerChart
        form.from_dict(spec, validate=True)


def test_the_line_of_need_parts_the_areas_as_their_corners_say() -> None:
    points = [
        NeedEffortPoint(made.OPPVEKST, 0.9, 0.9, 1.0, "high_need_low_effort", SAID),
        NeedEffortPoint(made.BOLIG, 0.6, 0.8, 1.0, "low_need_low_effort", SAID),
    ]
    assert needeffort._between(points) == pytest.approx(0.75)
    assert needeffort._between(points[:1]) == 0.5


def test_titles_say_what_was_found() -> None:
    titles = {c.id: c.title for c in charts()}
    assert (
        titles["effort-compared"]
        == "Vi bruker mer enn sammenlignbare kommuner på bolig og oppvekst"
    )
    assert titles["effort-spending"] == "I 2026 brukte vi like mye per innbygger som sammenlignbare kommuner"  # fmt: skip  # noqa: E501
    assert titles["effort-zones"] == "Stort behov og lav innsats: Sone Z1"
    assert titles["effort-use-education"].startswith("I 1 av 2 områder")
    assert titles["effort-strength"].startswith("50\xa0%")


def test_the_limits_of_the_index_say_whom_it_goes_to() -> None:
    assert [lean(use(*v)[0]) for v in ((-0.3, -0.4, -0.2), (0.1, -0.1, 0.3), (0.2, 0.1, 0.3))] == [
        "poor",
        "even",
        "rich",
    ]


def test_money_is_told_by_kind_of_evidence() -> None:
    found = strength_of_money(effort())
    assert found["oppvekst"] == {
        "strong": 100.0,
        "weak": 50.0,
        "ungraded": 0,
        "without_effect": 25.0,
        "none": 25.0,
    }
    assert sum(found["bolig"].values()) == 0


def test_places_are_summed_only_over_years_that_every_area_has() -> None:
    chart = charts()[1]
    assert chart.table.headings[1:] == ("Prøveby", "sammenlignbare kommuner")
    assert chart.table.rows[0] == ("2024", 12_000, 12_000)


def test_the_page_holds_every_part() -> None:
    d = dossier()
    page = effort_page(Desk(d, Say("nb"), StaticLinks(d, "nb").at("innsats.html")))
    assert page.begun
    assert page.zone_table is not None
    assert [r.cells[0].text for r in page.zone_table.rows] == ["Sone Z1", "Sone Z2", "Sone Z3"]
    assert "2,0 mill. kr" in page.zone_text
    assert [len(g.items) for g in page.gaps] == [1, 1, 1]
    assert page.gaps[2].items[0].url == "#t-" + page.services.rows[0].anchor.removeprefix("t-")  # type: ignore[union-attr]
    assert "ikke fordelt" in page.residual
    assert page.compared
    assert page.evidence
    assert len(page.zones) == 2


def test_without_zones_and_gaps_those_parts_are_left_out() -> None:
    d = made.dossier()
    page = effort_page(Desk(d, Say("nb"), StaticLinks(d, "nb").at("innsats.html")))
    assert page.begun
    assert (page.zone_table, page.zones, page.gaps, page.evidence) == (None, (), (), None)


def test_zones_without_any_money_placed_are_not_drawn() -> None:
    at, points = (
        Studio.of(dossier(), Say("nb")),
        tuple(replace(p, per_inhabitant=0.0) for p in POINTS),
    )
    assert zone_need_chart(at, points, effort()) is None
    assert zone_need_map(at, points, effort(), made.geojson()) is None


def test_a_dossier_with_zones_and_gaps_is_the_same_read_back() -> None:
    assert from_json(to_json(dossier())) == dossier()
