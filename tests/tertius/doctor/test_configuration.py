"""Checks of the settings that need no database."""

import pytest

from tertius.doctor.check import CheckStatus
from tertius.doctor.configuration import check_reads, check_slack
from tertius.service_settings import Http, Slack
from tertius.settings import Neo4j, Settings

SECRETS = {"signing_secret": "secret", "bot_token": "xoxb-1"}


@pytest.mark.parametrize(
    ("slack", "public_url", "status"),
    [
        ({}, None, CheckStatus.OK),
        (SECRETS, None, CheckStatus.WARNING),
        (SECRETS, "https://tertius.example", CheckStatus.OK),
        ({"app_token": "xapp-1", "bot_token": "xoxb-1"}, None, CheckStatus.OK),
    ],
)
def test_slack_over_http_needs_a_public_address(
    slack: dict[str, str], public_url: str | None, status: CheckStatus
) -> None:
    check = check_slack(Settings(slack=Slack.model_validate(slack), http=Http(public_url=public_url)))

    assert check.status is status
    assert "secret" not in check.message


@pytest.mark.parametrize(
    ("neo4j", "status", "says"),
    [
        (Neo4j(), CheckStatus.OK, "leader"),
        (Neo4j(uri="neo4j+s://graph.example.org", spread_reads=True), CheckStatus.OK, "Any member"),
        (Neo4j(uri="bolt+s://graph.example.org", spread_reads=True), CheckStatus.WARNING, "no effect"),
    ],
)
def test_the_doctor_says_which_members_of_a_cluster_answer_reads(neo4j: Neo4j, status: CheckStatus, says: str) -> None:
    check = check_reads(Settings(neo4j=neo4j))

    assert (check.status, says in check.message) == (status, True)
