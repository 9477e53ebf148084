"""The listening socket: taken first, so that a taken port costs nobody a start."""

from __future__ import annotations

import errno
import http.client
import socket

from server.supervision.errors import StartFailure

BACKLOG = 1_024
PROBE_TIMEOUT_S = 0.5
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised here, never a default


def bind(host: str, port: int) -> socket.socket:
    """Take the address without accepting anything yet: until the shop is ready, connections are refused.

    Raises
    ------
    StartFailure
        The port is taken or forbidden, or the host is not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise StartFailure(f"JACKDAW_HOST {host!r} is not an address of this machine.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        # Connections of the last run that still linger do not block the port; a living server does.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.set_inheritable(True)
    except OSError as error:
        listener.close()
        raise StartFailure(_explain(error, host, port)) from error
    return listener


def listen(listener: socket.socket) -> None:
    """Accept connections from now on; the workers take them.

    Raises
    ------
    StartFailure
        Another program was faster.
    """
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        host, port = listener.getsockname()[:2]
        raise StartFailure(_explain(error, host, port)) from error


def address_of(listener: socket.socket) -> str:
    """The address that a browser on this machine can open."""
    host, port = _reachable(listener)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def is_served(listener: socket.socket) -> bool:
    """Whether a worker answers."""
    connection = http.client.HTTPConnection(*_reachable(listener), timeout=PROBE_TIMEOUT_S)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()[:2]
    return EVERY_ADDRESS.get(host, host), port


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program. "
            "Stop it, or set JACKDAW_PORT to another port (0 picks a free one)."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"JACKDAW_HOST {host!r} is not an address of this machine."
    return f"Port {port} on {host} cannot be opened: {error.strerror}."
