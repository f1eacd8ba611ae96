"""Tests that a statement keeps nothing of a person whom its author's sources no longer contain."""

import json
from typing import Any

import httpx
import neo4j
import pytest

from graph.database.client import Graph
from graph.ingest.remove import remove_source
from graph.membership.leaving import leave_network
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from graph.privacy.subject_requests import export_address
from graph.sharing.share import share_source
from tests.api.conftest import LIMITS, served
from tests.api.graphql.privacy.test_data_subjects import EXPORT, ask, everything
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import by_mail, by_profile, connections, own, talk

MAL, VERA, ZED, KIM = "mal@home.example", "vera@home.example", "zed@hidden.example", "kim@near.example"
STATE = """mutation($by: ID!, $to: ID!) {
  createStatement(input: {fromPersonId: $by, toPersonId: $to, kind: MET}) { statement { kind } } }"""
EXCLUDE = "mutation($ref: PersonRef!) { excludeIntroducer(input: {person: $ref}) { excludedIntroducer { name } } }"
HIDE = "mutation($id: ID!) { hideContact(input: {contact: {personId: $id}}) { hiddenContact { name } } }"
PERSON = """query($ref: PersonRef!) { person(ref: $ref) { __typename
  ... on Person { id name title company identities { text } } } }"""
LISTS = """{ statements { nodes { kind fromPerson { name title company } toPerson { name } } }
  excludedIntroducers { nodes { name } } hiddenContacts { nodes { name } }
  people(search: "zed", first: 9) { nodes { name } }
  introductions(to: {email: "kim@near.example"}) { __typename } viewer { person { id } } }"""


async def person_id(client: httpx.AsyncClient, who: str) -> str:
    answer = await ask(client, PERSON, "mal", ref={"email": who})
    return str(answer["data"]["person"]["id"])


async def answers_about_zed(client: httpx.AsyncClient) -> str:
    """Every answer to Mal about Zed, without the text of the queries."""
    ref = {"email": ZED}
    answers: list[Any] = [(await ask(client, LISTS, "mal"))["data"]]
    answers += [(await ask(client, document, "mal", ref=ref))["data"] for document in (PERSON, EXPORT)]
    return json.dumps(answers).casefold()


@pytest.mark.parametrize("how", ["private", "leave", "remove"])
async def test_a_statement_does_not_keep_people_whom_a_colleague_brought(driver: neo4j.AsyncDriver, how: str) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "mal", "vera")
    await grant_token(graph, network, "mal", "mal")
    cards = connections((by_profile("zed-quark", "Zed Quark", ZED), "HiddenCo"))
    await load_for(graph, "vera", [own(VERA, "Vera"), *cards], SharingLevel.EVIDENCE, kind="linkedin")
    mail = [own(VERA, "Vera"), *talk(VERA, ZED), *talk(VERA, "mal@home.example")]
    await load_for(graph, "vera", mail, SharingLevel.EVIDENCE)
    await load_for(graph, "mal", [own(MAL, "Mal"), *talk(MAL, VERA), *talk(MAL, KIM)])
    async with served(graph, limits=LIMITS) as client:
        viewer = (await ask(client, LISTS, "mal"))["data"]["viewer"]["person"]["id"]
        zed = await person_id(client, ZED)
        kim = await person_id(client, KIM)
        for by, to in ((zed, viewer), (zed, kim), (kim, viewer)):
            assert "errors" not in await ask(client, STATE, "mal", by=by, to=to)
        assert "errors" not in await ask(client, EXCLUDE, "mal", ref={"email": ZED})
        assert "errors" not in await ask(client, HIDE, "mal", id=zed)
        before = await answers_about_zed(client)
        assert {word for word in ("zed quark", "hiddenco") if word in before} == {"zed quark", "hiddenco"}

        if how == "leave":
            await leave_network(graph, network, "vera")
        for kind in ("linkedin", "mailbox") if how != "leave" else ():
            if how == "private":
                await share_source(graph, await viewer_of(graph, "vera"), kind, SharingLevel.PRIVATE)
            else:
                await remove_source(graph, network, "vera", kind)

        after = await answers_about_zed(client)
        assert [word for word in ("zed", "quark", "hidden") if word in after.replace("hiddencontacts", "")] == []
        assert json.loads(after)[0]["statements"]["nodes"] == [
            {
                "kind": "met",
                "fromperson": {"name": "mal", "title": None, "company": None},
                "toperson": {"name": "kim"},
            }
        ]
        stored = (await everything(driver)).casefold()
        if how != "private":
            assert [word for word in ("zed quark", "hiddenco") if word in stored] == []
        # the identity that the statement stores is still disclosed to the person concerned
        assert isinstance(await export_address(graph, network, f"email:{ZED}"), dict)

        if how == "private":
            for kind in ("linkedin", "mailbox"):
                await share_source(graph, await viewer_of(graph, "vera"), kind, SharingLevel.EVIDENCE)
            assert await answers_about_zed(client) == before


async def test_a_statement_does_not_keep_the_name_that_a_colleague_gave(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "mal", "vera")
    await grant_token(graph, network, "mal", "mal")
    card = connections((by_mail(ZED, "Zed Quark"), "HiddenCo"))
    await load_for(graph, "vera", [own(VERA, "Vera"), *card], SharingLevel.EVIDENCE, kind="contacts")
    await load_for(graph, "mal", [own(MAL, "Mal"), *talk(MAL, VERA), *talk(MAL, ZED)])
    async with served(graph, limits=LIMITS) as client:
        viewer = (await ask(client, LISTS, "mal"))["data"]["viewer"]["person"]["id"]
        await ask(client, STATE, "mal", by=await person_id(client, ZED), to=viewer)
        assert "zed quark" in await answers_about_zed(client)
        await share_source(graph, await viewer_of(graph, "vera"), "contacts", SharingLevel.PRIVATE)
        after = await answers_about_zed(client)
    assert [word for word in (ZED, '"met"', "quark") if word in after] == [ZED, '"met"']
