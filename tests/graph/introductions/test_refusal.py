"""Tests of refusals: the reason, the nearest miss and the suggestion."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise, permutations

import neo4j
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.answers import Reason, Refusal
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.refusal import refusal
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ResolvedTarget
from graph.records import Meeting
from tests.graph.evidence_drawing import Drawing, draw, draw_all, view
from tests.graph.worlds import NOON, by_mail, load_export, own, owner_viewer, talk, wrote

YEARS_AGO = 365 * 4


async def get_refusal(graph: Graph, *targets: str, members: tuple[str, ...] = ()) -> Refusal:
    viewer = view("ana", *members)
    first, *same = (await read_profiles(graph, viewer, targets)).values()
    return await refusal(graph, viewer, ResolvedTarget(first, tuple(same)))


def nearest_miss_ids(answer: Refusal) -> list[str]:
    assert answer.nearest_miss is not None
    return [person.id for person in answer.nearest_miss.people]


async def test_the_suggestion_says_since_when_a_tie_is_cold(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-mail:1500,1460- cleo", "ben -mail:1480,1350-> cleo")

    answer = await get_refusal(graph, "cleo")

    assert answer.reason is Reason.GONE_COLD
    assert nearest_miss_ids(answer) == ["ana", "ben", "cleo"]
    assert answer.nearest_miss is not None
    assert (answer.nearest_miss.from_person.id, answer.nearest_miss.to_person.id) == ("ben", "cleo")
    assert answer.nearest_miss.outbound.counts == {"mail": 2}
    assert answer.suggestion == "ben has not written to cleo since March 2023; one exchange is enough."


async def test_a_target_who_never_answered_the_asker_is_the_nearest_miss(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "cleo -mail:1350-> ana -mail:1340-> cleo", "ana <-0.9- ben -mail:9-> cleo")

    answer = await get_refusal(graph, "cleo")

    assert (answer.reason, nearest_miss_ids(answer)) == (Reason.GONE_COLD, ["ana", "cleo"])
    assert answer.suggestion == "cleo has not written to you since March 2023; one exchange is enough."


async def test_a_contact_who_never_wrote_is_one_sided(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -mail:9-> ben -0.9-> cleo")

    answer = await get_refusal(graph, "cleo")

    assert (answer.reason, nearest_miss_ids(answer)) == (Reason.ONE_SIDED, ["ana", "ben", "cleo"])
    assert answer.suggestion == (
        "Your sources show no message from ben to you, though you wrote in November 2026: "
        "one is enough, or state that ben knows you."
    )


async def test_an_unanswered_message_of_the_target_is_one_sided(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -mail:40,9-> ana")

    answer = await get_refusal(graph, "cleo")

    assert answer.reason is Reason.ONE_SIDED
    assert answer.suggestion == (
        "cleo wrote to you, last in November 2026, and your sources show no answer: one answer is enough."
    )


async def test_a_message_from_the_askers_domain_is_not_one_sided(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    keys = {who: f"email:{who}@acme.example" for who in ("ana", "cleo")}
    await draw(driver, "cleo -mail:1350-> ana", keys=keys)

    assert (await get_refusal(graph, "cleo")).reason is Reason.GONE_COLD


async def test_an_endorsement_does_not_count_as_a_message(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -endorsement:9-> ana")

    assert (await get_refusal(graph, "cleo")).reason is Reason.ONE_SIDED


async def test_a_connection_without_messages_is_a_stranger(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -lists-> cleo")

    answer = await get_refusal(graph, "cleo")

    assert (answer.reason, nearest_miss_ids(answer)) == (Reason.ONLY_STRANGERS, ["ana", "cleo"])
    assert answer.suggestion == (
        "You and cleo are connected, but your sources show no message between you: "
        "one exchange is enough, or state that cleo knows you."
    )


async def test_a_path_of_listed_connections_is_the_last_resort(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -lists-> ben -lists-> cleo", "ana -lists-> dan -lists-> eva -lists-> cleo")

    answer = await get_refusal(graph, "cleo", members=("ben", "dan", "eva"))

    assert (answer.reason, nearest_miss_ids(answer)) == (Reason.ONLY_STRANGERS, ["ana", "ben", "cleo"])
    assert (await get_refusal(graph, "cleo")).reason is Reason.NONE_SEEN


async def test_a_refusal_without_evidence_says_none_was_seen(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", "dan -mail:3-> cleo")

    answer = await get_refusal(graph, "cleo")

    assert (answer.reason, answer.nearest_miss) == (Reason.NONE_SEEN, None)
    assert answer.suggestion.startswith("Your sources show nothing between you and cleo")


async def test_evidence_out_of_view_or_in_the_future_is_ignored(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana -mail:-3-> cleo")
    await draw(driver, "cleo -mail:9-> ben -lists-> cleo", "ana", source="of-ben", owner="ben")
    await draw(driver, "ben -0.9-> ana")

    assert (await get_refusal(graph, "cleo")).reason is Reason.NONE_SEEN
    assert (await get_refusal(graph, "cleo", members=("ben",))).reason is Reason.ONE_SIDED


async def test_a_probable_duplicate_of_the_target_counts_as_the_target(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "cleo -probably-> twin <-mail:9- ana", "twin -0.9-> cleo")

    assert nearest_miss_ids(await get_refusal(graph, "cleo", "twin")) == ["ana", "twin"]


async def test_a_longer_path_is_the_nearest_miss_only_with_a_better_score(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(
        driver,
        "ana <-0.3- ben -endorsement:9-> cleo",
        "ana <-mail:9- dan <-0.9- eva -0.5/0.4-> cleo",
    )

    assert nearest_miss_ids(await get_refusal(graph, "cleo")) == ["ana", "dan", "eva", "cleo"]
    await draw(driver, "ana <-0.4- fay -mail:9-> cleo")
    assert nearest_miss_ids(await get_refusal(graph, "cleo")) == ["ana", "fay", "cleo"]


PEOPLE = "abcdef"
Knows = dict[tuple[str, str], tuple[float, float]]
SmallGraph = tuple[Knows, set[tuple[str, str]], set[tuple[str, str]]]

PAIRS = [(one, other) for one in PEOPLE for other in PEOPLE if one != other]
STRENGTHS = (0.25, 0.5, 1.0)


@st.composite
def small_graphs(draw_from: st.DrawFn) -> SmallGraph:
    """Ties, messages and listed connections among six people. The asker is a, the target f; a and c have lists.

    A direct link of a and f would always be the nearest miss, so it is rare. Ties are dense, so that paths are long.
    """
    touching = draw_from(st.integers(0, 9)) == 0
    pairs = [pair for pair in PAIRS if touching or {*pair} != {"a", "f"}]
    chance = draw_from(st.randoms(use_true_random=False))
    knows = {
        pair: (chance.choice(STRENGTHS), chance.choice(STRENGTHS))
        for pair in chance.sample(pairs, chance.randint(2, 9))
        if pair != ("f", "a")
    }
    wrote = set(chance.sample(pairs, chance.randint(0, 7)))
    listed = {pair for pair in chance.sample(pairs, chance.randint(0, 8)) if pair[0] in "ac"}
    return knows, wrote, listed


def required_ties(path: tuple[str, ...]) -> list[tuple[str, str]]:
    """The ties that a route along this path needs."""
    if len(path) == 2:
        return [("f", "a")]
    return [*((by, to) for to, by in pairwise(path[:-1])), (path[-2], "f")]


def has_route(graph: SmallGraph) -> bool:
    return any(all(pair in graph[0] for pair in required_ties(path)) for path in all_paths())


def expected_nearest_miss(graph: SmallGraph) -> tuple[list[str], tuple[str, str]] | None:
    """The nearest miss, by enumerating every path."""
    knows, wrote, listed = graph
    linked = {frozenset(pair) for pair in wrote | listed}
    misses = []
    for path in all_paths():
        required = required_ties(path)
        failing = [pair for pair in required if pair not in knows]
        if len(failing) == 1 and frozenset(failing[0]) in linked:
            score = 1.0
            for pair in required:
                if pair in knows:
                    score *= knows[pair][1 if pair == required[-1] else 0]
            misses.append((-score, len(path), path, failing[0]))
    if misses:
        _, _, path, pair = min(misses)
        return list(path), pair
    lists = {frozenset(pair) for pair in listed}
    for path in sorted(all_paths(), key=lambda path: (len(path), path)):
        steps = list(pairwise(path))
        if all(frozenset(step) in lists for step in steps):
            return list(path), next(pair for pair in required_ties(path) if pair not in knows)
    return None


def all_paths() -> Iterator[tuple[str, ...]]:
    for hops in range(3):
        for between in permutations("bcde", hops):
            yield ("a", *between, "f")


def drawing(graph: SmallGraph, network: str) -> Drawing:
    knows, wrote, listed = graph
    lines = (
        *PEOPLE,
        *(f"{by} -{strength}/{mutual_strength}-> {to}" for (by, to), (strength, mutual_strength) in knows.items()),
        *(f"{by} -mail:9-> {to}" for by, to in wrote),
        *(f"{by} -lists-> {to}" for by, to in listed),
    )
    return Drawing(lines, {}, (), {}, network, owner="a")


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(graphs=st.lists(small_graphs(), min_size=25, max_size=25))
async def test_the_nearest_miss_equals_exhaustive_enumeration(
    graph: Graph, driver: neo4j.AsyncDriver, graphs: list[SmallGraph]
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await draw_all(driver, [drawing(small_graph, f"n{place}") for place, small_graph in enumerate(graphs)])

    for place, small_graph in enumerate(graphs):
        if has_route(small_graph):
            continue
        viewer = view("a", "c", network=f"n{place}")
        target = (await read_profiles(graph, viewer, ["f"]))["f"]
        answer = await refusal(graph, viewer, ResolvedTarget(target))
        expected = expected_nearest_miss(small_graph)
        if expected is None:
            assert answer.reason is Reason.NONE_SEEN
        else:
            assert answer.nearest_miss is not None
            assert (
                nearest_miss_ids(answer),
                (answer.nearest_miss.from_person.id, answer.nearest_miss.to_person.id),
            ) == expected


async def test_two_addresses_of_one_person_on_the_way_are_mentioned(graph: Graph) -> None:
    """Ben writes to Ana from one address and meets Jane with another, which differs by a tag."""
    ana, ben, tagged, jane = "ana@home.example", "ben@acme.example", "ben+crm@acme.example", "jane@far.example"
    meeting = Meeting((by_mail(tagged), by_mail(jane, "Jane Okonkwo")), NOON - timedelta(days=2))
    await load_export(graph, [own(ana, "Ana Ferreira"), *talk(ana, ben), meeting, wrote(ana, tagged)])

    answer = await introductions(graph, await owner_viewer(graph), "jane@far.example")

    assert isinstance(answer, Refusal)
    assert "are probably one person. If they are, merge them" in answer.suggestion
