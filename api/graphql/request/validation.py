"""Validation without suggestions."""

from collections.abc import Iterator
from functools import lru_cache

from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema, validate
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.graphql.request.costs import CACHED_TEXTS


class Validation(SchemaExtension):
    """Validates each document once, and compares no unknown name with the names of the schema.

    Strawberry's ValidationCache computes suggestions, which the schema then removes from the errors. That took longer
    than the rest of the validation.
    """

    def on_validate(self) -> Iterator[None]:
        """Set the errors of the document."""
        context = self.execution_context
        assert context.graphql_document
        context.pre_execution_errors = validation_errors(
            context.schema.definition,  # type: ignore[attr-defined]
            context.graphql_document,
            context.validation_rules,
        )
        yield


@lru_cache(CACHED_TEXTS)
def validation_errors(
    schema: GraphQLSchema, document: DocumentNode, rules: tuple[type[ASTValidationRule], ...]
) -> list[GraphQLError]:
    """The errors of a document by these rules and by those that Strawberry adds."""
    rules = (*rules, MaybeNullValidationRule, OneOfInputValidationRule)
    return validate(schema, document, rules, hide_suggestions=True)
