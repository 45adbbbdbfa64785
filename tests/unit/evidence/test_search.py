import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.evidence import EvidenceCatalogue, load_catalogue, search
from jevn.evidence.searching import folded


def _ids(catalogue: EvidenceCatalogue, words: str, lang: str = "nb") -> list[str]:
    return [h.id for h in search(catalogue, words, lang)]  # type: ignore[arg-type]


def test_the_entry_with_the_words_in_its_name_comes_first(catalogue: EvidenceCatalogue) -> None:
    assert _ids(catalogue, "gratis kjernetid")[0] == "gratis_kjernetid"
    assert _ids(catalogue, "frisklivssentral")[0] == "frisklivssentral"
    assert _ids(catalogue, "fritid")[0] == "fritid"


@pytest.mark.parametrize(
    "words", ["NÆRMILJØ møteplasser", "naermiljo moteplasser", "nærmiljø MØTE"]
)
def test_case_and_accents_do_not_matter(catalogue: EvidenceCatalogue, words: str) -> None:
    assert "moteplasser" in _ids(catalogue, words)


def test_every_word_must_be_found(catalogue: EvidenceCatalogue) -> None:
    both, one = _ids(catalogue, "barnehage språk"), _ids(catalogue, "barnehage")
    assert set(both) < set(one)
    assert "gratis_kjernetid" in both
    assert _ids(catalogue, "barnehage kvantefysikk") == []


def test_nothing_asked_finds_nothing(catalogue: EvidenceCatalogue) -> None:
    assert search(catalogue, "  !? ") == ()


def test_a_word_is_found_inside_a_longer_one_but_ranked_below_the_whole_word(
    catalogue: EvidenceCatalogue,
) -> None:
    hits = [h for h in search(catalogue, "helsetjeneste") if h.kind == "intervention"]
    order = [h.id for h in hits]
    assert "skolehelsetjeneste" in order
    assert order.index("skolehelsesenter") < order.index("skolehelsetjeneste")


def test_sources_are_found_by_author_and_year_and_interventions_by_their_source(
    catalogue: EvidenceCatalogue,
) -> None:
    found = _ids(catalogue, "Baxter 2019")
    assert {"baxter2019", "housing_first"} <= set(found)
    assert found[0] == "baxter2019"


def test_the_language_asked_for_is_the_one_searched(catalogue: EvidenceCatalogue) -> None:
    assert "barnehage_universell" in _ids(catalogue, "kindergarten quality", "en")
    assert "barnehage_universell" not in _ids(catalogue, "kindergarten quality", "nb")
    assert "heltidskultur" in _ids(catalogue, "arbeidsmiljø inntekt", "nn")


def test_every_kind_of_entry_can_be_found(catalogue: EvidenceCatalogue) -> None:
    words = ("bolig", "universelle strukturelle", "dødelighet", "valgdeltakelse", "kampanjer")
    kinds = {h.kind for w in words for h in search(catalogue, w)}
    assert kinds >= {"area", "principle", "effect_size", "indicator", "direction", "intervention"}


def test_scores_fall(catalogue: EvidenceCatalogue) -> None:
    scores = [h.score for h in search(catalogue, "helse")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 20


NAMES = [(i.id, i.name.nb) for a in load_catalogue().areas for i in a.interventions]


@given(st.data())
def test_an_intervention_is_found_by_any_words_of_its_name_in_any_case_and_order(
    data: st.DataObject,
) -> None:
    id, name = data.draw(st.sampled_from(NAMES))
    words = data.draw(st.lists(st.sampled_from(folded(name)), min_size=1, max_size=4))
    text = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(" ".join(words))
    assert id in _ids(load_catalogue(), text)
