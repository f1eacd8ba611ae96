"""The service in the foreground, until somebody ends it; the database stays up."""

import signal
import socket
import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from api.limits import Limits
from graph.ledger import Ledger
from graph.session import waiting
from graph.tokens import fresh, give
from tertius import terminal
from tertius.database import Address
from tertius.errors import ServerError
from tertius.home import Home
from tertius.server import write_private
from tertius.settings import Settings

_LAST_ANSWERS = 5
"""Seconds that answers under way are given when the service is ended."""


def listen(settings: Settings) -> socket.socket:
    """Take the service's port. Raises ServerError where it cannot be had."""
    http = settings.http
    family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
    try:
        door = socket.create_server((http.host, http.port), family=family)
    except OSError as error:
        raise ServerError(
            f"The service cannot listen on {http.host}, port {http.port} ({error.strerror or 'no such address'}): "
            "end the program that does, or set TERTIUS_HTTP__PORT and TERTIUS_HTTP__HOST."
        ) from error
    # asyncio sets it on none that comes in through a door of ours; without it every answer is held for 40 ms
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    door.set_inheritable(False)
    return door


async def admit(home: Home, settings: Settings, name: str) -> Path:
    """Where the token of this machine's user in the network of this name is kept.

    The token is made once, and kept in TERTIUS_HOME for their eyes; and made anew after it was revoked.
    """
    path = settings.home / f"{name}.token"
    here = (home.graph, home.network, home.member)
    if not path.exists() or not await give(*here, _read(path), name=socket.gethostname()):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, fresh())
        await give(*here, _read(path), name=socket.gethostname())
    return path


def _read(token: Path) -> str:
    return token.read_text("ascii").strip()


def serve(settings: Settings, address: Address, door: socket.socket, token: Path) -> None:
    """Say where the service is, and serve until SIGINT or SIGTERM; answers under way are still given.

    The token itself is shown to a terminal alone: elsewhere what is said ends in logs.
    """
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    uploads = settings.home / "uploads"
    limits = Limits(**settings.limits.model_dump())
    ledger = Ledger(settings.home)
    app = create_app(lambda: waiting(*place, ledger), uploads, limits, networks=None, explore=settings.http.explore)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )
    server = uvicorn.Server(config)

    def end(*_: object) -> None:
        # before uvicorn listens to signals itself, and when it sends itself the same again at the end
        server.should_exit = True

    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, end)
    host, port = door.getsockname()[:2]
    terminal.line(f"GraphQL: http://{f'[{host}]' if ':' in host else host}:{port}/graphql")
    terminal.line(f"Your token: {_read(token)}" if sys.stdout.isatty() else f"Your token is in {token}.")
    terminal.line("Send it as “Authorization: Bearer …”. Ctrl-C ends the service; the database keeps running.")
    server.run(sockets=[door])
