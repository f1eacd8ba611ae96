"""People as the viewer may see them, how one refers to them, and the search as one types."""

import base64
import binascii
from datetime import date
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from api.context import Info
from api.days import day
from api.errors import Unfit
from graph import answers
from graph.lookup.resolve import Asked, Called, Exactly
from graph.lookup.search import Listed
from graph.lookup.search import people as search

if TYPE_CHECKING:
    from api.duplicates import Identity
    from api.ties import Tie

MOST = 50
"""People on a page at most."""


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
    async def tie(self, info: Info) -> Annotated["Tie", strawberry.lazy("api.ties")]:
        from api.ties import Tie  # noqa: PLC0415 - a person has ties, and a tie has persons

        return await Tie.between(info, str(self.id), info.context.me)

    @strawberry.field(description="Under what the sources in view name them.")
    async def identities(self, info: Info) -> list[Annotated["Identity", strawberry.lazy("api.duplicates")]]:
        from api.duplicates import Identity  # noqa: PLC0415 - a person has identities, and decisions are of both

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


@strawberry.type(description="One hit of a search.")
class PersonEdge:
    cursor: str = strawberry.field(description="Where this hit stands: good for `after` of the same search.")
    node: Person = strawberry.field(description="The person.")
    last_contact: date | None = strawberry.field(
        description="The last day anything passed between them and the viewer."
    )

    @classmethod
    def of(cls, found: Listed) -> Self:
        return cls(cursor=cursor(found.person.id), node=Person.of(found.person), last_contact=day(found.last))


@strawberry.type(description="Where a page ends.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there are more behind this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first hit here.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last hit here: the next `after`.")

    @classmethod
    def of(cls, cursors: list[str], *, more: bool, after: str | None) -> Self:
        """Of a page with these cursors, which came after `after`; `more` says that others follow."""
        return cls(
            has_next_page=more,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )


@strawberry.type(description="One page of a search, the best match first, then whom the viewer was last in touch with.")
class PersonConnection:
    edges: list[PersonEdge] = strawberry.field(description="The hits.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type
class PeopleQuery:
    @strawberry.field(description="People by the beginning of a name, by an address, a profile or an id, as one types.")
    async def people(
        self,
        info: Info,
        search_for: Annotated[str, strawberry.argument(name="search", description="What was typed so far.")],
        first: Annotated[int, strawberry.argument(description="How many on a page, 50 at most.")],
        after: Annotated[str | None, strawberry.argument(description="The end cursor of the page before.")] = None,
    ) -> PersonConnection:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        start = None if after is None else id_in(after)
        found = await search(info.context.graph, info.context.viewer, search_for, first + 1, after=start)
        edges = [PersonEdge.of(one) for one in found[:first]]
        return PersonConnection(
            edges=edges,
            page_info=PageInfo.of([edge.cursor for edge in edges], more=len(found) > first, after=after),
        )


def cursor(id: str) -> str:
    """Where something stands in a list, opaque."""
    return base64.urlsafe_b64encode(id.encode()).decode()


def id_in(cursor: str) -> str:
    """The other way round."""
    try:
        return base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, UnicodeError):
        raise Unfit("`after` is no cursor that a search gave.") from None
