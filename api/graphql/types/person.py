"""People, and references to them."""

from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from api.context import Info
from api.graphql.audit import record_in_audit_log
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.node import Node
from graph import answers
from graph.lookup.resolve import ExactReference, NameReference, PersonReference
from graph.privacy.audit_log import AuditAction

if TYPE_CHECKING:
    from api.graphql.types.identity import Identity
    from api.graphql.types.tie import Tie


@strawberry.input(description="A name, and a company to tell people of the same name apart.")
class PersonName:
    name: str = strawberry.field(description="The name or a part of it.")
    company: str | None = strawberry.field(default=None, description="A current or former employer.")


@strawberry.input(one_of=True, description="A reference to a person. Set exactly one field.")
class PersonRef:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id of a person from an earlier response.")
    email: strawberry.Maybe[str] = strawberry.field(description="An e-mail address.")
    linkedin: strawberry.Maybe[str] = strawberry.field(description="The URL of a LinkedIn profile.")
    name: strawberry.Maybe[PersonName] = strawberry.field(description="A name, which may match several people.")
    text: strawberry.Maybe[str] = strawberry.field(
        description="Text that a user typed: a name, `name at company`, an e-mail address, a LinkedIn profile URL "
        "or an id."
    )

    def reference(self) -> PersonReference:
        """The reference as graph.lookup takes it."""
        if self.name is not None:
            return NameReference(self.name.value.name, self.name.value.company or "")
        if self.text is not None:
            return self.text.value
        value = self.id or self.email or self.linkedin
        return ExactReference(str(value.value) if value is not None else "")


@strawberry.type(description="A person as the sources visible to the viewer show them.")
class Person(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the person, accepted by PersonRef.")
    name: str = strawberry.field(description="The person's name, or `somebody whose name you may not see`.")
    title: str | None = strawberry.field(description="The current job title. Null if no visible source gives one.")
    company: str | None = strawberry.field(description="The current employer. Null if no visible source gives one.")
    is_shared_mailbox: bool = strawberry.field(
        description="Whether this is a mailbox of several people, such as info@, and not a person."
    )

    @strawberry.field(description="The person's tie to the viewer.")
    async def tie(self, info: Info) -> Annotated["Tie", strawberry.lazy("api.graphql.types.tie")]:
        from api.graphql.types.tie import Tie  # noqa: PLC0415 - types refer to each other

        return await Tie.between(info, str(self.id), info.context.viewer_person_id)

    @strawberry.field(description=f"The identities under which visible sources name the person, {MAX_ITEMS} at most.")
    async def identities(
        self, info: Info
    ) -> list[Annotated["Identity", strawberry.lazy("api.graphql.types.identity")]]:
        from api.graphql.types.identity import Identity  # noqa: PLC0415 - types refer to each other

        return [Identity.from_identity(each) for each in bounded(await info.context.identities.get(str(self.id)))]

    @classmethod
    async def find(cls, info: Info, id: str) -> Self | None:
        """The person with this id, if a visible source names the person. Writes an audit entry, as `person` does."""
        if not await info.context.identities.get(id):
            return None
        await record_in_audit_log(info, AuditAction.PERSON, id)
        return cls.from_person(await info.context.people.get(id))

    @classmethod
    def from_person(cls, person: answers.Person) -> Self:
        return cls(
            id=strawberry.ID(person.id),
            name=person.name,
            title=person.title,
            company=person.company,
            is_shared_mailbox=person.shared,
        )
