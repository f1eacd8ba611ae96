"""Draws evidence: `await draw(driver, "ben -mail:400,10-> ana", "ana -lists-> jane", "ana <-0.9- ben")`.

A word on an arrow is a channel, followed by the ages of its interactions in days. `lists` adds an entry to the list of
the person's source, and `probably` marks two people as probable duplicates. Numbers are KNOWS, as in tests/drawing.py.
Every person has the identity `email:<id>@<id>.example`, and ana's source `drawn` names them by their id. Other people
with a list are members and have a source `of-<id>`.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

import neo4j

from graph.names.keys import company_key, fold_name
from graph.names.transliteration import latin_if_different
from graph.strength.model import model
from graph.viewer import NETWORK_AUDIENCE, Viewer
from tests.drawing import AS_OF, NETWORK, ties, viewer

_EVIDENCE = re.compile(r"^(<?)-([a-z_]+)(?::([-\d,]+?))?-(>?)$")


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a person, with the days between which they had it."""

    who: str
    company: str
    title: str | None = None
    since: int | None = None
    until: int | None = None


def view(person: str, *members: str, network: str = NETWORK) -> Viewer:
    """The viewer that is this person, with the drawn source and the sources of these members in view."""
    sources = ("drawn", *(f"of-{member}" for member in members))
    return replace(viewer(person), network=network, sources=sources)


async def draw(
    driver: neo4j.AsyncDriver,
    *drawings: str,
    names: dict[str, str] | None = None,
    jobs: tuple[Job, ...] = (),
    keys: dict[str, str] | None = None,
    network: str = NETWORK,
    source: str = "drawn",
    owner: str = "ana",
) -> None:
    """Draw one network. `names` and `keys` replace the names and identities that follow from the ids."""
    await draw_all(
        driver,
        [Drawing(drawings, names or {}, jobs, keys or {}, network, source, owner)],
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of one network. A test can draw many small networks at once."""

    lines: tuple[str, ...]
    names: dict[str, str]
    jobs: tuple[Job, ...]
    keys: dict[str, str]
    network: str
    source: str = "drawn"
    owner: str = "ana"


async def draw_all(driver: neo4j.AsyncDriver, drawings: list[Drawing]) -> None:
    """Draw many networks in one query."""
    await driver.execute_query(_DRAW, networks=[_rows(drawing) for drawing in drawings])


def _rows(drawing: Drawing) -> dict[str, Any]:
    people = {drawing.owner, *(job.who for job in drawing.jobs), *drawing.names}
    knows: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    lists: list[dict[str, Any]] = []
    duplicates: list[dict[str, Any]] = []
    for line in drawing.lines:
        words = line.split()
        people.update(words[::2])
        for left, arrow, right in zip(words[::2], words[1::2], words[2::2], strict=False):
            if not (match := _EVIDENCE.match(arrow)):
                knows += ties(f"{left} {arrow} {right}")
                continue
            by, towards = (right, left) if match[1] else (left, right)
            row = {"by": by, "towards": towards, "channel": match[2]}
            if match[2] == "lists":
                lists.append(row | {"source": _source(drawing, by)})
            elif match[2] == "probably":
                duplicates.append(row)
            else:
                days = sorted(AS_OF - int(ago) for ago in match[3].split(","))
                lasts = model().statement_lasts.get(match[2])
                ends = [day + lasts - 1 for day in days] if lasts else None
                weights = [model().weights[match[2]]] * len(days)
                evidence.append(row | {"days": days, "weights": weights, "ends": ends})
    members = sorted({drawing.owner, *(row["by"] for row in lists)})
    return {
        "network": drawing.network,
        "source": drawing.source,
        "members": [{"id": who, "source": _source(drawing, who)} for who in members],
        "people": [_person(drawing, who) for who in sorted(people)],
        "knows": knows,
        "evidence": evidence,
        "lists": lists,
        "probably": duplicates,
        "jobs": [_job(drawing, job) for job in drawing.jobs],
        "audience": NETWORK_AUDIENCE,
        "as_of": AS_OF,
    }


def _source(drawing: Drawing, member: str) -> str:
    return drawing.source if member == drawing.owner else f"of-{member}"


def _key(drawing: Drawing, who: str) -> str:
    return drawing.keys.get(who, f"email:{who}@{who}.example")


def _person(drawing: Drawing, who: str) -> dict[str, Any]:
    key, name = _key(drawing, who), drawing.names.get(who, who)
    domain = key.partition("@")[2] or None
    return {
        "id": who,
        "name": name,
        "folded": fold_name(name),
        "latin": latin_if_different(name),
        "key": key,
        "domain": domain,
    }


def _job(drawing: Drawing, job: Job) -> dict[str, Any]:
    name = drawing.names.get(job.who, job.who)
    return {
        "who": job.who,
        "key": _key(drawing, job.who),
        "name": name,
        "folded": fold_name(name),
        "company": job.company,
        "company_key": company_key(job.company),
        "title": job.title,
        "since": job.since,
        "until": job.until,
    }


_DRAW = """
UNWIND $networks AS drawn
MERGE (net:Network {id: drawn.network}) ON CREATE SET net.name = drawn.network, net.as_of = drawn.as_of
WITH drawn, net
CALL (drawn) {
  UNWIND drawn.people AS row
  MERGE (p:Person {network: drawn.network, id: row.id})
    ON CREATE SET p.name = row.name, p.names = [row.name], p.latin = row.latin
  MERGE (i:Identity {network: drawn.network, key: row.key}) ON CREATE SET i.domain = row.domain
  MERGE (i)-[:OF]->(p)
}
CALL (drawn, net) {
  UNWIND drawn.members AS row
  MATCH (p:Person {network: drawn.network, id: row.id})
  MERGE (m:Member {network: drawn.network, id: row.id}) ON CREATE SET m.role = 'owner'
  MERGE (net)-[:HAS]->(m)
  MERGE (m)-[:IS]->(p)
  MERGE (s:Source {network: drawn.network, id: row.source})
    ON CREATE SET s.kind = 'mailbox', s.status = 'ready', s.coverage_until = drawn.as_of, s.sharing_level = 'private'
  MERGE (m)-[:OWNS]->(s)
}
CALL (drawn) {
  MATCH (s:Source {network: drawn.network, id: drawn.source})
  UNWIND drawn.people AS row
  MATCH (i:Identity {network: drawn.network, key: row.key})
  MERGE (s)-[n:NAMES {key: drawn.network + ' ' + s.id + ' ' + row.key}]->(i)
    ON CREATE SET n.network = drawn.network, n.name = row.name, n.folded = row.folded, n.latin = row.latin,
      n.seen = drawn.as_of, n.source = s.id, n.domain = i.domain
}
CALL (drawn) {
  MATCH (s:Source {network: drawn.network, id: drawn.source})
  UNWIND drawn.jobs AS row
  MATCH (p:Person {network: drawn.network, id: row.who})
  MATCH (i:Identity {network: drawn.network, key: row.key})
  MERGE (c:Company {network: drawn.network, key: row.company_key}) ON CREATE SET c.name = row.company
  CREATE (p)-[w:WORKS_AT]->(c)
  CREATE (s)-[n:NAMES {key: randomUUID()}]->(i)
  SET w.title = row.title, w.since = row.since, w.until = row.until,
      n.network = drawn.network, n.name = row.name, n.folded = row.folded, n.seen = drawn.as_of, n.title = row.title,
      n.company = row.company, n.company_key = row.company_key, n.since = row.since, n.until = row.until,
      n.source = s.id, n.domain = i.domain
}
CALL (drawn) {
  UNWIND drawn.lists AS row
  MATCH (s:Source {network: drawn.network, id: row.source})
  MATCH (i:Identity)-[:OF]->(:Person {network: drawn.network, id: row.towards})
  CREATE (s)-[:LISTS {key: randomUUID()}]->(i)
}
CALL (drawn) {
  UNWIND drawn.evidence AS row
  MATCH (i:Identity)-[:OF]->(:Person {network: drawn.network, id: row.by})
  MATCH (j:Identity)-[:OF]->(:Person {network: drawn.network, id: row.towards})
  CREATE (i)-[:INTERACTED {key: randomUUID(), source: drawn.source, channel: row.channel, days: row.days,
                           weights: row.weights, ends: row.ends}]->(j)
}
CALL (drawn) {
  UNWIND drawn.knows AS row
  MATCH (b:Person {network: drawn.network, id: row.by}), (a:Person {network: drawn.network, id: row.towards})
  MERGE (b)-[k:KNOWS {audience: drawn.audience}]->(a)
  SET k.by = b.id, k.towards = a.id, k.strength = row.strength,
    k.mutual_strength = row.mutual_strength, k.last_day = drawn.as_of, k.is_mutual = true
}
CALL (drawn) {
  UNWIND drawn.probably AS row
  MATCH (p:Person {network: drawn.network, id: row.by}), (q:Person {network: drawn.network, id: row.towards})
  MERGE (p)-[:PROBABLE_DUPLICATE {audience: drawn.audience}]->(q)
}
"""
