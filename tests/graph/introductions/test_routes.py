"""People to ask, each with the best route through them."""

from typing import Self

import neo4j
import pytest

from graph.database.client import Graph
from graph.introductions.routes import Form, FoundRoute, RouteSearchResult, search
from graph.viewer import NETWORK_AUDIENCE
from tests.conftest import Grow
from tests.drawing import NETWORK, viewer


async def ask(
    graph: Graph, *targets: str, asker: str = "ana", limit: int = 5, max_introducers: int = 2
) -> list[FoundRoute]:
    """What is found, which must be the same in whatever form it is searched."""
    found = await search(
        graph, viewer(asker), targets=targets or ["cleo"], limit=limit, max_introducers=max_introducers
    )
    for form in Form:
        assert found == await search(
            graph,
            viewer(asker),
            targets=targets or ["cleo"],
            limit=limit,
            max_introducers=max_introducers,
            form=form,
        )
    assert found.is_complete
    return list(found.routes)


async def ways(graph: Graph, *targets: str, limit: int = 5, max_introducers: int = 2) -> list[str]:
    return [
        " ".join(found.people) for found in await ask(graph, *targets, limit=limit, max_introducers=max_introducers)
    ]


async def test_the_quiet_friend_beats_the_well_connected_stranger(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.8- ben -0.8-> cleo", "hub -0.9-> cleo", *[f"hub -0.9-> contact{n}" for n in range(50)])

    assert await ways(graph) == ["ben"]


async def test_somebody_who_never_reached_out_is_no_introducer(graph: Graph, grow: Grow) -> None:
    await grow("ana -0.9-> ben -0.9-> cleo", "ana <-0.9- dan <-0.9- cleo")

    assert await ways(graph, max_introducers=3) == []


async def test_the_odds_are_the_product_of_the_acts_and_of_the_targets_answer(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.8- dan <-0.7- eva -0.6/0.3-> cleo")

    assert await ask(graph, max_introducers=3) == [
        FoundRoute(people=("ben", "dan", "eva"), score=0.9 * (0.8 * (0.7 * 0.3)), target="cleo")
    ]


async def test_each_introducer_comes_once_with_the_best_route_through_them(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.3-> cleo", "ben <-0.9- dan -0.8-> cleo", "ben <-0.9- eva -0.9-> cleo")

    assert await ways(graph) == ["ben eva"]


async def test_a_longer_route_with_better_odds_comes_first(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.9- dan -0.9-> cleo", "ana <-0.5- fay -0.5-> cleo")

    assert await ways(graph, limit=1) == ["ben dan"]
    assert await ways(graph, max_introducers=1) == ["fay"]


async def test_equal_odds_are_settled_by_fewer_hops_then_by_name(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.5- zoe -0.5-> cleo", "ana <-0.5- ida -0.5-> cleo")
    await grow("ana <-1.0- abe <-0.5- max -0.5-> cleo", "abe <-0.5- kim -0.5-> cleo")

    assert await ways(graph) == ["ida", "zoe", "abe kim"]
    assert await ways(graph, limit=2) == ["ida", "zoe"]


async def test_three_introducers_are_asked_only_where_the_question_allows_it(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.9- dan <-0.9- eva -0.9-> cleo", "ana <-0.9- ida <-0.9- jo <-0.9- kim <-0.9- lea")
    await grow("lea -0.9-> cleo")

    assert await ways(graph) == []
    assert await ways(graph, max_introducers=3) == ["ben dan eva"]
    with pytest.raises(ValueError, match="one to three introducers"):
        await search(graph, viewer("ana"), targets=["cleo"], max_introducers=4)


async def test_nobody_is_passed_twice_and_neither_asker_nor_target_in_the_middle(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-1.0- dan <-1.0- ben -0.5-> cleo", "ana <-0.9- gus <-0.9- ana -0.9-> cleo")
    await grow("ana <-0.9- hal <-0.9- cleo -0.9-> twin", "ana <-0.9- cleo")

    assert await ways(graph, "cleo", "twin", max_introducers=3) == ["ben"]


async def test_of_two_who_are_probably_one_the_better_reached_is_the_target(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.4-> cleo", "ben -0.8-> twin", "ana <-0.9- dan -0.3-> cleo")

    found = await ask(graph, "cleo", "twin")

    assert [(way.people, way.target) for way in found] == [(("ben",), "twin"), (("dan",), "cleo")]


async def test_a_private_tie_raises_its_members_routes_and_nobody_elses(
    graph: Graph, grow: Grow, driver: neo4j.AsyncDriver
) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.5- dan -0.5-> cleo")
    for audience, person in (("member", "ben"), ("somebody else", "dan")):
        await driver.execute_query(
            """
            MATCH (p:Person {network: $network, id: $person})-[:KNOWS]->(to)
            CREATE (p)-[:KNOWS {by: p.id, towards: to.id, audience: $audience, strength: 0.75,
                mutual_strength: 0.75}]->(to)
            """,
            network=NETWORK,
            person=person,
            audience=audience,
        )

    found = await ask(graph)

    assert [(way.people, way.score) for way in found] == [(("ben",), 0.75 * 0.75), (("dan",), 0.5 * 0.5)]


async def test_another_networks_ties_never_appear(graph: Graph, grow: Grow, driver: neo4j.AsyncDriver) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.5- fay <-0.5- eva", "dan -0.5-> cleo")
    await driver.execute_query(
        """
        UNWIND [['eva', 'ana'], ['eva', 'cleo'], ['dan', 'eva']] AS tie
        MERGE (b:Person {network: 'other', id: tie[0]}) SET b.name = b.id
        MERGE (a:Person {network: 'other', id: tie[1]}) SET a.name = a.id
        CREATE (b)-[:KNOWS {by: b.id, towards: a.id, audience: $all, strength: 1.0, mutual_strength: 1.0}]->(a)
        """,
        all=NETWORK_AUDIENCE,
    )

    assert await ways(graph, max_introducers=3) == ["ben"]


async def test_who_is_unknown_or_asks_for_themselves_finds_nobody(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "dan")

    assert await ways(graph, "nobody") == []
    assert await ways(graph, "ana") == []
    assert await ways(graph, "dan") == []
    assert await ask(graph, asker="dan") == []


async def test_without_time_those_who_know_both_ends_are_told_and_that_there_may_be_more(
    graph: Graph, grow: Grow
) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo")

    assert await search(graph, viewer("ana"), targets=["cleo"], seconds=0) == RouteSearchResult(
        routes=(FoundRoute(people=("ben",), score=0.25, target="cleo"),), is_complete=False
    )


async def test_a_search_that_nothing_more_could_change_is_complete_without_time(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.9-> cleo")

    assert (await search(graph, viewer("ana"), targets=["cleo"], seconds=0)).is_complete


class Hasty(Graph):
    """A graph whose answers are never there in time, where anybody gives them any."""

    def with_timeout(self, seconds: float | None) -> Self:
        return super().with_timeout(1e-6)


async def test_a_stage_that_the_database_does_not_end_in_time_is_cut_off(
    graph: Graph, grow: Grow, driver: neo4j.AsyncDriver
) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo")

    ways = await search(Hasty(driver), viewer("ana"), targets=["cleo"], seconds=60)

    assert ([found.people for found in ways.routes], ways.is_complete) == ([("ben",)], False)
