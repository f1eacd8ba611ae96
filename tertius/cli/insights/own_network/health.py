"""`tertius insights health`: the classes of the connections, drawn with bars."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from graph.insights.health import ConnectionClass, ConnectionCounts, HealthDimension, NetworkHealth, QuarterHealth
from graph.insights.measures.reach import Reach
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network, assess_quarters, assess_reach
from presentation.insights.health_json import health_data
from presentation.insights.health_sentences import (
    CLASS_NAMES,
    acceptance_message,
    concentration_message,
    group_name,
    noise_message,
    reach_message,
)
from presentation.sentences import format_day, format_percent, name_with_job
from tertius import console
from tertius.cli.tables import TerminalOrPlain, facts, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today

_BAR_WIDTH = 30
_STYLES = {
    ConnectionClass.STRONG: "green",
    ConnectionClass.MUTUAL: "cyan",
    ConnectionClass.THEY_REACH_OUT: "yellow",
    ConnectionClass.YOU_REACH_OUT: "yellow",
    ConnectionClass.GONE_COLD: "blue",
    ConnectionClass.NEVER: "dim",
}
_DIMENSIONS = {
    HealthDimension.SOURCE: "Source",
    HealthDimension.COMPANY: "Company",
    HealthDimension.ROLE: "Role",
    HealthDimension.YEAR: "Connected in",
    HealthDimension.ORIGIN: "How you connected",
}
_GROUPS_PRINTED = 6
_Report = tuple[NetworkHealth, Sequence[QuarterHealth], Reach]


def show_health(tag: str | None, *, as_json: bool) -> None:
    """Print the health of the network."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> _Report:
        network = await advance_to_today(network, progress=progress)
        session = network.session
        people = await list_connections_of_viewer(session, tag=tag)
        return (
            await assess_network(session, people),
            await assess_quarters(session, people),
            await assess_reach(session),
        )

    report = run(do)
    if as_json:
        console.echo_json(health_data(*report))
    else:
        console.echo_lines(_lines(*report))


def _lines(health: NetworkHealth, quarters: Sequence[QuarterHealth], reach: Reach) -> Iterator[RenderableType]:
    yield Text(f"Your {health.counts.total:,} connections", "bold")
    if not health.counts.total:
        yield "Load a source that lists connections, such as a LinkedIn archive: `tertius load PATH`."
        return
    yield facts(_class_rows(health))
    yield ""
    yield noise_message(health.counts.noise_ratio)
    yield concentration_message(health.concentration)
    yield reach_message(reach)
    if health.inner_circle:
        yield ""
        yield Text("Your inner circle: the strongest ties in both directions", "bold")
        yield facts((name_with_job(one.person), "") for one in health.inner_circle)
    yield ""
    yield _counts_table("Quarter", [(format_day(one.day), one.counts) for one in quarters])
    for dimension, heading in _DIMENSIONS.items():
        groups = [group for group in health.groups if group.dimension is dimension][:_GROUPS_PRINTED]
        if groups:
            yield ""
            yield _counts_table(heading, [(group_name(one), one.counts) for one in groups])
    acceptance = [acceptance_message(one) for one in health.acceptance if one.count]
    if acceptance:
        yield ""
        yield from acceptance
    yield ""
    yield f"As of {format_day(health.as_of)}. `tertius insights connections` lists the people of a class."


def _class_rows(health: NetworkHealth) -> Iterator[tuple[str, RenderableType]]:
    most = max(health.counts.by_class.values())
    for each, count in health.counts.by_class.items():
        share = f"{count:>6,}  {format_percent(round(count / health.counts.total, 2)):>5}  "
        bar = "█" * -(-_BAR_WIDTH * count // most)
        yield CLASS_NAMES[each], TerminalOrPlain(Text(share) + Text(bar, _STYLES[each]), f"{share}{bar}".rstrip())


def _counts_table(heading: str, rows: Iterable[tuple[str, ConnectionCounts]]) -> RenderableType:
    return table((heading, "Connections", "In contact", "Gone cold", "Never"), [_row(*row) for row in rows])


def _row(name: str, counts: ConnectionCounts) -> tuple[str, ...]:
    by_class = counts.by_class
    cells = (counts.total, counts.in_contact, by_class[ConnectionClass.GONE_COLD], by_class[ConnectionClass.NEVER])
    return name, *(f"{count:,}" for count in cells)
