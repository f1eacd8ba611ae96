"""Exports of customer-relationship systems: what the samples do not cover."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.records import BadRow, Connection, Interaction, Meeting, Record
from sources.tables.crm import CRM_READERS
from sources.tables.sheets import SheetReader
from tests.sources.golden import SAMPLES

HUBSPOT, SALESFORCE = CRM_READERS
REPORT = "Assigned,Contact,Date,Task Subtype,Priority\n"
ReadReport = Callable[[str], list[Record]]


@pytest.fixture
def read(tmp_path: Path) -> ReadReport:
    def read_report(rows: str) -> list[Record]:
        (tmp_path / "report.csv").write_text(REPORT + rows)
        return [*SALESFORCE.read([tmp_path / "report.csv"])]

    return read_report


@pytest.mark.parametrize("reader", CRM_READERS, ids=lambda reader: reader.name)
def test_a_contact_is_not_a_connection_and_no_text_is_read(reader: SheetReader) -> None:
    records = [*reader.read([*(SAMPLES / reader.name).glob("*.csv")])]

    assert not any(isinstance(record, Connection) for record in records)
    assert not any(word in repr(records) for word in ("Dear", "offer", "Catching up", "Visit"))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["3/4/2026", "13/4/2026"], [(4, 3), (4, 13)]),
        (["3/4/2026", "4/13/2026"], [(3, 4), (4, 13)]),
        (["03.04.2026", "04.04.2026"], [(4, 3), (4, 4)]),
        (["2026-04-03", "2026-04-13T10:00"], [(4, 3), (4, 13)]),
    ],
)
def test_unambiguous_dates_decide_the_order_of_day_and_month(
    read: ReadReport, dates: list[str], days: list[tuple[int, int]]
) -> None:
    calls = list(read("".join(f"Ana Ek,ben@b.example,{date},Call,\n" for date in dates)))

    assert [(call.at.month, call.at.day) for call in calls if isinstance(call, Interaction)] == days


def test_ambiguous_dates_are_bad_rows(read: ReadReport) -> None:
    (ambiguous, unambiguous) = read("Ana Ek,ben@b.example,3/4/2026,Call,\nAna Ek,ben@b.example,4/4/2026,Call,\n")

    assert isinstance(ambiguous, BadRow)
    assert ambiguous.reason.startswith("the order of day and month is unclear")
    assert isinstance(unambiguous, Interaction)
    assert unambiguous.at == datetime(2026, 4, 4, 12, tzinfo=UTC)


def test_times_of_day_are_read_with_12_and_24_hours(read: ReadReport) -> None:
    rows = ["1/13/2026 12:05 AM", "1/13/2026, 1:05 pm", "13.1.2026 13:05", "1/13/2026 25:00"]
    first = read("".join(f'Ana Ek,ben@b.example,"{when}",Call,\n' for when in rows[:2]))
    second = read("".join(f'Ana Ek,ben@b.example,"{when}",Call,\n' for when in rows[2:]))

    assert [record.at.hour for record in first if isinstance(record, Interaction)] == [0, 13]
    assert [type(record) for record in second] == [Interaction, BadRow]


def test_meetings_have_all_contacts_and_inbound_calls_their_caller(tmp_path: Path) -> None:
    header = (
        "Activity type,Activity date,Activity assigned to,Associated Contact,Associated Contact Email,Call direction\n"
    )
    (tmp_path / "a.csv").write_text(
        header
        + "Meeting,2026-01-02 10:00,Ana Ek,Ben Ek; Cleo Ito,ben@b.example; cleo@c.example,\n"
        + "Call,2026-01-02 12:00,Ana Ek,Ben Ek,ben@b.example,INBOUND\n"
    )

    meeting, call = HUBSPOT.read([tmp_path / "a.csv"])

    assert isinstance(meeting, Meeting)
    assert [who.handles[0].text for who in meeting.attendees] == ["Ana Ek", "ben@b.example", "cleo@c.example"]
    assert isinstance(call, Interaction)
    assert (call.by.name, call.to[0].name) == ("Ben Ek", "Ana Ek")
