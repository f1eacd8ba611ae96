"""Converts days and times of the graph to dates."""

from datetime import UTC, date, datetime
from typing import overload

from graph.days import date_of, time_of


def today() -> date:
    """Return today's date in UTC."""
    return datetime.now(UTC).date()


@overload
def to_date(number: int) -> date: ...
@overload
def to_date(number: None) -> None: ...
def to_date(number: int | None) -> date | None:
    """Return the date of a day that is counted from 1970-01-01."""
    return None if number is None else date_of(number)


@overload
def to_datetime(milliseconds: int) -> datetime: ...
@overload
def to_datetime(milliseconds: None) -> None: ...
def to_datetime(milliseconds: int | None) -> datetime | None:
    """Return the time of a number of milliseconds since 1970."""
    return None if milliseconds is None else time_of(milliseconds)


@overload
def time_text(milliseconds: int) -> str: ...
@overload
def time_text(milliseconds: None) -> None: ...
def time_text(milliseconds: int | None) -> str | None:
    """Return a time in milliseconds since 1970 as an ISO time in UTC."""
    time = to_datetime(milliseconds)
    return None if time is None else time.isoformat()
