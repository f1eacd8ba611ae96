"""Requests to a colleague whom the asker does not see: the name after acceptance, and nothing of anything else."""

import re
from collections.abc import Awaitable, Callable
from datetime import time
from typing import Any

import neo4j
import pytest

from graph.answers import Introductions
from graph.database.client import Graph
from graph.errors import IntroductionRequestConflict, InvalidIntroductionRequest
from graph.insights.review.archived_connections import list_archived_connections
from graph.introductions.colleagues import find_colleagues_who_know
from graph.introductions.target_list import answer_target_list
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.leaving import leave_network
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.privacy.erasure_requests import withdraw_erasure_request
from graph.privacy.export import export_person
from graph.privacy.objection import record_objection
from graph.privacy.subject_requests import request_erasure_of_address
from graph.requests.balance import balances
from graph.requests.expiry import expire_due_requests
from graph.requests.notifications import list_notifications
from graph.requests.protection import IntroducerPreferences, QuietHours
from graph.requests.states import DEFAULT_RULES, RequestAction, RequestStatus
from graph.sharing.exclusions import exclude_introducer, unexclude_introducer
from graph.sharing.introducer_visibility import set_introducer_visibility
from graph.statements.tie_statements import list_statements
from operations.ask import ask
from operations.insights.review import archive_people, restore_people
from operations.requests.acting import Response, respond_to_request, send_request, withdraw_request
from operations.requests.drafting import create_request
from operations.requests.preferences import choose_preferences
from operations.requests.reading import find_request, list_requests, message_to_send
from presentation.request_json import notification_data, request_data
from presentation.request_sentences import status_text
from tests.graph.teams import load_for
from tests.graph.worlds import TODAY, own, talk
from tests.operations.requests_team import ANA, BEN, CLEO, DAN, FACTS, JANE, create_request_team, session_of

TIMES = re.compile(r"\d{13}|\d{4}-\d\d-\d\dT[\d:.+]*|[0-9a-f]{24,}")
CHANGE_TIME = "MATCH (r:IntroductionRequest) WHERE r.expires_at > 0 SET r.expires_at = timestamp() - 1"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    """Ben knows Jane best, then Cleo, then Dan, whom Ana knows herself. Colleagues are named after consent."""
    network = await create_request_team(driver, graph)
    cleos = [own(CLEO, "Cleo"), *talk(CLEO, BEN), *talk(CLEO, JANE, times=2, ago=60)]
    await load_for(graph, "cleo", cleos, SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    return graph


async def send_hidden(graph: Graph, key: str = "k") -> str:
    ana = await session_of(graph, "ana")
    id = (await create_request(ana, JANE, None, FACTS, key=key)).id
    assert await send_request(ana, id)
    return id


async def respond(graph: Graph, id: str, response: Response, member: str = "ben", **values: str) -> RequestStatus:
    request = await respond_to_request(await session_of(graph, member), id, response, today=TODAY, **values)
    assert request
    return request.status


async def introducers(graph: Graph) -> tuple[list[str], float | None]:
    answer = (await ask(await session_of(graph, "ana"), JANE, team=True)).answer
    assert isinstance(answer, Introductions)
    return [route.people[0].name for route in answer.routes], answer.withheld_strength


async def test_the_name_is_visible_after_the_introducer_accepts(team: Graph) -> None:
    assert await introducers(team) == (["Dan"], 0.75)
    id = await send_hidden(team)
    ana, ben = await session_of(team, "ana"), await session_of(team, "ben")

    asked = await find_request(ana, id)
    received = await find_request(ben, id)
    assert asked
    assert received
    assert (asked.introducer.name, asked.contact.name, asked.introducer_member) == ("a colleague", "Jane", None)
    assert (received.introducer.name, received.asker_id, received.contact.name) == ("Ben", "ana", "Jane")
    assert "Ben" not in asked.texts.reason + asked.texts.note
    assert asked.available_actions == (RequestAction.WITHDRAW,)
    assert await message_to_send(ana, asked) is None
    assert await list_requests(await session_of(team, "cleo")) == []

    assert await respond(team, id, Response.ACCEPT) is RequestStatus.ACCEPTED
    accepted = await find_request(ana, id)
    assert accepted
    assert (accepted.introducer.name, accepted.is_introducer_hidden) == ("Ben", False)
    assert await introducers(team) == (["Ben", "Dan"], 0.4)
    assert await respond(team, id, Response.DECLINE) is RequestStatus.DECLINED
    assert await introducers(team) == (["Dan"], 0.4)


async def test_the_next_request_goes_to_the_next_colleague(driver: neo4j.AsyncDriver, team: Graph) -> None:
    first = await send_hidden(team)
    second = await send_hidden(team, "two")
    for member, id in (("ben", first), ("cleo", second)):
        assert [each.id for each in await list_requests(await session_of(team, member))] == [id]
    with pytest.raises(InvalidIntroductionRequest, match="whom you have not asked"):
        await create_request(await session_of(team, "ana"), JANE, None, FACTS)

    await driver.execute_query(CHANGE_TIME)
    assert await introducers(team) == (["Dan"], None)


async def labels(graph: Graph) -> list[object]:
    """What Ana learns about colleagues who are not named, in each answer that has a label."""
    ana = await session_of(graph, "ana")
    (row,) = await answer_target_list(graph, ana.viewer, [JANE], team=True)
    target = await resolve_reference(graph, ana.viewer, JANE)
    assert isinstance(target, ResolvedTarget)
    colleagues = await find_colleagues_who_know(graph, ana.viewer, target)
    named = [step.from_person.name for step in colleagues.steps]
    return [(await introducers(graph))[1], row.withheld_strength, colleagues.withheld, named]


@pytest.mark.parametrize("for_everybody", [False, True])
async def test_whom_the_asker_excludes_or_archives_does_not_change_the_label(team: Graph, for_everybody: bool) -> None:
    before = await labels(team)
    assert before == [0.75, 0.75, 0.75, []]
    for address in (BEN, CLEO, DAN):
        ana = await session_of(team, "ana")
        target = await resolve_reference(team, ana.viewer, address)
        assert isinstance(target, ResolvedTarget)
        id = await exclude_introducer(
            team, ana.state, ana.viewer, target.person.id, today=TODAY, for_everybody=for_everybody
        )
        assert await labels(team) == before
        assert (await introducers(team))[0] == ([] if address == DAN else ["Dan"])
        ana = await session_of(team, "ana")
        assert await unexclude_introducer(team, ana.state, ana.viewer, id)
        await archive_people(ana, [target.person.id], today=TODAY)
        assert len((await session_of(team, "ana")).viewer.archived_people) == 1
        assert await labels(team) == before
        await restore_people(ana, [archived.id for archived in await list_archived_connections(team, ana.viewer)])
    sent = await send_hidden(team)
    assert [each.id for each in await list_requests(await session_of(team, "ben"))] == [sent]


async def test_a_colleague_whom_an_owner_excluded_is_on_no_label_of_others(team: Graph) -> None:
    """The choices of other members, and of the colleague, count. A list has the best route only, that of Dan."""
    ben = await session_of(team, "ben")
    await exclude_introducer(team, ben.state, ben.viewer, ben.viewer.person_id or "", today=TODAY)
    assert await labels(team) == [0.4, None, 0.4, []]


async def nothing(graph: Graph, id: str) -> None:
    """Ben does not answer."""


async def decline(graph: Graph, id: str) -> None:
    for _ in range(2):
        assert await respond(graph, id, Response.DECLINE, key="decline") is RequestStatus.DECLINED
    with pytest.raises(IntroductionRequestConflict):
        await respond(graph, id, Response.ACCEPT)


async def decline_as_not_acquainted(graph: Graph, id: str) -> None:
    assert await respond(graph, id, Response.DOES_NOT_KNOW) is RequestStatus.DECLINED
    viewers = [(await session_of(graph, member)).viewer for member in ("ana", "ben")]
    assert [len(await list_statements(graph, viewer)) for viewer in viewers] == [0, 1]


async def unseen(graph: Graph, id: str) -> None:
    """Ben never receives the request."""
    assert await list_requests(await session_of(graph, "ben")) == []


Answer = Callable[[Graph, str], Awaitable[None]]
QUIET = QuietHours(time(0, 0), time(23, 59), "UTC")
CASES: dict[str, tuple[IntroducerPreferences, tuple[str, ...], Answer]] = {
    "no answer": (IntroducerPreferences(), (), nothing),
    "decline": (IntroducerPreferences(), (), decline),
    "cap": (IntroducerPreferences(monthly_cap=0), (), unseen),
    "cap per asker": (IntroducerPreferences(monthly_cap_per_asker=0), (), unseen),
    "not before": (IntroducerPreferences(not_before=4_102_444_800_000), (), unseen),
    "no-go": (IntroducerPreferences(), (JANE,), unseen),
    "quiet hours": (IntroducerPreferences(quiet_hours=QUIET), (), nothing),
    "not acquainted": (IntroducerPreferences(), (), decline_as_not_acquainted),
}
"""What Ben set, and what he does. The last case changes Ben's own ties."""


async def seen_by_ana(driver: neo4j.AsyncDriver, graph: Graph) -> list[str]:
    """Everything of requests that Ana can see, and what webhooks receive, without ids and times."""
    ana = await session_of(graph, "ana")
    requests = await list_requests(ana)
    notifications: list[Any] = [request_data(each, await message_to_send(ana, each)) for each in requests]
    notifications += [status_text(each) for each in requests]
    notifications += [each.changed_at == each.transitions[-1].at for each in requests if each.transitions]
    notifications += [notification_data(each, None) for each in await list_notifications(graph, ana.viewer)]
    export = await export_person(graph, ana.viewer, BEN)
    assert isinstance(export, dict)
    notifications += [balances(requests), export["introductionRequests"]]
    notifications.append(await introducers(graph))
    rows, _, _ = await driver.execute_query(
        """MATCH (e:Event) WHERE e.kind STARTS WITH 'introduction_' AND e.kind <> 'introduction_request_delivered'
        RETURN e.kind AS kind, e.status AS status, e.next_attempt_at <= timestamp() AS is_due,
          e.member = 'ana' AS is_for_ana ORDER BY e.created_at, kind"""
    )
    notifications += [dict(row) | {"is_for_ana": bool(row["is_for_ana"])} for row in rows]
    return [TIMES.sub("~", str(each)) for each in notifications]


async def test_everything_but_acceptance_looks_like_no_answer(driver: neo4j.AsyncDriver, team: Graph) -> None:
    seen: dict[str, list[list[str]]] = {}
    network = (await session_of(team, "ana")).state.network
    for name, (preferences, no_go, answer) in CASES.items():
        await driver.execute_query("MATCH (n:IntroductionRequest|Event|AuditEntry) DETACH DELETE n")
        await choose_preferences(await session_of(team, "ben"), preferences, no_go)
        id = await send_hidden(team)
        await answer(team, id)
        seen[name] = [await seen_by_ana(driver, team)]
        soon = "MATCH (r:IntroductionRequest) SET r.expires_at = timestamp() + 60000"
        for query in (soon, CHANGE_TIME):
            await driver.execute_query(query)
            await expire_due_requests(team, network, DEFAULT_RULES)
            seen[name].append(await seen_by_ana(driver, team))

    assert "'status': 'EXPIRED'" in str(seen["no answer"][2])
    assert "Ben" not in str(seen)
    for name, views in seen.items():
        assert views == seen["no answer"], name


async def test_departure_objection_and_erasure_of_the_introducer_look_like_no_answer(
    driver: neo4j.AsyncDriver, team: Graph
) -> None:
    network = (await session_of(team, "ana")).state.network
    id = await send_hidden(team)
    draft = (await create_request(await session_of(team, "ana"), JANE, None, FACTS, key="draft")).id
    stored = "MATCH (r:IntroductionRequest {id: $id}) RETURN properties(r) AS r"

    async def seen() -> list[object]:
        request = await find_request(await session_of(team, "ana"), id)
        assert request
        return [request_data(request, None), status_text(request)]

    before = await seen()
    drafted = await find_request(await session_of(team, "ana"), draft)
    await leave_network(team, network, "cleo")
    assert await find_request(await session_of(team, "ana"), draft) == drafted
    rows, _, _ = await driver.execute_query(stored, id=draft)
    assert "cleo" not in str(rows[0]["r"]).lower()
    assert await send_request(await session_of(team, "ana"), draft)  # Cleo's: sent although she left
    await record_objection(team, network, f"email:{BEN}", today=TODAY.toordinal())
    assert await seen() == before
    await erase_person(team, (await session_of(team, "ana")).viewer, BEN)
    assert await seen() == before
    await expire_due_requests(team, network, DEFAULT_RULES)
    rows, _, _ = await driver.execute_query(stored, id=id)
    assert "ben" not in str(rows[0]["r"]).lower().replace("benefit", "")


SECOND = """MATCH (r:IntroductionRequest {id: $id}) MATCH (:Identity {key: $key})-[:OF]->(p:Person)
SET r.keys = [head(r.keys), $key, last(r.keys)], r.people = [head(r.people), p.id, last(r.people)],
  r.names = [head(r.names), 'Dan', last(r.names)]"""


async def test_objection_and_erasure_of_a_second_introducer_look_like_no_answer(
    driver: neo4j.AsyncDriver, team: Graph
) -> None:
    """Ben would ask Dan. Ana sees neither of them."""
    ana = await session_of(team, "ana")
    ids = [await send_hidden(team), (await create_request(ana, JANE, None, FACTS, key="draft")).id]
    for id in ids:
        await driver.execute_query(SECOND, id=id, key=f"email:{DAN}")

    async def seen() -> list[object]:
        requests = [await find_request(await session_of(team, "ana"), id) for id in ids]
        return [(request_data(each, None), status_text(each)) for each in requests if each]

    before = await seen()
    assert len(before) == 2
    assert await request_erasure_of_address(team, ana.state.network, f"email:{DAN}", proved_at=1_000, days=7)
    assert await seen() == before
    await withdraw_erasure_request(team, ana.state.network, f"email:{DAN}")
    await record_objection(team, ana.state.network, f"email:{DAN}", today=TODAY.toordinal())
    assert await seen() == before
    for id in ids:
        await driver.execute_query(SECOND, id=id, key=f"email:{DAN}")
    await erase_person(team, ana.viewer, DAN)
    assert await seen() == before
    assert await list_requests(await session_of(team, "ben")) == []
    rows, _, _ = await driver.execute_query("MATCH (r:IntroductionRequest) RETURN properties(r) AS r")
    assert "dan" not in str([row["r"] for row in rows]).lower()


async def test_a_cap_does_not_reveal_whom_hidden_requests_reached(team: Graph) -> None:
    """Ben takes one request of Ana's, and the hidden one was his. A named one is sent, and not delivered."""
    await choose_preferences(await session_of(team, "ben"), IntroducerPreferences(monthly_cap_per_asker=1), ())
    hidden = await send_hidden(team)
    await respond(team, hidden, Response.DECLINE)
    state = (await session_of(team, "ana")).state
    await set_introducer_visibility(team, state, "ana", IntroducerVisibility.IMMEDIATE)
    answer = (await ask(await session_of(team, "ana"), JANE, team=True)).answer
    assert isinstance(answer, Introductions)
    (stamp,) = [route.stamp for route in answer.routes if route.people[0].name == "Ben"]
    assert stamp
    assert (stamp.takes_requests, stamp.asked_at, stamp.declined_at) == (True, None, None)

    ana = await session_of(team, "ana")
    named = (await create_request(ana, JANE, BEN, FACTS, key="named")).id
    sent = await send_request(ana, named)
    assert sent
    assert sent.status is RequestStatus.SENT
    assert [each.id for each in await list_requests(await session_of(team, "ben"))] == [hidden]


async def test_a_withdrawal_after_an_unseen_decline_is_no_news_for_the_introducer(team: Graph) -> None:
    id = await send_hidden(team)
    await respond(team, id, Response.DECLINE)
    ben = await session_of(team, "ben")
    before = await find_request(ben, id)

    await withdraw_request(await session_of(team, "ana"), id)

    assert await find_request(ben, id) == before
    assert before
    assert before.is_declined_unseen
    assert [each.action for each in before.transitions] == [RequestAction.SEND, RequestAction.DECLINE]
    assert ANA not in str(before)
