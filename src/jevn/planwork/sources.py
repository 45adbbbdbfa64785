"""Fetching the figures of a plan folder: from its queries, by the providers they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jevn.challenges import schemas
from jevn.planwork.new import QUERIES
from jevn.planwork.refreshing import Refreshed, asked_places, chosen, refresh
from jevn.planwork.settings import read_settings
from jevn.sources.file_provider import FILE, FileProvider
from jevn.sources.provider import Provider
from jevn.sources.query import Query, read_queries
from jevn.sources.registry import provider, providers
from jevn.sources.transport import Transport
from jevn.tables import read_table
from jevn.terms import UserError


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
    return refresh(
        folder,
        chosen(queries, only),
        asked_places(places),
        asker.provider,
        former=former_codes(settings.number),
        progress=progress,
    )


def former_codes(number: str) -> tuple[str, ...]:
    """Former codes of a municipality."""
    return ()


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
            from jevn.sources.answers import answers_folder, transport

            del answers_folder
            self._transport = transport(self._cache, offline=self._offline, renew=True)
        return provider(id, self._transport)


__all__ = ["former_codes", "providers", "refresh_folder"]
