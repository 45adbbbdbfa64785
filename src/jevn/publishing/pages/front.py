"""Front page: what it is about, where in the process we are, areas, voices, plan, follow-up."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.plan.elements import ElementKind, Milestone
from jevn.publishing.charts import mini_gradient, telling_gradient
from jevn.publishing.links import slug
from jevn.publishing.pages.burns import burning_areas
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Tag
from jevn.publishing.words import listed, lower_first, money
from jevn.terms import AREAS, EffortArea

_TRACKS = ("administrative", "political", "participation")


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone on the timeline."""

    anchor: str
    title: str
    when: str
    state: str
    state_text: str
    decision: str
    how: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Track:
    """One of the timeline's three tracks."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area of effort on the front page: one line, one small chart."""

    title: str
    url: str
    line: str
    tag: Tag | None
    picture: Block | None


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything on the front page."""

    head: Head
    municipality: str
    sentences: tuple[str, ...]
    status: Tag
    as_of: str
    tracks: tuple[Track, ...]
    upcoming: Step | None
    take_part: tuple[Step, ...]
    areas: tuple[AreaCard, ...]
    voices: tuple[Fact, ...]
    plan: tuple[Fact, ...]
    followup: tuple[Fact, ...]


def front_page(desk: Desk) -> FrontPage:
    """The front page of the work."""
    d, say = desk.dossier, desk.say
    proposal = d.proposal
    steps = tuple((m, _step(desk, m)) for m in (proposal.timeline if proposal else ()))
    ahead = [(m, s) for m, s in steps if m.state != "done"]
    now = [s for m, s in ahead if m.state == "now"]
    dated = sorted(((m.date, s) for m, s in ahead if m.date), key=lambda pair: pair[0] or "")
    title = d.cover.plan_title or say("publishing.site.title", municipality=d.cover.municipality)
    status = proposal.status if proposal else "draft"
    return FrontPage(
        head=desk.head("front", title, d.cover.plan_summary),
        municipality=d.cover.municipality,
        sentences=_sentences(desk),
        status=Tag(
            say(f"publishing.version.{status}"), "success" if status == "adopted" else "info"
        ),
        as_of=desk.date(d.cover.as_of),
        tracks=tuple(
            Track(say(f"publishing.track.{t}"), tuple(s for m, s in steps if m.track == t))
            for t in _TRACKS
        )
        if steps
        else (),
        upcoming=next((s for _, s in dated), None) or next(iter(now), None),
        take_part=tuple(s for m, s in ahead if m.how_to_take_part),
        areas=tuple(_card(desk, area) for area in _ordered(desk)),
        voices=_voices(desk),
        plan=_plan(desk),
        followup=_followup(desk),
    )


def _sentences(desk: Desk) -> tuple[str, ...]:
    d, say = desk.dossier, desk.say
    sentences = [d.cover.plan_summary] if d.cover.plan_summary else []
    if d.challenges and (burning := burning_areas(d.challenges)):
        names = tuple(lower_first(desk.area(a)) for a in burning)
        sentences.append(say("publishing.front.burning", areas=listed(names, say)))
    actions = _actions(desk)
    if actions:
        sentences.append(say("publishing.front.proposed", n=len(actions)))
    return tuple(sentences)


def _actions(desk: Desk) -> list[str]:
    proposal = desk.dossier.proposal
    return [e.id for e in proposal.elements() if e.kind is ElementKind.ACTION] if proposal else []


def _ordered(desk: Desk) -> tuple[EffortArea, ...]:
    profile = desk.dossier.challenges
    first = tuple(a.area for a in profile.areas) if profile else ()
    return first + tuple(a for a in AREAS if a not in first)


def _step(desk: Desk, m: Milestone) -> Step:
    return Step(
        anchor=f"m-{slug(m.id)}",
        title=m.title,
        when=desk.date(m.date or m.period),
        state=m.state,
        state_text=desk.say(f"publishing.state.{m.state}"),
        decision=m.decision or "",
        how=m.how_to_take_part or "",
        link=m.link,
    )


def _card(desk: Desk, area: EffortArea) -> AreaCard:
    profile = desk.dossier.challenges
    url = desk.links.url("area", area.value)
    if profile is None or area not in {a.area for a in profile.areas}:
        return AreaCard(desk.area(area), url, desk.say("publishing.not_begun.burns"), None, None)
    status = profile.area(area)
    found = telling_gradient(profile, area)
    picture = None
    if found:
        chart = mini_gradient(desk.studio, *found)
        picture = desk.block(chart, found[1].origin, estimated=found[1].estimated)
    return AreaCard(
        desk.area(area),
        url,
        desk.words(status.headline),
        desk.sign(status.sign("gradient").sign),
        picture,
    )


def _voices(desk: Desk) -> tuple[Fact, ...]:
    voices, say = desk.dossier.voices, desk.say
    if voices is None:
        return ()
    url = desk.links.url("voices")
    facts = [
        Fact(say("publishing.front.voices"), say.number(len(voices.contributions), 0), url),
    ]
    if voices.answers:
        facts.append(
            Fact(
                say("publishing.front.answers"),
                say.number(len(voices.answers), 0),
                desk.links.url("answers"),
            )
        )
    return tuple(facts)


def _plan(desk: Desk) -> tuple[Fact, ...]:
    proposal, say = desk.dossier.proposal, desk.say
    if proposal is None:
        return ()
    elements = proposal.elements()
    goals = sum(e.kind in (ElementKind.GOAL, ElementKind.SUBGOAL) for e in elements)
    facts = [
        Fact(say("publishing.front.goals"), say.number(goals, 0), desk.links.url("plan")),
        Fact(
            say("publishing.front.actions"),
            say.number(len(_actions(desk)), 0),
            desk.links.url("plan"),
        ),
    ]
    if proposal.cost_nok:
        year, nok = max(proposal.cost_nok, key=lambda pair: (pair[1], -pair[0]))
        facts.append(
            Fact(
                say("publishing.front.cost", year=str(year)),
                money(nok, say),
                desk.links.url("plan"),
            )
        )
    return tuple(facts)


def _followup(desk: Desk) -> tuple[Fact, ...]:
    followup, say = desk.dossier.followup, desk.say
    if followup is None:
        return ()
    url = desk.links.url("followup")
    counts = [(s, sum(a.status == s for a in followup.actions)) for s in _STATES]
    return tuple(Fact(say(f"publishing.status.{s}"), say.number(n, 0), url) for s, n in counts if n)


_STATES = ("on_track", "delayed", "done", "not_started", "stopped", "unknown")
