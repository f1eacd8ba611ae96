"""Audit note."""

from api.context import Info
from graph.privacy import audit_log as audited
from graph.privacy.audit_log import AuditAction


async def noted(info: Info, act: AuditAction, *about: str | None) -> None:
    """Note that the viewer asks about these people, before they are answered; about themselves nothing is."""
    context = info.context
    ids = [id for id in about if id != context.me]
    if ids:
        await audited.record_audit_entry(context.graph, context.state, context.viewer.member, act, ids)
