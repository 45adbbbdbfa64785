"""Follow-up: status per action with its owner and age, and targets against newest figures."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.followup.results import ActionStatus, TargetStatus
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Fact, Head, Heading, Item, Row, Table, Tag
from jevn.publishing.pages.plan import target_item
from jevn.publishing.words import money

_STATUS = {
    "on_track": ("success", "✓"),
    "delayed": ("warning", "▲"),
    "done": ("success", "✓"),
    "stopped": ("danger", "×"),
    "not_started": ("neutral", "○"),
    "unknown": ("neutral", "?"),
}
_VERDICT = {
    "reached": ("success", "✓"),
    "moving": ("info", "→"),
    "unchanged": ("neutral", "="),
    "wrong_way": ("danger", "←"),
    "not_known": ("neutral", "?"),
}


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target and how it goes."""

    target: Item
    element: Item
    verdict: Tag
    text: str
    progress: str


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """Did it happen, and did it help?"""

    head: Head
    begun: bool
    as_of: str
    counts: tuple[Fact, ...]
    actions: Table | None
    targets: tuple[TargetView, ...]


def followup_page(desk: Desk) -> FollowUpPage:
    """The page of follow-up."""
    say, result = desk.say, desk.dossier.followup
    head = desk.head(
        "followup", say("publishing.nav.followup"), say("publishing.followup.description")
    )
    if result is None:
        return FollowUpPage(head, False, desk.date(desk.dossier.cover.as_of), (), None, ())
    counts = [(s, sum(a.status == s for a in result.actions)) for s in _STATUS]
    keys = ("action", "status", "owner", "updated", "spent", "what")
    return FollowUpPage(
        head,
        True,
        desk.date(result.as_of),
        tuple(Fact(say(f"publishing.status.{s}"), say.number(n, 0)) for s, n in counts if n),
        Table(
            say("publishing.followup.actions"),
            tuple(Heading(say(f"publishing.table.{k}"), k == "spent") for k in keys),
            tuple(_action(desk, a) for a in result.actions),
            sortable=True,
        ),
        tuple(_target(desk, t) for t in result.targets),
    )


def _action(desk: Desk, a: ActionStatus) -> Row:
    say, proposal = desk.say, desk.dossier.proposal
    elements = proposal.elements() if proposal else ()
    element = next((e for e in elements if e.id == a.element), None)
    colour, symbol = _STATUS[a.status]
    owner = element.action.owner if element and element.action else None
    latest = a.latest
    notes = [desk.words(a.message)]
    if latest and latest.note:
        notes.append(latest.note)
    return Row(
        (
            Cell(
                element.title if element else a.element,
                desk.links.url("element", a.element) if element else None,
            ),
            Cell("", tag=Tag(say(f"publishing.status.{a.status}"), colour, symbol), sort=a.status),
            Cell(owner or say("publishing.none")),
            Cell(
                desk.date(latest.date) if latest else say("publishing.followup.never"),
                sort=latest.date if latest else "",
            ),
            Cell(
                money(latest.spent_nok, say) if latest else "–",
                sort=latest.spent_nok if latest else None,
            ),
            Cell(" ".join(notes)),
        ),
        anchor=f"u-{slug(a.element)}",
    )


def _target(desk: Desk, t: TargetStatus) -> TargetView:
    say, proposal = desk.say, desk.dossier.proposal
    elements = proposal.elements() if proposal else ()
    element = next((e for e in elements if e.id == t.element), None)
    colour, symbol = _VERDICT[t.verdict]
    return TargetView(
        target_item(desk, t.target),
        Item(
            element.title if element else t.element,
            desk.links.url("element", t.element) if element else None,
        ),
        Tag(say(f"publishing.target.verdict.{t.verdict}"), colour, symbol),
        desk.words(t.message),
        say("publishing.target.progress", progress_share=t.progress)
        if t.progress is not None and t.verdict in ("moving", "reached")
        else "",
    )
