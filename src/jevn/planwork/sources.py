"""Fetching the figures of a plan folder: from its queries, by the providers they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from jevn.challenges import schemas
from jevn.planwork.joining import join_observations, join_population
from jevn.planwork.new import QUERIES
from jevn.planwork.refreshing import Refreshed, asked_places, chosen, refresh
from jevn.planwork.settings import read_settings
from jevn.sources.answers import transport
from jevn.sources.file_provider import FILE, FileProvider
from jevn.sources.municipalities import packaged_history
from jevn.sources.provider import Provider
from jevn.sources.query import Query, read_queries
from jevn.sources.registry import provider
from jevn.sources.transport import Transport
from jevn.tables import read_table
from jevn.tables.codes import CODE_HISTORY, CodeHistory, code_history
from jevn.terms import Scale, UserError


def refresh_folder(
    folder: Path,
    *,
    only: Sequence[str] = (),
    offline: bool = False,
    cache: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Refreshed:
    """Fetch the figures of a plan folder anew.

    Args:
        folder: the plan folder.
        only: indicators to fetch; all if empty.
        offline: only what has been fetched before; files of the folder are read.
        cache: folder of answers; the user's own if ``None``.
        progress: told the indicator when its turn comes.

    Raises:
        UserError: ``folder_missing``, ``no_queries``, ``unknown_query``.
        InputRefused: faults of ``jevn.toml``, ``places.csv`` and ``queries.yaml``.
    """
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    settings = read_settings(folder / "jevn.toml")[0]
    path = folder / QUERIES
    if not path.is_file():
        raise UserError("no_queries", folder=folder.name)
    queries = read_queries(path, name=QUERIES)
    places = read_table(folder / "places.csv", schemas.PLACES, name="places.csv")
    asker = _Asker(folder, queries, offline=offline, cache=cache)
    history = _history(folder).only(places["place"].to_list())
    scales = _scales(folder)

    def join(rows: pl.DataFrame, into: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
        if into == "observations":
            found = join_observations(rows, history, scales)
        else:
            found = join_population(rows, history)
        return found.rows, found.apart

    return refresh(
        folder,
        chosen(queries, only),
        asked_places(places),
        asker.provider,
        former=history.former(settings.number),
        join=join,
        progress=progress,
    )


def _history(folder: Path) -> CodeHistory:
    """The folder's own code history, or the packaged one where it has none."""
    path = folder / "code_history.csv"
    if not path.is_file():
        return packaged_history()
    return code_history(read_table(path, CODE_HISTORY, name=path.name))


def _scales(folder: Path) -> dict[str, Scale]:
    frame = read_table(folder / "indicators.csv", schemas.INDICATORS, name="indicators.csv")
    return {r["indicator"]: Scale(r["scale"]) for r in frame.iter_rows(named=True)}


class _Asker:
    """Gives providers; each is made once, and all ask by one transport."""

    def __init__(
        self, folder: Path, queries: Sequence[Query], *, offline: bool, cache: Path | None
    ) -> None:
        self._folder = folder
        self._forms = {q.table: q.form for q in queries if q.provider == FILE and q.form}
        self._offline, self._cache = offline, cache
        self._made: dict[str, Provider] = {}
        self._transport: Transport | None = None

    def provider(self, id: str) -> Provider:
        """The provider with an id."""
        if id not in self._made:
            self._made[id] = self._make(id)
        return self._made[id]

    def _make(self, id: str) -> Provider:
        if id == FILE:
            return FileProvider(self._folder, self._forms)
        if self._transport is None:
            self._transport = transport(self._cache, offline=self._offline, renew=True)
        return provider(id, self._transport)
