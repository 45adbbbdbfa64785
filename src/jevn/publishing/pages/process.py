"""The process: every state in three tracks, where the work stands, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.plan.elements import Milestone
from jevn.plan.process import Missing, StateStatus
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Head, Tag
from jevn.publishing.words import iso_date
from jevn.terms import Say

_COLOUR = {"done": "success", "now": "info", "later": "neutral", "passed": "warning"}
_SYMBOL = {"done": "✓", "now": "→", "later": "", "passed": "!"}
_TRACKS = ("administrative", "political", "participation")


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something missing, with the page where it is mended or seen."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class StateView:
    """A state of the process."""

    anchor: str
    title: str
    standing: Tag
    standing_id: str
    track: str
    track_id: str
    actor: str
    documents: str
    when: str
    missing: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """Where the work stands."""

    head: Head
    begun: bool
    name: str
    rules: str
    now: StateView | None
    states: tuple[StateView, ...]
    tracks: tuple[tuple[str, str], ...]


def process_page(desk: Desk) -> ProcessPage:
    """The page of the process."""
    say, found = desk.say, desk.dossier.process
    head = desk.head(
        "process", say("publishing.process.title"), say("publishing.process.description")
    )
    if found is None:
        return ProcessPage(head, False, "", "", None, (), ())
    views = tuple(_state(desk, s) for s in found.states)
    now = next((v for v in views if v.standing_id == "now"), None)
    return ProcessPage(
        head,
        True,
        found.template.name(say.lang),
        found.template.rules(say.lang),
        now,
        views,
        tuple((t, say(f"plan.track.{t}")) for t in _TRACKS),
    )


def _state(desk: Desk, status: StateStatus) -> StateView:
    say, state = desk.say, status.state
    return StateView(
        f"t-{state.id}",
        state.name(say.lang),
        Tag(
            say(f"plan.standing.{status.standing}"),
            _COLOUR[status.standing],
            _SYMBOL[status.standing],
        ),
        status.standing,
        say(f"plan.track.{state.track}"),
        state.track,
        named(f"plan.actor.{state.actor}", state.actor, say),
        ", ".join(named(f"plan.document.{d}", d, say) for d in state.documents),
        ", ".join(w for m in status.milestones if (w := when(m, say))),
        tuple(lacking(desk, m) for m in status.missing),
    )


def lacking(desk: Desk, missing: Missing) -> Lacking:
    """Something missing, with its page."""
    return Lacking(desk.words(missing.message), desk.links.url(missing.page, missing.about))


def named(key: str, id: str, say: Say) -> str:
    """The text of a key; the id where a municipality has its own that has no text."""
    return say(key) if say.has(key) else id


def when(m: Milestone, say: Say) -> str:
    """When a milestone is, and the decision: case number."""
    dated = iso_date(m.date, say) if m.date else m.period or ""
    if m.date and m.until:
        dated = f"{dated} – {iso_date(m.until, say)}"
    return f"{dated} ({m.decision})" if m.decision else dated
