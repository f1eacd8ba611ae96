"""Evidence of a pair and the steps of a route."""

from datetime import date
from typing import Self

import strawberry

from api.graphql.types.enums import StatementKind, StrengthLabel
from api.graphql.types.person import Person
from graph import answers
from graph.records import Channel
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.viewer import Viewer
from presentation.dates import to_date
from presentation.sentences import evidence_text, strength_label

strawberry.enum(
    Channel,
    description="The channel of an interaction. INVITATION: a LinkedIn invitation with a note. MEETING: at most 8 "
    "people. LARGE_MEETING: 9 to 20. CHAT: a direct message. THREAD: a message in a group or thread. REACTION: a "
    "reaction to a message. STATEMENT_*: a statement of the viewer.",
)


@strawberry.type(description="The number of interactions on one channel.")
class ChannelCount:
    channel: Channel = strawberry.field(description="The channel.")
    count: int = strawberry.field(description="The number of interactions, at least 1.")


@strawberry.type(description="A statement of the viewer that counts as evidence of a pair.")
class StatementEvidence:
    kind: StatementKind = strawberry.field(description="The kind of the statement.")
    stated_on: date = strawberry.field(description="The date of the newest statement of this kind.")


@strawberry.type(description="The interactions of two people in one direction.")
class Evidence:
    counts: list[ChannelCount] = strawberry.field(description="The number of interactions by channel.")
    first_contact: date | None = strawberry.field(
        description="The date of the first interaction. Null if there is none or it is not shared."
    )
    last_contact: date | None = strawberry.field(
        description="The date of the last interaction. Null if there is none or it is not shared."
    )
    coverage_until: date | None = strawberry.field(
        description="The date up to which the sources could see an interaction. Null if no source covers the pair."
    )
    is_stated: bool = strawberry.field(
        description="Whether the viewer states that the first person of this direction knows the second."
    )
    statements: list[StatementEvidence] = strawberry.field(
        description="The viewer's statements about the two, one of each kind."
    )

    @classmethod
    def from_evidence(cls, evidence: answers.Evidence) -> Self:
        counts = [ChannelCount(channel=Channel(name), count=count) for name, count in sorted(evidence.counts.items())]
        statements = [
            StatementEvidence(kind=KIND_OF_CHANNEL[channel], stated_on=to_date(on))
            for channel, on in sorted(evidence.statements.items())
        ]
        return cls(
            counts=counts,
            first_contact=to_date(evidence.first_day),
            last_contact=to_date(evidence.last_day),
            coverage_until=to_date(evidence.coverage_until),
            is_stated=evidence.is_stated,
            statements=statements,
        )


ASLEEP = (
    "Whether the two had no contact for over 18 months. Routes use no such tie. False with `isUnreachable`, if only "
    "the label is shared, and without a tie."
)
UNREACHABLE = (
    "Whether mail to one of the two was returned or an account was closed, and no source in view shows another way to "
    "reach this person. Routes use no such tie. False if only the label is shared, and without a tie."
)


@strawberry.type(description="One person asked on a route: `fromPerson` responds when `toPerson` asks.")
class Step:
    from_person: Person = strawberry.field(description="The person who responds.")
    to_person: Person = strawberry.field(description="The person who asks.")
    strength: float | None = strawberry.field(
        description="The probability that `fromPerson` responds, 0 to 1. Null if only the label is shared."
    )
    strength_label: StrengthLabel = strawberry.field(description="The strength as a label.")
    evidence: str = strawberry.field(description="The evidence for the strength in a sentence.")
    outbound: Evidence = strawberry.field(description="The interactions from `fromPerson` to `toPerson`.")
    inbound: Evidence = strawberry.field(description="The interactions from `toPerson` to `fromPerson`.")
    is_asleep: bool = strawberry.field(description=ASLEEP)
    is_unreachable: bool = strawberry.field(description=UNREACHABLE)

    @classmethod
    def from_step(cls, step: answers.Step, viewer: Viewer) -> Self:
        return cls(
            from_person=Person.from_person(step.from_person),
            to_person=Person.from_person(step.to_person),
            strength=step.exact_strength,
            strength_label=StrengthLabel(strength_label(step.strength)),
            evidence=evidence_text(step, viewer.as_of, viewer.person_id or ""),
            outbound=Evidence.from_evidence(step.outbound),
            inbound=Evidence.from_evidence(step.inbound),
            is_asleep=step.is_silent,
            is_unreachable=step.is_unreachable,
        )
