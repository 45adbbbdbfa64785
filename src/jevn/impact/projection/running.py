"""Running the model: compiled where Numba is, on a cluster where an address is given."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from jevn.impact.projection.arrays import Chain, Draws, Gains
from jevn.impact.projection.reference import run_reference
from jevn.terms import UserError

Engine = Literal["auto", "compiled", "numpy"]
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

    return run_compiled(chain, draws)


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
