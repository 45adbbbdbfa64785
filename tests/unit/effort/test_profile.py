"""The profile of a small municipality, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pydantic_core import to_jsonable_python

from jevn.effort.results import EffortProfile
from jevn.terms import EffortArea, Reach, Say, SocialDimension

from .conftest import account, service

Make = Callable[..., EffortProfile]

# School 10 000 000, health clinics 2 000 000 (half to each of two areas by default), child
# welfare 3 000 000, nursing homes 5 000 000 (outside the areas), in 2026.
ACCOUNTS = [
    account("202", 10_500_000),
    account("202", -500_000, "700"),
    account("232", 2_000_000),
    account("244", 3_000_000),
    account("253", 5_000_000),
    account("202", 9_000_000, year=2025),
    account("800", -20_000_000, "870"),
]
POPULATION = [
    {"place": "9901", "year": 2026, "persons": 1000.0},
    *[
        {"place": "9901", "year": 2026, "education": e, "persons": n}
        for e, n in (("basic", 200.0), ("upper_secondary", 300.0), ("higher", 500.0))
    ],
    {"place": "Z1", "year": 2026, "persons": 400.0},
    {"place": "Z2", "year": 2026, "persons": 600.0},
]


def test_money_goes_to_areas_by_default_shares(profile: Make) -> None:
    found = profile(accounts=ACCOUNTS, population=POPULATION)
    growing_up = found.area(EffortArea.OPPVEKST)
    assert growing_up.net_nok == 10_000_000 + 0.5 * 2_000_000
    assert growing_up.gross_nok == 10_500_000 + 0.5 * 2_000_000
    assert found.area(EffortArea.HELSETJENESTER).net_nok == 0.5 * 2_000_000
    assert found.area(EffortArea.UTSATTE).net_nok == 3_000_000
    assert growing_up.per_inhabitant == 11_000
    assert growing_up.default_share == 1.0
    assert growing_up.years == ((2025, 9_000_000.0), (2026, 11_000_000.0))


def test_what_is_in_no_area_is_shown_as_the_residual(profile: Make) -> None:
    books = profile(accounts=ACCOUNTS, population=POPULATION).reconciliation
    assert (books.net_nok, books.allocated_nok, books.residual_nok) == (20e6, 15e6, 5e6)
    nursing = next(x for x in books.lines if x.function == "253")
    assert nursing.outside
    assert nursing.residual_nok == nursing.net_nok == 5_000_000
    assert [x.function for x in books.lines] == ["202", "232", "244", "253"]


def test_finance_functions_are_left_out_and_said_so(profile: Make) -> None:
    found = profile(accounts=ACCOUNTS, population=POPULATION)
    assert [n.key for n in found.notes] == ["effort.note.finance_left_out"]


def test_own_shares_replace_a_functions_defaults_whole(profile: Make) -> None:
    own = [
        {"function": "232", "area": "oppvekst", "share": 0.3, "reach": "proportionate"},
        {"function": "232", "area": "levevaner", "share": 0.1, "reach": "targeted",
         "basis": "counted"},
    ]  # fmt: skip
    found = profile(accounts=ACCOUNTS, shares=own, population=POPULATION)
    assert found.area(EffortArea.HELSETJENESTER).net_nok == 0
    assert found.area(EffortArea.LEVEVANER).net_nok == 200_000
    assert found.area(EffortArea.LEVEVANER).default_share == 0
    growing_up = found.area(EffortArea.OPPVEKST)
    assert growing_up.net_nok == 10_600_000
    assert growing_up.default_share == pytest.approx(10_000_000 / 10_600_000)
    assert dict(growing_up.by_reach) == {
        Reach.UNIVERSAL: 10_000_000.0,
        Reach.PROPORTIONATE: 600_000.0,
        Reach.TARGETED: 0.0,
    }
    clinics = next(x for x in found.reconciliation.lines if x.function == "232")
    assert (clinics.allocated_nok, clinics.residual_nok) == (800_000, 1_200_000)
    assert found.reconciliation.default_nok == 13_000_000


def test_registered_services_show_their_own_reach_within_the_areas_money(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        services=[service("familieteam", "oppvekst", "232", reach="targeted", net_nok=400_000.0)],
    )
    growing_up = found.area(EffortArea.OPPVEKST)
    assert growing_up.net_nok == 11_000_000
    assert dict(growing_up.by_reach)[Reach.TARGETED] == 400_000
    assert dict(growing_up.by_reach)[Reach.UNIVERSAL] == 10_600_000


def test_money_on_services_is_told_by_strength_of_evidence(profile: Make) -> None:
    catalogue = {
        "skolehelse": (EffortArea.OPPVEKST, "B"),
        "barnehage": (EffortArea.OPPVEKST, "A"),
        "leksehjelp": (EffortArea.OPPVEKST, "C"),
        "frisklivssentral": (EffortArea.LEVEVANER, "A"),
    }
    found = profile(
        accounts=ACCOUNTS,
        services=[
            service("s1", "oppvekst", "232", net_nok=300_000.0, intervention="skolehelse"),
            service("s2", "oppvekst", "202", net_nok=250_000.5),
        ],
        interventions=catalogue,
    ).area(EffortArea.OPPVEKST)
    assert found.by_strength == (("B", 300_000.0), ("none", 250_000.5))
    assert found.missing_interventions == ("barnehage",)


def test_a_services_money_is_parted_between_its_places_by_inhabitants(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        population=POPULATION,
        places={"9901", "Z1", "Z2"},
        services=[
            service("a", "oppvekst", "202", net_nok=1_000_000.0, places=["Z1", "Z2"], fte=2.5),
            service("b", "oppvekst", "202", net_nok=100_000.0, places=["Z1"], fte=1.0),
        ],
    ).area(EffortArea.OPPVEKST)
    assert found.per_place == (("Z1", 500_000.0), ("Z2", 600_000.0))
    assert found.fte == 3.5


def test_places_without_inhabitants_share_alike(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        services=[service("a", "oppvekst", "202", net_nok=100.01, places=["Z1", "Z2"])],
    ).area(EffortArea.OPPVEKST)
    assert round(sum(n for _, n in found.per_place), 2) == 100.01


def test_use_is_held_against_the_population_along_the_gradient(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        population=POPULATION,
        services=[service("a", "oppvekst", "202", net_nok=1.0)],
        users=[
            {"service": "a", "year": 2026, "dimension": "education", "group": g, "users": n}
            for g, n in (("basic", 40.0), ("upper_secondary", 30.0), ("higher", 30.0))
        ],
    )
    (use,) = found.area(EffortArea.OPPVEKST).use
    assert use.dimension is SocialDimension.EDUCATION
    assert use.users == (("basic", 40.0), ("upper_secondary", 30.0), ("higher", 30.0))
    # Mid-point ranks 0.10, 0.35, 0.75; shares of use 0.4, 0.3, 0.3:
    # C = 2 (0.4*0.10 + 0.3*0.35 + 0.3*0.75) - 1 = 2*0.37 - 1 = -0.26: the low end uses it most.
    assert use.concentration == pytest.approx(-0.26)


def test_counts_under_five_hide_the_whole_dimension(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        population=POPULATION,
        services=[service("a", "oppvekst", "202")],
        users=[
            {"service": "a", "year": 2026, "dimension": "education", "group": g, "users": n}
            for g, n in (("basic", 4.0), ("upper_secondary", 30.0), ("higher", 30.0))
        ],
    )
    (use,) = found.area(EffortArea.OPPVEKST).use
    assert (use.users, use.concentration) == ((), None)
    assert use.note is not None
    assert "4" not in Say("nb").message(use.note)


@pytest.mark.parametrize(
    ("groups", "key"),
    [
        ({"basic": 40.0, "higher": 30.0}, "effort.use.missing_group"),
        ({"basic": 0.0, "upper_secondary": 0.0, "higher": 0.0}, "effort.use.nobody"),
    ],
)
def test_no_index_of_use_without_every_group(
    profile: Make, groups: dict[str, float], key: str
) -> None:
    found = profile(
        accounts=ACCOUNTS,
        population=POPULATION,
        services=[service("a", "oppvekst", "202")],
        users=[
            {"service": "a", "year": 2026, "dimension": "education", "group": g, "users": n}
            for g, n in groups.items()
        ],
    )
    (use,) = found.area(EffortArea.OPPVEKST).use
    assert use.concentration is None
    assert use.note is not None
    assert use.note.key == key


def _compared(place: str, function: str, value: float, year: int = 2026) -> dict[str, object]:
    return {"place": place, "year": year, "function": function, "net_nok_per_inhabitant": value}


def test_the_comparison_is_by_the_municipalitys_own_shares(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS,
        population=POPULATION,
        comparison=[_compared("KG11", "202", 9_000.0), _compared("KG11", "232", 3_000.0)],
    )
    growing_up = found.area(EffortArea.OPPVEKST)
    assert growing_up.comparison_per_inhabitant == 9_000 + 0.5 * 3_000
    assert growing_up.comparison == ("KG11",)


def test_the_first_preferred_place_with_figures_is_compared_with(profile: Make) -> None:
    books = [account("244", 3_000_000)]
    rows = [_compared("0", "244", 2_000.0), _compared("KG11", "244", 4_000.0)]
    mean = profile(accounts=books, comparison=rows)
    assert mean.area(EffortArea.UTSATTE).comparison_per_inhabitant == 3_000
    group = profile(accounts=books, comparison=rows, order=("3301", "KG11", "0"))
    assert group.area(EffortArea.UTSATTE).comparison_per_inhabitant == 4_000


def test_a_comparison_that_lacks_functions_is_none_and_says_which(profile: Make) -> None:
    found = profile(
        accounts=ACCOUNTS, population=POPULATION, comparison=[_compared("0", "202", 9_000.0)]
    )
    growing_up = found.area(EffortArea.OPPVEKST)
    assert growing_up.comparison_per_inhabitant is None
    assert [n.params["functions"] for n in growing_up.notes] == ["232"]


def test_without_accounts_only_registered_services_make_the_profile(profile: Make) -> None:
    found = profile(services=[service("a", "bolig", "265", net_nok=5.0, reach="targeted")])
    assert found.area(EffortArea.BOLIG).net_nok == 5
    assert dict(found.area(EffortArea.BOLIG).by_reach)[Reach.TARGETED] == 5
    assert [n.key for n in found.notes] == [
        "effort.note.no_accounts",
        "effort.note.no_population",
    ]


def test_income_above_cost_lowers_the_area_and_says_so(profile: Make) -> None:
    found = profile(accounts=[account("265", 4e6), account("265", -5e6, "630")])
    housing = found.area(EffortArea.BOLIG)
    assert (housing.net_nok, housing.gross_nok) == (-1e6, 4e6)
    assert [n.key for n in housing.notes] == ["effort.note.income_above_cost"]


def test_an_empty_work_gives_an_empty_profile(profile: Make) -> None:
    found = profile()
    assert len(found.areas) == 11
    assert all(a.net_nok == 0 and not a.services for a in found.areas)
    assert found.reconciliation.lines == ()


def test_the_profile_is_plain_values_and_texts_render_in_every_language(profile: Make) -> None:
    found = profile(accounts=ACCOUNTS, services=[service("a", "oppvekst", "202", net_nok=1.0)])
    assert json.loads(json.dumps(to_jsonable_python(found)))["year"] == 2026
    for lang in ("nb", "nn", "en"):
        assert all(Say(lang).message(note) for note in found.notes)
