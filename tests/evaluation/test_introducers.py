"""Introductions among a few messages."""

from datetime import UTC, datetime, timedelta

from evaluation.introducers import Introduction, introductions
from evaluation.networks import Message
from graph.days import day_of

START = datetime(2020, 1, 10, 12, tzinfo=UTC)
BEFORE = day_of(START.date()) - 1


def wrote(day: float, by: str, to: str) -> Message:
    """`wrote(3, "ben", "ana cleo")`: one message to both, three days in."""
    return Message(START + timedelta(days=day), by, tuple(to.split()))


def test_a_message_to_strangers_who_then_write_is_an_introduction() -> None:
    """Cleo writes first, so she is the asker. The messages are given out of order."""
    messages = [wrote(29, "cleo", "ana"), wrote(0, "ben", "ana cleo"), wrote(29.5, "ana", "cleo")]

    assert introductions(messages) == [Introduction("ben", "cleo", "ana", BEFORE)]


def test_people_with_earlier_contact_were_not_introduced() -> None:
    assert introductions([wrote(-5, "ana", "cleo eve"), wrote(0, "ben", "ana cleo"), wrote(1, "ana", "cleo")]) == []


def test_a_message_after_a_month_is_not_an_introduction() -> None:
    assert introductions([wrote(0, "ben", "ana cleo"), wrote(31, "ana", "cleo")]) == []


def test_an_introduction_after_a_month_counts() -> None:
    messages = [wrote(0, "ben", "ana cleo"), wrote(31, "dan", "cleo ana"), wrote(32, "ana", "cleo")]

    assert introductions(messages) == [Introduction("dan", "ana", "cleo", BEFORE + 31)]


def test_the_first_of_two_introducers_counts() -> None:
    messages = [wrote(0, "ben", "ana cleo"), wrote(1, "dan", "cleo ana"), wrote(2, "ana", "cleo")]

    assert [event.by for event in introductions(messages)] == ["ben"]


def test_a_message_to_more_people_counts_only_with_a_higher_limit() -> None:
    messages = [wrote(0, "ben", "ana cleo dan"), wrote(1, "ana", "cleo"), wrote(2, "dan", "ana cleo")]

    assert introductions(messages) == []
    assert introductions(messages, max_recipients=5) == [Introduction("ben", "ana", "cleo", BEFORE)]
