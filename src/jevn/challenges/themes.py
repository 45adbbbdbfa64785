"""The six themes of the overview regulation: which have figures, and which a judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast, get_args

import yaml

from jevn.challenges.overview_results import ProfessionalJudgement, Theme, ThemeCoverage
from jevn.challenges.results import Indicator, IndicatorStatus
from jevn.terms import EffortArea

THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
"""The themes in the order of the regulation."""


def theme_of(indicator: Indicator) -> Theme:
    """The theme of an indicator: its own, else that of its id, else that of its area."""
    if indicator.theme is not None:
        return indicator.theme
    found = _mapping()
    by_id = found["indicators"].get(indicator.id)
    return cast(Theme, by_id or found["areas"][indicator.area.value])


def theme_coverage(
    statuses: Sequence[IndicatorStatus],
    judgements: Sequence[ProfessionalJudgement],
    *,
    has_population: bool,
) -> tuple[ThemeCoverage, ...]:
    """What there is of each theme.

    Args:
        statuses: all indicators.
        judgements: professional judgements of the themes.
        has_population: whether the population of the municipality is known by age, sex,
            education, income or background, which covers the theme of its composition.
    """
    by_theme: dict[Theme, list[IndicatorStatus]] = {theme: [] for theme in THEMES}
    for status in statuses:
        by_theme[theme_of(status.indicator)].append(status)
    written = {j.about: j for j in judgements}
    return tuple(
        ThemeCoverage(
            theme=theme,
            indicators=tuple(s.indicator.id for s in own if s.level is not None),
            without_figures=tuple(s.indicator.id for s in own if s.level is None),
            population=has_population and theme == THEMES[0],
            judgement=written.get(theme),
        )
        for theme, own in by_theme.items()
    )


@cache
def _mapping() -> Mapping[str, Mapping[str, str]]:
    """Themes of indicators and of areas, read once.

    Raises:
        ValueError: if an area has no theme, or a theme is unknown.
    """
    text = files("jevn.challenges").joinpath("themes.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    indicators = {id: theme for theme, ids in data["indicators"].items() for id in ids}
    unknown = ({*data["indicators"], *data["areas"].values()}) - set(THEMES)
    lacking = {a.value for a in EffortArea} - set(data["areas"])
    if unknown or lacking:
        raise ValueError(f"themes.yaml: {sorted(unknown | lacking)}")
    return {"indicators": indicators, "areas": data["areas"]}
