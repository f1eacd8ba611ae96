"""Documents."""

from collections.abc import Iterator

from graphql import DocumentNode, FieldNode, FragmentSpreadNode
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode


def questions(document: DocumentNode, operation: OperationDefinitionNode | None) -> Iterator[FieldNode]:
    """What an operation asks or changes, wherever in the document it stands."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    return _fields(operation.selection_set, fragments) if operation else iter(())


def _fields(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    """The questions themselves, through fragments: a document that is valid has no circle of them."""
    for one in selections.selections:
        if isinstance(one, FieldNode):
            if not one.name.value.startswith("__"):
                yield one
        elif isinstance(one, FragmentSpreadNode):
            yield from _fields(fragments[one.name.value].selection_set, fragments)
        else:
            yield from _fields(one.selection_set, fragments)  # type: ignore[attr-defined]
