"""What a member says of a tie: evidence with an author, a date and an end, kept in a private source and removable.

Of a tie of their own they may say anything, of others' ties what they were told; it counts for the author alone. "Ben
knows Jane" is said of Ben's tie to Jane; what is said of a tie of the author's own holds both ways, and so does
whatever sets a tie aside (docs/decisions/0010-statements.md). How long each lasts stands in graph/strength/model.json.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidStatement
from graph.ingest.load import load
from graph.networks.sources import STATEMENTS
from graph.progress import SILENT, Progress
from graph.records import Channel, Handle, HandleKind, PersonMention, StatementRecord
from graph.strength.model import model
from graph.strength.statement_kinds import CHANNEL_OF_KIND, KIND_OF_CHANNEL, SET_ASIDE_KINDS
from graph.viewer import Viewer

LIST = cypher.load("statements/list_statements")
WITHDRAW = cypher.load("statements/withdraw_statement")
KEYS = cypher.load("lookup/list_person_identities")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    `by` and `towards` are (person id, name); `kind` is a key of CHANNEL_OF_KIND; `day` when it was true.

    `until` is the last day it counts, None where it does until it is taken back. `both_ways`: of the two alike.
    """

    by: tuple[str, str]
    towards: tuple[str, str]
    kind: str
    day: int
    until: int | None
    both_ways: bool
    edges: tuple[tuple[str, str, str], ...]

    def means(self, by: str, towards: str, kind: str) -> bool:
        """Whether it says this of these two, ids."""
        ends = (self.by[0], self.towards[0])
        return self.kind == kind and (ends == (by, towards) or (self.both_ways and ends == (towards, by)))


async def say_so(
    graph: Graph,
    viewer: Viewer,
    *,
    by: str,
    towards: str,
    kind: str,
    on: date,
    today: date,
    until: date | None = None,
    progress: Progress = SILENT,
) -> None:
    """Keep what is said of the person `by` towards the person `towards`, both ids. The same again changes nothing.

    It counts up to and including `until`, else as long as the model lets it last. Raises InvalidStatement where a
    person is not in view or known by a bare name only, would know themselves, or the days make no sense.
    """
    if by == towards:
        raise InvalidStatement("Nobody needs an introduction to themselves: name two people.")
    if on > today:
        raise InvalidStatement("A statement cannot be dated in the future.")
    if until is not None and until < on:
        raise InvalidStatement("A statement cannot end before the day it is dated.")
    channel = CHANNEL_OF_KIND[kind]
    last = until or _last(channel, on)
    for one in await statements(graph, viewer):
        if one.means(by, towards, kind) and (one.day, one.until) == (day_of(on), _day(last)):
            return
    ends = {person: await _somebody(graph, viewer, person) for person in (by, towards)}
    ways = [(by, towards)]
    if viewer.person_id in ways[0] or kind in SET_ASIDE_KINDS:
        ways.append((towards, by))
    await load(
        graph,
        viewer.network,
        viewer.member,
        kind=STATEMENTS,
        records=[StatementRecord(ends[one], ends[other], on, last, channel) for one, other in ways],
        today=today,
        progress=progress,
    )


def _last(channel: Channel, on: date) -> date:
    lasts = model().statement_lasts[channel.value]
    return date.max if lasts is None else on + timedelta(days=lasts - 1)


def _day(last: date) -> int | None:
    return None if last == date.max else day_of(last)


async def statements(graph: Graph, viewer: Viewer) -> list[Statement]:
    """The viewer's own statements, newest first; both ways of one tie as one."""
    rows = await graph.run(LIST, network=viewer.network, member=viewer.member)
    found: dict[tuple[frozenset[str], str, int], Statement] = {}
    for row in sorted(rows, key=lambda row: row["by_id"] != viewer.person_id):
        ends, kind = frozenset((row["by_id"], row["towards_id"])), KIND_OF_CHANNEL[row["channel"]]
        both_ways = viewer.person_id in ends or kind in SET_ASIDE_KINDS
        edge = (row["by_key"], row["towards_key"], row["channel"])
        slot = (ends if both_ways else frozenset((row["by_id"], ">" + row["towards_id"])), kind, row["day"])
        before = found.get(slot)
        found[slot] = Statement(
            by=before.by if before else (row["by_id"], row["by"]),
            towards=before.towards if before else (row["towards_id"], row["towards"]),
            kind=kind,
            day=row["day"],
            until=_day(date_of(row["ends"])),
            both_ways=both_ways,
            edges=(*before.edges, edge) if before else (edge,),
        )
    return sorted(found.values(), key=lambda s: (-s.day, s.by[1], s.towards[1], s.kind))


async def withdraw(
    graph: Graph,
    viewer: Viewer,
    statement: Statement,
    *,
    progress: Progress = SILENT,
) -> None:
    """Take a statement back, on all the days it was said: the ties become what they were without it."""
    rows = [{"by": by, "towards": to, "channel": channel} for by, to, channel in statement.edges]
    touched = {(by, to) for by, to, _ in statement.edges}
    async with rederive_after(graph, viewer.network, changed_pairs=touched, progress=progress):
        await graph.run(WITHDRAW, network=viewer.network, member=viewer.member, rows=rows)


async def _somebody(graph: Graph, viewer: Viewer, person: str) -> PersonMention:
    rows = await graph.run(KEYS, network=viewer.network, id=person, sources=viewer.sources)
    for row in rows:
        kind, _, text = row["key"].partition(":")
        if kind == HandleKind.LINKEDIN:
            return PersonMention((Handle(HandleKind.LINKEDIN, f"https://www.linkedin.com/in/{text}"),), row["name"])
        if kind != HandleKind.NAME:
            return PersonMention((Handle(HandleKind(kind), text),), row["name"])
    raise InvalidStatement(
        "One of the two is nobody your sources name, or known by a bare name only: load something that gives an "
        "address or a profile first."
    )
