"""The maximum size of each list in the schema whose size no argument sets.

Resolvers cut these lists with `bounded`. tests/api/graphql/request/test_costs.py checks that each list of the schema is
here, has an argument of SIZE_ARGUMENTS, or is the page of a connection.
"""

from collections.abc import Sequence
from typing import TypeVar

from graphql import GraphQLField, GraphQLList, GraphQLNonNull, get_named_type

from graph.insights.introduction_plan import MAX_PLANNED_TARGETS
from graph.insights.new_ties import MAX_NEW_TIES
from graph.lookup.possible_connectors import MAX_CONTACTS
from graph.lookup.similar_names import MAX_SIMILAR

T = TypeVar("T")

SIZE_ARGUMENTS = ("first", "limit", "months")
"""Arguments that set the size of a list. Their maximum is checked by the resolver."""
OBJECTS_PER_POINT = 20
"""Objects of one list that cost a point together, where the document asks for no object inside them."""
MAX_ITEMS = 50
MAX_DUPLICATES = 10
MAX_REPORT_LINES = 200
SET_ABOVE = 0
"""The size of the list is set by an argument of the field that contains it."""

LIST_BOUNDS = {
    "AlreadyKnown.possibleDuplicates": MAX_DUPLICATES,
    "AlreadyKnown.routes": SET_ABOVE,
    "AlreadyKnown.sources": MAX_ITEMS,
    "AmbiguousTarget.candidates": 20,
    "AuditEntry.people": MAX_ITEMS,
    "Candidate.sources": 18,
    "Colleagues.ties": MAX_ITEMS,
    "Company.currentContacts": MAX_CONTACTS,
    "Company.formerContacts": MAX_CONTACTS,
    "Company.similarCompanies": MAX_SIMILAR,
    "ErasureRequest.claimingSources": MAX_ITEMS,
    "ErasureRequest.linkedIdentities": MAX_ITEMS,
    "ErasureRequest.names": MAX_ITEMS,
    "ErasureRequest.sources": MAX_ITEMS,
    "Evidence.counts": 16,
    "Evidence.statements": 5,
    "IdentityDecision.firstIdentities": MAX_ITEMS,
    "IdentityDecision.secondIdentities": MAX_ITEMS,
    "IntroducerPreferences.noGoCompanies": 200,
    "IntroducerPreferences.noGoIdentities": 200,
    "IntroductionRequest.availableActions": 12,
    "IntroductionRequest.transitions": 20,
    "IntroductionPlan.loads": MAX_PLANNED_TARGETS,
    "IntroductionPlan.newTies": MAX_NEW_TIES,
    "IntroductionPlan.targets": MAX_PLANNED_TARGETS,
    "Introductions.possibleDuplicates": MAX_DUPLICATES,
    "Introductions.routes": SET_ABOVE,
    "Introductions.sources": MAX_ITEMS,
    "LoadJob.report": MAX_REPORT_LINES,
    "NearestMiss.people": 5,
    "PeopleNotifiedPayload.people": 1_000,
    "Person.identities": MAX_ITEMS,
    "PersonErasure.identities": MAX_ITEMS,
    "PersonErasure.possibleDuplicates": MAX_DUPLICATES,
    "PersonErasure.sources": MAX_ITEMS,
    "Query.loadJobs": 20,
    "Query.requestBalances": MAX_ITEMS,
    "Refusal.possibleConnectors": 3,
    "Refusal.possibleDuplicates": MAX_DUPLICATES,
    "Refusal.sources": MAX_ITEMS,
    "Route.introducers": 4,
    "Route.steps": 5,
    "TargetAnswer.possibleDuplicates": MAX_DUPLICATES,
    "TargetAnswer.sources": MAX_ITEMS,
    "TieHistory.months": SET_ABOVE,
    "TieHistory.possibleChanges": 5,
    "Token.scopes": 3,
    "UnknownTarget.possibleConnectors": 3,
    "UnknownTarget.similarPeople": MAX_SIMILAR,
    "Viewer.scopes": 3,
    "WithdrawStatementPayload.withdrawnStatements": MAX_ITEMS,
}
"""The maximum number of items by type and field."""


def size_argument(field: GraphQLField) -> str | None:
    """The argument that sets the size of the list or connection that a field returns. None if it has none."""
    return next((name for name in SIZE_ARGUMENTS if name in field.args), None)


def is_sized(field: GraphQLField) -> bool:
    """Whether the field returns a list or a connection, whose size its own argument sets."""
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList) or get_named_type(field.type).name.endswith("Connection")


def bounded(items: Sequence[T], most: int = MAX_ITEMS) -> list[T]:
    """The first `most` items."""
    return list(items[:most])
