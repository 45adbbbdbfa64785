"""Reading priorities: every fault in one go, with file and entry."""

from __future__ import annotations

import pytest
import yaml

from jevn.prioritisation import Ballot, Frame, Priorities, read_priorities
from jevn.prioritisation.portfolio import ShareDemand
from jevn.prioritisation.portfolio.wishes import PackageWishes
from jevn.prioritisation.reading import wishes_data
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
    assert read_priorities(yaml.safe_load(GOOD), "priorities.yaml") == Priorities(
        Frame(30e6, 35, "okonomiplan"),
        (
            Ballot("Gruppe 1", ("a", "b"), (Criterion.DISTRIBUTION, Criterion.BENEFIT), "Kort."),
            Ballot("Gruppe 2", ("c",), (), None),
        ),
        "weights-all",
        "Fordi.",
    )


def test_an_empty_file_gives_nothing() -> None:
    assert read_priorities(None, "x") == Priorities()


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


DEMANDS = """
demands:
  outcome: healthy_years
  equity_weight: 2
  levels: [1, 0.5]
  later_starts: 1
  frame: {2028: 1000000, 2029: 2500000.5}
  posts: {2029: 4}
  shares:
    - {area: oppvekst, least: 0.2}
    - {area: universal, most: 0.7}
  worst_off: 12.5
  locks: {a: 1, b: 0}
"""


def test_demands_are_read_and_written_back() -> None:
    found = read_priorities(yaml.safe_load(DEMANDS), "priorities.yaml").wishes
    assert found == PackageWishes(
        outcome="healthy_years",
        equity_weight=2.0,
        levels=(0.5, 1.0),
        later_starts=1,
        frame=((2028, 1e6), (2029, 2500000.5)),
        posts=((2029, 4.0),),
        shares=(ShareDemand("oppvekst", 0.2), ShareDemand(None, 0.0, 0.7)),
        worst_off=12.5,
        locks=(("a", 1.0), ("b", 0.0)),
    )
    again = yaml.safe_load(yaml.safe_dump({"demands": wishes_data(found)}))
    assert read_priorities(again, "priorities.yaml").wishes == found
    assert wishes_data(PackageWishes()) == {}


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("healthy_years", "lykke", "yaml_choice"),
        ("equity_weight: 2", "equity_weight: -1", "yaml_value"),
        ("[1, 0.5]", "[0]", "yaml_value"),
        ("[1, 0.5]", "[]", "yaml_value"),
        ("least: 0.2", "least: 20", "yaml_value"),
        ("area: oppvekst", "area: lykke", "yaml_choice"),
        ("2029: 4", "2029: -4", "yaml_value"),
        ("2028: 1000000", "neste: 1000000", "yaml_value"),
        ("b: 0", "b: true", "yaml_value"),
        ("worst_off", "lengst_nede", "yaml_unknown"),
    ],
)
def test_demands_that_cannot_be_read_are_refused(old: str, new: str, id: str) -> None:
    assert old in DEMANDS
    with pytest.raises(InputRefused) as refused:
        read_priorities(yaml.safe_load(DEMANDS.replace(old, new)), "priorities.yaml")
    assert refused.value.id == id
    assert refused.value.problems[0].what("nb")
