"""Writing elections in Pabulib's format (``.pb``)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from jevn.prioritisation.shared_budget.election import Election
from jevn.prioritisation.shared_budget.money import kroner_text

_NEWLINES = str.maketrans({"\r": " ", "\n": " "})


def pabulib_text(election: Election) -> str:
    """The election as text in Pabulib's format; reading it again gives the same election.

    ``num_projects``, ``num_votes``, ``budget`` and ``vote_type`` say what the election holds,
    whatever its head said before.
    """
    head = dict(election.meta)
    head |= {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.voters)),
        "budget": kroner_text(election.budget),
    }
    if not (head.get("vote_type") == "choose-1" and election.kind == "approval"):
        head["vote_type"] = election.kind
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
    write(["META"])
    write(["key", "value"])
    for key, value in head.items():
        write([key, value.translate(_NEWLINES)])
    columns = list(dict.fromkeys(c for p in election.projects for c, _ in p.details))
    write(["PROJECTS"])
    write(["project_id", "cost", *columns])
    for project in election.projects:
        details = dict(project.details)
        told = [details.get(c, "").translate(_NEWLINES) for c in columns]
        write([project.id, kroner_text(project.cost), *told])
    scored = election.kind in ("cumulative", "scoring")
    about = [name for name, _ in election.about]
    write(["VOTES"])
    write(["voter_id", "vote", *(["points"] if scored else []), *about])
    scale = Decimal(election.point_scale)
    for i, voter in enumerate(election.voters):
        cells = [voter, ",".join(election.ballot(i))]
        if scored:
            given = election.points[election.starts[i] : election.starts[i + 1]]
            cells.append(",".join(f"{(Decimal(int(p)) / scale).normalize():f}" for p in given))
        write([*cells, *(values[i].translate(_NEWLINES) for _, values in election.about)])
    return out.getvalue()


def write_pabulib(election: Election, path: Path) -> None:
    """Write an election to a ``.pb`` file in UTF-8."""
    path.write_text(pabulib_text(election), "utf-8")
