"""Running the model: compiled where Numba is, on a cluster where an address is given."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from jevn.impact.projection.arrays import Chain, Draws, Gains
from jevn.impact.projection.reference import run_reference
from jevn.terms import UserError

Engine = Literal["auto", "compiled", "numpy"]
_LEAST = 8
"""Fewest draws worth a thread of their own."""
PART = 64
"""Draws that go to a worker together. Fixed, so that a result is the same on any number of them."""


def run(
    chain: Chain, draws: Draws, *, engine: Engine = "auto", scheduler: str | None = None
) -> Gains:
    """What the actions give beyond carrying on as today, in each draw.

    Args:
        chain: everything that is the same in every draw.
        draws: what differs.
        engine: ``compiled`` needs the extra ``fast``; ``auto`` takes it where it is.
        scheduler: address of a Dask scheduler; the draws are shared between its workers.

    Raises:
        ValueError: ``compiled`` where Numba is not installed.
        UserError: ``cluster_missing`` without the extra ``cluster``; ``cluster_address`` if no
            scheduler answers.
    """
    chosen = _engine(engine)
    if scheduler is None:
        return _run(chain, draws, chosen)
    parts = [draws.part(i, min(i + PART, draws.draws)) for i in range(0, draws.draws, PART)]
    return _together(on_cluster(scheduler, chain, parts, chosen))


def _engine(engine: Engine) -> Literal["compiled", "numpy"]:
    there = find_spec("numba") is not None
    if engine == "compiled" and not there:
        raise ValueError("the compiled engine needs Numba (extra fast)")
    return "compiled" if there and engine != "numpy" else "numpy"


def _run(chain: Chain, draws: Draws, engine: Literal["compiled", "numpy"]) -> Gains:
    if engine == "numpy":
        return run_reference(chain, draws)
    from jevn.impact.projection.kernel import run_compiled

    workers = min(os.cpu_count() or 1, max(1, draws.draws // _LEAST))
    if workers == 1:
        return run_compiled(chain, draws)
    # The compiled loop lets other threads run; every draw is a sum of its own, so the result
    # does not depend on how the draws are shared.
    cuts = [draws.draws * i // workers for i in range(workers + 1)]
    parts = [draws.part(a, b) for a, b in itertools.pairwise(cuts)]
    run_compiled(chain, draws.part(0, 0))  # compiles once, before the threads
    with ThreadPoolExecutor(workers) as pool:
        return _together(list(pool.map(lambda part: run_compiled(chain, part), parts)))


def on_cluster(
    address: str, chain: Chain, parts: Sequence[Draws], engine: Literal["compiled", "numpy"]
) -> list[Gains]:
    """The parts run by the workers of a Dask cluster, in their order."""
    if find_spec("distributed") is None:
        raise UserError("cluster_missing")
    import distributed

    cluster: Any = distributed
    try:
        client = cluster.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise UserError("cluster_address", address=address) from None
    with client:
        shared = client.scatter(chain, broadcast=True)
        futures = [client.submit(_run, shared, part, engine, pure=False) for part in parts]
        found: list[Gains] = client.gather(futures)
    return found


def _together(parts: Sequence[Gains]) -> Gains:
    return Gains(*(np.concatenate([getattr(p, name) for p in parts]) for name in Gains.__slots__))
