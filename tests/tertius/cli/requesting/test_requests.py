"""`tertius request …` on the sample network: from the draft to the outcome."""

import json
from typing import Any

import pytest

from tests.tertius.cli.test_app import Tertius
from tests.tertius.cli.test_json import check


def test_a_request_runs_from_the_draft_to_the_outcome(here: Tertius) -> None:
    def run(words: str, *more: str, code: int = 0) -> Any:
        result = here("request", *words.split(), *more, "--json")
        assert result.exit_code == code, (words, result.output, result.exception)
        data = json.loads(result.stdout)
        check(data)
        return data

    target, purpose = ("Jane", "Okonkwo"), ("--purpose", "I want to learn how you hire.")
    draft = run("create", *target, "--through", "Noor Haddad", *purpose)
    assert draft["status"] == "DRAFT"
    assert "you and Jane Okonkwo exchanged" in draft["reasonForIntroducer"]
    assert "exchanged" not in draft["forwardableNote"]
    run("edit 1 --benefit Ideas.")
    assert here("request", "list").stdout == (
        "1. You ask Noor Haddad for an introduction to Jane Okonkwo: draft, not sent\n"
    )

    sent = run("send 1")
    assert sent["nextMessage"]["mailtoUrl"].startswith("mailto:")
    shown = here("request", "show", draft["id"]).stdout
    assert "Send this from your own mail program: mailto:" in shown
    assert "You can record the answer of Noor Haddad: accept, allow mention, redirect, decline." in shown
    assert "You can: withdraw." in shown
    for words, status in (
        ("answer 1 accept", "ACCEPTED"),
        ("record 1 target-asked", "TARGET_ASKED"),
        ("record 1 target-agreed", "TARGET_AGREED"),
        ("record 1 introduced", "INTRODUCED"),
        ("record 1 met", "CLOSED"),
    ):
        assert run(words)["status"] == status
    assert [each["outcome"] for each in run("list --role asker")] == ["MET"]
    assert run("list --role introducer") == []

    assert run("inbox --mark-read") == []

    run("create", *target, "--through", "Noor Haddad", *purpose)
    assert run("preferences --monthly-cap 3 --quiet-hours 20:00-08:00 --no-go-company Halden")["monthlyCap"] == 3
    assert "Quiet hours: 20:00 to 08:00 (UTC)" in here("request", "preferences").stdout
    assert run("preferences --reset")["quietHours"] is None
    run("send 2")
    run("answer 2 decline")
    declined = here("request", "show", "2").stdout
    assert "you recorded that Noor Haddad declined" in declined
    assert "The next route leads through" in declined
    assert run("next 2")["introducer"]["name"] != "Noor Haddad"
    assert "declined your request on" in here("who", "Jane Okonkwo").stdout
    outcomes = here("admin", "outcomes").stdout
    assert "2 introduction requests were sent." in outcomes
    assert "Groups of fewer than 5 decided requests are left out" in outcomes
    assert json.loads(here("admin", "outcomes", "--json").stdout) == {"sentCount": 2, "groups": []}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "9"], 2, "There is no request number 9"),
        (["send", "0" * 24], 1, "There is no request with this id"),
        (["create", "Jane Okonkwo", "--through", "Helena Brandt", "--purpose", "x"], 1, "No route to the target"),
    ],
)
def test_an_impossible_request_is_one_sentence(
    here: Tertius,
    words: list[str],
    code: int,
    message: str,
) -> None:
    result = here("request", *words)

    assert result.exit_code == code
    assert message in (result.stderr + str(result.exception))
