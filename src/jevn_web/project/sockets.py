"""Finding a free port, and keeping it until the server takes it over."""

from __future__ import annotations

import errno
import socket
import sys

from jevn.terms import UserError

TRIES = 50


def listen(host: str, first: int) -> socket.socket:
    """A socket bound to the first free port from ``first`` on.

    Raises:
        UserError: ``web_port`` if none of the next fifty is free, ``web_host`` if this machine
            has no such address or may not use the port.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(
            host, first, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UserError("web_host", host=host, why=str(error.strerror)) from None
    for port in range(first, min(first + TRIES, 65536)):
        made = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would allow two servers on one port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((place[0], port, *place[2:]))
            made.listen()
        except OSError as error:
            made.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise UserError("web_host", host=host, why=str(error.strerror)) from None
        return made
    last = min(first + TRIES, 65536) - 1
    raise UserError("web_port", first=str(first), last=str(last))
