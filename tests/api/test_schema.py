"""The schema is a file that others build on."""

from collections.abc import Iterator

import graphql

from api.graphql.schema import COMMITTED, schema

SDL = schema().as_str()


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    assert COMMITTED.read_text("utf-8") == SDL + "\n", "write it anew with `make schema`, and read the difference"


def undescribed(built: graphql.GraphQLSchema) -> Iterator[str]:
    for name, kind in built.type_map.items():
        if name.startswith("__") or graphql.is_specified_scalar_type(kind):
            continue
        if not kind.description:
            yield name
        fields = getattr(kind, "fields", {})
        for field, definition in fields.items():
            if not definition.description:
                yield f"{name}.{field}"
            yield from (
                f"{name}.{field}({argument})"
                for argument, given in getattr(definition, "args", {}).items()
                if not given.description
            )


def test_everything_in_it_is_described() -> None:
    assert list(undescribed(graphql.build_schema(SDL))) == []
