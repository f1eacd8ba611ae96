"""The maximum size of each list in the schema whose size no argument sets.

Resolvers cut these lists with `bounded`. tests/api/graphql/request/test_costs.py checks that each list of the schema is
here, has an argument of SIZE_ARGUMENTS, or is the page of a connection.
"""

from collections.abc import Sequence
from typing import TypeVar

from graphql import GraphQLField, GraphQLList, GraphQLNonNull, get_named_type

from api.request_limits import MAX_INTRODUCERS
from graph.insights.health import GROUPS_SHOWN, INNER_CIRCLE_SIZE, QUARTERS_SHOWN, HealthDimension
from graph.insights.measures.goal_progress import INTRODUCERS_NAMED
from graph.insights.measures.goals import MAX_GOAL_TARGETS
from graph.insights.measures.network_map import MAX_KNOWN, MAX_MAP_TIES, MAX_REACHED
from graph.insights.planning.introduction_plan import MAX_PLANNED_TARGETS
from graph.insights.planning.new_ties import MAX_NEW_TIES
from graph.insights.review.archived_connections import MAX_ARCHIVED_AT_ONCE
from graph.insights.review.fake_accounts import FakeAccountSign
from graph.insights.review.invitations import MAX_MUTUAL_CONTACTS, InvitationRule
from graph.insights.review.prune import PruneRule
from graph.introductions.listed_routes import MAX_ASLEEP_INTRODUCERS
from graph.lookup.possible_connectors import MAX_CONNECTORS, MAX_CONTACTS
from graph.lookup.resolve import MAX_CANDIDATES
from graph.lookup.similar_names import MAX_SIMILAR
from graph.networks.load_jobs import MAX_LISTED_JOBS
from graph.networks.permissions import Scope
from graph.records import Channel
from graph.requests.protection import MAX_NO_GO
from graph.requests.states import RequestAction
from graph.strength.statement_kinds import StatementKind
from presentation.kinds import SourceKind
from presentation.request_json import MAX_TRANSITIONS

T = TypeVar("T")

SIZE_ARGUMENTS = ("first", "limit", "months")
"""Arguments that set the size of a list. Their maximum is checked by the resolver."""
OBJECTS_PER_POINT = 20
"""Objects of one list that cost a point together, where the document asks for no object inside them."""
MAX_ITEMS = 50
MAX_DUPLICATES = 10
MAX_REPORT_LINES = 200
MAX_NOTIFIED_PEOPLE = 1_000
_MOST_INTRODUCERS = MAX_INTRODUCERS + 1
"""Those of a route that begins at a colleague, the colleague included."""
SET_ABOVE = 0
"""The size of the list is set by an argument of the field that contains it."""

LIST_BOUNDS = {
    "AlreadyKnown.asleepIntroducers": MAX_ASLEEP_INTRODUCERS,
    "AlreadyKnown.unreachableIntroducers": MAX_ASLEEP_INTRODUCERS,
    "AlreadyKnown.possibleDuplicates": MAX_DUPLICATES,
    "AlreadyKnown.routes": SET_ABOVE,
    "AlreadyKnown.sources": MAX_ITEMS,
    "AmbiguousTarget.candidates": MAX_CANDIDATES,
    "AuditEntry.people": MAX_ITEMS,
    "Candidate.sources": len(SourceKind),
    "Colleagues.ties": MAX_ITEMS,
    "ArchivePeoplePayload.restorableIds": MAX_ARCHIVED_AT_ONCE,
    "ArchivePeoplePayload.archivedPersonIds": MAX_ARCHIVED_AT_ONCE,
    "ArchivePeoplePayload.inUsePersonIds": MAX_ARCHIVED_AT_ONCE,
    "ArchivePeoplePayload.unknownPersonIds": MAX_ARCHIVED_AT_ONCE,
    "Company.currentContacts": MAX_CONTACTS,
    "Company.formerContacts": MAX_CONTACTS,
    "Company.similarCompanies": MAX_SIMILAR,
    "ErasureRequest.claimingSources": MAX_ITEMS,
    "ErasureRequest.linkedIdentities": MAX_ITEMS,
    "ErasureRequest.names": MAX_ITEMS,
    "ErasureRequest.sources": MAX_ITEMS,
    "Evidence.counts": len(Channel),
    "Evidence.statements": len(StatementKind),
    "Goal.companies": MAX_GOAL_TARGETS,
    "Goal.fields": MAX_GOAL_TARGETS,
    "Goal.roles": MAX_GOAL_TARGETS,
    "GoalTarget.introducers": INTRODUCERS_NAMED,
    "IdentityDecision.firstIdentities": MAX_ITEMS,
    "IdentityDecision.secondIdentities": MAX_ITEMS,
    "IntroducerPreferences.noGoCompanies": MAX_NO_GO,
    "IntroducerPreferences.noGoIdentities": MAX_NO_GO,
    "IntroductionRequest.availableActions": len(RequestAction),
    "IntroductionRequest.transitions": MAX_TRANSITIONS,
    "IntroductionPlan.loads": MAX_PLANNED_TARGETS,
    "IntroductionPlan.newTies": MAX_NEW_TIES,
    "IntroductionPlan.targets": MAX_PLANNED_TARGETS,
    "Introductions.asleepIntroducers": MAX_ASLEEP_INTRODUCERS,
    "Introductions.unreachableIntroducers": MAX_ASLEEP_INTRODUCERS,
    "Introductions.possibleDuplicates": MAX_DUPLICATES,
    "Introductions.routes": SET_ABOVE,
    "Introductions.sources": MAX_ITEMS,
    "InvitationReview.mutualContacts": MAX_MUTUAL_CONTACTS,
    "InvitationReview.reasons": len(InvitationRule),
    "LoadJob.report": MAX_REPORT_LINES,
    "NearestMiss.people": _MOST_INTRODUCERS + 1,
    "NetworkGoal.targets": 3 * MAX_GOAL_TARGETS,
    "NetworkHealth.acceptance": 4,
    "NetworkHealth.groups": GROUPS_SHOWN * len(HealthDimension),
    "NetworkHealth.innerCircle": INNER_CIRCLE_SIZE,
    "NetworkHealth.quarters": QUARTERS_SHOWN + 1,
    "NetworkHealth.reach": MAX_INTRODUCERS + 1,
    "NetworkMap.people": MAX_KNOWN + MAX_REACHED,
    "NetworkMap.ties": MAX_MAP_TIES,
    "PeopleNotifiedPayload.people": MAX_NOTIFIED_PEOPLE,
    "Person.identities": MAX_ITEMS,
    "PersonErasure.identities": MAX_ITEMS,
    "PersonErasure.possibleDuplicates": MAX_DUPLICATES,
    "PersonErasure.sources": MAX_ITEMS,
    "PruneReason.signs": len(FakeAccountSign),
    "PruneSuggestion.reasons": len(PruneRule),
    "Query.loadJobs": MAX_LISTED_JOBS,
    "Query.requestBalances": MAX_ITEMS,
    "Refusal.possibleConnectors": MAX_CONNECTORS,
    "Refusal.asleepIntroducers": MAX_ASLEEP_INTRODUCERS,
    "Refusal.unreachableIntroducers": MAX_ASLEEP_INTRODUCERS,
    "Refusal.possibleDuplicates": MAX_DUPLICATES,
    "Refusal.sources": MAX_ITEMS,
    "Route.introducers": _MOST_INTRODUCERS,
    "Route.steps": _MOST_INTRODUCERS + 1,
    "TargetAnswer.asleepIntroducers": MAX_ASLEEP_INTRODUCERS,
    "TargetAnswer.unreachableIntroducers": MAX_ASLEEP_INTRODUCERS,
    "TargetAnswer.possibleDuplicates": MAX_DUPLICATES,
    "TargetAnswer.sources": MAX_ITEMS,
    "TieHistory.months": SET_ABOVE,
    "TieHistory.possibleChanges": 5,
    "Token.scopes": len(Scope),
    "UnknownTarget.possibleConnectors": MAX_CONNECTORS,
    "UnknownTarget.similarPeople": MAX_SIMILAR,
    "Viewer.scopes": len(Scope),
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
