"""Languages and user texts: keyed texts in bokmål, nynorsk and English, numbers and dates.

Texts lie in ``texts.yaml`` beside the code that uses them, all languages side by side::

    effort.residual:
      nb: "Ikke fordelt: {amount}"
      nn: "Ikkje fordelt: {amount}"
      en: "Not allocated: {amount}"

A text may have forms for one and several, chosen by the parameter ``n``::

    voices.count:
      nb: {one: "{n} innspill", other: "{n} innspill"}

Results never hold prose: they hold :class:`Message` (a key and its parameters), which
any language can render.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Param = str | int | float | bool | None

_ROOMS = (
    "terms",
    "tables",
    "indices",
    "rankings",
    "sources",
    "evidence",
    "challenges",
    "effort",
    "participation",
    "impact",
    "prioritisation",
    "plan",
    "followup",
    "publishing",
    "publishing/documents",
    "planwork",
    "demo",
    "cli",
)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text that belongs to data, e.g. the name of an indicator: bokmål, and others if known."""

    nb: str
    nn: str | None = None
    en: str | None = None

    def __call__(self, lang: Language = "nb") -> str:
        """The text in a language; bokmål where that language is missing."""
        return getattr(self, lang) or self.nb

    @classmethod
    def of(cls, value: str | Mapping[str, str]) -> LocalText:
        """Make from a plain string (bokmål) or a mapping with nb, nn, en."""
        if isinstance(value, str):
            return cls(value)
        return cls(nb=value["nb"], nn=value.get("nn"), en=value.get("en"))


@dataclass(frozen=True, slots=True)
class Message:
    """A statement as a text key with parameters, so that any language can render it.

    A parameter whose name ends in ``_key`` is itself a text key; names ending in
    ``_share`` render as percent, ``_nok`` as kroner, ``_exact`` with the decimals they have,
    others as plain numbers.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


@cache
def _texts() -> dict[str, dict[str, Any]]:
    """All user texts of the library by key."""
    merged: dict[str, dict[str, Any]] = {}
    root = files("jevn")
    folders = {room: root.joinpath(room) for room in _ROOMS}
    for entry in entry_points(group="jevn.texts"):  # texts of other packages, e.g. the web
        folders[entry.value] = files(entry.value)
    for room, folder in folders.items():
        path = folder.joinpath("texts.yaml")
        if not path.is_file():
            continue
        loaded = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 (the safe one)
        for key, entry in (loaded or {}).items():
            if key in merged:
                raise ValueError(f"text key {key!r} of {room} exists already")
            merged[key] = entry
    return merged


_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def text_keys() -> tuple[str, ...]:
    """Every text key there is, sorted."""
    return tuple(sorted(_texts()))


def text_entry(key: str) -> Mapping[str, Any]:
    """The three language forms of a text, as written in its file."""
    return _texts()[key]


@dataclass(frozen=True, slots=True)
class Say:
    r"""Says texts, numbers and dates in one language.

    >>> say = Say("nb")
    >>> say.number(1234.5, 1)
    '1\xa0234,5'
    >>> say.date(date(2026, 3, 1))
    '1. mars 2026'
    """

    lang: Language = "nb"

    @property
    def _locale(self) -> Locale:
        return _locale(self.lang)

    def __call__(self, key: str, /, **params: Param) -> str:
        """The text of a key with its parameters filled in.

        Raises:
            KeyError: if there is no such text (a fault in the program, not in the data).
        """
        entry = _texts()[key][self.lang]
        if isinstance(entry, dict):
            n = params.get("n", 0)
            form = self._locale.plural_form(abs(float(n or 0)))
            entry = entry.get(form, entry["other"])
        return str(entry).format(**{k: self._param(k, v) for k, v in params.items()})

    def has(self, key: str) -> bool:
        """Whether there is a text for this key."""
        return key in _texts()

    def message(self, message: Message) -> str:
        """A message rendered in this language."""
        return self(message.key, **message.params)

    def _param(self, name: str, value: Param) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self("word.yes" if value else "word.no")
        if isinstance(value, str):
            return self(value) if name.endswith("_key") else value
        for ending, shown in (
            ("_exact", self.exact),
            ("_share", self.percent),
            ("_chance", self.chance),
            ("_nok", self.nok),
        ):
            if name.endswith(ending):
                return shown(value)
        if "year" in name:
            return str(value)
        return self.number(value, 0 if isinstance(value, int) else 1)

    def number(self, value: float | None, decimals: int = 1) -> str:
        """A number in the language's format, e.g. ``1 234,5``; ``–`` for none."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text: str = format_decimal(value, format=pattern, locale=self._locale)
        return text.replace("-", "−") if value < 0 else text

    def exact(self, value: float) -> str:
        """A number with the decimals it has, at most four, e.g. ``10,39``."""
        text: str = format_decimal(value, format="#,##0.####", locale=self._locale)
        return text.replace("-", "−") if value < 0 else text

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share (0-1) as percent."""
        if share is None:
            return "–"
        gap = "" if self.lang == "en" else "\xa0"
        return f"{self.number(100 * share, decimals)}{gap}%"

    def chance(self, share: float | None) -> str:
        """A probability (0-1) as percent; never as certain, e.g. ``over 99 %``."""
        if share is not None and share > 0.99:
            return f"{self('word.over')} {self.percent(0.99)}"
        if share is not None and share < 0.01:
            return f"{self('word.under')} {self.percent(0.01)}"
        return self.percent(share)

    def nok(self, amount: float | None) -> str:
        """An amount in kroner: millions from ten million up, whole kroner below."""
        if amount is None:
            return "–"
        if abs(amount) >= 10_000_000:
            return self("unit.nok_million", amount=self.number(amount / 1e6, 1))
        return self("unit.nok", amount=self.number(amount, 0))

    def date(self, day: date | None) -> str:
        """A date in words; ``–`` for none."""
        if day is None:
            return "–"
        return str(format_date(day, format="long", locale=self._locale))


@cache
def _locale(lang: Language) -> Locale:
    return Locale.parse({"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[lang])
