"""What changed since the last vintage: against a slow reference, and nothing is lost."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jevn.planwork.vintages import KEY, add_vintage, newest_of_each
from jevn.sources.observing import _OUT

Figures = dict[tuple[str, int], float | None]


def rows(figures: Figures, vintage: str) -> pl.DataFrame:
    made = [
        {
            "indicator": "x", "place": place, "period_start": year, "period_end": year,
            "value": value, "flag": None if value is not None else "hidden", "vintage": vintage,
        }
        for (place, year), value in figures.items()
    ]  # fmt: skip
    return pl.DataFrame(made, schema=_OUT)


values = st.one_of(st.none(), st.sampled_from([1.0, 2.0, 3.5]))
figures = st.dictionaries(
    st.tuples(st.sampled_from(["0", "3301"]), st.sampled_from([2023, 2024, 2025])), values
)


@given(st.lists(figures, min_size=1, max_size=4))
def test_vintages_agree_with_a_slow_reference(history: list[Figures]) -> None:
    kept: pl.DataFrame | None = None
    known: Figures = {}
    seen: dict[tuple[str, int], list[tuple[float | None, str]]] = {}
    for at, found in enumerate(history):
        vintage = f"2026-0{at + 1}-01"
        kept, change = add_vintage(kept, rows(found, vintage))
        assert change.added == len(found.keys() - known.keys())
        assert change.changed == sum(k in known and known[k] != v for k, v in found.items())
        if at and known:
            assert change.gone == len(known.keys() - found.keys())
        for key, value in found.items():
            line = seen.setdefault(key, [])
            if line and line[-1][0] == value:
                line.pop()
            line.append((value, vintage))
        known |= found
        newest = newest_of_each(kept)
        assert {(r["place"], r["period_end"]): r["value"] for r in newest.to_dicts()} == known
        stand = sorted(
            (r["place"], r["period_end"], r["vintage"], r["value"] or 0.0) for r in kept.to_dicts()
        )
        expected = [(p, y, when, v or 0.0) for (p, y), line in seen.items() for v, when in line]
        assert stand == sorted(expected)
        assert not kept.select([*KEY, "vintage"]).is_duplicated().any()


def test_the_largest_changes_are_named_with_before_and_after() -> None:
    before, _ = add_vintage(None, rows({("0", 2024): 10.0, ("3301", 2024): 4.0}, "2026-03-15"))
    _, change = add_vintage(before, rows({("0", 2024): 11.0, ("3301", 2024): 2.0}, "2026-06-15"))
    assert [(c.place, c.before, c.after) for c in change.largest] == [
        ("3301", 4.0, 2.0),
        ("0", 10.0, 11.0),
    ]
    assert not change.nothing


def test_the_same_day_again_replaces() -> None:
    before, _ = add_vintage(None, rows({("0", 2024): 10.0}, "2026-03-15"))
    after, change = add_vintage(before, rows({("0", 2024): 12.0}, "2026-03-15"))
    assert after["value"].to_list() == [12.0]
    assert change.changed == 1
