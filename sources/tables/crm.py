"""HubSpot and Salesforce: contacts and logged activities, from CSV exports of their lists and reports.

A contact belongs to the company and is not a connection of a person. An activity is an interaction from the assigned
person to the contact, or the other way if it is incoming.
Samples and expected records: tests/samples/{hubspot,salesforce}/.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from graph.records import BadRow, PersonMention, Record, SkippedRow
from sources.errors import InvalidRow
from sources.tables.interactions import MEETING, InteractionRow, interaction_record, parse_time
from sources.tables.sheet_people import people_in
from sources.tables.sheets import Sheet, SheetReader, SheetRow
from sources.text.handles import parse_person

_YES = {"1", "true", "yes"}
_DATE = re.compile(
    r"(?P<first>\d{1,2})(?P<separator>[./-])(?P<second>\d{1,2})(?P=separator)(?P<year>\d{4})"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[AaPp][Mm])?)?"
)
_MONTHS = 12


def _records(sheet: Sheet) -> Iterator[Record]:
    """The contacts or the activities of one file."""
    if "at" in sheet.columns:
        yield from _activities(sheet)
    else:
        yield from people_in(sheet, f"contacts in {sheet.name}")


CRM_READERS = (SheetReader("hubspot", _records), SheetReader("salesforce", _records))


def _activities(sheet: Sheet) -> Iterator[Record]:
    day_first = _is_day_first(sheet)
    for row in sheet.rows():
        try:
            yield row if isinstance(row, BadRow) else _activity(row, sheet, day_first=day_first)
        except InvalidRow as error:
            yield BadRow(sheet.name, row.csv_row.line if isinstance(row, SheetRow) else row.line, str(error))


def _activity(row: SheetRow, sheet: Sheet, *, day_first: bool | None) -> Record:
    term = _normalised(row["kind"]) or _kind_by_columns(row)
    channel = _terms("kind").get(term)
    if channel is None:
        return SkippedRow(sheet.name, "not a message, a call or a meeting")
    if any(_normalised(status) in _terms("status") for status in row.values("status")):
        return SkippedRow(sheet.name, "not completed, or nobody was reached")
    assigned, contacts = parse_person(" ".join(row.values("by"))), _contacts(row)
    if assigned is None or not contacts:
        return SkippedRow(sheet.name, "no contact named" if assigned else "not assigned to anybody")
    at, has_time = _parse_date(row["at"], day_first=day_first)
    is_incoming = {term, _normalised(row["direction"])} & _terms("direction").keys()
    if is_incoming and channel != MEETING:
        first, *_ = contacts
        return interaction_record(InteractionRow(first, {assigned: None}, at, has_time, channel, row["id"]), sheet.name)
    return interaction_record(InteractionRow(assigned, contacts, at, has_time, channel, row["id"]), sheet.name)


def _kind_by_columns(row: SheetRow) -> str:
    """The kind of an activity whose file has no column for it, by its other columns."""
    if _normalised(row["event"]) in _YES:
        return MEETING
    return next(filter(row.columns.get, ("call", "meeting", "mail")), "")


def _contacts(row: SheetRow) -> dict[PersonMention, None]:
    """The contacts of a row. Semicolons separate several; the columns describe them in the same order."""
    columns = [cell.split(";") for cell in row.values("contact")]
    people = (parse_person(" ".join(pieces)) for pieces in zip_longest(*columns, fillvalue=""))
    return {person: None for person in people if person}


def _is_day_first(sheet: Sheet) -> bool | None:
    """Whether 3/4/2026 is in April, by the unambiguous dates of the file; None if it has none."""
    for row in sheet.rows():
        if isinstance(row, SheetRow) and (match := _DATE.fullmatch(row["at"])):
            if int(match["first"]) > _MONTHS or match["separator"] == ".":
                return True
            if int(match["second"]) > _MONTHS:
                return False
    return None


def _parse_date(text: str, *, day_first: bool | None) -> tuple[datetime, bool]:
    match = _DATE.fullmatch(text)
    if not match:
        return parse_time(text)
    if day_first is None and match["first"] != match["second"]:
        raise InvalidRow("the order of day and month is unclear in every date of this file; export dates as 2026-11-22")
    day, month = (match["first"], match["second"]) if day_first else (match["second"], match["first"])
    hour = 12 if match["hour"] is None else int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    try:
        at = datetime(int(match["year"]), int(month), int(day), hour, int(match["minute"] or 0), tzinfo=UTC)
    except ValueError:
        raise InvalidRow("the date does not exist") from None
    return at, bool(match["hour"])


def _normalised(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def _terms(category: str) -> dict[str, str]:
    """The terms of a category in crm_terms.toml with their meanings."""
    definitions = tomllib.loads(files(__package__).joinpath("crm_terms.toml").read_text("utf-8"))[category]
    return {term: meaning for meaning, terms in definitions.items() for term in terms}
