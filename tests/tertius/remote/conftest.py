"""A service over the sample network, and the command of its owner on another machine."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from graph.networks.secrets import TOKEN_PREFIX, create_secret
from graph.networks.tokens import grant_token
from tertius.cli.app import app
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.remote.credentials import Credentials
from tertius.runner import run
from tertius.service.page_link import page_address
from tertius.service.serve import build_server, listen, service_app
from tertius.session import OpenNetwork
from tertius.settings import read_settings
from tests.tertius.cli.test_app import Tertius, here, sample_environment

__all__ = ["here", "sample_environment"]

WEBHOOK_KEY = "the key of the operator for the webhooks"


@pytest.fixture(scope="module")
def server(sample_environment: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The address of a service over the sample, and a token of its owner.

    It runs in a thread: another process would import the service again, which takes seconds.
    """
    limits = {
        "TERTIUS_HTTP__PORT": "0",
        "TERTIUS_LIMITS__POINTS_PER_HOUR": "100000",
        "TERTIUS_LIMITS__REQUEST_SECONDS": "60",
        "TERTIUS_REQUESTS__WEBHOOK_KEY": WEBHOOK_KEY,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**sample_environment, **limits}.items():
            patch.setenv(name, value)
        settings = read_settings()
        token = run(create_token)
    with listen(settings.http) as listener:
        url = page_address(settings.http, listener)
        service = build_server(service_app(settings, lifecycle.ensure_running(settings), url), settings.http)
        thread = Thread(target=service.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield url, token
        service.should_exit = True
        thread.join()


async def create_token(opened: OpenNetwork, _: ConsoleProgress) -> str:
    token = create_secret(TOKEN_PREFIX)
    assert await grant_token(opened.graph, opened.id, opened.member, token, name="a program")
    return token


@pytest.fixture
def there(server: tuple[str, str], tmp_path: Path) -> Tertius:
    """The command on a machine without a database, whose user has the token of the owner."""
    url, token = server
    Credentials(tmp_path).store(url, "demo", token)
    # no database answers there
    environment = {"TERTIUS_HOME": str(tmp_path), "TERTIUS_NEO4J__URI": "bolt://127.0.0.1:1"}

    def run_there(*words: str, **more: str) -> Result:
        return CliRunner().invoke(app, words, env=environment | more)

    return run_there
