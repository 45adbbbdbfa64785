"""Properties every entry has, checked independently of the loader."""

import dataclasses
from collections.abc import Iterator

import pytest

from jevn.evidence import EvidenceCatalogue, load_catalogue, suppression_rules, vocabulary
from jevn.terms import Criterion, EffortArea, LocalText, Say
from jevn.terms.language import text_entry, text_keys


def _texts(value: object, path: str = "") -> Iterator[tuple[str, LocalText]]:
    if isinstance(value, LocalText):
        yield path, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        here = f"{path}/{getattr(value, 'id', type(value).__name__)}"
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{here}.{field.name}")
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, path)


def test_every_text_stands_in_bokmal_and_english(catalogue: EvidenceCatalogue) -> None:
    found = list(_texts(catalogue))
    assert len(found) > 1000
    missing = [path for path, text in found if not text.nb.strip() or not (text.en or "").strip()]
    assert missing == []


def test_names_directions_and_rationales_stand_in_nynorsk(catalogue: EvidenceCatalogue) -> None:
    for area in catalogue.areas:
        texts = [area.rationale, *(d.text for d in area.directions)]
        texts += [i.name for i in area.interventions] + [x.name for x in area.indicators]
        texts += [text for i in area.interventions for text in (i.grade, *i.determinants)]
        texts += [e.outcome for i in area.interventions for e in i.effects]
        assert all(text.nn for text in texts)


def test_nynorsk_has_none_of_the_commonest_bokmal_words(catalogue: EvidenceCatalogue) -> None:
    words = {"ikke", "fra", "skole", "skolen", "bolig", "hvordan", "være", "hva", "hvem"}
    words |= {"noen", "mer", "bare", "tjenester", "forskjell", "uten", "hver"}
    for path, text in _texts(catalogue):
        assert not words & set((text.nn or "").casefold().replace(",", " ").split()), path


def test_every_source_that_is_named_exists(catalogue: EvidenceCatalogue) -> None:
    known = {s.id for s in catalogue.sources}
    named: set[str | None] = set()
    for area in catalogue.areas:
        named |= set(area.rationale_sources)
        named |= {id for d in area.directions for id in d.sources}
        named |= {x.source for x in area.indicators}
        for i in area.interventions:
            named |= {i.grade_source, i.equity_source, *i.sources}
            named |= {e.source for e in i.effects}
    named |= {id for p in catalogue.principles for id in p.sources}
    named |= {e.source for e in catalogue.effect_sizes}
    named |= {t.source for t in vocabulary()} | {suppression_rules().source}
    assert named - {None} <= known


def test_an_ungraded_intervention_cites_no_grade(catalogue: EvidenceCatalogue) -> None:
    for i in (i for a in catalogue.areas for i in a.interventions):
        assert i.grade_source is not None or i.strength in ("U", "D"), i.id


def test_a_direction_has_no_number_and_a_scale_has_one(catalogue: EvidenceCatalogue) -> None:
    for size in catalogue.effect_sizes:
        if size.scale != "none":
            assert size.value is not None, size.id
        if size.lower is not None:
            assert size.upper is not None
            assert size.value is not None
            assert size.lower <= size.value <= size.upper, size.id


def test_the_bare_id_of_a_row_means_its_first_number(catalogue: EvidenceCatalogue) -> None:
    size = catalogue.effect_size("es36")
    assert size is not None
    assert (size.id, size.value, size.scale, size.interventions) == ("es36a", 9.5, "RD", ("ips",))
    assert catalogue.effect_size("es17") is not None
    assert catalogue.effect_size("es99") is None


def test_coordination_is_made_of_what_the_other_areas_say(catalogue: EvidenceCatalogue) -> None:
    area = catalogue.area(EffortArea.SAMORDNING)
    assert {i.id for i in area.interventions} == {"bti", "samordnet_familie", "fordelingssjekk"}
    assert all(i.also_areas for i in area.interventions)
    other = {f for a in catalogue.areas if a != area for f in a.kostra_functions}
    assert set(area.kostra_functions) <= other
    assert EffortArea.SAMORDNING not in {a for a, _ in catalogue.coverage}  # never coded


def test_an_area_shows_its_own_interventions_first_then_those_that_also_concern_it(
    catalogue: EvidenceCatalogue,
) -> None:
    found = catalogue.interventions_for(EffortArea.UTSATTE)
    areas = [i.area == EffortArea.UTSATTE for i in found]
    assert areas == sorted(areas, reverse=True)
    assert {"act_fact", "bti", "ips"} <= {i.id for i in found}
    assert len(found) == len({i.id for i in found})


def test_findings_are_phrases_with_unit_and_interval(catalogue: EvidenceCatalogue) -> None:
    housing = catalogue.intervention("housing_first")
    fees = catalogue.intervention("okonomisk_raad_helse")
    school = catalogue.intervention("aktiv_skole")
    assert housing is not None
    assert fees is not None
    assert school is not None
    assert [e.finding and e.finding.nb.replace("\xa0", " ") for e in housing.effects] == [
        "2,46 (95 % KI 1,58 til 3,84)",
        "1,24 (95 % KI 0,86 til 1,62)",
        "0,63 (95 % KI 0,48 til 0,82)",
        "0,76 (95 % KI 0,70 til 0,83)",
        "−88 prosent",
    ]
    assert fees.effects[0].finding is not None
    assert fees.effects[0].finding.en == "2,757 GBP per person and year"
    assert school.effects[0].finding is not None
    assert school.effects[0].finding.en == "4.7 minutes per day (95% CI 0.6 to 8.8)"


def test_every_code_has_words_in_three_languages(catalogue: EvidenceCatalogue) -> None:
    say = Say("nb")
    keys = {f"evidence.strength.{s}{end}" for s in "ABCDEU" for end in ("", ".about")}
    for area in catalogue.areas:
        for i in area.interventions:
            keys |= {f"evidence.equity.{i.equity}", f"evidence.cost.{i.cost}"}
            keys |= {f"evidence.equity.{i.equity}.about", f"evidence.lead.{i.lead_time}"}
        for x in area.indicators:
            keys |= {f"evidence.level.{level}" for level in x.levels}
            keys |= {f"evidence.stratum.{k}" for k, _ in x.strata}
            keys |= {f"evidence.available.{v}" for _, v in x.strata}
            keys.add(f"evidence.indicator_kind.{x.kind}")
    keys |= {f"evidence.source_kind.{s.kind}" for s in catalogue.sources}
    keys |= {f"evidence.scale.{e.scale}" for e in catalogue.effect_sizes}
    keys |= {f"evidence.design.{e.design or 'unknown'}" for e in catalogue.effect_sizes}
    keys |= {f"evidence.coverage.{n}" for _, row in catalogue.coverage for _, n in row}
    assert [key for key in sorted(keys) if not say.has(key)] == []


def test_every_text_of_the_room_is_complete_and_every_problem_has_a_remedy() -> None:
    own = [k for k in text_keys() if k.startswith(("evidence.", "problem.evidence_"))]
    assert len(own) > 100
    for key in own:
        entry = text_entry(key)
        assert set(entry) == {"nb", "nn", "en"}, key
        assert all(entry.values()), key
    problems = [k for k in own if k.startswith("problem.") and not k.endswith(".remedy")]
    assert all(f"{key}.remedy" in own for key in problems)


def test_assessment_criteria_are_those_of_the_house() -> None:
    from jevn.evidence import assessment_criteria

    assert [id for id, _ in assessment_criteria().items] == [c.value for c in Criterion]


def test_the_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


@pytest.mark.parametrize("id", ["heltidskultur", "iko"])
def test_ungraded_and_ineffective_interventions_are_kept(
    catalogue: EvidenceCatalogue, id: str
) -> None:
    found = catalogue.intervention(id)
    assert found is not None
    assert found.strength in ("U", "E")
