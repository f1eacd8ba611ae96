"""What a member says of a tie: evidence with an author and a date, kept in a private source of its own and removable.

"Ben knows Jane" is said of Ben's tie to Jane alone; what the author says of their own tie holds both ways (odds.md §3).
A statement lasts as long as graph/model.json says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import cypher
from graph.errors import UnclearStatement
from graph.load import again, load
from graph.network import STATEMENTS, Say, silent
from graph.records import Channel, Handle, Interaction, Kind, Somebody
from graph.session import Graph
from graph.viewer import Viewer

LIST = cypher.load("statements")
WITHDRAW = cypher.load("statement_withdraw")
KEYS = cypher.load("person_keys")

SAYS = {
    "knows": Channel.STATEMENT_KNOWS,
    "well": Channel.STATEMENT_WELL,
    "met": Channel.STATEMENT_MET,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `by` and `towards` are (person id, name); `kind` is a key of SAYS; `day` when it was said."""

    by: tuple[str, str]
    towards: tuple[str, str]
    kind: str
    day: int
    edges: tuple[tuple[str, str, str], ...]


async def say_so(
    graph: Graph,
    viewer: Viewer,
    *,
    by: str,
    towards: str,
    kind: str,
    on: date,
    today: date,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> None:
    """Keep that the person `by` knows the person `towards`, both ids. Saying the same again changes nothing.

    Raises UnclearStatement where a person is known by a bare name only, or would know themselves.
    """
    if by == towards:
        raise UnclearStatement("Nobody needs an introduction to themselves: name two people.")
    if on > today:
        raise UnclearStatement("A statement cannot be dated in the future.")
    ends = {person: await _somebody(graph, viewer, person) for person in (by, towards)}
    ways = [(by, towards)]
    if viewer.person_id in ways[0]:
        ways.append((towards, by))
    at = datetime.combine(on, time(12), UTC)
    records = [Interaction(ends[one], (ends[other],), at, SAYS[kind]) for one, other in ways]
    await load(
        graph,
        viewer.network,
        viewer.member,
        kind=STATEMENTS,
        records=records,
        today=today,
        say=say,
        waits=waits,
    )


async def statements(graph: Graph, viewer: Viewer) -> list[Statement]:
    """The viewer's own statements, newest first; both ways of one tie as one."""
    rows = await graph.run(LIST, network=viewer.network, member=viewer.member)
    kinds = {channel.value: kind for kind, channel in SAYS.items()}
    found: dict[tuple[frozenset[str], str, int], Statement] = {}
    for row in sorted(rows, key=lambda row: row["by_id"] != viewer.person_id):
        ends = frozenset((row["by_id"], row["towards_id"]))
        own = viewer.person_id in ends
        edge = (row["by_key"], row["towards_key"], row["channel"])
        slot = (ends if own else frozenset((row["by_id"], ">" + row["towards_id"])), row["channel"], row["day"])
        before = found.get(slot)
        found[slot] = Statement(
            by=before.by if before else (row["by_id"], row["by"]),
            towards=before.towards if before else (row["towards_id"], row["towards"]),
            kind=kinds[row["channel"]],
            day=row["day"],
            edges=(*before.edges, edge) if before else (edge,),
        )
    return sorted(found.values(), key=lambda s: (-s.day, s.by[1], s.towards[1], s.kind))


async def withdraw(
    graph: Graph,
    viewer: Viewer,
    statement: Statement,
    *,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> None:
    """Take a statement back, on all the days it was said: the ties become what they were without it."""
    rows = [{"by": by, "towards": to, "channel": channel} for by, to, channel in statement.edges]
    async with again(graph, viewer.network, say=say, waits=waits):
        await graph.run(WITHDRAW, network=viewer.network, member=viewer.member, rows=rows)


async def _somebody(graph: Graph, viewer: Viewer, person: str) -> Somebody:
    rows = await graph.run(KEYS, network=viewer.network, id=person)
    for row in rows:
        kind, _, text = row["key"].partition(":")
        if kind == Kind.LINKEDIN:
            return Somebody((Handle(Kind.LINKEDIN, f"https://www.linkedin.com/in/{text}"),), row["name"])
        if kind != Kind.NAME:
            return Somebody((Handle(Kind(kind), text),), row["name"])
    raise UnclearStatement(
        "One of the two is known by a bare name only: load something that gives an address or a profile first."
    )
