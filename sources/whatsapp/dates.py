"""Which of a chat's three numbers is the day: told from all of its dates, as no line says it.

A chat is written in order of time. So of the ways to read its dates, that one holds by which they are dates at all and
go back least often. Times are by the clock of whoever exported the chat, which it does not name: taken for UTC.
"""

from datetime import UTC, datetime
from functools import lru_cache

Numbers = tuple[str, str, str]
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Where year, month and day stand."""
_FIRST_YEAR = 2009  # WhatsApp's


class Order:
    """How one chat writes its dates, as far as those seen until now tell."""

    def __init__(self) -> None:
        self._backwards = dict.fromkeys(_ORDERS, 0)
        self._before = dict.fromkeys(_ORDERS, datetime.min.replace(tzinfo=UTC))
        self._dots = False

    def see(self, numbers: Numbers, mark: str) -> None:
        """A date that is none in some order is only held against it: one odd line must not spoil a chat."""
        self._dots = mark == "."
        for order in _ORDERS:
            day = _day(numbers, order)
            if day is None or day < self._before[order]:
                self._backwards[order] += 1
            if day is not None:
                self._before[order] = day

    def orders(self) -> set[str]:
        """The orders that fit best: one where the chat decides it.

        Dots stand after days; years of two digits come last, where dates can be read so.
        """
        least = min(self._backwards.values())
        found = {order for order, times in self._backwards.items() if times == least}
        if self._dots and "day first" in found:
            return {"day first"}
        return found - {"year first"} or found


def moment(numbers: Numbers, order: str, hour: int, minute: int, second: int) -> datetime | None:
    day = _day(numbers, order)
    if day is None or hour > 23 or minute > 59:
        return None
    return day.replace(hour=hour, minute=minute, second=min(second, 59))


@lru_cache(maxsize=4096)
def _day(numbers: Numbers, order: str) -> datetime | None:
    year, month, day = (numbers[place] for place in _ORDERS[order])
    if len(year) not in (2, 4) or max(len(month), len(day)) > 2:
        return None
    try:
        found = datetime(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None
