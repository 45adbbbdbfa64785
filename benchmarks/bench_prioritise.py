"""Votes over shared budgets, combined lists and weighed options: seconds against their limits.

The large election is a real one (Warszawa 2026, 61 668 ballots over 83 projects) where it is at
hand, else one made up with the same numbers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

from jevn.prioritisation.shared_budget import (
    Counting,
    Election,
    read_pabulib,
    share_budget,
    write_pabulib,
)
from jevn.prioritisation.weighing import Amount, Choice, Option, ValueScale, WeightRules, weigh
from jevn.rankings import RankedLists, kemeny

SHARED = Path(os.environ.get("JEVN_SHARED") or Path(__file__).resolve().parents[2] / "shared")
LARGE = SHARED / "data/pabulib/Poland_Warszawa_2026.pb"
T = TypeVar("T")
BALLOTS, PROJECTS, BUDGET = 61_668, 83, 24_186_815


def made_up() -> Election:
    """An election of the size of Warszawa's: up to five projects a ballot, some much liked."""
    rng = np.random.default_rng(5)
    liked = rng.dirichlet(np.full(PROJECTS, 0.8))
    costs = {str(i): float(rng.integers(2, 500) * 10_000) for i in range(PROJECTS)}
    ballots = [
        [str(i) for i in rng.choice(PROJECTS, size=n, replace=False, p=liked)]
        for n in rng.integers(1, 6, BALLOTS)
    ]
    return Election.of(costs, ballots, BUDGET)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = perf_counter()
    done = work()
    return done, perf_counter() - began


def bench_large_election() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = LARGE
        if not path.is_file():
            path = Path(folder) / "made-up.pb"
            write_pabulib(made_up(), path)
        election, seconds = timed(lambda: read_pabulib(path))
    print(f"\n{path.name}, {len(election.voters)} ballots: read in {seconds:.2f} s")
    assert seconds < 1.5
    for rule, completion, most in (
        ("greedy", "none", 0.5),
        ("greedy-per-cost", "none", 0.5),
        ("phragmen", "none", 0.5),
        ("equal-shares", "none", 0.5),
        ("equal-shares", "add1", 15),
        ("equal-shares", "add1-until-overspend", 15),
        ("equal-shares", "add1-then-greedy", 15),
    ):
        counting = Counting(rule, "cost", completion)  # type: ignore[arg-type]
        found, seconds = timed(lambda c=counting: share_budget(election, c))  # type: ignore[misc]
        print(
            f"  {rule}, {completion}: {len(found.selected)} projects, "
            f"{found.raised} kroner added, {seconds:.2f} s"
        )
        assert found.cost <= found.budget
        assert seconds < most


def bench_few_voters_and_much_money() -> None:
    """Eight groups share ten million; trying every krone would take minutes."""
    rng = np.random.default_rng(3)
    costs = {str(i): float(rng.integers(300, 3000) * 1000) for i in range(20)}
    ballots = [[str(i) for i in rng.choice(20, size=7, replace=False)] for _ in range(8)]
    election = Election.of(costs, ballots, 10_000_000)
    found, seconds = timed(lambda: share_budget(election))
    print(f"\n8 voters, 10 million: {found.raised} kroner added to each, {seconds:.2f} s")
    assert found.raised > 1000
    assert seconds < 2


def bench_kemeny() -> None:
    rng = np.random.default_rng(1)
    items = [str(i) for i in range(30)]
    lists = [[str(i) for i in rng.permutation(30)[:10]] for _ in range(25)]
    ranked = RankedLists.of(lists, items=items)
    found, seconds = timed(lambda: kemeny(ranked))
    print(f"\nKemeny, 30 items, 25 lists: {found.disagreements:.0f}, {seconds:.2f} s")
    assert seconds < 1


def bench_weighing() -> None:
    rng = np.random.default_rng(2)
    criteria = tuple(
        ValueScale(f"k{i}", "", ((0.0, 0.0), (0.4, 0.7), (1.0, 1.0))) for i in range(8)
    )
    options = tuple(
        Option(f"o{i}", "", tuple(Amount.sure(float(x)) for x in rng.random(8))) for i in range(60)
    )
    order = tuple((f"k{i}",) for i in range(8))
    weigh(Choice("", criteria[:2], (Option("a", "", (Amount.sure(0.5),) * 2),)), draws=10)
    for name, rules in (
        ("nothing known", WeightRules()),
        ("an order", WeightRules(order=order)),
        ("wide limits", WeightRules(limits=(("k0", (0.1, 0.4)),))),
    ):
        found, seconds = timed(lambda r=rules: weigh(Choice("", criteria, options, r)))  # type: ignore[misc]
        print(f"\n60 options, 8 criteria, 10 000 draws, {name}: {seconds:.2f} s")
        assert abs(sum(found.options[0].acceptability) - 1) < 1e-9
        assert seconds < 0.5


def bench_solver_is_silent() -> None:
    """Standard output of the command is its JSON alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vote.pb"
        write_pabulib(Election.of({"a": 10, "b": 20}, [["a"], ["b"]], 25), path)
        arguments = ["-m", "jevn", "prioritise", "budget", str(path), "--json"]
        run, seconds = timed(
            lambda: subprocess.run(
                [sys.executable, *arguments], check=True, capture_output=True, text=True
            )
        )
    print(f"\nthe command from its start: {seconds:.2f} s")
    assert json.loads(run.stdout)["selected"]
    assert not run.stderr
