"""A network's owner at the command and a newcomer over HTTP, from the invitation to the end of it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from signal import SIGTERM
from typing import Any
from uuid import uuid4

import httpx
import neo4j
import pytest
from typer.testing import CliRunner, Result

from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.privacy.proof_links import create_proof_link
from tertius.cli.app import app
from tests.tertius.service.test_serve import up

MEMBERS = "{ viewer { role } members { nodes { name role isViewer } } }"


@pytest.fixture
def here(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    environment["TERTIUS_NETWORK"] = f"team_{uuid4().hex}"
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(app, words)


def asked(address: str, token: str, document: str = MEMBERS) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    response = httpx.post(address, json={"query": document}, headers=headers, trust_env=False)
    return response.status_code, response.json().get("data")


def joined(address: str, invitation: str) -> httpx.Response:
    return httpx.post(
        address.replace("/graphql", "/join"),
        json={"name": "Bea Lang", "email": "bea@home.example"},
        headers={"Authorization": f"Bearer {invitation}"},
        trust_env=False,
    )


def test_a_person_joins_by_invitation_and_is_removed_again(
    here: Callable[..., Result], environment: dict[str, str]
) -> None:
    with up(environment, ended_by=SIGTERM) as (address, mine):
        output, link, *_ = here("team", "invite", "asker", "--expires", "3").stdout.splitlines()
        invitation = link.partition("#")[2]
        assert "redeemed once, until " in output
        assert here("team", "invitations").stdout.startswith("1. asker, valid until ")

        taken = joined(address, invitation)
        theirs = taken.json()["token"]
        assert (taken.status_code, taken.json()["network"]) == (201, environment["TERTIUS_NETWORK"])
        assert joined(address, invitation).status_code == 403
        assert here("team", "invitations").stdout == "There are no open invitations.\n"
        assert asked(address, theirs)[1]["viewer"] == {"role": "ASKER"}
        assert "2. Bea Lang <bea@home.example>: admin, since " in here("team", "set-role", "2", "admin").stdout
        assert asked(address, theirs)[1]["viewer"] == {"role": "ADMIN"}

        (program,) = here("team", "create-token", "a", "program").stdout.split()
        assert asked(address, program)[0] == 200
        assert asked(address, program, "mutation { leaveNetwork(input: {}) { removedMemberId } }")[0] == 403
        assert "2. a program: read; valid until " in here("team", "tokens").stdout
        assert "a program" not in here("team", "revoke-token", "2").stdout
        assert asked(address, program)[0] == 401

        out = here("team", "remove-member", "2").stdout
        assert "Bea" not in out
        assert "are removed" in here("team", "leaving-policy").stdout
        assert "are kept" in here("team", "leaving-policy", "keep").stdout
        assert [asked(address, token)[0] for token in (theirs, mine)] == [401, 200]


def test_a_number_without_an_object_and_an_impossible_change_are_refused(here: Callable[..., Result]) -> None:
    assert here("team", "members").stdout.startswith("1. the first owner: owner (you)\n")
    assert here("team", "rename", "Ana").stdout.startswith("1. Ana: owner (you)\n")

    for words in (("remove-member", "2"), ("revoke-token", "9"), ("withdraw-invitation", "1")):
        assert here("team", *words).exit_code == 2
    assert here("team", "set-sign-in", "1", "ana@home.example").exit_code == 0
    assert here("team", "set-sign-in", "1", "no address").exit_code == 2
    assert "needs an owner" in str(here("team", "remove-member", "1").exception)
    assert "needs an owner" in str(here("team", "set-role", "1", "asker").exception)


def link_for(environment: dict[str, str], address: str) -> str:
    """The link that /about-me sends to an address."""
    uri = environment["TERTIUS_NEO4J__URI"]
    account = environment["TERTIUS_NEO4J__USER"], environment["TERTIUS_NEO4J__PASSWORD"]

    async def create() -> str:
        async with neo4j.AsyncGraphDatabase.driver(uri, auth=account) as driver:
            return await create_proof_link(Graph(driver), f"email:{address}")

    return f"https://tertius.example/about-me/link/{asyncio.run(create())}"


def test_a_member_proves_an_address_with_a_link(here: Callable[..., Result], environment: dict[str, str]) -> None:
    settings = ("--controller", "Acme", "--contact", "dpo@acme.example", "--basis", "consent", "--months", "0")
    assert here("privacy", "settings", *settings).exit_code == 0
    link = link_for(environment, "alias@home.example")

    proved, again = [here("team", "prove-address", link) for _ in range(2)]
    assert (proved.exit_code, proved.stdout) == (0, "alias@home.example is confirmed as your address.\n")
    assert (again.exit_code, again.stdout, "not valid" in again.stderr) == (1, "", True)
    as_json = here("team", "prove-address", link_for(environment, "alias@home.example"), "--json")
    assert json.loads(as_json.stdout) == {"__typename": "ProveAddressPayload", "address": "alias@home.example"}


def test_a_revoked_token_of_this_machine_is_replaced(here: Callable[..., Result], environment: dict[str, str]) -> None:
    kept = Path(environment["TERTIUS_HOME"]) / f"{environment['TERTIUS_NETWORK']}.token"
    with up(environment, ended_by=SIGTERM) as (address, first):
        assert "valid until revoked" in here("team", "tokens").stdout
        here("team", "revoke-token", "1")
        assert asked(address, first)[0] == 401

    with up(environment, ended_by=SIGTERM) as (address, second):
        assert second != first
        assert asked(address, second)[0] == 200
    assert kept.read_text("ascii") == second


def test_a_network_created_for_others_belongs_to_them_only(
    here: Callable[..., Result], environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"theirs_{uuid4().hex}"
    with up(environment, ended_by=SIGTERM) as (address, mine):
        _, lost, *_ = here("admin", "create-network", name).stdout.splitlines()
        lost = lost.partition("#")[2]
        output, invitation, *_ = here(
            "admin", "create-network", name, "--email", "bea@home.example"
        ).stdout.splitlines()
        invitation = invitation.partition("#")[2]
        assert "redeemed once, until " in output
        monkeypatch.setenv("TERTIUS_NETWORK", name)
        awaited = [here(*words) for words in (("team", "members"), ("source", "list"), ("team", "invite", "owner"))]

        refused = joined(address, lost)
        taken = joined(address, invitation)
        theirs = taken.json()["token"]
        owned = [
            here(*words)
            for words in (
                ("team", "members"),
                ("source", "list"),
                ("team", "invite", "owner"),
                ("admin", "create-network", name),
            )
        ]

        assert (refused.status_code, taken.status_code, taken.json()["network"]) == (403, 201, name)
        assert asked(address, theirs)[1] == {
            "viewer": {"role": "OWNER"},
            "members": {"nodes": [{"name": "Bea Lang", "role": "OWNER", "isViewer": True}]},
        }
        assert "Bea" not in str(asked(address, mine)[1])
        assert {(one.exit_code, one.stdout) for one in (*awaited, *owned)} == {(1, "")}
        assert all(isinstance(one.exception, PermissionDenied) for one in (*awaited, *owned))
