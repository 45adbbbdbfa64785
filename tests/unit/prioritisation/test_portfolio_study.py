"""From effects of changes to options, demands and the packages set side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jevn.impact.alternatives import ProfileChange
from jevn.prioritisation.portfolio import PackageWishes, ShareDemand, study
from jevn.prioritisation.portfolio.stating import (
    Reserved,
    demands_of,
    gain_of,
    options_of,
    synergies_of,
)
from jevn.prioritisation.results import Frame
from jevn.terms import EffortArea, InputRefused, Reach
from unit.publishing.fixture_portfolio import effects


def change(id: str, **more: object) -> ProfileChange:
    made = ProfileChange(
        id, f"Endring {id}", EffortArea.OPPVEKST, "more", 2028, 2.4e6, Reach.UNIVERSAL, 2.5
    )
    return replace(made, **more)  # type: ignore[arg-type]


CHANGES = {c.id: c for c in (change("los"), change("bolig", reach=Reach.TARGETED))}
WISHES = PackageWishes(levels=(0.5, 1.0))


def test_an_option_has_a_way_for_every_level_with_its_money_and_gain() -> None:
    found = {o.id: o for o in options_of(effects(), CHANGES, WISHES)}
    assert [(w.level, w.start, w.nok, w.posts) for w in found["los"].ways] == [
        (0.5, 2028, 120_000_000, 1250),
        (1.0, 2028, 240_000_000, 2500),
    ]
    assert found["los"].ways[1].gain == pytest.approx((10.0, 30.0, 60.0))
    assert found["los"].draws is not None
    assert found["los"].draws.shape == (2, 3, 8)
    assert found["los"].draws.mean(axis=2)[0] == pytest.approx((5.0, 15.0, 30.0))
    assert (found["los"].universal, found["bolig"].universal) == (True, False)


def test_later_starts_are_ways_with_effects_of_their_own() -> None:
    drawn = effects(("los", "los@2029"))
    found = options_of(drawn, CHANGES, replace(WISHES, later_starts=1))
    assert len(found) == 1
    assert [(w.level, w.start) for w in found[0].ways] == [
        (0.5, 2028),
        (1.0, 2028),
        (0.5, 2029),
        (1.0, 2029),
    ]
    assert found[0].ways[3].gain == pytest.approx((40.0, 20.0, 10.0))


def test_effort_taken_away_has_no_more_than_all_of_it_to_take() -> None:
    less = {**CHANGES, "los": change("los", nok_per_year=-9e5)}
    found = options_of(effects(), less, PackageWishes(levels=(0.5, 1.0, 1.5)))
    ways = {o.id: [w.level for w in o.ways] for o in found}
    assert ways == {"los": [0.5, 1.0], "bolig": [0.5, 1.0, 1.5]}


def test_two_that_reach_the_same_people_give_less_than_their_sum() -> None:
    few = replace(effects(), room=np.full((2, 3), 200.0))
    options = options_of(few, CHANGES, WISHES)
    (overlap,) = synergies_of(few, options, "better_years")
    assert all(g < 0 for g in overlap.gain)
    both = gain_of(few, {"los": 1.0, "bolig": 1.0}, "better_years").mean(axis=1)
    alone = np.array([options[0].ways[1].gain, options[1].ways[1].gain]).sum(axis=0)
    assert alone + np.array(overlap.gain) == pytest.approx(both)
    apart = replace(few, target=np.array([1, 0]))
    assert synergies_of(apart, options_of(apart, CHANGES, WISHES), "better_years") == ()


def test_what_is_set_aside_is_taken_from_the_frame_from_the_year_it_begins() -> None:
    options = options_of(effects(), CHANGES, WISHES)
    kept = Reserved.of([change("x", start_year=2029, nok_per_year=1e6, posts=1.0)])
    found = demands_of(options, CHANGES, Frame(3e6, 6.0), WISHES, reserved=kept)
    assert found.frame == ((2028, 300_000_000), (2029, 200_000_000))
    assert found.posts == ((2028, 6000), (2029, 5000))
    wanted = replace(WISHES, frame=((2028, 1e6), (2030, 5e6)), posts=((2030, 9.0),))
    found = demands_of(options, CHANGES, Frame(3e6), wanted)
    assert found.frame == ((2028, 100_000_000), (2029, 300_000_000), (2030, 500_000_000))
    assert found.posts == ((2030, 9000),)


def test_what_is_set_aside_shuts_out_what_it_excludes() -> None:
    changes = {
        **CHANGES,
        "los": change("los", requires=("borte",)),
        "bolig": change("bolig", excludes=("x",)),
        "x": change("x"),
        "borte": change("borte"),
    }
    options = options_of(effects(), changes, WISHES)
    kept = Reserved.of([changes["x"]])
    found = demands_of(options, changes, Frame(3e6), WISHES, reserved=kept)
    assert found.locked() == {"bolig": 0.0, "los": 0.0}
    both = Reserved.of([changes["borte"]])
    assert demands_of(options, changes, Frame(3e6), WISHES, reserved=both).locked() == {}
    pair = {"los": change("los", excludes=("bolig",), requires=()), "bolig": change("bolig")}
    assert demands_of(options, pair, Frame(3e6), WISHES).excludes == (("bolig", "los"),)


def test_a_study_holds_every_package_by_what_it_gives() -> None:
    found = study(effects(), CHANGES, Frame(2.4e6), WISHES, need={"oppvekst": 1.0})
    assert [(c.id, c.level) for c in found.best.chosen] == [("los", 1.0)]
    assert found.best.gain == pytest.approx((10.0, 30.0, 60.0))
    ends = [p for p in found.points if p.kind == "front"]
    assert [p.levels for p in ends] == [
        (("los", 1.0),),
        (("bolig", 0.5), ("los", 0.5)),
        (("bolig", 1.0),),
    ]
    assert ends[0].total == pytest.approx(100.0, rel=0.01)
    assert ends[0].total_low < ends[0].total < ends[0].total_high
    assert {o.id: o.standing for o in found.robustness.options} == {
        "los": "sometimes",
        "bolig": "sometimes",
    }
    assert {r.id: r.inside for r in found.reasons} == {"los": True, "bolig": False}
    assert found.left_out == ()
    fair = study(effects(), CHANGES, Frame(2.4e6), replace(WISHES, equity_weight=5.0))
    assert [c.id for c in fair.best.chosen] == ["bolig"]


def test_demands_of_the_folder_bind() -> None:
    locked = replace(WISHES, locks=(("bolig", 0.5),), shares=(ShareDemand(None, 0.5),))
    found = study(effects(), CHANGES, Frame(2.4e6), locked)
    assert [(c.id, c.level) for c in found.best.chosen] == [("bolig", 0.5), ("los", 0.5)]
    assert not found.best.loosened
    none = replace(WISHES, locks=(("ukjent", 1.0),))
    with pytest.raises(InputRefused) as refused:
        study(effects(), CHANGES, Frame(2.4e6), none)
    assert refused.value.id == "portfolio_unknown"
    narrow = study(effects(), CHANGES, Frame(1e6), replace(WISHES, locks=(("los", 1.0),)))
    assert [(x.limit, x.amount) for x in narrow.best.loosened] == [("frame", 140_000_000)]
