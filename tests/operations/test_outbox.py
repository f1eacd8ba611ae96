"""Tests that an event is written once with its change, and delivered at least once or given up."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import neo4j
import pytest

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.database.event_queue import claim_event, delete_event, list_networks_with_events, record_failed_attempt
from graph.days import day_of
from graph.events import EVENT_KINDS, Event, IntroductionRequestDelivered, MemberJoined, MemberLeft, PersonErased
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.leaving import leave_network
from graph.networks.load_jobs import LoadJobStatus, create_load_job, update_load_job
from graph.networks.permissions import Role
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.privacy.erasure_requests import ErasureRequestStatus, decide_erasure_request, find_erasure_request
from graph.privacy.objection import record_objection
from graph.privacy.subject_requests import request_erasure_of_address
from graph.sharing.introducer_visibility import set_introducer_visibility
from operations import outbox as module
from operations.outbox import MAX_ATTEMPTS, Consumers, deliver_due_events, deliver_events, retry_delay
from operations.requests.acting import Response, respond_to_request, send_request
from operations.requests.drafting import create_request
from operations.requests.reading import list_requests
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, own, talk
from tests.operations.requests_team import FACTS, session_of
from tests.prepared_stores import created_once

ANA, BEN, JANE = "ana@home.example", "ben@home.example", "jane@far.example"
KIND = re.compile(r"\(:Event \{[^}]*\bkind: '(\w+)'")


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    return await create_team(driver, graph)


@created_once
async def create_team(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    """Ben knows Jane and shares the tie. Colleagues are named after consent, and Ana has no request yet."""
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE)], SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    return network


async def events(driver: neo4j.AsyncDriver) -> list[dict[str, Any]]:
    """All stored events, oldest first."""
    rows, _, _ = await driver.execute_query(
        "MATCH (e:Event) RETURN properties(e) AS event ORDER BY e.created_at, e.kind DESC"
    )
    return [row["event"] for row in rows]


async def kinds(driver: neo4j.AsyncDriver) -> list[str]:
    return [event["kind"] for event in await events(driver)]


async def write_events(driver: neo4j.AsyncDriver, network: str, *ids: str) -> None:
    """Write due events of a departure, each a second newer than the one before."""
    await driver.execute_query(
        """
        UNWIND range(0, size($ids) - 1) AS i
        CREATE (:Event {network: $network, id: $ids[i], kind: 'member_left', about: $ids[i], attempts: 0,
          created_at: timestamp() - 60000 + 1000 * i, next_attempt_at: timestamp() - 1})
        """,
        network=network,
        ids=list(ids),
    )


async def make_due(driver: neo4j.AsyncDriver) -> None:
    await driver.execute_query(
        "MATCH (e:Event) WHERE e.next_attempt_at IS NOT NULL SET e.next_attempt_at = timestamp() - 1"
    )


async def request_jane(graph: Graph) -> str:
    """Ana's request for an introduction to Jane, to the colleague whom she does not see. The id is always the same."""
    session = await session_of(graph, "ana")
    id = (await create_request(session, JANE, None, FACTS, key="k")).id
    await send_request(session, id)
    return id


async def answer_ana(graph: Graph) -> None:
    ben = await session_of(graph, "ben")
    (request,) = await list_requests(ben)
    await respond_to_request(ben, request.id, Response.ACCEPT, today=TODAY)


def test_every_event_kind_in_the_queries_has_a_class() -> None:
    written_kinds = [kind for name in cypher.names() for kind in KIND.findall(cypher.load(name).text)]

    assert sorted(written_kinds) == sorted(EVENT_KINDS)


async def test_a_change_writes_its_event_once_with_ids_only(driver: neo4j.AsyncDriver, graph: Graph, team: str) -> None:
    job = await create_load_job(graph, await viewer_of(graph, "ben"), name="mail.mbox", owner_address=BEN)
    invitation, _ = await create_invitation(graph, team, "ana", role=Role.MEMBER)

    async def end_upload() -> None:
        await update_load_job(graph, team, job.id, LoadJobStatus.RUNNING)
        for _ in range(2):
            await update_load_job(graph, team, job.id, LoadJobStatus.DONE, report=("linkedin: loaded",))

    async def join() -> None:
        await join_network(graph, invitation, name="Cleo", email="cleo@home.example")

    async def request_erasure_of_jane() -> None:
        await request_erasure_of_address(graph, team, f"email:{JANE}", proved_at=0, days=7)

    async def dispute_erasure_of_jane() -> None:
        request = await find_erasure_request(graph, team, f"email:{JANE}")
        assert request
        ana, status = await viewer_of(graph, "ana"), ErasureRequestStatus.DISPUTED
        await decide_erasure_request(graph, ana, request.id, status, reason="A reason.")

    changes: list[tuple[Callable[[], Awaitable[object]], int, list[str]]] = [
        (lambda: request_jane(graph), 2, ["introduction_request_sent", "introduction_request_delivered"]),
        (lambda: answer_ana(graph), 2, ["introduction_request_updated"]),
        (end_upload, 1, ["load_job_ended"]),
        (join, 1, ["member_joined"]),
        (
            lambda: record_objection(graph, team, "email:kim@far.example", today=day_of(TODAY)),
            2,
            ["objection_recorded"],
        ),
        (request_erasure_of_jane, 2, ["erasure_requested"]),
        (dispute_erasure_of_jane, 2, ["erasure_decided"]),
        (lambda: leave_network(graph, team, "ben"), 2, ["member_left"]),
    ]
    expected: list[str] = []
    for change, times, new in changes:
        for _ in range(times):
            await change()
        expected += new
        if new == ["member_left"]:  # leaving deletes the events about Ben's jobs and requests
            kept = ["member_joined", "objection_recorded", "erasure_requested", "erasure_decided"]
            expected = [*kept, "member_left"]
        else:
            stored = str(await events(driver))
            assert all(value not in stored for value in ("@", "Jane", "Ben", "Cleo", "mail.mbox"))
        assert await kinds(driver) == expected


async def test_an_erasure_writes_one_event_and_removes_those_about_the_person(
    driver: neo4j.AsyncDriver, graph: Graph, team: str
) -> None:
    await request_jane(graph)
    await record_objection(graph, team, f"email:{JANE}", today=day_of(TODAY))
    viewer = await viewer_of(graph, "ben")
    assert await kinds(driver) == ["objection_recorded"]

    for _ in range(2):
        assert not isinstance(await erase_person(graph, viewer, JANE), AmbiguousTarget | UnknownTarget)

    assert await kinds(driver) == ["person_erased"]
    assert set((await events(driver))[0]) == {
        "network", "id", "kind", "created_at", "next_attempt_at", "attempts"
    }  # fmt: skip


async def test_events_are_delivered_oldest_first_and_then_deleted(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await write_events(driver, "n", "one", "two", "three")
    await write_events(driver, "other", "four")
    delivered: list[str] = []

    async def consume(event: MemberLeft) -> None:
        delivered.append(event.about)

    async with deliver_events(graph, ["n"], {MemberLeft: [consume]}, poll_seconds=0.05):
        while len(await events(driver)) > 1:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.05)

    assert delivered == ["one", "two", "three"]
    assert [event["id"] for event in await events(driver)] == ["four"]


async def test_concurrent_workers_deliver_each_event_once(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await write_events(driver, "n", *(f"e{number}" for number in range(20)))
    delivered: list[str] = []

    async def consume(event: MemberLeft) -> None:
        delivered.append(event.about)
        await asyncio.sleep(0)

    consumers: Consumers = {MemberLeft: [consume]}
    while await list_networks_with_events(graph):
        await asyncio.gather(*(deliver_due_events(graph, None, consumers) for _ in range(4)))

    assert sorted(delivered) == sorted(f"e{number}" for number in range(20))


async def test_an_event_of_a_dead_worker_is_due_after_its_lease(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await write_events(driver, "n", "one")

    dead = await claim_event(graph, "n", 60.0)
    assert dead
    assert await claim_event(graph, "n", 60.0) is None
    await make_due(driver)
    second = await claim_event(graph, "n", 60.0)

    assert second
    assert (dead.attempts, second.attempts) == (1, 2)
    await record_failed_attempt(graph, dead, retry_seconds=0.0)  # too late: the lease has expired
    assert await claim_event(graph, "n", 60.0) is None
    await delete_event(graph, second)
    assert await events(driver) == []


async def test_a_failing_event_is_retried_with_backoff_and_then_kept(
    driver: neo4j.AsyncDriver, graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    await write_events(driver, "n", "bad", "good")
    delivered: list[str] = []
    delays: list[float] = []

    async def consume(event: MemberLeft) -> None:
        if event.about == "bad":
            raise ValueError("Jane Okonkwo")
        delivered.append(event.about)

    consumers: Consumers = {MemberLeft: [consume]}
    with caplog.at_level(logging.ERROR):
        for _ in range(MAX_ATTEMPTS):
            await deliver_due_events(graph, None, consumers)
            (event,) = await events(driver)
            rows, _, _ = await driver.execute_query("RETURN timestamp() AS now")
            delays.append((event.get("next_attempt_at", 0) - rows[0]["now"]) / 1000)
            await make_due(driver)

    assert delivered == ["good"]
    assert all(earlier < later for earlier, later in pairwise(delays[:10]))
    assert [event["id"] for event in await events(driver)] == ["bad"]
    assert (await events(driver))[0]["failed_at"]
    assert await list_networks_with_events(graph) == []
    assert [record.getMessage() for record in caplog.records] == ["event member_left bad failed: ValueError"]


async def test_a_failing_consumer_does_not_keep_the_event_from_others(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await write_events(driver, "n", "one")
    delivered: list[str] = []

    async def fail(_: MemberLeft) -> None:
        raise ValueError

    async def consume(event: MemberLeft) -> None:
        delivered.append(event.about)

    await deliver_due_events(graph, None, {MemberLeft: [fail, consume]})

    assert delivered == ["one"]
    assert [event["id"] for event in await events(driver)] == ["one"]  # it is tried again


async def test_crashing_events_and_unknown_kinds_are_given_up(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await write_events(driver, "n", "deadly", "later")
    await driver.execute_query("MATCH (e:Event {id: 'deadly'}) SET e.attempts = $attempts", attempts=MAX_ATTEMPTS)
    await driver.execute_query("MATCH (e:Event {id: 'later'}) SET e.kind = 'unknown'")
    called: list[Event] = []

    async def consume(event: Event) -> None:
        called.append(event)

    consumers = {kind: [consume] for kind in EVENT_KINDS.values()}
    for _ in range(MAX_ATTEMPTS):
        await deliver_due_events(graph, None, consumers)
        await make_due(driver)

    assert called == []
    assert {event["id"]: "failed_at" in event for event in await events(driver)} == {"deadly": True, "later": True}


async def test_a_slow_consumer_is_cancelled(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write_events(driver, "n", "slow")
    monkeypatch.setattr(module, "DELIVERY_SECONDS", 0.01)

    async def consume(_: MemberLeft) -> None:
        await asyncio.sleep(3600)

    await deliver_due_events(graph, None, {MemberLeft: [consume]})

    assert [event["attempts"] for event in await events(driver)] == [1]


async def test_consumers_receive_the_class_they_subscribed_to(
    driver: neo4j.AsyncDriver, graph: Graph, team: str
) -> None:
    request = await request_jane(graph)
    invitation, _ = await create_invitation(graph, team, "ana", role=Role.MEMBER)
    await join_network(graph, invitation, name="Cleo", email=None)
    received: list[Event] = []

    async def consume(event: Event) -> None:
        received.append(event)

    await deliver_due_events(
        graph, frozenset([team]), {IntroductionRequestDelivered: [consume], PersonErased: [consume]}
    )

    (event,) = received
    assert isinstance(event, IntroductionRequestDelivered)
    assert (event.network, event.member, event.about) == (team, "ben", request)
    assert not isinstance(event, MemberJoined)
    assert await events(driver) == []


def test_retries_double_up_to_an_hour() -> None:
    delays = [retry_delay(attempts) for attempts in range(1, MAX_ATTEMPTS + 1)]

    assert delays[:3] == [5.0, 10.0, 20.0]
    assert delays[-3:] == [2560.0, 3600.0, None]
