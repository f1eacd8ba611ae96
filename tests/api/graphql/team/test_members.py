"""Tests of members and tokens over HTTP. Each member sees their own only."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import graphql
import httpx
import neo4j
import pytest
import pytest_asyncio

from api.graphql.schema import RULES, schema
from graph.database.client import Graph
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from tests.api.conftest import TODAY, served
from tests.conftest import wipe

INVITE = """mutation($role: Role!, $email: String, $days: Int! = 7) {
  createInvitation(input: {role: $role, email: $email, expiresInDays: $days}) { secret invitation { id email } }
}"""
CREATE = """mutation($name: String! = "a program", $scopes: [Scope!]!, $days: Int! = 90) {
  createToken(input: {name: $name, scopes: $scopes, expiresInDays: $days}) {
    secret token { id name scopes expiresAt lastUsedAt } }
}"""
MEMBERS = "{ members { nodes { id name role isViewer email } } }"
LOAD = 'mutation { createLoadJob(input: {fileName: "a.zip"}) { job { id uploadPath } } }'
LEAVE = "mutation { leaveNetwork(input: {}) { removedMemberId } }"


class Caller:
    """Somebody with a token, or without."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    async def post(self, document: str, **variables: Any) -> httpx.Response:
        body = {"query": document, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=self.headers)

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        body = (await self.post(document, **variables)).json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    async def refused(self, document: str, **variables: Any) -> tuple[int, str, str]:
        """The status, the code and the sentence."""
        answer = await self.post(document, **variables)
        (error,) = answer.json()["errors"]
        assert not answer.json().get("data")
        return answer.status_code, error["extensions"]["code"], error["message"]

    async def invited(self, role: str, name: str = "Bea", vouched: str | None = None) -> "Caller":
        """Somebody new, by an invitation of this one's."""
        secret = (await self.ask(INVITE, role=role, email=vouched))["createInvitation"]["secret"]
        taken = await joined(self.client, secret, name=name)
        assert taken.status_code == 201, taken.text
        return Caller(self.client, taken.json()["token"])

    async def made(self, *scopes: str) -> "Caller":
        """The same member, by another token."""
        return Caller(self.client, (await self.ask(CREATE, scopes=scopes))["createToken"]["secret"])

    async def load(self, who: str) -> None:
        """Load a mailbox of one letter each way."""
        letters = "".join(
            f"From x@y Thu Jan  1 00:00:00 2026\nFrom: {by}\nTo: {to}\nDate: 12 Nov 2026 1{n}:00:00 +0000\n"
            f"Message-ID: <{n}{who}>\n\n\n"
            for n, (by, to) in enumerate([(who, "ben@near.example"), ("ben@near.example", who)])
        )
        document = """mutation($who: String!) {
          createLoadJob(input: {fileName: "all.mbox", ownerEmail: $who}) { job { id uploadPath } } }"""
        job = (await self.ask(document, who=who))["createLoadJob"]["job"]
        await self.client.put(job["uploadPath"], content=letters.encode(), headers=self.headers)
        while True:
            load_job = await self.ask("query($id: ID!) { loadJob(id: $id) { status error } }", id=job["id"])
            if load_job["loadJob"]["status"] in ("DONE", "FAILED"):
                assert load_job["loadJob"] == {"status": "DONE", "error": None}
                return
            await asyncio.sleep(0.1)

    async def id(self) -> str:
        """Their own."""
        (own,) = [one["id"] for one in (await self.ask(MEMBERS))["members"]["nodes"] if one["isViewer"]]
        return str(own)


async def joined(client: httpx.AsyncClient, invitation: str, **stated: Any) -> httpx.Response:
    return await client.post("/join", json=stated, headers={"Authorization": f"Bearer {invitation}"})


@pytest_asyncio.fixture(loop_scope="session")
async def client(driver: neo4j.AsyncDriver, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    await wipe(driver)
    graph = Graph(driver)
    for name in ("one", "two"):
        network, member = await find_or_create_network(graph, name, today=TODAY)
        await grant_token(graph, network, member, f"the owner of {name}")
    async with served(graph, uploads=tmp_path) as http_client:
        yield http_client


@pytest.fixture
def owner(client: httpx.AsyncClient) -> Caller:
    return Caller(client, "the owner of one")


@pytest.fixture
def other(client: httpx.AsyncClient) -> Caller:
    """The owner of another network."""
    return Caller(client, "the owner of two")


def test_every_mutation_declares_its_permission() -> None:
    built = graphql.build_schema(schema().as_str())
    assert built.mutation_type is not None
    assert built.query_type is not None

    assert set(built.mutation_type.fields) == set(RULES.mutations)
    assert set(RULES.queries) <= set(built.query_type.fields)


async def test_an_invitation_makes_a_member_once(client: httpx.AsyncClient, owner: Caller) -> None:
    secret = (await owner.ask(INVITE, role="MEMBER"))["createInvitation"]["secret"]
    for ill in ({}, {"name": " "}, {"name": "Bea", "email": "no address"}, {"name": "Bea", "role": "owner"}):
        assert (await joined(client, secret, **ill)).json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"

    taken = await joined(client, secret, name="Bea", email="bea@home.example")
    bea = Caller(client, taken.json()["token"])
    again, never = [await joined(client, invitation, name="Eve") for invitation in (secret, secret + "x")]

    assert (taken.status_code, taken.json()["network"], taken.headers["cache-control"]) == (201, "one", "no-store")
    assert (again.status_code, again.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert again.json()["errors"][0]["message"] == never.json()["errors"][0]["message"]
    assert [
        (one["name"], one["role"], one["isViewer"], one["email"])
        for one in (await bea.ask(MEMBERS))["members"]["nodes"]
    ] == [
        ("the first owner", "OWNER", False, None),
        ("Bea", "MEMBER", True, "bea@home.example"),
    ]
    renamed = await bea.ask('mutation { renameViewer(input: {name: " Beatrice "}) { member { name isViewer } } }')
    assert renamed["renameViewer"] == {"member": {"name": "Beatrice", "isViewer": True}}
    assert (await bea.ask("{ viewer { role scopes } }"))["viewer"] == {
        "role": "MEMBER",
        "scopes": ["READ", "WRITE", "ADMIN"],
    }


async def test_secrets_are_shown_once_and_stored_nowhere(driver: neo4j.AsyncDriver, owner: Caller) -> None:
    invitation = (await owner.ask(INVITE, role="ASKER"))["createInvitation"]["secret"]
    bea = await owner.invited("MEMBER")
    token = (await bea.ask(CREATE, scopes=["READ"]))["createToken"]["secret"]

    for secret in (invitation, token, bea.headers["Authorization"].partition(" ")[2]):
        assert secret.startswith("tertius_")
        rows, _, _ = await driver.execute_query(
            "MATCH (n) WHERE any(k IN keys(n) WHERE toStringOrNull(n[k]) CONTAINS $it) RETURN n", it=secret[8:]
        )
        assert rows == []
    listed = await owner.post("{ tokens { nodes { id name } } invitations { nodes { id role } } }")
    assert invitation not in listed.text


async def test_a_token_allows_its_scopes_and_no_more(client: httpx.AsyncClient, owner: Caller) -> None:
    reads, writes = await owner.made("READ"), await owner.made("WRITE")
    fragment = (
        "mutation M { ...F } query Q { viewer { asOf } } "
        'fragment F on Mutation { a: createLoadJob(input: {fileName: "a"}) { job { id } } }'
    )

    await reads.ask(MEMBERS)
    await writes.ask(LOAD)
    for caller, document, scope in (
        (reads, LOAD, "WRITE"),
        (reads, fragment.partition("query")[0] + fragment[fragment.index("fragment") :], "WRITE"),
        (writes, MEMBERS, "READ"),
        (reads, "{ tokens { nodes { id } } }", "ADMIN"),
        (reads, LEAVE, "ADMIN"),
        (writes, LEAVE, "ADMIN"),
    ):
        status, code, sentence = await caller.refused(document)
        assert (status, code) == (403, "FORBIDDEN")
        assert f"scope {scope}" in sentence
    job = (await writes.ask(LOAD))["createLoadJob"]["job"]
    upload = await client.put(job["uploadPath"], content=b"x", headers=reads.headers)
    assert (upload.status_code, upload.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")


async def test_no_token_creates_one_with_more_scopes_or_without_expiry(owner: Caller) -> None:
    admin = await owner.made("READ", "ADMIN")

    unfit: list[dict[str, Any]] = [
        {"scopes": ["WRITE"]},
        {"scopes": []},
        {"scopes": ["READ"], "days": 0},
        {"scopes": ["READ"], "days": 367},
        {"scopes": ["READ"], "name": " "},
    ]
    for ill in unfit:
        assert (await admin.refused(CREATE, **ill))[1] == "BAD_USER_INPUT"
    made = (await admin.ask(CREATE, scopes=["ADMIN", "READ"]))["createToken"]["token"]
    assert (made["scopes"], made["lastUsedAt"], bool(made["expiresAt"])) == (["READ", "ADMIN"], None, True)


async def test_a_token_without_all_scopes_creates_nothing_that_may_do_more(owner: Caller) -> None:
    limited = await owner.made("ADMIN")
    other = await owner.invited("MEMBER")
    id = (await other.ask("{ members { nodes { id isViewer } } }"))["members"]["nodes"]
    member = next(each["id"] for each in id if each["isViewer"])
    promote = "mutation($id: ID!) { changeMemberRole(input: {id: $id, role: OWNER}) { member { id } } }"
    key = """mutation { createToken(input: {name: "all", scopes: [READ, WRITE], idempotencyKey: "k"}) { secret } }"""
    await owner.ask(key)

    assert (await limited.refused(INVITE, role="ASKER"))[1] == "FORBIDDEN"
    assert (await limited.refused(promote, id=member))[1] == "FORBIDDEN"
    assert (await limited.refused(key))[1] == "IDEMPOTENCY_KEY_REUSED"
    assert (await other.ask("{ viewer { role } }"))["viewer"] == {"role": "MEMBER"}


async def test_a_token_stops_at_the_next_request(driver: neo4j.AsyncDriver, owner: Caller) -> None:
    revoked, expired = await owner.made("READ"), await owner.made("READ")
    await revoked.ask(MEMBERS)
    tokens = (await owner.ask("{ tokens { nodes { id name lastUsedAt } } }"))["tokens"]["nodes"]

    assert [(one["name"], bool(one["lastUsedAt"])) for one in tokens] == [
        (None, True),
        ("a program", True),
        ("a program", False),
    ]
    revoke = "mutation($id: ID!) { revokeToken(input: {id: $id}) { revokedTokenId } }"
    assert [(await owner.ask(revoke, id=tokens[1]["id"]))["revokeToken"]["revokedTokenId"] for _ in range(2)] == [
        tokens[1]["id"],
        None,
    ]
    await driver.execute_query("MATCH (t:Token) WHERE t.last_used_at IS NULL SET t.expires_at = timestamp() - 1")
    answers = [await caller.refused(MEMBERS) for caller in (revoked, expired, Caller(owner.client, "never made"))]
    assert answers[0][:2] == (401, "UNAUTHENTICATED")
    assert answers[0] == answers[1] == answers[2]


async def test_an_asker_may_ask_and_not_load(client: httpx.AsyncClient, owner: Caller) -> None:
    asker = await owner.invited("ASKER")

    await asker.ask('{ people(search: "jane", first: 1) { edges { cursor } } sources { nodes { id } } }')
    status, code, sentence = await asker.refused(LOAD)
    assert (status, code) == (403, "FORBIDDEN")
    assert "cannot contribute data" in sentence
    for document in (
        "{ invitations { nodes { id } } }",
        'mutation { removeMember(input: {id: "a"}) { removedMemberId } }',
        "mutation { setLeavingPolicy(input: {leavingPolicy: KEEP}) { network { name } } }",
    ):
        assert (await asker.refused(document))[:2] == (403, "FORBIDDEN")
    change = """mutation($id: ID!, $role: Role!) {
      changeMemberRole(input: {id: $id, role: $role}) { member { role } } }"""
    assert (await owner.ask(change, id=await asker.id(), role="MEMBER"))["changeMemberRole"] == {
        "member": {"role": "MEMBER"}
    }
    await asker.ask(LOAD)


async def test_an_asker_is_the_invited_person_in_shared_sources(owner: Caller, driver: neo4j.AsyncDriver) -> None:
    await owner.load("ana@home.example")
    assert (await owner.refused(INVITE, role="ASKER", email="nobody"))[1] == "BAD_USER_INPUT"
    ben = await owner.invited("ASKER", vouched="Ben@Near.example")
    stranger = await owner.invited("ASKER", "Eve")
    ask = """{
      viewer { person { name } }
      person(ref: {email: "ana@home.example"}) { __typename }
      people(search: "ana", first: 1) { edges { node { id } } }
    }"""
    nothing = {"viewer": {"person": None}, "person": {"__typename": "UnknownTarget"}, "people": {"edges": []}}

    private = [await asker.ask(ask) for asker in (ben, stranger)]
    await driver.execute_query("MATCH (s:Source) SET s.sharing_level = 'evidence'")
    too = await owner.invited("ASKER", "Ben as well", vouched="ben@near.example")
    shared = [await asker.ask(ask) for asker in (ben, too, stranger)]
    routes = await ben.ask('{ introductions(to: {email: "ana@home.example"}) { __typename } }')

    assert private == [nothing, nothing]
    # two members are two people: the address stays with the member for whom it was confirmed first
    assert [answer["viewer"]["person"] for answer in shared] == [{"name": "ben@near.example"}, None, None]
    assert [answer["person"]["__typename"] for answer in shared] == ["Person"] * 3
    assert routes["introductions"]["__typename"] == "AlreadyKnown"


async def test_a_member_who_leaves_or_is_removed_has_no_access_at_the_next_request(owner: Caller) -> None:
    bea, cleo = await owner.invited("ADMIN"), await owner.invited("MEMBER", "Cleo")
    second = await bea.made("READ", "ADMIN")
    remove = "mutation($id: ID!) { removeMember(input: {id: $id}) { removedMemberId } }"
    her = await cleo.id()

    assert (await bea.refused(remove, id=await owner.id()))[1] == "FORBIDDEN"
    assert [(await bea.ask(remove, id=her))["removeMember"]["removedMemberId"] for _ in range(2)] == [her, None]
    assert (await second.ask(LEAVE))["leaveNetwork"]["removedMemberId"]
    for caller in (bea, second, cleo):
        assert (await caller.refused(MEMBERS))[:2] == (401, "UNAUTHENTICATED")
    assert (await owner.refused(LEAVE))[1:] == (
        "FORBIDDEN",
        "A network needs an owner: make another member an owner first.",
    )
    assert len((await owner.ask(MEMBERS))["members"]["nodes"]) == 1


async def test_the_sources_of_a_member_are_removed_when_they_leave(
    client: httpx.AsyncClient, owner: Caller, driver: neo4j.AsyncDriver
) -> None:
    bea = await owner.invited("MEMBER")
    for caller, who in ((owner, "ana@home.example"), (bea, "bea@home.example")):
        await caller.load(who)
    seen = [
        (await caller.ask("{ sources { nodes { account sharingLevel } } }"))["sources"]["nodes"]
        for caller in (owner, bea)
    ]
    job = (await bea.ask(LOAD))["createLoadJob"]["job"]

    assert seen == [[{"account": f"{name}@home.example", "sharingLevel": "PRIVATE"}] for name in ("ana", "bea")]
    theirs = await owner.ask("query($id: ID!) { loadJob(id: $id) { id } loadJobs { fileName } }", id=job["id"])
    assert theirs == {"loadJob": None, "loadJobs": [{"fileName": "all.mbox"}]}
    await bea.ask(LEAVE)
    assert (await client.put(job["uploadPath"], content=b"x", headers=bea.headers)).status_code == 401
    rows, _, _ = await driver.execute_query("MATCH (s:Source) RETURN s.account AS account")
    assert [row["account"] for row in rows] == ["ana@home.example"]


async def test_an_object_of_another_network_has_the_answer_of_an_unknown_object(owner: Caller, other: Caller) -> None:
    theirs = {
        "member": await other.id(),
        "token": (await other.ask(CREATE, scopes=["READ"]))["createToken"]["token"]["id"],
        "invitation": (await other.ask(INVITE, role="MEMBER"))["createInvitation"]["invitation"]["id"],
    }
    documents = {
        "mutation($id: ID!) { removeMember(input: {id: $id}) { removedMemberId } }": "member",
        "mutation($id: ID!) { changeMemberRole(input: {id: $id, role: OWNER}) { member { id } } }": "member",
        "mutation($id: ID!) { revokeToken(input: {id: $id}) { revokedTokenId } }": "token",
        "mutation($id: ID!) { withdrawInvitation(input: {id: $id}) { withdrawnInvitationId } }": "invitation",
    }
    documents |= {f"query($id: ID!) {{ node(id: $id) {{ id }} {kind}: __typename }}": kind for kind in theirs}
    everything = """{ members { nodes { id } } invitations { nodes { id } } tokens { nodes { id } }
      network { name leavingPolicy } }"""
    before = await other.ask(everything)

    for document, of in documents.items():
        there, nowhere = [await owner.ask(document, id=id) for id in (theirs[of], "nowhere")]
        assert there == nowhere
    seen = (await owner.post(everything)).text

    assert [id for id in theirs.values() if id in seen] == []
    assert await other.ask(everything) == before


async def test_the_network_shows_what_happens_to_shared_sources_of_leaving_members(owner: Caller) -> None:
    assert (await owner.ask("{ network { name leavingPolicy } }"))["network"] == {
        "name": "one",
        "leavingPolicy": "REMOVE",
    }

    for _ in range(2):
        kept = await owner.ask(
            "mutation { setLeavingPolicy(input: {leavingPolicy: KEEP}) { network { leavingPolicy } } }"
        )
        assert kept["setLeavingPolicy"] == {"network": {"leavingPolicy": "KEEP"}}
