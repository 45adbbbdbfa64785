"""A shared budget that residents voted over: what is paid for, round by round, and who gains."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.prioritisation.shared_budget import CountedBudget
from jevn.publishing.charts.budget import fairness_chart, votes_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Fact, Head, Heading, Row, Table, Tag
from jevn.publishing.words import money


@dataclass(frozen=True, slots=True)
class BudgetTeaser:
    """A line about a shared budget, with its page."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A project, and why it is paid for or not."""

    name: str
    cost: str
    votes: str
    reason: str


@dataclass(frozen=True, slots=True)
class SharedBudgetPage:
    """One election."""

    head: Head
    rule: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    charts: tuple[Block, ...]
    rounds: Table
    others: Table
    chosen: tuple[VerdictView, ...]
    left: tuple[VerdictView, ...]


def budget_teasers(desk: Desk) -> tuple[BudgetTeaser, ...]:
    """A line about every election."""
    return tuple(
        BudgetTeaser(b.title, desk.links.url("shared_budget", b.id), _sum(desk, b))
        for b in desk.dossier.shared_budgets
    )


def _sum(desk: Desk, b: CountedBudget) -> str:
    found = b.outcome
    return desk.say(
        "prioritisation.budget.sum",
        n=len(found.selected),
        of=len(found.verdicts),
        cost_nok=found.cost,
        budget_nok=found.budget,
    )


def shared_budget_page(desk: Desk, id: str) -> SharedBudgetPage:
    """The page of one election.

    Raises:
        KeyError: if there is none with this id.
    """
    budget = next((b for b in desk.dossier.shared_budgets if b.id == id), None)
    if budget is None:
        raise KeyError(id)
    say, found = desk.say, budget.outcome
    charts = (votes_chart(desk.studio, budget), fairness_chart(desk.studio, budget))
    views = {v.project: _verdict(desk, budget, v.project) for v in found.verdicts}
    return SharedBudgetPage(
        desk.head("shared_budget", budget.title, _sum(desk, budget), id),
        say(f"prioritisation.budget.rule.{found.counting.rule}"),
        (
            Fact(say("publishing.budget.voters"), say.number(found.fairness.voters, 0)),
            Fact(say("publishing.budget.paid"), money(found.cost, say)),
            Fact(
                say("publishing.budget.winner"),
                say.percent(found.fairness.share_voters_with_a_winner, 0),
            ),
        ),
        tuple(_notes(desk, budget)),
        tuple(b for c in charts if (b := desk.block(c)) is not None),
        _rounds(desk, budget),
        _others(desk, budget),
        tuple(views[p.project] for p in found.rounds),
        tuple(views[v.project] for v in found.verdicts if not v.selected),
    )


def _verdict(desk: Desk, budget: CountedBudget, project: str) -> VerdictView:
    say = desk.say
    v = next(x for x in budget.outcome.verdicts if x.project == project)
    votes = say("publishing.budget.votes", votes=say.exact(v.votes))
    return VerdictView(v.name, money(v.cost, say), votes, desk.words(v.reason))


def _notes(desk: Desk, budget: CountedBudget) -> list[str]:
    say, found = desk.say, budget.outcome
    notes = []
    if found.per_voter is not None:
        kind = "raised" if found.raised else "per_voter"
        share = round(found.per_voter, 2)
        notes.append(
            say(f"prioritisation.budget.{kind}", per_voter_exact=share, raised=found.raised)
        )
    names = {v.project: f"«{v.name}»" for v in found.verdicts}
    rule = f"prioritisation.budget.ties.{found.counting.ties}"
    for tied in found.ties:
        shown = ", ".join(names[p] for p in tied)
        notes.append(say("prioritisation.budget.tie", projects=shown, ties_key=rule))
    if found.official is not None:
        here = len(set(found.selected) - set(found.official))
        there = len(set(found.official) - set(found.selected))
        kind = "differs" if here or there else "same"
        notes.append(say(f"prioritisation.budget.official.{kind}", here=here, there=there))
    return notes


def _rounds(desk: Desk, budget: CountedBudget) -> Table:
    say, found = desk.say, budget.outcome
    of = {v.project: v for v in found.verdicts}
    priced = any(r.price is not None for r in found.rounds)
    heads = (
        Heading(say("publishing.budget.round")),
        Heading(say("prioritisation.budget.column.project")),
        Heading(say("prioritisation.budget.column.votes"), numeric=True),
        Heading(say("prioritisation.budget.column.cost"), numeric=True),
        *((Heading(say("prioritisation.budget.column.price"), numeric=True),) if priced else ()),
        Heading(say("prioritisation.budget.column.left"), numeric=True),
    )
    rows = tuple(
        Row(
            (
                Cell(str(r.number)),
                Cell(of[r.project].name),
                Cell(say.exact(of[r.project].votes), sort=of[r.project].votes),
                Cell(money(r.cost, say), sort=r.cost),
                *(
                    (Cell("–" if r.price is None else say.number(r.price, 0), sort=r.price or 0.0),)
                    if priced
                    else ()
                ),
                Cell(money(r.left, say), sort=r.left),
            )
        )
        for r in found.rounds
    )
    return Table(say("publishing.budget.rounds"), heads, rows)


def _others(desk: Desk, budget: CountedBudget) -> Table:
    say, found = desk.say, budget.outcome
    fair = found.fairness.share_voters_with_a_winner
    ways = ((found.counting.rule, found.selected, fair), *budget.others)
    heads = (
        Heading(say("prioritisation.budget.column.project")),
        *(Heading(say(f"publishing.budget.rule.{rule}")) for rule, _, _ in ways),
    )
    rows = [
        Row(
            (
                Cell(v.name),
                *(
                    Cell(
                        "",
                        tag=Tag(say("publishing.in"), "success", "✓")
                        if v.project in selected
                        else Tag(say("publishing.out"), "neutral"),
                    )
                    for _, selected, _ in ways
                ),
            )
        )
        for v in sorted(found.verdicts, key=lambda v: (not v.selected, -v.votes, v.project))
    ]
    rows.append(
        Row(
            (
                Cell(say("prioritisation.budget.column.winner")),
                *(Cell(say.percent(share, 0)) for _, _, share in ways),
            )
        )
    )
    return Table(say("publishing.budget.others"), heads, tuple(rows))
