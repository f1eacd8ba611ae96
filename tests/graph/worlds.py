"""Small worlds to load: records as sources yield them, and the whole of a network as a value to compare."""

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
    """Somebody by an address; without a name, the address's own words capitalised."""
    text = name or who.partition("@")[0].replace(".", " ").title()
    return PersonMention((Handle(HandleKind.EMAIL, who),), text)


def by_profile(slug: str, name: str, email: str | None = None) -> PersonMention:
    """Somebody by a LinkedIn profile, and by an address where the row states one."""
    handles = [Handle(HandleKind.LINKEDIN, f"https://www.linkedin.com/in/{slug}")]
    if email:
        handles.append(Handle(HandleKind.EMAIL, email))
    return PersonMention(tuple(handles), name)


def wrote(by: str, *to: str, ago: float = 0, id: str | None = None) -> Interaction:
    """A mail, so many days before NOON."""
    at = NOON - timedelta(days=ago)
    return Interaction(by_mail(by), tuple(map(by_mail, to)), at, Channel.MAIL, id or f"{by}>{to}@{at}")


def talk(one: str, other: str, *, times: int = 5, ago: float = 1, copy: str | None = None) -> list[Record]:
    """Letters and answers within hours, every other day back from `ago`."""
    copied = (copy,) if copy else ()
    letters: list[Record] = []
    for turn in range(times):
        letters.append(wrote(one, other, *copied, ago=ago + 2 * turn))
        letters.append(wrote(other, one, *copied, ago=ago + 2 * turn - 0.2))
    return letters


def connections(*rows: tuple[PersonMention, str | None], on: date = date(2021, 2, 3)) -> list[Record]:
    """A whole list of connections, each with the company it states."""
    records: list[Record] = [Part("connections")]
    for who, company in rows:
        records.append(Connection(who, on, "connections"))
        if company:
            records.append(Job(who, company, "Engineer", None, None, "connections"))
    return records


async def home(graph: Graph, name: str = "home") -> tuple[str, str]:
    """The network of this name and its member."""
    return await find_or_create_network(graph, name, today=TODAY)


async def bring(
    graph: Graph,
    records: Iterable[Record],
    *,
    kind: str = "mailbox",
    name: str = "home",
    owner: str | None = "ana@home.example",
    today: date = TODAY,
) -> LoadReport:
    """Load records as one export of the network's member."""
    network, member = await home(graph, name)
    return await load_records(graph, network, member, kind=kind, records=records, today=today, stated_owner=owner)


async def seen_by_owner(graph: Graph, name: str = "home") -> Viewer:
    """What the network's member sees."""
    network, member = await home(graph, name)
    return build_viewer(await read_state(graph, network), member)


def own(email: str, name: str) -> Owner:
    """Whose export it is."""
    return Owner(by_mail(email, name))


WHOLE = """
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
    is: [type(k), k.strength, k.mutual_strength, k.last_day, k.is_mutual, k.reason, k.audience = 'network']}) AS ties
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
_OURS = ("key", "network", "source", "base")


async def whole(driver: neo4j.AsyncDriver, name: str = "home") -> dict[str, Any]:
    """All that a network holds, without the ids that differ from one network to another of the same content."""
    ((row,), _, _) = await driver.execute_query(WHOLE, name=name)
    kinds = {s["id"]: s["kind"] for s in row["sources"]}

    def plain(text: str) -> str:
        for id, kind in kinds.items():
            text = text.replace(id, kind)
        return text

    def said(properties: dict[str, Any]) -> str:
        return plain(repr(sorted((k, v) for k, v in properties.items() if k not in _OURS)))

    key: dict[str, str] = {}
    for i in row["identities"]:
        if i["person"]:
            key[i["person"]] = min(key.get(i["person"], "~"), plain(i["key"]))
    return {
        "day": (row["as_of"], row["stale"]),
        "sources": sorted(repr((s["kind"], s["at"])) for s in row["sources"]),
        "identities": sorted(
            (key.get(i["person"], "?"), plain(i["key"] or ""), i["reason"] or "", i["domain"] or "")
            for i in row["identities"]
            if i["person"]
        ),
        "people": sorted(repr((key.get(p["id"]), p["is"])) for p in row["people"] if p["id"]),
        "ties": sorted(repr((key[t["b"]], key[t["a"]], t["is"])) for t in row["ties"] if t["b"]),
        "jobs": sorted(repr((key[j["id"]], j["is"])) for j in row["jobs"] if j["id"]),
        "facts": sorted((kinds[f["source"]], plain(f["key"]), said(f["is"])) for f in row["facts"] if f["source"]),
        "evidence": sorted(
            (kinds[e["source"]], plain(e["by"]), plain(e["to"]), said(e["is"])) for e in row["evidence"] if e["source"]
        ),
    }
