"""Cost: each list has a bound, and the points of a request follow the work that it causes."""

import json
from collections.abc import Mapping
from contextlib import suppress
from itertools import product
from typing import Any

import graphql
import httpx
import neo4j
import pytest
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType

from api.graphql.request.costs import KnownCosts, check, check_text
from api.graphql.request.list_bounds import LIST_BOUNDS, OBJECTS_PER_POINT, size_argument
from api.graphql.schema import RULES, schema
from cypher import Query
from graph.database.client import Graph
from graph.lookup.possible_connectors import MAX_CONTACTS
from graph.networks.tokens import grant_token
from graph.records import Connection, Job, Part, Record
from tests.api.conftest import LIMITS, SIGNED, TOKEN, served
from tests.conftest import wipe
from tests.graph.worlds import TODAY, by_profile, home, load_export, own, talk
from tests.page.build import BUILT

SCHEMA = schema().definition
ME = "ana@home.example"
STAFF = 120
"""People at one company whom the viewer knows: more than the bound of any list of people."""
ROWS_PER_POINT = 40
"""Rows that the database may return for one point."""
HITS_PER_POINT = 100
"""Accesses to the store that the database may need for one point."""
ARGUMENTS = {
    "introductions": 'to: {email: "p1@big.example"}, start: TEAM',
    "colleagues": 'person: {email: "p1@big.example"}',
    "people": 'search: "person"',
    "tie": 'from: {email: "p1@big.example"}',
    "person": 'ref: {email: "p1@big.example"}',
    "company": 'name: "Big"',
    "loadJob": 'id: "x"',
    "node": 'id: "x"',
    "dataSubjectExport": 'person: {email: "p1@big.example"}',
}
PAGE: dict[str, str] = {each["name"]: each["document"] for each in json.loads((BUILT / "documents.json").read_text())}
PAGE_VARIABLES: dict[str, object] = {"start": "TEAM", "maxIntroducers": 3}
LARGEST = {"first": 50, "limit": 20, "months": 60}


def composite_types() -> list[GraphQLObjectType | GraphQLInterfaceType]:
    return [
        kind
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
    ]


def is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)


def test_each_list_of_the_schema_has_a_bound() -> None:
    fields = {f"{kind.name}.{name}": field for kind in composite_types() for name, field in kind.fields.items()}
    connections = {name for name in SCHEMA.type_map if name.endswith("Connection")}
    pages = {f"{name}.{part}" for name in connections for part in ("edges", "nodes")}
    unbounded = {
        name
        for name, field in fields.items()
        if is_list(field) and name not in LIST_BOUNDS and name not in pages and size_argument(field) is None
    }

    assert unbounded == set()
    assert set(LIST_BOUNDS) <= {name for name, field in fields.items() if is_list(field)}
    assert all(
        size_argument(field) for field in fields.values() if graphql.get_named_type(field.type).name in connections
    )


def dearest(name: str) -> str:
    """The query of one root field that costs most within the limit, as far as greedy choice finds it."""
    assert SCHEMA.query_type is not None
    field = SCHEMA.query_type.fields[name]
    costs: dict[str, int] = {}
    for depth, breadth in product(range(8), range(1, 5)):
        text = f"{{ {field_text(name, field, SCHEMA.query_type, depth, breadth)} }}"
        with suppress(graphql.GraphQLError):
            check_text(text)
            costs[text] = check(graphql.parse(text), {}, schema=SCHEMA, rules=RULES, most=LIMITS.points_per_request)
    return max(costs, key=lambda text: costs[text])


def field_text(
    name: str, field: GraphQLField, owner: GraphQLObjectType | GraphQLInterfaceType, depth: int, breadth: int
) -> str:
    """A field with the largest size of its list, and the selection of its type."""
    size = size_argument(field)
    given = [ARGUMENTS[name]] if owner is SCHEMA.query_type and name in ARGUMENTS else []
    given += [f"{size}: {LARGEST[size]}"] if size else []
    arguments = f"({', '.join(given)})" if given else ""
    return f"{name}{arguments} {selection(graphql.get_named_type(field.type), depth, breadth)}"


def selection(kind: graphql.GraphQLNamedType, depth: int, breadth: int) -> str:
    """The selection of a type: its leaves, and at each level the objects that hold most, until the depth is reached."""
    if isinstance(kind, graphql.GraphQLUnionType):
        return "{" + " ".join(f"...on {each.name}{selection(each, depth, breadth)}" for each in kind.types) + "}"
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    leaves = [
        name
        for name, field in kind.fields.items()
        if graphql.is_leaf_type(graphql.get_named_type(field.type)) and not field.args
    ]
    objects = sorted(
        (
            (name, field)
            for name, field in kind.fields.items()
            if not graphql.is_leaf_type(graphql.get_named_type(field.type))
        ),
        key=lambda each: -LIST_BOUNDS.get(f"{kind.name}.{each[0]}", 1),
    )
    inside = [field_text(name, field, kind, depth - 1, breadth) for name, field in objects[:breadth] if depth]
    return "{" + " ".join(["__typename", *leaves[:1], *inside]) + "}"


def objects_in(value: object) -> int:
    """The number of objects in a response."""
    if isinstance(value, dict):
        return 1 + sum(map(objects_in, value.values()))
    return sum(map(objects_in, value)) if isinstance(value, list) else 0


class WorkCounting(Graph):
    """A graph that counts the rows which queries return, and what the database reads for them."""

    rows = 0
    hits = 0

    async def run(self, query: Query, **params: object) -> list[dict[str, object]]:
        rows = await super().run(query, **params)
        self.rows += len(rows)
        if not query.writes:
            profiled = await self._driver.execute_query(f"PROFILE {query.text}", params)
            self.hits += database_hits(profiled.summary.profile or {})
        return rows


def database_hits(step: dict[str, Any]) -> int:
    """The accesses to the store of a step of a plan and of the steps before it."""
    return int(step.get("dbHits", 0)) + sum(map(database_hits, step.get("children", ())))


async def load_large_company(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """A network whose owner knows the whole staff of one company."""
    await wipe(driver)
    network, member = await home(graph)
    mails: list[Record] = [own(ME, "Ana")]
    jobs: list[Record] = [own(ME, "Ana"), Part("connections")]
    for number in range(STAFF):
        address = f"p{number}@big.example"
        who = by_profile(f"p{number}", f"Person Nr{number}", address)
        mails += talk(ME, address, times=3)
        jobs += [Connection(who, TODAY, "connections"), Job(who, "Big Corp", "Engineer", None, None, "connections")]
    await load_export(graph, mails, owner=ME)
    await load_export(graph, jobs, kind="linkedin", owner=ME)
    await grant_token(graph, network, member, TOKEN)


async def charged(
    client: httpx.AsyncClient, text: str, variables: dict[str, object] | None = None
) -> tuple[int, object]:
    """The points of a query, and its data."""
    before = await client.post("/graphql", json={"query": "{__typename}"}, headers=SIGNED)
    response = await client.post("/graphql", json={"query": text, "variables": variables}, headers=SIGNED)
    left, right = (int(each.headers["x-ratelimit-remaining"]) for each in (before, response))
    return left - right, response.json().get("data")


async def test_the_dearest_queries_cost_points_for_their_objects_and_rows(driver: neo4j.AsyncDriver) -> None:
    graph = WorkCounting(driver)
    await load_large_company(driver, graph)
    assert SCHEMA.query_type is not None
    most = 0

    async with served(graph) as client:
        for name in SCHEMA.query_type.fields:
            graph.rows = graph.hits = 0
            points, data = await charged(client, text := dearest(name))
            objects = objects_in(data)
            most = max(most, objects)
            assert objects <= OBJECTS_PER_POINT * points, text
            assert graph.rows <= ROWS_PER_POINT * max(points, 10), text
            assert graph.hits <= HITS_PER_POINT * max(points, 10), text
        for search in ("Person Nr1", "Bob Person", "p1@big.example"):
            graph.rows = graph.hits = 0
            points, data = await charged(client, PAGE["FindIntroductions"], PAGE_VARIABLES | {"to": {"text": search}})
            assert objects_in(data) <= OBJECTS_PER_POINT * points, search
            assert graph.rows <= ROWS_PER_POINT * points, search
            assert graph.hits <= HITS_PER_POINT * points, search
    assert most > 2 * STAFF


async def test_the_contacts_at_a_company_are_capped_and_counted(driver: neo4j.AsyncDriver) -> None:
    graph = WorkCounting(driver)
    await load_large_company(driver, graph)
    ids = '{ company(name: "Big Corp") { currentContacts { person { id } } currentContactCount } }'
    histories = '{ company(name: "Big Corp") { currentContacts { person { tie { history { explanation } } } } } }'

    async with served(graph) as client:
        points, data = await charged(client, ids)
        both = f"{{ {' '.join(f'a{number}: {histories[2:-2]}' for number in range(4))} }}"
        rejected = await client.post("/graphql", json={"query": both}, headers=SIGNED)

    assert isinstance(data, dict)
    assert len(data["company"]["currentContacts"]) == MAX_CONTACTS
    assert data["company"]["currentContactCount"] == STAFF
    assert points >= MAX_CONTACTS
    assert rejected.json()["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"


MANY = {
    "one field": "{ viewer { " + "role " * 400 + "} }",
    "one field in an unused fragment": "{ viewer { role } } fragment f on Viewer { " + "role " * 400 + "}",
    "one object": "{ " + "viewer{person{id}} " * 100 + "}",
    "one object by fragments": "{ "
    + "".join(f"...f{n} " for n in range(40))
    + "} "
    + "".join(f"fragment f{n} on Query{{viewer{{role asOf}}}} " for n in range(40)),
    "fragments in fragments": "{ viewer { ...f0 } } "
    + "".join(f"fragment f{n} on Viewer{{role asOf ...f{n + 1} ...f{n + 2}}} " for n in range(30))
    + "fragment f30 on Viewer{role} fragment f31 on Viewer{role}",
}


@pytest.mark.parametrize("document", MANY.values(), ids=MANY.keys())
async def test_a_document_whose_validation_takes_long_is_refused_before_it(document: str) -> None:
    with pytest.raises(graphql.GraphQLError) as refused:
        check(graphql.parse(document), {}, schema=SCHEMA, rules=RULES, most=LIMITS.points_per_request)

    assert (refused.value.extensions or {})["code"] == "QUERY_TOO_COMPLEX"


def test_a_known_cost_is_that_of_the_variables_of_the_request() -> None:
    routes = "{ ... on Introductions { routes { summary steps { evidence } } } }"
    constant = f'{{ introductions(to: {{id: "x"}}, limit: 3) {routes} }}'
    varying = constant.replace("{", "query($many: Int) {", 1).replace("limit: 3", "limit: $many")
    many: list[dict[str, object]] = [{"many": 3}, {"many": 20}, {"many": "20"}, {}, {"many": 3}]
    requests = [
        (text, variables, most)
        for text in (constant, varying)
        for variables in many
        for most in (LIMITS.points_per_request, 500)
    ]
    known = KnownCosts()

    def find(text: str, variables: Mapping[str, object], most: int) -> int | None:
        with suppress(graphql.GraphQLError):
            return known.check(text, graphql.parse(text), variables, schema=SCHEMA, rules=RULES, most=most)
        return None

    def compute(text: str, variables: Mapping[str, object], most: int) -> int | None:
        with suppress(graphql.GraphQLError):
            return check(graphql.parse(text), variables, schema=SCHEMA, rules=RULES, most=most)
        return None

    found = [find(*each) for each in requests]

    assert found == [compute(*each) for each in requests]
    assert len(set(found)) > 2
