from pathlib import Path

import pytest

from jevn.evidence.loading import load_folder
from jevn.terms import InputRefused, Problem


def _broken(folder: Path, name: str, old: str, new: str) -> tuple[Problem, ...]:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputRefused) as refused:
        load_folder(folder)
    for lang in ("nb", "nn", "en"):
        assert all(p.what(lang) and p.remedy(lang) for p in refused.value.problems)
    return refused.value.problems


BOLIG, SOURCES = "bolig.yaml", "sources.yaml"
SIZES, REVIEWS = "effect_sizes.yaml", "reviews.yaml"
HF = "interventions.housing_first"
CASES = [
    (BOLIG, "strength: A", "strength: Z", "yaml_choice", HF + ".strength"),
    (BOLIG, "reach: targeted", "reach: somewhere", "yaml_choice", HF + ".reach"),
    (BOLIG, "    cost: high\n", "    costs: high\n", "yaml_unknown", HF + ".costs"),
    (BOLIG, "    reach: targeted\n", "", "yaml_missing", HF + ".reach"),
    (
        BOLIG,
        "grade_source: baxter2019",
        "grade_source: baxter",
        "evidence_source_unknown",
        HF + ".grade_source",
    ),
    (BOLIG, "    grade_source: baxter2019\n", "", "evidence_grade_source", HF),
    (BOLIG, "lower: 1.58", "lower: 15.8", "evidence_limits", HF + ".effects.1"),
    (BOLIG, "        lower: 1.58\n", "", "evidence_limits_half", HF + ".effects.1"),
    (BOLIG, "id: leie_til_eie\n", "id: housing_first\n", "evidence_duplicate", HF + ".id"),
    (
        BOLIG,
        "id: leie_til_eie\n",
        "id: Leie til eie\n",
        "evidence_id",
        "interventions.Leie til eie.id",
    ),
    (BOLIG, "area: bolig", "area: arbeid", "evidence_area_file", "area"),
    (BOLIG, '"243"', '"2430"', "evidence_function", HF + ".kostra_functions.1"),
    (BOLIG, '"11.1"', '"elleve"', "evidence_target", "sdg_targets.1"),
    (SOURCES, "year: 2014", "year: 20144", "evidence_year", "sources.dahl2014.year"),
    (
        SOURCES,
        'url: "https://docslib.org',
        'url: "docslib.org',
        "evidence_link",
        "sources.dahl2014.url",
    ),
    (SOURCES, "kind: review", "kind: rumour", "yaml_choice", "sources.dahl2014.kind"),
    (SIZES, "value: 8.4", "value: many", "yaml_value", "effect_sizes.es01a.value"),
    (SIZES, "    value: 8.4\n", "", "evidence_value_missing", "effect_sizes.es01a"),
    (
        SIZES,
        "[housing_first]",
        "[housing_last]",
        "evidence_intervention_unknown",
        "effect_sizes.es21a.interventions.1",
    ),
    (REVIEWS, "[2, 2, 2, 2, 2, 2, 2]", "[2, 2]", "evidence_coverage", "coverage.oppvekst"),
    (
        REVIEWS,
        "[2, 2, 2, 2, 2, 2, 2]",
        "[2, 2, 2, 2, 2, 2, 3]",
        "yaml_choice",
        "coverage.oppvekst.7",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "id", "entry"), CASES)
def test_a_fault_names_file_line_entry_and_field(
    copied: Path, name: str, old: str, new: str, id: str, entry: str
) -> None:
    problems = _broken(copied, name, old, new)
    fault = next(p for p in problems if p.id == id)
    assert fault.file == name
    assert fault.column == entry
    assert fault.row is not None
    assert fault.row > 0


def test_the_line_is_that_of_the_fault(copied: Path) -> None:
    lines = (copied / "bolig.yaml").read_text("utf-8").splitlines()
    wanted = 1 + next(n for n, line in enumerate(lines) if line.strip() == "strength: A")
    (fault,) = _broken(copied, "bolig.yaml", "strength: A", "strength: Z")
    assert fault.row == wanted


def test_all_faults_come_at_once(copied: Path) -> None:
    (copied / "fritid.yaml").write_text("area: fritid\n", "utf-8")
    problems = _broken(copied, "sources.yaml", "year: 2014", "year: 99999")
    assert {p.id for p in problems} >= {"evidence_part_missing", "evidence_year"}
    assert len(problems) >= 4


def test_a_text_without_english_is_refused(copied: Path) -> None:
    problems = _broken(copied, "bolig.yaml", ', en: "stability"}', "}")
    assert [(p.id, p.column) for p in problems] == [("evidence_language", "mechanisms.1")]
    assert "Engelsk" in problems[0].what("nb")


def test_a_file_that_is_no_yaml_is_refused(copied: Path) -> None:
    problems = _broken(copied, "bolig.yaml", "area: bolig", "area: [bolig")
    assert [(p.id, p.file) for p in problems] == [("yaml_syntax", "bolig.yaml")]


def test_a_file_that_is_missing_is_refused(copied: Path) -> None:
    (copied / "bolig.yaml").unlink()
    with pytest.raises(InputRefused) as refused:
        load_folder(copied)
    assert [(p.id, p.file) for p in refused.value.problems] == [("file_unreadable", "bolig.yaml")]
