"""Limits of one request: characters, tokens, nesting, depth, aliases and cost in points.

A field of an object type costs 1 point, and a leaf 0, unless api.graphql.field declares another cost. The fields of a
payload cost nothing: their mutation includes it. A fragment counts each time it is spread, but is computed
once, so that nested fragments take no more time than their length. The check runs before the standard validation rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    Lexer,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    TokenKind,
    VariableNode,
)

from api.error_codes import ErrorCode
from api.graphql.field import Rule, Rules

CHARACTERS = 20_000
"""Characters of a document without its variables. The lexer takes up to half a microsecond for each."""
TOKENS = 1_000
NESTED = 50
"""Levels of nested brackets. The parser recurses once for each."""
DEPTH = 8
ALIASES = 15

_OPEN = {TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L}
_CLOSED = {TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R}


class QueryTooComplex(GraphQLError):
    """A request exceeds a limit of one request."""

    def __init__(self, what: str, most: int) -> None:
        extensions = {"code": ErrorCode.QUERY_TOO_COMPLEX}
        super().__init__(f"This request is too large: {what}. The maximum is {most:,}.", extensions=extensions)


class _Place(Enum):
    """Where in a document a selection is."""

    ROOT = auto()
    PAYLOAD = auto()
    NESTED = auto()


@dataclass(frozen=True, slots=True)
class Weight:
    """The depth, aliases and cost of a part of a document with its fragments."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


def check_text(text: str) -> None:
    """Check the length and nesting before parsing. Raises QueryTooComplex, or GraphQLError for an invalid token."""
    if len(text) > CHARACTERS:
        raise QueryTooComplex("its document has too many characters", CHARACTERS)
    lexer = Lexer(Source(text))
    count = nested = 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        count += 1
        nested += (token.kind in _OPEN) - (token.kind in _CLOSED)
        if count > TOKENS:
            raise QueryTooComplex("its document has too many tokens", TOKENS)
        if nested > NESTED:
            raise QueryTooComplex("its brackets are nested too deep", NESTED)


def check(document: DocumentNode, variables: Mapping[str, Any], *, rules: Rules, most: int) -> int:
    """The cost of a document in points, `most` at most. Raises QueryTooComplex if it exceeds a limit."""
    scale = _Scale(document, variables, rules, most)
    weights = [
        scale.of(definition.selection_set, _Place.ROOT)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    cost = sum(weight.cost for weight in weights)
    for what, value, allowed in (
        ("depth", max((weight.depth for weight in weights), default=0), DEPTH),
        ("aliases", sum(weight.aliases for weight in weights), ALIASES),
        ("cost in points", cost, most),
    ):
        if value > allowed:
            raise QueryTooComplex(f"{what} {value:,}", allowed)
    return cost


class _Scale:
    def __init__(self, document: DocumentNode, variables: Mapping[str, Any], rules: Rules, most: int) -> None:
        self._most = most
        self._rules = rules
        self._variables = {**_defaults(document), **variables}
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._weights: dict[tuple[str, _Place], Weight] = {}

    def of(self, selections: SelectionSetNode | None, place: _Place) -> Weight:
        """The weight of selections at a place."""
        depth = aliases = cost = 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                weight = self._field(selection, place)
            elif isinstance(selection, FragmentSpreadNode):
                weight = self._spread(selection.name.value, place)
            else:
                weight = self.of(selection.selection_set, place)  # type: ignore[attr-defined]
            depth = max(depth, weight.depth)
            aliases += weight.aliases
            cost += weight.cost
        return Weight(depth, aliases, cost)

    def _field(self, field: FieldNode, place: _Place) -> Weight:
        name = field.name.value
        is_mutation = place is _Place.ROOT and name in self._rules.mutations
        below = self.of(field.selection_set, _Place.PAYLOAD if is_mutation else _Place.NESTED)
        rule = self._rule(name, place)
        is_free = place is _Place.PAYLOAD or not field.selection_set
        own = rule.cost if rule else int(not is_free)
        times = self._times(field, rule) if rule else 1
        # introspection is deeper by nature; a standard rule limits it
        depth = 0 if name.startswith("__") else 1 + below.depth
        return Weight(depth, below.aliases + (field.alias is not None), own + times * below.cost)

    def _rule(self, name: str, place: _Place) -> Rule | None:
        if place is _Place.ROOT:
            return self._rules.queries.get(name) or self._rules.mutations.get(name)
        return self._rules.nested.get(name)

    def _spread(self, name: str, place: _Place) -> Weight:
        if (name, place) not in self._weights:
            self._weights[name, place] = Weight()  # a cycle adds nothing; the standard rules reject it
            if fragment := self._fragments.get(name):
                self._weights[name, place] = self.of(fragment.selection_set, place)
        return self._weights[name, place]

    def _times(self, field: FieldNode, rule: Rule) -> int:
        if rule.page is None:
            return 1
        argument, default = rule.page
        for node in field.arguments or ():
            if node.name.value != argument:
                continue
            if isinstance(node.value, IntValueNode):
                return self._size(int(node.value.value[:9]))
            if isinstance(node.value, VariableNode):
                value = self._variables.get(node.value.name.value, default)
                return self._size(value) if isinstance(value, int) else self._most
        return default

    def _size(self, number: int) -> int:
        return max(1, min(number, self._most))


def _defaults(document: DocumentNode) -> dict[str, int]:
    """The default values of variables that are integers."""
    return {
        variable.variable.name.value: int(variable.default_value.value[:9])
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        for variable in operation.variable_definitions or ()
        if isinstance(variable.default_value, IntValueNode)
    }
