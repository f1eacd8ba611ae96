"""Limits of links: one mailbox and one client cannot pass as many, and an exhausted total is stated."""

import logging

import neo4j
import pytest
from limits import RateLimitItemPerHour

from api.client_address import client_key
from api.self_service import link_limits
from api.self_service.link_limits import LinkLimits, address_key, recipient
from api.self_service.routes import Sender
from graph.database.client import Graph
from operations.mailer import Mailer, MailServer, Tls
from tests.api.conftest import served
from tests.conftest import wipe
from tests.graph.teams import create_team_network

VICTIM = "victim@corp.example"
REFUSED = (
    f"g:{VICTIM}",
    f"g:{VICTIM};",
    f"mailto:{VICTIM}",
    f"<{VICTIM}>",
    f"Victim <{VICTIM}>",
    f"(c){VICTIM}",
    f"{VICTIM}(c)",
    f"{VICTIM}\x00",
    f"{VICTIM}, {VICTIM}",
    "victim\u200b@corp.example",
    "victim@corp.example'",
    '"victim"@corp.example',
    "victim@",
    "",
)
SAME = (VICTIM, "Victim@CORP.example", "victim+1@corp.example", "victim+2+3@corp.example", "'victim'@corp.example")


@pytest.mark.parametrize("text", REFUSED)
def test_text_that_is_not_exactly_one_address_is_refused(text: str) -> None:
    assert address_key(text) is None


def test_ways_to_write_one_mailbox_count_as_one() -> None:
    assert {recipient(key) for text in SAME if (key := address_key(text))} == {f"email:{VICTIM}"}


def test_an_ipv6_client_counts_by_its_network() -> None:
    assert client_key("2001:db8:1:2::3") == client_key("2001:db8:1:2:ffff::4") != client_key("2001:db8:1:3::3")
    assert client_key("::ffff:192.0.2.1") == client_key("192.0.2.1") != client_key("192.0.2.2")


async def test_a_mailbox_gets_three_links_a_day_however_it_is_written() -> None:
    limits = LinkLimits()
    keys = [key for text in SAME if (key := address_key(text))]

    assert [await limits.allows_address(key) for key in keys] == [True] * 3 + [False] * (len(keys) - 3)


async def test_an_exhausted_total_is_stated_on_the_page_and_in_the_log(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(link_limits, "ALL_TOGETHER", RateLimitItemPerHour(1))
    graph = Graph(driver)
    await wipe(driver)
    await create_team_network(driver, graph)
    unreachable = Mailer(MailServer("127.0.0.1", 9, "tertius@service.example", Tls.OFF))
    caplog.set_level(logging.ERROR)

    async with served(graph, links=Sender(unreachable, "http://tertius")) as client:
        pages = [await client.post("/about-me", data={"address": f"p{number}@wide.example"}) for number in range(3)]

    assert [page.status_code for page in pages] == [200, 503, 503]
    assert "No link was sent" in pages[-1].text
    assert "dpo@acme.example" in pages[-1].text
    assert sum("sends no more links" in record.getMessage() for record in caplog.records) == 1
    assert "wide.example" not in caplog.text
