"""`introductions(to:)`: the question the service exists for."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api import words
from api.acts import Act, Seen, Word
from api.audit import noted
from api.context import Info
from api.days import day, today
from api.errors import Unfit
from api.metrics import CUT_OFF
from api.people import Person, PersonRef
from api.sources import Source, in_view
from api.targets import AmbiguousTarget, Lead, UnknownTarget, meant
from api.ties import Tie
from graph import answers
from graph.days import day_of
from graph.errors import TooSlow
from graph.introductions.answer import introductions
from graph.introductions.as_of import unfit
from graph.privacy.audit_log import Asked
from graph.viewer import Viewer

MOST = 20
"""People to ask in one answer at most."""
DEEPEST = 3
THROUGH = "How strong the best way is that leads through a colleague who has not agreed to be named: see `askToReveal`."
COMPLETE = "Whether all routes were looked at; false where the search was cut off for time: there may be better ones."


@strawberry.enum(description="Where routes may start: at whoever asks; at any colleague who shares a source, too.")
class Start(StrEnum):
    ME = "me"
    TEAM = "team"


strawberry.enum(answers.Reason, description="Why the one failing link of the nearest miss fails.")


@strawberry.type(description="One way to the target, through people who know each other.")
class Route:
    introducers: list[Person] = strawberry.field(description="The one to ask first, then whom they would ask.")
    target: Person = strawberry.field(description="Where the route ends.")
    acts: list[Act] = strawberry.field(
        description="What it needs: the introducers' acts from the viewer outwards, the last introducer's towards the "
        "target, then the target's answer. That a colleague acts for the viewer is taken for granted."
    )
    colleague: Tie | None = strawberry.field(
        description="Where the one to ask first is a colleague: what they are to the viewer. No part of `odds`."
    )
    odds: float | None = strawberry.field(
        description="Product of the acts it needs, 0 to 1: it orders; people read words. None where an act has none."
    )
    steps: str = strawberry.field(description="The route told as its steps, each with its word.")
    weakest: Act = strawberry.field(description="The act with the least odds: what the route hangs on.")
    shares_nobody: bool = strawberry.field(description="Whether it is a fallback: shares nobody with the best route.")
    unanswered: str | None = strawberry.field(description="Said where the target has never been seen to answer.")
    forward: str = strawberry.field(description="A short text to send to the one to ask, made of facts only.")
    seen_until: date | None = strawberry.field(description="Up to which day every step of it could be seen.")

    @classmethod
    def of(cls, found: answers.Route, viewer: Viewer) -> Self:
        return cls(
            introducers=[Person.of(person) for person in found.people[:-1]],
            target=Person.of(found.people[-1]),
            acts=[Act.of(act, viewer) for act in found.acts],
            colleague=None
            if found.colleague is None
            else Tie.of(found.colleague, viewer.as_of, viewer.person_id or "", knows=found.colleague.odds > 0),
            odds=found.odds,
            steps=words.steps(found),
            weakest=Act.of(words.weakest(found), viewer),
            shares_nobody=found.apart,
            unanswered=words.unanswered(found),
            forward=words.forward(found),
            seen_until=day(words.seen_until(found)),
        )


@strawberry.interface(description="What every answer about one target rests on.")
class Answered:
    target: Person = strawberry.field(description="Who is meant.")
    same: list[Person] = strawberry.field(description="Others who are probably the same person, treated as one.")
    as_of: date = strawberry.field(description="The day it speaks of.")
    sources: list[Source] = strawberry.field(description="Where it looked, and until when they saw.")


@strawberry.type(description="People to ask, best odds first: for each the best route through them.")
class Introductions(Answered):
    routes: list[Route] = strawberry.field(description="The routes, one for each person to ask.")
    complete: bool = strawberry.field(description=COMPLETE)
    through_team: Word | None = strawberry.field(description=THROUGH)


@strawberry.type(description="The target knows the viewer: ask directly.")
class AlreadyKnown(Answered):
    act: Act = strawberry.field(description="How surely the target acts when the viewer asks.")
    routes: list[Route] = strawberry.field(description="Others to ask, where that tie is weak.")
    complete: bool = strawberry.field(description=COMPLETE)
    through_team: Word | None = strawberry.field(description=THROUGH)


@strawberry.type(description="The chain that came nearest, and where it breaks.")
class NearestMiss:
    people: list[Person] = strawberry.field(description="From the viewer to the target.")
    by: Person = strawberry.field(description="Who would have to act.")
    towards: Person = strawberry.field(description="Whom they do not know.")
    out: Seen = strawberry.field(description="What the one was seen to do towards the other.")
    back: Seen = strawberry.field(description="What the other was seen to do towards the one.")

    @classmethod
    def of(cls, found: answers.Miss) -> Self:
        return cls(
            people=[Person.of(person) for person in found.people],
            by=Person.of(found.by),
            towards=Person.of(found.towards),
            out=Seen.of(found.out),
            back=Seen.of(found.back),
        )


@strawberry.type(description="No genuine route. It speaks of what was seen, never of the world.")
class Refusal(Answered):
    reason: answers.Reason = strawberry.field(description="Why.")
    says: str = strawberry.field(description="The same in a sentence.")
    nearest_miss: NearestMiss | None = strawberry.field(description="How near it came; none where no chain was seen.")
    mend: str = strawberry.field(description="The smallest change that would open a route.")
    leads: list[Lead] = strawberry.field(description="Whom one might ask whether they know the target, three at most.")


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
        if as_of and (why := unfit(as_of, today=today(), max_introducers=max_introducers, team=team)):
            raise Unfit(why)
        context = info.context
        viewer = context.viewer.on(day_of(as_of)) if as_of else context.viewer
        try:
            found = await introductions(
                context.graph,
                viewer,
                to.asked(),
                team=team,
                limit=limit,
                max_introducers=max_introducers,
                seconds=context.meter.limits.search_seconds,
                then=context.state if as_of else None,
            )
        except TooSlow:
            CUT_OFF.inc()
            raise
        if isinstance(found, answers.Introductions | answers.AlreadyKnown) and not found.complete:
            CUT_OFF.inc()
        if isinstance(found, answers.AmbiguousTarget | answers.UnknownTarget):
            return meant(found, viewer)
        await noted(info, Asked.INTRODUCTIONS, found.target.id)
        return _answered(found, viewer, in_view(context))


def _answered(
    found: answers.Introductions | answers.AlreadyKnown | answers.Refusal, viewer: Viewer, sources: list[Source]
) -> Introductions | AlreadyKnown | Refusal:
    target = Person.of(found.target)
    same = [Person.of(person) for person in found.same]
    as_of = day(viewer.as_of)
    if isinstance(found, answers.Refusal):
        return Refusal(
            target=target,
            same=same,
            as_of=as_of,
            sources=sources,
            reason=found.reason,
            says=words.refused(found),
            nearest_miss=None if found.miss is None else NearestMiss.of(found.miss),
            mend=found.mend,
            leads=[Lead.of(lead, viewer) for lead in found.leads],
        )
    routes = [Route.of(route, viewer) for route in found.routes]
    through_team = None if found.through_team is None else Word(words.word(found.through_team))
    if isinstance(found, answers.AlreadyKnown):
        act = Act.of(found.tie, viewer)
        return AlreadyKnown(
            target=target,
            same=same,
            as_of=as_of,
            sources=sources,
            act=act,
            routes=routes,
            complete=found.complete,
            through_team=through_team,
        )
    return Introductions(
        target=target,
        same=same,
        as_of=as_of,
        sources=sources,
        routes=routes,
        complete=found.complete,
        through_team=through_team,
    )
