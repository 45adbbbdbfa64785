"""A choice read from YAML, and its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.prioritisation.weighing import Amount, WeightRules, read_choice, weigh
from jevn.terms import LANGUAGES, InputRefused

GOOD = """title: Tiltak mot utenforskap
criteria:
  - {id: effekt, title: Virkning, unit: personer, worst: 0, best: 400, between: [[100, 0.5]]}
  - {id: kostnad, title: Kostnad, unit: mill. kr, worst: 10, best: 0}
options:
  - id: kort
    title: Fritidskort
    values: {effekt: [100, 200, 250], kostnad: 4}
  - id: los
    values: {effekt: 60, kostnad: [1, 2]}
weights:
  order: [effekt, kostnad]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "choice.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_choice_is_read(tmp_path: Path) -> None:
    choice = read_choice(write(tmp_path, GOOD))
    assert choice.title == "Tiltak mot utenforskap"
    assert choice.criteria[0].points == ((0, 0), (100, 0.5), (400, 1))
    assert (choice.criteria[1].worst, choice.criteria[1].best) == (10, 0)
    assert choice.options[0].amounts == (Amount(200, 100, 250), Amount(4, 4, 4))
    assert choice.options[1].title == "los"
    assert choice.options[1].amounts[1] == Amount(1.5, 1, 2)
    assert choice.rules == WeightRules(order=(("effekt",), ("kostnad",)))
    # 0.75 * (0.5 + 0.5 * 100 / 300) + 0.25 * 0.6
    assert weigh(choice, draws=10).options[0].value == pytest.approx(0.65)


def test_tiers_points_and_limits_are_read(tmp_path: Path) -> None:
    rules = "  order: [[effekt, kostnad]]\n  limits: {effekt: [0.2, 0.6]}\n"
    text = GOOD.replace("  order: [effekt, kostnad]\n", rules)
    found = read_choice(write(tmp_path, text)).rules
    assert found == WeightRules((("effekt", "kostnad"),), (), (("effekt", (0.2, 0.6)),))
    text = GOOD.replace("order: [effekt, kostnad]", "swing: {effekt: 100, kostnad: 25}")
    found = read_choice(write(tmp_path, text)).rules
    assert found.swing == (("effekt", 100), ("kostnad", 25))


def test_nothing_need_be_known_of_the_weights(tmp_path: Path) -> None:
    choice = read_choice(write(tmp_path, GOOD.split("weights:", maxsplit=1)[0]))
    assert choice.rules == WeightRules()


FAULTS = {
    "same criterion": ("id: kostnad", "id: effekt", "weighing_twice", 4),
    "same option": ("id: los", "id: kort", "weighing_twice", 9),
    "no range": ("worst: 10, best: 0", "worst: 1, best: 1", "weighing_range", 4),
    "outside the range": ("[[100, 0.5]]", "[[500, 0.5]]", "weighing_between", 3),
    "falling values": ("[[100, 0.5]]", "[[100, 0.5], [200, 0.4]]", "weighing_between", 3),
    "unknown criterion": ("effekt: 60", "effekt: 60, lykke: 1", "weighing_unknown", 10),
    "missing amount": ("effekt: 60, ", "", "weighing_missing", 10),
    "falling span": ("[1, 2]", "[2, 1]", "weighing_amount", 10),
    "amount outside": ("effekt: 60", "effekt: 600", "weighing_outside", 10),
    "half an order": ("[effekt, kostnad]", "[effekt]", "weighing_order", 12),
    "twice in order": ("[effekt, kostnad]", "[effekt, kostnad, effekt]", "weighing_order", 12),
    "order and points": (
        "order: [effekt, kostnad]",
        "order: [effekt, kostnad]\n  swing: {effekt: 1, kostnad: 1}",
        "weighing_both",
        12,
    ),
    "half the points": (
        "order: [effekt, kostnad]",
        "swing: {effekt: 1}",
        "weighing_swing",
        12,
    ),
    "no points": (
        "order: [effekt, kostnad]",
        "swing: {effekt: 0, kostnad: 0}",
        "weighing_swing",
        12,
    ),
    "limit of nothing": (
        "order: [effekt, kostnad]",
        "limits: {lykke: [0.1, 0.2]}",
        "weighing_unknown",
        12,
    ),
    "limits turned": (
        "order: [effekt, kostnad]",
        "limits: {effekt: [0.6, 0.2]}",
        "weighing_limit",
        12,
    ),
    "no number": ("effekt: 60", "effekt: mange", "yaml_value", 10),
    "not finite": ("effekt: 60", "effekt: .nan", "yaml_value", 10),
    "unknown field": ("title: Kostnad", "tittel: Kostnad", "yaml_unknown", 4),
    "missing field": (", best: 0}", "}", "yaml_missing", 4),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_line_and_remedy(tmp_path: Path, fault: str) -> None:
    old, new, id, row = FAULTS[fault]
    assert old in GOOD
    with pytest.raises(InputRefused) as refused:
        read_choice(write(tmp_path, GOOD.replace(old, new, 1)))
    problem = next(p for p in refused.value.problems if p.id == id)
    assert (problem.file, problem.row) == ("choice.yaml", row)
    assert all(problem.what(lang) and problem.remedy(lang) for lang in LANGUAGES)


def test_limits_without_room_are_refused_when_weighed(tmp_path: Path) -> None:
    text = GOOD.replace("order: [effekt, kostnad]", "limits: {effekt: [0, 0.3], kostnad: [0, 0.4]}")
    with pytest.raises(InputRefused, match="Ingen vekter"):
        weigh(read_choice(write(tmp_path, text)), draws=5)
