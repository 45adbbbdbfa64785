"""Only ``jevn.sources`` uses the network. Complements the import contract, which sees
packages whole: ``urllib.parse`` is harmless, ``urllib.request`` is not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

NETWORK = (
    "aiohttp", "ftplib", "http.client", "http.server", "httpx", "requests", "smtplib", "socket",
    "socketserver", "stamina", "urllib.request", "urllib3", "websockets", "xmlrpc",
)  # fmt: skip


def imported(source: str) -> Iterator[str]:
    """Every module or name a source imports, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def uses_network(source: str) -> list[str]:
    return [
        name
        for name in imported(source)
        if any(name == module or name.startswith(f"{module}.") for module in NETWORK)
    ]


def test_only_sources_import_network_libraries(repository: Path) -> None:
    library = repository / "src" / "jevn"
    found = {
        str(path.relative_to(repository)): names
        for path in library.rglob("*.py")
        if "sources" not in path.relative_to(library).parts[:1]
        and (names := uses_network(path.read_text("utf-8")))
    }
    assert found == {}


def test_the_harmful_half_of_a_package_is_told_from_the_harmless() -> None:
    assert uses_network("from urllib.parse import quote\nimport http") == []
    assert uses_network("from urllib import request") == ["urllib.request"]
    assert uses_network("import http.client as web") == ["http.client"]
