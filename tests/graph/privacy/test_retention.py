"""A network shares nothing before somebody answers for it, and keeps what was seen no longer than it says."""

from datetime import timedelta
from itertools import count
from typing import Any

import neo4j
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.days import day_of
from graph.errors import InvalidSharingRequest, Remedy
from graph.networks.controller import DataController, read_controller
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.retention import delete_expired_evidence, set_controller
from graph.records import Record
from graph.sharing.share import preview_sharing, share_source
from tests.graph.worlds import TODAY, bring, home, own, seen_by_owner, talk, whole, wrote
from tests.laws.test_load import few, letters, mailbox

ME, BEN = "ana@home.example", "ben@acme.example"
ACME = DataController("Acme", "dpo@acme.example", "legitimate interest", 12)
number = count()


@settings(few, max_examples=3)
@given(mails=letters, order=st.permutations([0, 1, 2, 0, 2]), moment=st.integers(0, 5))
async def test_what_is_kept_does_not_depend_on_the_order_of_loads_and_the_day_it_was_said(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], order: list[int], moment: int
) -> None:
    whole_mail = [*mails, *talk(ME, BEN, ago=360), wrote(ME, BEN, ago=366), wrote(BEN, ME, ago=900)]
    pieces = [whole_mail[start::3] for start in range(3)]
    once, again = f"n{next(number)}", f"n{next(number)}"
    network, _ = await home(graph, once)
    await set_controller(graph, network, ACME, today=TODAY)
    await bring(graph, mailbox(whole_mail), name=once)

    other, _ = await home(graph, again)
    for place, which in enumerate([*order, None]):
        if place == moment:
            await set_controller(graph, other, ACME, today=TODAY)
        if which is not None:
            await bring(graph, mailbox(pieces[which]), name=again)

    assert await whole(driver, again) == await whole(driver, once)
    since = (await read_state(graph, network)).first_retained_day(day_of(TODAY))
    assert since is not None
    for days in await rows(driver, network):
        assert days == sorted(days)
        assert len(days) == 1 or days[0] >= since


async def rows(driver: neo4j.AsyncDriver, network: str) -> list[Any]:
    found, _, _ = await driver.execute_query(
        "MATCH (:Identity {network: $network})-[e:INTERACTED]->() RETURN e.days AS days", network=network
    )
    return [row["days"] for row in found]


async def test_the_day_moves_and_takes_what_has_become_too_old(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, _ = await home(graph)
    await bring(graph, [own(ME, "Ana"), wrote(BEN, ME, ago=1), *talk(ME, BEN, times=3, ago=350)])
    await set_controller(graph, network, ACME, today=TODAY)
    before = await whole(driver)
    assert sorted(map(len, await rows(driver, network))) == [3, 4]

    await delete_expired_evidence(graph, network, today=TODAY)
    assert await whole(driver) == before
    await delete_expired_evidence(graph, network, today=TODAY + timedelta(days=200))

    assert sorted(map(len, await rows(driver, network))) == [1, 1]
    assert not (await read_state(graph, network)).needs_recovery


async def test_nothing_is_shared_before_somebody_answers_for_it(graph: Graph) -> None:
    network, _ = await home(graph)
    await bring(graph, [own(ME, "Ana"), *talk(ME, BEN)])
    who = await seen_by_owner(graph)

    for ill in (preview_sharing, share_source):
        with pytest.raises(InvalidSharingRequest, match="an owner must name") as refused:
            await ill(graph, who, "mailbox", SharingLevel.EVIDENCE)
        assert refused.value.remedy is Remedy.NAME_CONTROLLER
    await share_source(graph, who, "mailbox", SharingLevel.PRIVATE)
    await set_controller(graph, network, ACME, today=TODAY)

    assert await read_controller(graph, network) == ACME
    assert (await preview_sharing(graph, who, "mailbox", SharingLevel.EVIDENCE)).level == SharingLevel.EVIDENCE
