"""Reads the times of answers in JSON."""

from datetime import UTC, datetime

from presentation.sentences import format_day_of_time


def milliseconds(text: str) -> int:
    """The milliseconds since 1970 of a time as GraphQL prints it."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def day_of_time(text: str) -> str:
    """The day of a time as GraphQL prints it, in words."""
    return format_day_of_time(milliseconds(text))


def minute_of_time(text: str) -> str:
    """The minute of a time as GraphQL prints it, such as `2026-11-30 09:05 UTC`."""
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
