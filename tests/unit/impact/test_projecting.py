"""Alternatives through the years: bound to the chain by hand, paired draws, what must hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from jevn.impact.alternatives import Alternative, EffectUse, ProfileChange
from jevn.impact.baseline import Future, build_strata, project
from jevn.impact.projection import (
    Arrow,
    Determinant,
    ImpactModel,
    Inputs,
    check_changes,
    project_alternatives,
)
from jevn.impact.projection.assembling import intake_of
from jevn.impact.projection.preparing import prepare, values_of
from jevn.impact.projection.results import Projection
from jevn.impact.reading import zero_alternative
from jevn.impact.uncertainty import central
from jevn.planwork import (
    PlanWork,
    assessment_of,
    inputs_of,
    projection_of,
    read_folder,
    write_folder,
)
from jevn.terms import InputRefused, Reach, Say
from jevn.terms.language import text_keys

DRAWS = 16


@pytest.fixture(scope="module")
def work(elvebyen_folder: Path) -> PlanWork:
    return read_folder(elvebyen_folder)


@pytest.fixture(scope="module")
def inputs(work: PlanWork) -> Inputs:
    found = inputs_of(work)
    assert found is not None
    return replace(found, model=replace(found.model, years=8))


@pytest.fixture(scope="module")
def projection(inputs: Inputs) -> Projection:
    found = project_alternatives(inputs, draws=DRAWS, seed=1)
    assert found is not None
    return found


def test_people_reached_and_helped_are_those_of_the_chain_by_hand(
    work: PlanWork, inputs: Inputs
) -> None:
    """With every number at its value, a full year is that of the chain printed step by step."""
    prepared = prepare(inputs)
    assert prepared is not None
    values = values_of(prepared.parameters, central(prepared.parameters))
    assessed = assessment_of(work)
    assert assessed is not None
    for used in prepared.used:
        intake = intake_of(used, prepared.ground, values)
        by_hand = assessed.change(used.change.id)
        assert by_hand is not None
        assert by_hand.computed is not None
        reached = float(intake.taken.persons.sum())
        assert reached == pytest.approx(by_hand.computed.reached, rel=1e-6)
        # The strata differ also by sex, income and zone, so the people helped agree closely.
        helped = float(intake.helped.sum())
        assert helped == pytest.approx(by_hand.computed.helped.value, rel=0.03)


def test_the_zero_alternative_changes_nothing(projection: Projection) -> None:
    zero = projection.alternatives[0]
    assert zero.alternative == "zero"
    assert all(o.total.mean == 0 and o.verdict == "no_effect" for o in zero.benefit)
    assert zero.equity[0].equity.verdict == "no_change"
    assert zero.costs.actions == 0


def test_same_seed_same_answer_and_another_seed_another(inputs: Inputs) -> None:
    one = replace(
        inputs, alternatives=inputs.alternatives[:4], model=replace(inputs.model, years=3)
    )
    first = project_alternatives(one, draws=DRAWS, seed=3)
    assert first == project_alternatives(one, draws=DRAWS, seed=3)
    assert first != project_alternatives(one, draws=DRAWS, seed=4)


def test_the_plain_engine_gives_the_same_answer(inputs: Inputs) -> None:
    pytest.importorskip("numba")
    few = replace(
        inputs,
        alternatives=(inputs.alternatives[0], inputs.alternatives[3]),
        model=replace(inputs.model, years=2),
        baseline=_coarse(inputs),
    )
    fast = project_alternatives(few, draws=1, engine="compiled")
    slow = project_alternatives(few, draws=1, engine="numpy")
    assert fast is not None
    assert slow is not None
    for a, b in zip(fast.alternatives[1].benefit, slow.alternatives[1].benefit, strict=True):
        assert a.total.mean == pytest.approx(b.total.mean, rel=1e-9, abs=1e-9)


def _coarse(inputs: Inputs) -> Any:
    strata, _ = inputs.baseline.strata.aggregate(("education",))
    return project(strata, steps=4)


def test_groups_of_every_dimension_sum_to_the_total(projection: Projection) -> None:
    for found in projection.alternatives:
        total = found.benefit[0].total.mean
        for distribution in found.distribution:
            summed = sum(g.total.mean for g in distribution.groups)
            # Zones come from strata of their own, which differ a little from those by income.
            tolerance = 1e-6 if distribution.dimension != "zone" else 0.02
            assert summed == pytest.approx(total, rel=tolerance, abs=1e-9)


def test_years_sum_to_the_whole(projection: Projection, inputs: Inputs) -> None:
    for found in projection.alternatives:
        for outcome in found.benefit:
            assert len(outcome.years) == inputs.model.years
            assert outcome.years[0].year == projection.first_year


def test_a_change_that_is_only_judged_is_in_no_number(projection: Projection) -> None:
    found = projection.alternative("bolig_sted")
    assert found is not None
    assert found.computed == ("housing_first",)
    assert len(found.judged) == 5
    assert any(m.key == "impact.projection.unknown.judged" for m in found.unknown)


def test_zones_without_the_change_gain_nothing(projection: Projection) -> None:
    found = projection.alternative("helse_naer")
    assert found is not None
    zones = next(d for d in found.distribution if d.dimension == "zone")
    gains = {g.group for g in zones.groups if g.verdict == "gains"}
    assert gains == {"9901-03", "9901-04", "9901-08"}


def test_probabilities_of_two_alternatives_sum_to_one(projection: Projection) -> None:
    better = {a.alternative: dict(a.better) for a in projection.alternatives}
    for one, others in better.items():
        for other, chance in others.items():
            assert chance + better[other][one] == pytest.approx(1.0)


def test_knowing_one_number_is_never_worth_more_than_knowing_all(projection: Projection) -> None:
    assert projection.perfect >= 0
    assert all(0 <= k.value <= projection.perfect + 1e-6 for k in projection.knowledge)


def test_every_text_of_the_explanation_exists_and_can_be_said(projection: Projection) -> None:
    keys = set(text_keys())
    for language in ("nb", "nn", "en"):
        say = Say(language)  # type: ignore[arg-type]
        for found in projection.alternatives:
            for message in (*found.chain, *found.unknown):
                assert message.key in keys
                assert "{" not in say.message(message)
        for message in (*projection.assumptions, *(k.name for k in projection.knowledge)):
            assert "{" not in say.message(message)


def test_more_money_never_helps_fewer(inputs: Inputs) -> None:
    prepared = prepare(inputs)
    assert prepared is not None
    values = values_of(prepared.parameters, central(prepared.parameters))
    for used in prepared.used:
        helped = [
            float(intake_of(used, prepared.ground, values, level).helped.sum())
            for level in (0.5, 1.0, 2.0, 1e6)
        ]
        assert helped == sorted(helped)
        assert intake_of(used, prepared.ground, values, 1e6).taken.unused[0] > 0


def test_an_effect_without_interval_is_refused_by_name(work: PlanWork, inputs: Inputs) -> None:
    bare = [
        replace(a, changes=tuple(_without_interval(c) for c in a.changes))
        for a in work.alternatives
    ]
    problems = list(check_changes(bare, inputs.catalogue, "alternatives.yaml"))
    assert {str(p.params["id"]) for p in problems} == {"smagruppe", "kjernetid", "ips_voksne"}
    with pytest.raises(InputRefused):
        project_alternatives(replace(inputs, alternatives=(zero_alternative(), *bare)), draws=1)


def _without_interval(change: ProfileChange) -> ProfileChange:
    if change.effect is None:
        return change
    return replace(change, effect=replace(change.effect, interval=None))


def test_a_change_that_begins_before_the_population_is_refused(inputs: Inputs) -> None:
    early = [
        replace(a, changes=tuple(replace(c, start_year=2020) for c in a.changes))
        for a in inputs.alternatives
    ]
    with pytest.raises(InputRefused) as refused:
        project_alternatives(replace(inputs, alternatives=tuple(early)), draws=1)
    assert refused.value.problems[0].id == "impact_year"


def test_without_a_model_nothing_is_projected(work: PlanWork) -> None:
    assert projection_of(replace(work, model=None)) is None


def test_without_effects_nothing_is_projected(inputs: Inputs) -> None:
    plain = [
        replace(a, changes=tuple(replace(c, effect=None) for c in a.changes))
        for a in inputs.alternatives
    ]
    assert project_alternatives(replace(inputs, alternatives=tuple(plain)), draws=1) is None


def test_a_longer_view_gives_at_least_as_much_schooling_passed_on(work: PlanWork) -> None:
    """An action on completion passes something on, with its two lines beside it."""
    base = inputs_of(work)
    assert base is not None
    use = EffectUse(
        effect_size="es37",
        determinant="fullfort_vgs",
        unit_cost_nok=100_000.0,
        ages=(18, 20),
        start_level=0.5,
        fade_years=None,
    )
    change = ProfileChange(
        id="oppfolging",
        title="Oppfølging",
        area=work.alternatives[1].changes[0].area,
        level="new",
        start_year=2028,
        nok_per_year=5_000_000.0,
        reach=Reach.TARGETED,
        effect=use,
    )
    model = ImpactModel(
        years=12,
        determinants=(
            Determinant("fullfort_vgs", (21, 100), (21, 100), set_at=21),
            Determinant("utenfor_arbeid", (25, 66), (25, 61)),
        ),
        arrows=(Arrow("fullfort_vgs", "utenfor_arbeid", "es20b", ages=(25, 40)),),
    )
    alternatives = (zero_alternative(), Alternative("skole", "Skole", "", (change,)))
    found = project_alternatives(
        replace(base, alternatives=alternatives, model=model), draws=DRAWS, seed=2
    )
    assert found is not None
    skole = found.alternatives[1]
    schooling, work_gain = skole.outcome("fullfort_vgs"), skole.outcome("utenfor_arbeid")
    assert schooling is not None
    assert work_gain is not None
    assert schooling.total.mean > 0
    assert 0 < work_gain.total.mean < schooling.total.mean
    assert skole.inherited is not None
    first = skole.inherited.generations[0]
    assert first.none == 0 < first.extra.mean < first.all


def test_migration_is_alike_in_both_arms_so_it_moves_no_gain_of_its_own(inputs: Inputs) -> None:
    strata = inputs.baseline.strata
    steps = inputs.baseline.steps
    moving = {s: np.full(101, 2.0) for s in ("women", "men")}
    with_people = project(strata, steps=steps, future=Future(migration=moving))
    few = replace(inputs, alternatives=inputs.alternatives[:1] + inputs.alternatives[3:4])
    still = project_alternatives(few, draws=1)
    moved = project_alternatives(replace(few, baseline=with_people), draws=1)
    assert still is not None
    assert moved is not None
    assert moved.alternatives[0].benefit[0].total.mean == 0
    a, b = (p.alternatives[1].benefit[0].total.mean for p in (still, moved))
    assert b == pytest.approx(a, rel=0.05)


def test_a_folder_keeps_its_model_when_written_and_read(work: PlanWork, tmp_path: Path) -> None:
    write_folder(work, tmp_path / "again")
    assert read_folder(tmp_path / "again").model == work.model


def test_the_population_of_the_folder_is_reproduced(work: PlanWork) -> None:
    zones = work.places.filter(pl.col("kind") == "zone")["place"].to_list()
    strata = build_strata(work.population, municipality="9901", zones=sorted(zones))
    total = work.population.filter(
        (pl.col("place") == "9901")
        & (pl.col("year") == strata.year)
        & pl.all_horizontal(
            pl.col(c).is_null() for c in ("sex", "age", "education", "income", "background")
        )
    )["persons"].sum()
    assert strata.persons.sum() == pytest.approx(total, rel=1e-9)
