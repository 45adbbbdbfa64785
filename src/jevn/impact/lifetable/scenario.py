"""A scenario: what is changed from the start year on, as multipliers and settings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jevn.impact.lifetable.model import LifeTableModel
from jevn.terms import InputRefused, Problem

_TOP = {
    "start_year",
    "steps",
    "max_age",
    "all_cause_mortality",
    "incidence",
    "acute",
    "simplified",
    "exposure",
}
_EXPOSURE = {"initiation", "cessation", "lag_years", "affects"}
_INTERVAL = {"value", "low", "high"}
_YEARS = (1900, 2200)


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A factor, perhaps with 95 % limits to draw it from.

    Attributes:
        value: the factor; 1 changes nothing.
        low: lower limit, or ``None`` where it is taken as known.
        high: upper limit.
    """

    value: float = 1.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ExposureChange:
    """What is changed in a lagged exposure.

    Attributes:
        initiation: factor on those who begin.
        cessation: share of the exposed who end in a year; ``None``: as today.
        affects: diseases whose risk follows the exposure.
    """

    initiation: Multiplier = Multiplier()
    cessation: Multiplier | None = None
    affects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed, and for how long the cohorts are followed.

    Attributes:
        start_year: calendar year of the first step.
        steps: years followed, the first one counted.
        max_age: cohorts are followed until this age.
        all_cause_mortality: factor on all-cause mortality.
        incidence: factor on the incidence of chronic diseases.
        acute: factor on mortality and disability of acute diseases.
        simplified: chronic diseases computed without remission, new cases free from fatality
            in their first year.
        exposures: changes of lagged exposures.
    """

    start_year: int
    steps: int
    max_age: int = 110
    all_cause_mortality: Multiplier = Multiplier()
    incidence: Mapping[str, Multiplier] = field(default_factory=dict)
    acute: Mapping[str, Multiplier] = field(default_factory=dict)
    simplified: frozenset[str] = frozenset()
    exposures: Mapping[str, ExposureChange] = field(default_factory=dict)

    def multipliers(self) -> tuple[tuple[str, Multiplier], ...]:
        """Every factor with its name, in the order of the model's names."""
        found = [("all_cause_mortality", self.all_cause_mortality)]
        found += [(f"incidence.{k}", v) for k, v in sorted(self.incidence.items())]
        found += [(f"acute.{k}", v) for k, v in sorted(self.acute.items())]
        for name, change in sorted(self.exposures.items()):
            found.append((f"exposure.{name}.initiation", change.initiation))
            if change.cessation is not None:
                found.append((f"exposure.{name}.cessation", change.cessation))
        return tuple(found)


def read_scenario(path: Path, model: LifeTableModel) -> Scenario:
    """Read a scenario and hold it against the model.

    Raises:
        InputRefused: every fault with its key: ``scenario_toml``, ``scenario_unknown``,
            ``scenario_name`` (a name that matches no column), ``scenario_value``,
            ``scenario_missing``, ``scenario_lag``, ``scenario_ages``.
    """
    file = path.name
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise InputRefused([Problem("table_no_file", file)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefused([Problem("scenario_toml", file, params={"why": str(error)})]) from None
    return scenario_of(raw, model, file)


def scenario_of(raw: Mapping[str, Any], model: LifeTableModel, file: str = "scenario") -> Scenario:
    """A scenario from parsed TOML, held against the model.

    Raises:
        InputRefused: as :func:`read_scenario`.
    """
    reading = _Reading(raw, model, file)
    scenario = reading.scenario()
    if reading.problems:
        raise InputRefused(reading.problems)
    return scenario


class _Reading:
    """Reads a scenario and gathers every fault."""

    def __init__(self, raw: Mapping[str, Any], model: LifeTableModel, file: str) -> None:
        self.raw, self.model, self.file = raw, model, file
        self.problems: list[Problem] = []

    def scenario(self) -> Scenario:
        self._known(self.raw, _TOP, "")
        chronic = tuple(d.name for d in self.model.chronic)
        acute = tuple(d.name for d in self.model.acute)
        start = self._whole("start_year", None, *_YEARS)
        steps = self._whole("steps", None, 1, 500)
        most = self._whole("max_age", 110, 0, 150)
        self._ages(steps, most)
        return Scenario(
            start_year=start,
            steps=steps,
            max_age=most,
            all_cause_mortality=self._factor(
                self.raw.get("all_cause_mortality", 1.0), "all_cause_mortality"
            ),
            incidence=dict(self._factors("incidence", chronic)),
            acute=dict(self._factors("acute", acute)),
            simplified=frozenset(self._flags("simplified", chronic)),
            exposures=dict(self._exposures()),
        )

    def _fault(self, id: str, key: str, **params: str | int | float) -> None:
        self.problems.append(Problem(id, self.file, column=key, params=params))

    def _known(self, table: Mapping[str, Any], known: set[str], under: str) -> None:
        for key in table:
            if key not in known:
                self._fault("scenario_unknown", f"{under}{key}", known=", ".join(sorted(known)))

    def _whole(self, key: str, default: int | None, least: int, most: int) -> int:
        value = self.raw.get(key, default)
        if value is None:
            self._fault("scenario_missing", key)
        elif isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._fault("scenario_value", key, given=str(value), least=least, most=most)
        else:
            return value
        return least

    def _ages(self, steps: int, most: int) -> None:
        """The rates must reach every age that a cohort comes to."""
        if self.model.cohort_age.size == 0:
            return
        needed = min(most, int(self.model.cohort_age.max()) + steps - 1)
        if needed >= self.model.ages and not self.problems:
            self._fault("scenario_ages", "max_age", needed=needed, last=self.model.ages - 1)

    def _factor(
        self, value: Any, key: str, most: float = 1000.0, default: float = 1.0
    ) -> Multiplier:
        if isinstance(value, dict):
            self._known(value, _INTERVAL, f"{key}.")
            mid, low, high = (
                self._number(value.get(k), f"{key}.{k}", most) for k in ("value", "low", "high")
            )
            if mid is None or low is None or high is None:
                return Multiplier(default)
            if not 0 < low <= mid <= high:
                self._fault("scenario_interval", key)
            return Multiplier(mid, low, high)
        number = self._number(value, key, most)
        return Multiplier(default if number is None else number)

    def _number(self, value: Any, key: str, most: float) -> float | None:
        if value is None:
            self._fault("scenario_missing", key)
            return None
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not 0 <= value <= most:  # a NaN is not within the limits
            self._fault("scenario_value", key, given=str(value), least=0, most=most)
            return None
        return float(value)

    def _table(self, key: str) -> Mapping[str, Any]:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            self._fault("scenario_table", key)
            return {}
        return value

    def _named(self, key: str, known: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for name, value in self._table(key).items():
            if name in known:
                yield name, value
            else:
                self._fault(
                    "scenario_name", f"{key}.{name}", name=name, known=", ".join(known) or "–"
                )

    def _factors(self, key: str, known: tuple[str, ...]) -> Iterator[tuple[str, Multiplier]]:
        for name, value in self._named(key, known):
            yield name, self._factor(value, f"{key}.{name}")

    def _flags(self, key: str, known: tuple[str, ...]) -> Iterator[str]:
        for name, value in self._named(key, known):
            if not isinstance(value, bool):
                self._fault("scenario_flag", f"{key}.{name}", given=str(value))
            elif value:
                yield name

    def _exposures(self) -> Iterator[tuple[str, ExposureChange]]:
        known = {e.name: e for e in self.model.exposures}
        for name, value in self._named("exposure", tuple(known)):
            key = f"exposure.{name}"
            if not isinstance(value, dict):
                self._fault("scenario_table", key)
                continue
            self._known(value, _EXPOSURE, f"{key}.")
            lag = value.get("lag_years", known[name].lag)
            if lag != known[name].lag:
                self._fault("scenario_lag", f"{key}.lag_years", given=str(lag), lag=known[name].lag)
            ends = value.get("cessation", "baseline")
            cessation = None
            if ends != "baseline":
                cessation = self._factor(ends, f"{key}.cessation", 1.0, 0.0)
            yield (
                name,
                ExposureChange(
                    initiation=self._factor(value.get("initiation", 1.0), f"{key}.initiation"),
                    cessation=cessation,
                    affects=tuple(self._affects(value.get("affects", []), known[name], key)),
                ),
            )

    def _affects(self, given: Any, exposure: Any, key: str) -> Iterator[str]:
        if not isinstance(given, list):
            self._fault("scenario_table", f"{key}.affects")
            return
        known = [name for name, _ in exposure.risks if name in self.model.diseases()]
        for name in given:
            if name in known:
                yield name
            else:
                self._fault(
                    "scenario_name",
                    f"{key}.affects",
                    name=str(name),
                    known=", ".join(known) or "–",
                )
