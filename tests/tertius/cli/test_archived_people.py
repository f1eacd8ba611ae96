"""Tests of `tertius insights archived` with a tag."""

from tests.tertius.cli.test_app import Tertius, here, sample_environment

__all__ = ["here", "sample_environment"]


def test_archived_people_without_the_tag_are_not_denied(here: Tertius) -> None:
    assert here("insights", "tag", "clients", "Noor Haddad").exit_code == 0
    assert here("insights", "archived", "--tag", "clients").stdout == "You archived nobody.\n"
    assert here("insights", "archive", "Victor Lang").exit_code == 0

    assert here("insights", "archived", "--tag", "clients").stdout == "Nobody whom you archived has this tag.\n"
