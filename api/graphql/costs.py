"""How much one request may ask: characters, tokens, nesting, depth, aliases and cost in points.

Fragments are counted as often as they are spread, each worked out once: a bomb of fragments costs its length and no
more. Everything here happens before the standard rules look at the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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

CHARACTERS = 20_000
"""Of a document, variables apart: the lexer looks at each, for up to half a microsecond."""
TOKENS = 1_000
NESTED = 50
"""Brackets within brackets: what the parser may be sent, which goes down once for each."""
DEPTH = 8
ALIASES = 15

POINTS = {
    "introductions": 50,
    "tie": 10,
    "company": 20,
    "fading": 100,
    "people": 10,
    "person": 10,
    "statements": 5,
    "possibleDuplicates": 100,
    "decisions": 5,
    "removeSource": 100,
    "forgetPerson": 100,
    "setPrivacy": 100,
    "exportPerson": 100,
    "noticesDue": 50,
    "markNoticed": 50,
    "undoNoticed": 50,
    "state": 20,
    "withdraw": 20,
    "merge": 50,
    "keepApart": 50,
    "split": 50,
    "undoDecision": 50,
    "setSharing": 100,
    "concealed": 5,
    "conceal": 50,
    "unconceal": 50,
    "members": 5,
    "invitations": 5,
    "tokens": 5,
    "callMe": 20,
    "invite": 20,
    "createToken": 20,
    "changeRole": 20,
    "removeMember": 100,
    "leave": 100,
    "setOnLeave": 100,
    "colleagues": 20,
    "notRoutes": 5,
    "notARoute": 20,
    "undoNotARoute": 20,
    "reveals": 10,
    "askToReveal": 50,
    "agreeToReveal": 20,
    "declineToReveal": 20,
    "setReveal": 20,
}
"""What asks the database for itself; any other field with fields of its own costs one, a leaf nothing."""
PAGE = {
    "introductions": ("limit", 5),
    "people": ("first", 50),
    "fading": ("first", 20),
    "possibleDuplicates": ("first", 50),
    "noticesDue": ("first", 50),
}
"""How often a question's answer holds what is below it: the argument that says so, and what holds without it."""
BELOW = {"history": 10, "introductions": 50}
"""What a field below a question costs: a tie judged on some forty days; routes to all who are at a company."""

_OPEN = {TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L}
_CLOSED = {TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R}


class TooMuch(GraphQLError):
    """A request asks for more than one request may."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"This asks for too much at once: {what}; the most is {most:,}.", extensions=_CODE)


_CODE = {"code": "TOO_MUCH"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a document comes to, its fragments spread."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


def check_text(text: str) -> None:
    """Refuse a document too long or too nested to be parsed. Raises TooMuch, or GraphQLError at what is no token."""
    if len(text) > CHARACTERS:
        raise TooMuch("the document is long in characters", CHARACTERS)
    lexer = Lexer(Source(text))
    count = nested = 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        count += 1
        nested += (token.kind in _OPEN) - (token.kind in _CLOSED)
        if count > TOKENS:
            raise TooMuch("the document is long in tokens", TOKENS)
        if nested > NESTED:
            raise TooMuch("brackets are nested deep", NESTED)


def check(document: DocumentNode, variables: Mapping[str, Any], *, most: int) -> int:
    """What a document costs in points, `most` at most. Raises TooMuch where it asks for more of anything."""
    scale = _Scale(document, variables, most)
    whole = [
        scale.of(definition.selection_set, top=True)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    cost = sum(weight.cost for weight in whole)
    for what, found, allowed in (
        ("depth", max((weight.depth for weight in whole), default=0), DEPTH),
        ("aliases", sum(weight.aliases for weight in whole), ALIASES),
        ("cost in points", cost, most),
    ):
        if found > allowed:
            raise TooMuch(f"{what} {found:,}", allowed)
    return cost


class _Scale:
    def __init__(self, document: DocumentNode, variables: Mapping[str, Any], most: int) -> None:
        self._most = most
        self._variables = {**_defaults(document), **variables}
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._weighed: dict[tuple[str, bool], Weight] = {}

    def of(self, selections: SelectionSetNode | None, *, top: bool) -> Weight:
        """The weight of selections; at the `top` they are questions."""
        depth = aliases = cost = 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                found = self._field(selection, top=top)
            elif isinstance(selection, FragmentSpreadNode):
                found = self._spread(selection.name.value, top=top)
            else:
                found = self.of(selection.selection_set, top=top)  # type: ignore[attr-defined]
            depth = max(depth, found.depth)
            aliases += found.aliases
            cost += found.cost
        return Weight(depth, aliases, cost)

    def _field(self, field: FieldNode, *, top: bool) -> Weight:
        name = field.name.value
        below = self.of(field.selection_set, top=False)
        own = BELOW.get(name, 1) if field.selection_set else 0
        times = 1
        if top:
            own, times = POINTS.get(name, own), self._times(field)
        # introspection has a rule of its own among the standard ones, and is deeper by nature
        depth = 0 if name.startswith("__") else 1 + below.depth
        return Weight(depth, below.aliases + (field.alias is not None), own + times * below.cost)

    def _spread(self, name: str, *, top: bool) -> Weight:
        if (name, top) not in self._weighed:
            self._weighed[name, top] = Weight()  # a circle adds nothing here; the standard rules refuse it
            if fragment := self._fragments.get(name):
                self._weighed[name, top] = self.of(fragment.selection_set, top=top)
        return self._weighed[name, top]

    def _times(self, field: FieldNode) -> int:
        if field.name.value not in PAGE:
            return 1
        argument, default = PAGE[field.name.value]
        for given in field.arguments or ():
            if given.name.value != argument:
                continue
            if isinstance(given.value, IntValueNode):
                return self._size(int(given.value.value[:9]))
            if isinstance(given.value, VariableNode):
                value = self._variables.get(given.value.name.value, default)
                return self._size(value) if isinstance(value, int) else self._most
        return default

    def _size(self, number: int) -> int:
        return max(1, min(number, self._most))


def _defaults(document: DocumentNode) -> dict[str, int]:
    """What variables hold where nobody gives them."""
    return {
        variable.variable.name.value: int(variable.default_value.value[:9])
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        for variable in operation.variable_definitions or ()
        if isinstance(variable.default_value, IntValueNode)
    }
