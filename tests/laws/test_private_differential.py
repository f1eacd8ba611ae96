"""No answer depends on whether another member's private source exists, or on a decline that is not shown.

The queries are generated from the schema, so that a new root field is tested as well.
"""

import json
import os
import re
from collections.abc import AsyncIterator, Iterable
from functools import cache, partial

import httpx
import neo4j
import pytest
import pytest_asyncio
from graphql import GraphQLEnumType
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.ingest.remove import remove_source
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.records import (
    Connection,
    Handle,
    HandleKind,
    Job,
    Part,
    PersonMention,
    Record,
    UnreachableHandles,
    UnreachableReason,
)
from graph.sharing.introducer_visibility import set_introducer_visibility
from operations.requests.acting import Response, respond_to_request, send_request
from operations.requests.drafting import create_request
from tests.api.conftest import LIMITS, served
from tests.api.documents import QUESTIONS, SCALARS, Leaf, document
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import TODAY, by_mail, by_profile, connections, own, talk, wrote
from tests.operations.requests_team import FACTS, session_of

pytestmark = pytest.mark.fuzz

EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
ANA, BEN, VERA = "ana@home.example", "ben@home.example", "vera@home.example"
CLEO, DAN, EVE = "cleo@far.example", "dan@near.example", "eve@wide.example"
PROFILE = "https://www.linkedin.com/in/cleo"
SECRET, HELD = "zyx@quill.example", "held@quill.example"
SUBJECTS = (CLEO, DAN, SECRET, HELD, PROFILE, "Dan")
"""Whom the members ask for. Only Ben's private source may name the secret one. Vera privately has the one held."""
ABOUT = ("to", "person", "search", "from", "name", "ref", "targets")
"""The arguments of root fields that name somebody or something."""
PERSON_ID = "<person>"
VIEWERS = ("ana", "vera")
WITHOUT_ANSWER = {
    "loadJob": "the viewers have no load job",
    "introductionRequest": "the viewers have no introduction request",
    "networkGoal": "the viewers have no goal",
    "node": "one subject has no id",
}
"""Root fields whose answer may be null, with the reason."""
ALL_REQUESTS = "{ introductionRequests { nodes { id status updatedAt expiresAt transitions { status occurredAt } } } }"
"""The generated query filters by a role and a state."""
GENERATED = re.compile(r'\d{4}-\d\d-\d\dT[\d:.+Z]*|(?<="cursor":")[^"]*|(?<=Cursor":")[^"]*')
"""The times of entries of the audit log, and the cursors that contain them. Each pass writes the entries again."""

EMAIL, LINKEDIN = HandleKind.EMAIL, HandleKind.LINKEDIN
PEOPLE = {
    "Cleo Far": (Handle(EMAIL, CLEO), Handle(LINKEDIN, PROFILE)),
    "Dan Near": (Handle(EMAIL, DAN),),
    "Zyx Quill": (Handle(EMAIL, SECRET), Handle(LINKEDIN, "https://www.linkedin.com/in/zyx")),
}
"""Each person with one name."""
HANDLES = (
    *(handle for handles in PEOPLE.values() for handle in handles),
    Handle(EMAIL, HELD),
    Handle(EMAIL, f"{HELD.partition('@')[0]}+news@quill.example"),
    Handle(EMAIL, "cleo.far@gmail.com"),
    Handle(HandleKind.PHONE, "+49 30 5550100"),
)
OTHER_NAMES: list[Record] = [
    Connection(by_mail(who, name), None, "candidates") for who, name in ((CLEO, "Cleo Mary Far"), (VERA, "Vera Zyx"))
]

CARD = PersonMention((Handle(EMAIL, CLEO), Handle(EMAIL, HELD)), "Cleo Far")
"""One row that states together what a shared source names and what another member privately has."""

cards = st.builds(
    lambda handles, name: PersonMention(tuple(handles), name),
    st.lists(st.sampled_from(HANDLES), min_size=2, max_size=3, unique=True),
    st.sampled_from([*PEOPLE, None]),
)
mentions = cards | st.sampled_from(sorted(PEOPLE)).flatmap(
    lambda name: st.lists(st.sampled_from(PEOPLE[name]), min_size=1, unique=True).map(
        lambda handles: PersonMention(tuple(handles), name)
    )
)
rows = st.builds(
    lambda person, company, title: [
        Connection(person, None, "candidates"),
        *([Job(person, company, title, None, None, "candidates")] if company else []),
    ],
    mentions,
    st.sampled_from(["Far Inc.", "Quill GmbH", None]),
    st.sampled_from(["Engineer", None]),
)
talks = st.builds(
    lambda one, other, times, ago: talk(one, other, times=times, ago=ago),
    st.sampled_from([BEN, CLEO, SECRET, HELD]),
    st.sampled_from([DAN, EVE, VERA, ANA, HELD]),
    st.integers(1, 5),
    st.integers(1, 400),
)
RETURNED = [wrote(BEN, CLEO, ago=1), UnreachableHandles(by_mail(CLEO), TODAY, UnreachableReason.MAIL_RETURNED)]
"""Ben privately learns that mail to Cleo is returned."""
ROW = [
    Connection(PersonMention(PEOPLE["Zyx Quill"], "Zyx Quill"), None, "candidates"),
    Job(PersonMention(PEOPLE["Zyx Quill"], None), "Far Inc.", "Engineer", None, None, "candidates"),
]
few_examples = settings(
    max_examples=int(EXAMPLES or 0) // 10 + 1,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, *([Phase.generate] if EXAMPLES else [])],
    suppress_health_check=list(HealthCheck),
)
"""Each example sends all queries twice, which takes ten seconds. `make fuzz` generates examples."""


class Team:
    """The service over the team's network, and what its members were answered before a change."""

    def __init__(self, graph: Graph, driver: neo4j.AsyncDriver, client: httpx.AsyncClient, network: str) -> None:
        self.graph, self.driver, self.client, self.network = graph, driver, client, network
        self.queries: tuple[str, ...] = ()
        self.before: dict[str, str] = {}

    async def answers(self, viewers: Iterable[str] = VIEWERS) -> dict[str, str]:
        """What each viewer is answered to every query, by viewer and query, without the ids of requests."""
        await self.driver.execute_query("MATCH (a:AuditEntry) DELETE a")
        texts = {}
        for viewer in viewers:
            for query in self.queries:
                signed = {"Authorization": f"Bearer {viewer}"}
                answer = await self.client.post("/graphql", json={"query": query}, headers=signed)
                text = answer.text.replace(answer.headers["x-request-id"], "")
                if any(name in query for name in ("auditEntries", "dataSubjectExport")):
                    text = GENERATED.sub("~", text)
                texts[f"{viewer}: {query}"] = text
        return texts


@cache
def queries() -> tuple[str, ...]:
    """Every root field of the schema, about each subject if it takes one. PERSON_ID is the id of a person."""
    return tuple(
        document(name, partial(value, subject))
        for name, field in QUESTIONS.items()
        for subject in (SUBJECTS if any(argument in ABOUT for argument in field.args) else SUBJECTS[:1])
    )


def value(subject: str, argument: str, kind: Leaf) -> str:
    """An argument of a query about a subject."""
    if isinstance(kind, GraphQLEnumType):
        form = "linkedin" if subject == PROFILE else "email" if "@" in subject else "name"
        form = "domain" if form == "email" and "domain" in kind.values else form
        return form if form in kind.values else max(map(str, kind.values))
    if argument in ("tag", "throughTag"):
        return "null"  # a tag that nobody created is an error, and the answer then null
    if kind.name == "String":
        text = subject.partition("@")[2] if argument == "domain" else "Far" if argument == "company" else subject
        return json.dumps(text)
    number = "2" if argument == "maxIntroducers" else "20"
    return (SCALARS | {"Int": number, "ID": f'"{PERSON_ID}"'})[kind.name]


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[Team]:
    """Ana, an owner, and Vera ask. Ben shares some sources and keeps others private."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben", "vera")
    mail = [own(BEN, "Ben"), *talk(BEN, CLEO), *talk(BEN, ANA), *talk(CLEO, EVE, copy=BEN), *talk(BEN, DAN, ago=200)]
    await load_for(graph, "ben", mail, SharingLevel.EVIDENCE, others=True)
    listed = connections((by_profile("cleo", "Cleo Far", CLEO), "Far Inc."), (by_profile("dan", "Dan Near"), "Near"))
    await load_for(graph, "ana", [own(ANA, "Ana"), *listed], SharingLevel.EVIDENCE, kind="linkedin")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, VERA, ago=9)], SharingLevel.STRENGTH)
    await load_for(graph, "vera", [own(VERA, "Vera"), *talk(VERA, DAN), *talk(VERA, ANA), *talk(VERA, HELD)])
    for viewer in (*VIEWERS, "ben"):
        await grant_token(graph, network, viewer, viewer)
    # the last use is stored once a minute, so it could change between two equal requests
    await driver.execute_query("MATCH (t:Token) SET t.last_used_at = timestamp() + 24 * 60 * 60 * 1000")
    records, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: $key})-[:OF]->(p) RETURN p.id", key=f"email:{CLEO}"
    )
    async with served(graph, limits=LIMITS) as client:
        team = Team(graph, driver, client, network)
        team.queries = tuple(query.replace(PERSON_ID, records[0].value()) for query in queries())
        yield team


@few_examples
@example(records=[OTHER_NAMES, ROW, talk(CLEO, EVE, times=3), talk(SECRET, ANA, ago=300), RETURNED])
@example(records=[[Connection(CARD, None, "candidates")]])
@given(records=st.lists(rows | talks, min_size=1, max_size=4))
async def test_no_answer_depends_on_a_private_source_of_another_member(team: Team, records: list[list[Record]]) -> None:
    before = team.before = team.before or await team.answers()
    answered = {
        name
        for query, text in before.items()
        for name, value in (json.loads(text).get("data") or {}).items()
        if value is not None
    }
    assert set(QUESTIONS) - answered <= WITHOUT_ANSWER.keys()

    private = [Part("candidates"), *(record for each in records for record in each)]
    await load_for(team.graph, "ben", [own(BEN, "Ben"), *private], kind="greenhouse")
    after = await team.answers()
    changed = {query: (text, after[query]) for query, text in before.items() if after[query] != text}
    assert changed == {}

    await remove_source(team.graph, team.network, "ben", "greenhouse")


@few_examples
# apart from ROW: a second full name would make the address contested, and it would join nobody
@example(records=[talk(VERA, SECRET), [Connection(by_mail(SECRET, "Sid Other"), None, "candidates")]])
@example(records=[talk(HELD, DAN), ROW])
@given(records=st.lists(rows | talks, min_size=1, max_size=4))
async def test_a_private_row_of_two_identities_does_not_reveal_who_else_has_one(
    team: Team, records: list[list[Record]]
) -> None:
    """Ben privately states identities together. Then Vera privately gets some of them."""
    handles = ((Handle(EMAIL, CLEO), Handle(EMAIL, SECRET)), (Handle(EMAIL, DAN), *HANDLES[-2:]))
    stated = [Connection(PersonMention(some, None), None, "candidates") for some in handles]
    await load_for(team.graph, "ben", [own(BEN, "Ben"), Part("candidates"), *stated], kind="greenhouse")
    before = team.before = team.before or await team.answers(("ben", "ana"))

    private = [Part("candidates"), *(record for each in records for record in each)]
    await load_for(team.graph, "vera", [own(VERA, "Vera"), *private], kind="lever")
    after = await team.answers(("ben", "ana"))
    assert {query: (text, after[query]) for query, text in before.items() if after[query] != text} == {}

    await remove_source(team.graph, team.network, "vera", "lever")


async def test_no_answer_depends_on_a_decline_that_the_asker_does_not_see(team: Team) -> None:
    """The only introducer whom Ana does not see declines. Her answers, and those of a third member, stay the same."""
    graph, network = team.graph, team.network
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    ana = await session_of(graph, "ana")
    request = await create_request(ana, CLEO, None, FACTS)
    await send_request(ana, request.id)
    team.queries = (*team.queries, ALL_REQUESTS)
    before = await team.answers()
    assert request.id in before[f"ana: {ALL_REQUESTS}"]

    await respond_to_request(await session_of(graph, "ben"), request.id, Response.DOES_NOT_KNOW, today=TODAY)

    after = await team.answers()
    assert {query: (text, after[query]) for query, text in before.items() if after[query] != text} == {}
