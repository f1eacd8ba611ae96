"""Laws of introduction requests of several members, whatever they do and in whatever order.

Only allowed transitions happen, repetitions are harmless, and no cap is exceeded.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import neo4j
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from graph.database.client import Graph
from graph.errors import IntroducerUnavailable, IntroductionRequestConflict, InvalidIntroductionRequest
from graph.requests.expiry import expire_due_requests
from graph.requests.requests import IntroductionRequest
from graph.requests.states import ALLOWED, Outcome, RequestAction, RequestRole, RequestRules, RequestStatus, may_act
from graph.requests.transitions import act
from operations.requests.acting import send_request
from operations.requests.drafting import create_request
from operations.requests.reading import list_requests
from operations.session import Session
from tests.conftest import wipe
from tests.operations.requests_team import BEN, DAN, FACTS, JANE, create_request_team, session_of

pytestmark = pytest.mark.fuzz

T = TypeVar("T")
EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
RULES = RequestRules(monthly_cap=3, monthly_cap_per_asker=2)
MEMBERS = ("ana", "ben", "cleo")
INTRODUCERS = {BEN: "ben", DAN: None}
PAIRS = (("ana", BEN), ("cleo", BEN), ("ana", DAN))
"""Who can ask whom: only Ana knows Dan."""


@dataclass(frozen=True, slots=True)
class Service:
    """The team, a session of each member, and the event loop."""

    driver: neo4j.AsyncDriver
    loop: asyncio.AbstractEventLoop
    sessions: dict[str, Session]

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(coroutine)


@dataclass(slots=True)
class Expected:
    """What the model knows of a request."""

    asker: str
    introducer: str
    status: RequestStatus = RequestStatus.DRAFT
    transitions: int = 0
    is_sent: bool = False
    is_thanked: bool = False
    last: tuple[RequestAction, RequestRole, Outcome | None] | None = field(default=None)

    def role_of(self, member: str) -> RequestRole | None:
        if member == self.asker:
            return RequestRole.ASKER
        return RequestRole.INTRODUCER if self.is_sent and INTRODUCERS[self.introducer] == member else None


@pytest_asyncio.fixture(loop_scope="session")
async def service(driver: neo4j.AsyncDriver) -> Service:
    await wipe(driver)
    graph = Graph(driver)
    await create_request_team(driver, graph)
    sessions = {member: replace(await session_of(graph, member), request_rules=RULES) for member in MEMBERS}
    return Service(driver, asyncio.get_running_loop(), sessions)


class RequestsMachine(RuleBasedStateMachine):
    """Three members draft, send, answer and record requests to a colleague and to somebody who is no member."""

    service: Service

    @initialize()
    def begin(self) -> None:
        self.expected: dict[str, Expected] = {}
        self.query("MATCH (n:IntroductionRequest|Event) DETACH DELETE n")

    def query(self, text: str, **params: Any) -> list[neo4j.Record]:
        rows: list[neo4j.Record] = self.service.run(self.service.driver.execute_query(text, **params)).records
        return rows

    @precondition(lambda self: len(self.expected) < 8)
    @rule(pair=st.sampled_from(PAIRS), key=st.integers(0, 3))
    def draft(self, pair: tuple[str, str], key: int) -> None:
        """The same key gives the same request, also when it was sent meanwhile."""
        asker, introducer = pair
        session = self.service.sessions[asker]
        drafting = create_request(session, JANE, introducer, FACTS, key=f"{introducer} {key}")
        request = self.service.run(drafting)
        self.expected.setdefault(request.id, Expected(asker, introducer))

    def caps_are_reached(self, request: Expected) -> bool:
        sent = [each for each in self.expected.values() if each.is_sent and each.introducer == request.introducer]
        by_asker = [each for each in sent if each.asker == request.asker]
        return len(sent) >= RULES.monthly_cap or len(by_asker) >= RULES.monthly_cap_per_asker

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), member=st.sampled_from(MEMBERS), action=st.sampled_from(RequestAction))
    def take_action(self, data: st.DataObject, member: str, action: RequestAction) -> None:
        """Any member tries any action on any request."""
        id = data.draw(st.sampled_from(sorted(self.expected)))
        outcome = data.draw(st.sampled_from(Outcome)) if action is RequestAction.RECORD_OUTCOME else None
        request, role = self.expected[id], self.expected[id].role_of(member)
        result = self.attempt(member, id, action, outcome)
        if role is None:
            assert result is None
            return
        is_repeated = request.last == (action, role, outcome)
        if action is RequestAction.THANK:
            is_repeated = request.is_thanked and role is RequestRole.ASKER
        is_allowed = (request.status, action) in ALLOWED and may_act(
            role, action, introducer_is_member=INTRODUCERS[request.introducer] is not None
        )
        if is_repeated:
            assert isinstance(result, IntroductionRequest)
        elif not is_allowed:
            assert isinstance(result, IntroductionRequestConflict | InvalidIntroductionRequest)
        elif action is RequestAction.SEND and self.caps_are_reached(request):
            assert isinstance(result, IntroducerUnavailable)
        else:
            assert isinstance(result, IntroductionRequest)
            self.moved(request, action, role, outcome)

    def moved(self, request: Expected, action: RequestAction, role: RequestRole, outcome: Outcome | None) -> None:
        request.status = ALLOWED[request.status, action]
        request.transitions += 1
        request.is_sent = request.is_sent or action is RequestAction.SEND
        if action is RequestAction.THANK:
            request.is_thanked = True
        else:
            request.last = (action, role, outcome)

    def attempt(self, member: str, id: str, action: RequestAction, outcome: Outcome | None) -> Any:
        session = self.service.sessions[member]
        to = "Kim" if action is RequestAction.REDIRECT else None
        acting = act(session.graph, session.viewer, id, action, rules=RULES, outcome=outcome, redirected_to=to)
        try:
            return self.service.run(acting)
        except (IntroductionRequestConflict, InvalidIntroductionRequest, IntroducerUnavailable) as error:
            return error

    @rule()
    def send_all_drafts_at_once(self) -> None:
        """However many are sent at the same time, the caps hold."""
        drafts = [(id, each) for id, each in self.expected.items() if each.status is RequestStatus.DRAFT]

        async def send() -> list[Any]:
            sending = (send_request(self.service.sessions[each.asker], id) for id, each in drafts)
            return await asyncio.gather(*sending, return_exceptions=True)

        for (_, each), result in zip(drafts, self.service.run(send()), strict=True):
            if isinstance(result, IntroductionRequest):
                self.moved(each, RequestAction.SEND, RequestRole.ASKER, None)
            else:
                assert isinstance(result, IntroducerUnavailable)

    @precondition(lambda self: any(each.is_sent for each in self.expected.values()))
    @rule(data=st.data())
    def let_time_pass(self, data: st.DataObject) -> None:
        """A request whose time is over expires once; the upkeep can run at any time."""
        id = data.draw(st.sampled_from(sorted(id for id, each in self.expected.items() if each.is_sent)))
        self.query(
            "MATCH (r:IntroductionRequest {id: $id}) WHERE r.expires_at IS NOT NULL SET r.expires_at = timestamp() - 1",
            id=id,
        )
        session = self.service.sessions["ana"]
        for _ in range(2):
            self.service.run(expire_due_requests(session.graph, session.state.network, RULES))
        request = self.expected[id]
        if (request.status, RequestAction.EXPIRE) in ALLOWED:
            request.status, request.last = RequestStatus.EXPIRED, None
            request.transitions += 1

    @invariant()
    def every_member_sees_their_requests_in_the_expected_state(self) -> None:
        for member, session in self.service.sessions.items():
            listed = {each.id: each for each in self.service.run(list_requests(session))}
            assert listed.keys() == {id for id, each in self.expected.items() if each.role_of(member)}
            for id, request in listed.items():
                expected = self.expected[id]
                assert (request.status, len(request.transitions)) == (expected.status, expected.transitions)
                statuses = [RequestStatus.DRAFT, *(each.status for each in request.transitions)]
                for before, each in zip(statuses, request.transitions, strict=False):
                    assert ALLOWED[before, each.action] is each.status

    @invariant()
    def no_cap_is_exceeded(self) -> None:
        sent = [(each.introducer, each.asker) for each in self.expected.values() if each.is_sent]
        assert max(Counter(introducer for introducer, _ in sent).values(), default=0) <= RULES.monthly_cap
        assert max(Counter(sent).values(), default=0) <= RULES.monthly_cap_per_asker

    @invariant()
    def each_transition_after_the_draft_has_one_event(self) -> None:
        """A delivery to a member has one more."""
        rows = self.query(
            """MATCH (e:Event) WHERE e.kind STARTS WITH 'introduction_' AND e.kind <> 'introduction_request_delivered'
            RETURN count(e) AS events"""
        )
        assert rows[0]["events"] == sum(each.transitions for each in self.expected.values())


def test_requests_of_several_members(service: Service) -> None:
    RequestsMachine.service = service
    run_state_machine_as_test(
        RequestsMachine,
        settings=settings(
            max_examples=int(EXAMPLES) // 10 if EXAMPLES else 3,
            stateful_step_count=30,
            derandomize=EXAMPLES is None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
