"""Members' statements about ties: evidence with an author, a day and an end, stored in a private source.

A member may state anything about ties of their own, and what others told them about other ties. A statement counts for
its author alone. "Ben knows Jane" concerns Ben's tie to Jane only. A statement about a tie of the author's own holds in
both directions, and so does one that sets a tie aside (docs/decisions/0010-statements.md). graph/strength/model.json
holds how long each kind lasts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidStatement
from graph.ids import stable_id
from graph.ingest.load import load_records
from graph.lookup.profiles import read_profiles
from graph.networks.sources import STATEMENTS
from graph.progress import SILENT, Progress
from graph.records import Channel, Handle, HandleKind, PersonMention, StatementRecord
from graph.strength.model import model
from graph.strength.statement_kinds import CHANNEL_OF_KIND, KIND_OF_CHANNEL, SET_ASIDE_KINDS, StatementKind
from graph.viewer import Viewer

_LIST_STATEMENTS = cypher.load("statements/list_statements")
_WITHDRAW_STATEMENT = cypher.load("statements/withdraw_statement")
_LIST_PERSON_IDENTITIES = cypher.load("lookup/list_person_identities")

NO_PERSON = "{name} is a room, a list or a mailbox of several people. It is no person, so it has no ties."


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `by` and `towards` are `(person id, name)`.

    `until` is the last day on which it counts, None if it counts until it is withdrawn. `edges` are the stored rows:
    `(key of by, key of towards, channel)`.
    """

    by: tuple[str, str]
    towards: tuple[str, str]
    kind: StatementKind
    day: int
    until: int | None
    is_mutual: bool
    edges: tuple[tuple[str, str, str], ...]

    def matches(self, by: str, towards: str, kind: StatementKind) -> bool:
        """Whether it is a statement of this kind about the tie between these people (ids)."""
        ends = (self.by[0], self.towards[0])
        return self.kind == kind and (ends == (by, towards) or (self.is_mutual and ends == (towards, by)))

    def opaque_id(self, viewer: Viewer) -> str:
        """The id of the statement, which is the viewer's."""
        edges = [part for edge in sorted(self.edges) for part in edge]
        return stable_id("statement", viewer.network, viewer.member, self.day, *edges)


async def add_statement(
    graph: Graph,
    viewer: Viewer,
    *,
    by: str,
    towards: str,
    kind: StatementKind,
    on: date,
    today: date,
    until: date | None = None,
    progress: Progress = SILENT,
) -> None:
    """Store a statement about the tie of the person `by` to the person `towards` (ids). Repeating it changes nothing.

    It counts up to and including `until`, by default as long as the model lets this kind last. Raises InvalidStatement
    if a person is not in view, no person or known by a bare name only, if both are the same, or if the days are
    contradictory.
    """
    if by == towards:
        raise InvalidStatement("A statement is about two different people.")
    if on > today:
        raise InvalidStatement("A statement cannot be dated in the future.")
    if until is not None and until < on:
        raise InvalidStatement("A statement cannot end before the day it is dated.")
    channel = CHANNEL_OF_KIND[kind]
    last_day = until or _default_last_day(channel, on)
    for statement in await list_statements(graph, viewer):
        if statement.matches(by, towards, kind) and (statement.day, statement.until) == (
            day_of(on),
            _day_or_none(last_day),
        ):
            return
    for person in (await read_profiles(graph, viewer, (by, towards))).values():
        if person.shared and kind not in SET_ASIDE_KINDS:
            raise InvalidStatement(NO_PERSON.format(name=person.name))
    mentions = {person: await _mention(graph, viewer, person) for person in (by, towards)}
    directions = [(by, towards)]
    if viewer.person_id in directions[0] or kind in SET_ASIDE_KINDS:
        directions.append((towards, by))
    await load_records(
        graph,
        viewer.network,
        viewer.member,
        kind=STATEMENTS,
        records=[StatementRecord(mentions[a], mentions[b], on, last_day, channel) for a, b in directions],
        today=today,
        progress=progress,
    )


def _default_last_day(channel: Channel, on: date) -> date:
    days = model().statement_lasts[channel.value]
    return date.max if days is None else on + timedelta(days=days - 1)


def _day_or_none(last_day: date) -> int | None:
    return None if last_day == date.max else day_of(last_day)


async def list_statements(graph: Graph, viewer: Viewer) -> list[Statement]:
    """The viewer's own statements, newest first. Both directions of one tie are one statement."""
    rows = await graph.run(_LIST_STATEMENTS, network=viewer.network, member=viewer.member)
    profiles = await read_profiles(graph, viewer, {id for row in rows for id in (row["by_id"], row["towards_id"])})
    names = {id: (id, person.name) for id, person in profiles.items()}
    merged: dict[tuple[frozenset[str], str, int], Statement] = {}
    for row in sorted(rows, key=lambda row: row["by_id"] != viewer.person_id):
        ends, kind = frozenset((row["by_id"], row["towards_id"])), KIND_OF_CHANNEL[row["channel"]]
        is_mutual = viewer.person_id in ends or kind in SET_ASIDE_KINDS
        edge = (row["by_key"], row["towards_key"], row["channel"])
        slot = (ends if is_mutual else frozenset((row["by_id"], ">" + row["towards_id"])), kind, row["day"])
        earlier = merged.get(slot)
        merged[slot] = Statement(
            by=earlier.by if earlier else names[row["by_id"]],
            towards=earlier.towards if earlier else names[row["towards_id"]],
            kind=kind,
            day=row["day"],
            until=_day_or_none(date_of(row["ends"])),
            is_mutual=is_mutual,
            edges=(*earlier.edges, edge) if earlier else (edge,),
        )
    return sorted(merged.values(), key=lambda s: (-s.day, s.by[1], s.towards[1], s.kind))


async def withdraw_statement(
    graph: Graph, viewer: Viewer, statement: Statement, *, progress: Progress = SILENT
) -> None:
    """Withdraw a statement, for all days on which it was made. The ties become what they were without it."""
    rows = [{"by": by, "towards": to, "channel": channel} for by, to, channel in statement.edges]
    touched = {(by, to) for by, to, _ in statement.edges}
    async with rederive_after(graph, viewer.network, changed_pairs=touched, progress=progress):
        await graph.run(_WITHDRAW_STATEMENT, network=viewer.network, member=viewer.member, rows=rows)


async def _mention(graph: Graph, viewer: Viewer, person: str) -> PersonMention:
    """The person by one identity and without a name: a colleague's source may have given the name."""
    rows = await graph.run(_LIST_PERSON_IDENTITIES, network=viewer.network, id=person, sources=viewer.sources)
    for row in rows:
        kind, _, text = row["key"].partition(":")
        if kind == HandleKind.LINKEDIN:
            profile = Handle(HandleKind.LINKEDIN, f"https://www.linkedin.com/in/{text}")
            return PersonMention((profile,))
        if kind != HandleKind.NAME:
            return PersonMention((Handle(HandleKind(kind), text),))
    raise InvalidStatement(
        "Your sources know one of the two people by a bare name or not at all. Load a source that contains an address "
        "or a profile of this person first."
    )
