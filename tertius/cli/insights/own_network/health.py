"""`tertius insights health`: the classes of the connections, drawn with bars."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from graph.insights.health import ConnectionClass, HealthDimension
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network, assess_quarters, assess_reach
from presentation.answer_json import Data
from presentation.insights.health_json import health_data
from presentation.insights.health_sentences import CLASS_NAMES, reach_message
from presentation.sentences import format_percent
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.cli.rendering import format_date
from tertius.cli.tables import TerminalOrPlain, facts, table
from tertius.console import ConsoleProgress
from tertius.remote.insights import ask_health
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today

_BAR_WIDTH = 30
_CLASSES = {
    "strong": (ConnectionClass.STRONG, "green"),
    "mutual": (ConnectionClass.MUTUAL, "cyan"),
    "theyReachOut": (ConnectionClass.THEY_REACH_OUT, "yellow"),
    "youReachOut": (ConnectionClass.YOU_REACH_OUT, "yellow"),
    "goneCold": (ConnectionClass.GONE_COLD, "blue"),
    "never": (ConnectionClass.NEVER, "dim"),
}
"""The class and the style of each field of `ConnectionCounts`."""
_DIMENSIONS = {
    HealthDimension.SOURCE: "Source",
    HealthDimension.COMPANY: "Company",
    HealthDimension.ROLE: "Role",
    HealthDimension.YEAR: "Connected in",
    HealthDimension.ORIGIN: "How you connected",
    HealthDimension.TAG: "Tag",
}
_GROUPS_PRINTED = 6


def show_health(tag: str | None, *, as_json: bool) -> None:
    """Print the health of the network."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data:
        network = await advance_to_today(network, progress=progress)
        session = network.session
        people = await list_connections_of_viewer(session, tag=tag)
        return health_data(
            await assess_network(session, people, tag=tag),
            await assess_quarters(session, people),
            await assess_reach(session, tag=tag),
        )

    health = run_or_ask(do, lambda client: ask_health(client, tag))
    if as_json:
        console.echo_json(health)
    else:
        console.echo_lines(_lines(health))


def _lines(health: Data) -> Iterator[RenderableType]:
    total = health["counts"]["total"]
    yield Text(f"Your {total:,} connections", "bold")
    if not total:
        yield "Load a source that lists connections, such as a LinkedIn archive: `tertius load PATH`."
        return
    yield facts(_class_rows(health["counts"]))
    yield ""
    yield health["message"]
    if health["duplicatesInContactCount"]:
        yield "Decide with `tertius duplicates` whether they are one person."
    yield health["concentration"]["message"]
    yield reach_message(each["peopleCount"] for each in health["reach"])
    if health["innerCircle"]:
        yield ""
        yield Text("Your inner circle: the strongest ties in both directions", "bold")
        yield facts((name_and_job(one["person"]), "") for one in health["innerCircle"])
    yield ""
    yield _counts_table("Quarter", [(format_date(one["asOf"]), one["counts"]) for one in health["quarters"]])
    for dimension, heading in _DIMENSIONS.items():
        groups = [group for group in health["groups"] if group["dimension"] == dimension.name][:_GROUPS_PRINTED]
        if groups:
            yield ""
            yield _counts_table(heading, [(one["name"], one["counts"]) for one in groups])
    acceptance = [one["message"] for one in health["acceptance"] if one["count"]]
    if acceptance:
        yield ""
        yield from acceptance
    yield ""
    yield f"As of {format_date(health['asOf'])}. `tertius insights connections` lists the people of a class."


def _class_rows(counts: Data) -> Iterator[tuple[str, RenderableType]]:
    most = max(counts[field] for field in _CLASSES)
    for field, (known, style) in _CLASSES.items():
        count = counts[field]
        share = f"{count:>6,}  {format_percent(round(count / counts['total'], 2)):>5}  "
        bar = "█" * -(-_BAR_WIDTH * count // most)
        yield CLASS_NAMES[known], TerminalOrPlain(Text(share) + Text(bar, style), f"{share}{bar}".rstrip())


def _counts_table(heading: str, rows: Iterable[tuple[str, Data]]) -> RenderableType:
    return table((heading, "Connections", "In contact", "Gone cold", "Never"), [_row(*row) for row in rows])


def _row(name: str, counts: Data) -> tuple[str, ...]:
    in_contact = counts["total"] - counts["goneCold"] - counts["never"]
    return name, *(f"{count:,}" for count in (counts["total"], in_contact, counts["goneCold"], counts["never"]))
