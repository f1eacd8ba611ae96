"""Members' decisions that people are one human being, or are not. A decision overrides every rule, for all members.

Decisions store identities, so that they outlive sources and apply again when these are loaded again. A newer decision
overrides an older one, and undoing one restores the people that the rules give. A member decides on identities in view
only, and sees another member's decision only if all of its identities are in view.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidIdentityDecision
from graph.lookup.identities import VisibleIdentity, list_identities, visible_identity
from graph.names.keys import key_text
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

_FILTER_VISIBLE_IDENTITIES = cypher.load("statements/filter_visible_identities")
_FILTER_LISTS = cypher.load("statements/filter_lists")
_WRITE_IDENTITY_DECISION = cypher.load("statements/write_identity_decision")
_UNDO_IDENTITY_DECISION = cypher.load("statements/undo_identity_decision")
_LIST_HIDDEN_IDENTITIES = cypher.load("people/list_hidden_identities")
_LIST_IDENTITY_DECISIONS = cypher.load("people/list_identity_decisions")


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """A decision in view: whether the identities `first` and `second` are one person, and the day of the decision.

    `is_own` says whether the viewer made it.
    """

    id: str
    is_same_person: bool
    first: tuple[VisibleIdentity, ...]
    second: tuple[VisibleIdentity, ...]
    day: int
    is_own: bool


async def merge_people(
    graph: Graph, viewer: Viewer, people: Sequence[str], *, today: date, progress: Progress = SILENT
) -> str:
    """Decide that these people (ids) are one human being, and return the id of the decision.

    Raises InvalidIdentityDecision if that is impossible.
    """
    async with _deciding(graph, viewer, progress) as member_people:
        first, *others = await _identities_of_each(graph, viewer, people)
        if len(member_people & set(people)) > 1:
            raise InvalidIdentityDecision("Two members of a network cannot be the same person.")
        second = [identity for other in others for identity in other]
        keys = [identity.key for identity in (*first, *second)]
        listed = await graph.run(_FILTER_LISTS, network=viewer.network, keys=keys, sources=viewer.sources)
        if 0 < len(listed) < len(keys):
            raise InvalidIdentityDecision(
                f"{key_text(listed[0]['key'])} is the address of a room or a list, and of no person."
            )
        return await _write(graph, viewer, first, second, is_same_person=True, today=today)


async def mark_distinct(
    graph: Graph, viewer: Viewer, first: str, second: str, *, today: date, progress: Progress = SILENT
) -> str:
    """Decide that two people (ids) are not one human being, and return the id of the decision.

    Repeating the decision changes nothing.
    """
    async with _deciding(graph, viewer, progress):
        first_identities, second_identities = await _identities_of_each(graph, viewer, (first, second))
        return await _write(graph, viewer, first_identities, second_identities, is_same_person=False, today=today)


async def split_person(
    graph: Graph,
    viewer: Viewer,
    person: str,
    identity_ids: Iterable[str],
    *,
    today: date,
    progress: Progress = SILENT,
) -> str:
    """Decide that some identities of a person (their ids) belong to another human being than the rest.

    Returns the id of the decision.
    """
    chosen = set(identity_ids)
    async with _deciding(graph, viewer, progress):
        current = (await list_identities(graph, viewer, [person]))[person]
        moving = [identity for identity in current if identity.id in chosen]
        staying = [identity for identity in current if identity.id not in chosen]
        if not moving or len(moving) != len(chosen):
            raise InvalidIdentityDecision("These are not identities of that person: look the person up again.")
        if not staying:
            raise InvalidIdentityDecision("A person keeps at least one identity: name some of them only.")
        if any(identity.own for identity in moving) and any(identity.own for identity in staying):
            raise InvalidIdentityDecision("A member's own addresses and profiles cannot be split.")
        return await _write(graph, viewer, moving, staying, is_same_person=False, today=today)


async def undo_identity_decision(graph: Graph, viewer: Viewer, id: str, *, progress: Progress = SILENT) -> bool:
    """Undo a decision of the viewer. Returns False if the viewer made none with this id."""
    async with _deciding(graph, viewer, progress):
        (row,) = await graph.run(_UNDO_IDENTITY_DECISION, network=viewer.network, member=viewer.member, id=id)
    return bool(row["undone"])


async def list_identity_decisions(graph: Graph, viewer: Viewer) -> list[IdentityDecision]:
    """The viewer's decisions and those of others on identities in view, newest first.

    Identities with an open request for erasure are left out.
    """
    rows = await graph.run(_LIST_IDENTITY_DECISIONS, network=viewer.network)
    hidden = {row["key"] for row in await graph.run(_LIST_HIDDEN_IDENTITIES, network=viewer.network)}
    keys = sorted({key for row in rows for key in (*row["first_keys"], *row["second_keys"])})
    visible_rows = await graph.run(
        _FILTER_VISIBLE_IDENTITIES, network=viewer.network, keys=keys, sources=viewer.sources
    )
    visible = {row["key"] for row in visible_rows}
    return [
        IdentityDecision(
            id=row["id"],
            is_same_person=row["is_same_person"],
            first=tuple(visible_identity(viewer, key) for key in row["first_keys"] if key not in hidden),
            second=tuple(visible_identity(viewer, key) for key in row["second_keys"] if key not in hidden),
            day=row["day"],
            is_own=row["member"] == viewer.member,
        )
        for row in rows
        if row["member"] == viewer.member or visible.issuperset((*row["first_keys"], *row["second_keys"]))
    ]


@asynccontextmanager
async def _deciding(graph: Graph, viewer: Viewer, progress: Progress) -> AsyncIterator[set[str | None]]:
    """Hold the write lease during a decision and derive people afterwards. Yields the people of the members."""
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress) as state:
        yield set(state.people_by_member.values()) - {None}


async def _identities_of_each(graph: Graph, viewer: Viewer, people: Sequence[str]) -> list[list[VisibleIdentity]]:
    if len(set(people)) < max(2, len(people)):
        raise InvalidIdentityDecision("Name two or more people, each once.")
    by_person = await list_identities(graph, viewer, people)
    if not all(by_person.values()):
        raise InvalidIdentityDecision("One of these people no longer exists: look them up again.")
    return list(by_person.values())


async def _write(
    graph: Graph,
    viewer: Viewer,
    first: list[VisibleIdentity],
    second: list[VisibleIdentity],
    *,
    is_same_person: bool,
    today: date,
) -> str:
    decision = {
        "is_same_person": is_same_person,
        "first_keys": [identity.key for identity in first],
        "second_keys": [identity.key for identity in second],
    }
    for row in await graph.run(_LIST_IDENTITY_DECISIONS, network=viewer.network):
        if row["is_same_person"] is not is_same_person:
            break  # an opposite decision may have overridden the ones before it
        if row["member"] == viewer.member and decision.items() <= row.items():
            return str(row["id"])
    id = uuid4().hex
    await graph.run(
        _WRITE_IDENTITY_DECISION,
        network=viewer.network,
        member=viewer.member,
        id=id,
        day=day_of(today),
        **decision,
    )
    return id
