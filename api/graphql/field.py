"""Queries and mutations declared with their permission and cost, and the argument that many of them share."""

from dataclasses import dataclass, field
from typing import Annotated, Any

import strawberry
from strawberry.types import get_object_definition

from graph.networks.permissions import Operation

_RULE = "tertius"
TagFilter = Annotated[str | None, strawberry.argument(description="Only people with the tag of this name.")]


@dataclass(frozen=True, slots=True)
class Rule:
    """The permission and the cost of a field."""

    cost: int
    permission: Operation = Operation.ASK


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a schema, by the names that documents use."""

    queries: dict[str, Rule] = field(default_factory=dict)
    mutations: dict[str, Rule] = field(default_factory=dict)
    nested: dict[str, Rule] = field(default_factory=dict)
    """Fields of other types than Query and Mutation that cost more than 1, as `Type.field`."""


def query(
    *,
    description: str,
    cost: int = 1,
    permission: Operation = Operation.ASK,
) -> Any:
    """A field with its permission and its cost in points."""
    return strawberry.field(description=description, metadata={_RULE: Rule(cost, permission)})


def mutation(*, description: str, permission: Operation, cost: int = 1) -> Any:
    """A mutation with its permission and its cost in points."""
    return strawberry.mutation(description=description, metadata={_RULE: Rule(cost, permission)})


def rules_of(query_type: type, mutation_type: type, *others: type) -> Rules:
    """The rules that the fields of these types declare."""
    nested = {
        f"{get_object_definition(kind, strict=True).name}.{name}": rule
        for kind in others
        for name, rule in _declared(kind).items()
    }
    return Rules(_declared(query_type), _declared(mutation_type), nested)


def _declared(kind: type) -> dict[str, Rule]:
    fields = get_object_definition(kind, strict=True).fields
    return {
        field.graphql_name or _camel(field.python_name): field.metadata[_RULE]
        for field in fields
        if _RULE in field.metadata
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
