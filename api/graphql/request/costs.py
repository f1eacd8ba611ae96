"""Limits of one request: characters, tokens, nesting, depth, aliases and cost in points.

A field of an object type costs 1 point, and a leaf 0, unless api.graphql.field declares another cost. The fields of a
payload cost nothing: their mutation includes it. An object inside one of READ_TOGETHER costs a part of a point. A list
multiplies the cost of what its objects contain by its size: by the argument that sets it, or else by its bound in
api.graphql.request.list_bounds. A fragment counts each time it is spread. The check runs before the standard validation
rules, so that it also bounds their work.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from math import ceil
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    Lexer,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Source,
    TokenKind,
    VariableNode,
    get_named_type,
)

from api.error_codes import ErrorCode
from api.graphql.field import Rule, Rules
from api.graphql.request.list_bounds import LIST_BOUNDS, OBJECTS_PER_POINT, is_sized, size_argument

CHARACTERS = 20_000
"""Characters of a document without its variables. The lexer takes up to half a microsecond for each."""
TOKENS = 1_000
NESTED = 50
"""Levels of nested brackets. The parser recurses once for each."""
DEPTH = 8
ALIASES = 15
FIELDS = 1_000
"""Fields and fragment spreads of a document, with those of its fragments each time they are spread."""
CACHED_TEXTS = 128
"""Valid documents that a process remembers, as many as Strawberry remembers parsed ones."""
REPETITIONS = 20
"""Occurrences of one field in one place. The standard rules compare each occurrence with all others."""

READ_TOGETHER = {
    "AlreadyKnown",
    "AmbiguousTarget",
    "Candidate",
    "Evidence",
    "Introductions",
    "NearestMiss",
    "Refusal",
    "Route",
    "SourceConnection",
    "Step",
    "TargetAnswer",
    "Tie",
    "UnknownTarget",
}
"""Types that are read with all their objects by the query or the search that reads them."""
UNITS = OBJECTS_PER_POINT
"""Units of a point. An object inside one of READ_TOGETHER costs one of them."""

_OPEN = {TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L}
_CLOSED = {TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R}


class QueryTooComplex(GraphQLError):
    """A request exceeds a limit of one request."""

    def __init__(self, what: str, most: int) -> None:
        extensions = {"code": ErrorCode.QUERY_TOO_COMPLEX}
        super().__init__(f"This request is too large: {what}. The maximum is {most:,}.", extensions=extensions)


class _Place(Enum):
    """The position of a selection in a document."""

    ROOT = auto()
    PAYLOAD = auto()
    NESTED = auto()


@dataclass(frozen=True, slots=True)
class Weight:
    """The depth, aliases and cost of a part of a document with its fragments. The cost is in units."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


@lru_cache(CACHED_TEXTS)
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


def check(
    document: DocumentNode, variables: Mapping[str, Any], *, schema: GraphQLSchema, rules: Rules, most: int
) -> int:
    """The cost of a document in points, `most` at most. Raises QueryTooComplex if it exceeds a limit."""
    return _check(_Scale(document, variables, schema, rules, most), document)


class KnownCosts:
    """The costs of documents that a process has checked and whose cost depends on no variable, by their texts."""

    def __init__(self) -> None:
        self._costs: OrderedDict[tuple[str, int], int] = OrderedDict()

    def check(
        self,
        text: str,
        document: DocumentNode,
        variables: Mapping[str, Any],
        *,
        schema: GraphQLSchema,
        rules: Rules,
        most: int,
    ) -> int:
        """What the function `check` returns for the document of this text. Raises QueryTooComplex."""
        if (known := self._costs.get((text, most))) is not None:
            self._costs.move_to_end((text, most))
            return known
        scale = _Scale(document, variables, schema, rules, most)
        cost = _check(scale, document)
        if not scale.depends_on_variables:
            self._costs[text, most] = cost
            if len(self._costs) > CACHED_TEXTS:
                self._costs.popitem(last=False)
        return cost


def _check(scale: "_Scale", document: DocumentNode) -> int:
    weights = [
        scale.weigh(definition.selection_set, scale.schema.get_root_type(definition.operation), _Place.ROOT)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    scale.check_unused_fragments()
    cost = ceil(sum(weight.cost for weight in weights) / UNITS)
    for what, value, allowed in (
        ("depth", max((weight.depth for weight in weights), default=0), DEPTH),
        ("aliases", sum(weight.aliases for weight in weights), ALIASES),
        ("cost in points", cost, scale.most),
    ):
        if value > allowed:
            raise QueryTooComplex(f"{what} {value:,}", allowed)
    return cost


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a document: the response keys that lead to it, and the fragments that contain it.

    `size` is the size of the list that an argument of the field above sets.
    """

    path: tuple[str, ...] = ()
    fragments: frozenset[str] = frozenset()
    size: int = 1


class _Scale:
    def __init__(
        self, document: DocumentNode, variables: Mapping[str, Any], schema: GraphQLSchema, rules: Rules, most: int
    ) -> None:
        self.most = most
        self.depends_on_variables = False
        self.schema = schema
        self._rules = rules
        self._variables = {**_defaults(document), **variables}
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._used: set[str] = set()
        self._count = 0
        self._occurrences: Counter[tuple[str, ...]] = Counter()

    def weigh(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, place: _Place, spot: _Spot = _Spot()
    ) -> Weight:
        """The weight of selections of a type. Raises QueryTooComplex."""
        depth = aliases = cost = 0
        by_member: Counter[str] = Counter()
        for selection in selections.selections if selections else ():
            weight = self._selection(selection, parent, place, spot)
            depth = max(depth, weight.depth)
            aliases += weight.aliases
            if (member := self._member(selection, parent)) is None:
                cost += weight.cost
            else:
                by_member[member] += weight.cost
        return Weight(depth, aliases, cost + max(by_member.values(), default=0))

    def _member(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> str | None:
        """The member of a union that a fragment is for. An object is of one member, so that the dearest counts."""
        if not isinstance(parent, GraphQLUnionType) or isinstance(selection, FieldNode):
            return None
        fragment = self._fragments.get(selection.name.value) if isinstance(selection, FragmentSpreadNode) else selection
        kind = self._narrowed(None, fragment) if fragment else None  # type: ignore[arg-type]
        return kind.name if isinstance(kind, GraphQLObjectType) else None

    def check_unused_fragments(self) -> None:
        """Check the fragments that no operation spreads: they cost nothing, but the standard rules read them too."""
        for name, fragment in self._fragments.items():
            if name not in self._used:
                spot = _Spot((f"fragment {name}",), frozenset((name,)))
                self.weigh(fragment.selection_set, self._narrowed(None, fragment), _Place.NESTED, spot)

    def _selection(
        self, selection: SelectionNode, parent: GraphQLNamedType | None, place: _Place, spot: _Spot
    ) -> Weight:
        self._count += 1
        if self._count > FIELDS:
            raise QueryTooComplex("it has too many fields, fragments included", FIELDS)
        if isinstance(selection, FieldNode):
            return self._field(selection, parent, place, spot)
        if isinstance(selection, InlineFragmentNode):
            return self.weigh(selection.selection_set, self._narrowed(parent, selection), place, spot)
        assert isinstance(selection, FragmentSpreadNode)
        name = selection.name.value
        fragment = self._fragments.get(name)
        if fragment is None or name in spot.fragments:  # the standard rules reject it
            return Weight()
        self._used.add(name)
        inside = replace(spot, fragments=spot.fragments | {name})
        return self.weigh(fragment.selection_set, self._narrowed(parent, fragment), place, inside)

    def _narrowed(
        self, parent: GraphQLNamedType | None, fragment: InlineFragmentNode | FragmentDefinitionNode
    ) -> GraphQLNamedType | None:
        condition = fragment.type_condition
        return self.schema.type_map.get(condition.name.value) if condition else parent

    def _field(self, field: FieldNode, parent: GraphQLNamedType | None, place: _Place, spot: _Spot) -> Weight:
        name = field.name.value
        path = (*spot.path, (field.alias or field.name).value)
        self._occurrences[path] += 1
        if self._occurrences[path] > REPETITIONS:
            raise QueryTooComplex("it has one field too often in one place", REPETITIONS)
        rule = self._rule(name, parent, place)
        aliases = int(field.alias is not None)
        # introspection is deeper by nature; a standard rule limits it
        is_counted = not name.startswith("__")
        if not field.selection_set:  # most fields of a document
            return Weight(int(is_counted), aliases, rule.cost * UNITS if rule else 0)
        definition = parent.fields.get(name) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None
        kind = get_named_type(definition.type) if definition else None
        size = self._times(field, definition) if definition else 1
        is_list = definition is not None and is_sized(definition)
        is_mutation = place is _Place.ROOT and name in self._rules.mutations
        below = self.weigh(
            field.selection_set,
            kind,
            _Place.PAYLOAD if is_mutation else _Place.NESTED,
            _Spot(path, spot.fragments, 1 if is_list else size),
        )
        maximum = LIST_BOUNDS.get(f"{parent.name}.{name}", 1) if parent else 1
        bound = maximum or spot.size
        units = 1 if parent and parent.name in READ_TOGETHER else UNITS
        is_free = place is _Place.PAYLOAD
        own = rule.cost * UNITS if rule else 0 if is_free else units * (ceil(maximum / OBJECTS_PER_POINT) or bound)
        times = bound * size if is_list else bound
        return Weight(1 + below.depth if is_counted else 0, below.aliases + aliases, own + times * below.cost)

    def _rule(self, name: str, parent: GraphQLNamedType | None, place: _Place) -> Rule | None:
        if place is _Place.ROOT:
            return self._rules.queries.get(name) or self._rules.mutations.get(name)
        return self._rules.nested.get(f"{parent.name}.{name}") if parent else None

    def _times(self, field: FieldNode, definition: GraphQLField) -> int:
        """The size that an argument sets. A missing or invalid one counts as the maximum cost of a request."""
        argument = size_argument(definition)
        if argument is None:
            return 1
        default = definition.args[argument].default_value
        value: Any = default
        for node in field.arguments or ():
            if node.name.value == argument:
                value = None
                if isinstance(node.value, IntValueNode):
                    value = int(node.value.value[:9])
                elif isinstance(node.value, VariableNode):
                    self.depends_on_variables = True
                    value = self._variables.get(node.value.name.value, default)
        return max(1, min(value, self.most)) if isinstance(value, int) else self.most


def _defaults(document: DocumentNode) -> dict[str, int]:
    """The default values of variables that are integers."""
    return {
        variable.variable.name.value: int(variable.default_value.value[:9])
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        for variable in operation.variable_definitions or ()
        if isinstance(variable.default_value, IntValueNode)
    }
