"""Groups' ranked lists of a theme combined over merged items."""

from __future__ import annotations

import polars as pl
import pytest

from jevn.participation import combine_rankings, read_report
from jevn.participation.schemas import RANKED_ITEMS
from jevn.tables import table_from_rows
from jevn.terms import EffortArea, InputRefused, Say

REPORT = """\
# Rapport fra verksted

# Hva er viktigst for «nærmiljø»?

## Gruppe 1

- Gangvei til skolen
- Flere benker
- Klubb for ungdom

## Gruppe 2

- Trygg vei for barna
- Ungdomsklubb

## Gruppe 3

- Et sted å være for ungdom
- Lys i parken
- Gangveg

# Hva er viktigst for «arbeid»?

## Gruppe 1

- Flere lærlinger
"""


def table(*rows: tuple[str, str, int, str, str, str | None]) -> pl.DataFrame:
    names = ("theme", "group", "rank", "item", "label", "area")
    return table_from_rows(
        RANKED_ITEMS, [{"report": "r", **dict(zip(names, row, strict=True))} for row in rows]
    )


MERGED = table(
    ("nærmiljø", "Gruppe 1", 1, "vei", "Trygg skolevei", "naermiljo"),
    ("nærmiljø", "Gruppe 2", 1, "vei", "Trygg skolevei", None),
    ("nærmiljø", "Gruppe 3", 3, "vei", "Trygg skolevei", None),
    ("nærmiljø", "Gruppe 1", 3, "klubb", "Ungdomsklubb", None),
    ("nærmiljø", "Gruppe 2", 2, "klubb", "Ungdomsklubb", None),
    ("nærmiljø", "Gruppe 3", 1, "klubb", "Ungdomsklubb", None),
)


def test_points_by_borda_with_the_mean_for_what_a_group_left_out() -> None:
    first, second = combine_rankings([read_report(REPORT, "r")], MERGED)
    # Four items: vei, benker (r/1/1/2), klubb, lys (r/1/3/2); n - place points to listed ones.
    # Gruppe 1: vei 3, benker 2, klubb 1, lys 0. Gruppe 2: vei 3, klubb 2, the other two share
    # 1 + 0: 0.5 each. Gruppe 3: klubb 3, lys 2, vei 1, benker 0.
    assert [(i.item, i.borda) for i in first.items] == [
        ("vei", 7.0),
        ("klubb", 6.0),
        ("r/1/1/2", 2.5),
        ("r/1/3/2", 2.5),
    ]
    assert [(i.position, i.tied) for i in first.items] == [
        (1, False),
        (2, False),
        (3, True),
        (3, True),
    ]
    vei, klubb, benker, _ = first.items
    assert vei.listed_by == ("Gruppe 1", "Gruppe 2", "Gruppe 3")
    assert vei.points == ("r/1/1/1", "r/1/2/1", "r/1/3/3")
    assert (vei.median_place, klubb.median_place, benker.median_place) == (1.0, 2.0, 2.0)
    assert vei.label == "Trygg skolevei"
    assert vei.area is EffortArea.NAERMILJO
    assert benker.label == "Flere benker"
    assert second.theme == "Hva er viktigst for «arbeid»?"


def test_first_place_that_hangs_on_one_group_is_said() -> None:
    first, _ = combine_rankings([read_report(REPORT, "r")], MERGED)
    # Without Gruppe 1: vei 3 + 1 = 4, klubb 2 + 3 = 5.
    assert not first.stable_first
    assert first.message.key == "participation.ranking.unstable"
    text = Say("nb").message(first.message)
    assert "«Trygg skolevei» kommer først når listene fra 3 grupper slås sammen" in text


def test_first_place_that_stays_whichever_group_is_left_out() -> None:
    text = "# R\n\n# Hva nå?\n\n" + "".join(f"## Gruppe {n}\n\n- A\n- B\n\n" for n in range(1, 4))
    rows = [
        ("Hva nå", f"Gruppe {n}", rank, item, item.upper(), None)
        for n in range(1, 4)
        for rank, item in ((1, "a"), (2, "b"))
    ]
    (ranking,) = combine_rankings([read_report(text, "r")], table(*rows))
    assert ranking.stable_first
    assert ranking.message.key == "participation.ranking.stable"


def test_ties_are_shown_as_ties() -> None:
    text = "# R\n\n# Hva nå?\n\n## Gruppe 1\n\n- A\n- B\n\n## Gruppe 2\n\n- B\n- A\n"
    rows = [
        ("Hva nå", "Gruppe 1", 1, "a", "A", None),
        ("Hva nå", "Gruppe 1", 2, "b", "B", None),
        ("Hva nå", "Gruppe 2", 2, "a", "A", None),
        ("Hva nå", "Gruppe 2", 1, "b", "B", None),
    ]
    (ranking,) = combine_rankings([read_report(text, "r")], table(*rows))
    assert [(i.position, i.tied) for i in ranking.items] == [(1, True), (1, True)]
    assert not ranking.stable_first
    assert ranking.message.key == "participation.ranking.tied_first"


def test_lists_with_nothing_in_common_claim_nothing() -> None:
    first, second = combine_rankings([read_report(REPORT, "r")], table())
    assert first.message.key == "participation.ranking.nothing_shared"
    assert [len(i.listed_by) for i in first.items] == [1] * 8
    assert second.message.key == "participation.ranking.one_group"
    assert second.items[0].area is EffortArea.ARBEID
    assert not second.stable_first


def test_two_points_of_a_group_in_one_item_take_the_better_place() -> None:
    text = "# R\n\n# Hva nå?\n\n## Gruppe 1\n\n- A\n- A igjen\n- B\n\n## Gruppe 2\n\n- B\n"
    rows = [
        ("Hva nå", "Gruppe 1", 1, "a", "A", None),
        ("Hva nå", "Gruppe 1", 2, "a", "A", None),
    ]
    (ranking,) = combine_rankings([read_report(text, "r")], table(*rows))
    found = {i.item: i for i in ranking.items}
    assert found["a"].points == ("r/1/1/1", "r/1/1/2")
    assert found["r/1/1/3"].median_place == 2.0


def test_every_row_that_fits_nothing_is_named() -> None:
    bad = pl.concat(
        [
            table(
                ("nærmiljø", "Gruppe 9", 1, "x", "X", None),
                ("viktigst", "Gruppe 1", 1, "x", "X", None),
                ("bolig", "Gruppe 1", 1, "x", "X", None),
                ("arbeid", "Gruppe 1", 2, "x", "X", None),
                ("arbeid", "Gruppe 1", 1, "y", "Y", "arbeid"),
                ("«arbeid»", "Gruppe 1", 1, "y", "Y", None),
                ("nærmiljø", "Gruppe 1", 1, "y", "Y", "bolig"),
            ),
            table(("arbeid", "Gruppe 1", 1, "z", "Z", None)).with_columns(report=pl.lit("s")),
        ]
    )
    with pytest.raises(InputRefused) as refused:
        combine_rankings([read_report(REPORT, "r")], bad)
    assert [p.id for p in refused.value.problems] == [
        "participation_no_point",
        "participation_no_theme",
        "participation_no_theme",
        "participation_no_point",
        "participation_point_twice",
        "participation_item_areas",
        "participation_no_report",
    ]


def test_a_table_without_line_numbers_is_understood() -> None:
    plain = MERGED.drop("_row", strict=False)
    report = read_report(REPORT, "r")
    assert combine_rankings([report], plain) == combine_rankings([report], MERGED)


def test_other_rules_spans_and_near_ties_stand_beside_the_order() -> None:
    ranking = combine_rankings([read_report(REPORT, "r")], MERGED)[0]
    by_item = {item.item: item for item in ranking.items}
    assert [item.item for item in ranking.items[:2]] == ["vei", "klubb"]
    road = by_item["vei"]
    assert (road.best, road.worst, road.near_tie) == (1, 2, True)
    assert dict(road.places) == {"copeland": 1, "kemeny": 1, "plackett-luce": 1}
    assert ranking.agreement is not None
    assert 0 < ranking.agreement < 1
    words = [Say("nb").message(note) for note in ranking.notes]
    assert any("Trygg skolevei; Ungdomsklubb" in text for text in words)


def test_one_group_has_no_span() -> None:
    ranking = combine_rankings([read_report(REPORT, "r")], MERGED)[1]
    assert ranking.items[0].best is None
    assert ranking.agreement is None
    assert ranking.notes == ()


def test_another_rule_with_another_first_is_said() -> None:
    # Copeland: a wins its duels; Borda: b, since it is never far down.
    lists = {"1": "abc", "2": "abc", "3": "abc", "4": "bca", "5": "bca"}
    text = "# Rapport\n\n# Hva er viktigst?\n"
    for name, order in lists.items():
        text += f"\n## Gruppe {name}\n\n" + "".join(f"- Punkt {x}\n" for x in order)
    rows = [
        ("viktigst", f"Gruppe {name}", place, x, f"Punkt {x}", None)
        for name, order in lists.items()
        for place, x in enumerate(order, start=1)
    ]
    ranking = combine_rankings([read_report(text, "r")], table(*rows))[0]
    assert ranking.items[0].item == "b"
    assert dict(ranking.items[0].places)["copeland"] == 2
    notes = [Say("nb").message(note) for note in ranking.notes]
    assert notes[0] == "Etter regelen Copeland (dueller vunnet minus tapt) kommer «Punkt a» først."
