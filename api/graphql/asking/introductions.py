"""`introductions(to:)`: the question the service exists for."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.bad_argument import Unfit
from api.graphql.types.enums import DEEPEST, MOST
from api.graphql.types.evidence import Act, Word
from api.graphql.types.introductions import AlreadyKnown, Introductions, NearestMiss, Refusal, Route
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.source import Source, in_view
from api.graphql.types.target import AmbiguousTarget, Lead, UnknownTarget, meant
from api.request_limits import Start
from graph import answers
from graph.days import day_of
from graph.errors import QueryTimeout
from graph.introductions.answer import introductions
from graph.introductions.as_of import why_not_as_of
from graph.privacy.audit_log import AuditAction
from graph.viewer import Viewer
from operations.metrics import ROUTE_SEARCH_TIMEOUTS
from presentation import sentences
from presentation.dates import day, today

IntroductionsAnswer = Annotated[
    Introductions | AlreadyKnown | Refusal | AmbiguousTarget | UnknownTarget,
    strawberry.union("IntroductionsAnswer", description="All of them expected outcomes, none of them an error."),
]


@strawberry.type
class IntroductionsQuery:
    @strawberry.field(description="Who can genuinely introduce the viewer to somebody, best odds first.")
    async def introductions(
        self,
        info: Info,
        to: Annotated[PersonRef, strawberry.argument(description="The target.")],
        start: Annotated[Start, strawberry.argument(description="Where its routes may start.")] = Start.ME,
        limit: Annotated[int, strawberry.argument(description="People to ask, 20 at most.")] = 5,
        max_introducers: Annotated[int, strawberry.argument(description="How long a route may be, 1 to 3.")] = 2,
        as_of: Annotated[
            date | None,
            strawberry.argument(
                description="An earlier day: the same answer as if it were then and all later evidence unknown, with "
                "`maxIntroducers` 2 at most. A person's `tie` is today's all the same."
            ),
        ] = None,
    ) -> IntroductionsAnswer:
        if not 1 <= limit <= MOST:
            raise Unfit(f"`limit` is 1 to {MOST}.")
        if not 1 <= max_introducers <= DEEPEST:
            raise Unfit(f"`maxIntroducers` is 1 to {DEEPEST}.")
        team = start is Start.TEAM
        if as_of and (why := why_not_as_of(as_of, today=today(), max_introducers=max_introducers, team=team)):
            raise Unfit(why)
        context = info.context
        viewer = context.viewer.as_of_day(day_of(as_of)) if as_of else context.viewer
        try:
            found = await introductions(
                context.graph,
                viewer,
                to.asked(),
                team=team,
                limit=limit,
                max_introducers=max_introducers,
                seconds=context.meter.limits.search_seconds,
                state_for_past=context.state if as_of else None,
            )
        except QueryTimeout:
            ROUTE_SEARCH_TIMEOUTS.inc()
            raise
        if isinstance(found, answers.Introductions | answers.AlreadyKnown) and not found.is_complete:
            ROUTE_SEARCH_TIMEOUTS.inc()
        if isinstance(found, answers.AmbiguousTarget | answers.UnknownTarget):
            return meant(found, viewer)
        await noted(info, AuditAction.INTRODUCTIONS, found.target.id)
        return _answered(found, viewer, in_view(context))


def _answered(
    found: answers.Introductions | answers.AlreadyKnown | answers.Refusal, viewer: Viewer, sources: list[Source]
) -> Introductions | AlreadyKnown | Refusal:
    target = Person.of(found.target)
    same = [Person.of(person) for person in found.possible_duplicates]
    as_of = day(viewer.as_of)
    if isinstance(found, answers.Refusal):
        return Refusal(
            target=target,
            same=same,
            as_of=as_of,
            sources=sources,
            reason=found.reason,
            says=sentences.refused(found),
            nearest_miss=None if found.nearest_miss is None else NearestMiss.of(found.nearest_miss),
            mend=found.suggestion,
            leads=[Lead.of(lead, viewer) for lead in found.possible_connectors],
        )
    routes = [Route.of(route, viewer) for route in found.routes]
    through_team = None if found.withheld_strength is None else Word(sentences.word(found.withheld_strength))
    if isinstance(found, answers.AlreadyKnown):
        act = Act.of(found.tie, viewer)
        return AlreadyKnown(
            target=target,
            same=same,
            as_of=as_of,
            sources=sources,
            act=act,
            routes=routes,
            complete=found.is_complete,
            through_team=through_team,
        )
    return Introductions(
        target=target,
        same=same,
        as_of=as_of,
        sources=sources,
        routes=routes,
        complete=found.is_complete,
        through_team=through_team,
    )
