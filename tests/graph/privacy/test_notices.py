"""Whoever is known in a network and was not told is told of to those who answer for it, as far as they may see."""

from datetime import date, timedelta

import neo4j
import pytest

from graph.database.client import Graph
from graph.days import day_of
from graph.ingest.load import load_records
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.privacy.erasure import erase_person
from graph.privacy.notices import list_due_notices, set_notified
from graph.records import Record
from graph.sharing.share import share_source
from graph.statements.identity_decisions import list_identity_decisions, merge_people, undo_identity_decision
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, bring, by_profile, connections, own, seen_by_owner, talk

CLEO, DAN, EVE = "cleo@far.example", "dan@wide.example", "eve@wide.example"
Days = dict[str, tuple[date, date]]


def mail(of: str, *others: str) -> list[Record]:
    """Letters with each of these."""
    me = f"{of}@home.example"
    return [own(me, of.title()), *(one for other in others for one in talk(me, other, ago=400))]


async def due(graph: Graph, member: str) -> Days:
    """Whom a member is told of: since when, and by when."""
    who = await seen_by(graph, member)
    found = await list_due_notices(graph, await read_state(graph, who.network), who, 50)
    return {one.person.name: (one.since, one.due_on) for one in found}


async def say(graph: Graph, member: str, *names: str, on: date | None = TODAY) -> list[str]:
    """Say that people, by their names, were told, whoever may see them."""
    who = await seen_by(graph, member)
    found = await read_state(graph, who.network)
    rows = await graph_ids(graph, who.network)
    return [one.name for one in await set_notified(graph, found, who, [rows.get(name, name) for name in names], on=on)]


async def graph_ids(graph: Graph, network: str) -> dict[str, str]:
    rows, _, _ = await graph._driver.execute_query(
        "MATCH (p:Person {network: $network}) RETURN p.name, p.id", network=network
    )
    return {row[0]: row[1] for row in rows}


async def again(graph: Graph, member: str, records: list[Record], today: date, kind: str = "mailbox") -> None:
    """Load an export on another day."""
    network = (await seen_by(graph, member)).network
    said = f"{member}@home.example"
    await load_records(graph, network, member, kind=kind, records=records, today=today, stated_owner=said)


NOW = (TODAY, date(2026, 12, 22))


async def test_each_is_told_of_those_whom_they_answer_for(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", mail("ana", EVE, "ben@home.example"), SharingLevel.EVIDENCE)
    await brings(graph, "ben", mail("ben", CLEO, DAN))

    assert await due(graph, "ana") == {"Eve": NOW}  # no member, and nobody whom Ben keeps to himself
    assert await due(graph, "ben") == {"Cleo": NOW, "Dan": NOW}  # and nobody whom Ana brought

    await share_source(graph, await seen_by(graph, "ben"), "mailbox", SharingLevel.EVIDENCE)
    assert await due(graph, "ana") == {"Cleo": NOW, "Dan": NOW, "Eve": NOW}


async def test_in_a_household_nobody_is_due(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mail("ana", EVE))
    who = await seen_by_owner(graph)

    assert await list_due_notices(graph, await read_state(graph, who.network), who, 50) == []


async def test_the_earliest_day_in_view_counts_whatever_comes_later(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    then, later = date(2026, 1, 31), date(2026, 8, 1)
    await again(graph, "ben", mail("ben", CLEO), then)
    await again(graph, "ben", mail("ben", CLEO, EVE), later)
    await again(graph, "ana", mail("ana", CLEO), later)
    before = await due(graph, "ben")
    await again(graph, "ben", mail("ben", CLEO, EVE), TODAY)

    assert before == {"Cleo": (then, date(2026, 2, 28)), "Eve": (later, date(2026, 9, 1))}
    assert await due(graph, "ben") == before
    assert list(before) == ["Cleo", "Eve"]  # the most urgent first
    assert await due(graph, "ana") == {"Cleo": (later, date(2026, 9, 1))}  # what Ben had before is his


async def test_a_list_that_calls_them_something_else_finds_them_known_as_long(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await joined(driver, graph, "ben")
    rows = [[own("ben@home.example", "Ben"), *connections((by_profile("cleo", name, CLEO), job))] for name, job in
            (("Cleo Far", "Far Inc."), ("Cleo Farther", "Wide Inc."))]  # fmt: skip
    await again(graph, "ben", rows[0], TODAY - timedelta(days=90), "linkedin")
    await again(graph, "ben", rows[1], TODAY, "linkedin")

    assert [since for since, _ in (await due(graph, "ben")).values()] == [TODAY - timedelta(days=90)]


async def test_who_was_there_before_such_days_were_kept_counts_from_the_day_of_the_upgrade(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await joined(driver, graph, "ben")
    await again(graph, "ben", mail("ben", CLEO), TODAY - timedelta(days=90))
    upgraded = TODAY - timedelta(days=30)
    await driver.execute_query("MATCH ()-[n:NAMES]->() REMOVE n.obtained")
    await driver.execute_query("MATCH (n:Network) SET n.obtained = $day", day=day_of(upgraded))
    await again(graph, "ben", mail("ben", CLEO, EVE), TODAY)

    assert {name: since for name, (since, _) in (await due(graph, "ben")).items()} == {"Cleo": upgraded, "Eve": TODAY}


async def test_who_was_told_is_due_no_more_and_again_where_that_is_taken_back(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", mail("ana", CLEO, EVE), SharingLevel.EVIDENCE)
    await brings(graph, "ben", mail("ben", DAN))

    assert await say(graph, "ana", "Eve", "Dan", "nobody") == ["Eve"]  # Dan is Ben's to tell
    assert await say(graph, "ana", "Eve", on=TODAY - timedelta(days=1)) == ["Eve"]
    assert set(await due(graph, "ana")) == {"Cleo"}
    assert set(await due(graph, "ben")) == {"Dan"}
    assert await say(graph, "ben", "Eve", on=None) == []  # whom he did not bring
    assert set(await due(graph, "ana")) == {"Cleo"}
    await say(graph, "ana", "Eve", on=None)
    assert set(await due(graph, "ana")) == {"Cleo", "Eve"}


@pytest.mark.parametrize("shared", [SharingLevel.PRIVATE, SharingLevel.EVIDENCE])
async def test_that_a_colleague_told_somebody_does_not_tell_whom_they_keep_to_themself(
    driver: neo4j.AsyncDriver, graph: Graph, shared: SharingLevel
) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", mail("ana", CLEO))
    await brings(graph, "ben", mail("ben", CLEO), shared)

    await say(graph, "ben", "Cleo")

    assert await due(graph, "ben") == {}
    assert set(await due(graph, "ana")) == ({"Cleo"} if shared == SharingLevel.PRIVATE else set())


async def test_it_holds_for_whoever_they_become(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", mail("ana", CLEO, EVE), SharingLevel.EVIDENCE)
    who = await seen_by(graph, "ana")
    ids = await graph_ids(graph, who.network)
    await say(graph, "ana", "Eve")

    await merge_people(graph, who, [ids["Cleo"], ids["Eve"]], today=TODAY)
    assert await due(graph, "ana") == {}
    await undo_identity_decision(graph, who, (await list_identity_decisions(graph, who))[0].id)
    assert set(await due(graph, "ana")) == {"Cleo"}


async def test_of_whom_was_forgotten_nobody_is_told(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", mail("ana", CLEO, EVE), SharingLevel.EVIDENCE)

    await erase_person(graph, await seen_by(graph, "ana"), EVE)

    assert set(await due(graph, "ana")) == {"Cleo"}


async def test_pages_go_on_where_the_one_before_ended(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await again(graph, "ana", mail("ana", CLEO), TODAY - timedelta(days=7))
    await brings(graph, "ben", mail("ben", DAN, EVE), SharingLevel.EVIDENCE)
    network = (await seen_by(graph, "ana")).network
    found = await read_state(graph, network)
    who = build_viewer(found, "ana")
    all_of_them = await list_due_notices(graph, found, who, 50)

    first = await list_due_notices(graph, found, who, 2)
    rest = await list_due_notices(graph, found, who, 2, after=first[-1].id)

    assert [*first, *rest] == all_of_them
    assert len(all_of_them) == 3
