"""Whom a member hides from all others: somebody, a name never to share, a company. It holds for their own sources.

Kept by the keys of identities, so that it outlives sources and holds again when they return; whoever is one person with
somebody hidden is hidden too.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidSharingRequest
from graph.names.keys import clean_text, company_key, fold_name
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

WRITE = cypher.load("sharing/hide_contact")
UNDO = cypher.load("sharing/unhide_contact")
LIST = cypher.load("derivation/list_hidden_contacts")
KEYS = cypher.load("lookup/list_person_identities")


@dataclass(frozen=True, slots=True)
class Concealed:
    """Something that the viewer hides. `says` is what they called it, `day` when they hid it."""

    id: str
    says: str
    day: int


async def concealed(graph: Graph, viewer: Viewer) -> list[Concealed]:
    """What the viewer hides, newest first."""
    rows = await graph.run(LIST, network=viewer.network, member=viewer.member)
    return [Concealed(row["id"], row["says"], row["at"]) for row in rows]


async def conceal(
    graph: Graph,
    viewer: Viewer,
    *,
    today: date,
    person: str | None = None,
    name: str | None = None,
    company: str | None = None,
    progress: Progress = SILENT,
) -> None:
    """Hide a person (an id), whoever bears a name, or whoever is or was at a company; the same again changes nothing.

    Raises InvalidSharingRequest where the person is nobody in view, or nothing is left of the name.
    """
    says, keys = clean_text(name or company or ""), list[str]()
    if person is not None:
        rows = await graph.run(KEYS, network=viewer.network, id=person, sources=viewer.sources)
        keys = [row["key"] for row in rows]
        says = next((row["name"] for row in rows if row["name"]), keys[0].partition(":")[2] if keys else "")
    names = [fold_name(name)] if name else []
    companies = [company_key(company)] if company else []
    if not any([*keys, *names, *companies]):
        raise InvalidSharingRequest("Nobody is meant by that: name a person, a name or a company to conceal.")
    mark = {"keys": keys, "names": names, "companies": companies}
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress):
        there = await graph.run(LIST, network=viewer.network, member=viewer.member)
        if not any(mark.items() <= row.items() for row in there):
            ends = {"network": viewer.network, "member": viewer.member, "id": uuid4().hex}
            await graph.run(WRITE, **ends, **mark, says=says, at=day_of(today))


async def unconceal(graph: Graph, viewer: Viewer, id: str, *, progress: Progress = SILENT) -> bool:
    """Hide it no longer; whether the viewer hid anything of this id."""
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress):
        (row,) = await graph.run(UNDO, network=viewer.network, member=viewer.member, id=id)
    return bool(row["undone"])
