"""The queries `networkHealth` and `listedPeople`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.pagination import After, Connection, First, page
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.person import Person
from graph.insights import health, listed_people
from graph.insights.health import GROUPS_SHOWN, INNER_CIRCLE_SIZE, ConnectionClass, HealthDimension
from graph.insights.measures import origins
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network, assess_quarters, assess_reach, list_classified_connections
from presentation.dates import to_date
from presentation.insights.health_sentences import (
    acceptance_message,
    class_reason,
    concentration_message,
    group_name,
    noise_message,
)
from presentation.sentences import strength_label

strawberry.enum(
    ConnectionClass,
    description="The class of a connection. STRONG: contact in both directions, and strong ties. MUTUAL: contact in "
    "both directions. THEY_REACH_OUT: only the person contacted the viewer. YOU_REACH_OUT: only the viewer contacted "
    "the person. GONE_COLD: no contact for 18 months, or unreachable. NEVER: no contact.",
)
strawberry.enum(
    HealthDimension,
    description="What a group of connections has in common. SOURCE: the source that lists them. COMPANY: the current "
    "employer. ROLE: the current job title. YEAR: the year since which they are connections. ORIGIN: how they came "
    "about, as far as the sources state it. TAG: a tag that the viewer may use.",
)


@strawberry.type(description="The number of connections in each class. Every connection is in exactly one.")
class ConnectionCounts:
    total: int = strawberry.field(description="The number of connections.")
    strong: int = strawberry.field(description="Those in contact in both directions with strong ties.")
    mutual: int = strawberry.field(description="The others in contact in both directions.")
    they_reach_out: int = strawberry.field(description="Those with contact from them only.")
    you_reach_out: int = strawberry.field(description="Those with contact from the viewer only.")
    gone_cold: int = strawberry.field(description="Those without contact for 18 months.")
    never: int = strawberry.field(description="Those without any contact.")
    noise_ratio: float | None = strawberry.field(
        description="The share without any contact, 0 to 1. Null if there is no connection."
    )

    @classmethod
    def from_counts(cls, counts: health.ConnectionCounts) -> Self:
        return cls(
            total=counts.total,
            noise_ratio=counts.noise_ratio,
            **{one.value: number for one, number in counts.by_class.items()},
        )


@strawberry.type(description="A person whom a source of the viewer lists, with the contact between the two.")
class ListedPerson:
    person: Person = strawberry.field(description="The person.")
    connection_class: ConnectionClass = strawberry.field(name="class", description="The class of the connection.")
    reason: str = strawberry.field(description="Why the connection is in this class, in a sentence.")
    listed_on: date | None = strawberry.field(
        description="The date since which the person is a connection. Null if no source states it."
    )
    first_contact: date | None = strawberry.field(description="The date of the first contact. Null if there is none.")
    last_contact: date | None = strawberry.field(description="The date of the last contact. Null if there is none.")
    outbound_count: int = strawberry.field(description="The number of the viewer's interactions towards the person.")
    inbound_count: int = strawberry.field(description="The number of the person's interactions towards the viewer.")
    strength_label: StrengthLabel | None = strawberry.field(
        description="The strength of the person's tie to the viewer. Null without a tie."
    )
    coverage_until: date | None = strawberry.field(
        description="The date up to which the sources of this person could contain contact. Null if it is unknown."
    )

    @classmethod
    def from_listed(cls, one: listed_people.ListedPerson, known: ConnectionClass) -> Self:
        return cls(
            person=Person.from_person(one.person),
            connection_class=known,
            reason=class_reason(one, known),
            listed_on=to_date(one.listed_on),
            first_contact=to_date(one.first_contact),
            last_contact=to_date(one.last_contact),
            outbound_count=one.outwards.count,
            inbound_count=one.inwards.count,
            strength_label=None if one.strength is None else StrengthLabel(strength_label(one.strength)),
            coverage_until=to_date(one.coverage_until),
        )


@strawberry.type(description="The connections that have one value of a dimension in common.")
class ConnectionGroup:
    dimension: HealthDimension = strawberry.field(description="What they have in common.")
    name: str = strawberry.field(description="The common value, such as the name of a company.")
    counts: ConnectionCounts = strawberry.field(description="Their number in each class.")


@strawberry.type(description="How many invitations of one kind became connections.")
class InvitationAcceptance:
    is_sent: bool = strawberry.field(description="Whether the viewer sent them.")
    has_note: bool = strawberry.field(description="Whether they had a personal note.")
    count: int = strawberry.field(description="The number of people invited, or who invited the viewer.")
    accepted_count: int = strawberry.field(description="The number of those who are connections.")
    share: float | None = strawberry.field(
        description="The share of those who are connections, 0 to 1. Null without an invitation."
    )
    message: str = strawberry.field(description="The numbers in a sentence.")

    @classmethod
    def from_acceptance(cls, acceptance: origins.InvitationAcceptance) -> Self:
        return cls(
            is_sent=acceptance.is_sent,
            has_note=acceptance.has_note,
            count=acceptance.count,
            accepted_count=acceptance.accepted,
            share=acceptance.share,
            message=acceptance_message(acceptance),
        )


@strawberry.type(description="How many people the viewer can reach with a number of introducers, and with no fewer.")
class ReachCount:
    introducer_count: int = strawberry.field(description="The number of introducers. 0: the people know the viewer.")
    people_count: int = strawberry.field(description="The number of people.")


@strawberry.type(description="The classes on the last day of a quarter, computed from the evidence up to that day.")
class QuarterHealth:
    as_of: date = strawberry.field(description="The last day of the quarter, or today.")
    counts: ConnectionCounts = strawberry.field(
        description="The number in each class of today's connections that were connections on that day."
    )


@strawberry.type(description="How few people the contact of the last 365 days is spread over.")
class ContactConcentration:
    people_count: int = strawberry.field(description="The number of connections with contact.")
    people_for_half_count: int = strawberry.field(
        description="The least number of connections with half of all days of contact."
    )
    top_share: float | None = strawberry.field(
        description="The share of the ten connections with the most days of contact, 0 to 1. Null without contact."
    )
    message: str = strawberry.field(description="The concentration in a sentence.")

    @classmethod
    def from_concentration(cls, concentration: health.ContactConcentration) -> Self:
        return cls(
            people_count=concentration.people,
            people_for_half_count=concentration.people_for_half,
            top_share=concentration.top_share,
            message=concentration_message(concentration),
        )


@strawberry.type(description="The health of the viewer's own network. Nobody else can read it.")
class NetworkHealth:
    people: strawberry.Private[Sequence[listed_people.ListedPerson]]
    tag: strawberry.Private[str | None]
    as_of: date = strawberry.field(description="The date of the figures.")
    counts: ConnectionCounts = strawberry.field(description="The number of connections in each class.")
    message: str = strawberry.field(description="The share of connections without contact, in a sentence.")
    inner_circle: list[ListedPerson] = strawberry.field(
        description="The connections with the strongest ties in both directions, strongest first, "
        f"{INNER_CIRCLE_SIZE} at most."
    )
    duplicates_in_contact_count: int = strawberry.field(
        description="The number of connections without contact that may be duplicates of people with contact."
    )
    groups: list[ConnectionGroup] = strawberry.field(
        description=f"The largest groups of each dimension, {GROUPS_SHOWN} at most; the last {GROUPS_SHOWN} years."
    )
    acceptance: list[InvitationAcceptance] = strawberry.field(
        description="The acceptance of invitations by direction and note, as far as the sources state invitations."
    )
    concentration: ContactConcentration = strawberry.field(
        description="How few people the contact of the last 365 days is spread over."
    )

    @query(description="The number of people the viewer can reach, by the least number of introducers.", cost=100)
    async def reach(self, info: Info) -> list[ReachCount]:
        reach = await assess_reach(info.context.session, tag=self.tag)
        return [
            ReachCount(introducer_count=introducers, people_count=count)
            for introducers, count in reach.counts().items()
        ]

    @query(description="The classes at the ends of the last quarters and today, oldest first.", cost=100)
    async def quarters(self, info: Info) -> list[QuarterHealth]:
        return [
            QuarterHealth(as_of=to_date(one.day), counts=ConnectionCounts.from_counts(one.counts))
            for one in await assess_quarters(info.context.session, self.people)
        ]

    @classmethod
    def from_health(
        cls, assessed: health.NetworkHealth, people: Sequence[listed_people.ListedPerson], tag: str | None
    ) -> Self:
        return cls(
            people=people,
            tag=tag,
            as_of=to_date(assessed.as_of),
            counts=ConnectionCounts.from_counts(assessed.counts),
            message=noise_message(assessed),
            inner_circle=[ListedPerson.from_listed(one, ConnectionClass.STRONG) for one in assessed.inner_circle],
            duplicates_in_contact_count=assessed.duplicates_in_contact,
            groups=[
                ConnectionGroup(
                    dimension=group.dimension, name=group_name(group), counts=ConnectionCounts.from_counts(group.counts)
                )
                for group in assessed.groups
            ],
            acceptance=[InvitationAcceptance.from_acceptance(one) for one in assessed.acceptance],
            concentration=ContactConcentration.from_concentration(assessed.concentration),
        )


@strawberry.type
class HealthQuery:
    @query(description="Get the health of the viewer's own network.", cost=100)
    async def network_health(
        self,
        info: Info,
        tag: TagFilter = None,
    ) -> NetworkHealth:
        people = await list_connections_of_viewer(info.context.session, tag=tag)
        assessed = await assess_network(info.context.session, people, tag=tag)
        return NetworkHealth.from_health(assessed, people, tag)

    @query(description="List the people whom the viewer's own sources list, by name.", cost=100)
    async def listed_people(
        self,
        info: Info,
        first: First,
        after: After = None,
        only: Annotated[
            ConnectionClass | None, strawberry.argument(name="class", description="Only connections of this class.")
        ] = None,
        tag: TagFilter = None,
    ) -> Connection[ListedPerson]:
        requested = page(first, after)
        rows = await list_classified_connections(info.context.session, only, tag=tag)
        return Connection.from_all_rows(
            requested, rows, lambda row: row[0].person.id, lambda row: ListedPerson.from_listed(*row)
        )
