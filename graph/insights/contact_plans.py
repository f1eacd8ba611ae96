"""Contact plans: how a member keeps in touch with a person, and what they answered to suggestions. Private to them.

A plan stores identities, so it outlives sources and follows its person through merges and splits. A plan about two
people is the answer to a suggestion to introduce them to each other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.errors import InvalidContactPlan
from graph.ids import stable_id
from graph.lookup.identities import list_identities
from graph.lookup.profiles import read_profiles
from graph.names.visible_text import visible_text
from graph.viewer import Viewer

_LIST_CONTACT_PLANS = cypher.load("insights/list_contact_plans")
_WRITE_CONTACT_PLAN = cypher.load("insights/write_contact_plan")
_DELETE_CONTACT_PLANS = cypher.load("insights/delete_contact_plans")

MAX_NOTE_LENGTH = 2_000
"""Maximum number of characters in the note of a contact plan."""
MAX_EVERY_DAYS = 1_095
"""Maximum number of days between contacts that a plan can ask for."""
MAX_SNOOZE_DAYS = 1_095
"""Maximum number of days for which suggestions about a person can be snoozed."""

People = tuple[str, ...]
"""The id of the person whom a plan is about, or of both people in ascending order."""


@dataclass(frozen=True, slots=True)
class PlanContent:
    """The content of a plan; None for what it does not contain. Days are counted from 1970-01-01.

    `every_days` is the rhythm: at least one contact in so many days. Suggestions are off from `snoozed_on` to the day
    before `snoozed_until`, and for good from `never_on`. `done_on` is when the member last acted on a suggestion.
    """

    every_days: int | None = None
    note: str | None = None
    snoozed_on: int | None = None
    snoozed_until: int | None = None
    done_on: int | None = None
    never_on: int | None = None


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """A plan with the people whom it is about. A person is None if no loaded source contains the person now."""

    id: str
    person: Person | None
    other: Person | None
    is_about_two: bool
    content: PlanContent


async def list_contact_plans(graph: Graph, viewer: Viewer) -> list[ContactPlan]:
    """The viewer's plans, by the names of the people. Plans about archived people are left out."""
    groups = [group for group in await _read_groups(graph, viewer) if viewer.archived_people.isdisjoint(group.people)]
    identities = await list_identities(graph, viewer, {id for group in groups for id in group.people if id})
    profiles = await read_profiles(graph, viewer, [id for id, own in identities.items() if own])

    def plan(group: _Group) -> ContactPlan:
        person, *others = (profiles.get(id or "") for id in group.people)
        return ContactPlan(group.ids[0], person, next(iter(others), None), bool(others), group.content)

    plans = map(plan, groups)
    return sorted(plans, key=lambda plan: (plan.person is None, plan.person.name if plan.person else "", plan.id))


async def read_plan_contents(graph: Graph, viewer: Viewer) -> dict[People, PlanContent]:
    """Return the content of the viewer's plans, by the present ids of their people."""
    groups = await _read_groups(graph, viewer)
    return {
        tuple(sorted(id for id in group.people if id)): group.content for group in groups if None not in group.people
    }


async def change_contact_plan(graph: Graph, viewer: Viewer, people: People, **changes: int | str | None) -> str:
    """Change what the viewer's plan for one or two people says. Returns its id. Can be repeated.

    `changes` are fields of PlanContent; None removes one. Raises InvalidContactPlan.
    """
    identities = await list_identities(graph, viewer, people)
    keys = [sorted(identity.key for identity in identities[id]) for id in people]
    if not all(keys) or len({*people}) < len(people) or viewer.person_id in people:
        raise InvalidContactPlan("A contact plan is about one or two other people in your sources.")
    properties = _checked(changes)
    present = next((each for each in await _read_groups(graph, viewer) if {*each.people} == {*people}), None)
    if present is None:
        id = stable_id("contact plan", viewer.network, viewer.member, *sorted(map(min, keys)))
    else:
        id = present.ids[0]
        # what the other plans about the same people say is kept
        properties = (asdict(present.content) if len(present.ids) > 1 else {}) | properties
    await graph.run(
        _WRITE_CONTACT_PLAN,
        network=viewer.network,
        member=viewer.member,
        id=id,
        properties={"keys": keys[0], "other_keys": keys[1] if len(keys) > 1 else [], **properties},
        replaced=present.ids[1:] if present else [],
    )
    return id


async def delete_contact_plan(graph: Graph, viewer: Viewer, id: str) -> bool:
    """Delete a plan of the viewer, with all others about the same people. Returns False if there is none."""
    ids = next((group.ids for group in await _read_groups(graph, viewer) if id in group.ids), [])
    (row,) = await graph.run(_DELETE_CONTACT_PLANS, network=viewer.network, member=viewer.member, ids=ids)
    return bool(row["deleted"])


@dataclass(slots=True)
class _Group:
    """The stored plans about the same people, several after a merge. Who has no identity left is None."""

    people: tuple[str | None, ...]
    ids: list[str]
    content: PlanContent


async def _read_groups(graph: Graph, viewer: Viewer) -> list[_Group]:
    rows = await graph.run(_LIST_CONTACT_PLANS, network=viewer.network, member=viewer.member)
    groups: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["id"] if None in row["people"] else frozenset(row["people"])].append(row)
    return [_Group(tuple(same[0]["people"]), [row["id"] for row in same], _combined(same)) for same in groups.values()]


def _combined(rows: Sequence[Mapping[str, Any]]) -> PlanContent:
    """Combine these rows: the shortest rhythm, all notes, and the latest days."""

    def values(name: str) -> list[Any]:
        return [row[name] for row in rows if row[name] is not None]

    days = ("snoozed_on", "snoozed_until", "done_on", "never_on")
    return PlanContent(
        every_days=min(values("every_days"), default=None),
        note="\n".join(dict.fromkeys(values("note"))) or None,
        **{name: max(values(name), default=None) for name in days},
    )


def _checked(changes: Mapping[str, int | str | None]) -> dict[str, int | str | None]:
    """The changes as they are stored. Raises InvalidContactPlan."""
    every_days, note = changes.get("every_days"), changes.get("note")
    if isinstance(every_days, int) and not 1 <= every_days <= MAX_EVERY_DAYS:
        raise InvalidContactPlan(f"The rhythm of a contact plan is 1 to {MAX_EVERY_DAYS:,} days.")
    if not isinstance(note, str):
        return dict(changes)
    text = visible_text(note).strip()
    if len(text) > MAX_NOTE_LENGTH:
        raise InvalidContactPlan(f"The note of a contact plan has {MAX_NOTE_LENGTH:,} characters at most.")
    return {**changes, "note": text or None}
