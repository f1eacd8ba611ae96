"""Data subjects: export and erasure of personal data, and the controller of the network."""

from typing import Annotated, Self

import strawberry
from strawberry.scalars import JSON

from api.context import Info
from api.graphql.audit import record_in_audit_log
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.request.list_bounds import MAX_DUPLICATES, MAX_ITEMS, bounded
from api.graphql.types.identity import Identity
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, unresolved
from graph import answers
from graph.names.keys import clean_text
from graph.networks.controller import MAX_RETENTION_MONTHS, DataController, read_controller
from graph.networks.permissions import Operation, Role
from graph.privacy import erasure, retention
from graph.privacy.audit_log import AuditAction, export_audit_entries
from graph.privacy.export import export_person
from presentation.dates import today


@strawberry.type(
    description="The erasure of a person, as far as the viewer may see it. Private data of other members is erased too."
)
class PersonErasure:
    person: Person | None = strawberry.field(
        description="The person. Null if no visible person has the identity. If a source has it nevertheless, later "
        "loads of that source skip it."
    )
    identities: list[Identity] = strawberry.field(
        description=f"The identities under which visible sources name the person, {MAX_ITEMS} at most."
    )
    sources: list[str] = strawberry.field(
        description=f"The titles of the visible sources that name the person, {MAX_ITEMS} at most."
    )
    possible_duplicates: list[Person] = strawberry.field(
        description=f"Records that are probably the same person and are not erased with it, {MAX_DUPLICATES} at most."
    )
    is_applied: bool = strawberry.field(description="Whether the data was erased. False without `isConfirmed`.")

    @classmethod
    def from_preview(cls, preview: erasure.ErasurePreview, *, applied: bool) -> Self:
        return cls(
            person=Person.from_person(preview.person) if preview.person else None,
            identities=[Identity.from_identity(each) for each in bounded(preview.identities)],
            sources=bounded(preview.sources),
            possible_duplicates=[
                Person.from_person(each) for each in bounded(preview.possible_duplicates, MAX_DUPLICATES)
            ],
            is_applied=applied,
        )


ErasureResult = Annotated[
    PersonErasure | AmbiguousTarget | UnknownTarget,
    strawberry.union("ErasureResult", description="The erasure, or why the reference names no single person."),
]


@strawberry.type(description="The personal data that visible sources hold of a person.")
class DataSubjectExport:
    person: Person = strawberry.field(description="The person.")
    data: JSON = strawberry.field(
        description="Names, list entries, interactions by day and ties, each with its source and its dates. Also what "
        "the viewer stored: hidden contacts, exclusions and introduction requests. For owners also the audit entries "
        "about the person."
    )


DataSubjectExportAnswer = Annotated[
    DataSubjectExport | AmbiguousTarget | UnknownTarget,
    strawberry.union("DataSubjectExportAnswer", description="The export, or why the reference names no single person."),
]


@strawberry.type(description="The controller of the network and how long evidence is kept.")
class PrivacySettings:
    controller: str = strawberry.field(description="The controller of the personal data.")
    contact: str = strawberry.field(description="How to contact the controller.")
    legal_basis: str = strawberry.field(description="The legal basis, mostly a legitimate interest.")
    retention_months: int = strawberry.field(
        description="The number of months for which evidence is kept. 0: as long as its source."
    )

    @classmethod
    def from_controller(cls, data_controller: DataController) -> Self:
        return cls(
            controller=data_controller.name,
            contact=data_controller.contact,
            legal_basis=data_controller.legal_basis,
            retention_months=data_controller.retention_months,
        )


@strawberry.input(description="The new privacy settings.")
class SetPrivacySettingsInput(MutationInput):
    controller: str = strawberry.field(description="The controller of the personal data.")
    contact: str = strawberry.field(description="How to contact the controller.")
    legal_basis: str = strawberry.field(description="The legal basis, mostly a legitimate interest.")
    retention_months: int = strawberry.field(
        description=f"The number of months to keep evidence, 0 to {MAX_RETENTION_MONTHS}. 0: as long as its source."
    )


@strawberry.type(description="The result of a change of the privacy settings.")
class SetPrivacySettingsPayload:
    privacy_settings: PrivacySettings = strawberry.field(description="The new settings.")


@strawberry.input(description="The person to erase.")
class ErasePersonInput(MutationInput):
    person: PersonRef = strawberry.field(description="The person.")
    is_confirmed: bool = strawberry.field(
        default=False, description="Whether to erase the data. If false, the response shows what would be erased."
    )


@strawberry.type(description="The result of an erasure.")
class ErasePersonPayload:
    result: ErasureResult = strawberry.field(description="The erasure, or why the reference names no single person.")


@strawberry.type
class PrivacyQuery:
    @query(description="Get the privacy settings. Null until an owner sets them: until then nobody can share.")
    async def privacy_settings(self, info: Info) -> PrivacySettings | None:
        controller = await read_controller(info.context.graph, info.context.viewer.network)
        return PrivacySettings.from_controller(controller) if controller else None

    @query(
        description="Export the personal data that visible sources hold of a person.",
        permission=Operation.CONTRIBUTE,
        cost=100,
    )
    async def data_subject_export(
        self, info: Info, person: Annotated[PersonRef, strawberry.argument(description="The person.")]
    ) -> DataSubjectExportAnswer:
        context = info.context
        export = await export_person(context.graph.with_timeout(None), context.viewer, person.reference())
        if isinstance(export, (answers.AmbiguousTarget, answers.UnknownTarget)):
            return unresolved(export, context.viewer)
        id = export["person"]["id"]
        await record_in_audit_log(info, AuditAction.EXPORT, id)
        if context.holder.role is Role.OWNER:
            export["auditLog"] = await export_audit_entries(context.graph, context.viewer, context.state, id)
        return DataSubjectExport(person=Person.from_person(await context.people.get(id)), data=JSON(export))


@strawberry.type
class PrivacyMutation:
    @mutation(
        description="Set the controller and the retention. Older evidence is deleted at once and for good, except the "
        "last day of contact for each pair of identities, channel and direction in a source.",
        permission=Operation.MANAGE_OWNERS,
        cost=100,
    )
    async def set_privacy_settings(self, info: Info, input: SetPrivacySettingsInput) -> SetPrivacySettingsPayload:
        controller = DataController(
            clean_text(input.controller),
            clean_text(input.contact),
            clean_text(input.legal_basis),
            input.retention_months,
        )
        if not (controller.name and controller.contact and controller.legal_basis):
            raise InvalidArgument("Set `controller`, `contact` and `legalBasis`.")
        if not 0 <= input.retention_months <= MAX_RETENTION_MONTHS:
            raise InvalidArgument(f"`retentionMonths` is 0 to {MAX_RETENTION_MONTHS}.")
        graph, network = info.context.graph.with_timeout(None), info.context.viewer.network
        await retention.set_controller(graph, network, controller, today=today())
        return SetPrivacySettingsPayload(privacy_settings=PrivacySettings.from_controller(controller))

    @mutation(
        description="Erase a person from all sources of all members, for good. Only keyed hashes remain, so that later "
        "loads skip the person. Without `isConfirmed` nothing changes.",
        permission=Operation.MANAGE_MEMBERS,
        cost=100,
    )
    async def erase_person(self, info: Info, input: ErasePersonInput) -> ErasePersonPayload:
        graph, viewer, reference = info.context.graph.with_timeout(None), info.context.viewer, input.person.reference()
        if input.is_confirmed:
            outcome = await erasure.erase_person(graph, viewer, reference)
        else:
            outcome = await erasure.preview_erasure(graph, viewer, reference)
        if isinstance(outcome, erasure.ErasurePreview):
            return ErasePersonPayload(result=PersonErasure.from_preview(outcome, applied=input.is_confirmed))
        return ErasePersonPayload(result=unresolved(outcome, viewer))
