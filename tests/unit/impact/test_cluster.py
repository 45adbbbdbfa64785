"""Draws shared among the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.unit.impact.projections import small

from jevn.impact.projection.running import PART, run
from jevn.terms import UserError

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def test_two_workers_give_the_same_bytes_as_one_machine(address: str) -> None:
    chain, draws = small(draws=PART + 10, years=4)
    here = run(chain, draws)
    there = run(chain, draws, scheduler=address)
    for name in ("by_group", "by_year", "by_age"):
        assert np.array_equal(getattr(here, name), getattr(there, name))


def test_an_address_where_no_one_answers_is_told() -> None:
    chain, draws = small(draws=1, years=2)
    with pytest.raises(UserError) as refused:
        run(chain, draws, scheduler="tcp://127.0.0.1:9")
    assert refused.value.id == "cluster_address"
