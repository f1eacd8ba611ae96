"""JSON Schemas of the results of the tools, made from the GraphQL schema, so that both have the same fields."""

from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
)

JsonSchema = dict[str, Any]

_SCHEMA = Path(__file__).parents[1] / "schema.graphql"
_SCALARS: dict[str, JsonSchema] = {
    "ID": {"type": "string"},
    "String": {"type": "string"},
    "Int": {"type": "integer"},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
}
_ON_REQUEST = {
    ("Person", "tie"),
    ("Person", "identities"),
    ("Tie", "history"),
    ("IntroductionRequest", "nextMessage"),
    ("IntroductionRequest", "nextRoute"),
}
"""Fields that GraphQL reads only where a document asks for them. The results of the tools leave them out."""


def object_schema(name: str, *, with_fields: frozenset[tuple[str, str]] = frozenset()) -> JsonSchema:
    """The schema of an object of this type of the GraphQL schema, or of the members of a union.

    `with_fields` are fields that are returned here though GraphQL returns them only on request.
    """
    definitions = Definitions(with_fields)
    choices = [definitions.reference(member) for member in definitions.members(name)]
    return {"type": "object", "oneOf": choices, "$defs": definitions.schemas}


def fields_schema(fields: dict[str, JsonSchema]) -> JsonSchema:
    """The schema of an object that has all these fields."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def nullable(schema: JsonSchema) -> JsonSchema:
    """The schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


class Definitions:
    """Collects the schemas of all types that a result contains."""

    def __init__(self, with_fields: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.schemas: dict[str, JsonSchema] = {}
        self._left_out = _ON_REQUEST - with_fields

    def members(self, name: str) -> list[str]:
        """The types of a union, or the type itself."""
        definition = _types()[name]
        if isinstance(definition, UnionTypeDefinitionNode):
            return [member.name.value for member in definition.types or ()]
        return [name]

    def reference(self, name: str) -> JsonSchema:
        """The schema of a type by its name. Objects are defined once and referred to."""
        if name in _SCALARS:
            return _SCALARS[name]
        definition = _types()[name]
        if isinstance(definition, EnumTypeDefinitionNode):
            return {"enum": [value.name.value for value in definition.values or ()]}
        assert isinstance(definition, ObjectTypeDefinitionNode)
        if name not in self.schemas:
            self.schemas[name] = {}
            fields = [field for field in definition.fields or () if (name, field.name.value) not in self._left_out]
            self.schemas[name] = {
                "description": _text(definition),
                **fields_schema(
                    {"__typename": {"const": name}} | {field.name.value: self._field(field) for field in fields}
                ),
            }
        return {"$ref": f"#/$defs/{name}"}

    def _field(self, field: FieldDefinitionNode) -> JsonSchema:
        return {**self._value(field.type), "description": _text(field)}

    def _value(self, kind: TypeNode) -> JsonSchema:
        if isinstance(kind, NonNullTypeNode):
            return self._present(kind.type)
        return nullable(self._present(kind))

    def _present(self, kind: TypeNode) -> JsonSchema:
        if isinstance(kind, ListTypeNode):
            return {"type": "array", "items": self._value(kind.type)}
        assert isinstance(kind, NamedTypeNode)
        return self.reference(kind.name.value)


def _text(node: Any) -> str:
    return node.description.value if node.description else ""


@cache
def _types() -> dict[str, Any]:
    """The definitions of the GraphQL schema by name."""
    document: DocumentNode = parse(_SCHEMA.read_text("utf-8"))
    return {node.name.value: node for node in document.definitions if hasattr(node, "name")}
