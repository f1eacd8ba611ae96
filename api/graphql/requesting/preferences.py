"""The preferences of members as introducers."""

from datetime import datetime, time
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.types.person import PersonRef
from graph.names.keys import key_text
from graph.networks.permissions import Operation
from graph.requests import protection
from graph.requests.protection import MAX_CAP, MAX_NO_GO, read_preferences
from operations.requests.preferences import choose_preferences
from presentation.dates import to_datetime

CAP = f"The maximum number of requests in 30 days, 0 to {MAX_CAP:,}"


@strawberry.type(description="A time of each day in which Tertius does not notify the viewer of new requests.")
class QuietHours:
    starts_at: time = strawberry.field(description="When it starts, in `timeZone`.")
    ends_at: time = strawberry.field(description="When it ends. It may be on the next day.")
    time_zone: str = strawberry.field(description="The time zone, such as `Europe/Berlin`.")


@strawberry.type(description="What the viewer chose as introducer.")
class IntroducerPreferences:
    monthly_cap: int | None = strawberry.field(description=f"{CAP}, by all askers together. Null: the operator's.")
    monthly_cap_per_asker: int | None = strawberry.field(description=f"{CAP}, by one asker. Null: the operator's.")
    not_before: datetime | None = strawberry.field(description="The time before which the viewer takes no requests.")
    quiet_hours: QuietHours | None = strawberry.field(description="The quiet hours. Null if there are none.")
    no_go_identities: list[str] = strawberry.field(
        description="The identities of the people for whom the viewer makes no introductions."
    )
    no_go_companies: list[str] = strawberry.field(
        description="The companies, in lower case, for whose people the viewer makes no introductions."
    )

    @classmethod
    def from_preferences(cls, stored: protection.IntroducerPreferences) -> Self:
        quiet = stored.quiet_hours
        return cls(
            monthly_cap=stored.monthly_cap,
            monthly_cap_per_asker=stored.monthly_cap_per_asker,
            not_before=to_datetime(stored.not_before),
            quiet_hours=QuietHours(starts_at=quiet.starts_at, ends_at=quiet.ends_at, time_zone=quiet.zone)
            if quiet
            else None,
            no_go_identities=[key_text(key) for key in stored.no_go_keys],
            no_go_companies=list(stored.no_go_companies),
        )


@strawberry.input(description="A time of each day.")
class QuietHoursInput:
    starts_at: time = strawberry.field(description="When it starts, in `timeZone`.")
    ends_at: time = strawberry.field(description="When it ends. It may be on the next day.")
    time_zone: str = strawberry.field(description="The time zone, such as `Europe/Berlin`.")


@strawberry.input(description="All preferences of the viewer as introducer. A field that is left out is reset.")
class SetIntroducerPreferencesInput(MutationInput):
    monthly_cap: int | None = strawberry.field(default=None, description=f"{CAP}, by all askers together.")
    monthly_cap_per_asker: int | None = strawberry.field(default=None, description=f"{CAP}, by one asker.")
    not_before: datetime | None = strawberry.field(
        default=None, description="The time before which the viewer takes no requests."
    )
    quiet_hours: QuietHoursInput | None = strawberry.field(default=None, description="The quiet hours.")
    no_go_people: list[PersonRef] = strawberry.field(
        default_factory=list, description="The people for whom the viewer makes no introductions."
    )
    no_go_companies: list[str] = strawberry.field(
        default_factory=list, description="The companies for whose people the viewer makes no introductions."
    )


@strawberry.type(description="The result of a change of preferences.")
class SetIntroducerPreferencesPayload:
    preferences: IntroducerPreferences = strawberry.field(description="The preferences.")


@strawberry.type
class PreferencesQuery:
    @query(description="Get what the viewer chose as introducer.", cost=5)
    async def introducer_preferences(self, info: Info) -> IntroducerPreferences:
        return IntroducerPreferences.from_preferences(await read_preferences(info.context.graph, info.context.viewer))


@strawberry.type
class PreferencesMutation:
    @mutation(
        description=f"Replace what the viewer chose as introducer. The no-go list has {MAX_NO_GO} identities and "
        f"{MAX_NO_GO} companies at most.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def set_introducer_preferences(
        self, info: Info, input: SetIntroducerPreferencesInput
    ) -> SetIntroducerPreferencesPayload:
        quiet = input.quiet_hours
        chosen = protection.IntroducerPreferences(
            monthly_cap=input.monthly_cap,
            monthly_cap_per_asker=input.monthly_cap_per_asker,
            not_before=None if input.not_before is None else round(input.not_before.timestamp() * 1000),
            quiet_hours=protection.QuietHours(quiet.starts_at, quiet.ends_at, quiet.time_zone) if quiet else None,
            no_go_companies=tuple(input.no_go_companies),
        )
        people = [reference.reference() for reference in input.no_go_people]
        stored = await choose_preferences(info.context.session, chosen, people)
        return SetIntroducerPreferencesPayload(preferences=IntroducerPreferences.from_preferences(stored))
