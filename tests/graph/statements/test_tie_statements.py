"""What is said of ties: what it does to routes, for whom, until when; and that taken back it leaves no trace."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.answers import AlreadyKnown, Answer, Introductions, Reason, Refusal
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.refresh import refresh_network
from graph.errors import InvalidStatement
from graph.ingest.load import load_records
from graph.introductions.answer import introductions
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Record
from graph.statements.tie_statements import add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import CHANNEL_OF_KIND, StatementKind
from graph.ties.evidence import read_evidence, read_ties
from graph.viewer import Viewer
from tests.conftest import wipe
from tests.graph.worlds import TODAY, bring, home, own, seen_by_owner, talk, whole, wrote

ME, BEN, CLEO, DAN = "ana@home.example", "ben@acme.example", "cleo@far.example", "dan@far.example"
MAIL = [own(ME, "Ana"), *talk(ME, BEN, ago=3), *talk(BEN, CLEO, ago=3, copy=ME), *talk(ME, DAN, ago=5)]
AGO = timedelta(days=1)


async def id_of(driver: neo4j.AsyncDriver, email: str) -> str:
    rows, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: $key})-[:OF]->(p:Person) RETURN p.id", key=f"email:{email}"
    )
    return str(rows[0][0])


async def say(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    by: str,
    kind: StatementKind,
    towards: str,
    *,
    on: date = TODAY,
    until: date | None = None,
    who: Viewer | None = None,
) -> None:
    """Say it as the network's member, or as `who`."""
    one, other = await ends(driver, by, towards)
    author = who or await seen_by_owner(graph)
    await add_statement(graph, author, by=one, towards=other, kind=kind, on=on, until=until, today=TODAY)


async def take_back(graph: Graph, who: Viewer | None = None) -> None:
    """Take back everything that the network's member has said, or `who`."""
    author = who or await seen_by_owner(graph)
    for one in await list_statements(graph, author):
        await withdraw_statement(graph, author, one)


async def ask(graph: Graph, text: str = CLEO, who: Viewer | None = None) -> Answer:
    return await introductions(graph, who or await seen_by_owner(graph), text)


async def test_who_is_out_of_touch_is_asked_no_more_until_there_is_newer_contact(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await bring(graph, MAIL)
    assert isinstance(await ask(graph, BEN), AlreadyKnown)

    await say(driver, graph, ME, StatementKind.OUT_OF_TOUCH, BEN, on=TODAY - 2 * AGO)
    found = await ask(graph, BEN)

    assert isinstance(found, Refusal)
    assert found.reason is Reason.GONE_COLD
    assert found.suggestion == (
        "You said in November 2026 that Ben and you are out of touch: one exchange since then is enough, "
        "or withdraw the statement."
    )
    assert isinstance(await ask(graph, CLEO), Refusal)
    await bring(graph, [*MAIL, wrote(ME, BEN, ago=-1), wrote(BEN, ME, ago=-1)])
    again = await ask(graph, BEN)
    assert isinstance(again, AlreadyKnown)
    assert again.tie.outbound.counts["mail"] == 11
    assert isinstance(await ask(graph, CLEO), Introductions)


async def test_no_route_leads_over_a_tie_that_is_no_route_and_the_tie_is_still_told(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await bring(graph, MAIL)
    before = await read_ties(graph, await seen_by_owner(graph), [(pair := await ends(driver, BEN, CLEO))])

    await say(driver, graph, BEN, StatementKind.DO_NOT_ROUTE, CLEO)
    found, who = await ask(graph), await seen_by_owner(graph)

    assert isinstance(found, Refusal)
    assert found.reason is Reason.DO_NOT_ROUTE
    assert (
        found.suggestion
        == "You stated that no route may use Ben's tie to Cleo: withdraw the statement to open the route."
    )
    assert await read_ties(graph, who, [pair]) == {}
    assert await read_ties(graph, who, [pair], barred=True) == before
    assert set((await read_evidence(graph, who, [pair]))[pair].statements) == {"statement_not_a_route"}
    await take_back(graph)
    assert isinstance(await ask(graph), Introductions)


async def test_my_own_tie_that_is_no_route_is_not_asked_directly_either(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await bring(graph, [*MAIL, *talk(BEN, DAN, ago=2, copy=ME)])

    await say(driver, graph, ME, StatementKind.DO_NOT_ROUTE, BEN)
    found = await ask(graph, BEN)

    assert isinstance(found, Introductions)
    assert [person.name for person in found.routes[0].people] == ["Dan", "Ben"]


async def test_a_statement_counts_to_its_last_day_and_not_beyond(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, MAIL)
    network, _ = await home(graph)

    await say(driver, graph, CLEO, StatementKind.KNOWS_WELL, DAN, until=TODAY + AGO)
    await say(driver, graph, ME, StatementKind.DO_NOT_ROUTE, BEN, until=TODAY + AGO)

    for day, knows, answer in ((TODAY + AGO, True, Introductions), (TODAY + 2 * AGO, False, AlreadyKnown)):
        await refresh_network(graph, network, as_of=day)
        pair = await ends(driver, CLEO, DAN)
        assert (pair in await read_ties(graph, await seen_by_owner(graph), [pair])) is knows
        assert isinstance(await ask(graph, BEN), answer)
    assert [(s.kind, date_of(s.until or 0)) for s in await list_statements(graph, await seen_by_owner(graph))] == [
        (StatementKind.DO_NOT_ROUTE, TODAY + AGO),
        (StatementKind.KNOWS_WELL, TODAY + AGO),
    ]


async def test_the_same_said_again_changes_nothing_and_another_end_is_the_new_end(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await bring(graph, MAIL)
    await say(driver, graph, BEN, StatementKind.KNOWS, DAN)
    once = await whole(driver)

    await say(driver, graph, BEN, StatementKind.KNOWS, DAN)
    assert await whole(driver) == once

    await say(driver, graph, BEN, StatementKind.KNOWS, DAN, until=TODAY + AGO)
    (one,) = await list_statements(graph, await seen_by_owner(graph))
    assert one.until == day_of(TODAY + AGO)
    await say(driver, graph, BEN, StatementKind.KNOWS, DAN)
    assert await whole(driver) == once


async def test_what_cannot_be_said_is_refused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, MAIL)
    blind = replace(await seen_by_owner(graph), sources=())

    with pytest.raises(InvalidStatement, match="future"):
        await say(driver, graph, BEN, StatementKind.MET, CLEO, on=TODAY + AGO)
    with pytest.raises(InvalidStatement, match="end before"):
        await say(driver, graph, BEN, StatementKind.MET, CLEO, until=TODAY - AGO)
    with pytest.raises(InvalidStatement, match="bare name or not at all"):
        await say(driver, graph, BEN, StatementKind.MET, CLEO, who=blind)


async def test_what_one_member_sets_aside_is_as_it_was_for_all_others(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ana, who shares her mailbox, sets a tie aside: Bea's newer one saw less of it, so what all walk is her best."""
    ana, bea = await team(driver, graph)
    before = await told(driver, graph, bea)
    both = await whole(driver)
    assert isinstance(await ask(graph, who=ana), Introductions)

    for kind in (StatementKind.DO_NOT_ROUTE, StatementKind.OUT_OF_TOUCH):
        await say(driver, graph, BEN, kind, CLEO, who=ana)
        assert isinstance(await ask(graph, who=ana), Refusal)
        assert await told(driver, graph, bea) == before
        await take_back(graph, ana)
        assert await whole(driver) == both


said = st.lists(
    st.tuples(
        st.permutations([ME, BEN, CLEO, DAN]),
        st.sampled_from(sorted(CHANNEL_OF_KIND)),
        st.integers(0, 20),
        st.sampled_from([None, 5, 40]),
    ),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stated=said)
async def test_taken_back_it_was_never_said(
    driver: neo4j.AsyncDriver, graph: Graph, stated: list[tuple[list[str], StatementKind, int, int | None]]
) -> None:
    await wipe(driver)
    await bring(graph, MAIL)
    before = await whole(driver)

    for (by, towards, *_), kind, ago, lasts in stated:
        on = TODAY - ago * AGO
        await say(driver, graph, by, kind, towards, on=on, until=on + lasts * AGO if lasts else None)
    await take_back(graph)

    assert await whole(driver) == before


async def ends(driver: neo4j.AsyncDriver, by: str, towards: str) -> tuple[str, str]:
    return await id_of(driver, by), await id_of(driver, towards)


async def team(driver: neo4j.AsyncDriver, graph: Graph) -> tuple[Viewer, Viewer]:
    """Ana, who shares her mailbox with the network, and Bea, who keeps hers to herself."""
    network, ana = await home(graph)
    await driver.execute_query(
        "MATCH (n:Network {id: $id}) CREATE (n)-[:HAS]->(:Member {network: $id, id: 'bea', role: 'member'})", id=network
    )

    async def mailbox(member: str, who: str, records: list[Record], sharing: SharingLevel) -> None:
        await load_records(
            graph,
            network,
            member,
            kind="mailbox",
            records=records,
            today=TODAY,
            stated_owner=who,
            sharing_level=sharing,
            third_party_ties=True,
        )

    bea = "bea@home.example"
    letters = [own(ME, "Ana"), *talk(ME, BEN, ago=43), *talk(BEN, CLEO, ago=43, copy=ME)]
    await mailbox(ana, ME, letters, SharingLevel.EVIDENCE)
    await mailbox("bea", bea, [own(bea, "Bea"), *talk(bea, BEN), wrote(BEN, CLEO, bea, ago=50)], SharingLevel.PRIVATE)
    found = await read_state(graph, network)
    return build_viewer(found, ana), build_viewer(found, "bea")


async def told(driver: neo4j.AsyncDriver, graph: Graph, who: Viewer) -> Any:
    """Every tie that somebody may walk, as routes see it; and what they are answered."""
    rows, _, _ = await driver.execute_query(
        """
        MATCH (b:Person {network: $network})-[k:KNOWS]->(a) WHERE k.audience IN $audiences
        RETURN b.id, a.id, max(k.strength), max(k.mutual_strength), max(k.last_day) ORDER BY b.id, a.id
        """,
        network=who.network,
        audiences=who.audiences,
    )
    return [tuple(row) for row in rows], await ask(graph, who=who)
