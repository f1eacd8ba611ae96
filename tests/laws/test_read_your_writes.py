"""Whoever changes something and then asks is told of it, whichever of two services answers."""

import asyncio
import os
from itertools import cycle
from signal import SIGTERM
from typing import Any

import httpx
import pytest

from graph.database.client import Graph
from tests.graph.worlds import bring, own, talk
from tests.tertius.service.test_serve import up

pytestmark = pytest.mark.fuzz

WRITES = 1_000 if "TERTIUS_TEST_EXAMPLES" in os.environ else 60
CLIENTS = 3
DERIVED = WRITES // 20
"""Writes of which ties are derived; the others are a member's name."""
ME, BEN, CLEO = "ana@home.example", "ben@near.example", "cleo@far.example"
PERSON = "query($ref: PersonRef!) { person(ref: $ref) { ... on Person { id } } }"
SAID = """mutation($by: ID!, $of: ID!) {
  %sStatement(input: {fromPersonId: $by, toPersonId: $of, kind: KNOWS_WELL}) { __typename } }"""
KNOWS = "query($by: ID!, $of: ID!) { tie(from: {id: $by}, to: {id: $of}) { ... on Tie { knows } } }"


async def test_what_was_written_is_in_the_next_answer(graph: Graph, environment: dict[str, str]) -> None:
    """A thousand writes with `make fuzz`, sixty at every change."""
    await bring(graph, [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO)], name=environment["TERTIUS_NETWORK"])
    environment |= {"TERTIUS_LIMITS__POINTS_PER_HOUR": str(10**9)}
    elsewhere = environment | {"TERTIUS_HOME": environment["TERTIUS_HOME"] + "-elsewhere"}

    with up(environment, ended_by=SIGTERM) as (one, mine), up(elsewhere, ended_by=SIGTERM) as (other, _):
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:

            async def ask(address: str, token: str, query: str, **variables: str | dict[str, str]) -> dict[str, Any]:
                sent = {"query": query, "variables": variables}
                answer = await client.post(address, json=sent, headers={"Authorization": f"Bearer {token}"})
                data: dict[str, Any] = answer.json()["data"]
                return data

            async def joined() -> str:
                secret = (await ask(one, mine, "mutation { createInvitation(input: {}) { secret } }"))[
                    "createInvitation"
                ]["secret"]
                signed = {"Authorization": f"Bearer {secret}"}
                taken = await client.post(one.replace("/graphql", "/join"), json={"name": "new"}, headers=signed)
                return str(taken.json()["token"])

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
                people = [await ask(one, mine, PERSON, ref={"email": who}) for who in (CLEO, BEN)]
                pair = dict(zip(("by", "of"), (found["person"]["id"] for found in people), strict=True))
                stale = 0
                for turn in range(DERIVED):
                    said = turn % 2 == 0
                    await ask(one, mine, SAID % ("create" if said else "withdraw"), **pair)
                    stale += (await ask((one, other)[turn % 3 > 0], mine, KNOWS, **pair))["tie"]["knows"] is not said
                return stale

            newcomers = [await joined() for _ in range(CLIENTS)]
            names = (stale_names(t, range(n, WRITES - DERIVED, CLIENTS)) for n, t in enumerate(newcomers))
            assert await asyncio.gather(stale_ties(), *names) == [0] * (CLIENTS + 1)
