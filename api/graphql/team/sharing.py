"""Sharing of sources, and contacts that a member hides from others."""

from dataclasses import replace
from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.enums import SharingLevel
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.source import Source
from graph.networks.permissions import Operation
from graph.sharing import hidden_contacts, share
from graph.viewer import Viewer
from presentation.dates import to_date, today


@strawberry.type(description="The effect of sharing a source.")
class ShareSourcePayload:
    source: Source = strawberry.field(description="The source after the change. Unchanged without `isConfirmed`.")
    previous_sharing_level: SharingLevel = strawberry.field(description="The sharing level before the change.")
    sharing_level: SharingLevel = strawberry.field(description="The requested sharing level.")
    includes_others: bool = strawberry.field(
        description="Whether ties between two people who are no members are shared too."
    )
    newly_reachable_count: int = strawberry.field(
        description="The maximum number of people whom the team can reach through the source and could not before."
    )
    personal_mail_count: int = strawberry.field(
        description="The number of people left out because their address is of a personal mail provider."
    )
    hidden_count: int = strawberry.field(description="The number of people left out because the viewer hides them.")
    is_applied: bool = strawberry.field(description="Whether the change was made. False without `isConfirmed`.")

    @classmethod
    def from_preview(cls, preview: share.SharingPreview, viewer: Viewer, *, applied: bool) -> Self:
        return cls(
            source=Source.from_source(
                replace(preview.source, sharing_level=preview.level) if applied else preview.source,
                viewer,
            ),
            previous_sharing_level=SharingLevel(preview.source.sharing_level),
            sharing_level=SharingLevel(preview.level),
            includes_others=preview.third_party_ties,
            newly_reachable_count=preview.newly_reachable,
            personal_mail_count=preview.personal_domain,
            hidden_count=preview.hidden,
            is_applied=applied,
        )


@strawberry.type(description="A person, name or company that the viewer hides from all other members.")
class HiddenContact(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the entry, accepted by `unhideContact`.")
    name: str = strawberry.field(
        description="The name of the person in the viewer's sources, or the name or company as the viewer gave it."
    )
    hidden_on: date = strawberry.field(description="The date of hiding.")

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The contacts that the viewer hides, the newest first."""
        contacts = await hidden_contacts.list_hidden_contacts(info.context.graph, info.context.viewer)
        return [cls(id=strawberry.ID(each.id), name=each.label, hidden_on=to_date(each.day)) for each in contacts]


@strawberry.input(description="The source to share.")
class ShareSourceInput(MutationInput):
    source_id: strawberry.ID = strawberry.field(description="The id of one of the viewer's sources.")
    sharing_level: SharingLevel = strawberry.field(description="What other members may see.")
    includes_others: bool = strawberry.field(
        default=False,
        description="Whether to share ties between two people who are no members, as copied mail shows them.",
    )
    is_confirmed: bool = strawberry.field(
        default=False, description="Whether to make the change. If false, the response shows its effect."
    )


@strawberry.input(one_of=True, description="What to hide. Set exactly one field.")
class HiddenContactRef:
    person_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id of a person.")
    name: strawberry.Maybe[str] = strawberry.field(description="A name. Everybody of this name is hidden.")
    company: strawberry.Maybe[str] = strawberry.field(
        description="A company. Everybody who works or worked there is hidden."
    )


@strawberry.input(description="The person, name or company to hide.")
class HideContactInput(MutationInput):
    contact: HiddenContactRef = strawberry.field(description="What to hide.")


@strawberry.input(description="The entry to remove.")
class UnhideContactInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of an entry of `hiddenContacts`.")


@strawberry.type(description="The result of hiding a contact.")
class HideContactPayload:
    hidden_contact: HiddenContact | None = strawberry.field(
        description="The hidden contact. Null if the viewer stopped hiding it in the meantime."
    )


@strawberry.type(description="The result of the end of hiding a contact.")
class UnhideContactPayload:
    unhidden_contact_id: strawberry.ID | None = strawberry.field(
        description="The id of the entry. Null if the viewer has no entry with this id."
    )
    person_id: strawberry.ID | None = strawberry.field(
        description="The person, for `hideContact` to undo this. Null if the entry is a name or a company, or if no "
        "source in view names the person."
    )
    name: str | None = strawberry.field(description="The name, for `hideContact`. Null if the entry is no name.")
    company: str | None = strawberry.field(
        description="The company, for `hideContact`. Null if the entry is no company."
    )


@strawberry.type
class SharingQuery:
    @query(description="List the contacts that the viewer hides, the newest first.", cost=5)
    async def hidden_contacts(
        self, info: Info, first: First = MAX_PAGE, after: After = None
    ) -> Connection[HiddenContact]:
        return Connection[HiddenContact].from_list(page(first, after), await HiddenContact.list_all(info))


@strawberry.type
class SharingMutation:
    @mutation(
        description="Set the sharing level of one of the viewer's sources. Without `isConfirmed` nothing changes.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=100,
    )
    async def share_source(self, info: Info, input: ShareSourceInput) -> ShareSourcePayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        source, level, others = str(input.source_id), input.sharing_level, input.includes_others
        if not input.is_confirmed:
            rows = await share.preview_sharing(graph, viewer, source, level, third_party_ties=others)
        else:
            rows = await share.share_source(graph, viewer, source, level, third_party_ties=others)
        return ShareSourcePayload.from_preview(rows, viewer, applied=input.is_confirmed)

    @mutation(
        description="Hide somebody from all other members, as far as the viewer's sources name them.",
        permission=Operation.CONTRIBUTE,
        cost=50,
    )
    async def hide_contact(self, info: Info, input: HideContactInput) -> HideContactPayload:
        ref = input.contact
        fields = {"person": ref.person_id, "name": ref.name, "company": ref.company}
        value = {name: str(field.value) for name, field in fields.items() if field is not None}
        if len(value) != 1:
            raise InvalidArgument("Set one of `personId`, `name` and `company`.")
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        id = await hidden_contacts.hide_contact(graph, viewer, today=today(), **value)  # type: ignore[arg-type]
        return HideContactPayload(hidden_contact=await find_by_id(HiddenContact.list_all(info), id))

    @mutation(
        description="Stop hiding a contact. An unknown id has no effect.", permission=Operation.MANAGE_OWN_DATA, cost=50
    )
    async def unhide_contact(self, info: Info, input: UnhideContactInput) -> UnhideContactPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        reference = await hidden_contacts.read_hidden_reference(graph, viewer, str(input.id))
        unhidden = await hidden_contacts.unhide_contact(graph, viewer, str(input.id))
        person = reference.get("person")
        return UnhideContactPayload(
            unhidden_contact_id=input.id if unhidden else None,
            person_id=None if person is None else strawberry.ID(person),
            name=reference.get("name"),
            company=reference.get("company"),
        )
