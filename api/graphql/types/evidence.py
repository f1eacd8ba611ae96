"""Acts that a route needs, with their odds and what was seen: in words for people, in numbers for programs."""

from datetime import date
from enum import StrEnum
from typing import Self

import strawberry

from api.graphql.types.enums import Says
from api.graphql.types.person import Person
from graph import answers
from graph.records import Channel
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.viewer import Viewer
from presentation.dates import day
from presentation.sentences import evidence, word

strawberry.enum(Channel, description="How one reached out to another.")


@strawberry.enum(
    description="Odds in a word, for people: strong from 0.75 on, good from 0.55, fair from 0.4, weak below."
)
class Word(StrEnum):
    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"


@strawberry.type(description="How often one reached out to the other over one channel.")
class Count:
    channel: Channel = strawberry.field(description="The channel.")
    count: int = strawberry.field(description="How many times.")


@strawberry.type(description="What the viewer says of two people.")
class Said:
    says: Says = strawberry.field(description="What was said.")
    on: date = strawberry.field(description="When it was so, last.")


@strawberry.type(description="What was seen of two people, in one direction.")
class Seen:
    counts: list[Count] = strawberry.field(description="How often, by channel.")
    first: date | None = strawberry.field(description="The first day anything was seen.")
    last: date | None = strawberry.field(description="The last day anything was seen.")
    until: date | None = strawberry.field(description="Up to which day more would have been seen.")
    stated: bool = strawberry.field(description="Whether the viewer says that the one knows the other.")
    said: list[Said] = strawberry.field(description="What the viewer says of the two, each kind once.")

    @classmethod
    def of(cls, found: answers.Evidence) -> Self:
        counts = [Count(channel=Channel(channel), count=count) for channel, count in sorted(found.counts.items())]
        said = [
            Said(says=Says(KIND_OF_CHANNEL[channel]), on=day(on)) for channel, on in sorted(found.statements.items())
        ]
        return cls(
            counts=counts,
            first=day(found.first_day),
            last=day(found.last_day),
            until=day(found.coverage_until),
            stated=found.is_stated,
            said=said,
        )


@strawberry.type(description="One thing a route needs: that somebody acts when another asks.")
class Act:
    by: Person = strawberry.field(description="Who has to act.")
    towards: Person = strawberry.field(description="Who asks.")
    odds: float | None = strawberry.field(
        description="The probability, 0 to 1, learnt from answers to e-mail; none where only its word is shared."
    )
    word: Word = strawberry.field(description="The odds in a word.")
    evidence: str = strawberry.field(description="Why, in a sentence.")
    out: Seen = strawberry.field(description="What the one did towards the other.")
    back: Seen = strawberry.field(description="What the other did towards the one.")

    @classmethod
    def of(cls, found: answers.Step, viewer: Viewer) -> Self:
        return cls(
            by=Person.of(found.from_person),
            towards=Person.of(found.to_person),
            odds=found.exact_strength,
            word=Word(word(found.strength)),
            evidence=evidence(found, viewer.as_of, viewer.person_id or ""),
            out=Seen.of(found.outbound),
            back=Seen.of(found.inbound),
        )
