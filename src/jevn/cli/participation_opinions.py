"""The command ``jevn participation opinions``: who votes alike, and on what."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say

if TYPE_CHECKING:
    from jevn.participation.opinions import Conversation, OpinionGroup, OpinionGroups
    from jevn.participation.opinions.results import Agreed, Representative

_LONGEST = 160


def opinions(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="DIR_OR_CSV",
            help="Folder with votes.csv and comments.csv, or a table of votes.",
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="Seed of random starts and draws.")] = 0,
    json: JsonFlag = False,
    write: Annotated[
        Path | None, typer.Option(help="Write the conversation with groups to this folder.")
    ] = None,
) -> None:
    """Find groups of people who vote alike, what they agree on, and what divides them."""
    # The matrices are so small that BLAS' threads wait for each other more than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from jevn.participation.opinions import (
        opinion_groups,
        read_conversation,
        write_conversation,
    )

    talk = read_conversation(path)
    found = opinion_groups(talk, seed=seed)
    if write is not None:
        write_conversation(talk, write, found)
    if json:
        print_json(opinions_json(talk, found, current_say()))
    else:
        _show(talk, found, current_say())


def opinions_json(talk: Conversation, found: OpinionGroups, say: Say) -> dict[str, Any]:
    """The results in the open form that the command prints, with pol.is' names of figures."""
    texts = {s.id: s.text for s in talk.statements}

    def scored(entries: Any) -> list[dict[str, Any]]:
        return [
            {"tid": _number(e.statement), "value": e.value, "text": texts[e.statement]}
            for e in entries
        ]

    return {
        "people": found.people,
        "statements": found.statements,
        "votes": found.votes,
        "clustered": found.clustered,
        "silhouette": found.silhouette,
        "split": found.split,
        "message": say.message(found.message),
        "groups": [
            {
                "id": g.id,
                "size": g.size,
                "members": [_number(m) for m in g.members],
                "centre": list(g.centre),
                "stability": g.stability,
            }
            for g in found.groups
        ],
        "representative": {
            str(g.id): [
                {
                    **_figures(r, texts),
                    "repness": r.ratio,
                    "repness-test": r.ratio_test,
                    "repful-for": r.stance,
                    **({"n-agree": r.count, "best-agree": True} if r.best_agreed else {}),
                }
                for r in g.representative
            ]
            for g in found.groups
        },
        "consensus": {
            "agree": [_figures(a, texts) for a in found.consensus_agree],
            "disagree": [_figures(a, texts) for a in found.consensus_disagree],
        },
        "group_aware_consensus": scored(found.group_aware_consensus),
        "points": [
            {"id": _number(person), "x": x, "y": y, "group": None if group < 0 else group}
            for person, (x, y), group in zip(
                talk.people, found.points.tolist(), found.labels.tolist(), strict=True
            )
        ],
        "priorities": scored(found.priorities),
        "dividing": [
            {
                "tid": _number(d.statement),
                "difference": d.difference,
                "most": d.most,
                "least": d.least,
                "text": texts[d.statement],
            }
            for d in found.dividing
        ],
        "rejected": found.rejected,
        "silhouettes": {str(k): value for k, value in found.silhouettes},
        "silhouette_by_chance": found.chance,
        "within": found.within,
        "explained": list(found.explained),
        "agreement": found.agreement,
    }


def _figures(entry: Agreed | Representative, texts: dict[str, str | None]) -> dict[str, Any]:
    return {
        "tid": _number(entry.statement),
        "text": texts[entry.statement],
        "n-success": entry.count,
        "n-trials": entry.seen,
        "p-success": entry.share,
        "p-test": entry.share_test,
    }


def _number(id: str) -> int | str:
    """An id as a number where it is written as one, as in pol.is' export."""
    return int(id) if id.isascii() and id.isdigit() and str(int(id)) == id else id


def _show(talk: Conversation, found: OpinionGroups, say: Say) -> None:
    from rich.text import Text

    from jevn.participation.opinions.summary import LEAST_SHOWN

    out, texts = console(), {s.id: s.text for s in talk.statements}
    counts = {"statements": found.statements, "votes": found.votes, "clustered": found.clustered}
    out.print(Text(say("participation.opinions.counts", n=found.people, **counts)))
    if found.rejected:
        out.print(Text(say("participation.opinions.rejected", n=found.rejected)))
    out.print(Text(say.message(found.message), style="bold"))
    for group in found.groups if found.split else ():
        _show_group(group, texts, say)
    for stance, entries in (
        ("agree", found.consensus_agree),
        ("disagree", found.consensus_disagree),
    ):
        firm = [entry for entry in entries if entry.seen >= LEAST_SHOWN]
        if firm:
            out.print()
            out.print(Text(say(f"participation.opinions.consensus.{stance}"), style="bold"))
        for entry in firm:
            params = {"count": entry.count, "seen": entry.seen}
            line = say(f"participation.opinions.{stance}", **params)
            out.print(Text(f"  {_text(entry.statement, texts)}\n    {line}"))
    if found.split and found.dividing:
        out.print()
        out.print(Text(say("participation.opinions.dividing"), style="bold"))
        for told in found.dividing:
            names = {"most": _name(told.most, say), "least": _name(told.least, say)}
            line = say("participation.opinions.most_least", **names)
            out.print(Text(f"  {_text(told.statement, texts)}\n    {line}"))


def _show_group(group: OpinionGroup, texts: dict[str, str | None], say: Say) -> None:
    from rich.text import Text

    out = console()
    out.print()
    heading = say("participation.opinions.group", name=_name(group.id, say), n=group.size)
    out.print(Text(heading, style="bold"))
    for entry in group.representative:
        params = {"count": entry.count, "seen": entry.seen}
        line = say(f"participation.opinions.{entry.stance}", **params)
        out.print(Text(f"  {_text(entry.statement, texts)}\n    {line}"))


def _name(group: int, say: Say) -> str:
    return say("participation.opinions.name", letter="ABCDE"[group])


def _text(id: str, texts: dict[str, str | None]) -> str:
    text = " ".join((texts[id] or "").split()) or f"({id})"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
