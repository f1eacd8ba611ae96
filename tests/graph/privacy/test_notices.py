"""Tests of notices: the people whom a member must still notify, as far as the member may see them."""

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
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_profile, connections, load_export, own, owner_viewer, talk

CLEO, DAN, EVE = "cleo@far.example", "dan@wide.example", "eve@wide.example"
NoticeDays = dict[str, tuple[date, date]]


def mailbox_of(member: str, *others: str) -> list[Record]:
    """A mailbox with messages to and from each address."""
    me = f"{member}@home.example"
    return [own(me, member.title()), *(record for other in others for record in talk(me, other, ago=400))]


async def due_notices(graph: Graph, member: str) -> NoticeDays:
    """The due notices of a member: since when each person is known, and the deadline."""
    viewer = await viewer_of(graph, member)
    notices = await list_due_notices(graph, await read_state(graph, viewer.network), viewer, 50)
    return {notice.person.name: (notice.since, notice.due_on) for notice in notices}


async def mark_notified(graph: Graph, member: str, *names: str, on: date | None = TODAY) -> list[str]:
    """Mark people as notified by name, and return the names that the member could mark."""
    viewer = await viewer_of(graph, member)
    state = await read_state(graph, viewer.network)
    rows = await person_ids(graph, viewer.network)
    return [
        person.name
        for person in await set_notified(graph, state, viewer, [rows.get(name, name) for name in names], on=on)
    ]


async def person_ids(graph: Graph, network: str) -> dict[str, str]:
    rows, _, _ = await graph._driver.execute_query(
        "MATCH (p:Person {network: $network}) UNWIND p.names AS name RETURN name, p.id", network=network
    )
    return {row[0]: row[1] for row in rows}


async def load_on(graph: Graph, member: str, records: list[Record], today: date, kind: str = "mailbox") -> None:
    """Load an export on another day."""
    network = (await viewer_of(graph, member)).network
    owner = f"{member}@home.example"
    await load_records(graph, network, member, kind=kind, records=records, today=today, stated_owner=owner)


NOW = (TODAY, date(2026, 12, 22))


async def test_notices_list_the_people_in_own_and_shared_sources(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", mailbox_of("ana", EVE, "ben@home.example"), SharingLevel.EVIDENCE)
    await load_for(graph, "ben", mailbox_of("ben", CLEO, DAN))

    assert await due_notices(graph, "ana") == {"Eve": NOW}  # neither members nor private contacts of Ben
    assert await due_notices(graph, "ben") == {"Cleo": NOW, "Dan": NOW}  # nobody from Ana's source

    await share_source(graph, await viewer_of(graph, "ben"), "mailbox", SharingLevel.EVIDENCE)
    assert await due_notices(graph, "ana") == {"Cleo": NOW, "Dan": NOW, "Eve": NOW}


async def test_a_single_member_who_shares_nothing_has_no_notices(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox_of("ana", EVE))
    viewer = await owner_viewer(graph)

    assert await list_due_notices(graph, await read_state(graph, viewer.network), viewer, 50) == []


async def test_the_earliest_day_in_view_sets_the_deadline(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    then, later = date(2026, 1, 31), date(2026, 8, 1)
    await load_on(graph, "ben", mailbox_of("ben", CLEO), then)
    await load_on(graph, "ben", mailbox_of("ben", CLEO, EVE), later)
    await load_on(graph, "ana", mailbox_of("ana", CLEO), later)
    before = await due_notices(graph, "ben")
    await load_on(graph, "ben", mailbox_of("ben", CLEO, EVE), TODAY)

    assert before == {"Cleo": (then, date(2026, 2, 28)), "Eve": (later, date(2026, 9, 1))}
    assert await due_notices(graph, "ben") == before
    assert list(before) == ["Cleo", "Eve"]  # the most urgent first
    assert await due_notices(graph, "ana") == {
        "Cleo": (later, date(2026, 9, 1))
    }  # the earlier day comes from Ben's private source


async def test_a_source_that_shares_strengths_shows_the_day_of_its_first_load(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    """The day of a later load would show when somebody was first contacted."""
    await create_team_network(driver, graph, "ben")
    first, later = TODAY - timedelta(days=90), TODAY - timedelta(days=30)
    await load_on(graph, "ben", mailbox_of("ben", CLEO), first)
    await load_on(graph, "ben", mailbox_of("ben", CLEO, EVE), later)

    for level, day_of_eve in ((SharingLevel.STRENGTH, first), (SharingLevel.EVIDENCE, later)):
        await share_source(graph, await viewer_of(graph, "ben"), "mailbox", level)
        for member, expected in (("ana", day_of_eve), ("ben", later)):
            since = {name: since for name, (since, _) in (await due_notices(graph, member)).items()}
            assert since == {"Cleo": first, "Eve": expected}, (level, member)


async def test_a_changed_name_in_a_list_keeps_the_earliest_day(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    rows = [[own("ben@home.example", "Ben"), *connections((by_profile("cleo", name, CLEO), job))] for name, job in
            (("Cleo Far", "Far Inc."), ("Cleo Farther", "Wide Inc."))]  # fmt: skip
    await load_on(graph, "ben", rows[0], TODAY - timedelta(days=90), "linkedin")
    await load_on(graph, "ben", rows[1], TODAY, "linkedin")

    assert [since for since, _ in (await due_notices(graph, "ben")).values()] == [TODAY - timedelta(days=90)]


async def test_people_loaded_before_the_upgrade_count_from_its_day(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_on(graph, "ben", mailbox_of("ben", CLEO), TODAY - timedelta(days=90))
    upgrade_day = TODAY - timedelta(days=30)
    await driver.execute_query("MATCH ()-[n:NAMES]->() REMOVE n.obtained")
    await driver.execute_query("MATCH (n:Network) SET n.obtained = $day", day=day_of(upgrade_day))
    await load_on(graph, "ben", mailbox_of("ben", CLEO, EVE), TODAY)

    assert {name: since for name, (since, _) in (await due_notices(graph, "ben")).items()} == {
        "Cleo": upgrade_day,
        "Eve": TODAY,
    }


async def test_a_notified_person_is_not_due_until_it_is_undone(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", mailbox_of("ana", CLEO, EVE), SharingLevel.EVIDENCE)
    await load_for(graph, "ben", mailbox_of("ben", DAN))

    assert await mark_notified(graph, "ana", "Eve", "Dan", "nobody") == ["Eve"]  # Dan is a private contact of Ben
    assert await mark_notified(graph, "ana", "Eve", on=TODAY - timedelta(days=1)) == ["Eve"]
    assert set(await due_notices(graph, "ana")) == {"Cleo"}
    assert set(await due_notices(graph, "ben")) == {"Dan"}
    assert await mark_notified(graph, "ben", "Eve", on=None) == []  # not in his sources
    assert set(await due_notices(graph, "ana")) == {"Cleo"}
    await mark_notified(graph, "ana", "Eve", on=None)
    assert set(await due_notices(graph, "ana")) == {"Cleo", "Eve"}


@pytest.mark.parametrize("shared", [SharingLevel.PRIVATE, SharingLevel.EVIDENCE])
async def test_a_notification_by_a_colleague_does_not_reveal_private_contacts(
    driver: neo4j.AsyncDriver, graph: Graph, shared: SharingLevel
) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", mailbox_of("ana", CLEO))
    await load_for(graph, "ben", mailbox_of("ben", CLEO), shared)

    await mark_notified(graph, "ben", "Cleo")

    assert await due_notices(graph, "ben") == {}
    assert set(await due_notices(graph, "ana")) == ({"Cleo"} if shared == SharingLevel.PRIVATE else set())


async def test_a_merged_person_stays_notified(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", mailbox_of("ana", CLEO, EVE), SharingLevel.EVIDENCE)
    viewer = await viewer_of(graph, "ana")
    ids = await person_ids(graph, viewer.network)
    await mark_notified(graph, "ana", "Eve")

    await merge_people(graph, viewer, [ids["Cleo"], ids["Eve"]], today=TODAY)
    assert await due_notices(graph, "ana") == {}
    await undo_identity_decision(graph, viewer, (await list_identity_decisions(graph, viewer))[0].id)
    assert set(await due_notices(graph, "ana")) == {"Cleo"}


async def test_an_erased_person_has_no_notice(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", mailbox_of("ana", CLEO, EVE), SharingLevel.EVIDENCE)

    await erase_person(graph, await viewer_of(graph, "ana"), EVE)

    assert set(await due_notices(graph, "ana")) == {"Cleo"}


async def test_a_page_of_notices_starts_after_the_previous_one(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_on(graph, "ana", mailbox_of("ana", CLEO), TODAY - timedelta(days=7))
    await load_for(graph, "ben", mailbox_of("ben", DAN, EVE), SharingLevel.EVIDENCE)
    network = (await viewer_of(graph, "ana")).network
    state = await read_state(graph, network)
    viewer = build_viewer(state, "ana")
    all_notices = await list_due_notices(graph, state, viewer, 50)

    first = await list_due_notices(graph, state, viewer, 2)
    rest = await list_due_notices(graph, state, viewer, 2, after=first[-1].id)

    assert [*first, *rest] == all_notices
    assert len(all_notices) == 3
