"""`tertius join` and `tertius logout` against a service."""

import json
from pathlib import Path

import httpx
from typer.testing import CliRunner, Result

from tertius.cli.app import app
from tertius.errors import cli_message
from tertius.remote.credentials import Credentials
from tests.page.build import BUILT
from tests.tertius.cli.test_app import Tertius


def test_an_invited_person_joins_asks_and_leaves_no_token(
    here: Tertius, server: tuple[str, str], tmp_path: Path
) -> None:
    url, _ = server

    def bea(*words: str) -> Result:
        return CliRunner().invoke(app, words, env={"TERTIUS_HOME": str(tmp_path)})

    invited = json.loads(here("team", "invite", "--json").stdout)
    link = f"{url}/join#{invited['secret']}"
    assert invited["link"].endswith(f"/join#{invited['secret']}")

    assert bea("join", link).exit_code == 2  # nobody can be asked for a name
    joined = bea("join", link, "--name", "Bea Lang")
    assert joined.exit_code == 0
    assert "You are a member of the network demo" in joined.stdout
    assert f"Your token is in {tmp_path / 'servers.json'}, which only you can read." in joined.stdout
    token = Credentials(tmp_path).token(url)
    assert token
    assert token not in joined.output

    again = bea("join", link, "--name", "Bea Lang")
    assert "have joined" in cli_message(again.exception)  # type: ignore[arg-type]
    assert bea("people", "Nobody Atall").exit_code == 5

    assert bea("logout").stdout.splitlines()[-1] == "Commands now ask the local database."
    assert httpx.post(f"{url}/graphql", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert Credentials(tmp_path).token(url) is None
    used = bea("join", link, "--name", "Bea Lang")
    assert "invalid, used or expired" in cli_message(used.exception)  # type: ignore[arg-type]


def test_a_join_that_was_killed_before_the_token_was_stored_is_repeated(
    here: Tertius, server: tuple[str, str], tmp_path: Path
) -> None:
    url, _ = server
    secret = json.loads(here("team", "invite", "--json").stdout)["secret"]
    link, first, other = f"{url}/join#{secret}", tmp_path / "first", tmp_path / "other"

    def join(home: Path) -> Result:
        return CliRunner().invoke(app, ["join", link, "--name", "Cleo Voss"], env={"TERTIUS_HOME": str(home)})

    body = {"name": "Cleo Voss", "key": Credentials(first).begin_joining(url, secret)}
    lost = httpx.post(f"{url}/join", json=body, headers={"Authorization": f"Bearer {secret}"}).json()["token"]
    assert Credentials(first).current() is None

    assert "invalid, used or expired" in cli_message(join(other).exception)  # type: ignore[arg-type]
    repeated = join(first)
    assert repeated.exit_code == 0, repeated.exception
    assert Credentials(first).token(url) not in (None, lost)
    assert httpx.post(f"{url}/graphql", headers={"Authorization": f"Bearer {lost}"}).status_code == 401
    members = json.loads(here("team", "members", "--json").stdout)
    assert [member["name"] for member in members].count("Cleo Voss") == 1

    number = 1 + [member["name"] for member in members].index("Cleo Voss")
    assert here("team", "remove-member", str(number)).exit_code == 0
    again = httpx.post(f"{url}/join", json=body, headers={"Authorization": f"Bearer {secret}"})
    assert again.status_code == 403


def test_the_link_of_an_invitation_opens_the_page(server: tuple[str, str]) -> None:
    page = httpx.get(f"{server[0]}/join", headers={"Accept": "text/html"})

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.content == (BUILT / "index.html").read_bytes()
