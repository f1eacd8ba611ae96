"""Contact after an introduction suggests its outcome, once, to the asker, from sources in view."""

from dataclasses import replace

import neo4j

from graph.database.client import Graph
from graph.networks.sources import SharingLevel
from graph.records import Channel, Interaction
from graph.requests.notifications import list_notifications
from graph.requests.states import Outcome
from graph.requests.suggestions import note_suggestions_of_all, suggest_outcomes
from operations.requests.acting import (
    Response,
    TargetResponse,
    record_introduction,
    record_outcome,
    record_target_response,
    respond_to_request,
)
from operations.requests.reading import list_requests
from presentation.request_sentences import notification_text, suggestion_sentence
from tests.graph.teams import load_for
from tests.graph.worlds import NOON, TODAY, own, talk, wrote
from tests.operations.requests_team import ANA, BEN, DAN, JANE, create_request_team, sent_request, session_of

INTRODUCED_AT_NOON = "MATCH (r:IntroductionRequest) SET r.times = [t IN r.times | $noon]"


async def suggestion(graph: Graph, member: str = "ana") -> tuple[str, Outcome] | None:
    session = await session_of(graph, member)
    (request,) = await list_requests(session)
    outcome = (await suggest_outcomes(graph, session.viewer, [request])).get(request.id)
    return None if outcome is None else (suggestion_sentence(outcome, request), outcome.outcome)


async def notes(graph: Graph, member: str = "ana") -> list[str]:
    session = await session_of(graph, member)
    return [notification_text(each) for each in await list_notifications(graph, session.viewer) if each.is_suggestion]


async def test_contact_after_the_introduction_suggests_the_outcome_once(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_request_team(driver, graph)
    ana, ben = await session_of(graph, "ana"), await session_of(graph, "ben")
    id = await sent_request(graph)
    await respond_to_request(ben, id, Response.ACCEPT, today=TODAY)
    await record_target_response(ben, id, TargetResponse.ASKED)
    await record_target_response(ben, id, TargetResponse.AGREED)
    await record_introduction(ben, id)
    await driver.execute_query(INTRODUCED_AT_NOON, noon=int(NOON.timestamp() * 1000))
    mails = [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN)]

    async def load_mail(*others: Interaction) -> None:
        await load_for(graph, "ana", [*mails, *others])

    await load_mail(wrote(ANA, JANE, ago=-1), wrote(JANE, ANA))  # Ana's own message, and one of the same day
    met = replace(wrote(JANE, ANA, BEN, ago=-1), channel=Channel.MEETING)
    await load_for(graph, "ben", [own(BEN, "Ben"), met], SharingLevel.PRIVATE, kind="calendar")
    assert await suggestion(graph) is None
    version = await note_suggestions_of_all(graph, network, None)
    assert await notes(graph) == []

    await load_mail(wrote(JANE, ANA, ago=-1))
    assert await suggestion(graph) == (
        "After the introduction, your sources show a message from Jane on 21 Nov 2026.",
        Outcome.ANSWERED,
    )
    for _ in range(2):
        version = await note_suggestions_of_all(graph, network, version)
    text = "Your sources show contact with Jane after the introduction. Record the outcome of the request for Jane."
    assert await notes(graph) == [text]
    assert await notes(graph, "ben") == []
    assert await suggestion(graph, "ben") is None

    await load_mail(wrote(JANE, ANA, ago=-1), replace(wrote(ANA, JANE, ago=-2), channel=Channel.MEETING))
    assert await suggestion(graph) == (
        "After the introduction, your sources show a meeting with Jane on 22 Nov 2026.",
        Outcome.MET,
    )
    await note_suggestions_of_all(graph, network, None)
    assert await notes(graph) == [text]
    rows, _, _ = await driver.execute_query(
        "MATCH (e:Event {kind: 'introduction_request_suggested'}) RETURN e.member AS m"
    )
    assert [row["m"] for row in rows] == ["ana"]
    await record_outcome(ana, id, Outcome.MET)
    assert await suggestion(graph) is None
