"""Sorting by word lists: invented sentences in bokmål and nynorsk, never a guess."""

from __future__ import annotations

import pytest

from jevn.participation.sorting import language_of, sort_text
from jevn.participation.sorting.patterns import Vocabulary
from jevn.participation.sorting.wordlists import word_lists
from jevn.terms import AREAS

# Sentences written for these tests, with the area each is first of all about.
SENTENCES = [
    ("Leksehjelp for de yngste elevene", "oppvekst"),
    ("Fleire tilsette i barnehagane som kan teiknspråk", "oppvekst"),
    ("Stopp mobbingen i friminuttene", "oppvekst"),
    ("Ta inn flere lærlinger hvert år", "arbeid"),
    ("Fleire lærlingplassar for dei utan fagbrev", "arbeid"),
    ("Heltidsstillinger til dem som vil ha det", "arbeid"),
    ("Ungdomsklubben må ha åpent i helgene", "fritid"),
    ("Eit band treng ein stad å øve, og korpset manglar instrument", "fritid"),
    ("Gratis utlån av ski", "fritid"),
    ("Sosialhjelpa må opp", "fattigdom"),
    ("Hjelp til dem som har fått for mye gjeld", "fattigdom"),
    ("Barnefattigdommen aukar i bygda", "fattigdom"),
    ("Bygg flere utleieboliger til store familier", "bolig"),
    ("Startlån til unge som vil kjøpe seg ein liten bustad", "bolig"),
    ("Vi manglar benkar og gatelys langs elva", "naermiljo"),
    ("Lavere fartsgrense forbi blokkene", "naermiljo"),
    ("Slå av skjenkingen tidligere", "levevaner"),
    ("Frisklivssentralen må ha kurs på kveldstid", "levevaner"),
    ("Røykfri inngang til alle hallar", "levevaner"),
    ("Kortere ventetid hos fastlegen", "helsetjenester"),
    ("Fysioterapeut som kjem heim til folk", "helsetjenester"),
    ("Oppfølging av dem som kommer ut av fengsel", "utsatte"),
    ("Ettervernet for rusavhengige er for kort", "utsatte"),
    ("Eldrerådet vil uttale seg før saken avgjøres", "deltakelse"),
    ("Frivillige treng ein plass å vere, og nokon å ringe til", "deltakelse"),
    ("Etatene må samarbeide bedre", "samordning"),
    ("Tenestene er lite samordna", "samordning"),
]


@pytest.mark.parametrize(("text", "area"), SENTENCES)
def test_first_area(text: str, area: str) -> None:
    found = sort_text(text)
    assert found.areas, text
    assert found.areas[0].value == area


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Takk for et hyggelig møte",
        "Kaffien var god",
        "Dette er viktig for oss alle",
        "???",
        "12 345",
        "Det tok lang tid før vi fikk svar på brevet",
    ],
)
def test_no_area_is_an_empty_answer(text: str) -> None:
    found = sort_text(text)
    assert found.areas == ()
    assert found.words == ()
    assert found.confidence == ()


def test_the_words_that_led_there_are_shown_as_written() -> None:
    found = sort_text("Gangveg med lys frå SKULEN til idrettshallen")
    words = {area.value: shown for area, shown in found.words}
    assert words["oppvekst"] == ("SKULEN",)
    assert words["naermiljo"] == ("Gangveg", "lys")
    assert words["fritid"] == ("idrettshallen",)


def test_a_word_that_only_looks_like_an_area_does_not_count() -> None:
    assert "arbeid" not in [a.value for a in sort_text("Forebyggende arbeid på tvers").areas]
    assert "arbeid" not in [a.value for a in sort_text("Et godt samarbeid").areas]
    assert "oppvekst" not in [a.value for a in sort_text("Flere plasser i kulturskolen").areas]
    assert "utsatte" not in [a.value for a in sort_text("Russetiden er for lang").areas]


def test_one_hint_is_not_enough_but_two_are() -> None:
    assert sort_text("Det er for dyrt").areas == ()
    assert [a.value for a in sort_text("Det er for dyrt når en har lite penger").areas] == [
        "fattigdom"
    ]


def test_the_same_word_in_several_forms_counts_once() -> None:
    once, thrice = sort_text("Skolen"), sort_text("Skolen, skolene og en skole")
    assert once.confidence == thrice.confidence


def test_a_heading_helps_but_weighs_less() -> None:
    text = "Flere kvelder i uka"
    assert sort_text(text).areas == ()
    under = sort_text(text, "Bibliotek")
    assert [a.value for a in under.areas] == ["fritid"]
    assert under.confidence[0][1] < sort_text("Bibliotek").confidence[0][1]


def test_confidence_grows_with_more_words() -> None:
    one = dict(sort_text("Mer til barnehagen").confidence)
    two = dict(sort_text("Mer til barnehagen og skolen").confidence)
    (area,) = one
    # 1 - 0.4 = 0.6 for one name and 1 - 0.4 * 0.4 = 0.84 for two.
    assert one[area] == pytest.approx(0.6)
    assert two[area] == pytest.approx(0.84)


@pytest.mark.parametrize(
    ("pattern", "word", "fits"),
    [
        ("skole", "skolene", True),
        ("skule", "skulane", True),
        ("skole", "skolemat", False),
        ("skole*", "skolematen", True),
        ("*skole", "ungdomsskolene", True),
        ("*skole", "skolegård", False),
        ("*barnehage*", "friluftsbarnehagene", True),
        ("rus*", "brus", False),
    ],
)
def test_patterns(pattern: str, word: str, fits: bool) -> None:
    assert bool(Vocabulary([pattern]).fits(word).every) is fits


def test_every_area_has_a_list_in_both_written_forms() -> None:
    lists = word_lists()
    kinds = {(w.area, w.kind) for w in lists.words}
    assert {(area, kind) for area in AREAS for kind in ("names", "hints")} <= kinds
    names = {w.text for w in lists.words if w.kind in ("names", "otherwise")}
    pairs = [
        ("skole", "skule"),
        ("arbeidsgiver*", "arbeidsgivar*"),
        ("fritidstilbud*", "fritid*"),
        ("fattig*", "fattig*"),
        ("bolig*", "bustad*"),
        ("turvei*", "turveg*"),
        ("matvane*", "levevane*"),
        ("helsetjeneste*", "helseteneste*"),
        ("sårbar*", "utsett"),
        ("deltakelse*", "deltaking*"),
        ("helhetlig*", "heilskapleg*"),
    ]
    assert [p for p in pairs if p[1] not in names] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eg ønskjer meg fleire stader der vi kan møtast utan at det kostar noko.", "nn"),
        ("Kommunen bør byggje ein park der borna kan leike heile året.", "nn"),
        ("Jeg ønsker meg flere steder der vi kan møtes uten at det koster noe.", "nb"),
        ("Kommunen bør bygge en park der barna kan leke hele året.", "nb"),
        ("Bedre buss", "unsure"),
        ("The municipality should build a park where children can play all year.", "en"),
        ("Kommunen borde bygga en park där barnen kan leka året runt och alla kan mötas.", "sv"),
        (
            "Vi ønsker os steder, hvor børnene kan lege, og de ældre kan mødes uden at betale.",
            "da",
        ),
        ("Gielda galgá hukset párkka gos mánát sáhttet stoahkat birra jagi ja buohkat.", "se"),
        ("", "unsure"),
    ],
)
def test_language_of_a_document(text: str, expected: str) -> None:
    assert language_of(text) == expected
