"""What a member takes as introducer, at the command line."""

from collections.abc import Iterator, Sequence
from datetime import date, time

import typer

from graph.days import MILLISECONDS_PER_DAY, day_of
from graph.names.keys import key_text
from graph.requests.protection import IntroducerPreferences, QuietHours, read_preferences
from operations.requests.preferences import choose_preferences
from presentation.dates import time_text
from presentation.sentences import format_day_of_time
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def preferences(
    *,
    monthly_cap: int | None,
    monthly_cap_per_asker: int | None,
    not_before: date | None,
    quiet_hours: str | None,
    time_zone: str,
    no_go: Sequence[str],
    no_go_companies: Sequence[str],
    is_reset: bool,
    as_json: bool,
) -> None:
    """Replace the preferences if any is given, and print them."""
    chosen = IntroducerPreferences(
        monthly_cap,
        monthly_cap_per_asker,
        None if not_before is None else day_of(not_before) * MILLISECONDS_PER_DAY,
        _parse(quiet_hours, time_zone),
        (),
        tuple(no_go_companies),
    )

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if is_reset or no_go or chosen != IntroducerPreferences():
            stored = await choose_preferences(network.session, chosen, no_go)
        else:
            stored = await read_preferences(network.graph, network.viewer)
        if as_json:
            console.echo_json(_data(stored))
            return
        for line in _lines(stored):
            console.echo(line)

    run(do)


def _parse(text: str | None, zone: str) -> QuietHours | None:
    if text is None:
        return None
    start, _, end = text.partition("-")
    try:
        return QuietHours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()), zone)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time of day. Write it like 20:00-08:00.") from None


def _lines(stored: IntroducerPreferences) -> Iterator[str]:
    default = "the operator's number"
    for cap, text in ((stored.monthly_cap, "in 30 days"), (stored.monthly_cap_per_asker, "in 30 days from one asker")):
        yield f"Requests {text}: {default if cap is None else f'{cap:,} at most'}"
    if stored.not_before is not None:
        yield f"No requests before {format_day_of_time(stored.not_before)}"
    if quiet := stored.quiet_hours:
        yield f"Quiet hours: {quiet.starts_at:%H:%M} to {quiet.ends_at:%H:%M} ({quiet.zone})"
    entries = [*(key_text(key) for key in stored.no_go_keys), *stored.no_go_companies]
    yield f"No introductions to: {', '.join(entries)}" if entries else "The no-go list is empty."


def _data(stored: IntroducerPreferences) -> dict[str, object]:
    quiet = stored.quiet_hours
    return {
        "__typename": "IntroducerPreferences",
        "monthlyCap": stored.monthly_cap,
        "monthlyCapPerAsker": stored.monthly_cap_per_asker,
        "notBefore": time_text(stored.not_before),
        "quietHours": quiet
        and {
            "__typename": "QuietHours",
            "startsAt": quiet.starts_at.isoformat(),
            "endsAt": quiet.ends_at.isoformat(),
            "timeZone": quiet.zone,
        },
        "noGoIdentities": [key_text(key) for key in stored.no_go_keys],
        "noGoCompanies": list(stored.no_go_companies),
    }
