"""The schema, composed of the types of its packages. `make schema` writes api/schema.graphql."""

from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema
from strawberry.extensions import DisableIntrospection, ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext, ExecutionResult, get_object_definition
from strawberry.types.base import StrawberryOptional

from api.context import Info
from api.graphql.asking.colleagues import ColleaguesQuery
from api.graphql.asking.companies import CompaniesQuery, Company
from api.graphql.asking.fading import FadingQuery
from api.graphql.asking.introductions import IntroductionsQuery
from api.graphql.asking.people import PeopleQuery
from api.graphql.asking.person import PersonQuery
from api.graphql.asking.ties import TiesQuery
from api.graphql.contributing.duplicates import DuplicatesMutation, DuplicatesQuery
from api.graphql.contributing.sources import SourcesMutation, SourcesQuery
from api.graphql.contributing.statements import StatementsMutation, StatementsQuery
from api.graphql.contributing.uploads import JobsMutation, JobsQuery
from api.graphql.errors import masked
from api.graphql.field import Rules, rules_of
from api.graphql.insights.goals import GoalsMutation, GoalsQuery
from api.graphql.insights.health import HealthQuery, NetworkHealth
from api.graphql.insights.invitations import InvitationsQuery
from api.graphql.insights.network_map import NetworkMapQuery
from api.graphql.insights.nurture import NurtureMutation, NurtureQuery
from api.graphql.insights.plans import PlansQuery
from api.graphql.insights.reciprocity import ReciprocityQuery
from api.graphql.insights.review import ReviewMutation, ReviewQuery
from api.graphql.insights.tags import TagsMutation, TagsQuery
from api.graphql.node import NodeQuery
from api.graphql.privacy.address_proof import AddressProofMutation
from api.graphql.privacy.audit import AuditQuery
from api.graphql.privacy.data_subjects import PrivacyMutation, PrivacyQuery
from api.graphql.privacy.erasure_requests import ErasureRequestsMutation, ErasureRequestsQuery
from api.graphql.privacy.notices import NoticesMutation, NoticesQuery
from api.graphql.request.cost_limit import CostLimit, reject
from api.graphql.request.costs import KnownCosts
from api.graphql.request.deadline import Deadline
from api.graphql.request.idempotency import Idempotency
from api.graphql.request.list_bounds import size_argument
from api.graphql.request.permissions import PermissionCheck
from api.graphql.request.validation import Validation
from api.graphql.requesting.notifications import NotificationsMutation, NotificationsQuery
from api.graphql.requesting.preferences import PreferencesMutation, PreferencesQuery
from api.graphql.requesting.requests import RequestsMutation, RequestsQuery
from api.graphql.requesting.types import IntroductionRequest
from api.graphql.requesting.webhooks import WebhooksMutation, WebhooksQuery
from api.graphql.team.exclusions import ExclusionsMutation, ExclusionsQuery
from api.graphql.team.introducer_visibility import IntroducerVisibilityMutation
from api.graphql.team.members import MembersMutation, MembersQuery
from api.graphql.team.sharing import SharingMutation, SharingQuery
from api.graphql.team.tokens import TokensMutation, TokensQuery
from api.graphql.types.enums import ordered
from api.graphql.types.person import Person
from api.graphql.types.tie import Tie
from graph.networks.permissions import Role, Scope
from presentation.dates import to_date

COMMITTED = Path(__file__).parents[1] / "schema.graphql"


@strawberry.type(description="The member who sends the request.")
class Viewer:
    as_of: date = strawberry.field(description="The date that stored ties are valid for.")
    calibrated_on: date | None = strawberry.field(
        description="The date on which the strength model was calibrated on this network. Null if it never was."
    )
    is_up_to_date: bool = strawberry.field(description="Whether ties are derived from everything that is loaded.")
    role: Role = strawberry.field(description="The viewer's role in the network.")
    scopes: list[Scope] = strawberry.field(description="The scopes of the token of the request.")

    @strawberry.field(description="The viewer's person. Null if no loaded source identifies the viewer.")
    async def person(self, info: Info) -> Person | None:
        return (
            Person.from_person(await info.context.people.get(info.context.viewer_person_id))
            if info.context.viewer_person_id
            else None
        )


@strawberry.type(description="The queries.")
class Query(
    IntroductionsQuery,
    ColleaguesQuery,
    PeopleQuery,
    TiesQuery,
    CompaniesQuery,
    SourcesQuery,
    StatementsQuery,
    FadingQuery,
    HealthQuery,
    NetworkMapQuery,
    GoalsQuery,
    PersonQuery,
    DuplicatesQuery,
    JobsQuery,
    SharingQuery,
    ExclusionsQuery,
    RequestsQuery,
    PreferencesQuery,
    NotificationsQuery,
    NurtureQuery,
    ReciprocityQuery,
    WebhooksQuery,
    PrivacyQuery,
    ErasureRequestsQuery,
    AuditQuery,
    NoticesQuery,
    MembersQuery,
    TokensQuery,
    PlansQuery,
    ReviewQuery,
    TagsQuery,
    InvitationsQuery,
    NodeQuery,
):
    @strawberry.field(description="Get the member who sends the request.")
    def viewer(self, info: Info) -> Viewer:
        context = info.context
        state = context.state
        return Viewer(
            as_of=to_date(state.as_of),
            calibrated_on=to_date(state.fit.day) if state.fit else None,
            is_up_to_date=not state.needs_recovery,
            role=context.holder.role,
            scopes=ordered(context.holder.scopes),
        )


@strawberry.type(
    description="The mutations. Without `idempotencyKey`, `createInvitation`, `createToken`, `createLoadJob`, "
    "`createIntroductionRequest` and `createNextIntroductionRequest` create a new object each time. Every other "
    "mutation can be sent again without further effect."
)
class Mutation(
    JobsMutation,
    ReviewMutation,
    SourcesMutation,
    StatementsMutation,
    DuplicatesMutation,
    SharingMutation,
    ExclusionsMutation,
    IntroducerVisibilityMutation,
    RequestsMutation,
    PreferencesMutation,
    GoalsMutation,
    TagsMutation,
    NotificationsMutation,
    NurtureMutation,
    WebhooksMutation,
    PrivacyMutation,
    AddressProofMutation,
    ErasureRequestsMutation,
    NoticesMutation,
    MembersMutation,
    TokensMutation,
):
    pass


for _field in get_object_definition(Query, strict=True).fields:
    # one field that fails leaves the others of the request as they are
    if not isinstance(_field.type, StrawberryOptional):
        _field.type = StrawberryOptional(_field.type)

for _mutation in get_object_definition(Mutation, strict=True).fields:
    for _argument in _mutation.arguments:
        _argument.description = "The input of the mutation."

RULES = rules_of(Query, Mutation, Company, Tie, IntroductionRequest, NetworkHealth)


class Schema(strawberry.Schema):
    """The schema as it is served."""

    rules: Rules = RULES

    @cached_property
    def costs(self) -> KnownCosts:
        """The costs of documents that were checked."""
        return KnownCosts()

    @property
    def definition(self) -> GraphQLSchema:
        """The schema as graphql-core reads it."""
        return self._schema

    @staticmethod
    def remove_field_suggestion(error: GraphQLError) -> None:
        """Remove every suggestion. Strawberry removes only those of fields."""
        error.message = error.message.partition(" Did you mean ")[0]

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> ExecutionResult:
        """Execute a request, and mask its errors. A request that is not executed costs a point."""
        account = await context_value.meter.charge(context_value.viewer, 1, only_test=True)
        if account.is_enough:
            result = await super().execute(query, variable_values, context_value, *args, **kwargs)
            if not context_value.is_charged:
                account = await context_value.meter.charge(context_value.viewer, 1)
                context_value.response.headers.update(account.headers)
        else:
            result = ExecutionResult(data=None, errors=[reject(context_value, account)])
        if result.errors:
            result.errors = masked(result.errors, context_value)
        return result

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing. Strawberry would log tracebacks and queries; api.graphql.errors logs defects without them."""


@cache
def schema(*, introspection: bool = False) -> Schema:
    """The schema, with or without introspection."""
    # programs send few different documents; to parse and validate them took a quarter of the time of a response
    extensions: list[type[SchemaExtension]] = [
        PermissionCheck,
        CostLimit,
        Idempotency,
        Deadline,
        ParserCache,
    ]
    extensions += [ValidationCache] if introspection else [Validation, DisableIntrospection]
    return Schema(
        query=Query,
        mutation=Mutation,
        extensions=extensions,
        config=StrawberryConfig(disable_field_suggestions=not introspection),
    )


def _times(definition: GraphQLSchema, name: str) -> str:
    """The argument of a field that multiplies the cost of what it contains, as a cell of the table."""
    kind, _, field = name.rpartition(".")
    root = definition.query_type if field in RULES.queries else definition.mutation_type
    owner = definition.type_map[kind] if kind else root
    assert isinstance(owner, GraphQLObjectType)
    argument = size_argument(owner.fields[field])
    if argument is None:
        return ""
    default = owner.fields[field].args[argument].default_value
    return f"`{argument}` (default {default})" if isinstance(default, int) else f"`{argument}`"


def rules_table() -> str:
    """The permission and cost of each field that declares more than the default, as the table in docs/api.md."""
    declared = {**RULES.queries, **RULES.mutations, **RULES.nested}
    definition = schema().definition
    rows = [
        f"| `{name}` | {rule.permission.value} | {rule.cost} | {_times(definition, name)} |"
        for name, rule in declared.items()
    ]
    return "\n".join(["| field | permission | points | times |", "| --- | --- | --- | --- |", *rows])


if __name__ == "__main__":
    COMMITTED.write_text(schema().as_str() + "\n", "utf-8")
