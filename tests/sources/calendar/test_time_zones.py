"""Times of events, by any usual name of a time zone."""

import pytest

from graph.records import BadRow, ReadingNote
from tests.sources.calendar.events import ANA, BEN, Ics


@pytest.mark.parametrize(
    ("start", "at"),
    [
        ("DTSTART:20260302T093000Z", "09:30"),
        ("DTSTART;TZID=America/New_York:20260302T043000", "09:30"),
        ('DTSTART;TZID="W. Europe Standard Time":20260302T103000', "09:30"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Rome:20260302T103000", "09:30"),
        ("DTSTART;TZID=Nowhere at all:20260302T103000", "09:30"),
        ('DTSTART;TZID="w. europe standard time":20260302T103000', "09:30"),
        ('DTSTART;TZID="Romance Standard Time 1":20260302T103000', "09:30"),
        ('DTSTART;TZID="W. Europe Daylight Time":20260302T103000', "09:30"),
        ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien":20260302T103000', "09:30"),
        ('DTSTART;TZID="(GMT-05.00) Eastern Time (US & Canada)":20260302T043000', "09:30"),
        ('DTSTART;TZID="Eastern":20260302T043000', "09:30"),
        ("DTSTART;TZID=Tokyo:20260302T183000", "09:30"),
        ("DTSTART;TZID=europe/rome:20260302T103000", "09:30"),
        ("DTSTART;TZID=America/New York:20260302T043000", "09:30"),
        ('DTSTART;TZID="tzone://Microsoft/Utc":20260302T093000', "09:30"),
        ("DTSTART;TZID=GMT-0400:20260302T053000", "09:30"),
        ('DTSTART;TZID="UTC+05:30":20260302T150000', "09:30"),
        ("DTSTART;TZID=EDT:20260302T053000", "09:30"),
        ('DTSTART;TZID="(UTC-07:00) Somewhere in the desert":20260302T023000', "09:30"),
        ("DTSTART:20260302T103000", "09:30"),
        ("DTSTART\r\n ;VALUE=DATE-TIME\r\n :20260302T0930\r\n 00Z", "09:30"),
    ],
)
def test_every_time_is_converted_to_utc(ics: Ics, start: str, at: str) -> None:
    assert ics.times(start, before="X-WR-TIMEZONE:Europe/Rome\r\n") == [f"2026-03-02 {at}"]


@pytest.mark.parametrize("name", ["Customized Time Zone", "tzone://Microsoft/Custom", "UTC+99", "(" * 5_000])
def test_an_event_in_an_unknown_time_zone_is_reported_and_not_guessed(ics: Ics, name: str) -> None:
    (record,) = ics(ANA, BEN, f'DTSTART;TZID="{name}":20260302T233000')

    assert record == BadRow("one.ics", 2, "the time zone is neither known nor defined in the file")


def test_a_note_says_that_the_zone_of_the_calendar_was_taken(ics: Ics) -> None:
    start = "DTSTART;TZID=Nowhere at all:20260302T103000"

    assert ics(ANA, BEN, start, before="X-WR-TIMEZONE:Europe/Rome\r\n")[1:] == [
        ReadingNote("one.ics", "Times in an unknown time zone were read in the zone of the calendar.")
    ]


ZONE = """BEGIN:VTIMEZONE\r
TZID:Customized Time Zone\r
{}BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0500\r
TZOFFSETTO:-0400\r
RRULE:FREQ={};BYDAY=2SU;BYMONTH=3\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0400\r
TZOFFSETTO:-0500\r
RRULE:FREQ={};BYDAY=1SU;BYMONTH=11\r
END:STANDARD\r
END:VTIMEZONE\r
"""


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        (ZONE.format("", "YEARLY", "YEARLY"), "2026-03-21 03:30"),
        (ZONE.format("X-LIC-LOCATION:America/New_York\r\n", "DAILY", "DAILY"), "2026-03-21 03:30"),
        (ZONE.format("", "DAILY", "DAILY"), "2026-03-21 04:30"),  # a rule that no zone has: the standard offset
    ],
)
def test_a_time_zone_is_the_one_that_the_file_defines(ics: Ics, zone: str, at: str) -> None:
    assert ics.times('DTSTART;TZID="Customized Time Zone":20260320T233000', before=zone) == [at]
