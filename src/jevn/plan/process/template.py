"""Process templates: states, who acts, documents, decisions and guards, as data."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.plan.process.guards import GUARDS
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import InputRefused, LocalText, Problem

Track = Literal["administrative", "political", "participation"]
BUNDLED: tuple[str, ...] = ("temaplan", "kommunedelplan")
"""Templates that come with Jevn."""
OWN = "process-template.yaml"
"""The municipality's own template, in the plan folder."""


@dataclass(frozen=True, slots=True)
class State:
    """A state that the work passes through.

    Attributes:
        id: its id.
        name: what has then been done.
        track: which of the three tracks it belongs to.
        actor: who acts: text ``plan.actor.<id>``.
        documents: what there is then: texts ``plan.document.<id>``.
        decision: whether it is closed by a political decision.
        optional: whether it may be left out.
        guards: what must be true before it closes, of :data:`~jevn.plan.process.guards.GUARDS`.
    """

    id: str
    name: LocalText
    track: Track
    actor: str
    documents: tuple[str, ...] = ()
    decision: bool = False
    optional: bool = False
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessTemplate:
    """How the work on a kind of plan goes.

    Attributes:
        id: its id.
        name: its name.
        rules: which rules the kind of plan follows, in words.
        hearing_days: how many days a hearing lasts.
        hearing_compulsory: whether that is the least the law allows, or a choice.
        states: in order.
    """

    id: str
    name: LocalText
    rules: LocalText
    hearing_days: int
    hearing_compulsory: bool
    states: tuple[State, ...]

    def state(self, id: str) -> State | None:
        """The state with this id, or ``None``."""
        return next((s for s in self.states if s.id == id), None)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


_Id = Annotated[str, StringConstraints(pattern=r"^[\w.-]+$", max_length=60)]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Words(_Form):
    nb: _Text
    nn: _Text | None = None
    en: _Text | None = None


class _State(_Form):
    id: _Id
    name: _Words
    track: Track
    actor: _Id = "administration"
    documents: list[_Id] = Field(default_factory=list)
    decision: bool = False
    optional: bool = False
    guards: list[str] = Field(default_factory=list)


class _Template(_Form):
    id: _Id
    name: _Words
    rules: _Words
    hearing_days: Annotated[int, Field(ge=1, le=400)] = 42
    hearing_compulsory: bool = False
    states: Annotated[list[_State], Field(min_length=1)]


def read_template(document: YamlDocument) -> ProcessTemplate:
    """A template from parsed YAML.

    Raises:
        InputRefused: every fault with line and field; a state twice (``process_state_twice``), a
            guard that there is not (``process_guard``).
    """
    form = parse(document, TypeAdapter(_Template))
    problems = []
    seen: set[str] = set()
    for i, state in enumerate(form.states):
        if state.id in seen:
            line = document.line(("states", i, "id"))
            problems.append(
                Problem("process_state_twice", document.file, line, "id", {"id": state.id})
            )
        seen.add(state.id)
        for guard in state.guards:
            if guard not in GUARDS:
                line = document.line(("states", i, "guards"))
                params = {"id": guard, "known": ", ".join(sorted(GUARDS))}
                problems.append(Problem("process_guard", document.file, line, "guards", params))
    if problems:
        raise InputRefused(problems)
    return ProcessTemplate(
        id=form.id,
        name=_words(form.name),
        rules=_words(form.rules),
        hearing_days=form.hearing_days,
        hearing_compulsory=form.hearing_compulsory,
        states=tuple(
            State(
                s.id,
                _words(s.name),
                s.track,
                s.actor,
                tuple(s.documents),
                s.decision,
                s.optional,
                tuple(s.guards),
            )
            for s in form.states
        ),
    )


def _words(form: _Words) -> LocalText:
    return LocalText(nb=form.nb, nn=form.nn, en=form.en)


def bundled_template(id: str) -> ProcessTemplate:
    """A template that comes with Jevn; plans of other kinds have that of a ``temaplan``."""
    name = id if id in BUNDLED else "temaplan"
    path = files("jevn.plan.process").joinpath("templates", f"{name}.yaml")
    data = yaml.safe_load(path.read_text("utf-8"))
    return read_template(YamlDocument(f"{name}.yaml", data, {}))
