"""Introductions are found in a toy world, and no others."""

from datetime import UTC, datetime, timedelta

from evaluation.introducers import Introduction, introductions
from evaluation.networks import Message
from graph.days import day_of

BEGUN = datetime(2020, 1, 10, 12, tzinfo=UTC)
BEFORE = day_of(BEGUN.date()) - 1


def wrote(day: float, by: str, to: str) -> Message:
    """`wrote(3, "ben", "ana cleo")`: one message to both, three days in."""
    return Message(BEGUN + timedelta(days=day), by, tuple(to.split()))


def test_who_writes_to_two_strangers_introduced_them_if_one_writes_to_the_other() -> None:
    """Cleo writes first: she is the asker. What is told out of order is in order all the same."""
    told = [wrote(29, "cleo", "ana"), wrote(0, "ben", "ana cleo"), wrote(29.5, "ana", "cleo")]

    assert introductions(told) == [Introduction("ben", "cleo", "ana", BEFORE)]


def test_who_had_been_in_touch_needed_nobody() -> None:
    assert introductions([wrote(-5, "ana", "cleo eve"), wrote(0, "ben", "ana cleo"), wrote(1, "ana", "cleo")]) == []


def test_after_a_month_it_was_something_else() -> None:
    assert introductions([wrote(0, "ben", "ana cleo"), wrote(31, "ana", "cleo")]) == []


def test_one_who_writes_again_after_a_month_begins_again() -> None:
    told = [wrote(0, "ben", "ana cleo"), wrote(31, "dan", "cleo ana"), wrote(32, "ana", "cleo")]

    assert introductions(told) == [Introduction("dan", "ana", "cleo", BEFORE + 31)]


def test_the_first_of_two_introducers_it_is() -> None:
    told = [wrote(0, "ben", "ana cleo"), wrote(1, "dan", "cleo ana"), wrote(2, "ana", "cleo")]

    assert [event.by for event in introductions(told)] == ["ben"]


def test_a_letter_to_more_is_no_introduction_unless_asked_for() -> None:
    told = [wrote(0, "ben", "ana cleo dan"), wrote(1, "ana", "cleo"), wrote(2, "dan", "ana cleo")]

    assert introductions(told) == []
    assert introductions(told, most=5) == [Introduction("ben", "ana", "cleo", BEFORE)]
