"""A shared budget: votes and money of every project, and who got something."""

from __future__ import annotations

from typing import Any

from jevn.prioritisation.shared_budget import CountedBudget, GroupShare
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.support import shortened
from jevn.publishing.words import group_name, money
from jevn.terms import Say


def votes_chart(studio: Studio, budget: CountedBudget) -> Chart:
    """Votes of every project, those paid for apart; with what each costs."""
    say, outcome = studio.say, budget.outcome
    ordered = sorted(outcome.verdicts, key=lambda v: (-v.votes, v.project))
    rows: list[dict[str, Any]] = [
        {
            "project": shortened(v.name, 34),
            "votes": v.votes,
            "label": f"{say.exact(v.votes)} · {money(v.cost, say)}",
            "kind": say(
                "prioritisation.budget.chosen" if v.selected else "prioritisation.budget.others"
            ),
        }
        for v in ordered
    ]
    widest = max((float(r["votes"]) for r in rows), default=1.0)
    x = parts.quantity(
        "votes", (min(0.0, *(float(r["votes"]) for r in rows)), widest * 1.5), hide=True
    )
    y = parts.name("project", labelFontSize=style.SMALL, labelLimit=230, labelPadding=6)
    colours = {
        "domain": [say("prioritisation.budget.chosen"), say("prioritisation.budget.others")],
        "range": [style.ACCENT, "#b9c3cf"],
    }
    legend = {"orient": "top", "title": None, "direction": "horizontal", "columnPadding": 14}
    colour = {"field": "kind", "type": "nominal", "scale": colours, "legend": legend}
    bars = parts.layer("bar", rows, {"x": x, "y": y, "color": colour}, height={"band": 0.6})
    words = parts.labels(rows, x, y, dx=7, size=style.SMALL, weight=600)
    return studio.chart(
        f"budget-votes-{budget.id}",
        title=say("publishing.budget.votes.title", n=len(outcome.selected), of=len(rows)),
        subtitle=say("publishing.budget.votes.subtitle"),
        source=say("publishing.budget.source"),
        summary=say(
            "publishing.budget.votes.summary",
            n=len(outcome.selected),
            of=len(rows),
            spent=money(outcome.cost, say),
            budget=money(outcome.budget, say),
            most=ordered[0].name if ordered else "",
        ),
        headings=(
            say("prioritisation.budget.column.project"),
            say("prioritisation.budget.column.votes"),
            say("prioritisation.budget.column.cost"),
            say("prioritisation.budget.chosen"),
        ),
        rows=[
            (v.name, v.votes, v.cost, say("word.yes") if v.selected else say("word.no"))
            for v in ordered
        ],
        spec=parts.sized(
            [bars, words],
            26 * len(rows),
            left=parts.room([str(r["project"]) for r in rows], style.SMALL, 230),
        ),
    )


def group_label(group: GroupShare, say: Say) -> str:
    """A group of voters in words: sex and age read, zones by their name."""
    if group.column == "sex":
        known = {"M": "men", "F": "women", "K": "women"}
        return group_name("sex", known.get(group.group, group.group), say)
    if group.column == "age":
        return say("publishing.budget.age", age=group.group)
    return group.group


def fairness_chart(studio: Studio, budget: CountedBudget) -> Chart | None:
    """Share of each group of voters with at least one project; ``None`` without groups."""
    say, fair = studio.say, budget.outcome.fairness
    groups = [g for g in fair.groups if g.share_with_winner is not None]
    if not groups:
        return None
    whole = fair.share_voters_with_a_winner
    rows = [
        {
            "group": group_label(g, say),
            "share": g.share_with_winner,
            "label": say.percent(g.share_with_winner, 0),
        }
        for g in groups
    ]
    x = parts.quantity("share", (0, 1.2), hide=True)
    y = parts.name("group", labelFontSize=style.SMALL, labelLimit=230, labelPadding=6)
    bars = parts.layer(
        "bar", rows, {"x": x, "y": y}, height={"band": 0.6}, color=style.ACCENT, opacity=0.85
    )
    line = parts.layer(
        "rule",
        [{"at": whole}],
        {"x": parts.quantity("at", (0, 1.2), hide=True)},
        stroke=style.INK,
        strokeDash=[3, 3],
    )
    words = parts.labels(rows, x, y, dx=7, size=style.SMALL, weight=600)
    least = min(groups, key=lambda g: g.share_with_winner or 0.0)
    return studio.chart(
        f"budget-fairness-{budget.id}",
        title=say("publishing.budget.fairness.title", share=say.percent(whole, 0)),
        subtitle=say("publishing.budget.fairness.subtitle"),
        source=say("publishing.budget.source"),
        summary=say(
            "publishing.budget.fairness.summary",
            share=say.percent(whole, 0),
            group=group_label(least, say),
            least=say.percent(least.share_with_winner, 0),
        ),
        headings=(
            say("prioritisation.budget.column.group"),
            say("prioritisation.budget.column.number"),
            say("prioritisation.budget.column.winner"),
            say("prioritisation.budget.column.mean"),
        ),
        rows=[
            (
                group_label(g, say),
                g.voters,
                round(g.share_with_winner or 0.0, 3),
                round(g.mean_winners or 0.0, 2),
            )
            for g in groups
        ],
        spec=parts.sized(
            [bars, line, words],
            26 * len(rows),
            left=parts.room([str(r["group"]) for r in rows], style.SMALL, 230),
        ),
    )
