"""Tests that no surface shows more of a source than its sharing level."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.ingest.remove import remove_source
from graph.introductions.answer import introductions
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.networks.tokens import grant_token
from graph.records import Record
from graph.sharing.introducer_visibility import set_introducer_visibility
from presentation.answer_json import answer_data
from tests.api.conftest import LIMITS, SIGNED, TOKEN, served
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import by_mail, by_profile, connections, home, own, talk, wrote
from tests.prepared_stores import created_once

ANA, BEN, CLEO, DAN, FAY = (
    "ana@home.example",
    "ben@home.example",
    "cleo@far.example",
    "dan@near.example",
    "fay@far.example",
)
SAM, SAMS = "sam.lee@one.example", "sam.lee@two.example"
FIRM = "Zyxwald Holding"
CQ = "cq77@far.example"
PEOPLE = (CLEO, FAY, "Sam Lee", BEN, DAN)

SEEN = "counts { channel count } firstContact lastContact coverageUntil isStated statements { statedOn }"
ACT = f"""fromPerson {{ name }} toPerson {{ name }} strength strengthLabel evidence
  outbound {{ {SEEN} }} inbound {{ {SEEN} }}"""
ROUTE = f"""introducers {{ name }} steps {{ {ACT} }} score summary weakestStep {{ strength }}
  noAnswerNote messageToForward coverageUntil"""
INTRODUCTIONS = f"""query($ref: PersonRef!) {{ introductions(to: $ref) {{ __typename
  ... on Introductions {{ routes {{ {ROUTE} }} }}
  ... on AlreadyKnown {{ step {{ {ACT} }} routes {{ {ROUTE} }} }}
  ... on Refusal {{ reason message suggestion nearestMiss {{ people {{ name }} outbound {{ {SEEN} }} }}
    possibleConnectors {{ step {{ {ACT} }} }} }}
  ... on AmbiguousTarget {{ candidates {{ lastContact sources person {{ name }} }} }}
  ... on UnknownTarget {{ message possibleConnectors {{ step {{ {ACT} }} }} }}
}} }}"""
TIE = f"""query($ref: PersonRef!, $ben: PersonRef!) {{
  tie(from: $ben, to: $ref) {{
    __typename ... on Tie {{ knows strength strengthLabel evidence outbound {{ {SEEN} }} inbound {{ {SEEN} }} }} }}
  person(ref: $ref) {{
    __typename ... on Person {{ name title company identities {{ text reason }} tie {{ evidence strength }} }} }}
}}"""
PAST = f"""query($ref: PersonRef!, $ben: PersonRef!) {{
  tie(from: $ben, to: $ref, asOf: "2026-11-19") {{
    __typename ... on Tie {{ knows strength strengthLabel evidence outbound {{ {SEEN} }}
      history {{ explanation trend askedCount answeredCount possibleChanges {{ strength strengthLabel }}
        months {{ strength outbound {{ {SEEN} }} }} }} }} }}
  introductions(to: $ref, asOf: "2026-11-19") {{
    __typename ... on Introductions {{ routes {{ score steps {{ {ACT} }} }} }}
    ... on Refusal {{ reason message suggestion }} }}
  fadingTies(within: 90) {{ step {{ strength }} lastContact message }}
}}"""
SEARCH = """query($text: String!) {
  people(search: $text, first: 9) { edges { lastContact node { name company tie { strength evidence } } } }
  company(name: $text) { currentContacts { person { name } step { strength evidence } }
    formerContacts { person { name } } }
}"""
AROUND = """{ possibleDuplicates(first: 9) { edges { node { reason } } } statements { nodes { statedOn } }
  identityDecisions { nodes { decidedOn } } hiddenContacts { nodes { name } } loadJobs { report }
  excludedIntroducers { nodes { name } } noticesDue(first: 20) { nodes { knownSince person { name } } }
  sources { nodes { title sharingLevel coverageUntil } } viewer { asOf } }"""
EXPORT = "query($ref: PersonRef!) { dataSubjectExport(person: $ref) { ... on DataSubjectExport { data } } }"
ERASURE = """mutation($ref: PersonRef!) { erasePerson(input: {person: $ref}) { result {
  __typename ... on PersonErasure { person { name } identities { text } sources possibleDuplicates { name } } } } }"""
COLLEAGUES = """query($ref: PersonRef!) { colleagues(person: $ref) { __typename
  ... on Colleagues { ties { fromPerson { name } evidence } withheldStrengthLabel } } }"""


def bens(times: int, ago: float) -> list[Record]:
    """Ben's mailbox: as often, and so long ago."""
    return [
        own(BEN, "Ben"),
        *talk(BEN, ANA, times=8, ago=1),
        *talk(BEN, CLEO, times=times, ago=ago),
        *talk(BEN, DAN, times=times, ago=ago),
        *(wrote(BEN, FAY, ago=ago + turn) for turn in range(times)),
        *(wrote(who, BEN, ANA, ago=ago + turn) for who in (SAM, SAMS) for turn in range(times)),
        *(wrote(CLEO, BEN, ANA, ago=ago + turn) for turn in range(times)),
    ]


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[httpx.AsyncClient]:
    """Ana, who asks with TOKEN, and Ben."""
    await wipe(driver)
    await create_team(driver)
    async with served(Graph(driver), limits=LIMITS) as client:
        yield client


@created_once
async def create_team(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN, times=8, ago=1)])
    await grant_token(graph, network, "ana", TOKEN)


async def ask(client: httpx.AsyncClient, document: str, **variables: Any) -> str:
    """The whole answer, as it stands on the wire, but for its own id."""
    answer = await client.post("/graphql", json={"query": document, "variables": variables}, headers=SIGNED)
    text = answer.text.replace(answer.headers["x-request-id"], "")
    return re.sub(r'"auditLog": ?\[[^\]]*\]', "", text)  # it grows with each request


def ref(who: str) -> dict[str, Any]:
    return {"email": who} if "@" in who else {"name": {"name": who}}


async def answers_of(client: httpx.AsyncClient, graph: Graph, people: tuple[str, ...] = PEOPLE) -> dict[str, str]:
    """All answers to Ana, by surface."""
    network, _ = await home(graph)
    state = await read_state(graph, network)
    ana = build_viewer(state, "ana")
    surfaces = {"around": await ask(client, AROUND)}
    for who in people:
        surfaces[f"introductions {who}"] = await ask(client, INTRODUCTIONS, ref=ref(who))
        surfaces[f"tie {who}"] = await ask(client, TIE, ref=ref(who), ben=ref(BEN))
        surfaces[f"past {who}"] = await ask(client, PAST, ref=ref(who), ben=ref(BEN))
        surfaces[f"search {who}"] = await ask(client, SEARCH, text=who)
        surfaces[f"export {who}"] = await ask(client, EXPORT, ref=ref(who))
        surfaces[f"erasure {who}"] = await ask(client, ERASURE, ref=ref(who))
        surfaces[f"colleagues {who}"] = await ask(client, COLLEAGUES, ref=ref(who))
        answer = await introductions(graph, ana, who)
        surfaces[f"targets {who}"] = (await client.post("/targets", content=who, headers=SIGNED)).text
        surfaces[f"who --json {who}"] = json.dumps(answer_data(answer, ana, state.visible_sources("ana")))
    return surfaces


async def test_a_source_shared_for_its_strength_shows_labels_only(
    driver: neo4j.AsyncDriver, team: httpx.AsyncClient
) -> None:
    """Ben's mailbox twice, with other numbers on other days and ties of the same words."""
    graph = Graph(driver)
    network, _ = await home(graph)
    answers: dict[tuple[str, int], dict[str, str]] = {}
    for level in (SharingLevel.STRENGTH, SharingLevel.EVIDENCE):
        for times, ago in ((5, 6.0), (6, 4.0)):
            await load_for(graph, "ben", bens(times, ago), level)
            answers[level, times] = await answers_of(team, graph)
            await remove_source(graph, network, "ben", "mailbox")

    assert answers[SharingLevel.STRENGTH, 5] == answers[SharingLevel.STRENGTH, 6]
    assert "only the strength is shared" in answers[SharingLevel.STRENGTH, 5][f"introductions {CLEO}"]
    same = {
        surface
        for surface, text in answers[SharingLevel.EVIDENCE, 5].items()
        if text == answers[SharingLevel.EVIDENCE, 6][surface]
    }
    unseen = {"around", f"search {FAY}", f"search {DAN}"}  # nothing passed between these and Ana
    # Ben is no colleague who knows these people, and an erasure counts nothing
    unseen |= {f"{surface} {who}" for surface in ("erasure", "colleagues") for who in PEOPLE}
    assert same <= unseen | {
        f"{surface} {BEN}" for surface in ("introductions", "tie", "past", "search", "targets", "who --json")
    }


async def test_no_exit_names_a_colleague_who_has_not_consented(
    driver: neo4j.AsyncDriver, team: httpx.AsyncClient
) -> None:
    """Ben knows Cleo and Fay, whom Ana does not know, and shares his mailbox."""
    graph = Graph(driver)
    network, _ = await home(graph)
    mail = [own(BEN, "Ben"), *talk(BEN, ANA, times=8), *talk(BEN, CLEO), *talk(BEN, FAY), *talk(CLEO, FAY, copy=BEN)]
    await load_for(graph, "ben", mail, SharingLevel.EVIDENCE, others=True)
    people = (CLEO, FAY)
    named = await answers_of(team, graph, people)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    withheld = await answers_of(team, graph, people)

    def naming_ben(surfaces: dict[str, str]) -> set[str]:
        return {what.partition(" ")[0] for what, text in surfaces.items() if "ben" in text.casefold()}

    # `tie` and `past` are asked about Ben by name, and everybody may see whose source is shared
    asked_about_ben = {"tie", "past", "around", "targets", "who"}
    assert naming_ben(named) - asked_about_ben == {"introductions", "export", "erasure", "colleagues"}
    assert naming_ben(withheld) - asked_about_ben == set()
    assert '"withheldStrengthLabel":"STRONG"' in withheld[f"colleagues {CLEO}"]


NOWHERE = {"zyxwald": "qqvarno", "Zyxwald": "Qqvarno"}
HIDDEN = (
    "cleo.zyxwald@far.example",
    "Cleo Zyxwald",
    "zyxwald",
    FIRM,
    "Cleo Zyxwald at Far",
    "https://www.linkedin.com/in/zyxwald",
)


def elsewhere(text: str) -> str:
    for word, other in NOWHERE.items():
        text = text.replace(word, other)
    return text


@pytest_asyncio.fixture(loop_scope="session")
async def secret(driver: neo4j.AsyncDriver, team: httpx.AsyncClient) -> httpx.AsyncClient:
    """Ana asks in a team in which Ben has private sources."""
    await wipe(driver)
    await create_secret_team(driver)
    return team


@created_once
async def create_secret_team(driver: neo4j.AsyncDriver) -> None:
    """Ben's sources, private, with people who are in no source of others; and one mailbox of his that is shared."""
    await create_team(driver)
    graph = Graph(driver)
    await load_for(
        graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA, ago=2), *talk(BEN, DAN, ago=4)], SharingLevel.EVIDENCE
    )
    mail = [own(BEN, "Ben"), *talk(BEN, "cleo.zyxwald@far.example", ago=2, copy=ANA)]
    await load_for(graph, "ben", mail, SharingLevel.PRIVATE, kind="calendar")
    listed = connections(
        (by_profile("zyxwald", "Cleo Zyxwald", "cleo.zyxwald@far.example"), FIRM), (by_mail(DAN), FIRM)
    )
    await load_for(graph, "ben", [own(BEN, "Ben"), *listed], SharingLevel.PRIVATE, kind="linkedin")


async def test_what_a_private_source_adds_to_people_in_view_changes_nothing_for_others(
    driver: neo4j.AsyncDriver, team: httpx.AsyncClient
) -> None:
    """Ben alone knows Dan's profile, firm and other address, has more letters with him, and knows who CQ is."""
    graph = Graph(driver)
    await load_for(graph, "ben", [*bens(5, 6.0), *talk(BEN, CQ, ago=3)], SharingLevel.EVIDENCE)
    profile = connections((by_profile("cleo-q", "Cleo Quist"), FIRM))
    await load_for(graph, "ben", [own(BEN, "Ben"), *profile], SharingLevel.EVIDENCE, kind="contacts")
    people = (*PEOPLE, CQ, "Cleo Quist")
    before = await answers_of(team, graph, people)

    rows = connections((by_profile("dan", "Dan", DAN), FIRM), (by_profile("sam", "Sam Lee", SAM), FIRM))
    await load_for(graph, "ben", [own(BEN, "Ben"), *rows], SharingLevel.PRIVATE, kind="linkedin")
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, DAN, ago=0)], SharingLevel.PRIVATE, kind="calendar")
    await load_for(graph, "ben", [own(BEN, "Ben"), *connections((by_mail(CQ, "Cleo Quist"), None))], kind="hubspot")
    after = await answers_of(team, graph, people)

    assert {what for what in before if "json" not in what and before[what] != after[what]} == set()


ASKED = st.tuples(
    st.sampled_from(
        [INTRODUCTIONS, TIE, PAST, SEARCH, AROUND, EXPORT, ERASURE, "share", "conceal", "remove", "unconceal", "node"]
    ),
    st.sampled_from([*HIDDEN, DAN, BEN]),
)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(operations=st.lists(ASKED, min_size=8, max_size=14))
async def test_what_a_member_keeps_private_exists_nowhere_for_others(
    driver: neo4j.AsyncDriver, secret: httpx.AsyncClient, operations: list[tuple[str, str]]
) -> None:
    """Asked for what only Ben's private sources hold, Ana hears what she hears of what nobody has."""
    graph = Graph(driver)
    network, _ = await home(graph)
    theirs = [
        s.id
        for s in (await read_state(graph, network)).sources
        if s.member == "ben" and s.sharing_level == SharingLevel.PRIVATE
    ]
    for what, who in operations:
        document, variables = _operation(what, who, theirs[len(who) % len(theirs)])
        here = await ask(secret, document, **variables)
        nowhere = json.loads(elsewhere(json.dumps(variables)).replace(theirs[len(who) % len(theirs)], "0" * 24))
        assert elsewhere(here) == await ask(secret, document, **nowhere)
        echoed = json.dumps(variables).casefold()
        assert "zyxwald" not in here.casefold() or ("zyxwald" in echoed and what in ("conceal", "unconceal", AROUND))


def _operation(what: str, who: str, source: str) -> tuple[str, dict[str, Any]]:
    mutations = {
        "share": "mutation($id: ID!) { shareSource(input: {sourceId: $id, sharingLevel: EVIDENCE, isConfirmed: true})"
        " { newlyReachableCount isApplied } }",
        "remove": "mutation($id: ID!) { removeSource(input: {id: $id}) { __typename } }",
        "node": "query($id: ID!) { node(id: $id) { __typename id } }",
        "unconceal": "mutation($id: ID!) { unhideContact(input: {id: $id}) { unhiddenContactId } }",
    }
    if what in mutations:
        return mutations[what], {"id": source}
    if what == "conceal":
        return (
            "mutation($ref: HiddenContactRef!) { hideContact(input: {contact: $ref}) { hiddenContact { hiddenOn } } }",
            {"ref": {"personId": source}},
        )
    if what == AROUND:
        return what, {}
    if what == SEARCH:
        return what, {"text": who}
    reference = {"linkedin": who} if who.startswith("https") else ref(who)
    return what, {"ref": reference} | ({"ben": ref(BEN)} if what in (TIE, PAST) else {})


async def test_the_command_reveals_no_more_than_the_api(driver: neo4j.AsyncDriver, secret: httpx.AsyncClient) -> None:
    graph = Graph(driver)
    network, _ = await home(graph)
    ana = build_viewer(await read_state(graph, network), "ana")

    for text in HIDDEN:
        here, nowhere = [answer_data(await introductions(graph, ana, one), ana, ()) for one in (text, elsewhere(text))]
        assert here == nowhere


async def test_a_list_reveals_no_more_than_single_answers(secret: httpx.AsyncClient) -> None:
    listed = "\n".join([*HIDDEN, DAN, BEN])

    here, nowhere = [
        await secret.post("/targets", content=text, headers=SIGNED) for text in (listed, elsewhere(listed))
    ]

    assert here.json()["counts"]["UNKNOWN"] == len(HIDDEN)
    assert elsewhere(here.text) == nowhere.text
