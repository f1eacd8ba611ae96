"""Tests that sharing requires a data controller, and that evidence is deleted after the retention period."""

from datetime import timedelta
from itertools import count
from typing import Any

import neo4j
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.days import day_of
from graph.errors import InvalidSharingRequest, Remedy
from graph.networks.controller import DataController, read_controller
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.retention import delete_expired_evidence, set_controller
from graph.records import Interaction, Record, UnreachableHandles, UnreachableReason
from graph.sharing.share import preview_sharing, share_source
from tests.graph.worlds import TODAY, by_mail, home, load_export, network_contents, own, owner_viewer, talk, wrote
from tests.laws.test_load import few_examples, mailbox, message_lists

ME, BEN = "ana@home.example", "ben@acme.example"
ACME = DataController("Acme", "dpo@acme.example", "legitimate interest", 12)
number = count()


# two mails from Ben to Dan on one day, which pieces that split a day counted once (docs/decisions/0002-evidence.md)
MAILS_ON_ONE_DAY = [
    wrote("ben.okoro@acme.example", ME, "dan@far.example", ago=232),
    wrote("ben.okoro@acme.example", "ana.old@gmail.com", "cleo@far.example", "dan@far.example", ago=232),
    wrote("cleo@far.example", ME, "ana.old@gmail.com", ago=347),
    wrote("ben.okoro@acme.example", ME, "ana.old@gmail.com", "cleo@far.example", ago=13),
]


@settings(few_examples, max_examples=3)
@example(mails=MAILS_ON_ONE_DAY, order=[0, 1, 2, 2, 0], moment=0)
@given(mails=message_lists, order=st.permutations([0, 1, 2, 0, 2]), moment=st.integers(0, 5))
async def test_retention_does_not_depend_on_the_order_of_loads(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], order: list[int], moment: int
) -> None:
    all_messages = [*mails, *talk(ME, BEN, ago=360), wrote(ME, BEN, ago=366), wrote(BEN, ME, ago=900)]
    pieces = [[mail for mail in all_messages if sent_on(mail) % 3 == rest] for rest in range(3)]
    at_once, in_pieces = f"n{next(number)}", f"n{next(number)}"
    network, _ = await home(graph, at_once)
    await set_controller(graph, network, ACME, today=TODAY)
    await load_export(graph, mailbox(all_messages), name=at_once)

    other, _ = await home(graph, in_pieces)
    for place, piece in enumerate([*order, None]):
        if place == moment:
            await set_controller(graph, other, ACME, today=TODAY)
        if piece is not None:
            await load_export(graph, mailbox(pieces[piece]), name=in_pieces)

    assert await network_contents(driver, in_pieces) == await network_contents(driver, at_once)
    since = (await read_state(graph, network)).first_retained_day(day_of(TODAY))
    assert since is not None
    for days in await evidence_days(driver, network):
        assert days == sorted(days)
        assert len(days) == 1 or days[0] >= since


def sent_on(mail: Record) -> int:
    """The day of a mail: a piece contains all mails of a day or none."""
    assert isinstance(mail, Interaction)
    return day_of(mail.at.date())


async def evidence_days(driver: neo4j.AsyncDriver, network: str) -> list[Any]:
    result, _, _ = await driver.execute_query(
        "MATCH (:Identity {network: $network})-[e:INTERACTED]->() RETURN e.days AS days", network=network
    )
    return [row["days"] for row in result]


async def test_evidence_older_than_the_retention_period_is_deleted(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, _ = await home(graph)
    await load_export(graph, [own(ME, "Ana"), wrote(BEN, ME, ago=1), *talk(ME, BEN, times=3, ago=350)])
    await set_controller(graph, network, ACME, today=TODAY)
    before = await network_contents(driver)
    assert sorted(map(len, await evidence_days(driver, network))) == [3, 4]

    await delete_expired_evidence(graph, network, today=TODAY)
    assert await network_contents(driver) == before
    await delete_expired_evidence(graph, network, today=TODAY + timedelta(days=200))

    assert sorted(map(len, await evidence_days(driver, network))) == [1, 1]
    assert not (await read_state(graph, network)).needs_recovery


async def test_the_days_of_returned_mail_are_deleted_too(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, _ = await home(graph)
    old, new = (
        UnreachableHandles(by_mail(BEN), TODAY - timedelta(days=ago), UnreachableReason.MAIL_RETURNED)
        for ago in (500, 300)
    )
    await load_export(graph, [own(ME, "Ana"), *talk(ME, BEN, times=3, ago=300), old, new])

    async def stored() -> list[int]:
        rows = await driver.execute_query(
            "MATCH ()-[n:NAMES]->(:Identity {key: $key}) WHERE n.unreachable_on IS NOT NULL "
            "UNWIND coalesce(n.unreachable_days, [n.unreachable_on]) AS day RETURN collect(day) AS days",
            key=f"email:{BEN}",
        )
        return [day_of(TODAY) - day for day in rows.records[0]["days"]]

    assert await stored() == [500, 300]
    await set_controller(graph, network, ACME, today=TODAY)
    assert await stored() == [300]
    await load_export(graph, [own(ME, "Ana"), old])
    assert await stored() == [300]
    await delete_expired_evidence(graph, network, today=TODAY + timedelta(days=200))
    assert await stored() == []
    assert not (await read_state(graph, network)).needs_recovery


async def test_sharing_requires_a_data_controller(graph: Graph) -> None:
    network, _ = await home(graph)
    await load_export(graph, [own(ME, "Ana"), *talk(ME, BEN)])
    viewer = await owner_viewer(graph)

    for attempt in (preview_sharing, share_source):
        with pytest.raises(InvalidSharingRequest, match="an owner must name") as error:
            await attempt(graph, viewer, "mailbox", SharingLevel.EVIDENCE)
        assert error.value.remedy is Remedy.NAME_CONTROLLER
    await share_source(graph, viewer, "mailbox", SharingLevel.PRIVATE)
    await set_controller(graph, network, ACME, today=TODAY)

    assert await read_controller(graph, network) == ACME
    assert (await preview_sharing(graph, viewer, "mailbox", SharingLevel.EVIDENCE)).level == SharingLevel.EVIDENCE
