"""The query `introductions`."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.request.list_bounds import MAX_DUPLICATES, bounded
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.evidence import Step
from api.graphql.types.introductions import (
    AlreadyKnown,
    AsleepIntroducer,
    Introductions,
    NearestMiss,
    Refusal,
    Route,
    UnreachableIntroducer,
)
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.source import in_view
from api.graphql.types.target import AmbiguousTarget, PossibleConnector, UnknownTarget, unresolved
from api.request_limits import MAX_INTRODUCERS, MAX_ROUTES, Start
from graph import answers
from graph.introductions.as_of import why_not_as_of
from operations.ask import Reply, ask
from presentation import sentences
from presentation.dates import to_date, today

IntroductionsAnswer = Annotated[
    Introductions | AlreadyKnown | Refusal | AmbiguousTarget | UnknownTarget,
    strawberry.union("IntroductionsAnswer", description="The outcomes of a request for introductions."),
]
MaxIntroducers = Annotated[
    int, strawberry.argument(description=f"The maximum number of introducers on a route, 1 to {MAX_INTRODUCERS}.")
]


@strawberry.type
class IntroductionsQuery:
    @query(
        description="Find people who can introduce the viewer to the target, the highest score first.",
        cost=50,
    )
    async def introductions(
        self,
        info: Info,
        to: Annotated[PersonRef, strawberry.argument(description="The target.")],
        start: Annotated[Start, strawberry.argument(description="Where routes may start.")] = Start.ME,
        limit: Annotated[
            int, strawberry.argument(description=f"The maximum number of first introducers, 1 to {MAX_ROUTES}.")
        ] = 5,
        max_introducers: MaxIntroducers = 2,
        as_of: Annotated[
            date | None,
            strawberry.argument(
                description="An earlier date. The answer ignores all later evidence. It requires `start: ME` and "
                "`maxIntroducers` of at most 2. The field `tie` of a person still shows the current tie."
            ),
        ] = None,
        through_tag: Annotated[
            str | None,
            strawberry.argument(
                description="The name of a tag. Of the people whom the viewer could ask directly, only those with this "
                "tag are introducers. Not possible with `asOf`."
            ),
        ] = None,
    ) -> IntroductionsAnswer:
        if not 1 <= limit <= MAX_ROUTES:
            raise InvalidArgument(f"`limit` is 1 to {MAX_ROUTES}.")
        if not 1 <= max_introducers <= MAX_INTRODUCERS:
            raise InvalidArgument(f"`maxIntroducers` is 1 to {MAX_INTRODUCERS}.")
        team = start is Start.TEAM
        if as_of and (why := why_not_as_of(as_of, today=today(), max_introducers=max_introducers, team=team)):
            raise InvalidArgument(why)
        if as_of and through_tag is not None:
            raise InvalidArgument("Set either `asOf` or `throughTag`.")
        reply = await ask(
            info.context.session,
            to.reference(),
            team=team,
            limit=limit,
            max_introducers=max_introducers,
            as_of=as_of,
            through_tag=through_tag,
        )
        return answer_type(info, reply)


def answer_type(info: Info, reply: Reply) -> Introductions | AlreadyKnown | Refusal | AmbiguousTarget | UnknownTarget:
    """The reply as types of the schema. presentation/answer_json.py writes the same object for programs."""
    answer, viewer = reply.answer, reply.viewer
    if isinstance(answer, answers.AmbiguousTarget | answers.UnknownTarget):
        return unresolved(answer, viewer)
    target = Person.from_person(answer.target)
    duplicates = [Person.from_person(person) for person in bounded(answer.possible_duplicates, MAX_DUPLICATES)]
    as_of = to_date(viewer.as_of)
    sources = bounded(in_view(info.context))
    weak = answer.low_score_routes
    asleep = [
        AsleepIntroducer.from_introducer(each, viewer)
        for each in answer.asleep_introducers
        if each.tie.unreachable is None
    ]
    unreachable = [
        UnreachableIntroducer.from_introducer(each, each.tie.unreachable, viewer)
        for each in answer.asleep_introducers
        if each.tie.unreachable
    ]
    if isinstance(answer, answers.Refusal):
        return Refusal(
            target=target,
            possible_duplicates=duplicates,
            as_of=as_of,
            sources=sources,
            low_score_route_count=weak.count,
            low_score_routes_note=sentences.low_score_routes_note(weak, listed=0),
            asleep_introducers=asleep,
            unreachable_introducers=unreachable,
            reason=answer.reason,
            message=sentences.refusal_message(answer),
            nearest_miss=None if answer.nearest_miss is None else NearestMiss.from_near_miss(answer.nearest_miss),
            suggestion=answer.suggestion,
            possible_connectors=[PossibleConnector.from_connector(each, viewer) for each in answer.possible_connectors],
        )
    routes = [Route.from_route(route, viewer) for route in answer.routes]
    note = sentences.low_score_routes_note(weak, listed=len(routes))
    withheld = (
        None if answer.withheld_strength is None else StrengthLabel(sentences.strength_label(answer.withheld_strength))
    )
    if isinstance(answer, answers.AlreadyKnown):
        return AlreadyKnown(
            target=target,
            possible_duplicates=duplicates,
            as_of=as_of,
            sources=sources,
            low_score_route_count=weak.count,
            low_score_routes_note=note,
            asleep_introducers=asleep,
            unreachable_introducers=unreachable,
            step=Step.from_step(answer.tie, viewer),
            routes=routes,
            is_complete=answer.is_complete,
            withheld_strength_label=withheld,
        )
    return Introductions(
        target=target,
        possible_duplicates=duplicates,
        as_of=as_of,
        sources=sources,
        low_score_route_count=weak.count,
        low_score_routes_note=note,
        asleep_introducers=asleep,
        unreachable_introducers=unreachable,
        routes=routes,
        is_complete=answer.is_complete,
        withheld_strength_label=withheld,
    )
