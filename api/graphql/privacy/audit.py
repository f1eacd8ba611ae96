"""Who asked about whom: noted by whatever answers a question about somebody, and read by owners."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.pagination import MOST, PageInfo, cursor, id_in
from api.graphql.types.person import Person
from graph.privacy import audit_log as audited
from graph.privacy.audit_log import AuditAction
from presentation.dates import moment

strawberry.enum(AuditAction, name="Asked", description="What was asked about somebody; AUDIT is this list itself.")


@strawberry.type(description="That a member asked about somebody.")
class AuditEntry:
    at: datetime = strawberry.field(description="When.")
    by: str = strawberry.field(description="What the member is called.")
    act: AuditAction = strawberry.field(description="What was asked.")
    about: list[Person] = strawberry.field(description="About whom, as far as the viewer may see their names.")

    @classmethod
    def of(cls, found: audited.AuditEntry) -> Self:
        about = [Person.of(one) for one in found.people]
        when = moment(found.created_at)
        assert when is not None
        return cls(at=when, by=found.by, act=found.action, about=about)


@strawberry.type(description="One line of the audit.")
class AuditEdge:
    cursor: str = strawberry.field(description="Where it stands: good for `after`.")
    node: AuditEntry = strawberry.field(description="The line.")


@strawberry.type(description="One page of the audit, newest first.")
class AuditConnection:
    edges: list[AuditEdge] = strawberry.field(description="The lines.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type
class AuditQuery:
    @strawberry.field(description="Who asked about whom in the last twelve months, newest first: for owners.")
    async def audit(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many on a page, 50 at most.")],
        after: Annotated[str | None, strawberry.argument(description="The end cursor of the page before.")] = None,
    ) -> AuditConnection:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        context = info.context
        start = None if after is None else id_in(after)
        found = await audited.read_audit_log(context.graph, context.viewer, context.state, first + 1, after=start)
        edges = [AuditEdge(cursor=cursor(one.id), node=AuditEntry.of(one)) for one in found[:first]]
        ends = [edge.cursor for edge in edges]
        return AuditConnection(edges=edges, page_info=PageInfo.of(ends, more=len(found) > first, after=after))
