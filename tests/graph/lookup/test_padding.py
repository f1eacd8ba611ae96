"""Answers about what nobody in view has do not reveal by their time whether others have it."""

from collections.abc import Awaitable, Callable
from time import monotonic

import neo4j
import pytest

from graph.answers import UnknownTarget
from graph.database.client import Graph
from graph.lookup.padding import PADDING_SECONDS, pad_duration
from graph.lookup.resolve import resolve_reference
from graph.lookup.search import search_people
from graph.networks.sources import SharingLevel
from graph.viewer import Viewer
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import own, talk

Lookup = Callable[[Graph, Viewer, str], Awaitable[object]]


async def resolve(graph: Graph, viewer: Viewer, text: str) -> object:
    answer = await resolve_reference(graph, viewer, text)
    assert isinstance(answer, UnknownTarget)
    return answer.message, answer.possible_connectors, answer.similar_people


async def search(graph: Graph, viewer: Viewer, text: str) -> object:
    return await search_people(graph, viewer, text, 5)


@pytest.mark.parametrize("seconds_ago", [0.0, 0.0199, 0.02, 0.05])
async def test_a_padded_lookup_takes_an_integer_number_of_steps(seconds_ago: float) -> None:
    began = monotonic() - seconds_ago

    await pad_duration(began)

    steps = -(-seconds_ago // PADDING_SECONDS)
    assert monotonic() - began >= steps * PADDING_SECONDS


@pytest.mark.parametrize("lookup", [resolve, search])
@pytest.mark.parametrize("form", ["{}", "zoe@{}.example", "Zoe {} at Acme"])
async def test_a_private_name_has_the_answer_of_an_unknown_name(
    driver: neo4j.AsyncDriver, graph: Graph, lookup: Lookup, form: str
) -> None:
    """Ben alone has Zoe Quorl. The answer to Ana is the same, and takes at least a step of the padding."""
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own("ana@home.example", "Ana"), *talk("ana@home.example", "tom@far.example")])
    bens = [own("ben@home.example", "Ben"), *talk("ben@home.example", "zoe@quorl.example")]
    await load_for(graph, "ben", bens, SharingLevel.PRIVATE)
    viewer = await viewer_of(graph, "ana")
    answers = []
    for name in ("Quorl", "Qxorb"):
        began = monotonic()
        answers.append(await lookup(graph, viewer, form.format(name)))
        assert monotonic() - began >= PADDING_SECONDS

    assert answers[0] == answers[1]
