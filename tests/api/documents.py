"""Documents made from the schema: each question and change there is, with everything that its answer can tell."""

from collections.abc import Callable, Iterator

import graphql
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLUnionType,
)

from api.graphql.request.costs import check, check_text
from api.graphql.schema import COMMITTED, RULES, schema
from tests.api.conftest import LIMITS

SCHEMA = graphql.build_schema(COMMITTED.read_text("utf-8"))
SERVED = schema().definition
assert SCHEMA.query_type is not None
assert SCHEMA.mutation_type is not None
QUESTIONS = dict(sorted(SCHEMA.query_type.fields.items()))
CHANGES = dict(sorted(SCHEMA.mutation_type.fields.items()))
SCALARS = {
    "Boolean": "true",
    "Date": '"2026-11-01"',
    "DateTime": '"2026-11-01T00:00:00Z"',
    "Int": "2",
    "Time": '"10:00:00"',
}
"""A valid value of each scalar that is no text and no id, as GraphQL writes it."""
LEFT_OUT = ("idempotencyKey", "asOf", "after")
EITHER = {"company": ("name", "domain")}
"""Arguments of which a question takes one."""
Leaf = GraphQLScalarType | GraphQLEnumType
Value = Callable[[str, Leaf], str]
"""What stands for an argument of this name and scalar or enum, as GraphQL writes it."""


def document(name: str, value: Value) -> str:
    """The question or change of this name, with its arguments, and as much of what it tells as one request may ask."""
    field = (QUESTIONS | CHANGES)[name]
    kind = "mutation" if name in CHANGES else "query"
    ways = EITHER.get(name, ())
    chosen = ways and value(name, GraphQLEnumType(name, dict.fromkeys(ways)))
    given = ", ".join(
        f"{one}: {_value(one, argument.type, value)}"
        for one, argument in field.args.items()
        if one not in LEFT_OUT and (one not in ways or one == chosen)
    )
    asked = f"{name}{f'({given})' if given else ''}"
    return next(text for deep in range(6, -1, -1) if _allowed(text := f"{kind} {{ {asked}{_told(field.type, deep)} }}"))


def _allowed(text: str) -> bool:
    try:
        check_text(text)
        check(graphql.parse(text), {}, schema=SERVED, rules=RULES, most=LIMITS.points_per_request)
    except graphql.GraphQLError:
        return False
    return True


def takes(field: GraphQLField) -> Iterator[str]:
    """The scalars that an argument of a question holds, wherever in it."""
    for argument in field.args.values():
        yield from _takes(argument.type)


def _takes(kind: GraphQLInputType) -> Iterator[str]:
    plain = graphql.get_named_type(kind)
    if isinstance(plain, GraphQLInputObjectType):
        for field in plain.fields.values():
            yield from _takes(field.type)
    else:
        yield plain.name


def _value(name: str, kind: GraphQLInputType, value: Value) -> str:
    if isinstance(kind, GraphQLNonNull):
        return _value(name, kind.of_type, value)
    if isinstance(kind, GraphQLList):
        return f"[{_value(name, kind.of_type, value)}, {_value(name, kind.of_type, value)}]"
    if isinstance(kind, GraphQLScalarType | GraphQLEnumType):
        return value(name, kind)
    fields = kind.fields.items()
    if kind.is_one_of:
        chosen = value(name, GraphQLEnumType(name, dict.fromkeys(kind.fields)))
        fields = {chosen: kind.fields[chosen]}.items()
    return (
        f"{{{', '.join(f'{one}: {_value(one, field.type, value)}' for one, field in fields if one not in LEFT_OUT)}}}"
    )


def _told(kind: GraphQLOutputType, deep: int) -> str:
    """Everything of a type, so far down, but what takes arguments of its own."""
    plain = graphql.get_named_type(kind)
    if isinstance(plain, GraphQLUnionType):
        return f" {{ __typename {' '.join(f'... on {one.name}{_fields(one, deep)}' for one in plain.types)} }}"
    return _fields(plain, deep) if isinstance(plain, GraphQLObjectType | GraphQLInterfaceType) else ""


def _fields(kind: GraphQLObjectType | GraphQLInterfaceType, deep: int) -> str:
    selections = [
        f"{name}{_told(field.type, deep - 1)}"
        for name, field in kind.fields.items()
        if not any(graphql.is_required_argument(argument) for argument in field.args.values())
        and (deep > 0 or graphql.is_leaf_type(graphql.get_named_type(field.type)))
    ]
    return f" {{ __typename {' '.join(selections)} }}"
