"""Days of the graph as dates of the calendar, and the one it is."""

from datetime import UTC, date, datetime
from typing import overload

from graph.days import date_of


def today() -> date:
    """The day it is, in UTC as everywhere."""
    return datetime.now(UTC).date()


@overload
def day(found: int) -> date: ...
@overload
def day(found: None) -> None: ...
def day(found: int | None) -> date | None:
    """The date of a day, where there is one."""
    return None if found is None else date_of(found)


@overload
def moment(found: int) -> datetime: ...
@overload
def moment(found: None) -> None: ...
def moment(found: int | None) -> datetime | None:
    """The moment of so many milliseconds since 1970, where there are any."""
    return None if found is None else datetime.fromtimestamp(found / 1000, UTC)
