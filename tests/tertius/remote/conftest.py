"""A service over the sample network, and the command of its owner on another machine."""

from collections.abc import Iterator
from pathlib import Path
from signal import SIGTERM

import pytest
from typer.testing import CliRunner, Result

from tertius.cli.app import app
from tertius.remote.credentials import Credentials
from tests.tertius.cli.test_app import Tertius, here, sample_environment
from tests.tertius.service.test_serve import up

__all__ = ["here", "sample_environment"]

WEBHOOK_KEY = "the key of the operator for the webhooks"


@pytest.fixture(scope="module")
def server(sample_environment: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The address of a service over the sample, and the token of its owner."""
    limits = {
        "TERTIUS_HTTP__PORT": "0",
        "TERTIUS_LIMITS__POINTS_PER_HOUR": "100000",
        "TERTIUS_LIMITS__REQUEST_SECONDS": "60",
        "TERTIUS_REQUESTS__WEBHOOK_KEY": WEBHOOK_KEY,
    }
    with up({**sample_environment, **limits}, ended_by=SIGTERM) as (address, token):
        yield address.removesuffix("/graphql"), token.strip()


@pytest.fixture
def there(server: tuple[str, str], tmp_path: Path) -> Tertius:
    """The command on a machine without a database, whose user has the token of the owner."""
    url, token = server
    Credentials(tmp_path).store(url, "demo", token)
    # no database answers there
    environment = {"TERTIUS_HOME": str(tmp_path), "TERTIUS_NEO4J__URI": "bolt://127.0.0.1:1"}

    def run(*words: str, **more: str) -> Result:
        return CliRunner().invoke(app, words, env=environment | more)

    return run
