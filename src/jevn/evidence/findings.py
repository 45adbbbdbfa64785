"""How a reported effect is said: estimate, interval and unit as one phrase per language."""

from __future__ import annotations

from collections.abc import Iterable

from jevn.evidence.forms import EffectForm, TextForm
from jevn.terms import LANGUAGES, Language, LocalText

_INTERVAL = LocalText("95\xa0% KI {} til {}", "95\xa0% KI {} til {}", "95% CI {} to {}")


def estimate(effect: EffectForm, lang: Language) -> str:
    """The estimate without its unit: words as they are, a number with its interval if any."""
    if isinstance(effect.estimate, TextForm):
        return effect.estimate.local()(lang)
    interval = _interval(effect, lang)
    number = _number(effect.estimate, _decimals(effect), lang)
    return f"{number} ({interval})" if interval else number


def finding(effect: EffectForm) -> LocalText:
    """The estimate with unit and interval, in all languages."""
    return LocalText(*(_finding(effect, lang) for lang in LANGUAGES))


def _finding(effect: EffectForm, lang: Language) -> str:
    if effect.unit is None:
        return estimate(effect, lang)
    unit = effect.unit.local()(lang)
    if isinstance(effect.estimate, TextForm):
        return f"{estimate(effect, lang)} {unit}"
    interval = _interval(effect, lang)
    number = f"{_number(effect.estimate, _decimals(effect), lang)} {unit}"
    return f"{number} ({interval})" if interval else number


def _interval(effect: EffectForm, lang: Language) -> str | None:
    if effect.lower is None or effect.upper is None:
        return None
    decimals = _decimals(effect)
    low, high = (_number(x, decimals, lang) for x in (effect.lower, effect.upper))
    return _INTERVAL(lang).format(low, high)


def decimals_written(numbers: Iterable[float]) -> int:
    """The most decimals any of the numbers is written with.

    >>> decimals_written([0.5, 0.38]), decimals_written([15.0])
    (2, 0)
    """
    written = (repr(float(x)).removesuffix(".0").partition(".")[2] for x in numbers)
    return max(map(len, written), default=0)


def _decimals(effect: EffectForm) -> int:
    shown = (effect.estimate, effect.lower, effect.upper)
    return decimals_written(x for x in shown if isinstance(x, int | float))


def _number(number: float, decimals: int, lang: Language) -> str:
    """As :meth:`jevn.terms.Say.number`, without the tables of languages it has to load."""
    text = f"{number:,.{decimals}f}".replace("-", "−")
    return text if lang == "en" else text.translate({ord(","): "\xa0", ord("."): ","})
