"""Protection of introducers, expiry, reminders and the next route."""

import asyncio
from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

import neo4j
import pytest

from graph.answers import Introductions, Route
from graph.database.client import Graph
from graph.errors import IntroducerUnavailable, InvalidIntroductionRequest
from graph.requests.expiry import delete_old_requests, expire_due_requests
from graph.requests.protection import IntroducerPreferences, QuietHours, is_time_zone, read_preferences, set_preferences
from graph.requests.states import DEFAULT_RULES, RequestAction, RequestRules, RequestStatus
from graph.sharing.exclusions import exclude_introducer
from operations.ask import ask
from operations.requests.acting import Response, respond_to_request, send_request, withdraw_request
from operations.requests.drafting import create_next_request, find_next_route
from operations.requests.preferences import choose_preferences
from operations.requests.reading import find_request
from operations.session import Session
from tests.graph.worlds import TODAY
from tests.operations.requests_team import (
    BEN,
    DAN,
    JANE,
    create_request_team,
    draft_request,
    sent_request,
    session_of,
)

BLOCKED = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    await create_request_team(driver, graph)
    return graph


async def strict_session(graph: Graph, member: str, rules: RequestRules) -> Session:
    return replace(await session_of(graph, member), request_rules=rules)


async def routes_to_jane(graph: Graph, member: str = "ana", rules: RequestRules = DEFAULT_RULES) -> list[Route]:
    answer = (await ask(await strict_session(graph, member, rules), JANE, team=True)).answer
    assert isinstance(answer, Introductions)
    return list(answer.routes)


async def test_caps_hold_across_askers_and_under_concurrency(team: Graph) -> None:
    rules = RequestRules(monthly_cap=3, monthly_cap_per_asker=2)
    drafts = [
        (member, (await draft_request(team, BEN, str(n), member)).id) for member in ("ana", "cleo") for n in range(3)
    ]
    sessions = {member: await strict_session(team, member, rules) for member in ("ana", "cleo")}

    results = await asyncio.gather(
        *(send_request(sessions[member], id) for member, id in drafts), return_exceptions=True
    )

    sent = [member for (member, _), result in zip(drafts, results, strict=True) if not isinstance(result, Exception)]
    assert len(sent) == 3
    assert max(sent.count("ana"), sent.count("cleo")) <= 2
    assert all(isinstance(result, IntroducerUnavailable) for result in results if isinstance(result, Exception))


async def test_an_introducer_who_is_no_member_is_protected_too(team: Graph) -> None:
    ana = await strict_session(team, "ana", RequestRules(monthly_cap_per_asker=1))
    await send_request(ana, (await draft_request(team, DAN, "one")).id)
    second = (await draft_request(team, DAN, "two")).id

    with pytest.raises(IntroducerUnavailable, match="from you until"):
        await send_request(ana, second)
    request = await find_request(ana, second)
    assert request
    assert request.status is RequestStatus.DRAFT


async def test_a_route_through_an_introducer_at_their_cap_is_last(team: Graph) -> None:
    rules = RequestRules(monthly_cap=1)
    assert [route.people[0].name for route in await routes_to_jane(team, rules=rules)] == ["Ben", "Dan"]

    id = await sent_request(team)
    dan, ben = await routes_to_jane(team, rules=rules)
    assert (dan.people[0].name, ben.people[0].name) == ("Dan", "Ben")
    assert dan.stamp
    assert dan.stamp.takes_requests
    assert ben.stamp
    assert (ben.stamp.takes_requests, ben.stamp.asked_by_colleague) == (False, False)
    assert ben.stamp.asked_at
    assert ben.stamp.takes_requests_from == (-(-ben.stamp.asked_at // 86_400_000) + 30) * 86_400_000  # a whole day
    (of_cleo,) = [route.stamp for route in await routes_to_jane(team, "cleo") if route.people[0].name == "Ben"]
    assert of_cleo
    assert (of_cleo.asked_at, of_cleo.asked_by_colleague) == (None, True)

    await respond_to_request(await session_of(team, "ben"), id, Response.DECLINE, today=TODAY)
    (of_ana,) = [route.stamp for route in await routes_to_jane(team) if route.people[0].name == "Ben"]
    (of_cleo,) = [route.stamp for route in await routes_to_jane(team, "cleo") if route.people[0].name == "Ben"]
    assert of_ana
    assert of_ana.declined_at
    assert of_cleo
    assert (of_cleo.declined_at, of_cleo.asked_by_colleague) == (None, False)  # only Ana learns of the answer


async def test_members_choose_what_they_take(driver: neo4j.AsyncDriver, team: Graph) -> None:
    ben = await session_of(team, "ben")
    id = (await draft_request(team)).id
    for preferences, no_go, message in (
        (IntroducerPreferences(monthly_cap=0), (), "takes no requests at present"),
        (IntroducerPreferences(not_before=4_102_444_800_000), (), "takes no more requests until 1 Jan 2100"),
        (IntroducerPreferences(), (JANE,), "for this target"),
    ):
        await choose_preferences(ben, preferences, no_go)
        with pytest.raises(IntroducerUnavailable, match=message):
            await send_request(await session_of(team, "ana"), id)

    quiet = QuietHours(time(0, 0), time(23, 59), "Europe/Berlin")
    await choose_preferences(ben, IntroducerPreferences(quiet_hours=quiet), ())
    assert (await read_preferences(team, ben.viewer)).quiet_hours == quiet
    await send_request(await session_of(team, "ana"), id)
    rows, _, _ = await driver.execute_query(
        """MATCH (e:Event {kind: 'introduction_request_delivered'})
        RETURN e.next_attempt_at - e.created_at AS wait, datetime.realtime('Europe/Berlin') AS now"""
    )
    assert rows[0]["wait"] > 0 or (rows[0]["now"].hour, rows[0]["now"].minute) in {(23, 59), (0, 0)}


async def test_a_draft_cannot_be_sent_to_an_introducer_excluded_meanwhile(team: Graph) -> None:
    ben = await session_of(team, "ben")
    id = (await draft_request(team)).id
    own = ben.viewer.person_id or ""
    await exclude_introducer(team, ben.state, ben.viewer, own, today=TODAY, for_everybody=True)

    with pytest.raises(IntroducerUnavailable, match="takes no requests at present"):
        await send_request(await session_of(team, "ana"), id)


async def test_a_time_zone_that_the_database_does_not_know_is_refused(driver: neo4j.AsyncDriver, team: Graph) -> None:
    ben = (await session_of(team, "ben")).viewer
    for zone in ("EST", "localtime", "right/UTC", "Europe/Berlyn"):
        with pytest.raises(InvalidIntroductionRequest, match="time zone"):
            await set_preferences(team, ben, IntroducerPreferences(quiet_hours=QuietHours(time(0), time(1), zone)))

    zones = [zone for zone in available_timezones() if is_time_zone(zone)]
    counting = "UNWIND $zones AS zone RETURN count(datetime({epochMillis: 0, timezone: zone})) AS known"
    assert (await driver.execute_query(counting, zones=zones)).records[0]["known"] == len(zones)
    assert "UTC" in zones


async def test_requests_expire_once_after_a_reminder(driver: neo4j.AsyncDriver, team: Graph) -> None:
    ana = await session_of(team, "ana")
    network = ana.state.network
    id = await sent_request(team)

    async def kinds() -> list[tuple[str, str | None]]:
        rows, _, _ = await driver.execute_query(
            "MATCH (e:Event {about: $id}) RETURN e.kind AS kind, e.member AS member ORDER BY e.created_at, kind DESC",
            id=id,
        )
        return [(row["kind"].removeprefix("introduction_request_"), row["member"]) for row in rows]

    await expire_due_requests(team, network, DEFAULT_RULES)
    assert await kinds() == [("sent", None), ("delivered", "ben")]
    for change, expected in (
        ("r.expires_at = timestamp() + 86400000", ("due", "ben")),
        ("r.expires_at = timestamp() - 1", ("expired", "ana")),
    ):
        await driver.execute_query(f"MATCH (r:IntroductionRequest) SET {change}")
        for _ in range(2):
            await expire_due_requests(team, network, DEFAULT_RULES)
        assert (await kinds())[-1] == expected
    assert len(await kinds()) == 4

    request = await find_request(ana, id)
    assert request
    assert (request.status, request.transitions[-1].action, request.transitions[-1].role) == (
        RequestStatus.EXPIRED,
        RequestAction.EXPIRE,
        None,
    )
    await driver.execute_query("MATCH (r:IntroductionRequest) SET r.changed_at = 0")
    # somebody changes the request while it is about to be deleted
    async with driver.session() as other, await other.begin_transaction() as transaction:
        await transaction.run("MATCH (r:IntroductionRequest) SET r.changed_at = timestamp()")
        deleting = asyncio.create_task(delete_old_requests(team, network))
        while not (await driver.execute_query(BLOCKED)).records:
            pass
        await transaction.commit()
    await deleting
    assert await find_request(ana, id)
    await driver.execute_query("MATCH (r:IntroductionRequest) SET r.changed_at = 0")
    await delete_old_requests(team, network)
    assert await find_request(ana, id) is None


async def test_the_next_route_shares_nobody_and_is_not_sent(team: Graph) -> None:
    ana = await session_of(team, "ana")
    id = await sent_request(team)
    request = await find_request(ana, id)
    assert request
    assert await find_next_route(ana, request) is None
    await respond_to_request(await session_of(team, "ben"), id, Response.DECLINE, today=TODAY)

    following = await create_next_request(ana, id, key="next")
    assert following
    assert (following.introducer.name, following.status, following.texts.note) == (
        "Dan",
        RequestStatus.DRAFT,
        request.texts.note,
    )
    assert "Ben" not in following.texts.reason
    await send_request(ana, following.id)
    await respond_to_request(ana, following.id, Response.DECLINE, today=TODAY)
    ended = await find_request(ana, following.id)
    assert ended
    assert await find_next_route(ana, ended) is None
    assert await withdraw_request(ana, (await draft_request(team, key="last")).id)
