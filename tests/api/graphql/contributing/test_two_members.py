"""Two members of a network are two people, whatever one of them uploads, states or merges."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import neo4j

from graph.database.client import Graph
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.sign_in import ProviderAccount, expect_sign_in, sign_in
from graph.networks.permissions import Role
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from tests.api.conftest import served
from tests.conftest import wipe
from tests.graph.teams import create_team_network

VERA, MAL, NED, NEW = "vera@home.example", "mal@home.example", "ned@near.example", "new@home.example"
LETTER = (
    "From x@x\nFrom: {by}\nTo: {to}\nDate: Mon, {day} Nov 2026 09:00:00 +0000\nMessage-ID: <{by}{day}@x>\n\nWords.\n\n"
)
CARD = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mal\r\nEMAIL:{MAL}\r\nEMAIL:{VERA}\r\nEND:VCARD\r\n"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261103T120000Z\r\n"
    f"DTSTART:20261103T120000Z\r\nDTEND:20261103T130000Z\r\nORGANIZER:mailto:{VERA}\r\n"
    f"ATTENDEE:mailto:{VERA}\r\nATTENDEE:mailto:{NED}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def table(owner: str) -> str:
    """Interactions of this owner with Ned."""
    days = range(10, 20)
    rows = [f"{by},{to},2026-11-{day}T09:00:00+00:00,mail" for day in days for by, to in ((owner, NED), (NED, owner))]
    return "\n".join(("from,to,at,channel", *rows, ""))


def archive(**files: str) -> bytes:
    """A zip archive of these files. In a name, `__` is a dot and a single `_` a space."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", ".").replace("_", " ").replace("|", "/"), text)
    return stream.getvalue()


LINKEDIN = archive(
    Profile__csv="First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers\nMal,Reed,,,,x,,,,,,,\n",
    Email_Addresses__csv="Email Address,Confirmed,Primary,Updated On\n"
    + "".join(f"{address},Yes,Yes,2024-01-01 10:00:00 UTC\n" for address in (MAL, VERA)),
    Connections__csv='Notes:\n"Some addresses are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Ned,Near,https://www.linkedin.com/in/ned,{NED},Near,CTO,03 Feb 2021\n",
)
USERS = [
    {"id": f"U{number}", "team_id": "T1", "profile": {"real_name": name, "email": address}}
    for number, (name, address) in enumerate((("Mal", MAL), ("Vera", VERA), ("Mal", VERA), ("Ned", NED)))
]
SAID = [{"type": "message", "user": user, "text": "x", "ts": f"179388000{user[1]}.000100"} for user in ("U2", "U3")]
SLACK = archive(
    **{
        "users__json": json.dumps(USERS),
        "channels__json": "[]",
        "dms__json": json.dumps([{"id": "D1", "members": ["U2", "U3"]}]),
        "D1|2026-11-05__json": json.dumps(SAID),
    }
)
EXPORTS = {
    "table.csv": table(VERA).encode(),
    "mail.mbox": "".join(
        LETTER.format(by=by, to=to, day=day) for day in range(10, 20) for by, to in ((VERA, NED), (NED, VERA))
    ).encode(),
    "book.vcf": CARD.encode(),
    f"{VERA}.ics": CALENDAR.encode(),
    "linkedin.zip": LINKEDIN,
    "slack.zip": SLACK,
}
VIEWER = "{ viewer { person { id identities { text } } } }"
UPLOAD = """mutation($name: String!, $owner: String) {
  createLoadJob(input: {fileName: $name, ownerEmail: $owner}) { job { id uploadPath } } }"""
JOB = "query($id: ID!) { loadJob(id: $id) { status error } }"
PERSON = "query($email: String!) { person(ref: {email: $email}) { __typename ... on Person { id } } }"
MERGE = "mutation($ids: [ID!]!) { mergePeople(input: {personIds: $ids}) { decision { id } } }"


async def ask(client: httpx.AsyncClient, token: str, query: str, **variables: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    response = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    body: dict[str, Any] = response.json()
    return body


async def load(client: httpx.AsyncClient, token: str, name: str, content: bytes, owner: str | None) -> dict[str, Any]:
    """Upload an export and wait until its job has ended. Returns its status and error."""
    job = (await ask(client, token, UPLOAD, name=name, owner=owner))["data"]["createLoadJob"]["job"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await client.put(job["uploadPath"], content=content, headers=headers)).status_code == 202
    while True:
        load_job: dict[str, Any] = (await ask(client, token, JOB, id=job["id"]))["data"]["loadJob"]
        if load_job["status"] in ("DONE", "FAILED"):
            return load_job
        await asyncio.sleep(0.1)


async def addresses(client: httpx.AsyncClient, *tokens: str) -> dict[str, set[str]]:
    """The identities of the person that the holder of each token is."""
    people = {token: (await ask(client, token, VIEWER))["data"]["viewer"]["person"] for token in tokens}
    assert len({person["id"] for person in people.values()}) == len(tokens)
    return {token: {identity["text"] for identity in person["identities"]} for token, person in people.items()}


async def test_two_members_stay_two_people(driver: neo4j.AsyncDriver, tmp_path: Path) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "vera", "mal")  # Mal comes first in every order
    for member in ("ana", "vera", "mal"):
        await grant_token(graph, network, member, member)
    async with served(graph, uploads=tmp_path) as client:
        for member, address in (("vera", VERA), ("mal", MAL)):
            assert (await load(client, member, "own.csv", table(address).encode(), address))["error"] is None
        before = await addresses(client, "vera", "mal")
        assert before == {"vera": {VERA}, "mal": {MAL}}

        for name, content in EXPORTS.items():
            for owner in (VERA, MAL, None):
                job = await load(client, "mal", name, content, owner)
                if owner == VERA:
                    assert job["status"] == "FAILED", name
                    assert "belongs to another member" in job["error"]
                after = await addresses(client, "vera", "mal")
                assert after["vera"] == {VERA}, (name, owner)
                assert VERA not in after["mal"], (name, owner)

        people = [(await ask(client, "mal", PERSON, email=email))["data"]["person"] for email in (VERA, NED)]
        me = (await ask(client, "mal", VIEWER))["data"]["viewer"]["person"]
        ids = [me["id"], *(person["id"] for person in people)]
        assert "errors" in await ask(client, "mal", MERGE, ids=ids[:2])
        assert "errors" not in await ask(client, "mal", MERGE, ids=[ids[0], ids[2]])
        await ask(client, "mal", MERGE, ids=ids[1:])
        assert VERA not in (await addresses(client, "vera", "mal"))["mal"]


async def test_a_confirmed_address_belongs_to_its_member_and_not_to_an_earlier_claim(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "mal")
    await grant_token(graph, network, "mal", "mal")
    async with served(graph, uploads=tmp_path) as client:
        assert (await load(client, "mal", "own.csv", table(MAL).encode(), MAL))["error"] is None
        assert (await load(client, "mal", "claimed.csv", table(NEW).encode(), NEW))["error"] is None
        secret, _ = await create_invitation(graph, network, "ana", role=Role.MEMBER, email=NEW)
        _, token = await join_network(graph, secret, name="Newcomer", email=None)
        assert (await load(client, token, "own.csv", table(NEW).encode(), NEW))["error"] is None
        assert await addresses(client, "mal", token) == {"mal": {MAL}, token: {NEW}}


async def test_an_address_that_a_provider_verifies_at_sign_in_belongs_to_that_member(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "mal", "vera")
    for member in ("mal", "vera"):
        await grant_token(graph, network, member, member)
    async with served(graph, uploads=tmp_path) as client:
        assert (await load(client, "mal", "own.csv", table(MAL).encode(), MAL))["error"] is None
        assert (await load(client, "mal", "claimed.csv", table(VERA).encode(), VERA))["error"] is None
        assert await expect_sign_in(graph, network, "ana", "vera", VERA)
        for address in (VERA, "other@home.example"):  # only the first address is confirmed
            await sign_in(graph, ProviderAccount("https://id.example", "7", "Vera", address))
        assert (await load(client, "vera", "own.csv", table(VERA).encode(), VERA))["error"] is None
        assert await addresses(client, "mal", "vera") == {"mal": {MAL}, "vera": {VERA}}
    assert (await read_state(graph, network)).confirmed_identities == {"vera": (f"email:{VERA}",)}
