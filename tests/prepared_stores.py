"""Contents of a store that many tests start from. A process creates each once, and later restores it with one query."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import neo4j

_Params = ParamSpec("_Params")
_Value = TypeVar("_Value")
_Create = Callable[Concatenate[neo4j.AsyncDriver, _Params], Coroutine[Any, Any, _Value]]

Content = dict[str, Any]
"""The parameters of the query that restores the content of a store."""


@dataclass(frozen=True, slots=True)
class LoadedSample:
    """The environment of the command that loaded the sample, with its home, and the content of the database then."""

    environment: dict[str, str]
    content: Content


_READ_NODES = """
MATCH (n) WHERE NOT n:__Neo4jMigration
RETURN elementId(n) AS id, {labels: labels(n), properties: properties(n)} AS node
"""
_READ_RELATIONSHIPS = """
MATCH (a)-[r]->(b) WHERE NOT a:__Neo4jMigration
RETURN elementId(a) AS start, elementId(b) AS end, type(r) AS type, properties(r) AS properties
"""
_RESTORE = """
UNWIND $nodes AS node
CREATE (n:$(node.labels)) SET n = node.properties
WITH collect(n) AS created
UNWIND $relationships AS each
WITH created[each.start] AS a, created[each.end] AS b, each
CREATE (a)-[r:$(each.type)]->(b) SET r = each.properties
"""


def created_once(create: _Create[_Params, _Value]) -> _Create[_Params, _Value]:
    """Decorate a function that fills an empty store: later calls restore what the first call left, ids included.

    Calls with different texts as arguments have different contents. The store must be empty before each call. The
    value must not depend on the connection.
    """
    contents: dict[tuple[str, ...], tuple[Content, _Value]] = {}

    @wraps(create)
    async def restored(driver: neo4j.AsyncDriver, /, *args: _Params.args, **kwargs: _Params.kwargs) -> _Value:
        texts = tuple(argument for argument in (*args, *kwargs.values()) if isinstance(argument, str))
        if texts in contents:
            rows, value = contents[texts]
            await restore(driver, rows)
            return value
        is_empty = not (await driver.execute_query(_READ_NODES)).records
        value = await create(driver, *args, **kwargs)
        if is_empty:
            contents[texts] = await read_content(driver), value
        return value

    return restored


async def read_content(driver: neo4j.AsyncDriver) -> Content:
    """Return the present content of the store."""
    nodes = (await driver.execute_query(_READ_NODES)).records
    relationships = (await driver.execute_query(_READ_RELATIONSHIPS)).records
    position = {node["id"]: number for number, node in enumerate(nodes)}
    return {
        "nodes": [node["node"] for node in nodes],
        "relationships": [
            {**each.data(), "start": position[each["start"]], "end": position[each["end"]]} for each in relationships
        ],
    }


async def restore(driver: neo4j.AsyncDriver, content: Content) -> None:
    """Fill an empty store with this content."""
    await driver.execute_query(_RESTORE, content)
