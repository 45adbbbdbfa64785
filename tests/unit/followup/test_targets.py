"""Targets on level, gap and trend against the newest figure."""

from __future__ import annotations

import pytest

from jevn.challenges.results import (
    ChallengeProfile,
    Figure,
    Gradient,
    GroupValue,
    Indicator,
    IndicatorStatus,
    PlaceSpread,
    Sign,
    Trend,
)
from jevn.followup import follow_up
from jevn.followup.results import TargetStatus
from jevn.plan.elements import Element, ElementKind, Target
from jevn.terms import (
    LANGUAGES,
    EffortArea,
    LocalText,
    Message,
    Polarity,
    Say,
    Scale,
    SocialDimension,
)

EDUCATION = SocialDimension.EDUCATION


def gradient(low: float, high: float, gap: Figure, *, estimated: bool = False) -> Gradient:
    groups = tuple(
        GroupValue(g, v, None, None, None) for g, v in (("basic", low), ("higher", high))
    )
    return Gradient(
        EDUCATION, "9901", "2031", groups, (0.2, 0.7), None, Figure(1.4, 1.2, 1.6), gap, None,
        Sign.WORSE, estimated, None,
    )  # fmt: skip


def challenges(
    *,
    level: Figure | None = None,
    gradients: tuple[Gradient, ...] = (),
    spread: float | None = None,
    slope: Figure | None = None,
    polarity: Polarity = Polarity.FAVOURABLE,
) -> ChallengeProfile:
    indicator = Indicator(
        "vgs", EffortArea.OPPVEKST, LocalText("Fullført vgs"), Scale.PERCENT, polarity
    )
    zones = PlaceSpread("2031", (), 70.0, spread, 0, None, Sign.UNKNOWN, None) if spread else None
    points = (Figure(70.0, period="2027"), Figure(74.0, period="2031"))
    trend = Trend(points, slope, Sign.BETTER) if slope else None
    status = IndicatorStatus(indicator, level, (), gradients, zones, trend, None, (), ())
    return ChallengeProfile("9901", (), (status,), Message("x"), 0)


def standing(target: Target, found: ChallengeProfile | None) -> TargetStatus:
    goal = Element("M1", ElementKind.GOAL, "Mål", "", None, None, (target,), (), ())
    (status,) = follow_up(
        elements=(goal,), reports=(), challenges=found, as_of="2032-01-01"
    ).targets
    for lang in LANGUAGES:
        assert Say(lang).message(status.message)
    return status


def level(baseline: float | None = 70.0, target: float = 80.0) -> Target:
    return Target("vgs", "level", baseline, target, 2034)


@pytest.mark.parametrize(
    ("value", "progress", "verdict"),
    [
        (76.0, 0.6, "moving"),
        (80.0, 1.0, "reached"),
        (85.0, 1.5, "reached"),
        (65.0, -0.5, "wrong_way"),
    ],
)
def test_progress_is_the_share_of_the_way_from_the_baseline(
    value: float, progress: float, verdict: str
) -> None:
    figure = Figure(value, value - 1, value + 1, "2031")
    found = standing(level(), challenges(level=figure))
    assert found.progress == pytest.approx(progress)
    assert (found.verdict, found.latest, found.latest_period) == (verdict, value, "2031")


@pytest.mark.parametrize("value", [68.0, 72.0, 81.0])
def test_a_figure_whose_interval_holds_the_baseline_cannot_be_told_apart(value: float) -> None:
    found = standing(level(), challenges(level=Figure(value, 69.0 - 5, 82.0)))
    assert found.verdict == "unchanged"
    assert found.progress == pytest.approx((value - 70) / 10)


def test_a_figure_without_interval_says_that_its_uncertainty_is_not_known() -> None:
    found = standing(level(), challenges(level=Figure(76.0, period="2031")))
    assert found.verdict == "moving"
    assert "Usikkerheten" in Say("nb").message(found.message)
    same = standing(level(), challenges(level=Figure(70.0)))
    assert (same.verdict, same.progress) == ("unchanged", 0.0)


def test_lower_is_better_for_adverse_indicators_by_the_same_formula() -> None:
    target = Target("vgs", "level", 20.0, 10.0, 2034)
    found = standing(target, challenges(level=Figure(15.0, 14.0, 16.0), polarity=Polarity.ADVERSE))
    assert (found.verdict, found.progress) == ("moving", 0.5)


def test_without_baseline_only_reaching_the_target_can_be_said() -> None:
    reached = standing(level(baseline=None), challenges(level=Figure(81.0)))
    assert (reached.verdict, reached.progress) == ("reached", None)
    other = standing(level(baseline=None), challenges(level=Figure(79.0)))
    assert (other.verdict, other.latest) == ("not_known", 79.0)


def test_a_target_to_hold_the_level_is_reached_or_lost() -> None:
    hold = level(baseline=70.0, target=70.0)
    assert standing(hold, challenges(level=Figure(75.0, 74.0, 76.0))).verdict == "reached"
    assert standing(hold, challenges(level=Figure(65.0, 64.0, 66.0))).verdict == "wrong_way"
    assert standing(hold, challenges(level=Figure(69.0, 67.0, 71.0))).verdict == "unchanged"


@pytest.mark.parametrize(
    ("polarity", "low", "high", "gap"),
    [
        (Polarity.FAVOURABLE, 50.0, 80.0, Figure(30.0, 28.0, 32.0)),
        (Polarity.ADVERSE, 50.0, 20.0, Figure(-30.0, -32.0, -28.0)),
        (Polarity.ADVERSE, 50.0, 20.0, Figure(30.0, 28.0, 32.0)),
    ],
)
def test_a_gap_is_positive_when_the_low_end_is_worse_off(
    polarity: Polarity, low: float, high: float, gap: Figure
) -> None:
    target = Target("vgs", "absolute_gap", 35.0, 25.0, 2034, EDUCATION)
    found = standing(target, challenges(gradients=(gradient(low, high, gap),), polarity=polarity))
    assert (found.latest, found.progress, found.verdict) == (30.0, 0.5, "moving")
    assert found.latest_period == "2031"


def test_a_relative_gap_is_held_against_the_relative_index() -> None:
    target = Target("vgs", "relative_gap", 1.8, 1.3, 2034, EDUCATION)
    found = standing(target, challenges(gradients=(gradient(50, 80, Figure(30.0)),)))
    assert found.latest == 1.4
    assert found.progress == pytest.approx(0.8)


def test_a_gap_estimated_from_national_figures_says_nothing_of_progress() -> None:
    target = Target("vgs", "absolute_gap", 35.0, 25.0, 2034, EDUCATION)
    found = standing(
        target, challenges(gradients=(gradient(50, 80, Figure(30.0), estimated=True),))
    )
    assert (found.verdict, found.latest, found.progress) == ("not_known", None, None)
    assert found.message.key == "followup.target.not_known.estimated"


def test_the_gap_between_zones_is_their_spread() -> None:
    target = Target("vgs", "absolute_gap", 20.0, 10.0, 2034, SocialDimension.ZONE)
    found = standing(target, challenges(spread=18.0))
    assert (found.latest, found.progress, found.verdict) == (18.0, 0.2, "moving")


def test_a_trend_is_the_change_per_year() -> None:
    target = Target("vgs", "trend", 0.0, 1.0, 2034)
    found = standing(target, challenges(slope=Figure(0.5, 0.2, 0.8)))
    assert (found.progress, found.verdict, found.latest_period) == (0.5, "moving", "2027–2031")
    unsure = standing(target, challenges(slope=Figure(0.5, -0.1, 1.1)))
    assert unsure.verdict == "unchanged"


@pytest.mark.parametrize("found", [None, challenges()])
def test_without_a_figure_the_standing_is_not_known(found: ChallengeProfile | None) -> None:
    for on in ("level", "absolute_gap", "relative_gap", "trend"):
        status = standing(Target("vgs", on, 1.0, 2.0, 2034, EDUCATION), found)  # type: ignore[arg-type]
        assert (status.verdict, status.latest) == ("not_known", None)
