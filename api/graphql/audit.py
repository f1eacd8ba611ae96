"""Audit entries for queries and mutations."""

from api.context import Info
from graph.privacy.audit_log import AuditAction
from operations.ask import record_question_about


async def record_in_audit_log(info: Info, action: AuditAction, *ids: str | None) -> None:
    """Write an audit entry about these people before they are answered. The viewer's own person is left out."""
    await record_question_about(info.context.session, action, *ids)
