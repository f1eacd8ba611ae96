"""Tests of the export of a person: complete as far as the viewer may see, and empty after an erasure."""

from datetime import timedelta

import neo4j

from graph.database.client import Graph
from graph.insights.review.archived_connections import archive_connections
from graph.insights.tags import tag_people
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person
from graph.privacy.subject_requests import export_address
from graph.records import (
    Connection,
    Handle,
    HandleKind,
    Part,
    PersonMention,
    Record,
    UnreachableHandles,
    UnreachableReason,
)
from graph.requests.states import OPEN_STATES
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.hidden_contacts import hide_contact
from graph.sharing.introducer_visibility import set_introducer_visibility
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_mail, own, talk

ANA, BEN, JANE = "ana@home.example", "ben@home.example", "jane@far.example"
SECTIONS = ("hiddenContacts", "excludedIntroducers")
DAY = TODAY.isoformat()


async def exported_sections(graph: Graph, member: str) -> list[list[dict[str, object]]]:
    """The sections of Jane's export that come from members and not from sources."""
    export = await export_person(graph, await viewer_of(graph, member), JANE)
    assert isinstance(export, dict)
    return [export[section] for section in SECTIONS]


async def test_an_export_contains_only_entries_the_viewer_may_see(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network = await create_team_network(driver, graph, "ben", "cleo")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, JANE, times=1, ago=400)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    assert await exported_sections(graph, "ana") == await exported_sections(graph, "ben") == [[], []]
    ana, ben, state = await viewer_of(graph, "ana"), await viewer_of(graph, "ben"), await read_state(graph, network)
    jane = await resolve_reference(graph, ana, JANE)
    assert isinstance(jane, ResolvedTarget)

    await exclude_introducer(graph, state, ana, jane.person.id, today=TODAY, for_everybody=True)
    await exclude_introducer(graph, state, ben, jane.person.id, today=TODAY)
    await hide_contact(graph, ana, person=jane.person.id, today=TODAY)

    entry = {"label": "Jane", "on": DAY}
    assert await exported_sections(graph, "ana") == [
        [entry],
        [{**entry, "for": "everybody"}],
    ]
    assert await exported_sections(graph, "ben") == [
        [],
        [{**entry, "for": "one member"}],
    ]
    assert await exported_sections(graph, "cleo") == [[], []]

    await erase_person(graph, ana, JANE)
    query = "MATCH (x:HiddenContact|ExcludedIntroducer) RETURN count(x) AS left"
    left, _, _ = await driver.execute_query(query)
    assert left[0]["left"] == 0


async def test_the_groups_of_an_address_book_are_exported_to_its_owner_and_to_the_person_only(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_team_network(driver, graph, "ben")
    jane = PersonMention((Handle(HandleKind.EMAIL, JANE),), "Jane")
    book: list[Record] = [own(ANA, "Ana"), Part("contacts"), Connection(jane, None, "contacts", ("Difficult clients",))]
    await load_for(graph, "ana", book, SharingLevel.EVIDENCE, kind="vcard")

    async def names_for(member: str) -> list[dict[str, object]]:
        export = await export_person(graph, await viewer_of(graph, member), JANE)
        assert isinstance(export, dict)
        return list(export["names"])

    for_jane = await export_address(graph, network, f"email:{JANE}")
    assert isinstance(for_jane, dict)
    for names in (await names_for("ana"), for_jane["names"]):
        assert [row["group"] for row in names if "group" in row] == ["Difficult clients"]
    names = await names_for("ben")
    assert "Jane" in {row.get("name") for row in names}
    assert "Difficult clients" not in str(names)


async def test_each_day_on_which_mail_was_returned_is_exported(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network = await create_team_network(driver, graph)
    days = [TODAY - timedelta(days=ago) for ago in (40, 20)]
    returned = [UnreachableHandles(by_mail(JANE), day, UnreachableReason.MAIL_RETURNED) for day in days]
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, JANE, ago=50), *returned])

    export = await export_address(graph, network, f"email:{JANE}")

    assert isinstance(export, dict)
    (row,) = [row for row in export["names"] if "unreachableOn" in row]
    assert (row["unreachableOn"], row["unreachableReason"]) == (days[-1].isoformat(), "mail_returned")
    assert row["unreachableDays"] == [day.isoformat() for day in days]


async def test_the_holder_of_an_address_learns_that_it_was_archived_and_not_by_whom(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, JANE)])
    before = await export_address(graph, network, f"email:{JANE}")
    ana = await viewer_of(graph, "ana")
    jane = await resolve_reference(graph, ana, JANE)
    assert isinstance(jane, ResolvedTarget)
    await archive_connections(graph, ana, {jane.person.id: None}, today=TODAY, open_states=OPEN_STATES)
    await tag_people(graph, ana, "candidates", [jane.person.id])

    after = await export_address(graph, network, f"email:{JANE}")

    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["archivedConnections"], before["tags"]) == ([], [])
    assert after == before | {"archivedConnections": [{"on": DAY}], "tags": ["candidates"]}
