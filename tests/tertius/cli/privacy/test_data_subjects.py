"""What people may ask of a network, and what a network shares, at the command."""

import json

from tertius.sample import EXPORTS
from tests.tertius.cli.test_app import Tertius, asked, here, names

__all__ = ["here"]


def test_an_erased_person_is_reported_and_not_loaded_again(here: Tertius) -> None:
    network = "private"
    assert here("load", str(EXPORTS), network=network).exit_code == 0
    export = json.loads(here("privacy", "export", "Jane", "Okonkwo", network=network).stdout)
    assert export["person"]["name"] == "Jane Okonkwo"
    assert {"names", "lists", "evidence", "ties", "auditLog"} <= export["data"].keys()
    assert any(row.get("company") == "Halden Robotics" for row in export["data"]["names"])

    preview = here("privacy", "erase", "Jane Okonkwo", network=network)
    assert preview.exit_code == 1
    assert "Jane Okonkwo would be erased" in preview.stdout
    assert here("privacy", "erase", "Nobody At All", "--yes", network=network).exit_code == 5
    assert "Erased" in here("privacy", "erase", "Jane Okonkwo", "--yes", network=network).stdout
    assert here("load", str(EXPORTS), network=network).exit_code == 0

    assert here("privacy", "export", "Jane", "Okonkwo", network=network).exit_code == 5
    assert "Jane Okonkwo" not in here("people", "Jane", network=network).stdout
    assert "one member" in here("privacy", "audit", network=network).stdout


def test_the_data_controller_is_stored_once_and_changed_in_parts(here: Tertius) -> None:
    network = "answered"
    assert "tertius privacy settings" in here("privacy", "settings", network=network).stdout
    assert here("privacy", "settings", "--controller", "Acme", network=network).exit_code == 2
    named = ("--controller", "Acme", "--contact", "dpo@acme.example", "--basis", "legitimate interest")
    assert here("privacy", "settings", *named, "--months", "24", network=network).exit_code == 0
    assert "12 months" in here("privacy", "settings", "--months", "12", network=network).stdout
    assert "Acme (dpo@acme.example)" in here("privacy", "settings", network=network).stdout


def test_sharing_previews_its_effect_and_can_be_undone(here: Tertius) -> None:
    answers = (
        "--controller",
        "Ana",
        "--contact",
        "ana@home.example",
        "--basis",
        "legitimate interest",
        "--months",
        "0",
    )
    assert here("privacy", "settings", *answers).exit_code == 0
    asks = here("source", "share", "mailbox", "strength")
    assert asks.exit_code == 1
    assert "people with personal mail domains" in asks.stdout
    assert "Ties between two people who are not members are not shared" in asks.stdout
    assert "strength" not in here("source", "list").stdout

    assert "strength." in here("source", "share", "mailbox", "strength", "--yes").stdout
    shared = asked(here, "Jane Okonkwo")
    assert here("source", "share", "mailbox", "private").exit_code == 0
    assert names(asked(here, "Jane Okonkwo")["routes"][0]) == names(shared["routes"][0])

    assert "1. Jane Okonkwo, since" in here("team", "hide", "Jane", "Okonkwo").stdout
    assert "You hide no contact." in here("team", "unhide", "1").stdout
    assert here("team", "unhide", "1").exit_code == 2
    assert here("source", "share", "mailbox", "aloud").exit_code == 2


def test_people_to_notify_are_listed_marked_and_unmarked(here: Tertius) -> None:
    network = "told"
    assert here("load", str(EXPORTS), network=network).exit_code == 0
    assert "nobody in your view" in here("privacy", "notices", network=network).stdout  # a household
    named = ("--controller", "Acme", "--contact", "dpo@acme.example", "--basis", "legitimate interest")
    assert here("privacy", "settings", *named, "--months", "24", network=network).exit_code == 0
    assert here("source", "share", "mailbox", "strength", "--yes", network=network).exit_code == 0

    def due() -> list[str]:
        return [
            one["person"]["name"]
            for one in json.loads(here("privacy", "notices", "--limit", "999", "--json", network=network).stdout)
        ]

    first = due()
    assert "1. By " in here("privacy", "notices", "--limit", "1", network=network).stdout
    assert here("privacy", "mark-notified", "1-2", "--on", "2026-11-01", network=network).exit_code == 0
    assert due() == first[2:]
    assert here("privacy", "unmark-notified", first[1], network=network).exit_code == 0
    assert due() == first[1:]
    assert here("privacy", "unmark-notified", "Nobody At All", network=network).exit_code == 1
    for unfit in (("0",), ("3-2",), ("9999",), ("1", "--on", "soon")):
        assert here("privacy", "mark-notified", *unfit, network=network).exit_code == 2
