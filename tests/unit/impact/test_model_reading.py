"""model.yaml: read, written back, and every fault refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from jevn.evidence import load_catalogue
from jevn.impact.projection.graph import ImpactModel
from jevn.impact.projection.graph_reading import check_model, model_data, read_model
from jevn.terms import InputRefused, Problem

FILE = "model.yaml"
CATALOGUE = load_catalogue()


def model() -> dict[str, Any]:
    """A sound model with something of everything."""
    return {
        "years": 30,
        "draws": 64,
        "determinants": [
            {"indicator": "skole", "ages": [21, 100], "counted": [21, 40], "set_at": 21},
            {
                "indicator": "arbeid",
                "ages": [25, 66],
                "disability": {"value": 0.1, "low": 0.05, "high": 0.2, "source": "GBD"},
                "costs": {"municipality": 1000, "source": "Anslag"},
            },
        ],
        "arrows": [
            {"from": "skole", "to": "arbeid", "effect_size": "es20b", "ages": [25, 40]},
            {
                "from": "arbeid",
                "to": "mortality",
                "effect_size": "es17",
                "lag_years": 3,
                "interval": [1.45, 1.85],
                "reason": "Bredden er antatt.",
            },
        ],
    }


def refused(data: dict[str, Any]) -> list[Problem]:
    with pytest.raises(InputRefused) as found:
        read_model(data, FILE)
    assert all(p.file == FILE and p.what("nb") and p.remedy("nb") for p in found.value.problems)
    return list(found.value.problems)


def test_what_is_read_is_written_back_the_same() -> None:
    read = read_model(model(), FILE)
    assert (read.years, read.draws, read.discount) == (30, 64, 0.04)
    assert read.determinants[0].counted == (21, 40)
    assert read.arrows[1].interval == (1.45, 1.85)
    again = read_model(yaml.safe_load(yaml.safe_dump(model_data(read))), FILE)
    assert again == read


def test_an_empty_file_means_the_defaults() -> None:
    assert read_model(None, FILE) == ImpactModel()
    assert read_model({}, FILE) == ImpactModel()


@pytest.mark.parametrize(
    ("where", "value", "problem"),
    [
        (("determinants", 0, "ages"), [40, 21], "model_ages"),
        (("determinants", 0, "counted"), [40, 21], "model_ages"),
        (("determinants", 0, "set_at"), 18, "model_ages"),
        (("determinants", 1, "disability", "value"), 0.3, "model_interval"),
        (("determinants", 1, "indicator"), "skole", "model_twice"),
        (("arrows", 0, "ages"), [66, 25], "model_ages"),
        (("arrows", 1, "interval"), [1.9, 1.4], "model_interval"),
        (("arrows", 1, "reason"), None, "model_interval"),
        (("arrows", 0, "to"), "arbied", "model_unknown"),
        (("arrows", 0, "from"), "mortality", "model_unknown"),
    ],
)
def test_parts_that_do_not_fit_are_named(
    where: tuple[str | int, ...], value: object, problem: str
) -> None:
    data = model()
    part: Any = data
    for key in where[:-1]:
        part = part[key]
    if value is None:
        del part[where[-1]]
    else:
        part[where[-1]] = value
    assert problem in {p.id for p in refused(data)}


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("years", 0),
        ("years", 81),
        ("draws", 4),
        ("discount", -0.1),
        ("healthy_year_nok", 0),
        ("kappa_generations", 1.5),
        ("yeras", 20),
    ],
)
def test_values_outside_their_range_and_unknown_names_are_refused(where: str, value: float) -> None:
    problems = refused({**model(), where: value})
    assert {p.id for p in problems} <= {"yaml_value", "yaml_unknown"}
    assert any(where in (p.column or "") or where in str(p.params) for p in problems)


def test_a_share_over_one_and_a_certain_mediation_are_refused() -> None:
    data = model()
    data["arrows"][0]["causal_share"] = 1.2
    assert refused(data)[0].id == "yaml_value"
    data = model()
    data["arrows"][0]["mediated"] = 1.0
    assert refused(data)[0].id == "yaml_value"


def test_arrows_in_a_circle_are_shown_as_a_path() -> None:
    data = model()
    data["arrows"].append({"from": "arbeid", "to": "skole", "effect_size": "es20b"})
    [problem] = [p for p in refused(data) if p.id == "model_circle"]
    assert str(problem.params["circle"]).count("→") == 2


def test_two_roads_to_death_must_say_how_much_goes_by_the_other() -> None:
    data = model()
    data["arrows"].append({"from": "skole", "to": "mortality", "effect_size": "es17"})
    [problem] = refused(data)
    assert (problem.id, problem.params["parent"]) == ("model_mediated", "skole")
    data["arrows"][-1]["mediated"] = 0.4
    assert read_model(data, FILE).arrows[-1].mediated == 0.4


def checked(data: dict[str, Any], indicators: dict[str, bool] | None = None) -> set[str]:
    known = {"skole": True, "arbeid": True} if indicators is None else indicators
    return {p.id for p in check_model(read_model(data, FILE), CATALOGUE, known, FILE)}


def test_a_model_is_held_against_the_catalogue_and_the_indicators() -> None:
    assert checked(model()) == set()
    assert checked(model(), {"skole": True}) == {"model_no_indicator"}
    assert checked(model(), {"skole": True, "arbeid": False}) == {"model_not_share"}


@pytest.mark.parametrize(
    ("arrow", "problem"),
    [
        ({"effect_size": "es999"}, "model_no_effect_size"),
        ({"effect_size": "es20b"}, "model_effect_scale"),
        ({"interval": [1.7, 1.9]}, "model_interval"),
    ],
)
def test_an_effect_size_that_cannot_be_used_is_named(
    arrow: dict[str, object], problem: str
) -> None:
    data = model()
    data["arrows"][1].update(arrow)
    assert problem in checked(data)


def test_an_effect_without_interval_is_refused() -> None:
    data = model()
    del data["arrows"][1]["interval"], data["arrows"][1]["reason"]
    assert checked(data) == {"model_no_interval"}
