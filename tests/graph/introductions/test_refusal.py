"""Why there is no route, how near it came, and what would mend it."""

from collections.abc import Iterator
from itertools import pairwise, permutations

import neo4j
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.answers import Reason, Refusal
from graph.database.client import Graph
from graph.introductions.refusal import refusal
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import Target
from tests.graph.evidence_drawing import Drawing, draw, draw_all, view

YEARS_AGO = 365 * 4


async def refused(graph: Graph, *targets: str, members: tuple[str, ...] = ()) -> Refusal:
    viewer = view("ana", *members)
    first, *same = (await read_profiles(graph, viewer, targets)).values()
    return await refusal(graph, viewer, Target(first, tuple(same)))


def chain(found: Refusal) -> list[str]:
    assert found.nearest_miss is not None
    return [person.id for person in found.nearest_miss.people]


async def test_a_tie_gone_cold_says_since_when(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-mail:1500,1460- cleo", "ben -mail:1480,1350-> cleo")

    found = await refused(graph, "cleo")

    assert found.reason is Reason.GONE_COLD
    assert chain(found) == ["ana", "ben", "cleo"]
    assert found.nearest_miss is not None
    assert (found.nearest_miss.from_person.id, found.nearest_miss.to_person.id) == ("ben", "cleo")
    assert found.nearest_miss.outbound.counts == {"mail": 2}
    assert found.suggestion == "ben has not written to cleo since March 2023; one exchange is enough."


async def test_the_target_who_fell_silent_towards_the_asker_is_the_nearest_miss(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "cleo -mail:1350-> ana -mail:1340-> cleo", "ana <-0.9- ben -mail:9-> cleo")

    found = await refused(graph, "cleo")

    assert (found.reason, chain(found)) == (Reason.GONE_COLD, ["ana", "cleo"])
    assert found.suggestion == "cleo has not written to you since March 2023; one exchange is enough."


async def test_somebody_who_never_reached_out_is_one_sided(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -mail:9-> ben -0.9-> cleo")

    found = await refused(graph, "cleo")

    assert (found.reason, chain(found)) == (Reason.ONE_SIDED, ["ana", "ben", "cleo"])
    assert found.suggestion == (
        "Your sources show no message from ben to you, though you wrote in November 2026: "
        "one is enough, or state that ben knows you."
    )


async def test_an_approach_that_was_never_answered_is_one_sided(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -mail:40,9-> ana")

    found = await refused(graph, "cleo")

    assert found.reason is Reason.ONE_SIDED
    assert found.suggestion == (
        "cleo wrote to you, last in November 2026, and your sources show no answer: one answer is enough."
    )


async def test_a_colleagues_word_is_no_approach(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    keys = {who: f"email:{who}@acme.example" for who in ("ana", "cleo")}
    await draw(driver, "cleo -mail:1350-> ana", keys=keys)

    assert (await refused(graph, "cleo")).reason is Reason.GONE_COLD


async def test_an_endorsement_is_no_word(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -endorsement:9-> ana")

    assert (await refused(graph, "cleo")).reason is Reason.ONE_SIDED


async def test_a_connection_without_a_word_is_a_stranger(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -lists-> cleo")

    found = await refused(graph, "cleo")

    assert (found.reason, chain(found)) == (Reason.ONLY_STRANGERS, ["ana", "cleo"])
    assert found.suggestion == (
        "You and cleo are connected, but your sources show no message between you: "
        "one exchange is enough, or state that cleo knows you."
    )


async def test_a_chain_of_lists_is_the_last_resort(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -lists-> ben -lists-> cleo", "ana -lists-> dan -lists-> eva -lists-> cleo")

    found = await refused(graph, "cleo", members=("ben", "dan", "eva"))

    assert (found.reason, chain(found)) == (Reason.ONLY_STRANGERS, ["ana", "ben", "cleo"])
    assert (await refused(graph, "cleo")).reason is Reason.NONE_SEEN


async def test_nothing_seen_is_said_as_such(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", "dan -mail:3-> cleo")

    found = await refused(graph, "cleo")

    assert (found.reason, found.nearest_miss) == (Reason.NONE_SEEN, None)
    assert found.suggestion.startswith("Your sources show nothing between you and cleo")


async def test_what_lies_out_of_view_or_in_the_future_is_not_seen(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -mail:-3-> cleo")
    await draw(driver, "cleo -mail:9-> ben -lists-> cleo", "ana", source="of-ben", owner="ben")
    await draw(driver, "ben -0.9-> ana")

    assert (await refused(graph, "cleo")).reason is Reason.NONE_SEEN
    assert (await refused(graph, "cleo", members=("ben",))).reason is Reason.ONE_SIDED


async def test_a_probable_twin_of_the_target_is_the_target(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -probably-> twin <-mail:9- ana", "twin -0.9-> cleo")

    assert chain(await refused(graph, "cleo", "twin")) == ["ana", "twin"]


async def test_a_hop_more_is_taken_only_for_better_odds(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.3- ben -endorsement:9-> cleo",
        "ana <-mail:9- dan <-0.9- eva -0.5/0.4-> cleo",
    )

    assert chain(await refused(graph, "cleo")) == ["ana", "dan", "eva", "cleo"]
    await draw(driver, "ana <-0.4- fay -mail:9-> cleo")
    assert chain(await refused(graph, "cleo")) == ["ana", "fay", "cleo"]


WHO = "abcdef"
Knows = dict[tuple[str, str], tuple[float, float]]
Small = tuple[Knows, set[tuple[str, str]], set[tuple[str, str]]]

PAIRS = [(one, other) for one in WHO for other in WHO if one != other]
ODDS = (0.25, 0.5, 1.0)


@st.composite
def small(draw_from: st.DrawFn) -> Small:
    """Who knows whom, who wrote to whom and who (a and c are members) lists whom, among six: a asks for f.

    The two ends seldom touch, else that link is always the nearest miss; and ties lie thick, so that chains are long.
    """
    touching = draw_from(st.integers(0, 9)) == 0
    pairs = [pair for pair in PAIRS if touching or {*pair} != {"a", "f"}]
    chance = draw_from(st.randoms(use_true_random=False))
    knows = {
        pair: (chance.choice(ODDS), chance.choice(ODDS))
        for pair in chance.sample(pairs, chance.randint(2, 9))
        if pair != ("f", "a")
    }
    wrote = set(chance.sample(pairs, chance.randint(0, 7)))
    listed = {pair for pair in chance.sample(pairs, chance.randint(0, 8)) if pair[0] in "ac"}
    return knows, wrote, listed


def needed(way: tuple[str, ...]) -> list[tuple[str, str]]:
    """Who must know whom."""
    if len(way) == 2:
        return [("f", "a")]
    return [*((by, to) for to, by in pairwise(way[:-1])), (way[-2], "f")]


def is_routed(graph: Small) -> bool:
    return any(all(pair in graph[0] for pair in needed(way)) for way in ways())


def nearest(graph: Small) -> tuple[list[str], tuple[str, str]] | None:
    """Every chain there is, in plain Python."""
    knows, wrote, listed = graph
    linked = {frozenset(pair) for pair in wrote | listed}
    misses = []
    for way in ways():
        needs = needed(way)
        failing = [pair for pair in needs if pair not in knows]
        if len(failing) == 1 and frozenset(failing[0]) in linked:
            odds = 1.0
            for pair in needs:
                if pair in knows:
                    odds *= knows[pair][1 if pair == needs[-1] else 0]
            misses.append((-odds, len(way), way, failing[0]))
    if misses:
        _, _, way, pair = min(misses)
        return list(way), pair
    lists = {frozenset(pair) for pair in listed}
    for way in sorted(ways(), key=lambda way: (len(way), way)):
        steps = list(pairwise(way))
        if all(frozenset(step) in lists for step in steps):
            return list(way), next(pair for pair in needed(way) if pair not in knows)
    return None


def ways() -> Iterator[tuple[str, ...]]:
    for hops in range(3):
        for between in permutations("bcde", hops):
            yield ("a", *between, "f")


def drawing(graph: Small, network: str) -> Drawing:
    knows, wrote, listed = graph
    lines = (
        *WHO,
        *(f"{by} -{acts}/{reach}-> {to}" for (by, to), (acts, reach) in knows.items()),
        *(f"{by} -mail:9-> {to}" for by, to in wrote),
        *(f"{by} -lists-> {to}" for by, to in listed),
    )
    return Drawing(lines, {}, (), {}, network, owner="a")


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(graphs=st.lists(small(), min_size=25, max_size=25))
async def test_the_nearest_miss_is_that_of_plain_enumeration(
    graph: Graph, driver: neo4j.AsyncDriver, graphs: list[Small]
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await draw_all(driver, [drawing(one, f"n{place}") for place, one in enumerate(graphs)])

    for place, one in enumerate(graphs):
        if is_routed(one):
            continue
        viewer = view("a", "c", network=f"n{place}")
        target = (await read_profiles(graph, viewer, ["f"]))["f"]
        found = await refusal(graph, viewer, Target(target))
        expected = nearest(one)
        if expected is None:
            assert found.reason is Reason.NONE_SEEN
        else:
            assert found.nearest_miss is not None
            assert (chain(found), (found.nearest_miss.from_person.id, found.nearest_miss.to_person.id)) == expected
