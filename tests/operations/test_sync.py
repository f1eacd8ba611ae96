"""Tests that repeated syncs of a mailbox give one source, equal to one export of all its messages."""

from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path

import neo4j
import pytest

from graph.database.client import Graph
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from operations.load_exports import load_paths, sync_account
from sources.errors import SyncFailed
from tests.graph.worlds import NOON, network_contents
from tests.mail_server import Mail
from tests.sources.mailbox.messages import message_text

TODAY = date(2026, 11, 22)


def mail_text(me: str, by: str, to: str, *, ago: float, id: str) -> str:
    at = format_datetime(NOON - timedelta(days=ago))
    return message_text(From=by or me, To=to or me, Date=at, Message_ID=f"<{id}@m.example>", Delivered_To=me)


def message_batches(me: str) -> list[tuple[str, str]]:
    """Return (folder, message) of two days, each in two halves, from pairs that wrote in both halves."""
    first = [("INBOX", mail_text(me, "ben@b.example", "", ago=9 + n / 50, id=f"b{n}")) for n in range(3)]
    first += [("Sent", mail_text(me, "", "ben@b.example", ago=9 + n / 40, id=f"a{n}")) for n in range(2)]
    second = [("INBOX", mail_text(me, "ben@b.example", "", ago=9.3, id="late"))]
    second += [("Sent", mail_text(me, "", "ben@b.example", ago=1, id="today"))]
    third = [("INBOX", mail_text(me, "ben@b.example", "", ago=0.9, id="answer"))]
    third += [("Sent", mail_text(me, "", "ben@b.example", ago=1.1, id="today again"))]
    return [*first, ("", ""), *second, ("", ""), *third]


async def test_repeated_syncs_equal_one_export(
    driver: neo4j.AsyncDriver, graph: Graph, mail: Mail, tmp_path: Path
) -> None:
    batches = [*message_batches(mail.account.user), ("", "")]
    pieces = await find_or_create_network(graph, "pieces", today=TODAY)
    once = await find_or_create_network(graph, "once", today=TODAY)

    for folder, text in batches:
        if folder:
            mail.put(folder, text.encode())
        else:
            await sync_account(graph, *pieces, mail.account, today=TODAY)
    (tmp_path / "box").write_text("".join(f"From \n{text}\n" for folder, text in batches if folder))
    await load_paths(graph, *once, [tmp_path / "box"], today=TODAY)

    fetched, exported = await network_contents(driver, "pieces"), await network_contents(driver, "once")
    for part in ("evidence", "identities", "people", "ties", "facts"):
        assert fetched[part] == exported[part], part


async def test_a_sync_after_an_export_of_the_same_messages_changes_nothing(
    driver: neo4j.AsyncDriver, graph: Graph, mail: Mail, tmp_path: Path
) -> None:
    network, member = await find_or_create_network(graph, "home", today=TODAY)
    messages = [(folder, text) for folder, text in message_batches(mail.account.user) if folder]
    (tmp_path / "box").write_text("".join(f"From \n{text}\n" for _, text in messages))
    for folder, text in messages:
        mail.put(folder, text.encode())

    await load_paths(graph, network, member, [tmp_path / "box"], today=TODAY)
    before = (await network_contents(driver))["evidence"]
    (first,) = (await sync_account(graph, network, member, mail.account, today=TODAY)).loaded
    (again,) = (await sync_account(graph, network, member, mail.account, today=TODAY)).loaded

    assert (await network_contents(driver))["evidence"] == before
    assert [source.title for source in (await read_state(graph, network)).sources] == [f"Mailbox {mail.account.user}"]
    assert not first.changed
    assert not again.changed
    assert again.load.interactions == 0


async def test_a_refused_login_creates_no_source(graph: Graph, mail: Mail) -> None:
    network, member = await find_or_create_network(graph, "home", today=TODAY)

    with pytest.raises(SyncFailed):
        await sync_account(graph, network, member, replace(mail.account, port=1), today=TODAY)

    assert (await read_state(graph, network)).sources == ()
