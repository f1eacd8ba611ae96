"""Tests of which route indexes a process keeps within the memory limit."""

from graph.introductions.index.registry import IDLE_SECONDS, RouteIndexes
from graph.introductions.index.route_index import RouteIndex
from graph.introductions.index.tied_people import build_people
from graph.viewer import Viewer
from tests.graph.introductions.test_index_changes import columns


def index_of(network: str, people: int) -> RouteIndex:
    """An index in which everybody knows the first person."""
    names = {f"p{number:03}": "Ana" for number in range(people)}
    ids = sorted(names)
    ties = {("network", ids[0], by): (0.5, 0.2) for by in ids[1:]}
    return RouteIndex(network, f"ties of {network}", build_people(names, columns(ties, ids)))


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(indexes: RouteIndexes, network: str) -> bool:
    """Ask as a member of the network, and return whether an index may answer."""
    viewer = Viewer(network, "ana", "p001", ("network",), (), 0, ties_id=f"ties of {network}")
    return indexes.find(viewer) is not None


def test_networks_that_fit_one_at_a_time_do_not_displace_each_other_in_turn() -> None:
    small, large = index_of("small", 50), index_of("large", 60)
    room = large.nbytes + 1
    indexes = RouteIndexes(Clock())
    dropped = []
    for index in (small, large) * 3:
        if not ask(indexes, index.network):
            dropped += [indexes.keep(index, room)]

    assert dropped == [[], ["large"], ["large"], ["large"]]
    assert ask(indexes, "small")
    assert indexes.nbytes == small.nbytes


def test_a_network_that_is_not_in_use_gives_way() -> None:
    small, large = index_of("small", 50), index_of("large", 60)
    clock = Clock()
    indexes = RouteIndexes(clock)
    ask(indexes, "small")
    indexes.keep(small, large.nbytes)
    clock.now = IDLE_SECONDS + 1
    ask(indexes, "large")

    assert indexes.keep(large, large.nbytes) == ["small"]
    assert ask(indexes, "large")
    assert not ask(indexes, "small")


def test_the_most_networks_have_an_index() -> None:
    one, two, large = index_of("one", 20), index_of("two", 20), index_of("large", 60)
    indexes = RouteIndexes(Clock())
    for index in (large, one, two):
        ask(indexes, index.network)
        indexes.keep(index, large.nbytes)

    assert indexes.networks == ["one", "two"]
