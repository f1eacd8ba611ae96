"""Tests that no request causes an internal error. `make fuzz` sends more requests, with other random values."""

import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import graphql
import httpx
import pytest
import pytest_asyncio
from graphql import language
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, from_schema, nodes

from graph.database.client import Graph
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.records import Record
from tests.api.conftest import LIMITS, SIGNED, TOKEN, served
from tests.api.documents import SCHEMA
from tests.graph.worlds import by_profile, connections, home, load_export, own, talk

pytestmark = pytest.mark.fuzz

EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
fuzz_settings = settings(
    max_examples=int(EXAMPLES or 25),
    derandomize=EXAMPLES is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

UNLIMITED = replace(LIMITS, points_per_hour=10**12)
STAND_INS = ("<me>", "<ben>", "<jane>", "<list>", "<job>")
"""Stand-ins for existing ids, which only the running service knows."""
LONE_SURROGATE = "\ud83d"
"""Half a character, which JSON can contain but UTF-8 cannot."""
WORDS = (
    "ben",
    "Jane",
    "ben@near.example",
    "https://www.linkedin.com/in/cleo",
    "Far Inc.",
    "Cleo at Far",
    "me",
    "at",
    "",
)


class _OneOfVisitor(language.Visitor):
    """Keeps one field of each @oneOf input object, because hypothesis-graphql does not support @oneOf."""

    def __init__(self, types: graphql.TypeInfo) -> None:
        super().__init__()
        self._types = types

    def enter_object_value(self, node: language.ObjectValueNode, *_: Any) -> language.ObjectValueNode | None:
        kind = graphql.get_named_type(self._types.get_input_type())
        if not isinstance(kind, graphql.GraphQLInputObjectType) or not kind.is_one_of:
            return None
        present = [field for field in node.fields if not isinstance(field.value, language.NullValueNode)]
        return language.ObjectValueNode(fields=tuple(present[:1]))


def print_document(document: language.DocumentNode) -> str:
    types = graphql.TypeInfo(SCHEMA)
    return graphql.print_ast(graphql.visit(document, graphql.TypeInfoVisitor(types, _OneOfVisitor(types))))


def documents(mode: Mode) -> st.SearchStrategy[str]:
    scalars = {
        "ID": (st.sampled_from(STAND_INS) | st.text()).map(nodes.String),
        "String": (st.sampled_from(WORDS) | st.text()).map(nodes.String),
        "Int": (st.integers(0, 4) | st.integers(-1, 60) | st.integers(-(2**31), 2**31 - 1)).map(nodes.Int),
        "Date": (st.dates().map(str) | st.text()).map(nodes.String),
    }
    return from_schema(SCHEMA, custom_scalars=scalars, print_ast=print_document, mode=mode)


texts = st.sampled_from((*STAND_INS, *WORDS, LONE_SURROGATE)) | st.text()
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
refs = anything | st.one_of(
    *(st.fixed_dictionaries({form: texts}) for form in ("id", "email", "linkedin")),
    st.fixed_dictionaries({"name": st.fixed_dictionaries({"name": texts}, optional={"company": texts})}),
)
variables = st.fixed_dictionaries(
    {"ref": refs, "id": anything | texts, "text": anything | texts, "n": anything | st.integers(1, 50)},
    optional={
        "other": anything | texts,
        "on": anything | st.dates().map(str),
        "kind": st.just("KNOWS_WELL") | anything,
    },
)
WITH_VARIABLES = (
    """
    query($ref: PersonRef!, $n: Int!) {
      introductions(to: $ref, limit: $n) {
        __typename
        ... on UnknownTarget { message } ... on Refusal { message suggestion }
        ... on Introductions { routes { messageToForward } }
      }
    }
    """,
    "query($ref: PersonRef!) { person(ref: $ref) { __typename } tie(to: $ref) { __typename } }",
    """
    query($text: String!, $n: Int!, $other: String) {
      people(search: $text, first: $n, after: $other) { edges { cursor node { name } } }
    }
    """,
    """query($text: String!, $id: ID!) { company(name: $text) { name currentContacts { title } }
      loadJob(id: $id) { fileName } }""",
    """mutation($text: String!, $other: String) {
      createLoadJob(input: {fileName: $text, ownerEmail: $other}) { job { fileName uploadPath } } }""",
    """
    mutation($id: ID!, $other: ID! = "<ben>", $kind: StatementKind! = MET, $on: Date) {
      createStatement(input: {fromPersonId: $id, toPersonId: $other, kind: $kind, statedOn: $on}) {
        statement { kind statedOn } }
      withdrawStatement(input: {fromPersonId: $other, toPersonId: $id, kind: $kind}) { withdrawnStatements { kind } }
    }
    """,
    "mutation($id: ID!) { removeSource(input: {id: $id}) { removedSourceId } }",
)


@dataclass(frozen=True, slots=True)
class FuzzClient:
    """Sends requests to the service as its only member."""

    client: httpx.AsyncClient
    ids_by_stand_in: dict[str, str]

    async def ask(self, **request: Any) -> None:
        """Send a request with ids in the place of their stand-ins, and expect an answer or a client error."""
        body = json.dumps(request)
        for stand_in, id in self.ids_by_stand_in.items():
            body = body.replace(stand_in, id)
        headers = {**SIGNED, "Content-Type": "application/json"}
        response = await self.client.post("/graphql", content=body.encode(), headers=headers)
        assert response.status_code < 500, (response.status_code, response.text)
        assert all(
            error["extensions"]["code"] != "INTERNAL_SERVER_ERROR" for error in response.json().get("errors", ())
        ), response.text


@pytest_asyncio.fixture(loop_scope="session")
async def fuzz_client(graph: Graph, tmp_path: Path) -> AsyncIterator[FuzzClient]:
    """Ben knows Ana, Jane answers Ben, and Cleo is in a list that a request may remove."""
    network, member = await home(graph)
    messages: list[Record] = [own("ana@home.example", "Ana Silva")]
    messages += talk("ben@near.example", "ana@home.example")
    messages += talk("jane@far.example", "ben@near.example", copy="ana@home.example")
    await load_export(graph, messages)
    connections_load = await load_export(graph, connections((by_profile("cleo", "Cleo"), "Far Inc.")), kind="linkedin")
    await grant_token(graph, network, member, TOKEN)
    async with served(graph, limits=UNLIMITED, uploads=tmp_path) as client:
        ids_by_stand_in = {
            "<list>": connections_load.source.id,
            "<me>": (await read_state(graph, network)).people_by_member[member] or "",
        }
        for name in ("ben", "jane"):
            question = f'{{ people(search: "{name}", first: 1) {{ edges {{ node {{ id }} }} }} }}'
            answer = (await client.post("/graphql", json={"query": question}, headers=SIGNED)).json()
            ids_by_stand_in[f"<{name}>"] = answer["data"]["people"]["edges"][0]["node"]["id"]
        question = 'mutation { createLoadJob(input: {fileName: "mail.mbox"}) { job { id } } }'
        answer = (await client.post("/graphql", json={"query": question}, headers=SIGNED)).json()
        ids_by_stand_in["<job>"] = answer["data"]["createLoadJob"]["job"]["id"]
        yield FuzzClient(client, ids_by_stand_in)


@fuzz_settings
@given(document=documents(Mode.POSITIVE))
async def test_valid_documents_are_answered_or_refused(fuzz_client: FuzzClient, document: str) -> None:
    await fuzz_client.ask(query=document)


@fuzz_settings
@given(document=documents(Mode.NEGATIVE))
async def test_invalid_documents_are_refused(fuzz_client: FuzzClient, document: str) -> None:
    await fuzz_client.ask(query=document)


@fuzz_settings
@given(document=st.sampled_from(WITH_VARIABLES), values=variables)
async def test_variables_with_any_value_are_answered_or_refused(
    fuzz_client: FuzzClient, document: str, values: dict[str, Any]
) -> None:
    await fuzz_client.ask(query=document, variables=values)
