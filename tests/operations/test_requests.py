"""Introduction requests from the draft to the outcome, and who sees them."""

import neo4j
import pytest

from graph.answers import Introductions
from graph.database.client import Graph
from graph.errors import IntroductionRequestConflict, InvalidIntroductionRequest
from graph.membership.leaving import leave_network
from graph.membership.roles import rename_member
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person
from graph.privacy.subject_requests import export_address
from graph.requests.balance import balances
from graph.requests.notifications import list_notifications, mark_notifications_read
from graph.requests.results import list_results
from graph.requests.states import Outcome, RequestAction, RequestRole, RequestStatus
from graph.statements.tie_statements import list_statements
from operations.ask import ask
from operations.requests.acting import (
    Response,
    TargetResponse,
    record_introduction,
    record_outcome,
    record_target_response,
    respond_to_request,
    send_request,
    thank_introducer,
    withdraw_request,
)
from operations.requests.drafting import create_request, edit_request
from operations.requests.reading import find_request, list_requests, message_to_send
from operations.session import Session
from presentation.request_sentences import notification_text
from presentation.request_texts import RequestFacts
from tests.graph.worlds import TODAY
from tests.operations.requests_team import (
    ANA,
    BEN,
    CLEO,
    DAN,
    FACTS,
    JANE,
    create_request_team,
    draft_request,
    sent_request,
    session_of,
)


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    await create_request_team(driver, graph)
    return graph


async def respond(graph: Graph, member: str, id: str, response: Response, **values: str) -> RequestStatus:
    request = await respond_to_request(await session_of(graph, member), id, response, today=TODAY, **values)
    assert request is not None
    return request.status


async def test_a_request_runs_from_the_draft_to_the_outcome(driver: neo4j.AsyncDriver, team: Graph) -> None:
    ana, ben = await session_of(team, "ana"), await session_of(team, "ben")
    id = await sent_request(team)
    (received,) = await list_requests(ben, role=RequestRole.INTRODUCER)
    assert (received.id, received.asker_id, received.target.name) == (id, "ana", "Jane")
    assert received.available_actions == (
        RequestAction.ACCEPT,
        RequestAction.ALLOW_MENTION,
        RequestAction.REDIRECT,
        RequestAction.DECLINE,
    )

    assert await respond(team, "ben", id, Response.ACCEPT) is RequestStatus.ACCEPTED
    accepted = await find_request(ben, id)
    assert accepted
    to_jane = await message_to_send(ben, accepted)
    assert to_jane
    assert (to_jane.to, to_jane.text.strip()) == (JANE, accepted.texts.note)
    await record_target_response(ben, id, TargetResponse.ASKED)
    await record_target_response(ana, id, TargetResponse.AGREED)
    await record_introduction(ben, id)
    for outcome in (Outcome.MET, Outcome.MET, Outcome.DEAL):
        await record_outcome(ana, id, outcome)

    for _ in range(2):
        thanked = await thank_introducer(ana, id)
    assert thanked
    assert RequestAction.THANK not in thanked.available_actions
    await record_outcome(ana, id, Outcome.DEAL)
    (of_ana,) = balances(await list_requests(ana))
    (of_ben,) = balances(await list_requests(ben))
    assert (of_ana.asked, of_ana.introduced, of_ana.thanked) == (1, 1, 1)
    assert (of_ben.received, of_ben.given, of_ben.thanked_viewer) == (1, 1, 1)
    assert "thanks you: the request for Jane." in notification_text((await list_notifications(team, ben.viewer))[0])
    closed = await find_request(ben, id)
    assert closed
    assert (closed.status, closed.outcome, closed.expires_at) == (RequestStatus.CLOSED, Outcome.DEAL, None)
    (result,) = await list_results(team, ana.state.network)
    assert (result.is_accepted, result.has_agreed, result.outcome) == (True, True, Outcome.DEAL)
    assert result.score is not None
    assert [(each.action.value, each.role and each.role.value) for each in closed.transitions] == [
        ("send", "asker"),
        ("accept", "introducer"),
        ("record_target_asked", "introducer"),
        ("record_target_agreed", "asker"),
        ("record_introduction", "introducer"),
        ("record_outcome", "asker"),
        ("record_outcome", "asker"),
        ("thank", "asker"),
    ]
    rows, _, _ = await driver.execute_query(
        "MATCH (e:Event {about: $id}) WHERE e.member IS NOT NULL "
        "RETURN e.member AS member, e.status AS status ORDER BY e.created_at",
        id=id,
    )
    assert [(row["member"], row["status"]) for row in rows] == [
        ("ben", "sent"),
        ("ana", "accepted"),
        ("ana", "target_asked"),
        ("ben", "target_agreed"),
        ("ana", "introduced"),
        ("ben", "closed"),
        ("ben", "closed"),
        ("ben", "closed"),
    ]


async def test_the_inbox_has_what_others_did_until_it_is_read(team: Graph) -> None:
    ana, ben, cleo = [await session_of(team, member) for member in ("ana", "ben", "cleo")]
    await rename_member(team, ana.state.network, "ana", "Ana")

    async def inbox(session: Session) -> list[tuple[str, bool]]:
        notifications = await list_notifications(team, session.viewer)
        return [(notification_text(each), each.is_read) for each in notifications]

    id = await sent_request(team)
    assert await inbox(ben) == [("Ana asks you for an introduction to Jane.", False)]
    await respond(team, "ben", id, Response.ACCEPT)
    assert await inbox(ana) == [("Ben accepted: the request for Jane.", False)]

    await mark_notifications_read(team, ben.viewer, await list_notifications(team, ben.viewer))
    await mark_notifications_read(team, ben.viewer, [])
    await withdraw_request(ana, id)
    assert await inbox(ben) == [
        ("Ana withdrew it: the request for Jane.", False),
        ("Ana asks you for an introduction to Jane.", True),
    ]
    assert await inbox(cleo) == []
    (balance,) = balances(await list_requests(ana))
    assert (balance.name, balance.asked, balance.introduced, balance.received) == ("Ben", 1, 0, 0)


async def test_the_draft_says_what_the_sources_show_and_the_note_only_what_the_asker_wrote(team: Graph) -> None:
    texts = (await draft_request(team)).texts

    assert texts.reason == (
        "My sources show that you and Jane exchanged 24 messages, the last contact in November 2026. "
        "Could you introduce me to Jane? Please decline if you would rather not."
    )
    assert texts.benefit == "You meet a customer."
    assert texts.note == (
        "My name is Ana. I run purchasing at Acme. I would like to be introduced to Jane. "
        "I want to learn how you choose suppliers. You meet a customer."
    )


async def test_a_third_member_gets_the_answer_for_an_unknown_id(team: Graph) -> None:
    id = await sent_request(team)
    draft = (await draft_request(team, DAN, "other")).id
    cleo, ben = await session_of(team, "cleo"), await session_of(team, "ben")

    assert await list_requests(cleo) == []
    assert [each.id for each in await list_requests(ben)] == [id]  # not the draft to somebody else
    for session, hidden in ((cleo, id), (cleo, draft), (ben, draft), (cleo, "0" * 24)):
        assert await find_request(session, hidden) is None
        assert await edit_request(session, hidden, note="A note.") is None
        assert await send_request(session, hidden) is None
        assert await withdraw_request(session, hidden) is None
        assert await respond_to_request(session, hidden, Response.DOES_NOT_KNOW, today=TODAY) is None
        assert await record_outcome(session, hidden, Outcome.MET) is None


async def test_a_draft_is_invisible_to_its_introducer_and_can_be_edited_until_sent(team: Graph) -> None:
    draft = await draft_request(team)
    ana = await session_of(team, "ana")

    assert await list_requests(await session_of(team, "ben")) == []
    edited = await edit_request(ana, draft.id, note="Another note.")
    assert edited
    assert (edited.texts.note, edited.texts.reason) == ("Another note.", draft.texts.reason)
    with pytest.raises(InvalidIntroductionRequest, match="empty"):
        await edit_request(ana, draft.id, note=" ")
    await send_request(ana, draft.id)
    with pytest.raises(IntroductionRequestConflict):
        await edit_request(ana, draft.id, note="Too late.")


async def test_repetitions_change_nothing(team: Graph) -> None:
    ana = await session_of(team, "ana")
    id = await sent_request(team)
    assert (await draft_request(team)).id == id  # the same key gives the same request
    assert await send_request(ana, id)
    for _ in range(2):
        assert await respond(team, "ben", id, Response.ACCEPT, key="accept") is RequestStatus.ACCEPTED
    await record_target_response(await session_of(team, "ben"), id, TargetResponse.ASKED)
    assert await respond(team, "ben", id, Response.ACCEPT, key="accept") is RequestStatus.TARGET_ASKED

    request = await find_request(ana, id)
    assert request
    assert [each.action for each in request.transitions] == [
        RequestAction.SEND,
        RequestAction.ACCEPT,
        RequestAction.RECORD_TARGET_ASKED,
    ]


async def test_an_action_that_the_state_or_the_role_does_not_allow_is_refused(team: Graph) -> None:
    id = await sent_request(team)
    ana, ben = await session_of(team, "ana"), await session_of(team, "ben")

    with pytest.raises(InvalidIntroductionRequest, match="Only the introducer"):
        await respond_to_request(ana, id, Response.ACCEPT, today=TODAY)
    with pytest.raises(InvalidIntroductionRequest, match="Only the asker"):
        await withdraw_request(ben, id)
    with pytest.raises(IntroductionRequestConflict, match="not answered yet"):
        await record_introduction(ben, id)
    with pytest.raises(InvalidIntroductionRequest, match="Name the person"):
        await respond_to_request(ben, id, Response.REDIRECT, today=TODAY)
    await withdraw_request(ana, id)
    with pytest.raises(IntroductionRequestConflict, match="withdrawn"):
        await respond_to_request(ben, id, Response.ACCEPT, today=TODAY)


async def test_a_request_needs_a_route_that_begins_with_the_introducer(team: Graph) -> None:
    ana = await session_of(team, "ana")

    for introducer in (CLEO, ANA, "nobody@far.example"):
        with pytest.raises(InvalidIntroductionRequest):
            await create_request(ana, JANE, introducer, FACTS)
    with pytest.raises(InvalidIntroductionRequest, match="why"):
        await create_request(ana, JANE, BEN, RequestFacts(" "))
    assert await list_requests(ana) == []


async def test_the_asker_writes_to_an_introducer_who_is_no_member_and_records_the_answer(team: Graph) -> None:
    ana = await session_of(team, "ana")
    id = await sent_request(team, DAN)
    request = await find_request(ana, id)
    assert request
    message = await message_to_send(ana, request)

    assert message
    assert message.mailto.startswith(f"mailto:{DAN}?subject=Introduction%20to%20Jane%3F&body=Hi%20Dan%2C")
    assert request.texts.note in message.text
    assert f"To: {DAN}" in message.eml
    assert await respond(team, "ana", id, Response.REDIRECT, redirected_to="Kim Berg") is RequestStatus.REDIRECTED
    assert len(await list_requests(ana)) == 1  # a redirection creates no request


async def test_an_introducer_who_does_not_know_the_target_is_not_suggested_again(team: Graph) -> None:
    async def introducers() -> list[str]:
        answer = (await ask(await session_of(team, "ana"), JANE, team=True)).answer
        assert isinstance(answer, Introductions)
        return [route.people[0].name for route in answer.routes]

    assert await introducers() == ["Ben", "Dan"]
    id = await sent_request(team)

    assert await respond(team, "ben", id, Response.DOES_NOT_KNOW) is RequestStatus.DECLINED
    assert await respond(team, "ben", id, Response.DOES_NOT_KNOW) is RequestStatus.DECLINED

    assert await introducers() == ["Dan"]


async def test_a_statement_can_follow_a_decline(team: Graph) -> None:
    id = await sent_request(team)
    await respond(team, "ben", id, Response.DECLINE)

    for _ in range(2):
        assert await respond(team, "ben", id, Response.DOES_NOT_KNOW) is RequestStatus.DECLINED

    viewers = [(await session_of(team, member)).viewer for member in ("ana", "ben")]
    assert [len(await list_statements(team, viewer)) for viewer in viewers] == [1, 1]


async def test_a_request_whose_time_is_over_cannot_be_answered(driver: neo4j.AsyncDriver, team: Graph) -> None:
    id = await sent_request(team)
    await driver.execute_query("MATCH (r:IntroductionRequest) SET r.expires_at = timestamp() - 1")

    request = await find_request(await session_of(team, "ana"), id)
    assert request
    assert request.status is RequestStatus.EXPIRED
    with pytest.raises(IntroductionRequestConflict, match="expired"):
        await respond_to_request(await session_of(team, "ben"), id, Response.ACCEPT, today=TODAY)


async def test_an_export_contains_the_requests_that_concern_the_person(team: Graph) -> None:
    ana, cleo = await session_of(team, "ana"), await session_of(team, "cleo")
    request = await draft_request(team)
    unsent = await export_address(team, ana.state.network, f"email:{JANE}")
    assert isinstance(unsent, dict)
    assert unsent["introductionRequests"] == []
    await send_request(ana, request.id)
    of_ana, of_cleo = [await export_person(team, session.viewer, JANE) for session in (ana, cleo)]
    of_jane = await export_address(team, ana.state.network, f"email:{JANE}")

    assert isinstance(of_ana, dict)
    assert isinstance(of_cleo, dict)
    assert isinstance(of_jane, dict)
    (mine,) = of_ana["introductionRequests"]
    assert (mine["role"], mine["status"], mine["note"]) == ("target", "sent", request.texts.note)
    assert of_cleo["introductionRequests"] == []
    (hers,) = of_jane["introductionRequests"]
    assert (hers["role"], hers["note"]) == ("target", request.texts.note)
    assert hers.keys() == {"role", "status", "on", "lastChange", "benefit", "note"}


@pytest.mark.parametrize("who", [JANE, DAN])
async def test_an_erasure_deletes_the_requests_that_concern_or_mention_a_person(
    driver: neo4j.AsyncDriver, team: Graph, who: str
) -> None:
    id = await sent_request(team)
    await respond(team, "ben", id, Response.REDIRECT, redirected_to=DAN)

    await erase_person(team, (await session_of(team, "ana")).viewer, who)

    requests, _, _ = await driver.execute_query("MATCH (r:IntroductionRequest) RETURN r")
    events, _, _ = await driver.execute_query("MATCH (e:Event {about: $id}) RETURN e", id=id)
    assert (requests, events) == ([], [])


@pytest.mark.parametrize(("asker", "leaver"), [("ana", "ben"), ("cleo", "cleo")])
async def test_requests_of_a_member_who_leaves_are_deleted(
    driver: neo4j.AsyncDriver, team: Graph, asker: str, leaver: str
) -> None:
    await sent_request(team, member=asker)
    if asker == "ana":
        await draft_request(team, key="draft")

    await leave_network(team, (await session_of(team, "ana")).state.network, leaver)

    assert (await driver.execute_query("MATCH (r:IntroductionRequest) RETURN r")).records == []


async def test_a_draft_that_is_discarded_informs_nobody(driver: neo4j.AsyncDriver, team: Graph) -> None:
    await withdraw_request(await session_of(team, "ana"), (await draft_request(team)).id)

    assert (await driver.execute_query("MATCH (e:Event {status: 'withdrawn'}) RETURN e")).records == []


async def test_texts_are_stored_without_invisible_characters(team: Graph) -> None:
    ana, id = await session_of(team, "ana"), (await draft_request(team, DAN)).id

    edited = await edit_request(ana, id, note="One\u202e\x1b line.\r\nAnother\x00 \ud800line.")
    await send_request(ana, id)
    await respond(team, "ana", id, Response.REDIRECT, redirected_to=" Kim\u200b\nBerg ")
    redirected = await find_request(ana, id)

    assert edited
    assert redirected
    assert (edited.texts.note, redirected.redirected_to) == ("One line.\nAnother line.", "Kim Berg")


async def test_a_party_who_may_not_contribute_gets_no_statement(driver: neo4j.AsyncDriver, team: Graph) -> None:
    id = await sent_request(team)
    await driver.execute_query("MATCH (m:Member {id: 'ben'}) SET m.role = 'asker'")

    assert await respond(team, "ben", id, Response.DOES_NOT_KNOW) is RequestStatus.DECLINED

    viewers = [(await session_of(team, member)).viewer for member in ("ana", "ben")]
    assert [len(await list_statements(team, viewer)) for viewer in viewers] == [1, 0]


async def test_a_name_is_stored_with_a_redirection_only(team: Graph) -> None:
    id = await sent_request(team)

    await respond(team, "ben", id, Response.ACCEPT, redirected_to="Kim Berg")

    request = await find_request(await session_of(team, "ana"), id)
    assert request
    assert request.redirected_to is None
