"""What professionals write, the six themes, certainty, and what is missing."""

from __future__ import annotations

import pytest
import yaml

from jevn.challenges import (
    Choices,
    Judgements,
    Sign,
    judgements_data,
    read_importance,
    read_professional_judgements,
)
from jevn.challenges.overview_results import ProfessionalJudgement
from jevn.challenges.themes import THEMES, theme_of
from jevn.evidence import overview_themes
from jevn.tables.yamlfile import YamlDocument
from jevn.terms import AREAS, LANGUAGES, EffortArea, InputRefused, Say
from unit.challenges.small import COUNTRY, HOME, gap_keys, profile, row, status

ARBEID = EffortArea.ARBEID


def document(text, name="judgements.yaml"):
    return YamlDocument(name, yaml.safe_load(text), {})


def refused(act):
    with pytest.raises(InputRefused) as caught:
        act()
    return [p.id for p in caught.value.problems]


def test_free_text_of_areas_is_read_as_before():
    found = read_professional_judgements(document("bolig: Mange leier.\narbeid: ' Få søker. '"))
    assert found.areas == (
        ProfessionalJudgement("bolig", "Mange leier."),
        ProfessionalJudgement("arbeid", "Få søker."),
    )
    assert judgements_data(found) == {"bolig": "Mange leier.", "arbeid": "Få søker."}


def test_causes_consequences_and_resources_of_areas_and_themes_are_read_and_written_back():
    text = """
areas:
  bolig:
    {causes: Dyrt, consequences: Flytting, resources: Startlån, by: Sjef, date: 2027-01-15}
  arbeid: Fri tekst
themes:
  skader: {causes: Glatt føre}
"""
    found = read_professional_judgements(document(text))
    first = found.areas[0]
    assert (first.causes, first.by, first.date) == ("Dyrt", "Sjef", "2027-01-15")
    assert first.paragraphs == ("Dyrt", "Flytting", "Startlån")
    assert found.themes[0].missing == ("consequences", "resources")
    again = YamlDocument("judgements.yaml", judgements_data(found), {})
    assert read_professional_judgements(again) == found


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("areas: {boligg: tekst}", "yaml_choice"),
        ("themes: {bolig: tekst}", "yaml_choice"),
        ("areas: {bolig: {causes: x, oops: y}}", "yaml_unknown"),
        ("boligg: tekst", "yaml_choice"),
        ("- tekst", "yaml_value"),
    ],
)
def test_odd_judgements_are_refused(text, id):
    assert id in refused(lambda: read_professional_judgements(document(text)))


def test_importance_needs_a_reason_somebody_and_something():
    def read(text):
        return read_importance(document(text, "importance.yaml"))

    (line,) = read("- {sign: gradient, weight: 2, reason: Ulikhet, by: Rådet, date: 2027-02-10}")
    assert (line.weight, line.sign, line.date) == (2.0, "gradient", "2027-02-10")
    assert refused(lambda: read("- {weight: 2, reason: x, by: y}")) == ["importance_of_nothing"]
    twice = "- {sign: level, weight: 2, reason: x, by: y}\n" * 2
    assert refused(lambda: read(twice)) == ["importance_twice"]
    assert refused(lambda: read("- {sign: level, weight: 2, by: y}")) == ["yaml_missing"]
    assert refused(lambda: read("- {sign: people, weight: 2, reason: x, by: y}")) == ["yaml_choice"]
    assert refused(lambda: read("- {sign: level, weight: -1, reason: x, by: y}")) == ["yaml_value"]


def test_the_judgement_of_an_area_stands_with_its_parts_and_as_one_text():
    written = ProfessionalJudgement("arbeid", "", "Få jobber", "", "Nav", "Nav-leder")
    found = profile([], choices=Choices(areas=(written,))).area(ARBEID)
    assert found.professional == written
    assert found.judgement == "Få jobber\n\nNav"


def test_the_six_themes_are_those_of_the_evidence_catalogue():
    assert [t[0] for t in overview_themes().items] == list(THEMES)
    for lang in LANGUAGES:
        assert all(Say(lang)(f"challenges.theme.{t}") for t in THEMES)


def test_a_theme_is_covered_by_figures_by_population_and_by_judgement():
    people = [{"place": HOME, "year": 2024, "age": "0-17", "persons": 9}]
    judged = Judgements(themes=(ProfessionalJudgement("skader", causes="Glatt"),))
    several = [{"indicator": "trafikkskade", "area": "naermiljo"}, {"indicator": "royking"}]
    found = profile(
        [row(cases=5, of=70), row(indicator="trafikkskade", cases=5, of=70)],
        population=people,
        several=several,
        choices=Choices(themes=judged.themes),
    )
    themes = {t.theme: t for t in found.themes}
    assert list(themes) == list(THEMES)
    assert themes["befolkningssammensetning"].population
    assert themes["skader"].indicators == ("trafikkskade",)
    assert themes["skader"].missing == ("consequences", "resources")
    assert themes["atferd"].without_figures == ("royking",)
    assert not themes["atferd"].has_figures
    assert not themes["helsetilstand"].has_figures


def test_an_indicator_s_own_theme_goes_before_that_of_its_id_and_area():
    own = {"indicator": "trafikkskade", "area": "naermiljo"}
    found = profile([], indicators=own).indicators[0].indicator
    assert theme_of(found) == "skader"
    found = profile([], indicators=own | {"theme": "miljo"}).indicators[0].indicator
    assert theme_of(found) == "miljo"
    for area in AREAS:
        found = profile([], indicators={"area": area.value}).indicators[0].indicator
        assert theme_of(found) in THEMES


def test_an_old_figure_is_said_to_be_old_and_is_not_sure():
    rows = [row(year=2020, cases=56, of=70)]
    rows += [
        row(year=2020, cases=c, of=500, dimension="education", group=g)
        for g, c in (("basic", 200), ("higher", 50))
    ]
    fresh = status(rows, choices=Choices(year=2024))
    assert (fresh.certainty, fresh.certainty_reason.key[-4:]) == (Sign.BETTER, "sure")
    old = status(rows, choices=Choices(year=2025))
    assert "old" in gap_keys(old)
    assert (old.certainty, old.certainty_reason.key[-3:]) == (Sign.SAME, "old")


def test_a_figure_for_the_country_alone_is_said_to_be_that():
    found = profile([row(COUNTRY, cases=56, of=70)])
    one = found.indicator("i")
    assert "only_national" in gap_keys(one)
    assert one.certainty is Sign.WORSE
    assert one.certainty_reason.key == "challenges.certainty.why.only_national"
    gaps = {m.key: m.params for m in found.area(ARBEID).gaps}
    assert gaps["challenges.lacks.level"] == {"n": 1, "of": 1}
    empty = found.area(EffortArea.BOLIG)
    assert [m.key for m in empty.gaps] == ["challenges.lacks.indicators"]


def test_an_odd_age_of_an_indicator_is_refused():
    assert refused(lambda: profile([], indicators={"ages": "voksne"})) == ["indicator_ages"]
