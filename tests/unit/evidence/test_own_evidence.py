import re
from pathlib import Path

import pytest

from jevn.evidence import load_catalogue, search
from jevn.terms import EffortArea, InputRefused

OWN = """
area: fritid
sources:
  - id: egen_rapport
    authors: Elvebyen kommune
    year: 2026
    title: Åpen hall
    kind: evaluation
interventions:
  - id: apen_hall
    name: Åpen hall i helgene
    reach: universal
    strength: C
    grade: Egen evaluering
    grade_scale: egen
    grade_source: egen_rapport
    sources: [egen_rapport]
"""


def _plan(tmp_path: Path, text: str) -> Path:
    (tmp_path / "evidence").mkdir(parents=True)
    (tmp_path / "evidence" / "eget.yaml").write_text(text, "utf-8")
    return tmp_path


def test_own_evidence_stands_beside_the_catalogue_and_is_marked(tmp_path: Path) -> None:
    before = load_catalogue()
    merged = load_catalogue(_plan(tmp_path, OWN))
    own = merged.area(EffortArea.FRITID).interventions[-1]
    assert (own.id, own.local, own.name("en")) == ("apen_hall", True, "Åpen hall i helgene")
    assert merged.source("egen_rapport") is not None
    assert len(merged.sources) == len(before.sources) + 1
    assert merged.area(EffortArea.FRITID).rationale == before.area(EffortArea.FRITID).rationale
    assert search(merged, "apen hall helgene")[0].id == "apen_hall"
    assert load_catalogue() is before
    assert before.intervention("apen_hall") is None


def test_a_folder_without_own_evidence_gives_the_catalogue(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) is load_catalogue()


@pytest.mark.parametrize(
    ("old", "new", "id", "entry"),
    [
        ("id: apen_hall", "id: fritidskort", "evidence_duplicate", "interventions.fritidskort.id"),
        ("strength: C", "strength: god", "yaml_choice", "interventions.apen_hall.strength"),
        (
            "[egen_rapport]",
            "[borte]",
            "evidence_source_unknown",
            "interventions.apen_hall.sources.1",
        ),
        ("area: fritid\n", "", "evidence_area_missing", "interventions"),
        ("year: 2026", "year: i fjor", "yaml_value", "sources.egen_rapport.year"),
    ],
)
def test_wrong_own_evidence_is_refused_with_place_and_remedy(
    tmp_path: Path, old: str, new: str, id: str, entry: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        load_catalogue(_plan(tmp_path, OWN.replace(old, new)))
    (fault,) = refused.value.problems
    assert (fault.id, fault.file, fault.column) == (id, "evidence/eget.yaml", entry)
    assert fault.row is not None
    assert fault.remedy("nb")


def test_the_example_of_the_documentation_is_right(tmp_path: Path, repository: Path) -> None:
    page = (repository / "docs" / "reference" / "evidence.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    own = load_catalogue(_plan(tmp_path, example)).intervention("apen_hall")
    assert own is not None
    assert own.effects[0].value == 140
