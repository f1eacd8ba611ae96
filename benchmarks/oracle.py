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
from benchmarks.http import QUESTION, served
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
COLLEAGUE = PersonMention((Handle(HandleKind.EMAIL, "bea@home.example"),), "Bea Silva")


def people(whose: str, count: int) -> list[PersonMention]:
    """`count` people with names and addresses of the same form for every owner."""
    dice = random.Random(whose)
    handles = [(Handle(HandleKind.EMAIL, f"p{number}@{whose}.example"),) for number in range(count)]
    return [PersonMention(one, f"{word(dice, 3)} {word(dice, 3)}") for one in handles]


def letters(owner: PersonMention, whose: str, count: int) -> Iterator[Record]:
    """One message in each direction with each person."""
    yield Owner(owner)
    for number, person in enumerate(people(whose, count)):
        yield Interaction(owner, (person,), NEWEST, Channel.MAIL, f"{whose}.{number}")
        yield Interaction(person, (owner,), NEWEST, Channel.MAIL, f"{whose}.{number}.back")


async def oracle(
    graph: Graph, address: tuple[str, str, str], folder: Path, network: str, *, held: int, asked: int
) -> AsyncIterator[Figure]:
    """The medians of both times and their ratio, for each place out of view: by address, by name, and by prefix
    search."""
    homes = [await find_or_create_network(graph, name, today=TODAY) for name in (network, f"{network}_elsewhere")]
    (home, _), _ = homes
    secret, _ = await create_invitation(graph, *homes[0], role=Role.MEMBER)
    await join_network(graph, secret, name="Bea", email=None)
    (bea,) = [(home, one.id) for one in await list_members(graph, home) if one.id != homes[0][1]]
    for place, owner, whose in zip((*homes, bea), (OWNER, OWNER, COLLEAGUE), (HERE, THERE, THEIRS), strict=True):
        records, said = letters(owner, whose, held), owner.handles[0].text
        await load_records(graph, *place, kind="mailbox", records=records, today=TODAY, stated_owner=said)
    with served(address, folder, network) as (url, token):
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers, timeout=60, trust_env=False) as client:
            for whose, where in ((THERE, "in another network"), (THEIRS, "in a colleague's private source")):
                for how in ("address", "name", "search"):
                    await _by_turns(client, url, whose, how, held, asked // 10)
                    taken = await _by_turns(client, url, whose, how, held, asked)
                    there, nowhere = median(taken[whose]), median(taken[NEVER])
                    values = {"there": there, "nowhere": nowhere, "ratio": there / nowhere, "asked": asked}
                    yield Figure(f"asked by {how} for whom nobody in view knows: {where}, and nowhere", "ms", values)


async def _by_turns(
    client: httpx.AsyncClient, url: str, whose: str, how: str, held: int, asked: int
) -> dict[str, list[float]]:
    """The milliseconds of each answer, for both groups in alternating order."""
    taken: dict[str, list[float]] = {whose: [], NEVER: []}
    kept = {one: people(one, held) for one in taken}
    for turn in range(asked):
        for one in (whose, NEVER) if turn % 2 else (NEVER, whose):
            somebody = kept[one][turn % held]
            question = _question(how, somebody)
            began = time.perf_counter()
            answer = await client.post(url, json=question)
            taken[one].append((time.perf_counter() - began) * 1000)
            told = answer.json()["data"]
            if told not in ({"introductions": {"__typename": "UnknownTarget"}}, {"people": {"edges": []}}):
                raise TypeError(f"a request for a person out of view returned {told}")
    return taken


def _question(how: str, somebody: PersonMention) -> dict[str, object]:
    if how == "search":  # all but the last letter typed
        return {"query": SEARCH, "variables": {"search": (somebody.name or "")[:-1]}}
    ref = {"email": somebody.handles[0].text} if how == "address" else {"name": {"name": somebody.name}}
    return {"query": QUESTION, "variables": {"to": ref}}
