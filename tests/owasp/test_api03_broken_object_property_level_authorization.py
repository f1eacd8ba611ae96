"""API3: a request sets no property that it may not set, and an answer shows none that the viewer may not see."""

import json

from graphql import GraphQLEnumType

from tests.api.documents import QUESTIONS, Leaf, document
from tests.owasp.conftest import Service, signed

PRIVATE = ("quill", "secret.example", "zyx", "fingerprint", "password", "confirmed_key", "sha256")
"""Words of Ana's private source and of the other network, and of properties that no answer has."""
NEW_MEMBER_WITH_MORE = (
    {"role": "OWNER"},
    {"scopes": ["ADMIN"]},
    {"network": "far"},
    {"id": "ana"},
    {"confirmed_key": "email:ana@home.example"},
)


async def test_a_new_member_chooses_no_property_but_name_and_address(service: Service) -> None:
    created = await service.ask("ana", "mutation { createInvitation(input: {role: ASKER}) { secret } }")
    invitation = signed(created["data"]["createInvitation"]["secret"])

    for more in NEW_MEMBER_WITH_MORE:
        response = await service.client.post("/join", json={"name": "Eve", **more}, headers=invitation)
        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    joined = await service.client.post("/join", json={"name": "Eve"}, headers=invitation)
    viewer = (await service.ask(joined.json()["token"], "{ viewer { role } }"))["data"]["viewer"]
    assert viewer == {"role": "ASKER"}


async def test_a_mutation_takes_no_property_that_its_input_does_not_declare(service: Service) -> None:
    text = 'mutation { renameViewer(input: {name: "Ben", role: OWNER}) { member { name } } }'
    (error,) = (await service.ask("ben", text))["errors"]

    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert (await service.ask("ben", "{ viewer { role } }"))["data"]["viewer"] == {"role": "MEMBER"}


async def test_no_property_of_an_answer_shows_what_others_keep_private(service: Service) -> None:
    def value(name: str, kind: Leaf) -> str:
        if isinstance(kind, GraphQLEnumType):
            return "email" if "email" in kind.values else max(kind.values)
        words = {"String": "ida@near.example", "ID": "0", "Date": "2026-11-01"}
        return json.dumps(words[kind.name]) if kind.name in words else {"Int": "20", "Boolean": "true"}[kind.name]

    for name in QUESTIONS:
        text = document(name, value)
        for member in ("adam", "ben", "asa"):
            response = await service.send(member, text)
            assert [word for word in PRIVATE if word in response.text.casefold()] == [], (member, name)
