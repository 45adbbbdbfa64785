"""The chart of opinion groups: what it says, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from jevn.participation.opinions import (
    About,
    OpinionSummary,
    Statement,
    conversation,
    opinion_groups,
    summary_of,
)
from jevn.publishing.charts import Studio, opinion_map, opinions_chart
from jevn.terms import Language, Say


@pytest.fixture(scope="module")
def opinions() -> OpinionSummary:
    """Two camps of 20 that agree on the first statement and on nothing else."""
    votes = np.array([[1, *[1] * 7]] * 20 + [[1, *[-1] * 7]] * 20)
    person, statement = np.nonzero(np.ones((40, 8)))
    talk = conversation(
        [str(i) for i in range(40)],
        [Statement(str(i), f"Påstand nummer {i} om noe i kommunen") for i in range(8)],
        (person, statement, votes[person, statement]),
        about=About("ute", "Uteområder", "Hva trengs ute?"),
    )
    return summary_of(talk, opinion_groups(talk))


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_it_says_who_agrees_and_who_does_not(opinions: OpinionSummary, lang: Language) -> None:
    chart = opinions_chart(Studio(Say(lang), "Elvebyen", ()), opinions)
    assert chart is not None
    assert "2" in chart.title
    assert "100" in chart.summary
    assert chart.table.rows[0][1:] in ((100.0, 0.0), (0.0, 100.0))
    assert ("Påstand nummer 0 om noe i kommunen", 100.0, 100.0) in chart.table.rows
    assert len(chart.table.headings) == 3
    assert "100" in chart.summary
    assert ElementTree.fromstring(chart.svg).get("role") == "img"
    assert chart.width <= 480


def test_without_groups_there_is_no_chart(opinions: OpinionSummary) -> None:
    studio = Studio(Say("nb"), "Elvebyen", ())
    assert opinion_map(studio, replace(opinions, groups=())) is None
    assert opinion_map(studio, replace(opinions, map=())) is None
    assert opinions_chart(studio, replace(opinions, groups=())) is None
    bare = tuple(replace(s, groups=()) for s in opinions.statements)
    assert opinions_chart(studio, replace(opinions, statements=bare)) is None


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_map_has_a_letter_per_group_and_no_lone_person(
    opinions: OpinionSummary, lang: Language
) -> None:
    assert sorted(cell.group for cell in opinions.map) == [0, 1]
    assert [cell.people for cell in opinions.map] == [20, 20]
    chart = opinion_map(Studio(Say(lang), "Elvebyen", ()), opinions)
    assert chart is not None
    assert ">A</text>" in chart.svg
    assert ">B</text>" in chart.svg
    assert "40" in chart.summary
    assert [row[1] for row in chart.table.rows] == [20, 20]
    few = replace(opinions, map=opinions.map[:1])
    assert opinion_map(Studio(Say(lang), "Elvebyen", ()), few) is None
    crowd = replace(opinions, clustered=90)
    assert opinion_map(Studio(Say(lang), "Elvebyen", ()), crowd) is None
