import importlib
from pathlib import Path

import pytest

from jevn.evidence import EvidenceCatalogue, vocabulary
from jevn.evidence.markdown import glossary_page, indicators_page

AGAIN = "make it again with `./run jevn evidence {} --markdown > {}`"


def test_the_list_of_indicators_is_what_the_command_gives(
    catalogue: EvidenceCatalogue, repository: Path
) -> None:
    page = (repository / "docs" / "reference" / "indicators.md").read_text("utf-8")
    assert page == indicators_page(catalogue), AGAIN.format(
        "indicators", "docs/reference/indicators.md"
    )


def test_every_indicator_is_in_the_list(catalogue: EvidenceCatalogue, repository: Path) -> None:
    page = (repository / "docs" / "reference" / "indicators.md").read_text("utf-8")
    missing = [x.id for a in catalogue.areas for x in a.indicators if f"| `{x.id}` |" not in page]
    assert missing == []


def test_the_glossary_is_what_the_command_gives(repository: Path) -> None:
    page = (repository / "GLOSSARY.md").read_text("utf-8")
    assert page == glossary_page(vocabulary()), AGAIN.format("glossary", "GLOSSARY.md")


def test_every_term_has_three_languages_and_a_definition_in_two() -> None:
    for term in vocabulary():
        assert all((term.name.nb, term.name.nn, term.name.en)), term.id
        assert all((term.definition.nb, term.definition.en)), term.id
    names = [t.name.nb for t in vocabulary()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", sorted({t.code for t in vocabulary() if t.code}))
def test_every_name_in_the_code_exists(code: str) -> None:
    parts = code.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module("jevn." + ".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            assert hasattr(found, name), f"{code}: no {name}"
            found = getattr(found, name)
        return
    pytest.fail(f"no module for {code}")


def test_no_term_of_the_code_is_called_measure() -> None:
    assert [t.code for t in vocabulary() if t.code and "measure" in t.code.casefold()] == []
    action = next(t for t in vocabulary() if t.name.nb == "tiltak")
    assert (action.name.en, action.code) == ("action", "plan.elements.ElementKind.ACTION")
