"""The probes of graphql-cop and clairvoyance, sent to a running service: none finds anything."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import graphql
import neo4j
import pytest
import pytest_asyncio

from tests.api.conftest import LIMITS
from tests.api.documents import SCHEMA
from tests.owasp.conftest import Service, create_networks, listening, signed

RENAME = 'mutation { renameViewer(input: {name: "Eve"}) { member { name } } }'
ROLE = "{ viewer { role } }"
INTROSPECTION = {
    "all types": "{ __schema { types { name } } }",
    "one type": '{ __type(name: "Person") { fields { name } } }',
    "an alias": "{ viewer: __schema { types { name } } }",
    "a fragment": "{ ...a } fragment a on Query { __schema { queryType { name } } }",
    "an inline fragment": "{ ... on Query @include(if: true) { __schema { directives { name } } } }",
    "a line break in the name": "{ __schema\n{ types { name } } }",
    "in a mutation": "mutation { __schema { types { name } } }",
    "behind a valid field": "{ viewer { role } __schema { types { name } } }",
    "the standard query": graphql.get_introspection_query(),
}
OVERLOADS = {
    "101 aliases": "{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}",
    "one field 500 times": "{ viewer {" + "role " * 500 + "} }",
    "10 directives that do not exist": "{ viewer { role " + "@aa" * 10 + " } }",
    "200 directives that exist": "{ viewer { role " + "@include(if: true)" * 200 + " } }",
    "a circle of fragments": "{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }",
    "introspection in a circle": "{ __schema {" + "types { fields { type {" * 8 + "name" + "} } }" * 8 + "} }",
    "1,000 operations": " ".join(f"query a{n} {{ __typename }}" for n in range(1_000)),
    "a subscription": "subscription { viewer { role } }",
    "a deferred fragment": "{ viewer { ... @defer { role } } }",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(driver: neo4j.AsyncDriver, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    await create_networks(driver)
    limits = replace(LIMITS, points_per_hour=10**9)
    async with listening(driver, tmp_path_factory.mktemp("uploads"), limits) as running:
        yield running


@pytest.mark.parametrize("query", INTROSPECTION.values(), ids=INTROSPECTION.keys())
async def test_no_query_reads_the_schema(service: Service, query: str) -> None:
    answer = await service.ask("ana", query)

    assert answer["errors"]
    assert not any((answer.get("data") or {}).values())


@pytest.mark.parametrize("query", OVERLOADS.values(), ids=OVERLOADS.keys())
async def test_a_request_that_overloads_the_service_is_refused(service: Service, query: str) -> None:
    response = await service.send("ana", query)

    assert response.status_code < 500
    assert response.json()["errors"]
    assert not response.json().get("data")


@pytest.mark.parametrize("size", [1, 2, 10])
async def test_a_list_of_requests_is_refused(service: Service, size: int) -> None:
    response = await service.client.post("/graphql", json=[{"query": ROLE}] * size, headers=signed("ana"))

    assert response.status_code == 400


SIMPLE_TYPES = ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=a", "")
"""The types of a body that a form of another site can send without the consent of the service, and none."""


@pytest.mark.parametrize("kind", SIMPLE_TYPES)
async def test_no_form_of_another_site_can_send_a_request(service: Service, kind: str) -> None:
    body = json.dumps({"query": RENAME})
    part = f'--a\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{body}\r\n--a--\r\n'
    for content in (body, f"query={RENAME}", part, f'{body[:-1]}, "a": "="}}'):
        headers = signed("ana") | ({"Content-Type": kind} if kind else {})
        response = await service.client.post("/graphql", content=content, headers=headers)
        assert response.status_code in (400, 415), content

    assert "Eve" not in json.dumps(await service.ask("ana", "{ members { nodes { name } } }"))


@pytest.mark.parametrize("query", [RENAME, ROLE, "{__typename}"])
async def test_nothing_is_executed_by_get(service: Service, query: str) -> None:
    for headers in (signed("ana"), signed("ana") | {"Accept": "text/html"}):
        response = await service.client.get("/graphql", params={"query": query}, headers=headers)
        assert response.status_code == 405
        assert "graphiql" not in response.text.casefold()


async def test_no_trace_is_returned(service: Service) -> None:
    body = {"query": ROLE, "extensions": {"tracing": True, "debug": True}}
    headers = signed("ana") | {"X-Apollo-Tracing": "1", "Apollo-Federation-Include-Trace": "ftv1", "X-Debug": "1"}
    response = await service.client.post("/graphql?debug=1&explain=1&trace=1", json=body, headers=headers)

    assert response.json() == {"data": {"viewer": {"role": "OWNER"}}}


def wrong(name: str) -> str:
    """A name that differs in its last letter."""
    return f"{name[:-1]}q"


def in_parts(texts: list[str]) -> list[list[str]]:
    """The texts in lists of few, because a document that is too complex is not validated."""
    return [texts[start : start + 12] for start in range(0, len(texts), 12)]


def guesses() -> Iterator[tuple[str, dict[str, object]]]:
    """Requests with a wrong name for each name of the schema, and their variables."""
    kinds = [kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__")]
    for some in in_parts([wrong(kind.name) for kind in kinds]):
        yield "{ " + " ".join(f"... on {name} {{ id }}" for name in some) + " }", {}
        yield f"query({', '.join(f'$a{n}: {name}' for n, name in enumerate(some))}) {{ __typename }}", {}
    for kind in kinds:
        if isinstance(kind, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType):
            arguments = [
                f"{name}({', '.join(f'{wrong(argument)}: 1' for argument in field.args)})"
                for name, field in kind.fields.items()
                if field.args
            ]
            start = {"Query": "%s", "Mutation": "mutation %s"}.get(
                kind.name, f'{{ node(id: "1") {{ ... on {kind.name} %s }} }}'
            )
            for some in (*in_parts([*map(wrong, kind.fields)]), *in_parts(arguments)):
                yield start % f"{{ {' '.join(some)} }}", {}
        if isinstance(kind, graphql.GraphQLInputObjectType):
            names = [*map(wrong, kind.fields)]
            yield f"query($a: {kind.name}) {{ __typename }}", {"a": dict.fromkeys(names, 1)}
            yield f"query($a: {kind.name} = {{{': 1, '.join(names)}: 1}}) {{ __typename }}", {}
        if isinstance(kind, graphql.GraphQLEnumType):
            names = [*map(wrong, kind.values)]
            yield f"query($a: [{kind.name}]) {{ __typename }}", {"a": names}
            yield f"query($a: [{kind.name}] = [{', '.join(names)}]) {{ __typename }}", {}


NAMES = re.compile(r"'([\w.]+)'")


async def test_no_error_completes_a_guessed_name(service: Service) -> None:
    """Errors name the required arguments of a field or an input that a request names, and complete no other name."""
    known: set[str] = set()
    for kind in SCHEMA.type_map.values():  # `__typename` tells the types
        known |= {*getattr(kind, "fields", ()), *getattr(kind, "values", ())}
    for query, variables in guesses():
        response = await service.send("ana", query, **variables)
        messages = [error["message"] for error in response.json().get("errors", ())]
        named = {name for message in messages if "required" not in message for name in NAMES.findall(message)}
        assert messages, query
        assert "complex" not in messages[0], query
        assert [message for message in messages if "Did you mean" in message] == []
        assert {name for name in named & known if name not in query} == set(), (query, messages)
