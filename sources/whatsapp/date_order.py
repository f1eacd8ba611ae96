"""Decide from all dates of a chat which of the three numbers is the day.

Messages are in the order of time. So the order of numbers is the one in which the most dates exist, and in which they
go back in time least often. Times are those of the phone that exported the chat; its zone is unknown, so they count as
UTC.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sources.whatsapp.calendars import date_in_calendar

DateNumbers = tuple[str, str, str]
"""The three numbers of a date, as written."""
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Order → the indexes of year, month and day."""
_DISORDER = timedelta(days=1)
"""How far a message may go back in time: phones move between time zones, and change their clocks."""


class ChatDateOrder:
    """The order in which one chat writes its dates, by the dates added so far."""

    def __init__(self) -> None:
        self._count = 0
        self._errors = dict.fromkeys(_ORDERS, 0)
        self._invalid = dict.fromkeys(_ORDERS, 0)
        self._previous = dict.fromkeys(_ORDERS, datetime.min.replace(tzinfo=UTC))
        self._backwards = {order: Backwards() for order in _ORDERS}
        self._last: DateNumbers | None = None
        self._has_dots = False

    def add(self, numbers: DateNumbers, separator: str) -> None:
        """Count an error for each order in which the date is invalid or before the previous one."""
        self._count += 1
        if numbers == self._last and not any(one.is_back for one in self._backwards.values()):
            for order, invalid in self._invalid.items():
                if invalid and _day(numbers, order) is None:
                    self._errors[order] += 1
                    self._invalid[order] += 1
            return
        self._last = numbers
        self._has_dots = separator == "."
        for order in _ORDERS:
            day = _day(numbers, order)
            if day is None:
                self._invalid[order] += 1
                self._errors[order] += 1
            else:
                self._errors[order] += day < self._previous[order]
                self._previous[order] = day
                self._backwards[order].add(day)

    @property
    def is_readable(self) -> bool:
        """Whether any date exists in any order; if not, the calendar is one that is not read."""
        return min(self._invalid.values()) < self._count

    def has_pasted_lines(self, order: str) -> bool:
        """Whether some lines go back in time by more than a day, and are a minority."""
        return 0 < self._backwards[order].count < self._count / 2

    def best(self) -> set[str]:
        """The orders with the fewest errors: one if the chat decides it.

        Dates with dots have the day first. Otherwise an order with the year first is excluded if another fits too.
        """
        fewest = min(self._errors.values())
        best = {order for order, errors in self._errors.items() if errors == fewest}
        if self._has_dots and "day first" in best:
            return {"day first"}
        return best - {"year first"} or best


class Backwards:
    """Finds the messages that are more than a day older than one before them, and counts them."""

    def __init__(self) -> None:
        self.count = 0
        self.is_back = False
        self._newest = datetime.min.replace(tzinfo=UTC)

    def add(self, at: datetime) -> bool:
        """Whether this message goes back in time."""
        if at >= self._newest:
            self._newest, self.is_back = at, False
        else:
            self.is_back = self._newest - at > _DISORDER
            self.count += self.is_back
        return self.is_back


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
    return date_in_calendar(int(year), int(month), int(day), two_digits=len(year) == 2)
