"""Decide from all dates of a chat which of the three numbers is the day.

Messages are in the order of time. So the order of numbers is the one in which the most dates exist, and in which they
go back in time least often. Times are those of the phone that exported the chat; its zone is unknown, so they count as
UTC.
"""

from datetime import UTC, datetime
from functools import lru_cache

DateNumbers = tuple[str, str, str]
"""The three numbers of a date, as written."""
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Order → the indexes of year, month and day."""
_FIRST_YEAR = 2009  # the year in which WhatsApp started


class DateOrder:
    """The order in which one chat writes its dates, by the dates added so far."""

    def __init__(self) -> None:
        self._errors = dict.fromkeys(_ORDERS, 0)
        self._previous = dict.fromkeys(_ORDERS, datetime.min.replace(tzinfo=UTC))
        self._has_dots = False

    def add(self, numbers: DateNumbers, separator: str) -> None:
        """Count an error for each order in which the date is invalid or before the previous one."""
        self._has_dots = separator == "."
        for order in _ORDERS:
            day = _day(numbers, order)
            if day is None or day < self._previous[order]:
                self._errors[order] += 1
            if day is not None:
                self._previous[order] = day

    def best(self) -> set[str]:
        """The orders with the fewest errors: one if the chat decides it.

        Dates with dots have the day first. Otherwise an order with the year first is excluded if another fits too.
        """
        fewest = min(self._errors.values())
        best = {order for order, errors in self._errors.items() if errors == fewest}
        if self._has_dots and "day first" in best:
            return {"day first"}
        return best - {"year first"} or best


def parse_chat_time(numbers: DateNumbers, order: str, hour: int, minute: int, second: int) -> datetime | None:
    """The time in UTC; None if the date or time does not exist."""
    day = _day(numbers, order)
    if day is None or hour > 23 or minute > 59:
        return None
    return day.replace(hour=hour, minute=minute, second=min(second, 59))


@lru_cache(maxsize=4096)
def _day(numbers: DateNumbers, order: str) -> datetime | None:
    year, month, day = (numbers[index] for index in _ORDERS[order])
    if len(year) not in (2, 4) or max(len(month), len(day)) > 2:
        return None
    try:
        date = datetime(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None
    return date if date.year >= _FIRST_YEAR else None
