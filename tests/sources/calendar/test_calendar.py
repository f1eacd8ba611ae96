"""Calendars: events that are skipped, recurring events, owners, and files that are refused."""

import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import (
    BadRow,
    Meeting,
    Owner,
    ReadingNote,
    SkippedRow,
)
from sources import calendar
from sources.errors import MultipleOwners
from tests.sources.calendar.events import ANA, BEN, STAMP, Ics, person
from tests.sources.shared_exports import unpacked

SAMPLES = Path(__file__).parents[2] / "samples" / "calendar"
NEWEST = datetime(2026, 4, 1, 8)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["DTSTART;VALUE=DATE:20260302"], "all-day event"),
        (["DTSTART:20260302T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], "all-day event"),
        (["DTSTART:20260302T093000Z", "STATUS:Cancelled"], "cancelled"),
        (
            ["DTSTART:20260302T093000Z", *(f"ATTENDEE:mailto:{n}@c.example" for n in range(1000))],
            "more than 1,000 people",
        ),
        (
            ["DTSTART:20200302T093000Z", "RRULE:FREQ=DAILY;COUNT=5"],
            "no occurrence in the three years before the export",
        ),
    ],
)
def test_events_other_than_meetings_are_skipped(ics: Ics, lines: list[str], reason: str) -> None:
    assert ics(ANA, BEN, *lines) == [SkippedRow("one.ics", reason)]


def test_an_event_with_one_person_is_skipped_before_date_parsing(ics: Ics) -> None:
    assert ics(ANA, "DTSTART:soon") == [SkippedRow("one.ics", "no other participant")]


def test_a_calendar_in_utf_16_gives_the_same_records(tmp_path: Path) -> None:
    sample = SAMPLES / "outlook.ics"
    (tmp_path / sample.name).write_bytes(sample.read_text("utf-8").encode("utf-16"))

    assert calendar.identify(tmp_path / sample.name)
    assert list(calendar.read([tmp_path / sample.name])) == list(calendar.read([sample]))


@pytest.mark.parametrize("method", ["CANCEL", "REPLY"])
def test_cancellations_and_replies_are_skipped(ics: Ics, method: str) -> None:
    (record,) = ics(ANA, BEN, "DTSTART:20260302T093000Z", before=f"METHOD:{method}\r\n")

    assert isinstance(record, SkippedRow)


@pytest.mark.parametrize(
    "excluded",
    [
        "EXDATE:20260323T100000",
        "EXDATE;VALUE=DATE:20260323",
        "EXDATE;TZID=Europe/Rome:20260323T100000",
        "EXDATE;TZID=Customized Time Zone:20260323T100000",
        "EXDATE:20260323T090000Z",
    ],
)
def test_an_excluded_time_without_a_zone_is_on_the_clock_of_the_series(ics: Ics, excluded: str) -> None:
    times = ics.times("DTSTART;TZID=Europe/Rome:20260316T100000", "RRULE:FREQ=WEEKLY;COUNT=2", excluded)

    assert times == ["2026-03-16 09:00"]


@pytest.mark.parametrize("recurrence", ["RECURRENCE-ID:20260323T100000", "RECURRENCE-ID;VALUE=DATE:20260323"])
def test_a_moved_occurrence_without_a_zone_is_on_the_clock_of_the_series(ics: Ics, recurrence: str) -> None:
    start = "DTSTART;TZID=Europe/Rome:20260324T150000"
    moved = f"BEGIN:VEVENT\r\nUID:1\r\n{ANA}\r\n{BEN}\r\n{recurrence}\r\n{start}\r\nEND:VEVENT\r\n"

    times = ics.times("DTSTART;TZID=Europe/Rome:20260316T100000", "RRULE:FREQ=WEEKLY;COUNT=2", before=moved)

    assert times == ["2026-03-24 14:00", "2026-03-16 09:00"]


def test_changed_occurrences_without_a_uid_affect_no_other_series(ics: Ics) -> None:
    moved = f"BEGIN:VEVENT\r\nUID:\r\n{ANA}\r\n{BEN}\r\nRECURRENCE-ID:20260323T090000Z\r\nDTSTART:20260324T090000Z\r\nEND:VEVENT\r\n"  # noqa: E501
    series = f"BEGIN:VEVENT\r\nUID:\r\n{ANA}\r\n{BEN}\r\nDTSTART:20260316T090000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\n"  # noqa: E501

    times = ics.times("DTSTART:20260301T090000Z", before=moved + series)

    assert times == ["2026-03-24 09:00", "2026-03-16 09:00", "2026-03-23 09:00", "2026-03-01 09:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", ["2026-03-23 09:00", "2026-03-30 08:00"]),  # summer time began on the 29th
        ("RRULE:FREQ=WEEKLY;UNTIL=20260323", ["2026-03-23 09:00"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260323T085959Z", []),
        ("RRULE:FREQ=DAILY;BYHOUR=10;BYDAY=TU", ["2026-03-17 09:00", "2026-03-24 09:00", "2026-03-31 08:00"]),
        ("RDATE;TZID=Europe/Rome:20260317T100000,20260318T100000/PT1H", ["2026-03-17 09:00", "2026-03-18 09:00"]),
    ],
)
def test_a_series_has_occurrences_up_to_the_export(ics: Ics, rule: str, days: list[str]) -> None:
    assert ics.times("DTSTART;TZID=Europe/Rome:20260316T100000", rule) == ["2026-03-16 09:00", *days]


def test_occurrences_can_be_excluded_or_moved(ics: Ics) -> None:
    moved_to = "RECURRENCE-ID:20260323T090000Z\r\nDTSTART:20260325T090000Z"
    moved = f"BEGIN:VEVENT\r\nUID:1\r\n{ANA}\r\n{BEN}\r\n{moved_to}\r\nEND:VEVENT\r\n"
    series = ["DTSTART:20260309T090000Z", "RRULE:FREQ=WEEKLY", "EXDATE:20260316T090000Z"]

    assert ics.times(*series, before=moved) == ["2026-03-25 09:00", "2026-03-09 09:00", "2026-03-30 09:00"]


def test_a_series_has_occurrences_of_the_last_three_years(ics: Ics) -> None:
    times = ics.times("DTSTART:19990104T090000Z", "RRULE:FREQ=DAILY")

    assert (times[0], times[-1], len(times)) == ("2023-04-01 09:00", "2026-03-31 09:00", 1096)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))),
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 400),
        "",
    ],
)
def test_an_unsupported_rule_is_a_bad_row(ics: Ics, rule: str) -> None:
    (record,) = ics(ANA, BEN, "DTSTART:20260302T093000Z", f"RRULE:{rule}")

    assert record == BadRow("one.ics", 2, "the recurrence rule is invalid or not supported")


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYSETPOS=300"])
def test_a_rule_without_matches_terminates(ics: Ics, rule: str) -> None:
    assert ics.times("DTSTART:20200302T093000Z", f"RRULE:{rule}") == []


def test_the_owner_is_the_address_in_the_calendars_name(tmp_path: Path) -> None:
    named, other = tmp_path / "ana@a.example.ics", tmp_path / "work.ics"
    named.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    other.write_text("BEGIN:VCALENDAR\nX-WR-CALNAME:c_1@group.calendar.google.com\nEND:VCALENDAR\n")

    assert list(calendar.read([named, other])) == [
        Owner(person("ana@a.example")),
        SkippedRow("ana@a.example.ics", "the file has no events"),
        SkippedRow("work.ics", "the file has no events"),
    ]

    other.write_text("BEGIN:VCALENDAR\nX-WR-CALNAME:ben@b.example\nEND:VCALENDAR\n")
    with pytest.raises(MultipleOwners, match="different people"):
        list(calendar.read([named, other]))


def calendar_of(name: str, *guests: str) -> str:
    lines = [f"ATTENDEE:mailto:{guest}" for guest in guests]
    event = "\n".join(("BEGIN:VEVENT", "UID:1", STAMP, "DTSTART:20260302T093000Z", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\n{event}\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    ("zip_name", "team"),
    [("calendars.ical.zip", ("ana@a.example", "cleo@c.example")), ("ana@a.example.ical.zip", ())],
)
def test_a_zip_of_several_calendars_gives_ones_own_and_names_the_others(
    tmp_path: Path, zip_name: str, team: tuple[str, ...]
) -> None:
    path = tmp_path / zip_name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ana@a.example.ics", calendar_of("ana@a.example", "ana@a.example", "ben@b.example"))
        archive.writestr("carla@a.example.ics", calendar_of("carla@a.example", "carla@a.example", "xu@x.example"))
        archive.writestr("Team_c_1@group.calendar.google.com.ics", calendar_of("Team", *team))

    records = list(calendar.read([path]))

    met = {one.handles[0].text for record in records if isinstance(record, Meeting) for one in record.attendees}
    assert records[0] == Owner(person("ana@a.example"))
    assert SkippedRow("carla@a.example.ics", "the calendar of another person") in records
    assert [record.file for record in records if isinstance(record, ReadingNote)] == ["carla@a.example.ics"]
    assert met == {"ana@a.example", "ben@b.example", *team}


def test_a_zip_of_several_calendars_without_a_certain_owner_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendars.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for owner, other in (("ana@a.example", "ben@b.example"), ("ben@b.example", "ana@a.example")):
            archive.writestr(f"{owner}.ics", calendar_of(owner, owner, other))

    with pytest.raises(MultipleOwners):
        list(calendar.read([path]))


def test_a_zip_with_only_calendars_is_identified(tmp_path: Path) -> None:
    path = tmp_path / "ana@a.example.ical.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(SAMPLES / "outlook.ics", "work.ics")
    assert calendar.identify(path)
    assert sum(isinstance(record, Meeting) for record in calendar.read([path])) == 2

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("mail.mbox", "From ")
    assert not calendar.identify(path)


def test_long_lines_and_unfinished_events_are_bad_rows(tmp_path: Path) -> None:
    good = f"BEGIN:VEVENT\nUID:2\n{ANA}\n{BEN}\nDTSTART:20260302T093000Z\nEND:VEVENT\n"
    path = tmp_path / "one.ics"
    path.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{good}DESCRIPTION:{'x' * 3_000_000}\n"
        f"BEGIN:VEVENT\nUID:{'y' * 3_000_000}\nEND:VEVENT\n"
        f"BEGIN:VEVENT\n{'EXDATE:20260302T093000Z' * 9}\n" + f"EXDATE:{'20260302T093000Z,' * 40_000}\n" * 2
        + "END:VEVENT\nBEGIN:VEVENT\n",
    )  # fmt: skip

    records = list(calendar.read([path]))

    assert [record.reason for record in records if isinstance(record, BadRow)] == [
        "the entry has no END line",
        "the line is longer than 1 MB",
        "the event has more than 1 MB of people and dates",
        "the entry has no END line",
    ]
    assert sum(isinstance(record, Meeting) for record in records) == 1


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.datetimes(NEWEST - timedelta(days=800), NEWEST),
)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_shifting_a_rule_by_years_does_not_change_its_occurrences(
    tmp_path_factory: pytest.TempPathFactory, frequency: str, interval: int, start: datetime
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval}"
    times = Ics(tmp_path_factory.getbasetemp() / "rule.ics").times(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}")
    unshifted = rrulestr(rule, dtstart=start.replace(microsecond=0)).between(
        NEWEST - timedelta(days=1096), NEWEST, inc=True
    )

    assert times == [f"{at:%Y-%m-%d %H:%M}" for at in unshifted]


def test_every_identified_real_calendar_yields_records(tmp_path: Path) -> None:
    files = sorted(unpacked("icalendar", tmp_path).rglob("*.ics"))
    identified = [path for path in files if calendar.identify(path)]

    read = {path: list(calendar.read([path])) for path in identified}

    assert (len(files), len(identified)) == (192, 176)
    assert all(read.values())
    assert sum(isinstance(record, Meeting) for records in read.values() for record in records) > 0
