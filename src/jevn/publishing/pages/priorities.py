"""Priorities: packages side by side, a reason for everything in and out."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.prioritisation.results import ChangeSupport, Choice, Package, Prioritisation
from jevn.publishing.charts import support_chart
from jevn.publishing.links import slug
from jevn.publishing.pages.computed import ComputedSection, computed_section
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import (
    Block,
    Cell,
    Fact,
    Head,
    Heading,
    OriginLine,
    Row,
    Table,
    Tag,
)
from jevn.publishing.pages.shared_budget import BudgetTeaser, budget_teasers
from jevn.publishing.words import lower_first, money


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One change in or out of a package, and why."""

    anchor: str
    title: str
    url: str
    area: str
    nok: str
    reason: str
    extra: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """One package."""

    anchor: str
    title: str
    made_by: Tag
    proposed: bool
    message: str
    facts: tuple[Fact, ...]
    weights: str
    chosen: tuple[ChoiceView, ...]
    left: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class PrioritiesPage:
    """All packages side by side."""

    head: Head
    begun: bool
    frame: str
    frame_origins: tuple[OriginLine, ...]
    proposed: str
    proposed_reason: str
    support: Block | None
    standing: Table | None
    lists: Table | None
    lists_agreement: str
    criteria: Table | None
    packages: tuple[PackageView, ...]
    computed: ComputedSection | None = None
    budgets: tuple[BudgetTeaser, ...] = ()


def priorities_page(desk: Desk) -> PrioritiesPage:
    """The page of priorities."""
    say, result = desk.say, desk.dossier.prioritisation
    head = desk.head(
        "priorities", say("publishing.nav.priorities"), say("publishing.priorities.description")
    )
    if result is None:
        return PrioritiesPage(
            head,
            False,
            "",
            (),
            "",
            "",
            None,
            None,
            None,
            "",
            None,
            (),
            budgets=budget_teasers(desk),
        )
    proposed = result.package(result.proposed) if result.proposed else None
    posts = (
        say("publishing.priorities.frame.posts", posts=result.frame.posts)
        if result.frame.posts
        else ""
    )
    return PrioritiesPage(
        head,
        True,
        say("publishing.priorities.frame", nok=money(result.frame.nok_per_year, say)) + posts,
        desk.origins(result.frame.origin),
        proposed.title if proposed else "",
        result.proposed_reason or "",
        desk.block(support_chart(desk.studio, result)),
        _standing(desk, result),
        _lists(desk, result),
        ""
        if result.agreement is None
        else say("publishing.rankings.agreement", w=result.agreement),
        _criteria(desk, result),
        tuple(_package(desk, p, result.proposed == p.id) for p in result.packages),
        computed_section(desk),
        budget_teasers(desk),
    )


def _standing(desk: Desk, result: Prioritisation) -> Table:
    say = desk.say
    heads = (
        Heading(say("publishing.table.change")),
        Heading(say("publishing.table.standing")),
        *(Heading(p.title) for p in result.packages),
    )
    order = {"always": 3.0, "sometimes": 2.0, "never": 1.0}
    colours = {"always": "success", "sometimes": "info", "never": "neutral"}
    rows = tuple(
        Row(
            (
                Cell(s.title, desk.links.url("change", s.change)),
                Cell(
                    "",
                    tag=Tag(say(f"publishing.standing.{s.standing}"), colours[s.standing]),
                    sort=order[s.standing] * 100 + len(s.packages),
                ),
                *(
                    Cell(
                        say("publishing.in" if p.id in s.packages else "publishing.out"),
                        desk.links.url("choice", f"{p.id}/{s.change}")
                        if any(c.change == s.change for c in p.choices)
                        else None,
                    )
                    for p in result.packages
                ),
            )
        )
        for s in result.support
    )
    return Table(say("publishing.priorities.standing"), heads, rows, sortable=True)


def _lists(desk: Desk, result: Prioritisation) -> Table | None:
    """The groups' lists combined, with how firmly the order stands; ``None`` without lists."""
    say = desk.say
    groups = len({g for s in result.support for g in s.listed_by})
    if not groups:
        return None
    keys = ("change", "place_in", "groups", "borda", "others")
    heads = tuple(Heading(say(f"publishing.table.{k}"), k == "borda") for k in keys)
    rows = tuple(
        Row(
            (
                Cell(s.title, desk.links.url("change", s.change)),
                _place(desk, s),
                Cell(say("publishing.voices.listed_by", n=len(s.listed_by), of=groups)),
                Cell(say.number(s.borda, 0 if float(s.borda).is_integer() else 1), sort=s.borda),
                Cell(", ".join("–" if p is None else str(p) for _, p in s.places) or "–"),
            )
        )
        for s in result.support
        if s.listed_by
    )
    return Table(say("publishing.priorities.lists"), heads, rows)


def _place(desk: Desk, s: ChangeSupport) -> Cell:
    """The place, and its span when one group is left out; a near tie is told."""
    say = desk.say
    tag = Tag(say("publishing.rankings.near"), "neutral", "≈") if s.near_tie else None
    if s.best is None or s.worst is None or s.best == s.worst:
        return Cell(str(s.position), tag=tag)
    span = say("publishing.interval", lower=str(s.best), upper=str(s.worst))
    return Cell(str(s.position), tag=tag, detail=say("publishing.rankings.span", span=span))


def _criteria(desk: Desk, result: Prioritisation) -> Table | None:
    if not result.criteria:
        return None
    say = desk.say
    size = max(len(c.order) for c in result.criteria)
    heads = (
        Heading(say("publishing.table.who")),
        *(Heading(say("publishing.priorities.place", n=n + 1)) for n in range(size)),
    )
    rows = tuple(
        Row(
            (
                Cell(c.group),
                *(
                    Cell(say(f"criterion.{k.value}"), detail=say.percent(w))
                    for k, w in zip(c.order, c.weights, strict=False)
                ),
                *(Cell("–") for _ in range(size - len(c.order))),
            )
        )
        for c in result.criteria
    )
    return Table(say("publishing.priorities.criteria"), heads, rows)


def _package(desk: Desk, p: Package, proposed: bool) -> PackageView:
    say = desk.say
    facts = [
        Fact(say("publishing.table.money_year"), money(p.nok_per_year, say)),
        Fact(say("publishing.priorities.left"), money(p.frame.nok_per_year - p.nok_per_year, say)),
    ]
    if p.posts:
        facts.append(Fact(say("publishing.table.posts"), say.number(p.posts, 1)))
    if p.helped is not None:
        facts.append(Fact(say("publishing.priorities.helped"), say.number(round(p.helped), 0)))
    if p.helped_lowest is not None:
        facts.append(
            Fact(say("publishing.priorities.helped_lowest"), say.number(round(p.helped_lowest), 0))
        )
    weights = ", ".join(
        f"{lower_first(say(f'criterion.{c.value}'))} {say.percent(w)}" for c, w in p.weights
    )
    return PackageView(
        f"p-{slug(p.id)}",
        p.title,
        Tag(say(f"publishing.made_by.{p.made_by}"), "neutral"),
        proposed,
        desk.words(p.message),
        tuple(facts),
        weights,
        tuple(_choice(desk, p, c) for c in p.choices if c.chosen),
        tuple(_choice(desk, p, c) for c in p.choices if not c.chosen),
    )


def _choice(desk: Desk, package: Package, c: Choice) -> ChoiceView:
    say = desk.say
    titles = {x.change: x.title for x in package.choices}
    extra = ""
    if c.pushes_out:
        extra = say(
            "publishing.priorities.pushes_out",
            titles=", ".join(titles.get(x, x) for x in c.pushes_out),
        )
    elif c.needs_nok:
        extra = say("publishing.priorities.needs", nok=money(c.needs_nok, say))
    return ChoiceView(
        f"p-{slug(f'{package.id}/{c.change}')}",
        c.title,
        desk.links.url("change", c.change),
        desk.area(c.area),
        money(c.nok_per_year, say),
        desk.words(c.reason),
        extra,
    )
