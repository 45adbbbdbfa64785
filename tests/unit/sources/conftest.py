"""A provider on this machine that answers, or fails, as told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Reply:
    """What the provider does with one call."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # promise more than is sent
    silent: bool = False  # close without a word


@dataclass
class FakeProvider:
    """Gives the replies in turn, the last one for ever; keeps what it was asked."""

    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    route: Callable[[str, str, bytes], Reply] | None = None

    def reply(self, method: str, path: str, body: bytes) -> Reply:
        self.asked.append((method, path, body))
        if self.route is not None:
            return self.route(method, path, body)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    fake = FakeProvider()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            reply = fake.reply(self.command, self.path, self.rfile.read(size))
            if reply.silent:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) + 50 * reply.cut))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = reply.cut

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield fake
    server.shutdown()
    server.server_close()
