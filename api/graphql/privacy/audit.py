"""The query `auditEntries`."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.pagination import After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.person import Person
from graph.networks.permissions import Operation
from graph.privacy import audit_log
from graph.privacy.audit_log import AuditAction
from presentation.dates import to_datetime

strawberry.enum(
    AuditAction,
    description="What a member, or a person by a link, asked or did. INTRODUCTIONS: `introductions`, `colleagues` or "
    "`requestIntroducerVisibility`. PERSON: `person` or `node`. TARGETS: a list of targets. COMPANY: "
    "`company { introductions }`. EXPORT: `dataSubjectExport`. AUDIT: the log was read. SUBJECT_ACCESS, OBJECTION, "
    "ERASURE_REQUESTED, ERASURE_WITHDRAWN: a data subject by link. ERASURE_DISPUTED, ERASURE_CONFIRMED, "
    "ERASURE_DISMISSED: the decision of an owner on such a request. ERASURE: the requested erasure was completed.",
)


@strawberry.type(description="An entry of the audit log.")
class AuditEntry:
    occurred_at: datetime = strawberry.field(description="The time of the action.")
    member_id: strawberry.ID | None = strawberry.field(
        description="The id of the account that acted, which never changes. Null for a person by a link."
    )
    member_name: str = strawberry.field(
        description="The account's name at the time of the action, `a former member`, or `the person concerned, by "
        "link`."
    )
    action: AuditAction = strawberry.field(description="The action.")
    people: list[Person] = strawberry.field(
        description=f"The people whom the action is about, {MAX_ITEMS} at most. Empty for the actions of an erasure. A "
        "person whom the viewer may not see is named `somebody whose name you may not see`."
    )
    people_count: int = strawberry.field(description="The number of people whom the action is about.")

    @classmethod
    def from_entry(cls, audit_entry: audit_log.AuditEntry) -> Self:
        occurred_at = to_datetime(audit_entry.created_at)
        assert occurred_at is not None
        return cls(
            occurred_at=occurred_at,
            member_id=None if audit_entry.member is None else strawberry.ID(audit_entry.member),
            member_name=audit_entry.by,
            action=audit_entry.action,
            people=[Person.from_person(each) for each in bounded(audit_entry.people)],
            people_count=len(audit_entry.people),
        )


@strawberry.type
class AuditQuery:
    @query(
        description="List the audit entries of the last twelve months, the newest first.",
        permission=Operation.MANAGE_OWNERS,
    )
    async def audit_entries(self, info: Info, first: First, after: After = None) -> Connection[AuditEntry]:
        context, requested = info.context, page(first, after)
        rows = await audit_log.read_audit_log(
            context.graph, context.viewer, context.state, requested.limit, after=requested.start
        )
        return Connection[AuditEntry].from_rows(requested, rows, lambda entry: entry.id, AuditEntry.from_entry)
