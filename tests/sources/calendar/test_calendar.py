"""Calendars: participants, time zones, recurring events, and files that are refused."""

import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import (
    Assistance,
    BadRow,
    Handle,
    HandleKind,
    LatestDate,
    Meeting,
    Owner,
    PersonMention,
    Record,
    SkippedRow,
)
from sources import calendar
from sources.errors import MultipleOwners
from tests.sources.shared_exports import unpacked

SAMPLES = Path(__file__).parents[2] / "samples" / "calendar"
STAMP = "DTSTAMP:20260401T080000Z"
NEWEST = datetime(2026, 4, 1, 8)  # noqa: DTZ001
ANA, BEN = "ORGANIZER:mailto:ana@a.example", "ATTENDEE:mailto:ben@b.example"


def person(address: str, name: str | None = None) -> PersonMention:
    return PersonMention((Handle(HandleKind.EMAIL, address),), name)


class Ics:
    """Reads one event, given by its lines."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *lines: str, before: str = "") -> list[Record]:
        event = "\r\n".join(("BEGIN:VEVENT", "UID:1", STAMP, *lines, "END:VEVENT"))
        self.path.write_text(f"BEGIN:VCALENDAR\r\n{before}{event}\r\nEND:VCALENDAR\r\n", newline="")
        return [record for record in calendar.read([self.path]) if not isinstance(record, LatestDate)]

    def times(self, *lines: str, before: str = "") -> list[str]:
        records = self(ANA, BEN, *lines, before=before)
        return [f"{record.at:%Y-%m-%d %H:%M}" for record in records if isinstance(record, Meeting)]


@pytest.fixture
def ics(tmp_path: Path) -> Ics:
    return Ics(tmp_path / "one.ics")


def participants(*lines: str, ics: Ics) -> list[str]:
    (record,) = ics("DTSTART:20260302T093000Z", *lines)
    return [one.handles[0].text for one in record.attendees] if isinstance(record, Meeting) else [repr(record)]


def test_participants_are_invited_people_who_did_not_decline(ics: Ics) -> None:
    people = participants(
        ANA,
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@a.example",
        "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:Ben@b.example",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:cleo@c.example",
        "ATTENDEE;PARTSTAT=DELEGATED:mailto:sent-another@d.example",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@b.example",
        "ATTENDEE;CUTYPE=GROUP:mailto:team@b.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:informed@b.example",
        "ATTENDEE:mailto:c_12ab@resource.calendar.google.com",
        "ATTENDEE:mailto:no-reply@booking.example",
        "ATTENDEE:invalid:nomail",
        ics=ics,
    )

    assert people == ["Ben@b.example", "cleo@c.example"]


def test_an_assistant_who_sends_the_invitation_is_not_a_participant(ics: Ics) -> None:
    organizer = 'ORGANIZER;SENT-BY="mailto:helper@a.example";CN="Silva, Ana":mailto:ana@a.example'

    assists, meeting = ics("DTSTART:20260302T093000Z", organizer, BEN)

    assert assists == Assistance(person("helper@a.example"), person("ana@a.example", "Silva, Ana"))
    assert isinstance(meeting, Meeting)
    assert meeting.attendees == (person("ana@a.example", "Silva, Ana"), person("ben@b.example"))


@pytest.mark.parametrize(
    "sender", ["ANA@a.example", "a.silva@a.example", "no-reply@a.example", "ana@other.example", ""]
)
def test_an_assistant_has_another_name_in_the_same_domain(ics: Ics, sender: str) -> None:
    organizer = f'ORGANIZER;SENT-BY="mailto:{sender}";CN=Ana Silva:mailto:ana@a.example'

    (record,) = ics("DTSTART:20260302T093000Z", organizer, BEN)

    assert isinstance(record, Meeting)


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
    "line", ["CREATED:20980101T000000Z", "DTSTAMP:20980101T000000Z", "LAST-MODIFIED:21500101T000000Z"]
)
def test_a_wrong_stamp_does_not_move_the_bound_of_a_series(ics: Ics, line: str) -> None:
    wrong = f"BEGIN:VEVENT\r\nUID:2\r\n{ANA}\r\n{BEN}\r\n{line}\r\nDTSTART:20260107T080000Z\r\nEND:VEVENT\r\n"

    times = ics.times("DTSTART:20260315T090000Z", "RRULE:FREQ=WEEKLY", before=wrong)

    assert times == ["2026-01-07 08:00", "2026-03-15 09:00", "2026-03-22 09:00", "2026-03-29 09:00"]


@pytest.mark.parametrize("stamp", ["20980101T000000Z", "19700101T000000Z", "16010101T000000Z", "20260101T000000Z"])
def test_a_series_of_one_event_with_a_wrong_stamp_keeps_its_first_occurrence(tmp_path: Path, stamp: str) -> None:
    path = tmp_path / "one.ics"
    event = f"UID:1\nDTSTAMP:{stamp}\n{ANA}\n{BEN}\nDTSTART:20260315T090000Z\nRRULE:FREQ=WEEKLY"
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n")

    meetings = [record for record in calendar.read([path]) if isinstance(record, Meeting)]

    assert f"{meetings[0].at:%Y-%m-%d %H:%M}" == "2026-03-15 09:00"
    assert meetings[-1].at.timestamp() < path.stat().st_mtime


class Invites:
    """Reads invitations that are files of one load, each given by its METHOD and its lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *files: tuple[str, str, str]) -> list[str]:
        paths = []
        for number, (method, stamp, lines) in enumerate(files):
            event = f"UID:1\n{ANA}\n{BEN}\nDTSTAMP:202603{stamp}T080000Z\n{lines}"
            paths.append(self.folder / f"{number}.ics")
            paths[-1].write_text(
                f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
            )
        return [f"{one.at:%m-%d %H:%M}" for one in calendar.read(paths) if isinstance(one, Meeting)]


THIRD, FIFTH = "DTSTART:20260303T100000Z", "DTSTART:20260305T100000Z"


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize(
    ("older", "newer", "times"),
    [
        (("REQUEST", "01", THIRD), ("REQUEST", "02", FIFTH + "\nSEQUENCE:1"), ["03-05 10:00"]),
        (("REQUEST", "09", THIRD), ("REQUEST", "02", FIFTH + "\nSEQUENCE:1"), ["03-05 10:00"]),
        (("REQUEST", "01", THIRD), ("REQUEST", "02", FIFTH), ["03-05 10:00"]),
        (("REQUEST", "01", THIRD), ("CANCEL", "02", THIRD + "\nSEQUENCE:1"), []),
        (("REQUEST", "01", THIRD), ("CANCEL", "01", THIRD), []),
        (("PUBLISH", "01", THIRD), ("PUBLISH", "02", THIRD + "\nSTATUS:CANCELLED"), []),
        (("CANCEL", "01", THIRD), ("REQUEST", "02", FIFTH + "\nSEQUENCE:2"), ["03-05 10:00"]),
        (("REQUEST", "01", THIRD), ("REPLY", "02", THIRD + "\nSEQUENCE:3"), ["03-03 10:00"]),
        (
            ("REQUEST", "31", THIRD + "\nRRULE:FREQ=WEEKLY"),
            ("REQUEST", "20", THIRD + "\nRRULE:FREQ=WEEKLY;UNTIL=20260310T100000Z\nSEQUENCE:2"),
            ["03-03 10:00", "03-10 10:00"],
        ),
        (
            ("REQUEST", "31", THIRD + "\nRRULE:FREQ=WEEKLY;COUNT=3"),
            ("CANCEL", "20", "DTSTART:20260310T100000Z\nRECURRENCE-ID:20260310T100000Z\nSEQUENCE:1"),
            ["03-03 10:00", "03-17 10:00"],
        ),
        (
            ("REQUEST", "01", "DTSTART:20260312T100000Z\nRECURRENCE-ID:20260310T100000Z\nSEQUENCE:1"),
            ("CANCEL", "02", THIRD + "\nSEQUENCE:2"),
            [],
        ),
    ],
)  # fmt: skip
def test_the_newest_version_of_an_event_counts(
    tmp_path: Path, older: tuple[str, str, str], newer: tuple[str, str, str], times: list[str], is_reversed: bool
) -> None:
    files = (newer, older) if is_reversed else (older, newer)

    assert sorted(Invites(tmp_path)(*files)) == times


def test_events_of_one_file_that_share_a_uid_and_a_sequence_are_read(ics: Ics) -> None:
    other = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T080000Z\r\n{ANA}\r\n{BEN}\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\n"  # noqa: E501

    assert ics.times("DTSTART:20260301T090000Z", before=other) == ["2026-01-05 09:00", "2026-03-01 09:00"]


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
