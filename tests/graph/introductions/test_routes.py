"""Tests of the route search: each introducer with the best route through them."""

from typing import Self

import neo4j
import pytest

from graph.database.client import Graph
from graph.introductions.routes import (
    FoundRoute,
    RouteQuestion,
    RouteSearchResult,
    SearchDirection,
    search_in_database,
    search_routes,
)
from graph.viewer import NETWORK_AUDIENCE
from tests.conftest import Grow
from tests.drawing import NETWORK, viewer


async def find_routes(
    graph: Graph, *targets: str, asker: str = "ana", limit: int = 5, max_introducers: int = 2
) -> list[FoundRoute]:
    """The routes found, which must be equal for every form of the search."""
    result = await search_routes(
        graph, viewer(asker), targets=targets or ["cleo"], limit=limit, max_introducers=max_introducers
    )
    for form in SearchDirection:
        question = RouteQuestion(viewer(asker), targets or ["cleo"], limit, max_introducers)
        assert result == await search_in_database(graph, question, form=form)
    assert result.is_complete
    return list(result.routes)


async def introducer_ids(graph: Graph, *targets: str, limit: int = 5, max_introducers: int = 2) -> list[str]:
    return [
        " ".join(route.people)
        for route in await find_routes(graph, *targets, limit=limit, max_introducers=max_introducers)
    ]


async def test_a_friend_ranks_above_a_well_connected_stranger(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.8- ben -0.8-> cleo", "hub -0.9-> cleo", *[f"hub -0.9-> contact{n}" for n in range(50)])

    assert await introducer_ids(graph) == ["ben"]


async def test_a_contact_without_a_tie_to_the_asker_is_no_introducer(graph: Graph, grow: Grow) -> None:
    await grow("ana -0.9-> ben -0.9-> cleo", "ana <-0.9- dan <-0.9- cleo")

    assert await introducer_ids(graph, max_introducers=3) == []


async def test_the_score_is_the_product_of_the_strengths_of_all_steps(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.8- dan <-0.7- eva -0.6/0.3-> cleo")

    assert await find_routes(graph, max_introducers=3) == [
        FoundRoute(people=("ben", "dan", "eva"), score=0.9 * (0.8 * (0.7 * 0.3)), target="cleo")
    ]


async def test_each_introducer_appears_once_with_their_best_route(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.3-> cleo", "ben <-0.9- dan -0.8-> cleo", "ben <-0.9- eva -0.9-> cleo")

    assert await introducer_ids(graph) == ["ben eva"]


async def test_a_longer_route_with_a_better_score_ranks_first(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.9- dan -0.9-> cleo", "ana <-0.5- fay -0.5-> cleo")

    assert await introducer_ids(graph, limit=1) == ["ben dan"]
    assert await introducer_ids(graph, max_introducers=1) == ["fay"]


async def test_a_route_is_left_out_where_the_asker_can_start_at_a_later_person_with_its_score(
    graph: Graph, grow: Grow
) -> None:
    await grow("ana <-0.5- ben -0.8-> cleo", "ana <-0.6- dan <-0.7- ben", "ana <-0.9- eva <-0.9- fay <-0.7- ben")

    # through dan 0.6 * 0.7, and through eva 0.9 * 0.9 * 0.7, are compared with 0.5 for ben alone
    assert await introducer_ids(graph, max_introducers=2) == ["ben"]
    assert await introducer_ids(graph, max_introducers=3) == ["eva fay ben", "ben"]


async def test_a_dominated_route_does_not_hide_another_route_of_its_introducer(graph: Graph, grow: Grow) -> None:
    await grow(
        "ana <-0.8- ben -0.9-> cleo",
        "ana <-0.8- dan <-0.9- ben",
        "dan <-0.5- eva -0.5-> cleo",
        "dan <-0.4- fay -0.3-> cleo",
    )

    assert await introducer_ids(graph) == ["ben", "dan eva"]


async def test_equal_scores_rank_by_length_then_by_name(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.5- zoe -0.5-> cleo", "ana <-0.5- ida -0.5-> cleo")
    await grow("ana <-1.0- abe <-0.5- max -0.5-> cleo", "abe <-0.5- kim -0.5-> cleo")

    assert await introducer_ids(graph) == ["ida", "zoe", "abe kim"]
    assert await introducer_ids(graph, limit=2) == ["ida", "zoe"]


async def test_routes_have_at_most_the_requested_number_of_introducers(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-0.9- dan <-0.9- eva -0.9-> cleo", "ana <-0.9- ida <-0.9- jo <-0.9- kim <-0.9- lea")
    await grow("lea -0.9-> cleo")

    assert await introducer_ids(graph) == []
    assert await introducer_ids(graph, max_introducers=3) == ["ben dan eva"]
    with pytest.raises(ValueError, match="one to three introducers"):
        await search_routes(graph, viewer("ana"), targets=["cleo"], max_introducers=4)


async def test_a_route_visits_each_person_once(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben <-1.0- dan <-1.0- ben -0.5-> cleo", "ana <-0.9- gus <-0.9- ana -0.9-> cleo")
    await grow("ana <-0.9- hal <-0.9- cleo -0.9-> twin", "ana <-0.9- cleo")

    assert await introducer_ids(graph, "cleo", "twin", max_introducers=3) == ["ben"]


async def test_a_route_ends_at_the_duplicate_with_the_better_score(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.4-> cleo", "ben -0.8-> twin", "ana <-0.9- dan -0.3-> cleo")

    routes = await find_routes(graph, "cleo", "twin")

    assert [(route.people, route.target) for route in routes] == [(("ben",), "twin"), (("dan",), "cleo")]


async def test_a_private_tie_affects_only_the_routes_of_its_member(
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

    routes = await find_routes(graph)

    assert [(route.people, route.score) for route in routes] == [(("ben",), 0.75 * 0.75), (("dan",), 0.5 * 0.5)]


async def test_ties_of_other_networks_are_never_used(graph: Graph, grow: Grow, driver: neo4j.AsyncDriver) -> None:
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

    assert await introducer_ids(graph, max_introducers=3) == ["ben"]


async def test_an_unknown_target_or_oneself_has_no_routes(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "dan")

    assert await introducer_ids(graph, "nobody") == []
    assert await introducer_ids(graph, "ana") == []
    assert await introducer_ids(graph, "dan") == []
    assert await find_routes(graph, asker="dan") == []


async def test_a_search_without_time_returns_only_direct_introducers(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo")

    assert await search_routes(graph, viewer("ana"), targets=["cleo"], seconds=0) == RouteSearchResult(
        routes=(FoundRoute(people=("ben",), score=0.25, target="cleo"),), is_complete=False
    )


async def test_a_search_without_time_is_complete_if_nothing_can_change(graph: Graph, grow: Grow) -> None:
    await grow("ana <-0.9- ben -0.9-> cleo")

    assert (await search_routes(graph, viewer("ana"), targets=["cleo"], seconds=0)).is_complete


class ShortTimeoutGraph(Graph):
    """A graph whose queries time out if they have a timeout."""

    def with_timeout(self, seconds: float | None) -> Self:
        return super().with_timeout(1e-6)


async def test_a_search_stage_over_its_time_is_cancelled(graph: Graph, grow: Grow, driver: neo4j.AsyncDriver) -> None:
    await grow("ana <-0.5- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo")

    result = await search_routes(ShortTimeoutGraph(driver), viewer("ana"), targets=["cleo"], seconds=60)

    assert ([route.people for route in result.routes], result.is_complete) == ([("ben",)], False)
