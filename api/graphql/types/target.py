"""Target."""

from datetime import date
from typing import Self

import strawberry

from api.graphql.types.evidence import Act
from api.graphql.types.person import Person
from graph import answers
from graph.viewer import Viewer
from presentation.dates import day


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
    def of(cls, found: answers.PossibleConnector, viewer: Viewer) -> Self:
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
        return cls(person=Person.of(found.person), last_contact=day(found.last_contact), sources=list(found.sources))


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
    return UnknownTarget(why=found.message, leads=[Lead.of(lead, viewer) for lead in found.possible_connectors])
