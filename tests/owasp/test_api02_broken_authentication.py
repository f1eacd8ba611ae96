"""API2: without a valid token each door gives the same answer, and says nothing more."""

from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from api.sign_in.browser_session import session_cookie
from graph.networks.tokens import grant_token
from tests.owasp.conftest import Service, signed

ASK = {"query": "{ viewer { role } }"}


@dataclass(frozen=True, slots=True)
class Door:
    method: str
    path: str
    options: dict[str, Any]


DOORS = (
    Door("POST", "/graphql", {"json": ASK}),
    Door("POST", "/targets", {"content": b"Name\nIda"}),
    Door("GET", "/insights/connections", {}),
    Door("GET", "/insights/prune", {}),
    Door("POST", "/mcp", {"json": {"jsonrpc": "2.0", "id": 1, "method": "ping"}}),
    Door("PUT", "/uploads/x", {"content": b"x"}),
    Door("DELETE", "/session", {}),
    Door("DELETE", "/sessions", {}),
)
WRONG: dict[str, dict[str, str]] = {
    "no header": {},
    "another token": signed("quorwin"),
    "an empty token": {"Authorization": "Bearer"},
    "a longer token": signed("ben2"),
    "a token without scheme": {"Authorization": "ben"},
    "another scheme": {"Authorization": "Basic YmVuOmJlbg=="},
    "a token in a cookie": {"Cookie": "{cookie}=ben", "Sec-Fetch-Site": "same-origin"},
    "a header of a proxy": {"X-Forwarded-User": "ben", "X-Remote-User": "ben", "Remote-User": "ben"},
    "an expired token": signed("expired"),
    "a revoked token": signed("revoked"),
    "a token of a former member": signed("gone"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def invalid_tokens(service: Service) -> None:
    """Create tokens that are no longer valid."""
    for token in ("expired", "revoked"):
        await grant_token(service.graph, service.network, "ben", token, name=token)
    await service.driver.execute_query("MATCH (t:Token {name: 'expired'}) SET t.expires_at = timestamp() - 1")
    listed = (await service.ask("ben", "{ tokens { nodes { id name } } }"))["data"]["tokens"]["nodes"]
    (id,) = (token["id"] for token in listed if token["name"] == "revoked")
    await service.ask("ben", "mutation($id: ID!) { revokeToken(input: {id: $id}) { revokedTokenId } }", id=id)
    await service.driver.execute_query(
        "MATCH (n:Network {id: $network}) CREATE (n)-[:HAS]->(:Member {network: n.id, id: 'eve', role: 'member'})",
        network=service.network,
    )
    await grant_token(service.graph, service.network, "eve", "gone")
    await service.ask("gone", "mutation { leaveNetwork(input: {}) { __typename } }")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method} {door.path}")
async def test_each_wrong_token_gets_the_same_answer(service: Service, door: Door) -> None:
    answers = {}
    cookie = session_cookie("", str(service.client.base_url))
    for kind, wrong in WRONG.items():
        headers = {name: value.format(cookie=cookie) for name, value in wrong.items()}
        response = await service.client.request(door.method, door.path, headers=headers, **door.options)
        (error,) = response.json()["errors"]
        answers[kind] = (response.status_code, response.headers["www-authenticate"], error["message"])
    in_query = await service.client.request(door.method, door.path, params={"access_token": "ben"}, **door.options)

    assert {status for status, _, _ in answers.values()} == {401}
    assert len({*answers.values()}) == 1, answers
    assert in_query.status_code == 401


async def test_an_invitation_is_no_token_and_a_token_is_no_invitation(service: Service) -> None:
    created = await service.ask("ana", "mutation { createInvitation(input: {}) { secret } }")
    invitation = created["data"]["createInvitation"]["secret"]

    assert (await service.send(invitation, ASK["query"])).status_code == 401
    joined = [
        await service.client.post("/join", json={"name": "Eve"}, headers=signed(token)) for token in ("ana", "quorwin")
    ]
    assert [response.status_code for response in joined] == [403, 403]
    assert joined[0].json()["errors"][0]["message"] == joined[1].json()["errors"][0]["message"]
