"""The calendars in which phones write dates: Gregorian, Buddhist and Persian.

The years in which WhatsApp exists differ in these calendars, so the year tells the calendar. Any other year is of a
calendar that is not read (Islamic, Hebrew, Minguo, …).
"""

from datetime import UTC, datetime, timedelta

_FIRST_YEAR, _LAST_YEAR = 2009, 2150
"""WhatsApp started in 2009."""
_BUDDHIST_OFFSET = 543
_FIRST_PERSIAN_YEAR, _LAST_PERSIAN_YEAR = 1388, 1429
"""1388 began on 21 March 2009. From 1430 on, years are Islamic: 1430 began in 2008."""
_FIRST_PERSIAN_DAY = datetime(2009, 3, 21, tzinfo=UTC)
_LEAP_YEARS_OF_33 = {1, 5, 9, 13, 17, 22, 26, 30}
"""Persian leap years by their remainder after division by 33. This is exact for the years read here."""


def date_in_calendar(year: int, month: int, day: int, *, two_digits: bool) -> datetime | None:
    """The day at midnight in UTC; None if it does not exist, or if the calendar of the year is not read.

    A year of two digits is Gregorian up to 51 and Buddhist from 52 (2552, which is 2009).
    """
    if two_digits:
        year += 2000 if year <= (_FIRST_YEAR + _BUDDHIST_OFFSET - 1) % 100 else 2500
    if _FIRST_PERSIAN_YEAR <= year <= _LAST_PERSIAN_YEAR:
        return _persian_day(year, month, day)
    if _FIRST_YEAR + _BUDDHIST_OFFSET <= year <= _LAST_YEAR + _BUDDHIST_OFFSET:
        year -= _BUDDHIST_OFFSET
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _persian_day(year: int, month: int, day: int) -> datetime | None:
    if not 1 <= month <= 12 or not 1 <= day <= _days_in_persian_month(year, month):
        return None
    days = sum(365 + _is_persian_leap_year(earlier) for earlier in range(_FIRST_PERSIAN_YEAR, year))
    days += sum(_days_in_persian_month(year, earlier) for earlier in range(1, month))
    return _FIRST_PERSIAN_DAY + timedelta(days + day - 1)


def _days_in_persian_month(year: int, month: int) -> int:
    if month == 12:
        return 29 + _is_persian_leap_year(year)
    return 31 if month <= 6 else 30


def _is_persian_leap_year(year: int) -> bool:
    return year % 33 in _LEAP_YEARS_OF_33
