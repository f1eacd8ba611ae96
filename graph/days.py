"""Days"""

from datetime import date

EPOCH = date(1970, 1, 1).toordinal()


def day_of(on: date) -> int:
    """The day as the graph counts it, from 1970-01-01."""
    return on.toordinal() - EPOCH


def date_of(day: int) -> date:
    """The other way round."""
    return date.fromordinal(day + EPOCH)
