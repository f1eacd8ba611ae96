"""Person."""

from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from api.context import Info
from graph import answers
from graph.lookup.resolve import Asked, Called, Exactly

if TYPE_CHECKING:
    from api.graphql.types.identity import Identity
    from api.graphql.types.tie import Tie


@strawberry.input(description="A name as people write it, with the company where several are called so.")
class PersonName:
    name: str = strawberry.field(description="The name, or a part of it.")
    company: str | None = strawberry.field(default=None, description="Where they work, or worked.")


@strawberry.input(one_of=True, description="Who is meant, told in exactly one of four ways.")
class PersonRef:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id of a person that an answer gave.")
    email: strawberry.Maybe[str] = strawberry.field(description="An e-mail address.")
    linkedin: strawberry.Maybe[str] = strawberry.field(description="The address of a LinkedIn profile.")
    name: strawberry.Maybe[PersonName] = strawberry.field(description="A name, which may mean several people.")

    def asked(self) -> Asked:
        """The same, as the rooms below take it."""
        if self.name is not None:
            return Called(self.name.value.name, self.name.value.company or "")
        given = self.id or self.email or self.linkedin
        return Exactly(str(given.value) if given is not None else "")


@strawberry.type(description="Somebody as the viewer may see them: by sources in view and by no others.")
class Person:
    id: strawberry.ID = strawberry.field(description="Opaque; good for a PersonRef.")
    name: str = strawberry.field(description="The name in use.")
    title: str | None = strawberry.field(description="What they do now, as a source in view says.")
    company: str | None = strawberry.field(description="Where they work now, as a source in view says.")
    shared: bool = strawberry.field(description="Whether this is no person, but a mailbox of several: info@, support@.")

    @strawberry.field(
        description="What they are to the viewer: whether they know the viewer, how surely they would act."
    )
    async def tie(self, info: Info) -> Annotated["Tie", strawberry.lazy("api.graphql.types.tie")]:
        from api.graphql.types.tie import Tie  # noqa: PLC0415 - types refer to each other

        return await Tie.between(info, str(self.id), info.context.me)

    @strawberry.field(description="Under what the sources in view name them.")
    async def identities(
        self, info: Info
    ) -> list[Annotated["Identity", strawberry.lazy("api.graphql.types.identity")]]:
        from api.graphql.types.identity import Identity  # noqa: PLC0415 - types refer to each other

        return [Identity.of(one) for one in await info.context.identities.load(str(self.id))]

    @classmethod
    def of(cls, found: answers.Person) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            name=found.name,
            title=found.title,
            company=found.company,
            shared=found.shared,
        )
