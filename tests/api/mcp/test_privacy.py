"""No result contains an address, anything of another network, or anything that another member keeps private."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest
import pytest_asyncio

from api.mcp.addresses import shorten_addresses
from api.mcp.tools import TOOLS
from graph.database.client import Graph
from graph.networks.permissions import Scope
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from graph.records import Channel, Handle, HandleKind, Interaction, PersonMention, Record
from tests.api.mcp.conftest import assistant, serving
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import NOON, by_mail, by_profile, connections, home, load_export, own, talk, wrote

ANA, BEN, COLD = "ana@home.example", "ben@home.example", "cora.cold@far.example"
NAMELESS = "x77@nameless.example"
PRIVATE, ABSENT = "quill@zyxwald.example", "quorn@nobody.example"
"""A person of Ben's private mailbox, and one whom no source names."""
CANARIES = ("zyx", "quill")
NAMES = {"name", "target", "person", "from", "to"}
ADDRESS = re.compile(r"[^\s\"(<…]+[@＠]\w")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[str]:
    """Ana and Ben, who keeps a mailbox private and shares another, and a second network with the same words."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    nobody = PersonMention((Handle(HandleKind.EMAIL, NAMELESS),), "")
    mail: list[Record] = [own(ANA, "Ana"), *talk(ANA, BEN, times=8), *talk(ANA, COLD, ago=1_200)]
    mail += [Interaction(nobody, (by_mail(ANA),), NOON, Channel.MAIL, "n1")]
    mail += [Interaction(by_mail(ANA), (nobody,), NOON, Channel.MAIL, "n2")]
    listed = connections((by_profile("lia", "Lia Listed", "lia@far.example"), "Far Inc."))
    await load_for(graph, "ana", mail)
    await load_for(graph, "ana", listed, kind="linkedin")
    kept: list[Record] = [
        own(BEN, "Ben"),
        *talk(PRIVATE, BEN, times=9),
        *(wrote(PRIVATE, BEN, COLD, ago=n) for n in (1, 2)),
    ]
    await load_for(graph, "ben", kept)
    shared: list[Record] = [own(BEN, "Ben"), *talk("dee@near.example", BEN, times=6)]
    await load_for(graph, "ben", shared, SharingLevel.EVIDENCE, kind="interactions")
    theirs: list[Record] = [own("zoe@zyxwald.example", "Zoe"), *talk("zyx@far.example", "zoe@zyxwald.example")]
    await load_export(graph, theirs, name="far", owner="zoe@zyxwald.example")
    await grant_token(graph, network, "ana", "ana")
    await grant_token(graph, network, "ana", "writer", scopes=[Scope.WRITE])
    await grant_token(graph, *await home(graph, "empty"), "empty")
    async with serving(graph) as address:
        yield address


def calls(who: str, company: str) -> list[tuple[str, dict[str, Any]]]:
    """Every way to ask about a person and a company."""
    return [
        ("find_introductions", {"target": who}),
        ("find_introductions", {"target": who, "start": "TEAM", "maxIntroducers": 3}),
        ("find_introductions", {"target": who, "asOf": "2026-11-19"}),
        ("find_introductions", {"target": f"{who} at {company}"}),
        ("resolve_person", {"person": who}),
        ("tie", {"from": who, "months": 3}),
        ("tie", {"from": BEN, "to": who}),
        ("tie", {"from": who, "to": "me", "asOf": "2026-11-19"}),
        ("company_reach", {"name": company}),
        ("company_reach", {"domain": company, "start": "TEAM"}),
        ("target_list", {"targets": [who, company], "start": "TEAM"}),
        ("fading_ties", {"within": 365, "first": 50}),
        ("request_status", {}),
        ("source_coverage", {}),
    ]


async def results(address: str, who: str, company: str) -> list[str]:
    """All that Ana's assistant is given."""
    async with assistant(address, "ana") as client:
        answered = [await client.call_tool(name, arguments) for name, arguments in calls(who, company)]
    texts = [json.dumps([each.structured_content, each.model_dump()], ensure_ascii=False) for each in answered]
    return [re.sub(r'\\?"requestId\\?": ?\\?"\w+\\?"', "", text) for text in texts]


async def people_of(driver: neo4j.AsyncDriver, name: str) -> list[str]:
    rows, _, _ = await driver.execute_query(
        "MATCH (n:Network {name: $name}), (x) WHERE x.network = n.id OR x = n RETURN collect(DISTINCT x.id) AS ids",
        name=name,
    )
    return [str(id) for id in rows[0]["ids"]]


async def test_no_result_contains_an_address_or_what_is_hidden(team: str, driver: neo4j.AsyncDriver) -> None:
    theirs = await people_of(driver, "far")
    asked = [(BEN, "Home"), (COLD, "far.example"), (NAMELESS, "nameless.example"), ("Lia Listed", "Far Inc.")]
    asked += [("dee@near.example", "near.example"), (PRIVATE, "zyxwald.example"), ("Quill", "Zyxwald")]
    asked += [(id, id) for id in theirs[:3]]

    assert {name for name, _ in calls("", "")} == TOOLS.keys()
    for who, company in asked:
        echo = {who.lower(), company.lower()}
        for (name, _), text in zip(calls(who, company), await results(team, who, company), strict=True):
            assert not ADDRESS.search(text), (name, who)
            output = text.lower()
            for word in echo:
                output = output.replace(shorten_addresses(word), "")
            assert [word for word in (*CANARIES, *theirs) if word in output] == [], (name, who)


async def test_a_private_person_of_a_colleague_has_the_answer_of_an_unknown_person(team: str) -> None:
    kept = await results(team, PRIVATE, "zyxwald.example")
    absent = await results(team, ABSENT, "nobody.example")

    same = [text.replace("zyxwald.example", "nobody.example") for text in kept]
    assert same == absent


async def test_a_person_without_a_name_is_shown_by_the_domain(team: str) -> None:
    async with assistant(team, "ana") as client:
        answer = (await client.call_tool("resolve_person", {"person": NAMELESS})).structured_content
        again = (await client.call_tool("resolve_person", {"person": answer["id"]})).structured_content
        coverage = (await client.call_tool("source_coverage", {})).structured_content

    assert answer == again
    assert answer["name"] == "…@nameless.example"
    assert "…@home.example" in {source["account"] for source in coverage["sources"]}


async def test_every_empty_state_is_distinct(team: str) -> None:
    async with assistant(team, "ana") as client:
        states = {
            target: (await client.call_tool("find_introductions", {"target": target})).structured_content
            for target in (COLD, "Lia Listed", "Nobody Atall")
        }
    async with assistant(team, "empty") as client:
        empty = await client.call_tool("find_introductions", {"target": COLD})
    with pytest.raises(Exception, match=r".*") as refused:
        async with assistant(team, "writer") as client:
            await client.call_tool("find_introductions", {"target": COLD})

    cold, stranger, unknown = states.values()
    assert (cold["__typename"], cold["reason"]) == ("Refusal", "GONE_COLD")
    assert (stranger["__typename"], stranger["reason"]) == ("Refusal", "ONLY_STRANGERS")
    assert unknown["__typename"] == "UnknownTarget"
    assert empty.is_error
    assert empty.structured_content["errors"][0]["extensions"]["code"] == "NO_DATA_LOADED"
    assert refused.value is not None
    assert len({cold["message"], stranger["message"], unknown["message"]}) == 3


async def test_a_question_is_in_the_audit_log(team: str) -> None:
    async with assistant(team, "ana") as client:
        for name, arguments in (
            ("find_introductions", {"target": COLD}),
            ("resolve_person", {"person": COLD}),
            ("tie", {"from": COLD}),
            ("target_list", {"targets": [COLD]}),
        ):
            await client.call_tool(name, arguments)
    query = "{ auditEntries(first: 5) { nodes { memberId action people { name } } } }"
    async with httpx.AsyncClient(base_url=team, headers={"Authorization": "Bearer ana"}, trust_env=False) as client:
        entries = (await client.post("/graphql", json={"query": query})).json()["data"]["auditEntries"]["nodes"]

    assert [entry["action"] for entry in entries] == ["AUDIT", "TARGETS", "TIE", "PERSON", "INTRODUCTIONS"]
    assert {entry["memberId"] for entry in entries} == {"ana"}
    assert {person["name"] for entry in entries for person in entry["people"]} == {"Cora Cold"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana.b+c@home.example", "…@home.example"),
        ("mailbox ana@home.example, ben@x.example", "mailbox …@home.example, …@x.example"),
        ('"Ana B"@home.example', "…@home.example"),
        ("<ana@home.example>", "<…@home.example>"),
        ("ana＠home.example", "…@home.example"),
        ("ana﹫home.example", "…@home.example"),
        ("'o'brien@home.example'", "'…@home.example'"),
        ("+49 170 1234567", "+…"),
        ("+491701234567", "+…"),
        ("Jane @ Halden", "Jane @ Halden"),
        ("2026-11-22, score 0.5", "2026-11-22, score 0.5"),
    ],
)
def test_addresses_and_phone_numbers_are_shortened(text: str, expected: str) -> None:
    assert shorten_addresses({"a": [text]}) == {"a": [expected]}
