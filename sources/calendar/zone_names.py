"""Find the time zone that a calendar names: by IANA name, Windows name, the description that Windows shows, or offset.

Windows describes a zone as `(UTC-05:00) Eastern Time (US & Canada)` or `Dublin, Edinburgh, Lisbon, London`.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_OFFSET = re.compile(r"(?:UTC|GMT|Z|Etc/GMT)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?([0-5]\d))?", re.IGNORECASE)
_ABBREVIATION = re.compile(r"([ECMP])([SD])T")
_HOURS_BEHIND = {"E": 5, "C": 6, "M": 7, "P": 8}
_PREFIX = re.compile(r"\s*[\[(](?:UTC|GMT)?\s*([^)\]]*)[\])]\s*", re.IGNORECASE)
_VENDOR = re.compile(r"tzone://microsoft/", re.IGNORECASE)
_TIME = re.compile(r"\s*(?:\b(?:standard|daylight|summer|mean)\s+)?\btime\b\s*", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^)]*\)|\s+\d+$")
_BETWEEN_CITIES = re.compile(r"\s*[,;:&]\s*|\s+and\s+")
_MAX_NAME = 200
_DAYS = (datetime(2026, 1, 1), datetime(2026, 7, 1))  # noqa: DTZ001 # clocks of the zone itself


def zone_by_exact_name(name: str) -> tzinfo | None:
    """A zone by its Windows name, or its IANA name, also after a vendor's prefix (`/mozilla.org/…/Europe/Rome`)."""
    windows_name, _ = _names()
    parts = name.strip("/ ").replace(" ", "_").split("/")
    candidates = ("/".join(parts[at:]).casefold() for at in range(min(4, len(parts))))
    zone = windows_name.get(name.strip().casefold()) or next(filter(None, map(_iana_names().get, candidates)), None)
    return _zone(zone) if zone else None


def zone_by_description(name: str) -> tzinfo | None:
    """A zone by what a person would read from the name: a region, a city or an offset. None if that is nothing."""
    text = _VENDOR.sub("", name[:_MAX_NAME]).strip()
    if (vendor_name := zone_by_exact_name(text)) is not None:
        return vendor_name
    prefix = _PREFIX.match(text)
    offset = _offset(prefix[1].strip()) if prefix else None
    description = text[prefix.end() :] if prefix else text
    for zone in _zones_of(description):
        if offset is None or offset in {zone.utcoffset(day) for day in _DAYS}:
            return zone
    if offset is None and prefix and not prefix[1].strip():
        offset = timedelta(0)  # `(UTC) …`
    return _fixed(offset if offset is not None else _offset(text))


def _zones_of(description: str) -> Iterator[tzinfo]:
    """The zones of the regions and the cities in a description, in order."""
    _, regions = _names()
    without_remark = _REMARK.sub("", description)
    for text in (description, without_remark, *_BETWEEN_CITIES.split(without_remark)):
        word = _TIME.sub(" ", text).strip(" .*").casefold()
        known_zone = regions.get(word) or _cities().get(word.replace(".", ""))
        if known_zone and (zone := _zone(known_zone)) is not None:
            yield zone


def _offset(text: str) -> timedelta | None:
    if abbreviation := _ABBREVIATION.fullmatch(text):
        return timedelta(hours=(abbreviation[2] == "D") - _HOURS_BEHIND[abbreviation[1]])
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return size if match[1] == "+" else -size


def _fixed(offset: timedelta | None) -> tzinfo | None:
    return timezone(offset) if offset is not None and abs(offset) <= timedelta(hours=15) else None


def _zone(iana_name: str) -> tzinfo | None:
    try:
        return ZoneInfo(iana_name)
    except (KeyError, ValueError, OSError):  # not in this system's database
        return None


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The IANA name of each Windows name, and of each region: `eastern` of `Eastern Standard Time`."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 # 270 ms, needed only here

    by_name = {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}
    regions = {_TIME.sub(" ", name).strip(): iana for name, iana in by_name.items()}
    return by_name, regions | {"coordinated universal": "Etc/UTC", "z": "Etc/UTC"}


@cache
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


@cache
def _cities() -> dict[str, str]:
    """The IANA name of each city and region: `new york` of `America/New_York`."""
    return {
        name.rpartition("/")[2].replace("_", " ").casefold(): name
        for name in sorted(available_timezones(), reverse=True)
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    }
