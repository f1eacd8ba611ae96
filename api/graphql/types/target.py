"""Targets that are ambiguous or unknown, and possible connectors."""

from datetime import date
from typing import Self

import strawberry

from api.graphql.types.enums import SourceKind
from api.graphql.types.evidence import Step
from api.graphql.types.person import Person
from graph import answers
from graph.viewer import Viewer
from presentation.dates import to_date


@strawberry.type(
    description="A person who knows the viewer and may know the target: an assistant of the target, or somebody who "
    "shares or shared an employer with it. In `Company`: a person who works or worked there."
)
class PossibleConnector:
    person: Person = strawberry.field(description="The person who may know the target.")
    company: str = strawberry.field(
        description="The employer that the person shares with the target. For an assistant, the assistant's or the "
        "target's employer, or an empty string."
    )
    title: str | None = strawberry.field(
        description="The person's job title there. For an assistant, `assistant to NAME`. Null if no source gives one."
    )
    since: date | None = strawberry.field(
        description="The date on which the job began. Null if unknown, or if its source shares only strengths."
    )
    until: date | None = strawberry.field(
        description="The date on which the job ended. Null if current, or if its source shares only strengths."
    )
    step: Step = strawberry.field(description="The person's tie to the viewer.")

    @classmethod
    def from_connector(cls, possible_connector: answers.PossibleConnector, viewer: Viewer) -> Self:
        return cls(
            person=Person.from_person(possible_connector.person),
            company=possible_connector.company,
            title=possible_connector.title,
            since=to_date(possible_connector.since),
            until=to_date(possible_connector.until),
            step=Step.from_step(possible_connector.tie, viewer),
        )


@strawberry.type(description="One of several people who match a name.")
class Candidate:
    person: Person = strawberry.field(description="The person. Send the request again with this id.")
    last_contact: date | None = strawberry.field(
        description="The date of the last interaction with the viewer. Null if there is none."
    )
    sources: list[SourceKind] = strawberry.field(description="The kinds of the sources that name the person.")

    @classmethod
    def from_candidate(cls, candidate: answers.Candidate) -> Self:
        return cls(
            person=Person.from_person(candidate.person),
            last_contact=to_date(candidate.last_contact),
            sources=[SourceKind(kind) for kind in candidate.sources],
        )


@strawberry.type(description="The reference matches several people.")
class AmbiguousTarget:
    candidates: list[Candidate] = strawberry.field(description="The people who match, 2 to 20.")


@strawberry.type(
    description="There is no answer about this reference: nobody matches, it is the viewer or a shared mailbox, or the "
    "person objected."
)
class UnknownTarget:
    message: str = strawberry.field(description="Why there is no answer, in a sentence.")
    possible_connectors: list[PossibleConnector] = strawberry.field(
        description="People who may know the target. Empty unless the reference names a company."
    )
    only_candidate: Candidate | None = strawberry.field(
        default=None,
        description="The only person of the name, who is not at the company that the reference names. Null if the "
        "reference names no company, or if nobody or several people have the name.",
    )
    similar_people: list[Person] = strawberry.field(
        default_factory=list,
        description="People in view with a similar name, the most similar first, 3 at most. Empty unless nobody has "
        "the name.",
    )


def unresolved(
    outcome: answers.AmbiguousTarget | answers.UnknownTarget, viewer: Viewer
) -> AmbiguousTarget | UnknownTarget:
    """The outcome of a reference that does not resolve to one person."""
    if isinstance(outcome, answers.AmbiguousTarget):
        return AmbiguousTarget(candidates=[Candidate.from_candidate(each) for each in outcome.candidates])
    return UnknownTarget(
        message=outcome.message,
        possible_connectors=[PossibleConnector.from_connector(each, viewer) for each in outcome.possible_connectors],
        only_candidate=Candidate.from_candidate(outcome.only_candidate) if outcome.only_candidate else None,
        similar_people=[Person.from_person(person) for person in outcome.similar_people],
    )
