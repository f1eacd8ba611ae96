"""Days and times as the graph stores them: whole numbers of days, or of milliseconds, counted from 1970-01-01."""

from datetime import UTC, date, datetime

EPOCH = date(1970, 1, 1).toordinal()
MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000


def day_of(on: date) -> int:
    """Convert a date to a day number."""
    return on.toordinal() - EPOCH


def date_of(day: int) -> date:
    """Convert a day number to a date."""
    return date.fromordinal(day + EPOCH)


def day_at(milliseconds: int) -> int:
    """Return the day that contains a time in milliseconds since 1970."""
    return milliseconds // MILLISECONDS_PER_DAY


def first_day_from(milliseconds: int) -> int:
    """Return the first day that begins at this time or later. The time is in milliseconds since 1970."""
    return -(-milliseconds // MILLISECONDS_PER_DAY)


def time_of(milliseconds: int) -> datetime:
    """Convert a time in milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
