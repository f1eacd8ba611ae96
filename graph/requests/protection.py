"""The limits that introducers choose: numbers of requests, times, and people to whom they do not introduce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import cypher
from graph.database.client import Graph
from graph.days import date_of, first_day_from
from graph.errors import IntroducerUnavailable, InvalidIntroductionRequest
from graph.names.keys import company_key
from graph.viewer import Viewer

_READ_PREFERENCES = cypher.load("requests/read_preferences")
_SET_PREFERENCES = cypher.load("requests/set_preferences")

MAX_CAP = 1_000
"""Largest cap that a member can choose."""
MAX_NO_GO = 200
"""Maximum number of entries in a no-go list."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A time of each day, in a time zone, in which Tertius does not notify an introducer of new requests."""

    starts_at: time
    ends_at: time
    zone: str


@dataclass(frozen=True, slots=True)
class IntroducerPreferences:
    """The preferences of a member as introducer; None where they chose nothing.

    `monthly_cap` and `monthly_cap_per_asker` count requests in 30 days. No request is accepted before `not_before`, in
    milliseconds since 1970. `no_go_keys` are identities of people, and `no_go_companies` keys of companies, for whom
    the member makes no introductions.
    """

    monthly_cap: int | None = None
    monthly_cap_per_asker: int | None = None
    not_before: int | None = None
    quiet_hours: QuietHours | None = None
    no_go_keys: tuple[str, ...] = ()
    no_go_companies: tuple[str, ...] = ()


async def read_preferences(graph: Graph, viewer: Viewer) -> IntroducerPreferences:
    """The viewer's preferences as introducer."""
    (row,) = await graph.run(_READ_PREFERENCES, network=viewer.network, member=viewer.member)
    quiet = row["quiet_zone"] and QuietHours(_time(row["quiet_from"]), _time(row["quiet_until"]), row["quiet_zone"])
    return IntroducerPreferences(
        row["cap"],
        row["cap_per_asker"],
        row["not_before"],
        quiet or None,
        tuple(row["no_go_keys"]),
        tuple(row["no_go_companies"]),
    )


async def set_preferences(graph: Graph, viewer: Viewer, preferences: IntroducerPreferences) -> None:
    """Replace the viewer's preferences. Raises InvalidIntroductionRequest."""
    quiet = preferences.quiet_hours
    for cap in (preferences.monthly_cap, preferences.monthly_cap_per_asker):
        if cap is not None and not 0 <= cap <= MAX_CAP:
            raise InvalidIntroductionRequest(f"A cap is 0 to {MAX_CAP:,} requests in 30 days.")
    if quiet is not None and not is_time_zone(quiet.zone):
        raise InvalidIntroductionRequest("The time zone is unknown. Write it like Europe/Berlin.")
    companies = sorted({key for name in preferences.no_go_companies if (key := company_key(name))})
    if max(len(companies), len(preferences.no_go_keys)) > MAX_NO_GO:
        raise InvalidIntroductionRequest(f"The no-go list has {MAX_NO_GO} people and {MAX_NO_GO} companies at most.")
    await graph.run(
        _SET_PREFERENCES,
        network=viewer.network,
        member=viewer.member,
        cap=preferences.monthly_cap,
        cap_per_asker=preferences.monthly_cap_per_asker,
        not_before=preferences.not_before,
        quiet_from=quiet and _minutes(quiet.starts_at),
        quiet_until=quiet and _minutes(quiet.ends_at),
        quiet_zone=quiet and quiet.zone,
        no_go_keys=sorted(set(preferences.no_go_keys)),
        no_go_companies=companies,
    )


def check_refusal(row: Mapping[str, object]) -> None:
    """Raise IntroducerUnavailable if a row of requests/send_request says that the introducer is protected."""
    reason, until = row["refusal"], row["until"]
    if reason is None:
        return
    if reason == "no_go":
        raise IntroducerUnavailable("The introducer does not take requests for this target.")
    who = " from you" if reason == "cap_per_asker" else ""
    if not isinstance(until, int):
        raise IntroducerUnavailable(f"The introducer takes no requests{who or ' at present'}.")
    day = date_of(first_day_from(until))
    raise IntroducerUnavailable(f"The introducer takes no more requests{who} until {day.day} {day:%b %Y}.")


def is_time_zone(name: str) -> bool:
    """Whether Neo4j knows the time zone: UTC and regional names. It does not know all abbreviations, such as EST."""
    if name != "UTC" and ("/" not in name or name.startswith(("posix/", "right/"))):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
