"""The page on where it burns says how the order came about, what counts, and what is missing."""

from __future__ import annotations

from dataclasses import replace

from jevn.challenges.overview_results import (
    AreaRank,
    AreaRanking,
    ImportanceLine,
    PlaceShares,
    ProfessionalJudgement,
    ThemeCoverage,
)
from jevn.challenges.results import Figure, StandardisedLevel, ZoneExcess
from jevn.publishing.dossier import Dossier, from_json, to_json
from jevn.publishing.environment import render_page
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.terms import LANGUAGES, EffortArea, Language, Message, Say
from unit.publishing import fixture_dossier as made

OPPVEKST, BOLIG = EffortArea("oppvekst"), EffortArea("bolig")


def full() -> Dossier:
    """The small dossier with a ranking, importance, themes, judgements and gaps."""
    d = made.dossier()
    assert d.challenges
    shares = PlaceShares((0.6, 0.4), 1, 2, 0.6, 1.0)
    ranking = AreaRanking(
        (
            AreaRank(OPPVEKST, 1, (("gradient", 2.0),), 2.0, 0.5, shares, shares, 0.6),
            AreaRank(BOLIG, 2, (), 0.0, 0.0, shares, shares, None),
        ),
        (EffortArea("fritid"),),
        2000,
        Message("challenges.ranking.few", {"n": 2}),
        (ImportanceLine(2.0, "Barn først", "Formannskapet", "2027-02-10", sign="gradient"),),
    )
    judged = ProfessionalJudgement(
        "skader", "", "Glatt føre", "Brudd hos eldre", "", "Kommuneoverlegen", "2027-01-20"
    )
    themes = (
        ThemeCoverage("befolkningssammensetning", (), population=True),
        ThemeCoverage("skader", (), ("trafikkskade",), judgement=judged),
        ThemeCoverage("helsetilstand", ("fullfort/vgs",)),
    )
    first, *others = d.challenges.areas
    lacks = (Message("challenges.lacks.old", {"n": 1, "of": 3}),)
    status, *rest = d.challenges.indicators
    assert status.level
    assert status.spread
    persons = Figure(410.0, 380.0, 440.0, note=Message("challenges.note.people_estimated"))
    status = replace(
        status,
        comparisons=tuple(replace(c, basis="standardised") for c in status.comparisons),
        standardised=StandardisedLevel(
            Figure(77.0, 75.0, 79.0), status.level, "standardised", "esp2013", ("0–17", "18+")
        ),
        people_affected=410.0,
        people=persons,
        certainty_reason=Message("challenges.certainty.why.old"),
        spread=replace(
            status.spread, excess=(ZoneExcess("median", Figure(44.0, 20.0, 70.0), True),)
        ),
    )
    return replace(
        d,
        challenges=replace(
            d.challenges,
            areas=(replace(first, gaps=lacks, professional=judged), *others),
            indicators=(status, *rest),
            ranking=ranking,
            themes=themes,
        ),
    )


def html(page: str, id: str | None = None, lang: Language = "nb") -> str:
    d = full()
    path, _ = StaticLinks(d, lang).path(page, id)
    links, say = StaticLinks(d, lang).at(path), Say(lang)
    return render_page(page, make_page(page, d, say, links, id), say=say, links=links)


def test_the_order_shows_all_its_parts_and_what_was_given_weight() -> None:
    text = " ".join(html("burns").split())
    assert "Hvor sikker er rekkefølgen?" in text
    assert "Sosial forskjell (vekt 2)" in text
    assert "Barn først" in text
    assert "Formannskapet" in text
    assert "importance.yaml" in text


def test_without_choices_it_is_said_that_everything_counts_alike() -> None:
    d = made.dossier()
    links = StaticLinks(d)
    page = make_page("burns", d, Say("nb"), links, None)
    text = render_page("burns", page, say=Say("nb"), links=links)
    assert "Hvor sikker er rekkefølgen?" not in text  # nothing to rank in the small dossier
    again = replace(full().challenges.ranking, importance=())  # type: ignore[union-attr, type-var]
    other = replace(full(), challenges=replace(full().challenges, ranking=again))  # type: ignore[type-var]
    page = make_page("burns", other, Say("nb"), links, None)
    assert "Alle tegn og indikatorer teller likt." in render_page(
        "burns", page, say=Say("nb"), links=links
    )


def test_the_six_themes_show_figures_judgement_and_what_is_not_written() -> None:
    text = " ".join(html("burns").split())
    assert "Folketall etter grupper" in text
    assert "Ingen tall" in text
    assert "Glatt føre" in text
    assert "Kommuneoverlegen, 20. januar 2027" in text
    assert "1 av 3 har gamle tall." in text


def test_an_indicator_shows_standardised_beside_crude_and_labels_estimates() -> None:
    text = " ".join(html("indicator", "fullfort/vgs").split())
    assert "Standardisert for alder" in text
    assert "er tallet 77,0" in text
    assert "europeiske standardbefolkningen 2013" in text
    assert "Uten standardisering: 79,4" in text
    assert "410 (380–440)" in text
    assert "Anslag: andelen i undersøkelsen" in text
    assert "44 (20–70)" in text
    assert "Målt mot sonen i midten. Anslag:" in text
    assert "Tallet er gammelt." in text


def test_all_languages_have_all_words_and_the_dossier_goes_to_json_and_back() -> None:
    for lang in LANGUAGES:
        assert html("burns", lang=lang)
        assert html("indicator", "fullfort/vgs", lang=lang)
    assert from_json(to_json(full())) == full()
