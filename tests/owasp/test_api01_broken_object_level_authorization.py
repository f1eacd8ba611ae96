"""API1: an id of another network, or of what a colleague keeps private, is answered like an unknown id."""

import asyncio
import re
from uuid import uuid4

from graphql import GraphQLEnumType

from tests.api.documents import CHANGES, QUESTIONS, Leaf, document
from tests.graph.worlds import home, network_contents
from tests.owasp.conftest import OUTSIDER, Service, signed

OF_ZOE = "MATCH (p:Person {network: $network}) RETURN p.id AS id LIMIT 1"
LOAD = 'mutation { createLoadJob(input: {fileName: "quill.mbox"}) { job { id uploadPath } } }'
HIDE = 'mutation { hideContact(input: {contact: {company: "Quillheim"}}) { hiddenContact { id } } }'
TOKEN = 'mutation { createToken(input: {name: "quill", scopes: [READ]}) { token { id } } }'
PERSON = "query($email: String!) { person(ref: {email: $email}) { ... on Person { id } } }"
REQUEST_ID = re.compile(r'"requestId":"[0-9a-f]+"')


def value(argument: str, kind: Leaf) -> str:
    """The stand-in STAND_IN for each id, and a value that is valid for everything else."""
    if isinstance(kind, GraphQLEnumType):
        return "personId" if "personId" in kind.values else "id" if "id" in kind.values else min(kind.values)
    words = {"ID": f'"{STAND_IN}"', "Int": "2", "Boolean": "false", "Date": '"2026-11-01"'}
    return words.get(kind.name, f'"{argument}"')


STAND_IN = "an-id"


async def foreign_ids(service: Service) -> dict[str, str]:
    """The id of a person in the other network, and of an object of each kind that Ana keeps private."""
    made = [(await service.ask("ana", text))["data"] for text in (LOAD, HIDE, TOKEN)]
    sources, _, _ = await service.driver.execute_query(
        "MATCH (:Member {id: 'ana'})-[:OWNS]->(s:Source) RETURN s.id AS id"
    )
    far, _ = await home(service.graph, "far")
    people, _, _ = await service.driver.execute_query(OF_ZOE, network=far)
    return {
        "load job": made[0]["createLoadJob"]["job"]["id"],
        "hidden contact": made[1]["hideContact"]["hiddenContact"]["id"],
        "token": made[2]["createToken"]["token"]["id"],
        "private person": (await service.ask("ana", PERSON, email="quill@secret.example"))["data"]["person"]["id"],
        "private source": sources[0]["id"],
        "person of another network": people[0]["id"],
    }


async def test_an_id_of_another_member_has_the_answer_of_an_unknown_id(service: Service) -> None:
    ids = await foreign_ids(service)
    before = [await network_contents(service.driver, name) for name in ("home", "far")]

    async def answer(text: str, id: str) -> tuple[int, str]:
        response = await service.send("ben", text.replace(STAND_IN, id))
        return response.status_code, REQUEST_ID.sub("", response.text).replace(id, "<id>")

    requests = {name: document(name, value) for name in sorted(QUESTIONS | CHANGES)}
    by_id = {name: text for name, text in requests.items() if STAND_IN in text}
    for name, text in by_id.items():
        unknown, *answers = await asyncio.gather(*(answer(text, id) for id in (uuid4().hex, *ids.values())))
        assert dict(zip(ids, answers, strict=True)) == dict.fromkeys(ids, unknown), name
    assert [await network_contents(service.driver, name) for name in ("home", "far")] == before
    assert {"node", "removeSource", "loadJob", "revokeToken", "unhideContact"} <= by_id.keys()


async def test_an_upload_to_the_job_of_another_member_has_the_answer_of_an_unknown_job(service: Service) -> None:
    ids = await foreign_ids(service)

    theirs = (await service.ask(OUTSIDER, LOAD))["data"]["createLoadJob"]["job"]["id"]
    for id in (uuid4().hex, ids["load job"], theirs):
        response = await service.client.put(f"/uploads/{id}", content=b"x", headers=signed("ben"))
        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
