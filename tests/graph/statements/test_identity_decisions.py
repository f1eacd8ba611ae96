"""Tests of merge, split and mark distinct: they override rules, survive loads, and can be undone exactly."""

from dataclasses import replace
from itertools import count

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidIdentityDecision
from graph.ingest.remove import remove_source
from graph.lookup.duplicates import list_possible_duplicates
from graph.lookup.identities import list_identities
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.records import MailingList, ObservedName, Record
from graph.statements.identity_decisions import (
    list_identity_decisions,
    mark_distinct,
    merge_people,
    split_person,
    undo_identity_decision,
)
from graph.viewer import Viewer
from tests.graph.worlds import (
    TODAY,
    by_mail,
    by_profile,
    connections,
    home,
    load_export,
    network_contents,
    own,
    owner_viewer,
    talk,
)
from tests.laws.test_load import few_examples

ME = "ana@home.example"
BEN, OTHER_BEN, CLEO, DAN = "ben.okoro@acme.example", "benny@gmail.com", "cleo@far.example", "dan@far.example"
MAIL: list[Record] = [
    own(ME, "Ana Ferreira"),
    *(message for friend in (BEN, OTHER_BEN, CLEO, DAN) for message in talk(ME, friend)),
    *talk(BEN, CLEO, copy=ME),
    *talk(OTHER_BEN, DAN, copy=ME),
]
CONNECTIONS = connections(
    (by_profile("ben-okoro", "Ben Okoro"), "Acme Ltd"), (by_profile("cleo", "Cleo", CLEO), "Far Inc.")
)
number = count()


async def _load_network(graph: Graph, name: str = "home") -> Viewer:
    await load_export(graph, MAIL, name=name)
    await load_export(graph, CONNECTIONS, kind="linkedin", name=name, owner=ME)
    return await owner_viewer(graph, name)


async def _person_id(graph: Graph, viewer: Viewer, text: str) -> str:
    target = await resolve_reference(graph, viewer, text)
    assert isinstance(target, ResolvedTarget)
    return target.person.id


async def _person_ids(driver: neo4j.AsyncDriver, viewer: Viewer) -> list[str]:
    rows, _, _ = await driver.execute_query(
        "MATCH (p:Person {network: $network})<-[:OF]-(i) RETURN p.id AS id ORDER BY id", network=viewer.network
    )
    return list(dict.fromkeys(row["id"] for row in rows))


@few_examples
@given(
    actions=st.lists(st.tuples(st.sampled_from("msau"), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6),
    data=st.data(),
)
async def test_undoing_all_decisions_restores_the_network_exactly(
    driver: neo4j.AsyncDriver, graph: Graph, actions: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    name = f"d{next(number)}"
    viewer = await _load_network(graph, name)
    before = await network_contents(driver, name)

    for action, one, other in actions:
        people = await _person_ids(driver, viewer)
        first, second = people[one % len(people)], people[other % len(people)]
        known_identities = (await list_identities(graph, viewer, [first]))[first]
        decisions = await list_identity_decisions(graph, viewer)
        try:
            if action == "m":
                await merge_people(graph, viewer, [first, second], today=TODAY)
            elif action == "a":
                await mark_distinct(graph, viewer, first, second, today=TODAY)
            elif action == "s":
                await split_person(
                    graph, viewer, first, [one.id for one in known_identities[: 1 + other % 2]], today=TODAY
                )
            elif decisions:
                await undo_identity_decision(graph, viewer, decisions[one % len(decisions)].id)
        except InvalidIdentityDecision:
            continue
    between = await network_contents(driver, name)
    async with rederive_after(graph, viewer.network):
        pass
    assert await network_contents(driver, name) == between  # the incremental result equals a full derivation
    for decision in data.draw(st.permutations(await list_identity_decisions(graph, viewer))):
        await undo_identity_decision(graph, viewer, decision.id)

    assert await network_contents(driver, name) == before


async def test_a_newer_decision_overrides_a_merge(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    viewer = await _load_network(graph)
    ben, other = await _person_id(graph, viewer, BEN), await _person_id(graph, viewer, OTHER_BEN)

    await merge_people(graph, viewer, [ben, other], today=TODAY)

    merged = await _person_id(graph, viewer, OTHER_BEN)
    assert (
        merged == await _person_id(graph, viewer, BEN) == await _person_id(graph, viewer, "linkedin.com/in/ben-okoro")
    )
    known_identities = (await list_identities(graph, viewer, [merged]))[merged]
    split_ids = [identity.id for identity in known_identities if identity.text == OTHER_BEN]
    await split_person(graph, viewer, merged, split_ids, today=TODAY)
    assert await _person_id(graph, viewer, OTHER_BEN) != await _person_id(graph, viewer, BEN)

    newest, *_ = await list_identity_decisions(graph, viewer)
    await undo_identity_decision(graph, viewer, newest.id)
    assert await _person_id(graph, viewer, OTHER_BEN) == await _person_id(graph, viewer, BEN)


async def test_a_split_overrides_automatic_merges(graph: Graph) -> None:
    viewer = await _load_network(graph)
    for address, profile in ((BEN, "ben-okoro"), (CLEO, "cleo")):
        person = await _person_id(graph, viewer, address)
        known_identities = (await list_identities(graph, viewer, [person]))[person]
        assert len(known_identities) == 2

        await split_person(
            graph,
            viewer,
            person,
            [identity.id for identity in known_identities if identity.text == address],
            today=TODAY,
        )
        await load_export(graph, CONNECTIONS, kind="linkedin", owner=ME)

        assert await _person_id(graph, viewer, address) != await _person_id(graph, viewer, f"linkedin.com/in/{profile}")


async def test_a_merge_applies_again_after_its_source_is_reloaded(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    viewer = await _load_network(graph)
    await merge_people(
        graph, viewer, [await _person_id(graph, viewer, "linkedin.com/in/cleo"), await _person_id(graph, viewer, DAN)],
        today=TODAY,
    )  # fmt: skip
    merged = await network_contents(driver)
    network, member = await home(graph)

    await remove_source(graph, network, member, "linkedin")
    await load_export(graph, CONNECTIONS, kind="linkedin", owner=ME)

    assert await network_contents(driver) == merged


async def test_invalid_decisions_are_refused_with_a_reason(graph: Graph) -> None:
    viewer = await _load_network(graph)
    ben = await _person_id(graph, viewer, BEN)
    known_identities = (await list_identities(graph, viewer, [ben]))[ben]

    with pytest.raises(InvalidIdentityDecision, match="two or more people"):
        await merge_people(graph, viewer, [ben, ben], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="no longer exists"):
        await merge_people(graph, viewer, [ben, "nobody"], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="some of them only"):
        await split_person(graph, viewer, ben, [identity.id for identity in known_identities], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="not identities"):
        await split_person(graph, viewer, ben, ["nothing"], today=TODAY)
    assert not await undo_identity_decision(graph, viewer, "nothing")


async def test_the_address_of_a_room_or_a_list_is_merged_with_nobody(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    viewer = await _load_network(graph)
    room = by_mail("elbe@acme.example", "Elbe Four")
    await load_export(graph, [own(ME, "Ana"), MailingList(room), ObservedName(room, TODAY)], owner=ME)
    rows, _, _ = await driver.execute_query("MATCH (:Identity {key: 'email:elbe@acme.example'})-[:OF]->(p) RETURN p.id")
    people = [await _person_id(graph, viewer, BEN), rows[0][0]]

    with pytest.raises(InvalidIdentityDecision, match=r"elbe@acme\.example is the address of a room or a list"):
        await merge_people(graph, viewer, people, today=TODAY)


async def test_a_decision_is_visible_only_with_its_identities_in_view(graph: Graph) -> None:
    viewer = await _load_network(graph)
    ben, other = await _person_id(graph, viewer, BEN), await _person_id(graph, viewer, OTHER_BEN)
    await merge_people(graph, viewer, [ben, other], today=TODAY)
    colleague = replace(viewer, member="somebody else", sources=())

    assert [decision.is_own for decision in await list_identity_decisions(graph, viewer)] == [True]
    assert await list_identity_decisions(graph, colleague) == []
    assert await list_possible_duplicates(graph, colleague, 10) == []
    assert not (await list_identities(graph, colleague, [await _person_id(graph, viewer, BEN)])).popitem()[1]
    (visible,) = await list_identity_decisions(graph, replace(colleague, sources=viewer.sources))
    assert not visible.is_own
    assert not await undo_identity_decision(graph, colleague, visible.id)


async def test_likely_duplicates_are_listed_until_decided(graph: Graph) -> None:
    await load_export(
        graph,
        [
            own(ME, "Ana Ferreira"),
            *talk(ME, "jane.thornbury@acme.example"),
            *talk(ME, "thornbury.jane@gmail.com"),
            *talk(ME, "mary.thornbury@gmail.com"),
        ],
    )
    viewer = await owner_viewer(graph)

    (pair,) = await list_possible_duplicates(graph, viewer, 10)
    assert {pair.one.name, pair.other.name} == {"Jane Thornbury", "Thornbury Jane"}
    assert pair.because == "the same name"
    assert await list_possible_duplicates(graph, viewer, 10, after=pair.id) == []

    for _ in range(2):
        await mark_distinct(graph, viewer, pair.one.id, pair.other.id, today=TODAY)
    assert await list_possible_duplicates(graph, viewer, 10) == []
    assert len(await list_identity_decisions(graph, viewer)) == 1


async def test_confident_duplicates_are_merged_with_a_stored_reason(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    friends = [f"friend{n}@far{n}.example" for n in range(6)]
    jane, other = "jane.thornbury@acme.example", "jane.thornbury@gmail.com"
    messages = [
        message
        for address in (jane, other)
        for friend in friends
        for message in talk(address, friend, times=1, copy=ME)
    ]
    await load_export(graph, [own(ME, "Ana Ferreira"), *talk(ME, jane), *talk(ME, other), *messages])
    viewer = await owner_viewer(graph)

    person = await _person_id(graph, viewer, jane)

    assert person == await _person_id(graph, viewer, other)
    reasons = {identity.because for identity in (await list_identities(graph, viewer, [person]))[person]}
    assert reasons == {"the same name; 6 contacts in common"}
