"""Addresses and numbers that several people share join nobody, whatever the order of loads."""

from collections.abc import Iterable

import neo4j
import pytest

from graph.database.client import Graph
from graph.ids import stable_id
from graph.ingest.remove import remove_source
from graph.names.keys import fold_name, identity_key
from graph.people.clusters import Identity, StoredFact
from graph.people.contested_keys import find_contested_keys
from graph.people.rules import cluster_identities
from graph.records import Connection, Handle, HandleKind, Part, PersonMention, Record
from tests.graph.ingest.test_load import query_rows
from tests.graph.worlds import home, load_export

SWITCHBOARD, OFFICE = "+49 30 901820", "office@acme.example"
Row = tuple[str, str, tuple[str, ...]]
"""Source, name and handles of one row of a list."""


def handles(*texts: str) -> tuple[Handle, ...]:
    return tuple(Handle(HandleKind.EMAIL if "@" in text else HandleKind.PHONE, text) for text in texts)


def fact(
    source: str,
    name: str,
    keys: list[str],
    *,
    is_owner: bool | None = None,
    sender_names: list[str] | None = None,
) -> StoredFact:
    """What a row of a list states about each of its keys."""
    dates = (None, None, None, None, None, None, None)
    return StoredFact(source, name, fold_name(name), *dates, "contacts", is_owner, keys, sender_names)


def clusters_of(rows: Iterable[Row], *, writers: dict[str, list[str]] | None = None) -> set[str]:
    """The people of some rows: each as its keys in one text. All sources are of one member."""
    identities: dict[str, Identity] = {}
    names = {f"email:{address}": list(map(fold_name, names)) for address, names in (writers or {}).items()}
    for source, name, texts in rows:
        keys = sorted(key for handle in handles(*texts) if (key := identity_key(handle)))
        for key in keys:
            identity = identities.setdefault(key, Identity(key, [], [source]))
            is_owner = source == "own" or None
            identity.facts.append(fact(source, name, keys, is_owner=is_owner, sender_names=names.get(key)))
    owners = {source: "member" for source, _, _ in rows}
    ordered = dict(sorted(identities.items()))
    contested = find_contested_keys(ordered, owners, owners.keys())
    clusters = cluster_identities(ordered, owners, [], owners.keys(), contested=contested)
    return {" ".join(key.partition(":")[2] for key in sorted(keys)) for keys in clusters.keys_by_root().values()}


def test_a_switchboard_of_three_sources_joins_nobody() -> None:
    rows: list[Row] = [
        ("outlook", "Iris Castellan", (SWITCHBOARD, "iris@bergamot.example")),
        ("crm", "Piet Maas", (SWITCHBOARD, "piet@bergamot.example")),
        ("cards", "Ines Rahn", (SWITCHBOARD, "ines@bergamot.example")),
    ]

    assert clusters_of(rows) == {
        "+4930901820",
        "iris@bergamot.example",
        "piet@bergamot.example",
        "ines@bergamot.example",
    }
    assert clusters_of(rows[:1]) == {"iris@bergamot.example +4930901820"}


@pytest.mark.parametrize(
    "other", ["Castellan, Iris", "Iris M. Castellan", "I. Castellan", "Íris Castellán", "Iris", "Iris Brandt"]
)
def test_one_person_under_several_names_keeps_the_number(other: str) -> None:
    rows: list[Row] = [
        ("outlook", "Iris Castellan", (SWITCHBOARD, "iris@bergamot.example")),
        ("cards", other, (SWITCHBOARD, "iris@home.example")),
    ]

    assert clusters_of(rows) == {"iris@bergamot.example iris@home.example +4930901820"}


def test_an_address_of_a_family_or_an_office_joins_nobody() -> None:
    for address in (OFFICE, "family.doe@home.example"):
        rows: list[Row] = [
            ("list", "Ann Doe", (address, "+49 1512 3456781")),
            ("list", "Ben Doe", (address, "+49 1512 3456782")),
        ]

        assert clusters_of(rows) == {address, "+4915123456781", "+4915123456782"}


def test_an_address_named_after_one_person_joins_only_their_rows() -> None:
    rows: list[Row] = [
        ("list", "Ann Doe", ("ann.doe@home.example", "+49 1512 3456781")),
        ("list", "Ben Doe", ("ann.doe@home.example", "+49 1512 3456782")),
    ]

    assert clusters_of(rows) == {"ann.doe@home.example +4915123456781", "+4915123456782"}


def test_an_address_from_which_one_person_writes_joins_only_their_rows() -> None:
    rows: list[Row] = [
        ("list", "Ann Doe", ("doe@home.example", "+49 1512 3456781")),
        ("list", "Ben Doe", ("doe@home.example", "+49 1512 3456782")),
    ]

    assert clusters_of(rows, writers={"doe@home.example": ["Ann Doe"]}) == {
        "doe@home.example +4915123456781",
        "+4915123456782",
    }


def test_a_members_own_address_is_not_joined_to_another_name_in_a_list() -> None:
    rows: list[Row] = [
        ("own", "Ann Doe", ("doe@home.example",)),
        ("list", "Ben Doe", ("doe@home.example", "+49 1512 3456782")),
    ]

    assert clusters_of(rows) == {"doe@home.example", "+4915123456782"}


def test_private_facts_do_not_split_what_others_see_as_one() -> None:
    key = "email:office@acme.example"
    phone = "phone:+4915123456781"

    identities = {
        key: Identity(key, [fact("shared", "Kim Acme", [key, phone]), fact("private", "Lou Acme", [key, phone])], []),
        phone: Identity(phone, [fact("shared", "Kim Acme", [key, phone])], []),
    }
    contested = find_contested_keys(identities, {"shared": "one", "private": "two"}, {"shared"})

    assert contested.keys("network") == set()
    assert contested.keys("two") == {key}
    clusters = cluster_identities(identities, {"shared": "one", "private": "two"}, [], {"shared"}, contested=contested)
    assert clusters.root(key) == clusters.root(phone)


LISTS: dict[str, list[Row]] = {
    "outlook": [("outlook", "Iris Castellan", (SWITCHBOARD, "iris@bergamot.example"))],
    "crm": [("crm", "Piet Maas", (SWITCHBOARD, "piet@bergamot.example")), ("crm", "Kim Acme", (OFFICE, "+49 30 555"))],
    "contacts": [
        ("contacts", "Ines Rahn", (SWITCHBOARD, "ines@bergamot.example")),
        ("contacts", "Lou Acme", (OFFICE, "+49 1512 3456781")),
    ],
}


ORDERS = (("outlook", "crm", "contacts"), ("contacts", "outlook", "crm"), ("crm", "contacts", "outlook"))


def records(kind: str) -> list[Record]:
    people = [PersonMention(handles(*texts), name) for _, name, texts in LISTS[kind]]
    return [Part(kind), *(Connection(person, None, kind) for person in people)]


async def test_shared_keys_join_nobody_in_any_order_of_loads_and_removals(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    people = (
        "MATCH (n:Network {name: $name}) MATCH (p:Person {network: n.id})<-[:OF]-(i:Identity) "
        "WITH p, i ORDER BY i.key WITH p, collect(i.key) AS keys "
        "RETURN p.name, p.is_shared_mailbox, keys ORDER BY p.name"
    )
    results = []
    for number, order in enumerate(ORDERS):
        name = stable_id("order", number)
        for kind in order:
            await load_export(graph, records(kind), kind=kind, name=name)
        rows = await query_rows(driver, people, name=name)
        results.append([row for row in rows if "ana@home" not in str(row)])

    assert all(result == results[0] for result in results)
    joined = {row[0]: row[2] for row in results[0] if len(row[2]) > 1}
    assert joined == {}
    shared = [row[2] for row in results[0] if row[1]]
    assert shared == [["phone:+4930901820"], ["email:office@acme.example"]]

    network, member = await home(graph, name)
    for kind in ("crm", "contacts"):
        await remove_source(graph, network, member, kind)
    rows = await query_rows(driver, people, name=name)
    assert ["Iris Castellan", None, ["email:iris@bergamot.example", "phone:+4930901820"]] in rows
