"""What the knowledge base says, as flat tables: figures, gradients, zones, signs, effort, research.

Each has a schema and the command that makes its figures again from the plan folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from jevn.publishing import knowledge_rows as rows
from jevn.publishing import voices_rows
from jevn.publishing.dossier import Dossier
from jevn.publishing.knowledge_rows import Row
from jevn.tables import Column, TableSchema, table_from_rows
from jevn.terms import Reach


@dataclass(frozen=True, slots=True)
class KnowledgeTable:
    """One table of the knowledge base.

    Attributes:
        schema: its columns, with what they hold.
        command: the command that makes its figures again.
        rows: what it holds of a dossier, row by row.
    """

    schema: TableSchema
    command: str
    rows: Callable[[Dossier], Iterator[Row]]

    def frame(self, dossier: Dossier) -> pl.DataFrame:
        """The table of a dossier; empty where the step is not begun."""
        return table_from_rows(self.schema, self.rows(dossier))


def _c(name: str, kind: str, about: str) -> Column:
    return Column(name, kind, about)  # type: ignore[arg-type]


_LIMITS = "95 % limit"
_INDICATOR = _c("indicator", "id", "id of the indicator, as in indicators.csv")
_AREA = _c("area", "id", "id of the area of effort")
_PERIOD = _c("period", "text", "period of the figure")
_ORIGIN = _c("origin", "id", "id of the origin; see datapackage.json, sources")
_SIGN = "worse, same, better or unknown"


def _table(
    name: str,
    about: str,
    columns: tuple[Column, ...],
    command: str,
    make: Callable[[Dossier], Iterator[Row]],
    *,
    key: tuple[str, ...] = (),
) -> KnowledgeTable:
    return KnowledgeTable(TableSchema(name, about, columns, key), command, make)


def _numbers(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(_c(name, "number", about) for name, about in pairs)


_FIGURE = _numbers(
    ("value", "the figure"), ("lower", f"lower {_LIMITS}"), ("upper", f"upper {_LIMITS}")
)
_GROUPED = (
    _INDICATOR,
    _c("dimension", "id", "social dimension"),
    _c("place", "id", "place"),
    _PERIOD,
)
_FLAG = _c("flag", "text", "hidden where few persons are behind; else empty")
_BASIS = _c("kind", "text", "observed, or estimate from national gradients")
_BURNS, _PROFILE = "jevn challenges FOLDER", "jevn effort profile FOLDER"

KNOWLEDGE_TABLES: tuple[KnowledgeTable, ...] = (
    _table(
        "knowledge_status",
        "Level, trend, people and certainty of every indicator",
        (
            _INDICATOR,
            _AREA,
            _c("scale", "id", "unit of the figure"),
            _PERIOD,
            *_numbers(
                ("level", "the municipality's newest figure"),
                ("lower", f"lower {_LIMITS}"),
                ("upper", f"upper {_LIMITS}"),
                ("slope_per_year", "change per year"),
                ("slope_lower", f"lower {_LIMITS} of it"),
                ("slope_upper", f"upper {_LIMITS} of it"),
            ),
            _c("trend_sign", "text", f"trend: {_SIGN}"),
            _c("people", "number", "persons (or yearly events) it concerns"),
            _c("certainty", "text", "better: sure, same: partly, worse: uncertain, unknown"),
            _ORIGIN,
        ),
        _BURNS,
        rows.status,
        key=("indicator",),
    ),
    _table(
        "knowledge_comparisons",
        "The municipality's level against other places",
        (
            _INDICATOR,
            _c("place", "id", "the other place"),
            _c("basis", "text", "crude, standardised here for age, or published as standardised"),
            *_numbers(
                ("here", "figure of the municipality"),
                ("there", "figure of the other place"),
                ("difference", "here minus there"),
                ("lower", f"lower {_LIMITS} of it"),
                ("upper", f"upper {_LIMITS} of it"),
            ),
            _c("sign", "text", _SIGN),
        ),
        _BURNS,
        rows.comparisons,
        key=("indicator", "place"),
    ),
    _table(
        "knowledge_gradients",
        "The gradient of every indicator along each social dimension",
        (
            *_GROUPED,
            *_numbers(
                ("sii", "slope index of inequality: top minus bottom of the social ladder"),
                ("sii_lower", f"lower {_LIMITS} of it"),
                ("sii_upper", f"upper {_LIMITS} of it"),
                ("rii", "relative index of inequality: top over bottom"),
                ("gap", "highest minus lowest group"),
                ("excess", "persons too many compared with all having the best group's figure"),
            ),
            _c("sign", "text", _SIGN),
            _BASIS,
            _ORIGIN,
        ),
        _BURNS,
        rows.gradients,
        key=("indicator", "dimension"),
    ),
    _table(
        "knowledge_groups",
        "Figures of the social groups behind each gradient",
        (
            *_GROUPED,
            _c("group", "id", "social group, lowest position first"),
            _c("rank", "number", "mid-point rank of the group on the social ladder, 0-1"),
            *_FIGURE,
            _FLAG,
            _BASIS,
        ),
        _BURNS,
        rows.groups,
    ),
    _table(
        "knowledge_zones",
        "Figures of the zones, as they are and with chance damped",
        (
            _INDICATOR,
            _c("place", "id", "the zone"),
            _PERIOD,
            *_FIGURE,
            *_numbers(
                ("damped", "figure with chance damped"),
                ("damped_lower", f"lower {_LIMITS} of it"),
                ("damped_upper", f"upper {_LIMITS} of it"),
                ("rank_lower", f"lower {_LIMITS} of its rank, 1 = worst off"),
                ("rank_upper", f"upper {_LIMITS} of its rank"),
            ),
            _c("sign", "text", f"against the municipality: {_SIGN}"),
            _FLAG,
        ),
        "jevn challenges FOLDER zones INDICATOR",
        rows.zones,
        key=("indicator", "place"),
    ),
    _table(
        "knowledge_signs",
        "The matrix of areas and signs: how many indicators point which way",
        (
            _AREA,
            _c("kind", "id", "level, trend, gradient, people, spread or certainty"),
            _c("sign", "text", _SIGN),
            *(
                _c(s, "integer", f"indicators that are {s}")
                for s in ("worse", "same", "better", "unknown")
            ),
        ),
        _BURNS,
        rows.signs,
        key=("area", "kind"),
    ),
    _table(
        "knowledge_ranking",
        "The order of the areas, and how sure it is",
        (
            _AREA,
            _c("position", "integer", "place by the rule, 1 first"),
            *_numbers(
                ("weight", "kinds of sign that are worse, with importance"),
                ("share", "share of the known signs that are worse"),
                ("lower", "best place in 95 of 100 draws"),
                ("upper", "worst place in 95 of 100 draws"),
                ("first", "share of the draws in which it is first"),
                ("among_three", "share of the draws in which it is among the first three"),
            ),
        ),
        "jevn challenges FOLDER rank",
        rows.ranking,
        key=("area",),
    ),
    _table(
        "knowledge_effort",
        "Money by area, against others and against need",
        (
            _AREA,
            _c("year", "year", "accounting year"),
            *_numbers(
                ("net_nok", "net running cost, kroner"),
                ("gross_nok", "gross running cost, kroner"),
                ("per_inhabitant_nok", "net kroner per inhabitant"),
                ("comparison_per_inhabitant_nok", "the same in the places compared with"),
                *((f"{r.value}_nok", f"net kroner of services that are {r.value}") for r in Reach),
                ("default_share", "share of the money allocated by default shares"),
                ("need", "share of the area's known signs that are worse"),
                ("effort", "net kroner per inhabitant over the comparison's"),
            ),
            _c("corner", "text", "corner of the need-effort chart"),
        ),
        _PROFILE,
        rows.effort,
        key=("area",),
    ),
    _table(
        "knowledge_functions",
        "The accounts by function: what is allocated to areas, and what is not",
        (
            _c("function", "id", "KOSTRA function"),
            _c("name", "text", "its name"),
            _c("year", "year", "accounting year"),
            *_numbers(
                ("net_nok", "net running cost, kroner"),
                ("allocated_nok", "allocated to the areas"),
                ("residual_nok", "not allocated, or outside the areas"),
                ("registered_nok", "of registered services"),
            ),
        ),
        _PROFILE,
        rows.functions,
        key=("function",),
    ),
    _table(
        "knowledge_zone_need",
        "Need and effort of every zone",
        (
            _c("place", "id", "the zone"),
            _c("name", "text", "its name"),
            _c("worse", "integer", "indicators surely worse than in the municipality"),
            _c("known", "integer", "indicators known there"),
            *_numbers(
                ("per_inhabitant_nok", "net kroner per inhabitant that can be placed there"),
                ("users_per_1000", "users per 1000 inhabitants"),
            ),
            _c("corner", "text", "corner of need against effort"),
        ),
        "jevn effort gaps FOLDER",
        rows.zone_need,
        key=("place",),
    ),
    _table(
        "knowledge_directions",
        "Directions that recommendations point in",
        (
            _AREA,
            _c("number", "integer", "number within the area"),
            _c("direction", "text", "the direction, bokmål"),
            _c("direction_nn", "text", "nynorsk"),
            _c("direction_en", "text", "English"),
            _c("sources", "list", "ids in knowledge_sources.csv"),
        ),
        "jevn evidence list",
        rows.directions,
        key=("area", "number"),
    ),
    _table(
        "knowledge_interventions",
        "Types of intervention with strength of evidence, and whether they are registered here",
        (
            _c("intervention", "id", "id in the evidence catalogue"),
            _AREA,
            _c("name", "text", "name, bokmål"),
            _c("name_nn", "text", "nynorsk"),
            _c("name_en", "text", "English"),
            _c("reach", "id", "universal, proportionate or targeted"),
            _c("strength", "id", "A strong … D recommended only, E without effect, U not graded"),
            _c("equity", "id", "effect on inequality"),
            _c("registered_here", "text", "yes or no; empty where it is not known"),
            _c("sources", "list", "ids in knowledge_sources.csv"),
        ),
        "jevn evidence list",
        rows.interventions,
        key=("intervention",),
    ),
    _table(
        "knowledge_sources",
        "Research and professional sources",
        (
            _c("source", "id", "id"),
            _c("authors", "text", "authors"),
            _c("year", "year", "year"),
            _c("title", "text", "title"),
            _c("publisher", "text", "publisher"),
            _c("link", "text", "address"),
        ),
        "jevn evidence list",
        rows.sources,
        key=("source",),
    ),
    _table(
        "hearing_answers",
        "Points of hearing statements with the municipality's answers; private persons unnamed",
        (
            _c("statement", "id", "id of the statement"),
            _c("point", "integer", "number of the point in the statement"),
            _c("sender_type", "id", "kind of sender"),
            _c("sender", "text", "sender; private persons are only called that"),
            _c("paragraph", "text", "part of the draft that the point is about"),
            _c("text", "text", "what was said"),
            _c("state", "id", "unassessed, assessed or answered"),
            _c("summary", "text", "the point in a few words"),
            _c("comment", "text", "the answer"),
            _c("decision", "id", "taken_in, partly, not_taken_in or outside"),
            _c("decision_name", "text", "the decision in words"),
            _c("consequence", "text", "what it led to in the plan"),
            _c("element", "id", "plan element that was changed"),
            _c("changed_paragraph", "text", "part of the draft that was changed"),
            _c("version", "text", "version of the plan that holds the change"),
            _c("changed", "text", "what the text became"),
            _c("shared_with", "text", "point or statement whose answer it shares"),
        ),
        "jevn participation answers FOLDER --csv FILE",
        voices_rows.hearing_answers,
    ),
    _table(
        "opinion_votes",
        "Votes on statements of conversations, by everybody and by each group of at least five",
        (
            _c("conversation", "id", "id of the conversation"),
            _c("statement", "id", "id of the statement"),
            _c("text", "text", "the statement"),
            _c("group", "text", "all, or letter of the group"),
            _c("votes", "integer", "persons who voted, at least five"),
            *_numbers(
                ("agree", "share who agree"),
                ("disagree", "share who disagree"),
                ("passed", "share who passed"),
            ),
        ),
        "jevn participation opinions FOLDER",
        voices_rows.opinion_votes,
        key=("statement", "group"),
    ),
)
"""Every table of the knowledge base, in the order of the steps."""
