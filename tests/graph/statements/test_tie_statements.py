"""Tests of statements on ties: their effect on routes, for whom, until when, and after withdrawal."""

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
from graph.records import MailingList, Record
from graph.statements.tie_statements import add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import CHANNEL_OF_KIND, StatementKind
from graph.ties.evidence import read_evidence, read_ties
from graph.viewer import Viewer
from tests.conftest import wipe
from tests.graph.worlds import TODAY, by_mail, home, load_export, network_contents, own, owner_viewer, talk, wrote

ME, BEN, CLEO, DAN = "ana@home.example", "ben@acme.example", "cleo@far.example", "dan@far.example"
MAIL = [own(ME, "Ana"), *talk(ME, BEN, ago=3), *talk(BEN, CLEO, ago=3, copy=ME), *talk(ME, DAN, ago=5)]
DAY = timedelta(days=1)


async def id_of(driver: neo4j.AsyncDriver, email: str) -> str:
    rows, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: $key})-[:OF]->(p:Person) RETURN p.id", key=f"email:{email}"
    )
    return str(rows[0][0])


async def state_tie(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    by: str,
    kind: StatementKind,
    towards: str,
    *,
    on: date = TODAY,
    until: date | None = None,
    viewer: Viewer | None = None,
) -> None:
    """Add a statement as the owner of the network, or as another viewer."""
    by_id, towards_id = await person_ids(driver, by, towards)
    author = viewer or await owner_viewer(graph)
    await add_statement(graph, author, by=by_id, towards=towards_id, kind=kind, on=on, until=until, today=TODAY)


async def withdraw_all(graph: Graph, viewer: Viewer | None = None) -> None:
    """Withdraw all statements of the owner of the network, or of another viewer."""
    author = viewer or await owner_viewer(graph)
    for statement in await list_statements(graph, author):
        await withdraw_statement(graph, author, statement)


async def ask(graph: Graph, text: str = CLEO, viewer: Viewer | None = None) -> Answer:
    return await introductions(graph, viewer or await owner_viewer(graph), text)


async def test_out_of_touch_disables_a_tie_until_newer_contact(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, MAIL)
    assert isinstance(await ask(graph, BEN), AlreadyKnown)

    await state_tie(driver, graph, ME, StatementKind.OUT_OF_TOUCH, BEN, on=TODAY - 2 * DAY)
    answer = await ask(graph, BEN)

    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.GONE_COLD
    assert answer.suggestion == (
        "You said in November 2026 that Ben and you are out of touch: one exchange since then is enough, "
        "or withdraw the statement."
    )
    assert isinstance(await ask(graph, CLEO), Refusal)
    await load_export(graph, [*MAIL, wrote(ME, BEN, ago=-1), wrote(BEN, ME, ago=-1)])
    again = await ask(graph, BEN)
    assert isinstance(again, AlreadyKnown)
    assert again.tie.outbound.counts["mail"] == 11
    assert isinstance(await ask(graph, CLEO), Introductions)


async def test_do_not_route_removes_routes_but_keeps_the_tie(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, MAIL)
    before = await read_ties(graph, await owner_viewer(graph), [(pair := await person_ids(driver, BEN, CLEO))])

    await state_tie(driver, graph, BEN, StatementKind.DO_NOT_ROUTE, CLEO)
    answer, viewer = await ask(graph), await owner_viewer(graph)

    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.DO_NOT_ROUTE
    assert (
        answer.suggestion
        == "You stated that no route may use Ben's tie to Cleo: withdraw the statement to open the route."
    )
    assert await read_ties(graph, viewer, [pair]) == {}
    assert await read_ties(graph, viewer, [pair], unroutable=True) == before
    assert set((await read_evidence(graph, viewer, [pair]))[pair].statements) == {"statement_not_a_route"}
    await withdraw_all(graph)
    assert isinstance(await ask(graph), Introductions)


async def test_do_not_route_on_an_own_tie_removes_the_direct_answer(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, [*MAIL, *talk(BEN, DAN, ago=2, copy=ME)])

    await state_tie(driver, graph, ME, StatementKind.DO_NOT_ROUTE, BEN)
    answer = await ask(graph, BEN)

    assert isinstance(answer, Introductions)
    assert [person.name for person in answer.routes[0].people] == ["Dan", "Ben"]


async def test_a_statement_counts_until_its_last_day(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, MAIL)
    network, _ = await home(graph)

    await state_tie(driver, graph, CLEO, StatementKind.KNOWS_WELL, DAN, until=TODAY + DAY)
    await state_tie(driver, graph, ME, StatementKind.DO_NOT_ROUTE, BEN, until=TODAY + DAY)

    for day, knows, answer in ((TODAY + DAY, True, Introductions), (TODAY + 2 * DAY, False, AlreadyKnown)):
        await refresh_network(graph, network, as_of=day)
        pair = await person_ids(driver, CLEO, DAN)
        assert (pair in await read_ties(graph, await owner_viewer(graph), [pair])) is knows
        assert isinstance(await ask(graph, BEN), answer)
    assert [(s.kind, date_of(s.until or 0)) for s in await list_statements(graph, await owner_viewer(graph))] == [
        (StatementKind.DO_NOT_ROUTE, TODAY + DAY),
        (StatementKind.KNOWS_WELL, TODAY + DAY),
    ]


async def test_a_repeated_statement_replaces_the_earlier_one(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, MAIL)
    await state_tie(driver, graph, BEN, StatementKind.KNOWS, DAN)
    once = await network_contents(driver)

    await state_tie(driver, graph, BEN, StatementKind.KNOWS, DAN)
    assert await network_contents(driver) == once

    await state_tie(driver, graph, BEN, StatementKind.KNOWS, DAN, until=TODAY + DAY)
    (statement,) = await list_statements(graph, await owner_viewer(graph))
    assert statement.until == day_of(TODAY + DAY)
    await state_tie(driver, graph, BEN, StatementKind.KNOWS, DAN)
    assert await network_contents(driver) == once


async def test_invalid_statements_are_refused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, MAIL)
    viewer_without_sources = replace(await owner_viewer(graph), sources=())

    with pytest.raises(InvalidStatement, match="future"):
        await state_tie(driver, graph, BEN, StatementKind.MET, CLEO, on=TODAY + DAY)
    with pytest.raises(InvalidStatement, match="end before"):
        await state_tie(driver, graph, BEN, StatementKind.MET, CLEO, until=TODAY - DAY)
    with pytest.raises(InvalidStatement, match="bare name or not at all"):
        await state_tie(driver, graph, BEN, StatementKind.MET, CLEO, viewer=viewer_without_sources)


async def test_a_room_a_list_or_a_role_mailbox_gets_no_tie_by_a_statement(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    room, role = "elbe@acme.example", "support@acme.example"
    await load_export(graph, [*MAIL, *talk(ME, room), wrote(ME, role), MailingList(by_mail(room))])

    for nobody in (room, role):
        for pair in ((nobody, CLEO), (ME, nobody)):
            with pytest.raises(InvalidStatement, match=r"is a room, a list or a mailbox of several people"):
                await state_tie(driver, graph, pair[0], StatementKind.KNOWS_WELL, pair[1])
    await state_tie(driver, graph, ME, StatementKind.DO_NOT_ROUTE, role)


async def test_a_statement_that_disables_a_tie_affects_only_its_author(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ana disables a tie of her shared mailbox. Bea's own mailbox has less evidence, so she uses the shared tie."""
    ana, bea = await team(driver, graph)
    before = await ties_and_answer(driver, graph, bea)
    contents = await network_contents(driver)
    assert isinstance(await ask(graph, viewer=ana), Introductions)

    for kind in (StatementKind.DO_NOT_ROUTE, StatementKind.OUT_OF_TOUCH):
        await state_tie(driver, graph, BEN, kind, CLEO, viewer=ana)
        assert isinstance(await ask(graph, viewer=ana), Refusal)
        assert await ties_and_answer(driver, graph, bea) == before
        await withdraw_all(graph, ana)
        assert await network_contents(driver) == contents


statement_lists = st.lists(
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
@given(stated=statement_lists)
async def test_withdrawing_all_statements_restores_the_network(
    driver: neo4j.AsyncDriver, graph: Graph, stated: list[tuple[list[str], StatementKind, int, int | None]]
) -> None:
    await wipe(driver)
    await load_export(graph, MAIL)
    before = await network_contents(driver)

    for (by, towards, *_), kind, ago, lasts in stated:
        on = TODAY - ago * DAY
        await state_tie(driver, graph, by, kind, towards, on=on, until=on + lasts * DAY if lasts else None)
    await withdraw_all(graph)

    assert await network_contents(driver) == before


async def person_ids(driver: neo4j.AsyncDriver, by: str, towards: str) -> tuple[str, str]:
    return await id_of(driver, by), await id_of(driver, towards)


async def team(driver: neo4j.AsyncDriver, graph: Graph) -> tuple[Viewer, Viewer]:
    """Ana, who shares her mailbox, and Bea, whose mailbox is private."""
    network, ana = await home(graph)
    await driver.execute_query(
        "MATCH (n:Network {id: $id}) CREATE (n)-[:HAS]->(:Member {network: $id, id: 'bea', role: 'member'})", id=network
    )

    async def mailbox(member: str, owner: str, records: list[Record], sharing: SharingLevel) -> None:
        await load_records(
            graph,
            network,
            member,
            kind="mailbox",
            records=records,
            today=TODAY,
            stated_owner=owner,
            sharing_level=sharing,
            third_party_ties=True,
        )

    bea = "bea@home.example"
    messages = [own(ME, "Ana"), *talk(ME, BEN, ago=43), *talk(BEN, CLEO, ago=43, copy=ME)]
    await mailbox(ana, ME, messages, SharingLevel.EVIDENCE)
    await mailbox("bea", bea, [own(bea, "Bea"), *talk(bea, BEN), wrote(BEN, CLEO, bea, ago=50)], SharingLevel.PRIVATE)
    state = await read_state(graph, network)
    return build_viewer(state, ana), build_viewer(state, "bea")


async def ties_and_answer(driver: neo4j.AsyncDriver, graph: Graph, viewer: Viewer) -> Any:
    """Every tie that the viewer's routes may use, and the viewer's answer."""
    rows, _, _ = await driver.execute_query(
        """
        MATCH (b:Person {network: $network})-[k:KNOWS]->(a) WHERE k.audience IN $audiences
        RETURN b.id, a.id, max(k.strength), max(k.mutual_strength), max(k.last_day) ORDER BY b.id, a.id
        """,
        network=viewer.network,
        audiences=viewer.audiences,
    )
    return [tuple(row) for row in rows], await ask(graph, viewer=viewer)
