"""The preferences of a member as introducer, at the command line."""

from collections.abc import Iterator, Sequence
from datetime import date, time

import typer

from graph.days import MILLISECONDS_PER_DAY, day_of
from graph.names.keys import key_text
from graph.requests.protection import IntroducerPreferences, QuietHours, read_preferences
from operations.requests.preferences import choose_preferences
from presentation.answer_json import Data
from presentation.dates import time_text
from tertius import console
from tertius.answer_reading.times import day_of_time
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.requests import preferences_on_server
from tertius.runner import run_or_ask
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

    is_changed = is_reset or bool(no_go) or chosen != IntroducerPreferences()

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        if is_changed:
            return _data(await choose_preferences(network.session, chosen, no_go))
        return _data(await read_preferences(network.graph, network.viewer))

    def ask(client: ServerClient) -> Data:
        return preferences_on_server(client, _input(chosen, no_go) if is_changed else None)

    stored = run_or_ask(do, ask)
    if as_json:
        console.echo_json(stored)
        return
    for line in _lines(stored):
        console.echo(line)


def _input(chosen: IntroducerPreferences, no_go: Sequence[str]) -> Data:
    """The input of the mutation that replaces the preferences."""
    fields = ("monthlyCap", "monthlyCapPerAsker", "notBefore", "noGoCompanies")
    data, quiet = _data(chosen), chosen.quiet_hours
    hours = quiet and {"startsAt": f"{quiet.starts_at}", "endsAt": f"{quiet.ends_at}", "timeZone": quiet.zone}
    return {
        **{name: data[name] for name in fields},
        "quietHours": hours,
        "noGoPeople": [{"text": text} for text in no_go],
    }


def _parse(text: str | None, zone: str) -> QuietHours | None:
    if text is None:
        return None
    start, _, end = text.partition("-")
    try:
        return QuietHours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()), zone)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time of day. Write it like 20:00-08:00.") from None


def _lines(stored: Data) -> Iterator[str]:
    default = "the operator's number"
    for name, text in (("monthlyCap", "in 30 days"), ("monthlyCapPerAsker", "in 30 days from one asker")):
        cap = stored[name]
        yield f"Requests {text}: {default if cap is None else f'{cap:,} at most'}"
    if stored["notBefore"] is not None:
        yield f"No requests before {day_of_time(stored['notBefore'])}"
    if quiet := stored["quietHours"]:
        yield f"Quiet hours: {quiet['startsAt'][:5]} to {quiet['endsAt'][:5]} ({quiet['timeZone']})"
    entries = [*stored["noGoIdentities"], *stored["noGoCompanies"]]
    yield f"No introductions to: {', '.join(entries)}" if entries else "The no-go list is empty."


def _data(stored: IntroducerPreferences) -> Data:
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
