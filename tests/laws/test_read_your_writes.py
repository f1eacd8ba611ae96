"""Tests that an answer contains earlier writes, from each of two services on one database."""

import asyncio
import os
from itertools import cycle
from signal import SIGTERM
from typing import Any

import httpx
import pytest

from graph.database.client import Graph
from tests.graph.worlds import load_export, own, talk
from tests.tertius.service.test_serve import up

pytestmark = pytest.mark.fuzz

WRITES = 1_000 if "TERTIUS_TEST_EXAMPLES" in os.environ else 60
CLIENTS = 3
DERIVED = WRITES // 20
"""Number of writes that re-derive ties. The others rename a member."""
ME, BEN, CLEO = "ana@home.example", "ben@near.example", "cleo@far.example"
PERSON = "query($ref: PersonRef!) { person(ref: $ref) { ... on Person { id } } }"
STATEMENT = """mutation($by: ID!, $of: ID!) {
  %sStatement(input: {fromPersonId: $by, toPersonId: $of, kind: KNOWS_WELL}) { __typename } }"""
TIE = "query($by: ID!, $of: ID!) { tie(from: {id: $by}, to: {id: $of}) { ... on Tie { knows } } }"


async def test_an_answer_contains_all_earlier_writes(graph: Graph, environment: dict[str, str]) -> None:
    """`make fuzz` writes a thousand times, `make test` sixty times."""
    await load_export(graph, [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO)], name=environment["TERTIUS_NETWORK"])
    environment |= {"TERTIUS_LIMITS__POINTS_PER_HOUR": str(10**9)}
    other_environment = environment | {"TERTIUS_HOME": environment["TERTIUS_HOME"] + "-elsewhere"}

    with (
        up(environment, ended_by=SIGTERM) as (one, token_of_ana),
        up(other_environment, ended_by=SIGTERM) as (other, _),
    ):
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:

            async def ask(address: str, token: str, query: str, **variables: str | dict[str, str]) -> dict[str, Any]:
                body = {"query": query, "variables": variables}
                answer = await client.post(address, json=body, headers={"Authorization": f"Bearer {token}"})
                data: dict[str, Any] = answer.json()["data"]
                return data

            async def join() -> str:
                secret = (await ask(one, token_of_ana, "mutation { createInvitation(input: {}) { secret } }"))[
                    "createInvitation"
                ]["secret"]
                authorization = {"Authorization": f"Bearer {secret}"}
                response = await client.post(
                    one.replace("/graphql", "/join"), json={"name": "new"}, headers=authorization
                )
                return str(response.json()["token"])

            async def stale_names(token: str, numbers: range) -> int:
                stale = 0
                for number, (writes, reads) in zip(numbers, cycle([(one, one), (one, other), (other, one)])):
                    await ask(
                        writes,
                        token,
                        f'mutation {{ renameViewer(input: {{name: "{number}"}}) {{ member {{ id }} }} }}',
                    )
                    members = (await ask(reads, token, "{ members { nodes { name isViewer } } }"))["members"]["nodes"]
                    stale += [m["name"] for m in members if m["isViewer"]] != [str(number)]
                return stale

            async def stale_ties() -> int:
                people = [await ask(one, token_of_ana, PERSON, ref={"email": who}) for who in (CLEO, BEN)]
                pair = dict(zip(("by", "of"), (person["person"]["id"] for person in people), strict=True))
                stale = 0
                for turn in range(DERIVED):
                    is_stated = turn % 2 == 0
                    await ask(one, token_of_ana, STATEMENT % ("create" if is_stated else "withdraw"), **pair)
                    stale += (await ask((one, other)[turn % 3 > 0], token_of_ana, TIE, **pair))["tie"][
                        "knows"
                    ] is not is_stated
                return stale

            newcomers = [await join() for _ in range(CLIENTS)]
            names = (stale_names(t, range(n, WRITES - DERIVED, CLIENTS)) for n, t in enumerate(newcomers))
            assert await asyncio.gather(stale_ties(), *names) == [0] * (CLIENTS + 1)
