"""Tests of `tertius insights goal` with a tag."""

import json

import pytest

from tests.tertius.cli.test_app import Tertius, here, sample_environment

__all__ = ["here", "sample_environment"]


@pytest.mark.parametrize("change", [("sales", "--stage", "starting"), ("--remove",)], ids=["set", "remove"])
def test_an_unknown_tag_changes_no_goal(here: Tertius, change: tuple[str, ...]) -> None:
    assert here("insights", "goal", "recruiting", "--stage", "established").exit_code == 0

    refused = here("insights", "goal", *change, "--tag", "nothing")

    assert refused.exit_code != 0
    assert str(refused.exception) == "You have no tag “nothing”."
    stored = json.loads(here("insights", "goal", "--json").stdout)["goal"]
    assert (stored["purpose"], stored["stage"]) == ("RECRUITING", "ESTABLISHED")
