"""Records to load as sources yield them, and the contents of a network as a value to compare."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import neo4j

from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.ingest.report import LoadReport
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Connection, Handle, HandleKind, Interaction, Job, Owner, Part, PersonMention, Record
from graph.viewer import Viewer

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def by_mail(who: str, name: str | None = None) -> PersonMention:
    """A person by address. Without a name, the name comes from the address."""
    text = name or who.partition("@")[0].replace(".", " ").title()
    return PersonMention((Handle(HandleKind.EMAIL, who),), text)


def by_profile(slug: str, name: str, email: str | None = None) -> PersonMention:
    """A person by LinkedIn profile, and by address if given."""
    handles = [Handle(HandleKind.LINKEDIN, f"https://www.linkedin.com/in/{slug}")]
    if email:
        handles.append(Handle(HandleKind.EMAIL, email))
    return PersonMention(tuple(handles), name)


def wrote(by: str, *to: str, ago: float = 0, id: str | None = None) -> Interaction:
    """A mail, sent `ago` days before NOON."""
    at = NOON - timedelta(days=ago)
    return Interaction(by_mail(by), tuple(map(by_mail, to)), at, Channel.MAIL, id or f"{by}>{to}@{at}")


def talk(one: str, other: str, *, times: int = 5, ago: float = 1, copy: str | None = None) -> list[Record]:
    """Mails with answers within hours, one of each every second day, the newest `ago` days before NOON."""
    others = (copy,) if copy else ()
    messages: list[Record] = []
    for number in range(times):
        messages.append(wrote(one, other, *others, ago=ago + 2 * number))
        messages.append(wrote(other, one, *others, ago=ago + 2 * number - 0.2))
    return messages


def connections(*rows: tuple[PersonMention, str | None], on: date = date(2021, 2, 3)) -> list[Record]:
    """A complete list of connections, each with its company."""
    records: list[Record] = [Part("connections")]
    for who, company in rows:
        records.append(Connection(who, on, "connections"))
        if company:
            records.append(Job(who, company, "Engineer", None, None, "connections"))
    return records


async def home(graph: Graph, name: str = "home") -> tuple[str, str]:
    """The id of the network of this name and of its owner, created if necessary."""
    return await find_or_create_network(graph, name, today=TODAY)


async def load_export(
    graph: Graph,
    records: Iterable[Record],
    *,
    kind: str = "mailbox",
    name: str = "home",
    owner: str | None = "ana@home.example",
    today: date = TODAY,
) -> LoadReport:
    """Load records as one export of the owner of the network."""
    network, member = await home(graph, name)
    return await load_records(graph, network, member, kind=kind, records=records, today=today, stated_owner=owner)


async def owner_viewer(graph: Graph, name: str = "home") -> Viewer:
    """The viewer that is the owner of the network."""
    network, member = await home(graph, name)
    return build_viewer(await read_state(graph, network), member)


def own(email: str, name: str) -> Owner:
    """The record that names the owner of an export."""
    return Owner(by_mail(email, name))


CONTENTS = """
MATCH (n:Network {name: $name})
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:OWNS]->(s:Source)
  RETURN collect({
    id: s.id, kind: s.kind, at: [s.account, s.status, s.coverage_until, s.parts, s.sharing_level]
  }) AS sources
}
CALL (n) {
  OPTIONAL MATCH (p:Person {network: n.id})<-[o:OF]-(i:Identity)
  RETURN collect({person: p.id, key: i.key, reason: o.reason, domain: i.domain}) AS identities
}
CALL (n) {
  OPTIONAL MATCH (p:Person {network: n.id})
  RETURN collect({id: p.id, is: [p.name, p.names, p.got, p.answered]}) AS people
}
CALL (n) {
  OPTIONAL MATCH (b:Person {network: n.id})-[k:KNOWS|PROBABLE_DUPLICATE]->(a:Person)
  RETURN collect({b: b.id, a: a.id,
    is: [type(k), k.strength, k.mutual_strength, k.last_day, k.is_mutual, k.asleep, k.reason,
      k.audience = 'network']}) AS ties
}
CALL (n) {
  OPTIONAL MATCH (p:Person {network: n.id})-[w:WORKS_AT]->(c:Company {network: n.id})
  RETURN collect({id: p.id, is: [c.key, c.name, w.title, w.since, w.until]}) AS jobs
}
CALL (n) {
  OPTIONAL MATCH (s:Source {network: n.id})-[f:NAMES|LISTS]->(i:Identity)
  RETURN collect({source: s.id, key: i.key, is: properties(f)}) AS facts
}
CALL (n) {
  OPTIONAL MATCH (i:Identity {network: n.id})-[e:INTERACTED]->(j:Identity {network: n.id})
  RETURN collect({source: e.source, by: i.key, to: j.key, is: properties(e)}) AS evidence
}
RETURN n.as_of AS as_of, n.stale AS stale, sources, identities, people, ties, jobs, facts, evidence
"""
_IGNORED = ("key", "network", "source", "base")


async def network_contents(driver: neo4j.AsyncDriver, name: str = "home") -> dict[str, Any]:
    """All data of a network, without the ids that differ between networks of equal content."""
    ((row,), _, _) = await driver.execute_query(CONTENTS, name=name)
    kinds = {s["id"]: s["kind"] for s in row["sources"]}

    def without_source_ids(text: str) -> str:
        for id, kind in kinds.items():
            text = text.replace(id, kind)
        return text

    def described(properties: dict[str, Any]) -> str:
        return without_source_ids(repr(sorted((k, v) for k, v in properties.items() if k not in _IGNORED)))

    key: dict[str, str] = {}
    for i in row["identities"]:
        if i["person"]:
            key[i["person"]] = min(key.get(i["person"], "~"), without_source_ids(i["key"]))
    return {
        "day": (row["as_of"], row["stale"]),
        "sources": sorted(repr((s["kind"], s["at"])) for s in row["sources"]),
        "identities": sorted(
            (key.get(i["person"], "?"), without_source_ids(i["key"] or ""), i["reason"] or "", i["domain"] or "")
            for i in row["identities"]
            if i["person"]
        ),
        "people": sorted(repr((key.get(p["id"]), p["is"])) for p in row["people"] if p["id"]),
        "ties": sorted(repr((key[t["b"]], key[t["a"]], t["is"])) for t in row["ties"] if t["b"]),
        "jobs": sorted(repr((key[j["id"]], j["is"])) for j in row["jobs"] if j["id"]),
        "facts": sorted(
            (kinds[f["source"]], without_source_ids(f["key"]), described(f["is"])) for f in row["facts"] if f["source"]
        ),
        "evidence": sorted(
            (kinds[e["source"]], without_source_ids(e["by"]), without_source_ids(e["to"]), described(e["is"]))
            for e in row["evidence"]
            if e["source"]
        ),
    }
