"""Runs the service in the foreground until it is stopped. The database keeps running."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from limits.aio.storage import RedisStorage
from limits.errors import ConfigurationError
from prometheus_client import start_http_server
from pydantic import SecretStr
from starlette.types import ASGIApp

from api.app import create_app
from api.http.waiting import unavailable_app
from api.paths import sign_in_link
from api.quotas import MachineCounts, open_shared_counter
from api.request_limits import Limits
from api.self_service.routes import Sender
from api.sign_in.oidc import Client, Provider
from graph.database.client import open_service_graph
from graph.database.erasure_ledger import ErasureLedger
from graph.errors import DatabaseMisconfigured, DatabaseUnavailable
from graph.membership.sessions import SIGN_IN_CODE_MINUTES, create_sign_in_code
from graph.networks.secrets import TOKEN_PREFIX, create_secret
from graph.networks.tokens import grant_token
from operations.mailer import Mailer, MailServer
from operations.requests.webhooks import WebhookSender
from tertius import console
from tertius.console import ConsoleProgress
from tertius.doctor.configuration import check_encryption
from tertius.errors import ServerError, SettingError, cli_message
from tertius.localdb import lifecycle
from tertius.localdb.lifecycle import Address
from tertius.localdb.process import write_private
from tertius.request_settings import RequestSettings
from tertius.runner import run
from tertius.service import logs
from tertius.service.connections import BoundedProtocol
from tertius.service.page_link import listening_address, open_in_browser, page_address
from tertius.service.shared_folder import worker_folder
from tertius.service.tracing import tracing
from tertius.service.workers import run_workers
from tertius.service_settings import Http, Metrics, Oidc, Smtp
from tertius.session import OpenNetwork
from tertius.settings import Settings
from tertius.slack_config import slack_config

_RETRY_SECONDS = 1.0
"""Pause before the next attempt to connect to your own Neo4j."""
_SHUTDOWN_SECONDS = 8
"""Time that open requests have to finish when the service stops."""


@dataclass(frozen=True, slots=True)
class _Credentials:
    """The credentials that `tertius up` prints: the file with the token, and a code that signs in once, or ""."""

    token_file: Path
    sign_in_code: str


def listen(http: Http) -> socket.socket:
    """Bind the port of the service. Raises ServerError if that fails."""
    try:
        listener = _bind(http, http.port, is_shared=False)
        if http.workers > 1:
            # bound alone first: two services could share a port by mistake
            port = listener.getsockname()[1]
            listener.close()
            listener = _bind(http, port, is_shared=True)
    except OSError as error:
        raise ServerError(
            f"The service cannot listen on {http.host}, port {http.port} ({error.strerror or 'no such address'}). "
            "Stop the program that does, or set TERTIUS_HTTP__PORT and TERTIUS_HTTP__HOST."
        ) from error
    return listener


def _bind(http: Http, port: int, *, is_shared: bool) -> socket.socket:
    """Bind a port. If it `is_shared`, each worker binds it, and the kernel distributes the connections."""
    family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
    listener = socket.create_server((http.host, port), family=family, reuse_port=is_shared)
    # asyncio does not set this on connections of a socket it did not create; without it each response takes 40 ms more
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.set_inheritable(False)
    return listener


def request_limits(settings: Settings) -> Limits:
    """The limits and the rules of introduction requests that the settings give every surface."""
    return Limits(
        **settings.limits.model_dump(exclude={"redis_url", "route_index_mb"}), request_rules=settings.requests.rules
    )


def points_store(url: SecretStr | None) -> RedisStorage | None:
    """Return the storage that counts points for several processes, if one is configured. Raises SettingError."""
    if url is None:
        return None
    try:
        return open_shared_counter(url.get_secret_value())
    except (ConfigurationError, ValueError):
        raise SettingError(
            "TERTIUS_LIMITS__REDIS_URL cannot be used: its address is invalid, or the extra `redis` is not installed."
        ) from None


@contextmanager
def service(
    settings: Settings, network: str, *, enabled: bool, wait_for_database: bool = False, opens_page: bool = False
) -> Iterator[None]:
    """Run the block, which may start the database, and then serve. The port is bound before the block runs.

    With `wait_for_database` the service starts while your own Neo4j is unavailable, and answers 503 until it is
    available. With `opens_page` it opens the page with a sign-in link. Nothing is served unless `enabled`.
    """
    if not enabled:
        yield
        return

    if settings.env_file:
        console.echo(f"Settings: {settings.env_file}.")
    if not (encryption := check_encryption(settings)).ok:
        console.echo(f"Warning: {encryption.message}")

    async def prepare(opened: OpenNetwork, _: ConsoleProgress) -> _Credentials:
        # printed only to a terminal, as the token: elsewhere the output may end in logs
        shows_link = opens_page or sys.stdout.isatty()
        code = await create_sign_in_code(opened.graph, opened.id, opened.member) if shows_link else ""
        return _Credentials(await _token_file(opened, settings, network), code)

    def attempt() -> _Credentials:
        return run(prepare, name=network, create=True)

    with listen(settings.http) as listener:
        console.echo(f"Page: {page_address(settings.http, listener)}")
        credentials: _Credentials | None
        try:
            yield
            credentials = attempt()
        except DatabaseUnavailable as error:
            if isinstance(error, DatabaseMisconfigured) or not (wait_for_database and settings.neo4j.uri):
                raise
            console.echo(f"{cli_message(error)} The service waits for it.")
            credentials = _serve_unavailable(listener, attempt, settings.http)
        address = lifecycle.status(settings).address
        if credentials is not None and address is not None:
            _serve(settings, address, listener, credentials, opens_page=opens_page)


async def _token_file(network: OpenNetwork, settings: Settings, name: str) -> Path:
    """Return the file with this machine's token for the network.

    The token is created once and stored in TERTIUS_HOME, readable by the owner only. A revoked one is replaced.
    """
    path = settings.home / f"{name}.token"
    member = (network.graph, network.id, network.member)
    if not path.exists() or not await grant_token(*member, _read(path), name=socket.gethostname()):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, create_secret(TOKEN_PREFIX))
        await grant_token(*member, _read(path), name=socket.gethostname())
    return path


def _read(token: Path) -> str:
    return token.read_text("ascii").strip()


def _serve_unavailable(listener: socket.socket, attempt: Callable[[], _Credentials], http: Http) -> _Credentials | None:
    """Answer 503 until an attempt succeeds, and return its result; None if the service is stopped before."""
    server = build_server(unavailable_app(http.cors_origins), http)
    stopped = threading.Event()
    results: list[_Credentials] = []
    errors: list[Exception] = []

    def retry() -> None:
        while not stopped.wait(_RETRY_SECONDS):
            try:
                results.append(attempt())
            except DatabaseUnavailable as error:
                if not isinstance(error, DatabaseMisconfigured):
                    continue
                errors.append(error)
            except Exception as error:  # noqa: BLE001 - raised below, in the main thread
                errors.append(error)
            server.should_exit = True
            return

    retrying = threading.Thread(target=retry)
    retrying.start()
    _run(server, listener.dup())  # uvicorn closes its socket
    stopped.set()
    retrying.join()
    if errors:
        raise errors[0]
    return results[0] if results else None


def _serve(
    settings: Settings, address: Address, listener: socket.socket, credentials: _Credentials, *, opens_page: bool
) -> None:
    """Serve until SIGINT or SIGTERM, and print the addresses when requests are answered; open requests are finished.

    The token and the link are printed only to a terminal. Elsewhere the output may end in logs, so only the file of the
    token is named.
    """
    http = settings.http
    public_url = page_address(http, listener)

    def serve(worker: int, counts: MachineCounts | None, announce: Callable[[], None]) -> None:
        app = service_app(settings, address, public_url, counts)
        with tracing(settings.traces.endpoint), _metrics(settings.metrics, worker):
            logs.configure()
            port = listener.getsockname()[1]
            server = build_server(app, http, announce)
            _run(server, _bind(http, port, is_shared=True) if worker else listener)

    def announce() -> None:
        _announce(settings, listener, public_url, credentials, opens_page=opens_page)

    if http.workers == 1:
        serve(0, None, announce)
        return
    with worker_folder() as folder:
        counts = MachineCounts(folder / "counts.sqlite")

        def announce_once() -> None:
            with suppress(FileExistsError):
                (folder / "announced").touch(exist_ok=False)
                announce()

        run_workers(http.workers, lambda worker: serve(worker, counts, announce_once))


def service_app(settings: Settings, address: Address, public_url: str, counts: MachineCounts | None = None) -> ASGIApp:
    """The service with these settings on the database at this address."""
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    ledger = ErasureLedger(settings.home)
    return create_app(
        lambda: open_service_graph(*place, ledger, spreads_reads=settings.neo4j.spread_reads),
        settings.uploads,
        request_limits(settings),
        networks=None,
        explore=settings.http.explore,
        origins=settings.http.cors_origins,
        provider=_provider(settings.oidc),
        links=_link_sender(settings.smtp),
        erasure_days=settings.erasure_days,
        counted=points_store(settings.limits.redis_url),
        counts=counts,
        webhooks=_webhook_sender(settings.requests),
        mailer=_mailer(settings.smtp),
        slack=slack_config(settings.slack, public_url),
        public_url=public_url,
        route_index_bytes=settings.limits.route_index_mb * 1_000_000,
        session_rules=settings.sessions.rules,
    )


def _announce(
    settings: Settings, listener: socket.socket, public_url: str, credentials: _Credentials, *, opens_page: bool
) -> None:
    link = sign_in_link(public_url, credentials.sign_in_code)
    is_terminal = sys.stdout.isatty()
    if is_terminal:
        console.echo(f"Sign in within {SIGN_IN_CODE_MINUTES} minutes: {link}")
    console.echo(f"GraphQL: {listening_address(listener)}/graphql")
    token = credentials.token_file
    console.echo(f"Your token: {_read(token)}" if is_terminal else f"Your token is in {token}.")
    console.echo("Send it as “Authorization: Bearer …”. Ctrl-C stops the service; the database keeps running.")
    if opens_page and not open_in_browser(link, settings.home):
        console.echo("No browser can be opened here. Open the link yourself, or run `tertius page`.", err=True)


def _provider(oidc: Oidc) -> Provider | None:
    if not (oidc.issuer and oidc.redirect_uri):
        return None
    return Provider(Client(oidc.issuer, oidc.client_id, oidc.client_secret.get_secret_value(), oidc.redirect_uri))


def _webhook_sender(requests: RequestSettings) -> WebhookSender | None:
    key = requests.webhook_key.get_secret_value()
    return WebhookSender(key, allows_private=requests.webhook_private_addresses) if key else None


def _link_sender(smtp: Smtp) -> Sender | None:
    if not smtp.link_base_url:
        return None
    mailer = _mailer(smtp)
    return Sender(mailer, smtp.link_base_url) if mailer else None


def _mailer(smtp: Smtp) -> Mailer | None:
    if not smtp.host:
        return None
    return Mailer(MailServer(smtp.host, smtp.port, smtp.sender, smtp.tls, smtp.user, smtp.password))


class _Server(uvicorn.Server):
    """A server that calls a function when it answers requests."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await asyncio.to_thread(self._on_start)


def build_server(app: ASGIApp, http: Http, on_start: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """The server of an app, with the limits of connections and the trusted proxies."""
    return _Server(
        uvicorn.Config(
            app,
            http=BoundedProtocol,
            ws="none",
            forwarded_allow_ips=list(http.trusted_proxies),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        ),
        on_start,
    )


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    def stop(*_: object) -> None:
        # before uvicorn installs its own handlers, and for the signal that it raises again at its end
        server.should_exit = True

    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, stop)
    server.run(sockets=[listener])


@contextmanager
def _metrics(metrics: Metrics, worker: int) -> Iterator[None]:
    """Serve metrics in the block if a port is configured. Raises ServerError if it cannot be bound."""
    if metrics.port is None:
        yield
        return
    try:
        server, thread = start_http_server(metrics.port + worker, metrics.host)
    except OSError as error:
        raise ServerError(
            f"Metrics cannot be served on {metrics.host}, port {metrics.port + worker}. Set TERTIUS_METRICS__PORT to "
            "another port."
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
