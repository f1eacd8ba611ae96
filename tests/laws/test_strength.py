"""Laws of tie strength, which hold for all parameters of the model. Each test states one law in its name.

The stored ties and those computed as of a day agree to 1e-9: see strength/test_model, ties/test_past and, for a
network's own fit, derivation/test_calibrate in tests/graph.
"""

import os
from datetime import timedelta
from itertools import count, pairwise, permutations
from math import log
from random import Random

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.ingest.remove import remove_source
from graph.records import Channel, Interaction, Record
from graph.strength.model import model
from tests.graph.ties.test_past import interaction_examples, load_everything
from tests.graph.worlds import NOON, by_mail, home, load_export, network_contents, own, wrote

pytestmark = pytest.mark.fuzz

ME = "ana@home.example"
EVERYBODY = (ME, "ben@acme.example", "cleo@far.example", "dan@far.example")
ON = 20_000
KNOWN = """
MATCH (:Network {name: $name})-[:HAS]->(:Member)-[:OWNS]->(s:Source)
WITH DISTINCT s.network AS network
MATCH (i:Identity)-[:OF]->(:Person {network: network})-[k:KNOWS]->(:Person)<-[:OF]-(j:Identity)
RETURN i.key AS by, j.key AS towards, k.strength AS strength, k.mutual_strength AS mutual_strength,
  k.last_day AS last, k.is_mutual AS mutual
"""
number = count()

contacts = st.lists(st.tuples(st.integers(ON - 2000, ON), st.sampled_from([0.2, 1.0, 3.0])), max_size=30)
rates = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda pair: {"got": max(pair), "answered": min(pair)})
request_lists = st.lists(st.tuples(st.integers(ON - 1000, ON), st.booleans()), max_size=30)
message_lists = st.lists(
    st.builds(
        lambda by, to, ago: wrote(by, *sorted(to - {by}), ago=ago, id=f"{by}{sorted(to)}{ago}"),
        st.sampled_from(EVERYBODY),
        st.frozensets(st.sampled_from(EVERYBODY), min_size=2, max_size=3),
        st.integers(0, 900),
    ),
    min_size=6,
    max_size=40,
    unique_by=lambda message: message.id,
)
days = st.lists(st.integers(0, 900), min_size=1, max_size=12)
pairs = st.sampled_from(list(permutations(EVERYBODY, 2)))
few = settings(
    max_examples=max(3, int(os.environ.get("TERTIUS_TEST_EXAMPLES", "0")) // 100),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def model_strength(seen: list[tuple[int, float]], asks: list[tuple[int, bool]], on: int) -> float:
    """The strength by the shipped model, from contacts and from requests with their answers."""
    got, answered = [day for day, _ in asks], [day for day, answered in asks if answered]
    rate = {"got": model().faded(got, on=on), "answered": model().faded(answered, on=on)}
    return model().strength(model().contact_sum(seen, on=on), **rate)


def call(by: str, towards: str, ago: int) -> Interaction:
    """A call, which is contact but not a request."""
    at = NOON - timedelta(days=ago)
    return Interaction(by_mail(by), (by_mail(towards),), at, Channel.CALL, f"{by}>{towards}{ago}")


def mailbox(mails: list[Interaction], *more: Interaction) -> list[Record]:
    """A mailbox in which every pair wrote in both directions, and which covers the days until NOON."""
    base = [wrote(by, to, ago=200, id=f"base{by}{to}") for by, to in permutations(EVERYBODY, 2)]
    return [own(ME, "Ana"), *base, wrote(ME, "zoe@far.example", id="the newest"), *mails, *more]


async def load_ties(driver: neo4j.AsyncDriver, graph: Graph, records: list[Record]) -> dict[tuple[str, str], str]:
    """Every tie derived from these records, with exact numbers, by the addresses of the pair."""
    name = f"n{next(number)}"
    await load_export(graph, records, name=name)
    rows, _, _ = await driver.execute_query(KNOWN, name=name)
    return {
        (row["by"].removeprefix("email:"), row["towards"].removeprefix("email:")): repr(
            (row["strength"], row["mutual_strength"], row["last"], row["mutual"])
        )
        for row in rows
    }


def strength_text(tie: str | None) -> str | None:
    return tie and tie.partition(",")[0].removeprefix("(")


def strength_of(tie: str | None) -> float:
    """The strength, 0 for strangers."""
    return float(strength_text(tie) or 0)


@given(seen=contacts, more=contacts, rate=rates)
def test_another_interaction_never_lowers_the_strength(
    seen: list[tuple[int, float]], more: list[tuple[int, float]], rate: dict[str, float]
) -> None:
    before = model().strength(model().contact_sum(seen, on=ON), **rate)
    after = model().strength(model().contact_sum(seen + more, on=ON), **rate)

    assert 0 < before <= after < 1


@given(seen=contacts, later=st.integers(1, 3000), rate=rates)
def test_contact_fades_towards_the_prior(seen: list[tuple[int, float]], later: int, rate: dict[str, float]) -> None:
    now, then = (model().contact_sum(seen, on=day) for day in (ON, ON + later))
    prior = model().strength(0.0, got=0.0, answered=0.0)

    assert then <= now
    assert prior <= model().strength(then, got=0.0, answered=0.0) <= model().strength(now, got=0.0, answered=0.0)


@given(days=st.lists(st.integers(ON - 1000, ON), min_size=1, max_size=30), later=st.integers(1, 3000))
def test_unanswered_requests_fade_towards_the_prior(days: list[int], later: int) -> None:
    silent = [(day, False) for day in days]
    prior = model().strength(0.0, got=0.0, answered=0.0)

    assert model_strength([], silent, ON) < model_strength([], silent, ON + later) <= prior


@given(seen=contacts, asks=request_lists, order=st.randoms(use_true_random=False))
def test_the_strength_does_not_depend_on_the_order_of_evidence(
    seen: list[tuple[int, float]], asks: list[tuple[int, bool]], order: Random
) -> None:
    other_seen, other_asks = list(seen), list(asks)
    order.shuffle(other_seen)
    order.shuffle(other_asks)

    assert model_strength(seen, asks, ON) == model_strength(other_seen, other_asks, ON)


def largest_daily_change() -> float:
    """The largest change of a strength in one day without contact.

    ln(1 + I) changes by at most ln 2 per half-life, and so does the ratio of the two parts of the answer rate.
    A strength changes by at most a quarter of the change of its log-odds.
    """
    m = model()
    return log(2) * (m.contact / m.half_life + m.rate / m.rate_half_life) / 4 + 1e-9


@given(seen=contacts, asks=request_lists, later=st.integers(0, 3000))
def test_one_day_changes_the_strength_within_the_half_life_bound(
    seen: list[tuple[int, float]], asks: list[tuple[int, bool]], later: int
) -> None:
    on_day, next_day = (model_strength(seen, asks, day) for day in (ON + later, ON + later + 1))

    assert abs(on_day - next_day) <= largest_daily_change()


@few
@given(
    seen=st.lists(interaction_examples, min_size=8, max_size=40, unique_by=lambda interaction: interaction.id),
    idle=st.integers(15, 1500),
)
async def test_loaded_ties_fade_continuously_towards_the_prior(
    driver: neo4j.AsyncDriver, graph: Graph, seen: list[Interaction], idle: int
) -> None:
    """With loaded evidence, from the day on which no request can be answered any more."""
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await load_export(graph, [own(ME, "Ana"), *seen])
    _, past, people = await load_everything(driver, graph)
    prior = model().strength(0.0, got=0.0, answered=0.0)

    for pair in permutations(people, 2):
        after = [past.response_probability(*pair, on=ON + 1000 + later, idle=later) for later in range(idle, idle + 5)]
        for one, other in pairwise(after):
            assert abs(one - other) <= largest_daily_change()
        assert abs(past.response_probability(*pair, on=ON + 100_000, idle=20_000) - prior) < 1e-6


@few
@given(mails=message_lists, pair=pairs, more=st.integers(1, 12))
async def test_messages_of_today_never_lower_the_strength_of_their_sender(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Interaction], pair: tuple[str, str], more: int
) -> None:
    by, towards = pair
    today = [wrote(by, towards, ago=hours / 24, id=f"m{hours}") for hours in range(more)]
    before = await load_ties(driver, graph, mailbox(mails))
    after = await load_ties(driver, graph, mailbox(mails, *today))

    assert strength_of(before.get(pair)) <= strength_of(after.get(pair))


@few
@given(mails=message_lists, pair=pairs, more=days)
async def test_contact_in_one_direction_does_not_change_the_other(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Interaction], pair: tuple[str, str], more: list[int]
) -> None:
    """Uses calls, and messages that are not counted as requests, because requests change the answer rate."""
    a, b = pair
    contact = [call(a, b, ago) if ME in pair else wrote(a, b, ago=ago, id=f"m{ago}") for ago in set(more)]
    before = await load_ties(driver, graph, mailbox(mails))
    after = await load_ties(driver, graph, mailbox(mails, *contact))

    assert strength_text(before.get((b, a))) == strength_text(after.get((b, a)))


@few
@given(mails=message_lists, pair=pairs, more=days)
async def test_ties_with_others_do_not_change_a_tie(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Interaction], pair: tuple[str, str], more: list[int]
) -> None:
    """Adds calls of b with others, and messages if they do not change the answer rate of b."""
    b, a = pair
    others = [f"other{place}@{place}.example" for place in range(len(more))]
    ties: list[Interaction] = []
    for other, ago in zip(others, more, strict=True):
        ties += [call(b, other, ago), call(other, b, ago)]
        if b != ME:
            ties += [wrote(b, other, ago=ago), wrote(other, b, ago=ago)]
    before = await load_ties(driver, graph, mailbox(mails))
    after = await load_ties(driver, graph, mailbox(mails, *ties))

    assert len(after) > len(before)
    assert after.get((b, a)) == before.get((b, a))


@few
@given(mails=message_lists, others=message_lists, order=st.randoms(use_true_random=False))
async def test_reloading_in_another_order_gives_equal_bits(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Interaction], others: list[Interaction], order: Random
) -> None:
    name = f"n{next(number)}"
    exports = {ME: mails, "ana.work@acme.example": [*others, *mails[:3]]}

    async def load(address: str, records: list[Interaction]) -> None:
        await load_export(graph, [own(address, "Ana Ferreira"), *records], name=name, owner=address)

    for address, records in exports.items():
        await load(address, records)
    before = await network_contents(driver, name)
    network, member = await home(graph, name)
    for address in exports:
        await remove_source(graph, network, member, f"mailbox {address}")
    assert (await network_contents(driver, name))["ties"] == []
    for address, records in reversed(exports.items()):
        await load(address, order.sample(records, len(records)))

    assert await network_contents(driver, name) == before


async def test_an_earlier_answer_is_worth_at_least_as_much(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """A regression: with many new messages, an answer on the first day counted less than one on the thirteenth."""
    ben = EVERYBODY[1]
    fresh = [wrote(ben, ME, ago=hours / 20, id=f"fresh{hours}") for hours in range(120)]
    messages: list[Record] = [own(ME, "Ana"), wrote(ME, ben, ago=20), wrote(ben, ME, ago=7), *fresh]
    before = await load_ties(driver, graph, messages)
    after = await load_ties(driver, graph, [*messages, wrote(ben, ME, ago=19)])

    assert 0 < strength_of(before[ben, ME]) <= strength_of(after[ben, ME])
