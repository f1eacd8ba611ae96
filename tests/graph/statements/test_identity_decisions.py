"""What members say of who is who: it wins, it lasts, it can be taken back to the bit, and shows nobody anything."""

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
from graph.lookup.duplicates import possible
from graph.lookup.identities import identities
from graph.lookup.resolve import Target, find
from graph.records import Record
from graph.statements.identity_decisions import (
    list_identity_decisions,
    mark_distinct,
    merge_people,
    split_person,
    undo_identity_decision,
)
from graph.viewer import Viewer
from tests.graph.worlds import TODAY, bring, by_profile, connections, home, own, seen_by_owner, talk, whole
from tests.laws.test_load import few

ME = "ana@home.example"
BEN, OTHER_BEN, CLEO, DAN = "ben.okoro@acme.example", "benny@gmail.com", "cleo@far.example", "dan@far.example"
MAIL: list[Record] = [
    own(ME, "Ana Ferreira"),
    *(letter for friend in (BEN, OTHER_BEN, CLEO, DAN) for letter in talk(ME, friend)),
    *talk(BEN, CLEO, copy=ME),
    *talk(OTHER_BEN, DAN, copy=ME),
]
LISTED = connections((by_profile("ben-okoro", "Ben Okoro"), "Acme Ltd"), (by_profile("cleo", "Cleo", CLEO), "Far Inc."))
number = count()


async def _drawn(graph: Graph, name: str = "home") -> Viewer:
    await bring(graph, MAIL, name=name)
    await bring(graph, LISTED, kind="linkedin", name=name, owner=ME)
    return await seen_by_owner(graph, name)


async def _person(graph: Graph, viewer: Viewer, text: str) -> str:
    found = await find(graph, viewer, text)
    assert isinstance(found, Target)
    return found.person.id


async def _people(driver: neo4j.AsyncDriver, viewer: Viewer) -> list[str]:
    rows, _, _ = await driver.execute_query(
        "MATCH (p:Person {network: $network})<-[:OF]-(i) RETURN p.id AS id ORDER BY id", network=viewer.network
    )
    return list(dict.fromkeys(row["id"] for row in rows))


@few
@given(
    acts=st.lists(st.tuples(st.sampled_from("msau"), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6),
    data=st.data(),
)
async def test_undoing_all_that_was_said_restores_what_was_to_the_bit(
    driver: neo4j.AsyncDriver, graph: Graph, acts: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    name = f"d{next(number)}"
    viewer = await _drawn(graph, name)
    before = await whole(driver, name)

    for act, one, other in acts:
        people = await _people(driver, viewer)
        first, second = people[one % len(people)], people[other % len(people)]
        theirs = (await identities(graph, viewer, [first]))[first]
        said = await list_identity_decisions(graph, viewer)
        try:
            if act == "m":
                await merge_people(graph, viewer, [first, second], today=TODAY)
            elif act == "a":
                await mark_distinct(graph, viewer, first, second, today=TODAY)
            elif act == "s":
                await split_person(graph, viewer, first, [one.id for one in theirs[: 1 + other % 2]], today=TODAY)
            elif said:
                await undo_identity_decision(graph, viewer, said[one % len(said)].id)
        except InvalidIdentityDecision:
            continue
    between = await whole(driver, name)
    async with rederive_after(graph, viewer.network):
        pass
    assert await whole(driver, name) == between  # what was derived narrowly is what all of it gives
    for made in data.draw(st.permutations(await list_identity_decisions(graph, viewer))):
        await undo_identity_decision(graph, viewer, made.id)

    assert await whole(driver, name) == before


async def test_a_merge_joins_and_adds_up_and_the_newer_word_wins(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    viewer = await _drawn(graph)
    ben, other = await _person(graph, viewer, BEN), await _person(graph, viewer, OTHER_BEN)

    await merge_people(graph, viewer, [ben, other], today=TODAY)

    one = await _person(graph, viewer, OTHER_BEN)
    assert one == await _person(graph, viewer, BEN) == await _person(graph, viewer, "linkedin.com/in/ben-okoro")
    theirs = (await identities(graph, viewer, [one]))[one]
    away = [found.id for found in theirs if found.text == OTHER_BEN]
    await split_person(graph, viewer, one, away, today=TODAY)
    assert await _person(graph, viewer, OTHER_BEN) != await _person(graph, viewer, BEN)

    newest, *_ = await list_identity_decisions(graph, viewer)
    await undo_identity_decision(graph, viewer, newest.id)
    assert await _person(graph, viewer, OTHER_BEN) == await _person(graph, viewer, BEN)


async def test_a_split_holds_apart_what_a_rule_and_what_one_row_would_join(graph: Graph) -> None:
    viewer = await _drawn(graph)
    for address, profile in ((BEN, "ben-okoro"), (CLEO, "cleo")):
        person = await _person(graph, viewer, address)
        theirs = (await identities(graph, viewer, [person]))[person]
        assert len(theirs) == 2

        await split_person(graph, viewer, person, [one.id for one in theirs if one.text == address], today=TODAY)
        await bring(graph, LISTED, kind="linkedin", owner=ME)

        assert await _person(graph, viewer, address) != await _person(graph, viewer, f"linkedin.com/in/{profile}")


async def test_a_merge_outlives_its_sources_and_counts_when_they_return(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    viewer = await _drawn(graph)
    await merge_people(
        graph, viewer, [await _person(graph, viewer, "linkedin.com/in/cleo"), await _person(graph, viewer, DAN)],
        today=TODAY,
    )  # fmt: skip
    merged = await whole(driver)
    network, member = await home(graph)

    await remove_source(graph, network, member, "linkedin")
    await bring(graph, LISTED, kind="linkedin", owner=ME)

    assert await whole(driver) == merged


async def test_what_cannot_be_decided_is_refused_in_a_sentence(graph: Graph) -> None:
    viewer = await _drawn(graph)
    ben = await _person(graph, viewer, BEN)
    theirs = (await identities(graph, viewer, [ben]))[ben]

    with pytest.raises(InvalidIdentityDecision, match="two or more people"):
        await merge_people(graph, viewer, [ben, ben], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="no longer exists"):
        await merge_people(graph, viewer, [ben, "nobody"], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="some of them only"):
        await split_person(graph, viewer, ben, [one.id for one in theirs], today=TODAY)
    with pytest.raises(InvalidIdentityDecision, match="not identities"):
        await split_person(graph, viewer, ben, ["nothing"], today=TODAY)
    assert not await undo_identity_decision(graph, viewer, "nothing")


async def test_others_see_of_a_decision_only_what_their_sources_name(graph: Graph) -> None:
    viewer = await _drawn(graph)
    ben, other = await _person(graph, viewer, BEN), await _person(graph, viewer, OTHER_BEN)
    await merge_people(graph, viewer, [ben, other], today=TODAY)
    colleague = replace(viewer, member="somebody else", sources=())

    assert [one.is_own for one in await list_identity_decisions(graph, viewer)] == [True]
    assert await list_identity_decisions(graph, colleague) == []
    assert await possible(graph, colleague, 10) == []
    assert not (await identities(graph, colleague, [await _person(graph, viewer, BEN)])).popitem()[1]
    (made,) = await list_identity_decisions(graph, replace(colleague, sources=viewer.sources))
    assert not made.is_own
    assert not await undo_identity_decision(graph, colleague, made.id)


async def test_likely_pairs_are_offered_until_they_are_decided(graph: Graph) -> None:
    await bring(
        graph,
        [
            own(ME, "Ana Ferreira"),
            *talk(ME, "jane.thornbury@acme.example"),
            *talk(ME, "thornbury.jane@gmail.com"),
            *talk(ME, "mary.thornbury@gmail.com"),
        ],
    )
    viewer = await seen_by_owner(graph)

    (pair,) = await possible(graph, viewer, 10)
    assert {pair.one.name, pair.other.name} == {"Jane Thornbury", "Thornbury Jane"}
    assert pair.because == "the same name"
    assert await possible(graph, viewer, 10, after=pair.id) == []

    for _ in range(2):
        await mark_distinct(graph, viewer, pair.one.id, pair.other.id, today=TODAY)
    assert await possible(graph, viewer, 10) == []
    assert len(await list_identity_decisions(graph, viewer)) == 1


async def test_the_sure_are_merged_with_the_reason_on_record(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    friends = [f"friend{n}@far{n}.example" for n in range(6)]
    jane, other = "jane.thornbury@acme.example", "jane.thornbury@gmail.com"
    letters = [letter for mail in (jane, other) for f in friends for letter in talk(mail, f, times=1, copy=ME)]
    await bring(graph, [own(ME, "Ana Ferreira"), *talk(ME, jane), *talk(ME, other), *letters])
    viewer = await seen_by_owner(graph)

    person = await _person(graph, viewer, jane)

    assert person == await _person(graph, viewer, other)
    because = {one.because for one in (await identities(graph, viewer, [person]))[person]}
    assert because == {"the same name; 6 contacts in common"}
