"""Laws of every load: order, repetition, pieces, overlap, removal and interruption do not change the result."""

import os
from datetime import date
from itertools import count, pairwise
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cypher import Query
from graph.database.client import Graph
from graph.derivation.refresh import recover_if_interrupted
from graph.ingest.remove import remove_source
from graph.networks.state import read_state
from graph.records import Job, Record
from tests.graph.worlds import by_mail, by_profile, connections, home, load_export, network_contents, own, talk, wrote

pytestmark = pytest.mark.fuzz

ME = "ana@home.example"
OTHERS = ("ben.okoro@acme.example", "cleo@far.example", "dan@far.example", "ana.old@gmail.com")
few_examples = settings(
    max_examples=max(4, int(os.environ.get("TERTIUS_TEST_EXAMPLES", "0")) // 100),
    deadline=None,
    # without shrinking, which would take minutes, as each example fills a database
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
number = count()

message_lists = st.lists(
    st.builds(
        lambda by, to, ago: wrote(by, *sorted(to - {by}), ago=ago),
        st.sampled_from((ME, *OTHERS)),
        st.frozensets(st.sampled_from((ME, *OTHERS)), min_size=2, max_size=4),
        st.integers(0, 1600),
    ),
    min_size=4,
    max_size=40,
)
connection_sets = st.sets(
    st.sampled_from(
        [
            (by_profile("ben-okoro", "Ben Okoro"), "Acme Ltd"),
            (by_profile("cleo", "Cleo", "cleo@far.example"), "Far Inc."),
            (by_profile("dan-d", "Dan D"), None),
            (by_profile("ana-f", "Ana F", "ana.old@gmail.com"), "Home"),
        ]
    )
)


def mailbox(mails: list[Record]) -> list[Record]:
    return [own(ME, "Ana Ferreira"), *mails]


def _without_owner(contents: dict[str, Any]) -> dict[str, Any]:
    """The contents without the fact that comes from --as in the first command."""
    return {**contents, "facts": [fact for fact in contents["facts"] if fact[:2] != ("linkedin", f"email:{ME}")]}


@few_examples
@given(mails=message_lists, others=message_lists, listed=connection_sets, order=st.permutations([0, 1, 2, 0, 1, 2]))
async def test_the_order_and_repetition_of_loads_do_not_matter(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], others: list[Record], listed: Any, order: list[int]
) -> None:
    exports = [
        ("mailbox", mailbox(mails), ME),
        ("mailbox", [own("ana.work@acme.example", "Ana F"), *others, *mails[:5]], "ana.work@acme.example"),
        ("linkedin", connections(*sorted(listed, key=str)), None),
    ]
    once, again = f"n{next(number)}", f"n{next(number)}"

    for kind, records, owner in exports:
        await load_export(graph, records, kind=kind, name=once, owner=owner)
    first_of_linkedin = order.index(2)
    for place, export_number in enumerate(order):
        kind, records, owner = exports[export_number]
        await load_export(
            graph, records, kind=kind, name=again, owner=owner or (ME if place == first_of_linkedin else None)
        )

    assert _without_owner(await network_contents(driver, again)) == _without_owner(await network_contents(driver, once))


@few_examples
@given(mails=message_lists, cuts=st.lists(st.integers(0, 1600), min_size=1, max_size=3), data=st.data())
async def test_overlapping_pieces_of_a_mailbox_equal_one_load(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], cuts: list[int], data: st.DataObject
) -> None:
    days = sorted({(r.at.date(), r.at.date()) for r in mails}, key=str)  # type: ignore[union-attr]
    edges = sorted({date.min, *(days[cut % len(days)][0] for cut in cuts), date.max})
    pieces = [
        [r for r in mails if low <= r.at.date() <= high]  # type: ignore[union-attr]
        for low, high in pairwise(edges)
    ]
    in_one, in_pieces = f"n{next(number)}", f"n{next(number)}"

    await load_export(graph, mailbox(mails), name=in_one)
    for piece in data.draw(st.permutations(pieces)):
        await load_export(graph, mailbox(piece), name=in_pieces)

    assert await network_contents(driver, in_pieces) == await network_contents(driver, in_one)


@few_examples
@given(mails=message_lists, others=message_lists, listed=connection_sets)
async def test_removing_a_source_equals_never_loading_it(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], others: list[Record], listed: Any
) -> None:
    name = f"n{next(number)}"
    await load_export(graph, mailbox(mails), name=name)
    before = await network_contents(driver, name)

    await load_export(graph, connections(*sorted(listed, key=str)), kind="linkedin", name=name)
    await load_export(graph, [own("x@other.example", "Ana F"), *others], name=name, owner="x@other.example")
    network, member = await home(graph, name)
    await remove_source(graph, network, member, "linkedin")
    await remove_source(graph, network, member, "mailbox x@other.example")

    assert await network_contents(driver, name) == before


async def test_removing_a_source_undoes_the_merges_it_caused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(
        graph, mailbox([*talk(ME, OTHERS[0]), *talk(ME, OTHERS[1]), *talk(OTHERS[0], OTHERS[1], copy=ME)])
    )
    before = await network_contents(driver)

    first_row = by_profile("ben", "Ben", OTHERS[0])
    second_row = by_profile("ben", "Ben", OTHERS[1])
    await load_export(graph, connections((first_row, None), (second_row, None)), kind="linkedin")
    between = await network_contents(driver)
    network, member = await home(graph)
    await remove_source(graph, network, member, "linkedin")

    assert len(between["people"]) == len(before["people"]) - 1
    assert await network_contents(driver) == before


class Killed(Exception):
    """Simulates the end of the process."""


class KilledGraph(Graph):
    """A graph whose process dies after `after` queries."""

    def __init__(self, driver: neo4j.AsyncDriver, after: int) -> None:
        super().__init__(driver)
        self.left = after

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if self.left <= 0:
            raise Killed
        self.left -= 1
        return await super().run(query, **params)


async def release_leases(driver: neo4j.AsyncDriver) -> None:
    """Release all leases, as the next command does if the holder's process no longer exists."""
    await driver.execute_query("MATCH (n:Network) REMOVE n.lease_holder, n.lease_expires_at")


@pytest.fixture
async def load_killed_after(driver: neo4j.AsyncDriver, graph: Graph) -> Any:
    async def load(after: int, name: str, records: list[Record]) -> bool:
        try:
            await load_export(KilledGraph(driver, after), records, name=name)
        except Killed:
            await release_leases(driver)
            return True
        return False

    return load


@pytest.mark.parametrize(
    ("earlier", "first"), [([], 4), (talk(ME, OTHERS[1], times=3), 5)], ids=["first load", "later load"]
)
async def test_a_killed_load_is_rolled_back_or_completed(
    driver: neo4j.AsyncDriver, graph: Graph, load_killed_after: Any, earlier: list[Record], first: int
) -> None:
    """One load is killed after each even number of queries, the other after each odd one."""
    job = Job(by_mail(OTHERS[1]), "Far Inc.", "CFO", None, None, "")
    records = mailbox([*talk(ME, OTHERS[0]), *talk(ME, OTHERS[1]), *talk(OTHERS[0], OTHERS[1], copy=ME), job])
    await load_export(graph, mailbox(earlier), name="before")
    await load_export(graph, mailbox(earlier), name="after")
    await load_export(graph, records, name="after")
    without, with_it = await network_contents(driver, "before"), await network_contents(driver, "after")

    for after in count(first, 2):
        name = f"cut{after}"
        await load_export(graph, mailbox(earlier), name=name)
        if not await load_killed_after(after, name, records):
            break
        network, _ = await home(graph, name)
        interrupted = await network_contents(driver, name)
        await recover_if_interrupted(graph, network)

        assert await network_contents(driver, name) in (without, with_it)
        if any(s.status == "loading" for s in (await read_state(graph, network)).sources):
            assert interrupted["ties"] == without["ties"]
        await load_export(graph, records, name=name)
        assert await network_contents(driver, name) == with_it
    assert after > 15
