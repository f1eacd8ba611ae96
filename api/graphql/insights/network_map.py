"""The query `networkMap`."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.person import Person
from graph.insights.measures import network_map
from graph.insights.measures.network_map import MAX_KNOWN, MAX_MAP_TIES, MAX_REACHED
from operations.insights.network_map import draw_network_map
from presentation.dates import to_date
from presentation.sentences import strength_label


@strawberry.type(description="A person on the map of the viewer's network.")
class MapPerson:
    person: Person = strawberry.field(description="The person.")
    strength_label: StrengthLabel | None = strawberry.field(
        description="The strength of the person's tie to the viewer. Null if the person does not know the viewer."
    )
    best_route_count: int = strawberry.field(description="The number of people whose best route starts at the person.")
    shortened_route_count: int = strawberry.field(
        description="The number of people who would need one introducer, and need more now, if the person knew the "
        "viewer. 0 if the person knows the viewer."
    )

    @classmethod
    def from_person(cls, shown: network_map.MapPerson) -> Self:
        return cls(
            person=Person.from_person(shown.person),
            strength_label=None if shown.tie is None else StrengthLabel(strength_label(shown.tie.strength)),
            best_route_count=shown.best_routes,
            shortened_route_count=shown.shortened_routes,
        )


@strawberry.type(description="A tie between two people on the map, in the stronger of its directions.")
class MapTie:
    first_person_id: strawberry.ID = strawberry.field(description="The id of one person.")
    second_person_id: strawberry.ID = strawberry.field(description="The id of the other person.")
    strength_label: StrengthLabel = strawberry.field(description="The strength as a label.")

    @classmethod
    def from_tie(cls, shown: network_map.MapTie) -> Self:
        return cls(
            first_person_id=strawberry.ID(shown.first_id),
            second_person_id=strawberry.ID(shown.second_id),
            strength_label=StrengthLabel(strength_label(shown.tie.strength)),
        )


@strawberry.type(description="The people around the viewer and the ties between them. Nobody else can read it.")
class NetworkMap:
    as_of: date = strawberry.field(description="The date that the ties are valid for.")
    people: list[MapPerson] = strawberry.field(
        description=f"The people who know the viewer, the strongest ties first, {MAX_KNOWN} at most. Then the people "
        f"to whom a route with one introducer leads, {MAX_REACHED} at most."
    )
    ties: list[MapTie] = strawberry.field(
        description=f"The ties between these people, the strongest first, {MAX_MAP_TIES} at most."
    )


@strawberry.type
class NetworkMapQuery:
    @query(description="Get a map of the viewer's own network: who knows the viewer, and whom these know.", cost=100)
    async def network_map(
        self,
        info: Info,
        tag: TagFilter = None,
    ) -> NetworkMap | None:
        drawn = await draw_network_map(info.context.session, tag=tag)
        as_of = to_date(info.context.viewer.as_of)
        assert as_of is not None
        return NetworkMap(
            as_of=as_of,
            people=[MapPerson.from_person(one) for one in drawn.people],
            ties=[MapTie.from_tie(one) for one in drawn.ties],
        )
