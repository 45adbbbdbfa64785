"""Groups' ranked lists combined per theme, in the open: Borda, who listed what, how firm it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl

from jevn.participation.results import CombinedRanking, Question, RankedItem, WorkshopReport
from jevn.participation.sorting import sort_text
from jevn.rankings import (
    RULES,
    RankedLists,
    Ranking,
    Rule,
    agreement,
    borda,
    left_out,
    near_ties,
    steadiness,
)
from jevn.terms import EffortArea, InputRefused, Message, Problem

FILE = "ranked_items.csv"
_MOST_NOTES = 3
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class _Item:
    """An item that points have been merged into by a person."""

    id: str
    label: str
    area: EffortArea | None


_PointKey = tuple[str, int, str, int]
"""Report, question (from 1 over the whole report), group, rank."""


def point_id(report: str, question: int, group: int, rank: int) -> str:
    """Id of a group's ranked point: ``<report>/<question>/<group>/<rank>``, all from 1."""
    return f"{report}/{question}/{group}/{rank}"


def bullet_id(report: str, question: int, number: int) -> str:
    """Id of a bullet below a question: ``<report>/<question>/<number>``, both from 1."""
    return f"{report}/{question}/{number}"


def questions_of(report: WorkshopReport) -> tuple[tuple[int, Question], ...]:
    """Questions with their number, counted from 1 over the whole report."""
    questions = [q for part in report.parts for q in part.questions]
    return tuple(enumerate(questions, start=1))


def combine_rankings(
    reports: Iterable[WorkshopReport], ranked_items: pl.DataFrame
) -> tuple[CombinedRanking, ...]:
    """Combine the groups' lists of each theme of each report.

    Args:
        reports: reports with groups' ranked points.
        ranked_items: table ``RANKED_ITEMS``: which points a person has merged into which
            item. Points not named stand alone, under their own id and text.

    Returns:
        One ranking per question where groups have ranked points, in the reports' order.

    Raises:
        InputRefused: a row of the table names a report, theme, group or point that there is
            not (``participation_no_report``, ``participation_no_theme``,
            ``participation_no_point``), the same point twice (``participation_point_twice``),
            or an item with two areas (``participation_item_areas``).
    """
    reports = tuple(reports)
    merged = _merged(reports, ranked_items)
    return tuple(
        combine_theme(report.id, number, question, merged)
        for report in reports
        for number, question in questions_of(report)
        if any(group.ranked for group in question.groups)
    )


def combine_theme(
    report: str, number: int, question: Question, merged: dict[_PointKey, _Item] | None = None
) -> CombinedRanking:
    """Combine the groups' lists of one question.

    Borda's points as in :func:`jevn.rankings.borda`: an item that a group did not list gets the
    mean of that group's remaining points. If a group has two points merged into one item, the
    item has the better place, and later points move up. Places are counted from 1 among a
    group's items; the median is over the groups that list the item. Tied items share a
    position.
    """
    merged = merged or {}
    groups = [g for g in question.groups if g.ranked]
    labels: dict[str, _Item] = {}
    points: dict[str, list[str]] = {}
    lists: list[list[str]] = []
    for place, group in enumerate(question.groups, start=1):
        ranked: list[str] = []
        for rank, text in enumerate(group.ranked, start=1):
            own = point_id(report, number, place, rank)
            item = merged.get((report, number, group.name, rank)) or _alone(own, text)
            labels.setdefault(item.id, item)
            points.setdefault(item.id, []).append(own)
            if item.id not in ranked:
                ranked.append(item.id)
        if ranked:
            lists.append(ranked)
    names = tuple(g.name for g in groups)
    combined = RankedLists.of(lists, names=names)
    ranking = borda(combined)
    without = left_out(combined, borda)
    positions, scores = dict(ranking.positions()), dict(ranking.scores)
    tied = {item for tie in ranking.ties for item in tie}
    others: dict[Rule, Ranking] = {
        name: rule(combined) for name, rule in RULES.items() if name != "borda"
    }
    near = near_ties(ranking, without)
    unsure = {item for group in near for item in group}
    spans = {s.item: s for s in steadiness(ranking, without)}
    items = tuple(
        RankedItem(
            item=item,
            label=labels[item].label,
            area=labels[item].area,
            position=positions[item],
            borda=scores[item],
            listed_by=tuple(n for n, lst in zip(names, lists, strict=True) if item in lst),
            median_place=_median_place(item, lists),
            points=tuple(points[item]),
            tied=item in tied,
            places=tuple(
                (name, dict(other.positions())[item] if other.all_orders else None)
                for name, other in others.items()
            ),
            best=spans[item].best if without else None,
            worst=spans[item].worst if without else None,
            near_tie=item in unsure,
        )
        for item in ranking.order
    )
    stable = bool(without) and _stays_first(ranking, without)
    return CombinedRanking(
        event=report,
        theme=question.title,
        groups=names,
        items=items,
        stable_first=stable,
        message=_message(items, names, stable),
        agreement=agreement(combined),
        notes=tuple(_notes(items, ranking, others, near)),
    )


def _notes(
    items: Sequence[RankedItem],
    ranking: Ranking,
    others: Mapping[Rule, Ranking],
    near: Sequence[Sequence[str]],
) -> Iterator[Message]:
    """Where other rules have another first item, and neighbours that one group decides."""
    label = {item.item: item.label for item in items}
    first = _firsts(ranking)
    for name, other in others.items():
        own = _firsts(other)
        if other.all_orders and not own & first:
            yield Message(
                "participation.ranking.other_first",
                {"rule_key": f"rankings.rule.{name}", "label": label[min(own, key=_place(items))]},
            )
    groups = [group for group in near if any(_listed(items, item) > 1 for item in group)]
    for group in groups[:_MOST_NOTES]:
        names = "; ".join(label[item] for item in group[:_MOST_NAMED])
        yield Message("participation.ranking.near_tie", {"labels": names, "n": len(group)})


def _place(items: Sequence[RankedItem]) -> Callable[[str], int]:
    order = {item.item: i for i, item in enumerate(items)}
    return lambda item: order[item]


def _listed(items: Sequence[RankedItem], item: str) -> int:
    return next(len(i.listed_by) for i in items if i.item == item)


def _alone(id: str, text: str) -> _Item:
    """A point that no one has merged with others; its area is found by the word lists."""
    areas = sort_text(text).areas
    return _Item(id, text, areas[0] if areas else None)


def _median_place(item: str, lists: Sequence[Sequence[str]]) -> float | None:
    places = [lst.index(item) + 1 for lst in lists if item in lst]
    return float(median(places)) if places else None


def _firsts(ranking: Ranking) -> set[str]:
    return {item for item, position in ranking.positions() if position == 1}


def _stays_first(ranking: Ranking, without: Iterable[Ranking]) -> bool:
    """Whether one item alone is first, and alone stays so whichever group is left out."""
    first = _firsts(ranking)
    return len(first) == 1 and all(_firsts(other) == first for other in without)


def _message(items: Sequence[RankedItem], groups: Sequence[str], stable: bool) -> Message:
    """What the ranking says, without claiming more than it bears."""
    first = [item for item in items if item.position == 1]
    if len(groups) == 1:
        return Message("participation.ranking.one_group", {"label": first[0].label})
    if all(len(item.listed_by) == 1 for item in items):
        return Message("participation.ranking.nothing_shared", {"groups": len(groups)})
    if len(first) > 1:
        names = "; ".join(item.label for item in first)
        return Message("participation.ranking.tied_first", {"labels": names, "n": len(first)})
    key = "participation.ranking.stable" if stable else "participation.ranking.unstable"
    listed = len(first[0].listed_by)
    return Message(key, {"label": first[0].label, "n": listed, "groups": len(groups)})


def _merged(
    reports: Sequence[WorkshopReport], ranked_items: pl.DataFrame
) -> dict[_PointKey, _Item]:
    """Merged item of each point named in the table."""
    by_id = {report.id: report for report in reports}
    found: dict[_PointKey, _Item] = {}
    items: dict[str, _Item] = {}
    problems: list[Problem] = []
    for index, row in enumerate(ranked_items.iter_rows(named=True)):
        line = row.get("_row") or index + 2
        report = by_id.get(row["report"])
        if report is None:
            params = {"id": row["report"]}
            problems.append(Problem("participation_no_report", FILE, line, "report", params))
            continue
        themes = _themes(report, row["theme"])
        if len(themes) != 1:
            params = {"theme": row["theme"], "n": len(themes)}
            problems.append(Problem("participation_no_theme", FILE, line, "theme", params))
            continue
        number, question = themes[0]
        lengths = {g.name: len(g.ranked) for g in question.groups}
        if not 1 <= row["rank"] <= lengths.get(row["group"], 0):
            params = {"group": row["group"], "rank": row["rank"]}
            problems.append(Problem("participation_no_point", FILE, line, "rank", params))
            continue
        key = (report.id, number, row["group"], row["rank"])
        if key in found:
            params = {"group": row["group"], "rank": row["rank"]}
            problems.append(Problem("participation_point_twice", FILE, line, "rank", params))
            continue
        area = EffortArea(row["area"]) if row.get("area") else None
        known = items.get(row["item"])
        if known and area and known.area and known.area != area:
            params = {"id": row["item"]}
            problems.append(Problem("participation_item_areas", FILE, line, "area", params))
        if known is None or (known.area is None and area is not None):
            label = known.label if known else row["label"]
            items[row["item"]] = _Item(row["item"], label, area)
        found[key] = _Item(row["item"], "", None)
    if problems:
        raise InputRefused(problems)
    return {key: _with_area(items[item.id]) for key, item in found.items()}


def _with_area(item: _Item) -> _Item:
    return item if item.area else _alone(item.id, item.label)


def _themes(report: WorkshopReport, theme: str) -> list[tuple[int, Question]]:
    """Questions whose title is the theme, or else holds it, among those with groups."""
    ranked = [(n, q) for n, q in questions_of(report) if any(g.ranked for g in q.groups)]
    wanted = theme.strip().lower()
    whole = [(n, q) for n, q in ranked if q.title.strip().lower() == wanted]
    return whole or [(n, q) for n, q in ranked if wanted in q.title.lower()]
