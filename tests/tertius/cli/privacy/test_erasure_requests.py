"""An owner sees requests for erasure at the command, and disputes, dismisses and completes them."""

import asyncio
import json
from pathlib import Path

import neo4j

from graph.database.client import Graph
from graph.privacy.erasure_requests import ErasureRequest
from graph.privacy.subject_requests import request_erasure_of_address
from tests.tertius.cli.test_app import Tertius, here, sample_environment
from tests.tertius.cli.test_json import check

__all__ = ["here", "sample_environment"]

LOU, NETWORK = "lou@maar.example", "requests"


def request_by_lou(environment: dict[str, str], name: str = NETWORK, address: str = LOU) -> None:
    """Request the erasure of an address from the network of this name, as the page /about-me does."""
    uri = environment["TERTIUS_NEO4J__URI"]
    account = environment["TERTIUS_NEO4J__USER"], environment["TERTIUS_NEO4J__PASSWORD"]

    async def request() -> None:
        async with neo4j.AsyncGraphDatabase.driver(uri, auth=account) as driver:
            rows, _, _ = await driver.execute_query("MATCH (n:Network {name: $name}) RETURN n.id", name=name)
            network = rows[0].value()
            key = f"email:{address}"
            answer = await request_erasure_of_address(Graph(driver), network, key, proved_at=1_000, days=7)
        assert isinstance(answer, ErasureRequest)

    asyncio.run(request())


def test_an_owner_decides_on_requests_for_erasure(
    here: Tertius, sample_environment: dict[str, str], tmp_path: Path
) -> None:
    book = tmp_path / "book.csv"
    book.write_text(f"from,to,at\nme,{LOU},2026-01-01T10:00\n{LOU},me,2026-01-02T10:00\n", "utf-8")
    assert here("load", str(book), "--as", "ana@example.com", network=NETWORK).exit_code == 0
    assert "No person" in here("privacy", "erasure-requests", network=NETWORK).stdout
    assert here("privacy", "dispute-erasure", "1", "--reason", "-", network=NETWORK).exit_code == 2
    request_by_lou(sample_environment)

    listed = here("privacy", "erasure-requests", network=NETWORK).stdout
    assert f"1. {LOU}" in listed
    assert "address proved by a link on 1970-01-01 00:00 UTC" in listed
    assert "deleted on" in listed
    check(json.loads(here("privacy", "erasure-requests", "--json", network=NETWORK).stdout))
    assert here("who", LOU, network=NETWORK).exit_code == 5

    early = here("privacy", "dismiss-erasure", "1", "--reason", "No.", network=NETWORK)
    assert early.exit_code == 1
    assert "This request is pending, so that it cannot be dismissed" in early.stdout
    disputed = here("privacy", "dispute-erasure", "1", "--reason", "A stolen mailbox.", network=NETWORK)
    assert disputed.exit_code == 0
    assert '("A stolen mailbox."); answer the person by' in disputed.stdout
    dismissed = here("privacy", "dismiss-erasure", "1", "--reason", "She called.", "--json", network=NETWORK)
    assert [one["status"] for one in json.loads(dismissed.stdout)] == ["DISMISSED"]
    assert here("who", LOU, network=NETWORK).exit_code != 5

    request_by_lou(sample_environment)
    assert here("privacy", "confirm-erasure", "1", network=NETWORK).exit_code == 1
    assert "No person" in here("privacy", "confirm-erasure", "1", "--yes", network=NETWORK).stdout
    log = json.loads(here("privacy", "audit", "--json", network=NETWORK).stdout)
    assert [entry["action"] for entry in log] == [
        "ERASURE",
        "ERASURE_CONFIRMED",
        "ERASURE_REQUESTED",
        "ERASURE_DISMISSED",
        "ERASURE_DISPUTED",
        "ERASURE_REQUESTED",
    ]
    by_link, owner = log[:2]
    assert (by_link["memberId"], by_link["memberName"]) == (None, "the person concerned, by link")
    assert owner["memberId"]
    printed = here("privacy", "audit", network=NETWORK).stdout
    assert f"[{owner['memberId']}]: erasure confirmed" in printed
    assert "the person concerned, by link: erasure requested" in printed
