"""Reading priorities: every fault in one go, with file and entry."""

from __future__ import annotations

import pytest
import yaml

from jevn.prioritisation import Ballot, Frame, read_priorities
from jevn.terms import Criterion, InputRefused

GOOD = """
frame: {nok_per_year: 30000000, posts: 35, origin: okonomiplan}
ballots:
  - group: Gruppe 1
    ranked: [a, b]
    criteria: [distribution, benefit]
    comment: Kort.
  - group: Gruppe 2
    ranked: [c]
proposed: {package: weights-all, reason: Fordi.}
"""


def test_priorities_are_read() -> None:
    assert read_priorities(yaml.safe_load(GOOD), "priorities.yaml") == (
        Frame(30e6, 35, "okonomiplan"),
        (
            Ballot("Gruppe 1", ("a", "b"), (Criterion.DISTRIBUTION, Criterion.BENEFIT), "Kort."),
            Ballot("Gruppe 2", ("c",), (), None),
        ),
        "weights-all",
        "Fordi.",
    )


def test_an_empty_file_gives_nothing() -> None:
    assert read_priorities(None, "x") == (None, (), None, None)


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("group: Gruppe 2", "group: Gruppe 1", "prioritisation_duplicate_group"),
        ("ranked: [a, b]", "ranked: [a, a]", "prioritisation_twice"),
        ("[distribution, benefit]", "[distribution, distribution]", "prioritisation_twice"),
        ("[distribution, benefit]", "[fordeling]", "yaml_choice"),
        ("posts: 35", "posts: mange", "yaml_value"),
        ("posts: 35", "stillinger: 35", "yaml_unknown"),
        ("nok_per_year: 30000000,", "", "yaml_missing"),
        ("nok_per_year: 30000000", "nok_per_year: .inf", "yaml_value"),
    ],
)
def test_faults_are_refused_by_name(old: str, new: str, id: str) -> None:
    assert old in GOOD
    with pytest.raises(InputRefused) as refused:
        read_priorities(yaml.safe_load(GOOD.replace(old, new)), "priorities.yaml")
    assert refused.value.id == id
    assert refused.value.problems[0].file == "priorities.yaml"
    for lang in ("nb", "nn", "en"):
        assert refused.value.render(lang)  # type: ignore[arg-type]
