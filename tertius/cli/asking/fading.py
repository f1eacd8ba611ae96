"""`tertius fading`: which ties turn if nothing happens, told in a terminal."""

from graph.days import date_of
from graph.insights.fading import FadingTie, list_fading_ties
from presentation.sentences import fading_message, format_day, strength_label
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, up_to_day


def fading(within: int, *, as_json: bool) -> None:
    """Print the ties that weaken within so many days, the first to weaken first."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await up_to_day(network, progress=progress)
        found = await list_fading_ties(network.graph, network.state, network.viewer, within=within)
        if as_json:
            console.echo_json([_data(one) for one in found])
            return
        for one in found:
            console.echo(fading_message(one, network.viewer.as_of))
        if not found:
            console.echo(f"No tie to you weakens within {within} days.")
        console.echo(f"As of {format_day(network.viewer.as_of)}.")

    run(do)


def _data(one: FadingTie) -> dict[str, object]:
    last = max(
        (seen.last_day for seen in (one.tie.outbound, one.tie.inbound) if seen.last_day is not None), default=None
    )
    return {
        "person": {"id": one.tie.from_person.id, "name": one.tie.from_person.name},
        "odds": one.tie.strength,
        "word": strength_label(one.tie.strength),
        "on": date_of(one.weakens_on).isoformat(),
        "becomes": "cold" if one.ends else "weak",
        "last_contact": None if last is None else date_of(last).isoformat(),
        "after": strength_label(one.strength_after_contact),
    }
