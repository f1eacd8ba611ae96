"""Introductions."""

from datetime import date
from typing import Self

import strawberry

from api.graphql.types.evidence import Act, Seen, Word
from api.graphql.types.person import Person
from api.graphql.types.source import Source
from api.graphql.types.target import Lead
from api.graphql.types.tie import Tie
from graph import answers
from graph.viewer import Viewer
from presentation import sentences
from presentation.dates import day

THROUGH = "How strong the best way is that leads through a colleague who has not agreed to be named: see `askToReveal`."
COMPLETE = "Whether all routes were looked at; false where the search was cut off for time: there may be better ones."


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
            acts=[Act.of(act, viewer) for act in found.steps],
            colleague=None
            if found.colleague is None
            else Tie.of(found.colleague, viewer.as_of, viewer.person_id or "", knows=found.colleague.strength > 0),
            odds=found.score,
            steps=sentences.steps(found),
            weakest=Act.of(sentences.weakest(found), viewer),
            shares_nobody=found.shares_nobody,
            unanswered=sentences.unanswered(found),
            forward=sentences.forward(found),
            seen_until=day(sentences.seen_until(found)),
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
    def of(cls, found: answers.NearestMiss) -> Self:
        return cls(
            people=[Person.of(person) for person in found.people],
            by=Person.of(found.from_person),
            towards=Person.of(found.to_person),
            out=Seen.of(found.outbound),
            back=Seen.of(found.inbound),
        )


@strawberry.type(description="No genuine route. It speaks of what was seen, never of the world.")
class Refusal(Answered):
    reason: answers.Reason = strawberry.field(description="Why.")
    says: str = strawberry.field(description="The same in a sentence.")
    nearest_miss: NearestMiss | None = strawberry.field(description="How near it came; none where no chain was seen.")
    mend: str = strawberry.field(description="The smallest change that would open a route.")
    leads: list[Lead] = strawberry.field(description="Whom one might ask whether they know the target, three at most.")
