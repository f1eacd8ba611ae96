"""Whom a question may mean where that is not one person in view, and leads: whom one might ask instead."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.acts import Act
from api.audit import noted
from api.context import Info
from api.days import day
from api.people import Person, PersonRef
from graph import answers
from graph.lookup.resolve import Target, find
from graph.privacy.audit_log import Asked
from graph.viewer import Viewer


@strawberry.type(
    description="Somebody who knows the viewer and works, or worked at the same time, where the target does. "
    "A hint whom to ask, never a route."
)
class Lead:
    person: Person = strawberry.field(description="Whom to ask whether they know the target.")
    company: str = strawberry.field(description="The company they share.")
    title: str | None = strawberry.field(description="What they do or did there.")
    since: date | None = strawberry.field(description="Since when.")
    until: date | None = strawberry.field(description="Until when; none where they are there now.")
    act: Act = strawberry.field(description="How surely they act when the viewer asks.")

    @classmethod
    def of(cls, found: answers.Lead, viewer: Viewer) -> Self:
        return cls(
            person=Person.of(found.person),
            company=found.company,
            title=found.title,
            since=day(found.since),
            until=day(found.until),
            act=Act.of(found.tie, viewer),
        )


@strawberry.type(description="One of several people whom a name may mean.")
class Candidate:
    person: Person = strawberry.field(description="The person; ask again with their id.")
    last_contact: date | None = strawberry.field(
        description="The last day anything passed between them and the viewer."
    )
    sources: list[str] = strawberry.field(description="The kinds of sources that name them.")

    @classmethod
    def of(cls, found: answers.Candidate) -> Self:
        return cls(person=Person.of(found.person), last_contact=day(found.last), sources=list(found.sources))


@strawberry.type(description="A name that means several people.")
class AmbiguousTarget:
    candidates: list[Candidate] = strawberry.field(description="Whom it may mean, twenty at most.")


@strawberry.type(description="Nobody in view is meant by that.")
class UnknownTarget:
    why: str = strawberry.field(description="Why, in a sentence.")
    leads: list[Lead] = strawberry.field(description="Whom one might ask, where a company was named.")


def meant(found: answers.AmbiguousTarget | answers.UnknownTarget, viewer: Viewer) -> AmbiguousTarget | UnknownTarget:
    """The same as the schema has it."""
    if isinstance(found, answers.AmbiguousTarget):
        return AmbiguousTarget(candidates=[Candidate.of(one) for one in found.candidates])
    return UnknownTarget(why=found.why, leads=[Lead.of(lead, viewer) for lead in found.leads])


PersonAnswer = Annotated[
    Person | AmbiguousTarget | UnknownTarget,
    strawberry.union("PersonAnswer", description="The person, or whom it may mean."),
]


@strawberry.type
class PersonQuery:
    @strawberry.field(description="Who is meant.")
    async def person(
        self, info: Info, ref: Annotated[PersonRef, strawberry.argument(description="Whom one means.")]
    ) -> PersonAnswer:
        found = await find(info.context.graph, info.context.viewer, ref.asked())
        if not isinstance(found, Target):
            return meant(found, info.context.viewer)
        await noted(info, Asked.PERSON, found.person.id)
        return Person.of(found.person)
