"""Which part of a function's money belongs to which area: the municipality's, or the defaults."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from jevn.effort.chart_of_accounts import Share, default_shares, kostra_functions
from jevn.effort.money import exact
from jevn.effort.results import basis_of
from jevn.effort.schemas import SHARES
from jevn.terms import EffortArea, InputRefused, Language, Problem, Reach, Say

FILE = "shares.csv"


SharesByFunction = Mapping[str, tuple[Share, ...]]


def effective_shares(shares: pl.DataFrame) -> tuple[SharesByFunction, tuple[Problem, ...]]:
    """Shares in force per function, and what is wrong with those given.

    Args:
        shares: frame of ``shares.csv`` (:data:`jevn.effort.schemas.SHARES`). A function
            named there replaces its default shares whole.

    Returns:
        Shares by function number (all known functions), and problems: unknown function,
        unknown area or reach, a share outside 0-1, shares of a function above 1.
    """
    own: dict[str, list[Share]] = {}
    problems: list[Problem] = []
    for row in shares.iter_rows(named=True):
        share, found = _read(row)
        problems += found
        if share:
            own.setdefault(share.function, []).append(share)
    for function, given in own.items():
        total = sum(s.share for s in given)
        if total > 1:
            problems.append(
                Problem(
                    "effort_shares_above_one",
                    FILE,
                    given[-1].row,
                    "share",
                    {
                        "function": function,
                        "total": f"{float(total):g}",
                        "rows": ", ".join(str(s.row) for s in given if s.row is not None) or "–",
                    },
                )
            )
    merged = {f: tuple(own.get(f, default)) for f, default in default_shares().items()}
    return merged, tuple(problems)


def shares_to_edit(shares: pl.DataFrame, *, language: Language = "nb") -> pl.DataFrame:
    """Every share in force as rows of ``shares.csv``, to be edited.

    Functions that the municipality has set itself stand as they are; the others get their
    defaults, with ``basis`` ``default`` and a reason. Editing the rows of one function leaves
    the others: rows that still say ``default`` count as defaults.

    Args:
        shares: frame of ``shares.csv``; may be empty.
        language: language of the reasons.

    Raises:
        InputRefused: if the rows given are faulty.
    """
    merged, problems = effective_shares(shares)
    if problems:
        raise InputRefused(problems)
    say = Say(language)
    rows = [
        {
            "function": function,
            "area": share.area.value,
            "share": float(share.share),
            "reach": share.reach.value,
            "basis": share.basis,
            "note": share.note or _reason(share, say) if share.row is None else share.note,
        }
        for function, own in sorted(merged.items())
        for share in own
    ]
    kinds: dict[str, pl.DataType] = {c.name: c.dtype for c in SHARES.columns}
    return pl.DataFrame(rows, schema=kinds)


def _reason(share: Share, say: Say) -> str:
    name = kostra_functions()[share.function].name(say.lang)
    key = "whole" if share.share == 1 else "part"
    return say(f"effort.shares.{key}", name=name)


def _read(row: Mapping[str, object]) -> tuple[Share | None, list[Problem]]:
    line = row.get("_row")
    at = line if isinstance(line, int) else None
    problems: list[Problem] = []

    def fault(id: str, column: str, **params: str) -> None:
        given = str(row.get(column))
        problems.append(Problem(id, FILE, at, column, {"given": given, "n": 1, **params}))

    function = str(row["function"]).strip()
    if function not in kostra_functions():
        fault("effort_unknown_function", "function")
    area, reach, share = row["area"], row["reach"], row["share"]
    if area not in set(EffortArea):
        fault("effort_unknown_area", "area", known=", ".join(EffortArea))
    if reach not in set(Reach):
        fault("effort_unknown_reach", "reach", known=", ".join(Reach))
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        fault("effort_share_range", "share")
    if problems or not isinstance(share, int | float):
        return None, problems
    basis, note = row.get("basis"), row.get("note")
    return (
        Share(
            function=function,
            area=EffortArea(str(area)),
            share=exact(float(share)),
            reach=Reach(str(reach)),
            basis=basis_of(basis),
            note=str(note) if note is not None else None,
            row=at,
        ),
        [],
    )
