"""The schema, composed of its nouns. `make schema` writes api/schema.graphql anew."""

from datetime import date
from pathlib import Path
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import DisableIntrospection, ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext, ExecutionResult, get_object_definition

from api.context import Info
from api.graphql.asking.colleagues import ColleaguesQuery
from api.graphql.asking.companies import CompaniesQuery
from api.graphql.asking.fading import FadingQuery
from api.graphql.asking.introductions import IntroductionsQuery
from api.graphql.asking.people import PeopleQuery
from api.graphql.asking.person import PersonQuery
from api.graphql.asking.ties import TiesQuery
from api.graphql.contributing.duplicates import DuplicatesMutation, DuplicatesQuery
from api.graphql.contributing.sources import SourcesQuery
from api.graphql.contributing.statements import ChangesMutation, StatementsQuery
from api.graphql.contributing.uploads import JobsMutation, JobsQuery
from api.graphql.errors import told
from api.graphql.idempotency import Keyed, MadeOnce
from api.graphql.permissions import Allowed
from api.graphql.privacy.audit import AuditQuery
from api.graphql.privacy.data_subjects import PrivacyMutation, PrivacyQuery
from api.graphql.privacy.notices import NoticesMutation, NoticesQuery
from api.graphql.rate_limit_extension import Measured
from api.graphql.team.exclusions import PassedOverMutation, PassedOverQuery
from api.graphql.team.members import MembersMutation, MembersQuery
from api.graphql.team.sharing import SharingMutation, SharingQuery
from api.graphql.team.tokens import TokensMutation, TokensQuery
from api.graphql.team.visibility_requests import RevealMutation, RevealQuery
from api.graphql.types.enums import ordered
from api.graphql.types.person import Person
from graph.networks.permissions import Role, Scope
from presentation.dates import day

COMMITTED = Path(__file__).parents[1] / "schema.graphql"


@strawberry.type(description="Whoever asks.")
class Viewer:
    as_of: date = strawberry.field(description="The day that all ties are as of.")
    odds_fitted: date | None = strawberry.field(
        description="When odds were fitted to this network's own history; none where they are the shipped model's."
    )
    up_to_date: bool = strawberry.field(description="Whether everything that was loaded counts in them by now.")
    role: Role = strawberry.field(description="What they are in the network.")
    scopes: list[Scope] = strawberry.field(description="What the token is for that they ask with.")

    @strawberry.field(description="Their own person; none where no source says yet who that is.")
    async def person(self, info: Info) -> Person | None:
        return Person.of(await info.context.people.load(info.context.me)) if info.context.me else None


@strawberry.type(description="Questions.")
class Query(
    IntroductionsQuery,
    ColleaguesQuery,
    PeopleQuery,
    TiesQuery,
    CompaniesQuery,
    SourcesQuery,
    StatementsQuery,
    FadingQuery,
    PersonQuery,
    DuplicatesQuery,
    JobsQuery,
    SharingQuery,
    PassedOverQuery,
    RevealQuery,
    PrivacyQuery,
    AuditQuery,
    NoticesQuery,
    MembersQuery,
    TokensQuery,
):
    @strawberry.field(description="Whoever asks: told by the token, never by an argument.")
    def viewer(self, info: Info) -> Viewer:
        context = info.context
        found = context.state
        return Viewer(
            as_of=day(found.as_of),
            odds_fitted=day(found.fit.day) if found.fit else None,
            up_to_date=not found.needs_recovery,
            role=context.holder.role,
            scopes=ordered(context.holder.scopes),
        )


@strawberry.type(description="Changes. Each can be repeated without harm.")
class Mutation(
    JobsMutation,
    ChangesMutation,
    DuplicatesMutation,
    SharingMutation,
    PassedOverMutation,
    RevealMutation,
    PrivacyMutation,
    NoticesMutation,
    MembersMutation,
    TokensMutation,
):
    pass


for change in get_object_definition(Mutation, strict=True).fields:
    change.extensions.append(Keyed())


class Schema(strawberry.Schema):
    """The schema as it is served."""

    @staticmethod
    def remove_field_suggestion(error: GraphQLError) -> None:
        """Suggest nothing at all: Strawberry would still help with types, arguments and values."""
        error.message = error.message.partition(" Did you mean ")[0]

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> ExecutionResult:
        """Execute, and tell of what went wrong only what is meant for clients."""
        result = await super().execute(query, variable_values, context_value, *args, **kwargs)
        if result.errors:
            result.errors = told(result.errors, context_value)
        return result

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing: Strawberry would log tracebacks and what was asked; api.errors logs what may be."""


def schema(*, introspection: bool = False) -> Schema:
    """The whole schema, which describes itself to clients only where asked to."""
    # programs send the same few documents again and again: a quarter of an answer's work was to read them
    extensions: list[type[SchemaExtension]] = [Allowed, Measured, MadeOnce, ParserCache, ValidationCache]
    if not introspection:
        extensions.append(DisableIntrospection)
    return Schema(
        query=Query,
        mutation=Mutation,
        extensions=extensions,
        config=StrawberryConfig(disable_field_suggestions=not introspection),
    )


if __name__ == "__main__":
    COMMITTED.write_text(schema().as_str() + "\n", "utf-8")
