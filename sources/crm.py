"""HubSpot and Salesforce: contacts and logged activities, as their lists and reports are exported as CSV.

A contact is the company's and nobody's connection. An activity is what the person it is assigned to did towards the
contact, or the contact towards them where it says so.
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
from sources import handles
from sources.interactions import MEETING, Act, moment, told
from sources.people import stated
from sources.sheets import Entry, Sheet, SheetSource
from sources.tables import Unreadable

_YES = {"1", "true", "yes"}
_DATE = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[AaPp][Mm])?)?"
)
_MONTHS = 12


def records(sheet: Sheet) -> Iterator[Record]:
    """One file's contacts, or its activities."""
    yield from (_activities if "at" in sheet.columns else _contacts)(sheet)


SOURCES = (SheetSource("hubspot", records), SheetSource("salesforce", records))


def _contacts(sheet: Sheet) -> Iterator[Record]:
    yield from stated(sheet, f"contacts in {sheet.name}")


def _activities(sheet: Sheet) -> Iterator[Record]:
    day_first = _day_first(sheet)
    for entry in sheet.entries():
        try:
            yield entry if isinstance(entry, BadRow) else _activity(entry, sheet, day_first=day_first)
        except Unreadable as error:
            yield BadRow(sheet.name, entry.row.line if isinstance(entry, Entry) else entry.line, str(error))


def _activity(entry: Entry, sheet: Sheet, *, day_first: bool | None) -> Record:
    said = _word(entry["kind"])
    if not said:
        said = (
            MEETING
            if _word(entry["event"]) in _YES
            else next(filter(entry.columns.get, ("call", "meeting", "mail")), "")
        )
    kind = _words("kind").get(said)
    if kind is None:
        return SkippedRow(sheet.name, "neither a message, a call nor a meeting")
    if any(_word(status) in _words("status") for status in entry.all("status")):
        return SkippedRow(sheet.name, "nobody was reached, or not yet")
    by, contacts = handles.person(" ".join(entry.all("by"))), _people(entry)
    if by is None or not contacts:
        return SkippedRow(sheet.name, "without a contact" if by else "assigned to nobody")
    at, exact = _moment(entry["at"], day_first=day_first)
    incoming = {said, _word(entry["direction"])} & _words("direction").keys()
    if incoming and kind != MEETING:
        first, *_ = contacts
        return told(Act(first, {by: None}, at, exact, kind, entry["id"]), sheet.name)
    return told(Act(by, contacts, at, exact, kind, entry["id"]), sheet.name)


def _people(entry: Entry) -> dict[PersonMention, None]:
    """The contacts: several by semicolons, each by what the columns say of the one in that place."""
    columns = [cell.split(";") for cell in entry.all("contact")]
    found = (handles.person(" ".join(pieces)) for pieces in zip_longest(*columns, fillvalue=""))
    return {who: None for who in found if who}


def _day_first(sheet: Sheet) -> bool | None:
    """Whether 3/4/2026 is in April, as the file's other dates show; None where none of them does."""
    for entry in sheet.entries():
        if isinstance(entry, Entry) and (found := _DATE.fullmatch(entry["at"])):
            if int(found["one"]) > _MONTHS or found["mark"] == ".":
                return True
            if int(found["two"]) > _MONTHS:
                return False
    return None


def _moment(text: str, *, day_first: bool | None) -> tuple[datetime, bool]:
    found = _DATE.fullmatch(text)
    if not found:
        return moment(text)
    if day_first is None and found["one"] != found["two"]:
        raise Unreadable("a date that may be of two months, like all in this file: export it as 2026-11-22")
    day, month = (found["one"], found["two"]) if day_first else (found["two"], found["one"])
    hour = 12 if found["hour"] is None else int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    try:
        return datetime(int(found["year"]), int(month), int(day), hour, int(found["minute"] or 0), tzinfo=UTC), bool(
            found["hour"]
        )
    except ValueError:
        raise Unreadable("a date that is none") from None


def _word(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def _words(about: str) -> dict[str, str]:
    told_in = tomllib.loads(files("sources").joinpath("crm.toml").read_text("utf-8"))[about]
    return {word: meaning for meaning, words in told_in.items() for word in words}
