"""What people may ask of a network that knows of them: to be forgotten, and what is held of them."""

from typing import Annotated, Self

import strawberry
from strawberry.scalars import JSON

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.bad_argument import Unfit
from api.graphql.types.identity import Identity
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, meant
from graph.answers import AmbiguousTarget as Several
from graph.answers import UnknownTarget as Nobody
from graph.names.keys import clean_text
from graph.networks import controller as answerable_networks_controller
from graph.networks.permissions import Role
from graph.privacy import erasure as forgetting
from graph.privacy import retention as answerable_privacy_retention
from graph.privacy.audit_log import AuditAction, export_audit_entries
from graph.privacy.export import export_person
from presentation.dates import today


@strawberry.type(
    description="Whom it would forget, or did, as far as the viewer may see. What others keep to themselves of them "
    "goes too, and is not told."
)
class Forgetting:
    person: Person | None = strawberry.field(
        description="Who; none where nobody in view has the identity that was named: it is kept out from now on all "
        "the same."
    )
    identities: list[Identity] = strawberry.field(description="Under what the sources in view name them.")
    sources: list[str] = strawberry.field(description="The sources in view that name or list them.")
    alike: list[Person] = strawberry.field(
        description="Who is probably the same human being, and is not forgotten with them."
    )
    done: bool = strawberry.field(description="Whether it is done; false where it was not confirmed.")

    @classmethod
    def of(cls, found: forgetting.ErasurePreview, *, done: bool) -> Self:
        return cls(
            person=Person.of(found.person) if found.person else None,
            identities=[Identity.of(one) for one in found.identities],
            sources=list(found.sources),
            alike=[Person.of(one) for one in found.possible_duplicates],
            done=done,
        )


ForgettingAnswer = Annotated[
    Forgetting | AmbiguousTarget | UnknownTarget,
    strawberry.union("ForgettingAnswer", description="What forgetting does, or whom it may mean."),
]


@strawberry.type(description="All that the sources in view hold of somebody.")
class Export:
    person: Person = strawberry.field(description="Who.")
    held: JSON = strawberry.field(
        description="What sources call them, where they are listed, what was seen by day, ties: each line with its "
        "source and its days."
    )


ExportAnswer = Annotated[
    Export | AmbiguousTarget | UnknownTarget,
    strawberry.union("ExportAnswer", description="What is held of somebody, or whom it may mean."),
]


@strawberry.type(description="Who answers for the network, before anybody whom it knows of.")
class Privacy:
    controller: str = strawberry.field(description="Who decides why and how it is used.")
    contact: str = strawberry.field(description="How to reach them.")
    basis: str = strawberry.field(description="The legal basis: mostly a legitimate interest.")
    months: int = strawberry.field(description="For how long what was seen is kept; 0: as long as its source.")

    @classmethod
    def of(cls, found: answerable_networks_controller.DataController) -> Self:
        return cls(controller=found.name, contact=found.contact, basis=found.legal_basis, months=found.retention_months)


@strawberry.type
class PrivacyQuery:
    @strawberry.field(description="Who answers for the network; none where that has not been said: then nobody shares.")
    async def privacy(self, info: Info) -> Privacy | None:
        found = await answerable_networks_controller.read_controller(info.context.graph, info.context.viewer.network)
        return Privacy.of(found) if found else None

    @strawberry.field(description="All that the sources in view hold of somebody, to hand over to them.")
    async def export_person(
        self, info: Info, ref: Annotated[PersonRef, strawberry.argument(description="Whom one means.")]
    ) -> ExportAnswer:
        context = info.context
        found = await export_person(context.graph.with_timeout(None), context.viewer, ref.asked())
        if isinstance(found, (Several, Nobody)):
            return meant(found, context.viewer)
        id = found["person"]["id"]
        await noted(info, AuditAction.EXPORT, id)
        if context.holder.role is Role.OWNER:
            found["audit_log"] = await export_audit_entries(context.graph, context.viewer, context.state, id)
        return Export(person=Person.of(await context.people.load(id)), held=JSON(found))


@strawberry.type
class PrivacyMutation:
    @strawberry.mutation(
        description="Say who answers for the network, and for how long it keeps what was seen. What is older is "
        "dropped at once and for ever, but for the last day of each two."
    )
    async def set_privacy(
        self,
        info: Info,
        controller: Annotated[str, strawberry.argument(description="Who decides why and how it is used.")],
        contact: Annotated[str, strawberry.argument(description="How to reach them.")],
        basis: Annotated[str, strawberry.argument(description="The legal basis: mostly a legitimate interest.")],
        months: Annotated[int, strawberry.argument(description="How long to keep; 0: as long as each source.")],
    ) -> Privacy:
        found = answerable_networks_controller.DataController(
            clean_text(controller), clean_text(contact), clean_text(basis), months
        )
        if not (found.name and found.contact and found.legal_basis):
            raise Unfit("Name a controller, a contact and a legal basis.")
        if not 0 <= months <= answerable_networks_controller.MAX_RETENTION_MONTHS:
            raise Unfit(f"`months` is 0 to {answerable_networks_controller.MAX_RETENTION_MONTHS}.")
        graph, network = info.context.graph.with_timeout(None), info.context.viewer.network
        await answerable_privacy_retention.set_controller(graph, network, found, today=today())
        return Privacy.of(found)

    @strawberry.mutation(
        description="Forget somebody: all that any source of any member says of them, for ever. Keyed hashes alone "
        "stay, so that later loads do not bring them back. Without `confirm` nothing happens but that it is told "
        "what would."
    )
    async def forget_person(
        self,
        info: Info,
        ref: Annotated[PersonRef, strawberry.argument(description="Whom.")],
        *,
        confirm: Annotated[bool, strawberry.argument(description="Do it.")] = False,
    ) -> ForgettingAnswer:
        graph, viewer, asked = info.context.graph.with_timeout(None), info.context.viewer, ref.asked()
        if confirm:
            found = await forgetting.erase_person(graph, viewer, asked)
        else:
            found = await forgetting.preview_erasure(graph, viewer, asked)
        if isinstance(found, forgetting.ErasurePreview):
            return Forgetting.of(found, done=confirm)
        return meant(found, viewer)
