"""Days as the graph stores them: whole numbers counted from 1970-01-01."""

from datetime import date

EPOCH = date(1970, 1, 1).toordinal()
MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000


def day_of(on: date) -> int:
    """Convert a date to a day number."""
    return on.toordinal() - EPOCH


def date_of(day: int) -> date:
    """Convert a day number to a date."""
    return date.fromordinal(day + EPOCH)


def first_day_from(milliseconds: int) -> int:
    """Return the first day that begins at this time or later. The time is in milliseconds since 1970."""
    return -(-milliseconds // MILLISECONDS_PER_DAY)
