"""Calendars modelled on public reports of faults. They are not in the repository (tests/sources/shared_exports.py)."""

from collections import Counter

import pytest

from graph.records import BadRow, Meeting
from sources import calendar
from tests.sources.shared_exports import SHARED

FAULTS = SHARED.parent / "faults" / "lists"
INVITES = [f"invites/{number}.ics" for number in range(1, 7)]
UNKNOWN_ZONE = "the time zone is neither known nor defined in the file"

needs_faults = pytest.mark.skipif(not FAULTS.is_dir(), reason="the calendars are not available")


def meetings(*names: str) -> list[Meeting]:
    records = calendar.read([FAULTS / name for name in names])
    return [record for record in records if isinstance(record, Meeting)]


def times(*names: str) -> list[str]:
    return sorted(f"{meeting.at:%m-%d %H:%M}" for meeting in meetings(*names))


@needs_faults
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["clock-glitch.ics"], ["01-07 08:00", *(f"09-{day:02} 08:00" for day in (7, 14, 21, 28)),
                                *(f"10-{day:02} 08:00" for day in (5, 12, 19, 26)),
                                *(f"11-{day:02} 08:00" for day in (2, 9, 16))]),
        (["floating-exdate.ics"], ["10-05 08:00", "10-19 08:00", "10-26 09:00"]),
        (["until-date.ics"], ["10-05 21:30", "10-12 21:30", "10-19 21:30"]),
        (["weekly.ics"], ["09-07 08:00", "09-07 08:00", "09-22 13:00", "09-28 08:00", "10-05 08:00", "10-12 08:00"]),
        (["tz-undefined-wr.ics"], ["10-06 03:30"]),
        (["tz-defined.ics"], ["10-06 03:30"] * 4),
        (["no-uid.ics"], ["11-03 10:00", "11-04 10:00"]),
        (INVITES, ["10-01 10:00", "10-08 10:00", "10-15 10:00", "11-05 10:00"]),
        (INVITES[::-1], ["10-01 10:00", "10-08 10:00", "10-15 10:00", "11-05 10:00"]),
    ],
)  # fmt: skip
def test_meetings_are_at_the_times_that_the_calendar_states(names: list[str], expected: list[str]) -> None:
    assert times(*names) == expected


@needs_faults
def test_a_zone_that_no_name_and_no_definition_gives_is_reported() -> None:
    records = list(calendar.read([FAULTS / "tz-undefined.ics"]))

    counts = Counter(f"{record.at:%m-%d %H:%M}" for record in records if isinstance(record, Meeting))
    assert [record.reason for record in records if isinstance(record, BadRow)] == [UNKNOWN_ZONE] * 2
    assert counts == {"10-06 03:30": 8, "10-05 23:30": 1, "10-05 22:30": 1}


@needs_faults
@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("rooms.ics", {"Me", "Ada Brink"}),
        ("room-route.ics", {"Osei, Maren", "Brink, Ada"}),
        ("google-delegate.ical.zip", {"Maren Osei", "Yves Duo"}),
    ],
)
def test_participants_are_people_of_ones_own_calendar(name: str, people: set[str]) -> None:
    assert {person.name for meeting in meetings(name) for person in meeting.attendees} == people
