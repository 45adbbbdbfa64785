"""Skien's knowledge base from published files: what is known of the city comes out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.challenges.results import ChallengeProfile, Sign
from jevn.planwork import challenges_of
from jevn.planwork.model import PlanWork
from jevn.planwork.sources import refresh_folder
from jevn.terms import SocialDimension


@pytest.fixture(scope="module")
def profile(skien: PlanWork) -> ChallengeProfile:
    found = challenges_of(skien)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("indicator", "lowest", "highest"),
    [("god_helse", 60, 74), ("okonomi_vanskelig", 18, 37), ("psykiske_plager", 10, 22)],
)
def test_the_range_between_the_thirteen_zones_is_recovered(
    profile: ChallengeProfile, indicator: str, lowest: int, highest: int
) -> None:
    status = profile.indicator(indicator)
    assert status is not None
    assert status.spread is not None
    values = [z.value for z in status.spread.zones if z.value is not None]
    assert len(values) == 13
    assert (round(min(values)), round(max(values))) == (lowest, highest)
    assert status.spread.period == "2025"


def test_the_zone_that_stands_out_is_named_and_those_that_cannot_be_told_apart_are_not(
    profile: ChallengeProfile,
) -> None:
    status = profile.indicator("god_helse")
    assert status is not None
    assert status.spread is not None
    signs = {z.name: z.sign for z in status.spread.zones}
    assert [name for name, sign in signs.items() if sign is Sign.WORSE] == ["Stigeråsen"]
    assert list(signs.values()).count(Sign.SAME) >= 10


def test_the_change_from_2021_to_2025_has_limits(profile: ChallengeProfile) -> None:
    status = profile.indicator("okonomi_vanskelig")
    assert status is not None
    assert status.trend is not None
    slope = status.trend.slope_per_year
    assert slope is not None
    assert [p.period for p in status.trend.points] == ["2021", "2025"]
    assert slope.lower is not None
    assert slope.upper is not None
    assert 0 < slope.lower < slope.value < slope.upper
    assert status.trend.sign is Sign.WORSE
    first, last = (p.value for p in status.trend.points)
    assert slope.value == pytest.approx((last - first) / 4)


def test_life_expectancy_at_30_by_education_is_shown_with_its_gap(
    profile: ChallengeProfile,
) -> None:
    status = profile.indicator("levealder")
    assert status is not None
    gradient = status.gradient(SocialDimension.EDUCATION)
    assert gradient is not None
    assert gradient.place == "4003"
    assert gradient.period == "2018–2024"
    assert [round(g.value or 0, 1) for g in gradient.groups] == [79.7, 83.4, 86.9]
    assert gradient.gap is not None
    assert gradient.gap.value == pytest.approx(7.2, abs=0.05)
    assert not gradient.estimated


def test_education_of_the_county_is_said_to_be_the_countys(profile: ChallengeProfile) -> None:
    status = profile.indicator("god_helse")
    assert status is not None
    gradient = status.gradient(SocialDimension.EDUCATION)
    assert gradient is not None
    assert gradient.place == "40"
    assert [g.value for g in gradient.groups] == [51.0, 63.0, 74.0]
    assert "challenges.gap.borrowed_education" in {m.key for m in status.gaps}


def test_every_figure_has_an_origin_in_the_list(skien: PlanWork) -> None:
    known = {o.id for o in skien.origins}
    assert set(skien.observations["origin"].drop_nulls()) <= known
    assert skien.observations["origin"].null_count() == 0


def test_a_refresh_without_new_files_changes_nothing(skien_folder: Path) -> None:
    before = {p.name: p.read_bytes() for p in (skien_folder / "fetched").glob("*.parquet")}
    done = refresh_folder(skien_folder, offline=True)
    assert done.count("failed") == 0
    assert done.count("fetched") == 0
    after = {p.name: p.read_bytes() for p in (skien_folder / "fetched").glob("*.parquet")}
    assert after == before
