"""Tests that an archived person is in no answer but the review, and that restoring restores every answer exactly."""

from dataclasses import replace
from datetime import date
from typing import Any

import neo4j

from graph.answers import Introductions
from graph.database.client import Graph
from graph.days import day_of
from graph.insights.fading import list_fading_ties
from graph.insights.listed_people import read_listed_people
from graph.insights.review.archived_connections import (
    archive_connections,
    list_archived_connections,
    restore_connections,
)
from graph.introductions.answer import introductions
from graph.introductions.companies import reachable_people
from graph.lookup.possible_connectors import find_company_contacts
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.lookup.search import search_people
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import ErasurePreview, erase_person, preview_erasure
from graph.records import LatestDate, Record
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_mail, connections, home, own, talk

ME, BEN, JANE = "ana@home.example", "ben@near.example", "jane@far.example"
SENT = ("sent",)


async def answers(graph: Graph, member: str) -> dict[str, Any]:
    """Everything in which Ben can occur."""
    network, _ = await home(graph)
    state, viewer = await read_state(graph, network), await viewer_of(graph, member)
    return {
        "search": await search_people(graph, viewer, "Ben", 10),
        "similar": await resolve_reference(graph, viewer, "Bem"),
        "address": await resolve_reference(graph, viewer, BEN),
        "name": await resolve_reference(graph, viewer, "Ben"),
        "route": await introductions(graph, viewer, JANE, max_introducers=2),
        "company": await reachable_people(graph, viewer, name="Near Ltd"),
        "contacts": await find_company_contacts(graph, viewer, "Near Ltd"),
        "fading": await list_fading_ties(graph, state, viewer, within=365),
        "listed": await read_listed_people(graph, state, viewer),
    }


async def team(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    """Ben knows Ana and Jane, and works at Near Ltd. Ana shares what shows it with Bob."""
    network = await create_team_network(driver, graph, "bob")
    listed = [own(ME, "Ana"), *connections((by_mail(BEN), "Near Ltd"), on=date(2021, 2, 3)), LatestDate(TODAY)]
    await load_for(graph, "ana", listed, SharingLevel.EVIDENCE, kind="linkedin", others=True)
    mail: list[Record] = [own(ME, "Ana"), *talk(BEN, ME, ago=200), *talk(JANE, BEN, copy=ME, ago=200)]
    await load_for(graph, "ana", [*mail, LatestDate(TODAY)], SharingLevel.EVIDENCE, others=True)
    await load_for(graph, "bob", [own("bob@home.example", "Bob"), *talk(BEN, "bob@home.example", ago=200)])
    return network


async def test_an_archived_person_is_in_no_answer_until_restored(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await team(driver, graph)
    viewer = await viewer_of(graph, "ana")
    ben = await resolve_reference(graph, viewer, BEN)
    assert isinstance(ben, ResolvedTarget)
    before, of_bob = await answers(graph, "ana"), await answers(graph, "bob")
    assert isinstance(before["route"], Introductions)
    assert all(_named({name: answer}, ben.person.id) for name, answer in before.items() if name != "similar")

    rules: dict[str, str | None] = {ben.person.id: "cold_for_years", "nobody": None}
    for _ in range(2):
        outcome = await archive_connections(graph, viewer, rules, today=TODAY, open_states=SENT)
        viewer = await viewer_of(graph, "ana")
    hidden = await answers(graph, "ana")
    (archived,) = await list_archived_connections(graph, viewer)
    outcome_of_bob = await answers(graph, "bob")
    preview = await preview_erasure(graph, viewer, BEN)
    await load_for(graph, "ana", [own(ME, "Ana"), *talk(BEN, ME, ago=2), LatestDate(TODAY)], kind="newer")
    reloaded = await answers(graph, "ana")
    network, _ = await home(graph)
    review = await read_listed_people(graph, await read_state(graph, network), viewer.with_archived_people())

    assert (outcome.archived, outcome.not_in_view) == ((ben.person.id,), ("nobody",))
    assert not _named(hidden, ben.person.id)
    assert not _named(reloaded, ben.person.id)
    assert outcome_of_bob == of_bob
    assert (archived.person_id, archived.day, archived.rule) == (ben.person.id, day_of(TODAY), "cold_for_years")
    assert isinstance(preview, ErasurePreview)
    assert [one.person.name for one in review] == ["Ben"]

    assert await restore_connections(graph, viewer, [archived.id]) == 1
    assert await restore_connections(graph, viewer, [archived.id]) == 0
    assert _named(await answers(graph, "ana"), ben.person.id)


def _named(profile: dict[str, Any], id: str) -> bool:
    return any(id in repr(answer) for answer in profile.values())


async def test_restoring_restores_every_answer_exactly(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await team(driver, graph)
    viewer = await viewer_of(graph, "ana")
    before = await answers(graph, "ana")
    ben = before["address"].person.id
    network, _ = await home(graph)

    await archive_connections(graph, viewer, {ben: None}, today=TODAY, open_states=SENT)
    await restore_connections(graph, viewer, [one.id for one in await list_archived_connections(graph, viewer)])
    assert await answers(graph, "ana") == before

    await driver.execute_query(
        "MATCH (m:Member {network: $network, id: 'ana'}) "
        "CREATE (m)-[:ASKED]->(r:IntroductionRequest {network: $network, id: 'r', status: 'sent'}) "
        "SET r.keys = ['email:' + $ben]",
        network=network,
        ben=BEN,
    )
    outcome = await archive_connections(graph, viewer, {ben: None}, today=TODAY, open_states=SENT)
    assert (outcome.archived, outcome.in_use) == ((), (ben,))
    closed = await archive_connections(graph, viewer, {ben: None}, today=TODAY, open_states=("accepted",))
    assert closed.archived == (ben,)

    await erase_person(graph, await viewer_of(graph, "ana"), BEN)
    left, _, _ = await driver.execute_query("MATCH (a:ArchivedConnection) RETURN count(a) AS left")
    assert left[0]["left"] == 0
    assert replace(viewer, archived_people=frozenset((ben,))).with_archived_people() == viewer
