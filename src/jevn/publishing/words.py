"""Numbers, dates and names as readers meet them: values with unit, money, groups, ISO dates."""

from __future__ import annotations

from datetime import date

from jevn.indices import INDICES, IndexResult, Unit
from jevn.indices import Sign as IndexSign
from jevn.terms import LocalText, Say, Scale, SocialDimension


def drawn(value: float, scale: Scale) -> float:
    """The value as drawn: proportions as percent, everything else as it is."""
    return 100.0 * value if scale is Scale.PROPORTION else float(value)


def decimals_of(scale: Scale) -> int:
    """Decimals to show of a drawn value."""
    return 1 if scale is Scale.PROPORTION else scale.info.decimals


def unit_text(scale: Scale, say: Say) -> str:
    """The unit on an axis, e.g. ``prosent``."""
    return say("scale.percent" if scale is Scale.PROPORTION else f"scale.{scale.value}")


def value_text(value: float | None, scale: Scale, say: Say) -> str:
    """A value with its unit, e.g. ``12,3 %`` or ``79,5 år``; ``–`` for none."""
    if value is None:
        return "–"
    if scale in (Scale.PROPORTION, Scale.PERCENT):
        share = value if scale is Scale.PROPORTION else value / 100
        return say.percent(share, 1)
    if scale is Scale.NOK:
        return money(value, say)
    number = say.number(value, decimals_of(scale))
    if scale in (Scale.COUNT, Scale.SCORE_0_10):
        return number
    return f"{number} {say(f'scale.{scale.value}')}".replace(" ", "\xa0")


def difference_text(value: float | None, scale: Scale, say: Say) -> str:
    """A difference with sign and unit, e.g. ``−3,2 prosentpoeng``."""
    if value is None:
        return "–"
    at = decimals_of(scale)
    number = say.number(drawn(value, scale), at)
    sign = "+" if round(drawn(value, scale), at) > 0 else ""
    if scale in (Scale.PROPORTION, Scale.PERCENT):
        return f"{sign}{number} {say('publishing.unit.percentage_points')}"
    if scale in (Scale.COUNT, Scale.SCORE_0_10):
        return f"{sign}{number}"
    return f"{sign}{number} {unit_text(scale, say)}"


def index_text(value: float | None, name: str, scale: Scale, say: Say) -> str:
    """An index in its own unit: that of the indicator, a number of times, or a percentage."""
    if value is None:
        return "–"
    index = INDICES[name]
    if index.unit is Unit.VALUE and index.sign is IndexSign.DIFFERENCE:
        return difference_text(value, scale, say)
    if index.unit is Unit.VALUE:
        return value_text(value, scale, say)
    if index.unit is Unit.PERCENT:
        return say.percent(value / 100, 1)
    return say.number(value, 2 if index.sign is IndexSign.RATIO else 3)


def index_limits(result: IndexResult, scale: Scale, say: Say) -> str:
    """Limits of an index, without unit; empty if there are none."""
    if result.lower is None or result.upper is None:
        return ""
    index = INDICES[result.index]
    if index.unit is Unit.VALUE:
        return interval_text(result.lower, result.upper, scale, say)
    at = {Unit.PERCENT: 1}.get(index.unit, 2 if index.sign is IndexSign.RATIO else 3)
    return limits_text(result.lower, result.upper, at, say)


def points_text(share: float, say: Say) -> str:
    """A difference between two shares, e.g. ``16,93 prosentpoeng``."""
    return f"{say.number(100 * share, 2)} {say('publishing.unit.percentage_points')}"


def interval_text(lower: float | None, upper: float | None, scale: Scale, say: Say) -> str:
    """Limits as ``12,1–13,4``; empty if there are none."""
    if lower is None or upper is None:
        return ""
    at = decimals_of(scale)
    return limits_text(drawn(lower, scale), drawn(upper, scale), at, say)


def limits_text(lower: float, upper: float, decimals: int, say: Say) -> str:
    """Limits as ``12,1–13,4``, with a word between them where one has a minus."""
    low, high = (say.number(round(x, decimals), decimals) for x in (lower, upper))
    key = "publishing.interval.to" if lower < 0 or upper < 0 else "publishing.interval"
    return say(key, lower=low, upper=high)


def money(amount: float | None, say: Say) -> str:
    """Kroner, in millions from one million up."""
    if amount is None:
        return "–"
    if abs(amount) < 1_000_000:
        return say.nok(round(amount))
    at = 0 if abs(amount) >= 100_000_000 else 1
    return say("unit.nok_million", amount=say.number(amount / 1e6, at))


def money_over_years(costs: tuple[tuple[int, float], ...], say: Say) -> str:
    """Kroner per year on one line; the same amount in years on end is said once."""
    years = [year for year, _ in costs]
    amounts = {nok for _, nok in costs}
    on_end = years == list(range(years[0], years[-1] + 1)) if years else False
    if len(costs) > 1 and len(amounts) == 1 and on_end:
        return say(
            "publishing.action.cost.each",
            amount=money(costs[0][1], say),
            first_year=str(years[0]),
            last_year=str(years[-1]),
        )
    return "; ".join(f"{year}: {money(nok, say)}" for year, nok in costs)


def group_name(dimension: SocialDimension | str, group: str, say: Say) -> str:
    """Name of a social group; the id where there is no name (ages)."""
    key = f"group.{dimension}.{group}"
    return say(key) if say.has(key) else group


def iso_date(text: str | None, say: Say) -> str:
    """An ISO date in words; other texts (periods) as they are; ``–`` for none."""
    if not text:
        return "–"
    try:
        return say.date(date.fromisoformat(text))
    except ValueError:
        return text


def local(text: LocalText | None, say: Say) -> str:
    """A data text in the language; empty for none."""
    return text(say.lang) if text else ""


def listed(words: tuple[str, ...], say: Say) -> str:
    """Words as a list in a sentence: ``a, b og c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('word.and')} {words[-1]}"


def lower_first(text: str) -> str:
    """The text to stand inside a sentence; names in capitals (NAV) keep their case."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
