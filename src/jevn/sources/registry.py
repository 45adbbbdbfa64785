"""The providers that Jevn knows, by id."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final
from urllib.parse import urlsplit

from jevn.sources.pace import Limit
from jevn.sources.provider import Maker, Provider, ProviderInfo
from jevn.sources.transport import Transport
from jevn.terms import UserError

_MODULES: Final = ("pxweb_sites", "fhi", "kolada", "sotkanet", "statbank", "eurostat")
"""Modules of this package with ``PROVIDERS``: pairs of what a provider is and its maker."""


@cache
def _makers() -> dict[str, tuple[ProviderInfo, Maker]]:
    found: dict[str, tuple[ProviderInfo, Maker]] = {}
    for name in _MODULES:
        for info, maker in import_module(f"jevn.sources.{name}").PROVIDERS:
            if info.id in found:
                raise ValueError(f"two providers named {info.id}")
            found[info.id] = (info, maker)
    return found


def providers() -> tuple[ProviderInfo, ...]:
    """All providers, the Norwegian first."""
    found = [info for info, _ in _makers().values()]
    return tuple(sorted(found, key=lambda i: i.country != "NO"))


def paces() -> dict[str, Limit]:
    """How often each host may be asked, for :class:`~jevn.sources.transport.Transport`.

    Where two providers share a host the slower pace counts.
    """
    found: dict[str, Limit] = {}
    for info, _ in _makers().values():
        if info.pace is not None:
            host, mine = urlsplit(info.base).netloc, info.pace
            its = found.get(host, mine)
            slower = mine.calls / mine.seconds < its.calls / its.seconds
            found[host] = mine if slower else its
    return found


def provider(id: str, transport: Transport) -> Provider:
    """The provider with an id, asking by a transport.

    Raises:
        UserError: ``sources_unknown_provider``, naming those there are.
    """
    makers = _makers()
    if id not in makers:
        raise UserError("sources_unknown_provider", given=id, known=", ".join(sorted(makers)))
    return makers[id][1](transport)
