"""Step 4 in one function: what people have said, sorted, combined, answered."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from jevn.participation.answering import answer_chain
from jevn.participation.collecting import (
    area_problems,
    from_hearing,
    from_ideas,
    from_report,
    refuse_twice,
    with_places,
)
from jevn.participation.combining import combine_rankings
from jevn.participation.conversing import from_conversation
from jevn.participation.correcting import corrected
from jevn.participation.duplicates.merging import merge, read_merged
from jevn.participation.opinions import Conversation, opinion_groups, summary_of
from jevn.participation.results import Answer, Contribution, Voices, WorkshopReport
from jevn.participation.sorting import Word, word_lists
from jevn.participation.spoken import who_has_spoken
from jevn.terms import InputRefused


def voices(  # noqa: PLR0913 (one argument per file of the plan folder)
    *,
    reports: Iterable[WorkshopReport],
    ideas: pl.DataFrame,
    hearing: pl.DataFrame,
    answers: Iterable[Answer],
    ranked_items: pl.DataFrame,
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    conversations: Iterable[Conversation] = (),
    hearing_points: pl.DataFrame | None = None,
    merged: pl.DataFrame | None = None,
    corrections: pl.DataFrame | None = None,
    own_words: Iterable[Word] = (),
) -> Voices:
    """Everything that has been said, with where it came from, its areas and its answer.

    The names of private persons, and of senders whose kind is not known, are left out:
    ``sender`` is ``None`` for them.

    Args:
        reports: workshop reports.
        ideas: table ``IDEAS``.
        hearing: table ``HEARING``.
        answers: answers to hearing statements.
        ranked_items: table ``RANKED_ITEMS``.
        places: table of places.
        population: table of population.
        municipality: id of the municipality in ``places``.
        conversations: conversations where people agree, disagree or pass on statements.
        hearing_points: table ``HEARING_POINTS``.
        merged: table ``MERGED``: contributions that a person has found to say the same.
        corrections: table ``CORRECTIONS``: areas that a person has confirmed.
        own_words: the municipality's own words beside the package's word lists.

    Raises:
        InputRefused: an area, id, report, theme or point that does not fit (all at once per
            kind), with file and line.
    """
    reports, answers, conversations = tuple(reports), tuple(answers), tuple(conversations)
    problems = area_problems(ideas, "ideas.csv") + area_problems(hearing, "hearing.csv")
    if hearing_points is not None:
        problems += area_problems(hearing_points, "hearing_points.csv")
    if problems:
        raise InputRefused(problems)
    lists = word_lists(tuple(own_words))
    contributions: tuple[Contribution, ...] = (
        *(c for report in reports for c in from_report(report, lists)),
        *from_ideas(ideas, lists),
        *from_hearing(hearing, lists),
        *(c for talk in conversations for c in from_conversation(talk)),
    )
    refuse_twice(contributions)
    contributions = with_places(contributions, places)
    if corrections is not None:
        contributions = corrected(contributions, corrections, lists)
    if merged is not None:
        contributions = merge(contributions, read_merged(merged))
    same = () if merged is None else merged.select("kept", "merged").iter_rows()
    chain = answer_chain(hearing, hearing_points, answers, merged=same)
    return Voices(
        contributions=contributions,
        reports=reports,
        rankings=combine_rankings(reports, ranked_items),
        spoken=who_has_spoken(contributions, places, population, municipality),
        answers=tuple(answer for answer in answers if answer.decided),
        unanswered=chain.unanswered,
        chain=chain,
        opinions=tuple(summary_of(talk, opinion_groups(talk)) for talk in conversations),
    )
