"""Lists the identities of people as the viewer may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.lookup.profiles import UNNAMED
from graph.names.keys import key_text
from graph.people.rules import ONE_ROW
from graph.records import HandleKind
from graph.viewer import Viewer

LIST_VISIBLE_IDENTITIES = cypher.load("lookup/list_visible_identities")
_LIST_STATED_PEOPLE = cypher.load("lookup/list_stated_people")
_LIST_NAMES = cypher.load("lookup/list_names_of_identities")


@dataclass(frozen=True, slots=True)
class VisibleIdentity:
    """An identity in view. `id` is opaque.

    `because` says why it belongs to its person; empty if no other identity of the person is in view. `own`: a source
    states that it is the identity of its owner.
    """

    id: str
    key: str
    because: str = ""
    own: bool = False

    @property
    def kind(self) -> str:
        """The kind of the identity: the part of the key before the colon, such as `email` or `name`."""
        return self.key.partition(":")[0]

    @property
    def text(self) -> str:
        """The identity as people write it."""
        return key_text(self.key)


async def list_identities(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, list[VisibleIdentity]]:
    """The identities of these people in the sources in view, by the id of the person."""
    asked = list(dict.fromkeys(ids))
    identities: dict[str, list[VisibleIdentity]] = {id: [] for id in asked}
    for row in await graph.run(LIST_VISIBLE_IDENTITIES, network=viewer.network, ids=asked, sources=viewer.sources):
        identities[row["id"]].append(visible_identity(viewer, row["key"], row["reason"], own=row["own"]))
    # the reason for a merge would reveal that the person has identities outside the view
    return {
        id: ones if len(ones) > 1 else [replace(one, because="") for one in ones] for id, ones in identities.items()
    }


async def list_stated_people(graph: Graph, viewer: Viewer, id: str) -> list[str]:
    """The person, and the people whom private rows of the viewer state to be the same one."""
    rows = await graph.run(_LIST_STATED_PEOPLE, network=viewer.network, member=viewer.member, id=id)
    return [row["id"] for row in rows]


async def list_stated_identities(graph: Graph, viewer: Viewer, ids: Collection[str]) -> list[VisibleIdentity]:
    """The identities in view of the people of `list_stated_people`, by their keys."""
    by_person = await list_identities(graph, viewer, ids)
    identities = sorted((one for ones in by_person.values() for one in ones), key=lambda one: one.key)
    return [replace(one, because=one.because or ONE_ROW) for one in identities] if len(ids) > 1 else identities


async def first_addresses(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, str]:
    """An e-mail address of each of these people who has one in the sources in view: the first in alphabetical order."""
    addresses = {}
    for id, identities in (await list_identities(graph, viewer, ids)).items():
        if emails := [identity.text for identity in identities if identity.kind == HandleKind.EMAIL]:
            addresses[id] = min(emails)
    return addresses


async def visible_labels(graph: Graph, viewer: Viewer, groups: Iterable[Collection[str]]) -> list[str]:
    """For each group of one person's identities (keys): the person's name, or else an identity, that is in view."""
    stored = [sorted(keys) for keys in groups]
    keys = sorted({key for group in stored for key in group})
    rows = await graph.run(_LIST_NAMES, network=viewer.network, keys=keys, sources=viewer.sources) if keys else []
    names_by_key = {row["key"]: row["names"] for row in rows}
    labels = []
    for group in stored:
        names = [name for key in group for name in names_by_key.get(key, ())]
        texts = [visible_identity(viewer, key).text for key in group if key in names_by_key]
        labels.append(max(names, key=lambda name: (len(name.split()), name), default=next(iter(texts), UNNAMED)))
    return labels


async def find_person_of(graph: Graph, viewer: Viewer, keys: Collection[str]) -> str | None:
    """The id of the person with one of these identities (keys). None if no source in view names one of them."""
    rows = await graph.run(_LIST_NAMES, network=viewer.network, keys=sorted(keys), sources=viewer.sources)
    return next((str(row["person"]) for row in sorted(rows, key=lambda row: str(row["key"]))), None)


def visible_identity(viewer: Viewer, key: str, because: str = "", *, own: bool = False) -> VisibleIdentity:
    """The identity with this key, which the caller has found to be in view."""
    return VisibleIdentity(stable_id("identity", viewer.network, key), key, because, own)
