"""Measures whether response times reveal people that the asker may not see. They must not.

Requests for people of another network or of a colleague's private source alternate with requests for people who do not
exist.
"""

import random
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from statistics import median

import httpx

from benchmarks.figures import Figure
from benchmarks.http import QUERY, served
from benchmarks.loading import NEWEST, OWNER, TODAY, word
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.registry import find_or_create_network
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record

HERE, THERE, THEIRS, NEVER = "herey", "there", "their", "never"
"""The owner of a group of people: the asker, another network, a colleague, nobody. All have the same length."""
SEARCH = "query($search: String!) { people(search: $search, first: 10) { edges { node { name } } } }"
_ANSWERS: tuple[object, ...] = (
    {"data": {"introductions": {"__typename": "UnknownTarget"}}},
    {"data": {"people": {"edges": []}}},
)
COLLEAGUE = PersonMention((Handle(HandleKind.EMAIL, "bea@home.example"),), "Bea Silva")


def people(group: str, count: int) -> list[PersonMention]:
    """`count` people with names and addresses of the same form for every owner."""
    rng = random.Random(group)
    handles = [(Handle(HandleKind.EMAIL, f"p{number}@{group}.example"),) for number in range(count)]
    return [PersonMention(one, f"{word(rng, 3)} {word(rng, 3)}") for one in handles]


def messages(owner: PersonMention, group: str, count: int) -> Iterator[Record]:
    """One message in each direction with each person."""
    yield Owner(owner)
    for number, person in enumerate(people(group, count)):
        yield Interaction(owner, (person,), NEWEST, Channel.MAIL, f"{group}.{number}")
        yield Interaction(person, (owner,), NEWEST, Channel.MAIL, f"{group}.{number}.back")


async def oracle(
    graph: Graph, address: tuple[str, str, str], folder: Path, network: str, *, people_count: int, requests: int
) -> AsyncIterator[Figure]:
    """The medians of both times and their difference, for each place out of view and each kind of search."""
    homes = [await find_or_create_network(graph, name, today=TODAY) for name in (network, f"{network}_elsewhere")]
    (home, _), _ = homes
    secret, _ = await create_invitation(graph, *homes[0], role=Role.MEMBER)
    await join_network(graph, secret, name="Bea", email=None)
    (bea,) = [(home, one.id) for one in await list_members(graph, home) if one.id != homes[0][1]]
    for (network_id, member), owner, group in zip(
        (*homes, bea), (OWNER, OWNER, COLLEAGUE), (HERE, THERE, THEIRS), strict=True
    ):
        records, stated_owner = messages(owner, group, people_count), owner.handles[0].text
        await load_records(
            graph, network_id, member, kind="mailbox", records=records, today=TODAY, stated_owner=stated_owner
        )
    with served(address, folder, network) as (url, token):
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers, timeout=60, trust_env=False) as client:
            for group, where in ((THERE, "in another network"), (THEIRS, "in a colleague's private source")):
                for how in ("address", "name", "search"):
                    await _alternate(client, url, group, how, people_count, requests // 10)
                    durations = await _alternate(client, url, group, how, people_count, requests)
                    there, nowhere = median(durations[group]), median(durations[NEVER])
                    values = {
                        "there": there,
                        "nowhere": nowhere,
                        "difference %": abs(there / nowhere - 1) * 100,
                        "asked": requests,
                    }
                    yield Figure(f"asked by {how} for whom nobody in view knows: {where}, and nowhere", "ms", values)


async def _alternate(
    client: httpx.AsyncClient, url: str, group: str, how: str, people_count: int, requests: int
) -> dict[str, list[float]]:
    """The milliseconds of each answer, for both groups in alternating order."""
    durations: dict[str, list[float]] = {group: [], NEVER: []}
    people_by_group = {one: people(one, people_count) for one in durations}
    for turn in range(requests):
        for one in (group, NEVER) if turn % 2 else (NEVER, group):
            person = people_by_group[one][turn % people_count]
            body = _request_body(how, person)
            start = time.perf_counter()
            answer = await client.post(url, json=body)
            durations[one].append((time.perf_counter() - start) * 1000)
            if answer.json() not in _ANSWERS:
                raise TypeError(f"a request for a person out of view returned {answer.text}")
    return durations


def _request_body(how: str, person: PersonMention) -> dict[str, object]:
    if how == "search":  # all but the last letter typed
        return {"query": SEARCH, "variables": {"search": (person.name or "")[:-1]}}
    ref = {"email": person.handles[0].text} if how == "address" else {"name": {"name": person.name}}
    return {"query": QUERY, "variables": {"to": ref}}
