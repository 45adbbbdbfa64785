"""Who has spoken against who lives here: by hand and slow reference; nothing small shown."""

from __future__ import annotations

import itertools
import json
from math import factorial, prod
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from typer.testing import CliRunner

from jevn.challenges.schemas import PLACES, POPULATION
from jevn.cli import app
from jevn.participation import read_report
from jevn.participation.representation import Heard, Represented, chance, who_is_heard
from jevn.participation.representation.ages import Band, all_ages, band_of, persons_by_age
from jevn.participation.representation.comparing import age_groups_of
from jevn.participation.results import Contribution, SenderType
from jevn.participation.schemas import IDEAS
from jevn.tables import empty_table, table_from_rows
from jevn.terms import InputRefused, Say

PLACES_ROWS: list[dict[str, Any]] = [
    {"place": "1", "name": "Byen", "kind": "municipality", "population": 10_000.0},
    {"place": "1-1", "name": "Øst", "kind": "zone", "parent": "1", "population": 5_000.0},
    {"place": "1-2", "name": "Vest", "kind": "zone", "parent": "1", "population": 3_000.0},
    {"place": "1-3", "name": "Nord", "kind": "zone", "parent": "1", "population": 2_000.0},
]


def said(id: str, place: str | None = None, sender_type: SenderType = "person") -> Contribution:
    return Contribution(
        id=id,
        channel="idea",
        text="Noe",
        heading=None,
        date=None,
        sender_type=sender_type,
        sender=None,
        place=place,
        areas=(),
        words=(),
        sorted_by="none",
        language="unsure",
    )


def from_zones(*counts: int, without: int = 0) -> list[Contribution]:
    places = [f"1-{z}" for z, n in enumerate(counts, start=1) for _ in range(n)]
    return [said(f"I-{i}", place) for i, place in enumerate([*places, *[None] * without])]


def represented(contributions: list[Contribution], **changes: Any) -> Represented:
    settings: dict[str, Any] = {
        "places": table_from_rows(PLACES, PLACES_ROWS),
        "population": empty_table(POPULATION),
        "municipality": "1",
    }
    return who_is_heard(contributions, **{**settings, **changes})


def zones(*counts: int, without: int = 0) -> Heard:
    return represented(from_zones(*counts, without=without)).dimensions[0]


def test_expected_numbers_and_ratios_by_hand() -> None:
    heard = zones(60, 30, 10, without=7)
    assert (heard.residents, heard.known, heard.unknown) == (107, 100, 7)
    found = {g.group: (g.spoken, g.expected, g.ratio) for g in heard.groups}
    assert found == {"1-3": (10, 20.0, 0.5), "1-2": (30, 30.0, 1.0), "1-1": (60, 50.0, 1.2)}
    assert heard.dissimilarity == 0.1


def test_one_zone_is_told_from_chance_by_the_exact_binomial_test() -> None:
    # P(X <= 10 or as unlikely above) for n = 100, p = 0.2, summed by hand
    from math import comb

    probability = [comb(100, k) * 0.2**k * 0.8 ** (100 - k) for k in range(101)]
    by_hand = sum(p for p in probability if p <= probability[10] * (1 + 1e-7))
    assert chance.binomial_p(10, 100, 0.2) == pytest.approx(by_hand, rel=1e-9)
    north = next(g for g in zones(60, 30, 10).groups if g.group == "1-3")
    assert north.p == pytest.approx(3 * by_hand), "three zones: Holm"
    assert north.standing == "fewer"
    others = {g.group: g.standing for g in zones(60, 30, 10).groups}
    assert others["1-2"] == "no_clear_difference"


def test_exact_interval_is_that_of_clopper_and_pearson() -> None:
    from scipy.stats import beta

    low, high = chance.binomial_limits(10, 100)
    assert low == pytest.approx(beta.ppf(0.025, 10, 91))
    assert high == pytest.approx(beta.ppf(0.975, 11, 90))
    north = next(g for g in zones(60, 30, 10).groups if g.group == "1-3")
    assert north.ratio_lower == pytest.approx(low / 0.2)
    assert north.ratio_upper == pytest.approx(high / 0.2)


def test_multinomial_test_against_every_order_of_persons() -> None:
    shares = (0.5, 0.3, 0.2)
    counts = (1, 1, 4)

    def probability(outcome: tuple[int, ...]) -> float:
        ways = factorial(sum(outcome)) / prod(map(factorial, outcome))
        return ways * prod(s**c for s, c in zip(shares, outcome, strict=True))

    own = probability(counts)
    total = 0.0
    for order in itertools.product(range(3), repeat=6):
        outcome = tuple(order.count(z) for z in range(3))
        if probability(outcome) <= own * (1 + 1e-9):
            total += prod(shares[z] for z in order)
    assert chance.multinomial_p(counts, shares) == pytest.approx(total)


def test_drawn_multinomial_test_agrees_with_the_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = chance.multinomial_p((14, 4, 12), (0.5, 0.3, 0.2))
    monkeypatch.setattr(chance, "MOST_LISTED", 0)
    drawn = chance.multinomial_p((14, 4, 12), (0.5, 0.3, 0.2))
    assert drawn == pytest.approx(listed, abs=0.005)
    assert chance.multinomial_p((0, 0), (0.5, 0.5)) == 1.0
    assert chance.multinomial_p((1, 2), (0.0, 1.0)) == 0.0


def test_dissimilarity_by_chance_is_the_mean_of_draws() -> None:
    shares = (0.5, 0.3, 0.2)
    drawn = np.random.default_rng(1).multinomial(30, shares, size=40_000)
    mean = (np.abs(drawn / 30 - np.array(shares)).sum(axis=1) / 2).mean()
    assert chance.dissimilarity_by_chance(30, shares) == pytest.approx(mean, abs=0.001)


def test_silence_comes_first_and_is_shown() -> None:
    heard = zones(40, 20, 0)
    assert [g.group for g in heard.groups] == ["1-3", "1-2", "1-1"]
    assert heard.silent == ("1-3",)
    assert heard.groups[0].spoken == 0
    assert heard.groups[0].standing == "fewer"


def test_numbers_of_one_to_four_are_hidden_and_cannot_be_found() -> None:
    heard = zones(60, 30, 3)
    assert {g.group: g.spoken for g in heard.groups} == {"1-1": 60, "1-2": None, "1-3": None}
    assert all(g.ratio is None and g.p is None for g in heard.groups if g.spoken is None)
    assert heard.dissimilarity is None
    alone = zones(3, 0, 0)
    assert (alone.known, alone.unknown) == (None, None), "the sum would tell it"
    assert all(g.expected is None for g in alone.groups)
    assert "3" not in Say("nb").message(alone.message).replace("3 innspill", "")


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_no_hidden_number_is_the_only_one_that_fits(counts: list[int]) -> None:
    heard = zones(*counts)
    hidden = [g for g in heard.groups if g.spoken is None]
    shown = sum(g.spoken for g in heard.groups if g.spoken is not None)
    assert all(g.spoken == 0 or g.spoken >= 5 for g in heard.groups if g.spoken is not None)
    if hidden and heard.known is not None:
        assert len(hidden) > 1
        assert heard.known - shown >= 5


def test_few_contributions_tell_nothing_of_who_is_missing() -> None:
    heard = zones(10, 5, 0)
    assert {g.standing for g in heard.groups} == {"not_told"}
    assert heard.message.key == "participation.who.zone.few"
    assert represented([]).dimensions[0].message.key == "participation.who.zone.none"


def test_organisations_and_politicians_are_not_residents() -> None:
    voices = [
        *from_zones(20, 10, 5),
        said("O", "1-1", "organisation"),
        said("P", None, "politician"),
    ]
    found = represented(voices)
    assert (found.contributions, found.residents) == (37, 35)
    assert found.dimensions[0].known == 35
    kinds = {s.name: s.contributions for s in found.sender_types}
    assert kinds == {"person": 35, "organisation": 1, "politician": 1}


def test_representativeness_is_never_claimed() -> None:
    alike = zones(50, 30, 20)
    assert alike.message.key == "participation.who.zone.alike"
    assert "ikke at innspillene er representative" in Say("nb").message(alike.message)
    found = represented(from_zones(50, 30, 20))
    for lang in ("nb", "nn", "en"):
        assert Say(lang).message(found.message)


def test_zones_without_population_are_counted_but_not_compared() -> None:
    places = table_from_rows(PLACES, [{**r, "population": None} for r in PLACES_ROWS])
    (heard,) = represented(from_zones(20, 10, 5), places=places).dimensions
    assert heard.message.key == "participation.who.zone.no_population"
    assert [g.expected for g in heard.groups] == [None] * 3
    assert represented(from_zones(20), places=empty_table(PLACES)).dimensions == ()


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("13-19", Band(13, 19)),
        ("13–19 år", Band(13, 19)),
        ("67+", Band(67, float("inf"))),
        (" 17 ", Band(17, 17)),
        ("19-13", None),
        ("ungdom", None),
        ("", None),
    ],
)
def test_age_groups_as_people_write_them(text: str, band: Band | None) -> None:
    assert band_of(text) == band


def test_ages_that_nobody_has_given_are_there() -> None:
    assert [b.name for b in all_ages([Band(13, 19), Band(67, float("inf"))])] == [
        "0-12",
        "13-19",
        "20-66",
        "67+",
    ]


def population(rows: list[tuple[str, str, str | None, float]]) -> pl.DataFrame:
    return table_from_rows(
        POPULATION,
        [
            {"place": place, "year": 2026, "age": age, "sex": sex, "persons": persons}
            for place, age, sex, persons in rows
        ],
    )


AGES = [
    ("1", "0-12", None, 1_500.0),
    ("1", "13-19", "women", 400.0),
    ("1", "0-12", "women", 700.0),
    ("1", "13-19", None, 900.0),
    ("1", "20-44", None, 3_600.0),
    ("1", "45-66", None, 2_000.0),
    ("1", "67-79", None, 1_200.0),
    ("1", "80+", None, 800.0),
]


def test_population_by_age_is_summed_from_bands_that_lie_inside() -> None:
    bands = all_ages([Band(13, 19), Band(67, float("inf"))])
    found = persons_by_age(bands, population(AGES), ["1"])
    assert found is not None
    assert list(found.values()) == [1_500, 900, 5_600, 2_000]
    across = all_ages([Band(16, 24)])
    assert persons_by_age(across, population(AGES), ["1"]) is None
    assert persons_by_age(bands, population(AGES), ["9"]) is None


def test_ages_are_compared_and_those_unknown_counted_apart() -> None:
    contributions = from_zones(0, 0, 0, without=60)
    given = {f"I-{i}": "67+" if i < 30 else "13-19" for i in range(40)}
    found = represented(contributions, population=population(AGES), age_groups=given)
    heard = found.dimensions[1]
    assert (heard.dimension, heard.known, heard.unknown) == ("age", 40, 20)
    assert heard.silent == ("20-66", "0-12"), "the largest silent group first"
    standing = {g.group: g.standing for g in heard.groups}
    assert standing["67+"] == "more"
    assert standing["20-66"] == "fewer"


def test_age_groups_that_overlap_are_not_compared() -> None:
    given = {f"I-{i}": "13-19" if i % 2 else "16-24" for i in range(40)}
    found = represented(from_zones(40), population=population(AGES), age_groups=given)
    assert found.dimensions[1].message.key == "participation.who.age.no_population"


def test_age_groups_that_are_not_ages_are_refused_with_their_line() -> None:
    rows = [{"id": "I-1", "text": "a", "age_group": "17"}, {"id": "I-2", "text": "b"}]
    assert age_groups_of([("ideas.csv", table_from_rows(IDEAS, rows))]) == {"I-1": "17"}
    rows[1]["age_group"] = "ungdom"
    with pytest.raises(InputRefused) as refused:
        age_groups_of([("ideas.csv", table_from_rows(IDEAS, rows))])
    (problem,) = refused.value.problems
    assert (problem.id, problem.row, problem.column) == ("who_age_group", 3, "age_group")


def test_a_plan_folder_with_such_an_age_group_is_refused(tmp_path: Path) -> None:
    (tmp_path / "jevn.toml").write_text(
        '[municipality]\nname = "Byen"\nnumber = "1"\n[work]\nas_of = "2027-01-01"\nyear = 2026\n',
        "utf-8",
    )
    (tmp_path / "ideas.csv").write_text("id,text,age_group\nI-1,Mer,ungdom\n", "utf-8")
    run = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert run.exit_code != 0
    assert "who_age_group" in run.output
    (tmp_path / "ideas.csv").write_text("id,text,age_group\nI-1,Mer,13-19\n", "utf-8")
    (tmp_path / "merged.csv").write_text("kept,merged\nI-1,I-9\n", "utf-8")
    run = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert "merged_unknown" in run.output


def test_participants_are_counted_without_names() -> None:
    people = "\n".join(f"- Navn{'abcdefgh'[i]} Etternavn, Drammen" for i in range(8))
    report = read_report(
        f"# Verksted\n\n# Hva savner du?\n\n- Mer\n\n# Deltakere\n\n{people}\n", "v"
    )
    found = represented([], reports=[report])
    (event,) = found.events
    assert event.people == len(report.participants)
    assert sum(n for _, n in event.municipalities) == event.people
    assert all(n >= 5 for name, n in event.municipalities if name is not None)
    assert "Etternavn" not in TypeAdapter(Represented).dump_json(found).decode()


def test_the_command_shows_tables_and_json(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "jevn.toml").write_text(
        '[municipality]\nname = "Byen"\nnumber = "1"\n[work]\nas_of = "2027-01-01"\nyear = 2026\n'
        'version = "1"\nstatus = "draft"\n',
        "utf-8",
    )
    lines = ["place,name,kind,parent,population", "1,Byen,municipality,,100"]
    lines += ["1-1,Øst,zone,1,60", "1-2,Vest,zone,1,40"]
    (folder / "places.csv").write_text("\n".join(lines), "utf-8")
    ideas = ["id,text,place,sender_type,age_group"]
    ideas += [f"I-{i},Mer av alt,1-1,person,13-19" for i in range(30)]
    (folder / "ideas.csv").write_text("\n".join(ideas), "utf-8")
    (folder / "merged.csv").write_text("kept,merged,date\nI-0,I-1,2027-01-01\n", "utf-8")
    run = CliRunner().invoke(app, ["participation", "who", str(folder), "--json"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found["contributions"] == 30, "merged ones count"
    assert found["dimensions"][0]["groups"][0]["group"] == "1-2"
    shown = CliRunner().invoke(app, ["participation", "who", str(folder)])
    assert "Vest" in shown.stdout
    assert "13-19" in shown.stdout
    near = CliRunner().invoke(app, ["participation", "duplicates", str(folder), "--json"])
    assert json.loads(near.stdout)["texts"] == 29, "merged ones are not suggested again"
