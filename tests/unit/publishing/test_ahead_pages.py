"""The years ahead: what readers meet of the projection, on pages and in charts."""

from __future__ import annotations

import dataclasses

import pytest

from jevn.publishing.charts import Studio, drivers_chart, gains_chart, groups_chart, plane_chart
from jevn.publishing.charts.ahead import three, with_limits
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page, page_list
from jevn.publishing.pages.ahead import AheadPage
from jevn.publishing.pages.ahead_side import rough
from jevn.publishing.pages.alternatives import AlternativesPage
from jevn.terms import Say
from unit.publishing import fixture_dossier as made
from unit.publishing.fixture_ahead import drawn, projection

NB = Say("nb")
TITLES = {"zero": "Som i dag", "tidlig": "Tidlig innsats"}


def ahead() -> AheadPage:
    d = made.dossier()
    page = make_page("ahead", d, NB, StaticLinks(d), "tidlig")
    assert isinstance(page, AheadPage)
    return page


def overview() -> AlternativesPage:
    d = made.dossier()
    page = make_page("alternatives", d, NB, StaticLinks(d))
    assert isinstance(page, AlternativesPage)
    return page


def test_numbers_are_shown_with_three_figures() -> None:
    assert three(323.44, NB) == "323"
    assert three(53.27, NB) == "53,3"
    assert three(4.321, NB) == "4,32"
    assert three(2.0, NB) == "2"
    assert three(0.004, NB) == "0"
    assert three(7283.2, NB) == "7\xa0280"
    assert three(-0.001, NB) == "0", "a small loss is not shown as minus nought"
    assert with_limits(drawn(3.0, -1.0, 8.0), NB) == "3 (−1 til 8)"
    assert with_limits(drawn(3.0, 1.0, 8.0), NB) == "3 (1–8)"
    assert with_limits(drawn(3.0, 3.0, 3.0), NB) == "3"


def test_kroner_that_are_estimated_have_two_figures() -> None:
    assert rough(140_419, NB) == "140\xa0000 kr"
    assert rough(1_174_818, NB) == "1,2 mill. kr"
    assert rough(7, NB) == "7 kr"


def test_a_probability_is_never_said_to_be_certain() -> None:
    assert NB.chance(1.0) == "over 99\xa0%"
    assert NB.chance(0.0) == "under 1\xa0%"
    assert NB.chance(0.97) == "97\xa0%"
    row = overview().ahead.table.rows[1]  # type: ignore[union-attr]
    assert any("over 99" in c.detail for c in row.cells)


def test_every_alternative_but_the_zero_one_has_its_page() -> None:
    d = made.dossier()
    assert ("ahead", "tidlig") in page_list(d)
    assert ("ahead", "zero") not in page_list(d)
    for id in ("zero", "finnes-ikke"):
        with pytest.raises(KeyError):
            make_page("ahead", d, NB, StaticLinks(d), id)
    links = [a.ahead for a in overview().alternatives]
    assert links == [None, "over-tid/tidlig.html"]


def test_without_a_projection_there_is_no_section_and_no_page() -> None:
    d = dataclasses.replace(made.dossier(), projection=None)
    page = make_page("alternatives", d, NB, StaticLinks(d))
    assert page.ahead is None
    assert [a.ahead for a in page.alternatives] == [None, None]
    assert "ahead" not in {name for name, _ in page_list(d)}
    with pytest.raises(KeyError):
        make_page("ahead", d, NB, StaticLinks(d), "tidlig")


def test_cannot_tell_is_said_with_both_limits() -> None:
    page = ahead()
    assert "Kan ikke si" in page.tags[0].text
    assert "−105 til 876" in page.answer[0]
    assert "Forskjellen blir mindre" in page.tags[1].text


def test_a_loss_is_counted_and_called_a_loss() -> None:
    page = ahead()
    row = next(r for r in page.outcomes.rows if "fullf" in r.cells[0].text.lower())
    assert row.cells[1].text == "−1\xa0230 (−1\xa0500 til −900)"
    assert row.cells[3].tag is not None
    assert row.cells[3].tag.text == "tap"
    assert "Ingen beregnet virkning på: ensomhet" in page.unmoved


def test_who_gains_and_who_loses_stands_in_words() -> None:
    studio = Studio.of(made.dossier(), NB)
    found = projection().alternatives[1]
    chart = groups_chart(studio, found, "education", {})
    assert chart is not None
    assert chart.title == "Mest til: Grunnskole"
    words = [row[-1] for row in chart.table.rows]
    assert words == ["gevinst", "tap", "kan ikke si"]
    assert "kan ikke si" in chart.svg
    assert groups_chart(studio, projection().alternatives[0], "education", {}) is None
    assert groups_chart(studio, found, "income", {}) is None


def test_inequality_stands_before_and_after() -> None:
    table = ahead().equity
    assert table is not None
    early, school = table.rows
    assert [c.text for c in early.cells[1:4]] == ["682", "437", "233"]
    assert early.cells[1].detail == "med alternativet: 681,8"
    assert early.cells[4].detail == "627 per 100 000, endres med −2"
    assert early.cells[4].tag is not None
    assert school.cells[4].tag is not None
    assert school.cells[4].tag.text == "Forskjellen blir større"


def test_welfare_is_told_in_days() -> None:
    table = ahead().welfare
    assert table is not None
    fairer = table.rows[1].cells[3]
    assert fairer.text == "3,65", "0.01 years are 3.65 days"
    assert fairer.detail == "0–7,30", "limits that round to nought have no minus"


def test_money_says_what_it_could_have_given_elsewhere() -> None:
    facts = {f.term: f for f in ahead().money}
    assert facts["For staten"].text == "−39,1 mill. kr"
    assert facts["For staten"].detail == "−96,2 mill. kr til −13,1 mill. kr"
    assert facts["Kommunens kroner per friskt leveår"].text == "140\xa0000 kr"
    assert "275" in facts["Friske leveår samme penger kunne gitt ellers"].detail
    assert facts["For brukerne"].detail == ""


def test_what_is_passed_on_stands_with_both_lines() -> None:
    page = ahead()
    assert page.generations is not None
    assert [c.text for c in page.generations.rows[0].cells] == [
        "Barna deres",
        "0,40 (0,10–1,20)",
        "0",
        "2,10",
    ]
    assert "20" in page.inherited


def test_the_numbers_that_move_the_answer_are_named() -> None:
    studio = Studio.of(made.dossier(), NB)
    names = {"weight:los": ("Hvor mye helse tilstanden koster", "Ensomhet")}
    chart = drivers_chart(studio, projection().alternatives[1], names)
    assert chart is not None
    assert chart.table.rows == (("Hvor mye helse tilstanden koster: Ensomhet", 567.0, 202.0),)
    assert drivers_chart(studio, projection().alternatives[0], names) is None


def test_nothing_to_show_gives_no_chart() -> None:
    studio, p = Studio.of(made.dossier(), NB), projection()
    still = dataclasses.replace(p, alternatives=p.alternatives[:1])
    assert gains_chart(studio, still, TITLES) is None
    assert plane_chart(studio, still, TITLES) is None
    both = gains_chart(studio, p, TITLES), plane_chart(studio, p, TITLES)
    assert all(chart is not None for chart in both)
    assert both[0] is not None
    assert [row[4] for row in both[0].table.rows] == ["ingen virkning", "kan ikke si"]


def test_judged_changes_are_named_as_not_counted() -> None:
    items = {i.text: i.detail for i in ahead().actions}
    assert "53,3 (29–90)" in items["Endring los"]
    assert items["Endring bolig"] == "Bare vurdert faglig: ikke med i tallene."
