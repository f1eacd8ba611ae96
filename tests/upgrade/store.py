"""Restores a dump of a whole Neo4j database into an empty one.

The dump is gzip JSON: `schema` has the statements that create its constraints and indexes, `nodes` has `[key, labels,
properties]`, `relationships` has `[type, properties, start key, end key]`. Values that JSON lacks are objects with one
key, such as `{"$datetime": "2026-11-20T00:00:00Z"}`.
"""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import neo4j
from neo4j.time import DateTime, Duration

STORE = Path(__file__).with_name("store-22.json.gz")
"""A store of schema 22 (commit 07cfc75) with every kind of node and relationship, questions, and their answers."""

CREATE_NODES = """
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
RETURN row.key AS key, elementId(n) AS id
"""
CREATE_RELATIONSHIPS = """
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.start
MATCH (b) WHERE elementId(b) = row.end
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
"""


async def clear(driver: neo4j.AsyncDriver) -> None:
    """Remove all nodes, constraints and indexes."""
    await driver.execute_query("MATCH (n) DETACH DELETE n")
    for kind in ("CONSTRAINT", "INDEX"):
        rows, _, _ = await driver.execute_query(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
        for row in rows:
            await driver.execute_query(f"DROP {kind} {row['name']} IF EXISTS")


async def replay(driver: neo4j.AsyncDriver) -> dict[str, Any]:
    """Put the store into the empty database and return the dump."""
    data: dict[str, Any] = json.loads(gzip.decompress(STORE.read_bytes()))
    for statement in data["schema"]:
        await driver.execute_query(statement)
    rows = [
        {"key": key, "labels": labels, "properties": _decode(properties)} for key, labels, properties in data["nodes"]
    ]
    created, _, _ = await driver.execute_query(CREATE_NODES, rows=rows)
    ids = {row["key"]: row["id"] for row in created}
    rows = [
        {"type": name, "properties": _decode(properties), "start": ids[start], "end": ids[end]}
        for name, properties, start, end in data["relationships"]
    ]
    await driver.execute_query(CREATE_RELATIONSHIPS, rows=rows)
    return data


def _decode(value: Any) -> Any:
    match value:
        case {"$bytes": text}:
            return base64.b64decode(text)
        case {"$duration": [months, days, seconds, nanoseconds]}:
            return Duration(months=months, days=days, seconds=seconds, nanoseconds=nanoseconds)
        case {"$datetime": text}:
            return DateTime.from_iso_format(text)
        case dict():
            return {key: _decode(item) for key, item in value.items()}
        case list():
            return [_decode(item) for item in value]
        case _:
            return value
