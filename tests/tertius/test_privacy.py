"""What people may ask of a network, at the command."""

import json

from tertius.sample import EXPORTS
from tests.tertius.test_cli import Tertius, here

__all__ = ["here"]


def test_somebody_is_told_of_forgotten_and_not_brought_back(here: Tertius) -> None:
    network = "private"
    assert here("load", str(EXPORTS), network=network).exit_code == 0
    held = json.loads(here("export-person", "Jane Okonkwo", network=network).stdout)
    assert held["person"]["name"] == "Jane Okonkwo"
    assert {"called", "listed", "seen", "ties", "asked"} <= held.keys()
    assert any(line.get("company") == "Halden Robotics" for line in held["called"])

    asks = here("forget", "Jane Okonkwo", network=network)
    assert asks.exit_code == 1
    assert "Jane Okonkwo would go" in asks.stdout
    assert here("forget", "Nobody At All", "--yes", network=network).exit_code == 5
    assert "Forgotten" in here("forget", "Jane Okonkwo", "--yes", network=network).stdout
    assert here("load", str(EXPORTS), network=network).exit_code == 0

    assert here("export-person", "Jane Okonkwo", network=network).exit_code == 5
    assert "Jane Okonkwo" not in here("people", "Jane", network=network).stdout
    assert "You are alone" in here("audit", network=network).stdout


def test_who_answers_is_said_once_and_changed_in_part(here: Tertius) -> None:
    network = "answered"
    assert "tertius privacy" in here("privacy", network=network).stdout
    assert here("privacy", "--controller", "Acme", network=network).exit_code == 2
    named = ("--controller", "Acme", "--contact", "dpo@acme.example", "--basis", "legitimate interest")
    assert here("privacy", *named, "--months", "24", network=network).exit_code == 0
    assert "12 months" in here("privacy", "--months", "12", network=network).stdout
    assert "Acme (dpo@acme.example)" in here("privacy", network=network).stdout
