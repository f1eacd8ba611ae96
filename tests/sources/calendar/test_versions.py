"""Which version of an event counts, and up to when a series is followed."""

from pathlib import Path

import pytest

from graph.records import Meeting
from sources import calendar
from tests.sources.calendar.events import ANA, BEN, Ics


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


@pytest.mark.parametrize("is_reversed", [False, True])
def test_an_export_that_leaves_all_people_out_replaces_nothing(tmp_path: Path, is_reversed: bool) -> None:
    paths = [tmp_path / "full.ics", tmp_path / "bare.ics"]
    for path, people, day in zip(paths, (f"{ANA}\n{BEN}\n", ""), ("01", "09"), strict=True):
        path.write_text(
            f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSEQUENCE:{int(day)}\n{people}DTSTAMP:202603{day}T080000Z\n{THIRD}\n"
            "END:VEVENT\nEND:VCALENDAR\n"
        )

    records = calendar.read(paths[::-1] if is_reversed else paths)

    assert sum(isinstance(record, Meeting) for record in records) == 1


def test_a_reply_to_one_occurrence_does_not_remove_it(ics: Ics) -> None:
    reply = (
        f"METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\n{BEN}\r\nRECURRENCE-ID:20260308T090000Z\r\n"
        "DTSTART:20260308T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\n"
    )

    times = ics.times("DTSTART:20260301T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2", before=reply)

    assert times == ["2026-03-01 09:00", "2026-03-08 09:00"]
