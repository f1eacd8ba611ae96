"""Duplicates, requests for erasure and webhooks are managed on a server as in the local database."""

from collections.abc import Iterator
from pathlib import Path

from typer.testing import Result

from tests.tertius.cli.privacy.test_erasure_requests import request_by_lou
from tests.tertius.cli.test_app import Tertius
from tests.tertius.remote.conftest import WEBHOOK_KEY
from tests.tertius.remote.transcripts import compare, transcript

DUPLICATES = (
    ("duplicates", "list"),
    ("duplicates", "list", "--limit", "1", "--json"),
    ("duplicates", "decisions"),
    ("duplicates", "merge", "1"),
    ("duplicates", "decisions"),
    ("duplicates", "undo", "1"),
    ("duplicates", "distinct", "1", "--json"),
    ("duplicates", "list", "--json"),
    ("duplicates", "undo", "1", "--json"),
    ("duplicates", "undo", "1"),
    ("duplicates", "merge", "Noor Haddad", "Marcus Vale"),
    ("duplicates", "undo", "1"),
    ("duplicates", "merge", "99"),
    ("duplicates", "merge", "Wei Chen", "Noor Haddad"),
    ("duplicates", "merge", "me", "nobody@x.example"),
    ("duplicates", "split", "Priya Raman"),
    ("duplicates", "split", "Priya Raman", "--json"),
    ("duplicates", "split", "Priya Raman", "priya.raman@nowhere.example"),
    ("duplicates", "split", "Wei Chen"),
)
WEBHOOKS = (
    ("request", "webhooks"),
    ("request", "add-webhook", "http://crm.example.org"),
    ("request", "add-webhook", "https://crm.example.org/tertius"),
    ("request", "add-webhook", "https://crm.example.org/tertius", "--json"),
    ("request", "add-webhook", "https://crm.example.org/other", "--json"),
    ("request", "webhooks"),
    ("request", "webhooks", "--json"),
    ("request", "remove-webhook", "3"),
    ("request", "remove-webhook", "2", "--json"),
    ("request", "remove-webhook", "1"),
)
ERASURE = (
    ("privacy", "erasure-requests"),
    ("privacy", "erasure-requests", "--json"),
    ("privacy", "dismiss-erasure", "1", "--reason", "Not yet."),
    ("privacy", "dispute-erasure", "2", "--reason", "No."),
    ("privacy", "dispute-erasure", "1", "--reason", " A stolen mailbox. "),
    ("privacy", "dispute-erasure", "1", "--reason", "Again.", "--json"),
    ("privacy", "dismiss-erasure", "1", "--reason", "x" * 501),
    ("privacy", "dismiss-erasure", "1", "--reason", "She called."),
    ("privacy", "confirm-erasure", "1", "--yes"),
)


def test_duplicates_are_decided_on_a_server_as_in_the_local_database(here: Tertius, there: Tertius) -> None:
    compare(here, there, DUPLICATES)


def test_webhooks_are_managed_on_a_server_as_in_the_local_database(here: Tertius, there: Tertius) -> None:
    def with_key(*words: str) -> Result:
        return here(*words, TERTIUS_REQUESTS__WEBHOOK_KEY=WEBHOOK_KEY)

    compare(with_key, there, WEBHOOKS)
    secrets = [run("request", "add-webhook", "https://crm.example.org/x").stdout for run in (with_key, there)]
    assert secrets[0] == secrets[1]
    assert "whsec_" in secrets[0]
    assert there("request", "remove-webhook", "1").exit_code == 0


def test_requests_for_erasure_are_decided_on_a_server_as_in_the_local_database(
    here: Tertius, there: Tertius, sample_environment: dict[str, str], tmp_path: Path
) -> None:
    def decided(run: Tertius, address: str) -> Iterator[tuple[object, ...]]:
        request_by_lou(sample_environment, "demo", address)
        yield from transcript(run, ERASURE)
        request_by_lou(sample_environment, "demo", address)
        yield from transcript(run, [("privacy", "confirm-erasure", "1", "--yes", "--json")])

    addresses = ("lou@maar.example", "mia@maar.example")
    book = tmp_path / "book.csv"
    rows = [f"me,{address},2026-01-01T10:00\n{address},me,2026-01-02T10:00" for address in addresses]
    book.write_text("\n".join(["from,to,at", *rows, ""]), "utf-8")
    assert here("load", str(book), "--as", "ana@example.com").exit_code == 0

    local, remote = ([*decided(run, address)] for run, address in zip((here, there), addresses, strict=True))
    for one, other in zip(local, remote, strict=True):
        assert str(other).replace(addresses[1], "ADDRESS") == str(one).replace(addresses[0], "ADDRESS")
    assert here("source", "remove", "interactions").exit_code == 0
