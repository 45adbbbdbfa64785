"""Reading alternatives and judgements: every fault in one go, with file and entry."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from jevn.impact import read_alternatives, read_judgements
from jevn.terms import Criterion, EffortArea, InputRefused, Polarity, Reach

GOOD = """
alternatives:
  - id: tidlig
    title: Tidlig innsats
    summary: Kort.
    changes:
      - id: ips
        title: Jobbspesialister
        area: arbeid
        level: more
        start_year: 2028
        nok_per_year: 4500000
        posts: 5
        reach: targeted
        places: [9901-03, "9901-04"]
        function: 242
        excludes: []
        requires: [tidlig-2]
        effect:
          effect_size: es36
          determinant: utenfor
          unit_cost_nok: 90000
          ages: [18, 29]
          effect_on: favourable
      - {id: tidlig-2, title: To, area: oppvekst, level: less, start_year: 2028,
         nok_per_year: -100.5, reach: universal}
  - id: kombinert
    title: Kombinert
    changes: [ips]
"""


def problems(text: str, read: Any = read_alternatives) -> list[tuple[str, str | None]]:
    with pytest.raises(InputRefused) as refused:
        read(yaml.safe_load(text), "fil.yaml")
    found = refused.value.problems
    for problem in found:
        for lang in ("nb", "nn", "en"):
            assert problem.what(lang)  # type: ignore[arg-type]
            assert problem.remedy(lang)  # type: ignore[arg-type]
        assert problem.file == "fil.yaml"
    return [(p.id, p.column) for p in found]


def test_alternatives_are_read_with_the_zero_alternative_first() -> None:
    zero, early, combined = read_alternatives(yaml.safe_load(GOOD), "alternatives.yaml")
    assert (zero.id, zero.changes) == ("zero", ())
    ips = early.changes[0]
    assert combined.changes == (ips,)
    assert (ips.area, ips.reach, ips.function) == (EffortArea.ARBEID, Reach.TARGETED, "242")
    assert ips.places == ("9901-03", "9901-04")
    assert ips.effect is not None
    assert ips.effect.ages == (18, 29)
    assert ips.effect.effect_on is Polarity.FAVOURABLE
    assert early.changes[1].nok_per_year == -100.5


def test_an_empty_file_gives_the_zero_alternative_alone() -> None:
    assert [a.id for a in read_alternatives(None, "x")] == ["zero"]
    assert read_judgements(None, "x") == ()


def test_all_faults_of_form_are_named_at_once() -> None:
    text = GOOD.replace("level: more", "level: lots").replace("posts: 5", "stillinger: 5")
    text = text.replace("title: Kombinert", "").replace("nok_per_year: 4500000", "nok_per_year: ja")
    assert sorted(problems(text)) == [
        ("yaml_choice", "alternatives.0.changes.0.level"),
        ("yaml_missing", "alternatives.1.title"),
        ("yaml_unknown", "alternatives.0.changes.0.stillinger"),
        ("yaml_value", "alternatives.0.changes.0.nok_per_year"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("id: kombinert", "id: tidlig", "impact_duplicate_alternative"),
        ("id: kombinert", "id: zero", "impact_reserved_id"),
        ("id: tidlig-2", "id: ips", "impact_duplicate_change"),
        ("changes: [ips]", "changes: [ips, ips]", "impact_repeated_change"),
        ("changes: [ips]", "changes: [ukjent]", "impact_unknown_change"),
        ("excludes: []", "excludes: [ukjent]", "impact_unknown_change"),
        ("excludes: []", "excludes: [tidlig-2]", "impact_contradiction"),
        ("nok_per_year: -100.5", "nok_per_year: 1, requires: [ips]", "impact_cycle"),
        ("requires: [tidlig-2]", "requires: [ips]", "impact_cycle"),
        ("ages: [18, 29]", "ages: [29, 18]", "impact_ages"),
        ("ages: [18, 29]", "ages: [18, 29]\n          outcome: dod", "impact_outcome_alone"),
        ("ages: [18, 29]", "ages: [18]", "yaml_value"),
        ("unit_cost_nok: 90000", "unit_cost_nok: 0", "yaml_value"),
        ("unit_cost_nok: 90000", "unit_cost_nok: .nan", "yaml_value"),
        ("unit_cost_nok: 90000", "unit_cost_nok: true", "yaml_value"),
        ('"9901-04"', "0301", "yaml_value"),  # YAML reads 0301 as the number 193
    ],
)
def test_faults_are_refused_by_name(old: str, new: str, id: str) -> None:
    assert old in GOOD
    assert id in [p[0] for p in problems(GOOD.replace(old, new))]


def test_long_circles_are_found() -> None:
    change = (
        "{{id: {}, title: T, area: arbeid, level: new, start_year: 2028, nok_per_year: 1, "
        "reach: universal, requires: [{}]}}"
    )
    rows = [change.format(i, j) for i, j in (("a", "b"), ("b", "c"), ("c", "a"))]
    text = "alternatives: [{id: x, title: X, changes: [" + ", ".join(rows) + "]}]"
    assert [p[0] for p in problems(text)] == ["impact_cycle"]


JUDGED = """
- change: ips
  criteria:
    benefit: {score: 2, reason: God., confidence: medium}
    cost: {score: null, reason: Ukjent., confidence: low}
  gains: Unge
"""


def test_judgements_are_read_in_the_order_of_the_criteria() -> None:
    (found,) = read_judgements(yaml.safe_load(JUDGED), "assessments.yaml")
    assert [c.criterion for c in found.criteria] == [Criterion.BENEFIT, Criterion.COST]
    assert [c.score for c in found.criteria] == [2, None]
    assert (found.gains, found.loses) == ("Unge", None)


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("score: 2", "score: 4", "yaml_value"),
        ("score: 2", "score: 1.5", "yaml_value"),
        ("benefit:", "nytte:", "yaml_choice"),
        ("gains:", "vinnere:", "yaml_unknown"),
        ("confidence: low", "confidence: sure", "yaml_choice"),
        (" reason: God.,", "", "yaml_missing"),
    ],
)
def test_faults_of_judgements_are_refused_by_name(old: str, new: str, id: str) -> None:
    assert old in JUDGED
    assert id in [p[0] for p in problems(JUDGED.replace(old, new), read_judgements)]


def test_two_judgements_of_one_change_are_refused() -> None:
    assert [p[0] for p in problems(JUDGED + JUDGED, read_judgements)] == [
        "impact_duplicate_judgement"
    ]
