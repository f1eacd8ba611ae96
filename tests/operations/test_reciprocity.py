"""Tests what members and their introducers did for each other, and the suggestions that follow from it."""

import neo4j

from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.insights.nurture_candidates import NurtureReason
from operations.insights.nurture import suggest_contacts
from operations.insights.reciprocity import list_reciprocity
from operations.requests.acting import (
    Response,
    TargetResponse,
    record_introduction,
    record_target_response,
    respond_to_request,
    thank_introducer,
)
from presentation.insights.nurture import nurture_message
from presentation.insights.reciprocity import favours_text, reciprocity_lines, reciprocity_message
from tests.graph.worlds import TODAY
from tests.operations.requests_team import create_request_team, sent_request, session_of


async def test_an_introduction_counts_until_it_is_returned(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_request_team(driver, graph)
    ana, ben, cleo = [await session_of(graph, member) for member in ("ana", "ben", "cleo")]
    id = await sent_request(graph)
    await respond_to_request(ben, id, Response.ACCEPT, today=TODAY)
    await record_target_response(ben, id, TargetResponse.ASKED)
    await record_target_response(ben, id, TargetResponse.AGREED)
    await record_introduction(ben, id)
    await driver.execute_query(
        "MATCH (r:IntroductionRequest) SET r.times = [time IN r.times | time - $shift]",
        shift=30 * MILLISECONDS_PER_DAY,
    )

    week = await suggest_contacts(ana)
    thanks = next(each for each in week.suggestions if each.candidate.reason is NurtureReason.UNTHANKED_INTRODUCER)
    assert thanks.person.name == "Ben"
    assert "introduced you to Jane" in nurture_message(thanks, week.starts_on)
    await thank_introducer(ana, id)
    reasons = {each.candidate.reason: each.person.name for each in (await suggest_contacts(ana)).suggestions}
    assert NurtureReason.UNTHANKED_INTRODUCER not in reasons
    assert reasons[NurtureReason.ONE_SIDED_INTRODUCER] == "Ben"
    assert NurtureReason.ONE_SIDED_INTRODUCER not in {
        each.candidate.reason for each in (await suggest_contacts(ben)).suggestions
    }

    rows = await list_reciprocity(ana)
    assert [(each.name, each.received.introduced, each.given.thanked) for each in rows] == [
        ("Ben", 1, 1),
        ("Dan", 0, 0),
    ]
    first = rows[0]
    assert first.recent_balance == 5 + first.recently_received.answered - first.recently_given.answered
    assert "Ben answered" in reciprocity_message(first)
    assert "and made 1 introduction; you answered" in reciprocity_message(first)
    assert "1 introduction" in favours_text(first.received)
    assert len(list(reciprocity_lines(rows))) == 3
    of_ben = next(each for each in await list_reciprocity(ben) if each.id == ana.viewer.person_id)
    assert (of_ben.given.introduced, of_ben.received.thanked) == (1, 1)
    assert of_ben.recent_balance == -first.recent_balance
    assert {each.received.introduced + each.given.introduced for each in await list_reciprocity(cleo)} <= {0}
