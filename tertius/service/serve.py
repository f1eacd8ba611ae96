"""The service in the foreground, until somebody ends it; the database stays up."""

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from limits.aio.storage import RedisStorage
from limits.errors import ConfigurationError
from prometheus_client import start_http_server
from pydantic import SecretStr
from starlette.types import ASGIApp

from api.app import create_app
from api.http.oidc import Client, Provider
from api.http.waiting import absent
from api.quotas import shared
from api.request_limits import Limits
from api.self_service.routes import Sender
from graph.database.client import waiting
from graph.database.erasure_ledger import Ledger
from graph.errors import DatabaseMisconfigured, DatabaseUnavailable
from graph.networks.tokens import fresh, give
from operations.mailer import MailServer, Post
from tertius import console
from tertius.console import ConsoleProgress
from tertius.errors import ServerError, SettingError
from tertius.localdb import lifecycle
from tertius.localdb.lifecycle import Address
from tertius.localdb.process import write_private
from tertius.runner import run
from tertius.service import logs
from tertius.service.tracing import traced
from tertius.session import OpenNetwork
from tertius.settings import Metrics, Oidc, Settings, Smtp

AGAIN = 1.0
"""Seconds after which a Neo4j of your own that was away is asked again."""
_LAST_ANSWERS = 8
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


async def admit(network: OpenNetwork, settings: Settings, name: str) -> Path:
    """Where the token of this machine's user in the network of this name is kept.

    The token is made once, and kept in TERTIUS_HOME for their eyes; and made anew after it was revoked.
    """
    path = settings.home / f"{name}.token"
    here = (network.graph, network.id, network.member)
    if not path.exists() or not await give(*here, _read(path), name=socket.gethostname()):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, fresh())
        await give(*here, _read(path), name=socket.gethostname())
    return path


def _read(token: Path) -> str:
    return token.read_text("ascii").strip()


def _provider(oidc: Oidc) -> Provider | None:
    if not (oidc.issuer and oidc.redirect):
        return None
    return Provider(Client(oidc.issuer, oidc.client_id, oidc.client_secret.get_secret_value(), oidc.redirect))


def _links(smtp: Smtp) -> Sender | None:
    if not (smtp.host and smtp.links_to):
        return None
    server = MailServer(smtp.host, smtp.port, smtp.sender, smtp.tls, smtp.user, smtp.password)
    return Sender(Post(server), smtp.links_to)


def counted(store: SecretStr | None) -> RedisStorage | None:
    """The one place in which points are counted, where one is set. Raises SettingError."""
    if store is None:
        return None
    try:
        return shared(store.get_secret_value())
    except (ConfigurationError, ValueError):
        raise SettingError(
            "TERTIUS_LIMITS__STORE cannot be used: its address is none, or the client is not installed: install "
            "Tertius with the extra `redis`."
        ) from None


@contextmanager
def served(found: Settings, network: str, *, serving: bool, patient: bool = False) -> Iterator[None]:
    """Serve a network once what is in here has brought it up. Whether its port is free is known before.

    A `patient` service whose own Neo4j is away waits for it, and says so to whoever asks meanwhile.
    """
    if not serving:
        yield
        return

    async def admitted(opened: OpenNetwork, _: ConsoleProgress) -> Path:
        return await admit(opened, found, network)

    def admitting() -> Path:
        return run(admitted, name=network, create=True)

    with listen(found) as door:
        token: Path | None
        try:
            yield
            token = admitting()
        except DatabaseUnavailable as away:
            if isinstance(away, DatabaseMisconfigured) or not (patient and found.neo4j.uri):
                raise
            console.line(f"{away} The service waits for it.")
            token = _awaited(door, admitting)
        address = lifecycle.status(found).address
        if token is not None and address is not None:
            serve(found, address, door, token)


def _awaited(door: socket.socket, attempt: Callable[[], Path]) -> Path | None:
    """Tell everybody to wait until an attempt finds the database; None where the service is ended before."""
    server = _server(absent())
    over = threading.Event()
    found: list[Path] = []
    failed: list[Exception] = []

    def try_again() -> None:
        while not over.wait(AGAIN):
            try:
                found.append(attempt())
            except DatabaseUnavailable as error:
                if not isinstance(error, DatabaseMisconfigured):
                    continue
                failed.append(error)
            except Exception as error:  # noqa: BLE001 - told where the service was started
                failed.append(error)
            server.should_exit = True
            return

    trying = threading.Thread(target=try_again)
    trying.start()
    _run(server, door.dup())  # which it closes
    over.set()
    trying.join()
    if failed:
        raise failed[0]
    return found[0] if found else None


def serve(settings: Settings, address: Address, door: socket.socket, token: Path) -> None:
    """Say where the service is, and serve until SIGINT or SIGTERM; answers under way are still given.

    The token itself is shown to a terminal alone: elsewhere what is said ends in logs.
    """
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    ledger = Ledger(settings.home)
    app = create_app(
        lambda: waiting(*place, ledger),
        settings.uploads,
        Limits(**settings.limits.model_dump(exclude={"store"})),
        networks=None,
        explore=settings.http.explore,
        provider=_provider(settings.oidc),
        links=_links(settings.smtp),
        counted=counted(settings.limits.store),
    )
    with traced(settings.traces.endpoint), _measured(settings.metrics):
        logs.listen()
        host, port = door.getsockname()[:2]
        console.line(f"GraphQL: http://{f'[{host}]' if ':' in host else host}:{port}/graphql")
        console.line(f"Your token: {_read(token)}" if sys.stdout.isatty() else f"Your token is in {token}.")
        console.line("Send it as “Authorization: Bearer …”. Ctrl-C ends the service; the database keeps running.")
        _run(_server(app), door)


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
    )


def _run(server: uvicorn.Server, door: socket.socket) -> None:
    def end(*_: object) -> None:
        # before uvicorn listens to signals itself, and when it sends itself the same again at the end
        server.should_exit = True

    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, end)
    server.run(sockets=[door])


@contextmanager
def _measured(metrics: Metrics) -> Iterator[None]:
    """Tell what is counted at an address of its own. Raises ServerError where that cannot be had."""
    if metrics.port is None:
        yield
        return
    try:
        server, thread = start_http_server(metrics.port, metrics.host)
    except OSError as error:
        raise ServerError(
            f"Metrics cannot be served on {metrics.host}, port {metrics.port}: set TERTIUS_METRICS__PORT to another."
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
