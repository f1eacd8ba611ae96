"""The root fields of an operation."""

from collections.abc import Iterator

from graphql import DocumentNode, FieldNode, FragmentSpreadNode
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode


def root_fields(document: DocumentNode, operation: OperationDefinitionNode | None) -> Iterator[FieldNode]:
    """The queries or mutations of an operation, also those in fragments. Introspection is left out."""
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    return _fields(operation.selection_set, fragments) if operation else iter(())


def _fields(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    """The fields of selections. The document is valid, so that its fragments have no cycle."""
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            if not selection.name.value.startswith("__"):
                yield selection
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value].selection_set, fragments)
        else:
            yield from _fields(selection.selection_set, fragments)  # type: ignore[attr-defined]
