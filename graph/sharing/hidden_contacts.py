"""Hidden contacts: people, names and companies that a member hides from all other members, in the member's own sources.

Identities are stored, so that hiding outlives sources and applies again when they are loaded again. It covers every
identity of a person with a hidden identity.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidSharingRequest
from graph.lookup.identities import find_person_of, list_stated_identities, list_stated_people, visible_labels
from graph.names.keys import clean_text, company_key, fold_name
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

_HIDE_CONTACT = cypher.load("sharing/hide_contact")
_UNHIDE_CONTACT = cypher.load("sharing/unhide_contact")
_LIST_HIDDEN_CONTACTS = cypher.load("derivation/list_hidden_contacts")


@dataclass(frozen=True, slots=True)
class HiddenContact:
    """A person, name or company that the viewer hides.

    `label` is a person's name in the viewer's sources, or the name or company as the viewer wrote it.
    """

    id: str
    label: str
    day: int


async def list_hidden_contacts(graph: Graph, viewer: Viewer) -> list[HiddenContact]:
    """List the contacts that the viewer hides, newest first."""
    return [HiddenContact(row["id"], row["label"], row["day"]) for row in await read_hidden_rows(graph, viewer)]


async def read_hidden_rows(graph: Graph, viewer: Viewer) -> list[dict[str, Any]]:
    """The same as rows, with the `keys`, `names` and `companies` that each hides."""
    rows = await graph.run(_LIST_HIDDEN_CONTACTS, network=viewer.network, member=viewer.member)
    labels = await visible_labels(graph, viewer, [row["keys"] for row in rows])
    return [{**row, "label": row["label"] or label} for row, label in zip(rows, labels, strict=True)]


async def hide_contact(
    graph: Graph,
    viewer: Viewer,
    *,
    today: date,
    person: str | None = None,
    name: str | None = None,
    company: str | None = None,
    progress: Progress = SILENT,
) -> str:
    """Hide a person (an id), everybody with a name, or present and former employees of a company.

    Returns the id of the hidden contact. Repeating it changes nothing. Raises InvalidSharingRequest if the person is
    not in view or the name is empty.
    """
    label, keys = clean_text(name or company or ""), list[str]()
    if person is not None:
        same = await list_stated_people(graph, viewer, person)
        keys = [identity.key for identity in await list_stated_identities(graph, viewer, same)]
    names = [fold_name(name)] if name else []
    companies = [company_key(company)] if company else []
    if not any([*keys, *names, *companies]):
        raise InvalidSharingRequest("There is nothing to hide: name a person, a name or a company.")
    criteria = {"keys": keys, "names": names, "companies": companies}
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress):
        for row in await read_hidden_rows(graph, viewer):
            if criteria.items() <= row.items():
                return str(row["id"])
        id = uuid4().hex
        await graph.run(
            _HIDE_CONTACT,
            network=viewer.network,
            member=viewer.member,
            id=id,
            label=label,
            day=day_of(today),
            **criteria,
        )
        return id


async def read_hidden_reference(graph: Graph, viewer: Viewer, id: str) -> dict[str, str]:
    """The argument with which `hide_contact` hides this contact again. Empty if nothing in view identifies it."""
    row = next((row for row in await read_hidden_rows(graph, viewer) if row["id"] == id), None)
    if row is None:
        return {}
    if row["names"] or row["companies"]:
        return {"name" if row["names"] else "company": row["label"]}
    person = await find_person_of(graph, viewer, row["keys"])
    return {} if person is None else {"person": person}


async def unhide_contact(graph: Graph, viewer: Viewer, id: str, *, progress: Progress = SILENT) -> bool:
    """Stop hiding a contact. Returns False if the viewer hides nothing with this id."""
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress):
        (row,) = await graph.run(_UNHIDE_CONTACT, network=viewer.network, member=viewer.member, id=id)
    return bool(row["unhidden"])
