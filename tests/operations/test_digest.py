"""A digest is sent once a day to a confirmed address, with what is unread and new."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.requests.digests import has_digest, set_digest
from operations.mailer import Mailer, MailServer
from operations.requests.digest import send_due_digests
from tests.operations.requests_team import BEN, create_request_team, sent_request, session_of


class RecordingMailer(Mailer):
    """A mailer in the place of the mail server. It fails while `is_broken`."""

    def __init__(self) -> None:
        super().__init__(MailServer("127.0.0.1", 9, "tertius@service.example"))
        self.sent: list[tuple[str, str]] = []
        self.is_broken = False

    async def send(self, to: str, subject: str, text: str) -> None:
        if self.is_broken:
            raise ConnectionRefusedError
        self.sent.append((to, text))


@pytest.fixture
async def network(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    return await create_request_team(driver, graph)


async def test_a_digest_is_sent_once_a_day_and_again_after_a_failure(
    driver: neo4j.AsyncDriver, graph: Graph, network: str
) -> None:
    ben, mailer = (await session_of(graph, "ben")).viewer, RecordingMailer()
    confirmed = "MATCH (m:Member {id: 'ben'}) SET m.confirmed_keys = [$key]"
    await driver.execute_query(confirmed, key=f"email:{BEN}")
    day_over = "MATCH (m:Member {id: 'ben'}) SET m.digest_at = m.digest_at - 86400001"

    await sent_request(graph, key="before")
    await send_due_digests(graph, network, mailer)
    assert (mailer.sent, await has_digest(graph, ben)) == ([], False)

    for _ in range(2):
        await set_digest(graph, ben, is_enabled=True)
    await sent_request(graph, key="after")
    await send_due_digests(graph, network, mailer)
    assert mailer.sent == []  # the first digest is due a day later
    await driver.execute_query(day_over)
    mailer.is_broken = True
    await send_due_digests(graph, network, mailer)
    mailer.is_broken = False
    await send_due_digests(graph, network, mailer)
    assert mailer.sent == []  # the next attempt is a quarter of an hour later
    await driver.execute_query(day_over)
    for _ in range(2):
        await send_due_digests(graph, network, mailer)

    ((address, text),) = mailer.sent
    assert address == BEN
    assert text.count("asks you for an introduction to Jane.") == 1  # not what happened before it was switched on
    await driver.execute_query(day_over)
    await send_due_digests(graph, network, mailer)
    assert len(mailer.sent) == 1  # nothing new
    await set_digest(graph, ben, is_enabled=False)
    assert not await has_digest(graph, ben)


async def test_a_member_without_a_confirmed_address_gets_no_mail(
    driver: neo4j.AsyncDriver, graph: Graph, network: str
) -> None:
    ben, mailer = (await session_of(graph, "ben")).viewer, RecordingMailer()
    await set_digest(graph, ben, is_enabled=True)
    await sent_request(graph)
    await driver.execute_query("MATCH (m:Member {id: 'ben'}) SET m.digest_at = 0, m.digested_until = 0")

    await send_due_digests(graph, network, mailer)

    assert mailer.sent == []
